"""The summary of a probability question: people give per cent, results are 0-1."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from surveyapp.domain.question import Kind
from surveyapp.stats.answers import Answers
from surveyapp.stats.count import count_people, nobody, reasons
from surveyapp.stats.estimate import Estimate, NotComputed
from surveyapp.stats.histogram import fixed_histogram
from surveyapp.stats.interval import share_estimate
from surveyapp.stats.moment import five_quantiles, mean_estimate, median_estimate, sample_of
from surveyapp.stats.result import Histogram, ProbabilitySummary
from surveyapp.stats.score import CLIP

Floats = NDArray[np.float64]

_BIN_PCT = 5


def probability_summary(answers: Answers, level: float = 0.95) -> ProbabilitySummary | NotComputed:
    """The summary of everyone who gave a probability. Raises ValueError unless the question asks for one."""
    if answers.question.kind is not Kind.PROBABILITY:
        raise ValueError(f"no probability summary of a {answers.question.kind} question")
    why = reasons(answers)
    counted = count_people(why)
    if nothing := nobody(answers, counted):
        return nothing
    percent = answers.values[why == 0]
    sample = sample_of(percent / 100)
    mean, sd = mean_estimate(sample, level)
    odds_mean, n_clipped = mean_of_odds(sample.values)
    return ProbabilitySummary(
        question=answers.question.wording,
        kind=Kind.PROBABILITY,
        counted=counted,
        mean=_within(mean),
        sd=sd,
        median=median_estimate(sample, level),
        quantiles=five_quantiles(sample),
        at_zero=_share_at(percent, 0, level),
        at_half=_share_at(percent, 50, level),
        at_one=_share_at(percent, 100, level),
        odds_mean=odds_mean,
        n_clipped=n_clipped,
        histogram=_histogram(percent),
        level=level,
    )


def mean_of_odds(probabilities: Floats) -> tuple[float, int]:
    """The geometric mean of odds as a probability, and how many values were clipped to .001-.999 for it."""
    clipped = np.clip(probabilities, CLIP, 1 - CLIP)
    n_clipped = int(np.count_nonzero(clipped != probabilities))
    log_odds = float(np.mean(np.log(clipped) - np.log1p(-clipped)))
    return float(1 / (1 + np.exp(-log_odds))), n_clipped


def _share_at(percent: Floats, value: int, level: float) -> Estimate:
    return share_estimate(int(np.count_nonzero(percent == value)), len(percent), level)


def _within(mean: Estimate) -> Estimate:
    """A t interval may leave 0-1; a probability cannot."""
    if mean.low is None or mean.high is None:
        return mean
    return Estimate(value=mean.value, low=max(mean.low, 0.0), high=min(mean.high, 1.0))


def _histogram(percent: Floats) -> Histogram:
    """Bins of 5 %, counted on the per cent people typed: 0.35 is not exact in binary, 35 is."""
    edges = np.arange(0, 101, _BIN_PCT, dtype=np.float64)
    found = fixed_histogram(percent, edges)
    return Histogram(edges=tuple(edge / 100 for edge in found.edges), counts=found.counts)
