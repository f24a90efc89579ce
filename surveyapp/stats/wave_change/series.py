"""The same question in three and more waves: the slope, its steps, and the whole way."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from surveyapp.base.i18n import _
from surveyapp.stats.association.formula import holm
from surveyapp.stats.count import count_people
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.wave_change.compare import people_of, unit_of
from surveyapp.stats.wave_change.difference import difference
from surveyapp.stats.wave_change.drawn import NoComparisonError, drawn, point_of, words_of
from surveyapp.stats.wave_change.result import WaveSeries
from surveyapp.stats.wave_change.spec import Measure, Side, Wording
from surveyapp.stats.wave_change.words import change_words, subject, who_words, wording_words


def wave_series(
    sides: Sequence[Side], measure: Measure, *, wordings: Sequence[Wording] = (), level: float = 0.95
) -> WaveSeries | NotComputed:
    """The waves in the order given, two or more; `wordings` says what each is to the one before (one fewer than
    waves; without any, all are the same)."""
    last = sides[-1]
    wordings = tuple(wordings) or (Wording.SAME,) * (len(sides) - 1)
    if len(wordings) != len(sides) - 1:
        raise ValueError("one wording for each step between waves")
    try:
        found = [drawn(side, measure) for side in sides]
        if len(found) < 2:
            raise NoComparisonError(_("Not compared: one wave so far."))
        steps = tuple(difference(a, b, measure, level) for a, b in pairwise(found))
        overall = difference(found[0], found[-1], measure, level)
    except NoComparisonError as error:
        question = last.answers.question
        counted = count_people(last.answers.missing)
        return NotComputed(question=question.wording, kind=question.kind, counted=counted, reason=str(error))
    what = words_of(last) if measure is Measure.SHARE else ""
    name, unit = subject(last.answers.question.title, what, measure), unit_of(last, measure)
    notes = dict.fromkeys(note for wording in wordings for note in wording_words(wording))
    return WaveSeries(
        question=last.answers.question.wording,
        what=what,
        measure=measure,
        unit=unit,
        counted=people_of([one.counted for one in found]),
        points=tuple(point_of(one, measure, level) for one in found),
        steps=steps,
        p_holm=tuple(holm(np.array([step.test.p for step in steps])).tolist()),
        overall=overall,
        wordings=wordings,
        level=level,
        method=overall.test.method,
        notes=(*notes, who_words()),
        sentence=change_words(
            name, overall, (sides[0].wave, last.wave), measure=measure, unit=unit, level=level, p=overall.test.p
        ),
    )
