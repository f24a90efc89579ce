"""The numbers of one side: who takes part, what they said, and the level of the wave."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _
from surveyapp.domain.question import Kind
from surveyapp.stats.answers import Answers
from surveyapp.stats.count import count_people
from surveyapp.stats.estimate import Counted, Estimate
from surveyapp.stats.interval import share_estimate
from surveyapp.stats.moment import mean_estimate, median_estimate, sample_of
from surveyapp.stats.regression.outcome import is_ordered, real_choices, scores_of, why_of
from surveyapp.stats.wave_change.result import WavePoint
from surveyapp.stats.wave_change.spec import Measure, Side
from surveyapp.stats.weight.design import Weights
from surveyapp.stats.weight.kish import weighting_of
from surveyapp.stats.weight.moment import weighted_mean, weighted_median, weighted_sample
from surveyapp.stats.weight.share import share_of
from surveyapp.stats.weight.telling import telling

Floats = NDArray[np.float64]


class NoComparisonError(Exception):
    """Why two sides are not compared, in a translated sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """`used` (m,): who of the side takes part; `y` (n,): their numbers (0 / 1 for a share); `weights` of exactly these
    people, None where all count alike."""

    wave: str
    counted: Counted
    used: NDArray[np.bool_]
    y: Floats
    weights: Weights | None

    def __len__(self) -> int:
        return len(self.y)


def drawn(side: Side, measure: Measure) -> Drawn:
    """Everybody who answered and has a weight. Raises NoComparisonError where the question has no such number."""
    why = why_of(side.answers, side.seen)
    weights = telling(side.weights)
    used = why == 0
    if weights is not None:
        used = used & (weights.of_base > 0)
    return Drawn(
        wave=side.wave,
        counted=count_people(why),
        used=used,
        y=_numbers(side, measure)[used],
        weights=weights.take(used) if weights is not None else None,
    )


def words_of(side: Side) -> str:
    """The answers whose share is meant."""
    real = real_choices(side.answers)
    places = [place for place, choice in enumerate(real) if choice.code in side.codes]
    labels = [real[place].label for place in places]
    run = bool(places) and places == list(range(places[0], places[0] + len(places)))
    if len(places) > 2 and run and is_ordered(side.answers):
        return _("%(first)s to %(last)s") % {"first": labels[0], "last": labels[-1]}
    return _(" or ").join(labels)


def point_of(one: Drawn, measure: Measure, level: float) -> WavePoint:
    """The level of the wave with its interval; at least one person."""
    return WavePoint(
        wave=one.wave,
        counted=one.counted,
        n=len(one),
        value=_level(one, measure, level),
        weighting=weighting_of(one.weights) if one.weights is not None else None,
        n_said=int(one.y.sum()) if one.weights is not None and measure is Measure.SHARE else None,
    )


def _level(one: Drawn, measure: Measure, level: float) -> Estimate:
    if one.weights is None:
        if measure is Measure.SHARE:
            return share_estimate(int(one.y.sum()), len(one), level)
        sample = sample_of(one.y)
        return mean_estimate(sample, level)[0] if measure is Measure.MEAN else median_estimate(sample, level)
    if measure is Measure.SHARE:
        return share_of(one.y == 1, one.weights, level)
    sample_w = weighted_sample(one.y, one.weights)
    return weighted_mean(sample_w, level)[0] if measure is Measure.MEAN else weighted_median(sample_w, level)


def _numbers(side: Side, measure: Measure) -> Floats:
    answers = side.answers
    if measure is Measure.SHARE:
        return _hits(side)
    if answers.question.kind in (Kind.NUMBER, Kind.PROBABILITY):
        values: Floats = answers.values.astype(np.float64)
        return values
    if is_ordered(answers):
        return scores_of(answers)
    raise NoComparisonError(_("Not compared: %(name)s is neither a number nor ordered.") % _quoted(answers))


def _hits(side: Side) -> Floats:
    answers = side.answers
    known = [choice for choice in real_choices(answers) if choice.code in side.codes]
    if not known:
        words = _("Not compared: the %(wave)s options cannot be mapped to the other wave's.")
        raise NoComparisonError(words % {"wave": side.wave})
    if answers.is_closed:
        return np.isin(answers.values, [choice.code for choice in known]).astype(np.float64)
    if answers.question.kind is Kind.MULTI:
        places = [answers.question.choices.index(choice) for choice in known]
        return np.asarray(answers.values[:, places].any(axis=1)).astype(np.float64)
    raise NoComparisonError(_("Not compared: %(name)s has no answers to take a share of.") % _quoted(answers))


def _quoted(answers: Answers) -> dict[str, str]:
    return {"name": f"“{answers.question.title}”"}
