"""One question through three and more waves: each answer a line, Holm's correction over the lines."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.stats.association.formula import holm
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.wave_change.result import AnswerSeries, WaveSeries
from surveyapp.stats.wave_change.series import wave_series
from surveyapp.stats.wave_change.spec import Measure, Side, Wording


def answer_series(
    lines: Sequence[Sequence[Side]], measure: Measure, *, wordings: Sequence[Wording] = (), level: float = 0.95
) -> AnswerSeries | NotComputed:
    """Each of `lines` are the sides of one answer (or of the mean) in all waves, oldest first; one line at least.

    `wordings` as for `wave_series`. What cannot be computed of a line is a note; NotComputed if no line can be.
    """
    found = [wave_series(sides, measure, wordings=wordings, level=level) for sides in lines]
    rows = [row for row in found if isinstance(row, WaveSeries)]
    refused = [row for row in found if isinstance(row, NotComputed)]
    if not rows:
        return refused[0]
    p = holm(np.array([row.overall.test.p for row in rows])).tolist()
    question = lines[0][-1].answers.question
    notes = dict.fromkeys([*(note for row in rows for note in row.notes), *(row.reason for row in refused)])
    return AnswerSeries(
        question=question.wording,
        title=question.title,
        waves=tuple(point.wave for point in rows[0].points),
        counted=rows[0].counted,
        rows=tuple(rows),
        p=tuple(p),
        level=level,
        method=rows[0].method if len(rows) == 1 else f"{rows[0].method}; {_('Holm over the answers')}",
        notes=tuple(notes),
        sentence=rows[0].sentence if len(rows) == 1 else _sentence(rows, p, level),
        kind=question.kind,
    )


def _sentence(rows: Sequence[WaveSeries], p: Sequence[float], level: float) -> str:
    first, last = rows[0].points[0].wave, rows[0].points[-1].wave
    moved = [row.what for row, one in zip(rows, p, strict=True) if one <= 1 - level]
    if not moved:
        words = _("No single answer changed by more than chance from %(first)s to %(last)s.")
        return words % {"first": first, "last": last}
    words = ngettext(
        "%(n)s answer changed by more than chance from %(first)s to %(last)s: %(list)s.",
        "%(n)s answers changed by more than chance from %(first)s to %(last)s: %(list)s.",
        len(moved),
    )
    listed = ", ".join(f"“{one}”" for one in moved)
    return words % {"n": fmt_count(len(moved)), "first": first, "last": last, "list": listed}
