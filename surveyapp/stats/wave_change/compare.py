"""One number of one question in two waves, and many questions at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from surveyapp.base.i18n import _
from surveyapp.domain.question import Kind
from surveyapp.stats.association.formula import benjamini_hochberg
from surveyapp.stats.check import Check, go_on
from surveyapp.stats.count import count_people
from surveyapp.stats.estimate import Counted, NotComputed
from surveyapp.stats.regression.outcome import why_of
from surveyapp.stats.regression.spec import Predictor
from surveyapp.stats.wave_change.adjusted import AdjustBy, adjusted_change
from surveyapp.stats.wave_change.difference import difference
from surveyapp.stats.wave_change.drawn import Drawn, NoComparisonError, drawn, point_of, words_of
from surveyapp.stats.wave_change.paired import returning_people
from surveyapp.stats.wave_change.result import Adjusted, ChangeScreen, Returning, WaveChange
from surveyapp.stats.wave_change.spec import Linked, Measure, Side, Wording
from surveyapp.stats.wave_change.words import (
    adjusted_words,
    change_words,
    linked_words,
    returning_words,
    screen_words,
    subject,
    who_words,
    wording_words,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What is asked of one question: both sides, and how the later one's wording stands to the earlier."""

    earlier: Side
    later: Side
    measure: Measure
    wording: Wording = Wording.SAME


def wave_change(
    asked: Comparison,
    *,
    level: float = 0.95,
    linked: Linked | None = None,
    covariates: Sequence[Predictor] = (),
    adjust_by: AdjustBy = AdjustBy.AUTO,
) -> WaveChange | NotComputed:
    """The change from the earlier wave to the later, as of different people (see `difference`).

    With `linked`, people of both waves apart; with `covariates` (both waves' people, the earlier first, see
    `join.joined`), also the change at the earlier wave's composition.
    """
    try:
        earlier, later = drawn(asked.earlier, asked.measure), drawn(asked.later, asked.measure)
        change = difference(earlier, later, asked.measure, level)
    except NoComparisonError as error:
        return _refused(asked, str(error))
    title, waves = asked.later.answers.question.title, (asked.earlier.wave, asked.later.wave)
    what = words_of(asked.later) if asked.measure is Measure.SHARE else ""
    name, unit = subject(title, what, asked.measure), unit_of(asked.later, asked.measure)
    returning = _returning(asked, earlier, later, linked, level) if linked is not None else None
    adjusted = _adjusted(asked, earlier, later, covariates, adjust_by, level) if covariates else None
    notes = [*wording_words(asked.wording), who_words()]
    if isinstance(returning, Returning):
        notes.append(linked_words(returning.n))
    return WaveChange(
        question=asked.later.answers.question.wording,
        title=title,
        what=what,
        measure=asked.measure,
        unit=unit,
        counted=people_of([earlier.counted, later.counted]),
        earlier=point_of(earlier, asked.measure, level),
        later=point_of(later, asked.measure, level),
        change=change,
        wording=asked.wording,
        level=level,
        method=change.test.method,
        notes=tuple(notes),
        sentence=change_words(name, change, waves, measure=asked.measure, unit=unit, level=level, p=change.test.p),
        returning=returning,
        adjusted=adjusted,
        kind=asked.later.answers.question.kind,
    )


def wave_changes(asked: Sequence[Comparison], *, level: float = 0.95, check: Check = go_on) -> ChangeScreen:
    """Many questions at once: q by Benjamini and Hochberg over all that could be compared, and sentences that go by
    it. `check` is called before each question and may raise to stop."""
    rows: list[WaveChange | NotComputed] = []
    for one in asked:
        check()
        rows.append(wave_change(one, level=level))
    compared = [row for row in rows if isinstance(row, WaveChange)]
    qs = iter(benjamini_hochberg(np.array([row.change.test.p for row in compared])).tolist())
    told = tuple(_with_q(row, next(qs)) if isinstance(row, WaveChange) else row for row in rows)
    n_changed = sum(isinstance(row, WaveChange) and row.q is not None and row.q <= 1 - level for row in told)
    counted = _largest([row.counted for row in rows])
    return ChangeScreen(
        question=_("What changed"),
        counted=counted,
        rows=told,
        n_compared=len(compared),
        n_changed=n_changed,
        level=level,
        method=_("Benjamini-Hochberg over all questions"),
        notes=(who_words(),),
        sentence=screen_words(n_changed, len(compared), len(rows) - len(compared)),
    )


def people_of(counts: Sequence[Counted]) -> Counted:
    """The people of several waves together."""
    reasons = dict.fromkeys(reason for one in counts for reason in one.missing)
    return Counted(
        total=sum(one.total for one in counts),
        base=sum(one.base for one in counts),
        n=sum(one.n for one in counts),
        missing={reason: sum(one.missing.get(reason, 0) for one in counts) for reason in reasons},
    )


def unit_of(side: Side, measure: Measure) -> str:
    """What one of the number is."""
    if measure is Measure.SHARE:
        return ""
    question = side.answers.question
    if question.kind is Kind.PROBABILITY:
        return _("percentage points")
    return question.unit if question.kind is Kind.NUMBER else _("steps")


def _with_q(row: WaveChange, q: float) -> WaveChange:
    waves = row.earlier.wave, row.later.wave
    name = subject(row.title, row.what, row.measure)
    said = change_words(name, row.change, waves, measure=row.measure, unit=row.unit, level=row.level, p=q)
    return replace(row, q=q, correction=_("Benjamini-Hochberg"), sentence=said)


def _returning(
    asked: Comparison, earlier: Drawn, later: Drawn, linked: Linked, level: float
) -> Returning | NotComputed:
    try:
        found = returning_people(earlier, later, linked, asked.measure, level)
    except NoComparisonError as error:
        return _refused(asked, str(error))
    unit = unit_of(asked.later, asked.measure)
    return replace(found, sentence=returning_words(found, measure=asked.measure, unit=unit, level=level))


def _adjusted(
    asked: Comparison,
    earlier: Drawn,
    later: Drawn,
    covariates: Sequence[Predictor],
    by: AdjustBy,
    level: float,
) -> Adjusted | NotComputed:
    try:
        if asked.measure is Measure.MEDIAN:
            raise NoComparisonError(_("Not adjusted: medians have no adjusted change; take the mean."))
        found = adjusted_change(earlier, later, covariates, by=by, level=level)
    except NoComparisonError as error:
        return _refused(asked, str(error))
    unit = unit_of(asked.later, asked.measure)
    said = adjusted_words(found, (asked.earlier.wave, asked.later.wave), measure=asked.measure, unit=unit, level=level)
    return replace(found, sentence=said)


def _refused(asked: Comparison, reason: str) -> NotComputed:
    counts = [count_people(why_of(side.answers, side.seen)) for side in (asked.earlier, asked.later)]
    question = asked.later.answers.question
    return NotComputed(question=question.wording, kind=question.kind, counted=people_of(counts), reason=reason)


def _largest(counts: Sequence[Counted]) -> Counted:
    return max(counts, key=lambda one: one.total, default=Counted(total=0, base=0, n=0))
