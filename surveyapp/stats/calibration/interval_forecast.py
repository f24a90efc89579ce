"""Intervals that people gave for numbers and dates: how often they held the truth, and Winkler's score.

Winkler (1972), "A decision-theoretic approach to interval estimation", JASA 67; Gneiting and Raftery (2007), "Strictly
proper scoring rules, prediction, and estimation", JASA 102, equation 43.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from surveyapp.stats.calibration.cluster import Ints, bootstrap_ratio
from surveyapp.stats.estimate import Estimate
from surveyapp.stats.interval import share_estimate

Floats = NDArray[np.float64]

FEW = 10
"""Fewer intervals of a level get no reading."""

_DIGITS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """The truth lies between `low` and `high` with probability `level`."""

    level: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelScore:
    """All intervals of one level. `held` is the share that held the truth (both ends count), with Wilson's interval;
    `n_below` truths lay below their interval, `n_above` above. `winkler` and `width` are in the unit of the numbers,
    None where the units differ. `reading`: "fits", "too narrow", "too wide" or "too few".
    """

    level: float
    n: int
    hits: int
    held: Estimate
    n_below: int
    n_above: int
    winkler: Estimate | None
    width: float | None
    reading: str


def intervals_of(levels: Sequence[float], values: Sequence[float]) -> tuple[Interval, ...]:
    """The intervals between quantiles that are symmetric about the middle, the narrowest first: .05 and .95 make 90 %.

    Quantiles without a partner (and the median) make none.
    """
    return tuple(
        Interval(level=level, low=values[low], high=values[high]) for level, low, high in _partners(tuple(levels))
    )


@lru_cache(maxsize=256)
def _partners(levels: tuple[float, ...]) -> tuple[tuple[float, int, int], ...]:
    """The level of each interval, the narrowest first, and where its ends are: people use the same levels again."""
    place = {round(level, _DIGITS): n for n, level in enumerate(levels)}
    found = [
        (round(1 - 2 * level, _DIGITS), low, place[round(1 - level, _DIGITS)])
        for level, low in place.items()
        if level < 0.5 and round(1 - level, _DIGITS) in place
    ]
    return tuple(sorted(found))


def winkler(low: Floats, high: Floats, truth: Floats, level: float) -> Floats:
    """Winkler's score of each interval, in the unit of the numbers, 0 best: its width, plus 2 / (1 - level) times the
    distance by which the truth lay outside."""
    outside = np.maximum(low - truth, 0.0) + np.maximum(truth - high, 0.0)
    return (high - low) + 2 / (1 - level) * outside


def score_level(
    low: Floats,
    high: Floats,
    truth: Floats,
    level: float,
    *,
    prediction: Ints,
    same_unit: bool = True,
    confidence: float = 0.95,
) -> LevelScore:
    """The intervals of one level, all of shape (n,), at least one. Winkler's interval resamples whole predictions."""
    hits = int(np.count_nonzero((low <= truth) & (truth <= high)))
    held = share_estimate(hits, len(truth), confidence)
    own = np.unique(prediction, return_inverse=True)[1].astype(np.int64)
    scores = winkler(low, high, truth, level)
    return LevelScore(
        level=level,
        n=len(truth),
        hits=hits,
        held=held,
        n_below=int(np.count_nonzero(truth < low)),
        n_above=int(np.count_nonzero(truth > high)),
        winkler=bootstrap_ratio(scores, np.ones(len(scores)), own, confidence) if same_unit else None,
        width=float(np.mean(high - low)) if same_unit else None,
        reading=_reading(len(truth), held, level),
    )


def _reading(n: int, held: Estimate, level: float) -> str:
    if n < FEW or held.low is None or held.high is None:
        return "too few"
    if held.high < level:
        return "too narrow"
    return "too wide" if held.low > level else "fits"
