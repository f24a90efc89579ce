"""Confidence intervals for shares, means and medians. Shares are 0-1; `level` is 0-1, two-sided.

Formulas: Brown, Cai, DasGupta (2001), "Interval estimation for a binomial proportion"; the median's interval is the
binomial order-statistic one (Conover 1999, 3.2). All are checked against R.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from surveyapp.stats.estimate import Estimate

Floats = NDArray[np.float64]
Bounds = tuple[Floats, Floats]

_FEW = 24


@lru_cache(maxsize=64)
def normal_quantile(level: float) -> float:
    """The z that leaves (1 - level) / 2 in each tail. Raises ValueError unless 0 < level < 1."""
    if not 0 < level < 1:
        raise ValueError("level must lie between 0 and 1")
    return NormalDist().inv_cdf((1 + level) / 2)


def wilson(k: ArrayLike, n: ArrayLike, level: float = 0.95) -> Bounds:
    """Wilson score interval of k of n, element by element; exactly 0 at k = 0 and 1 at k = n; (0, 1) where n is 0."""
    hits, trials = _shares(k, n)
    size = np.maximum(trials, 1.0)
    z = normal_quantile(level)
    share = hits / size
    denominator = 1 + z * z / size
    centre = (share + z * z / (2 * size)) / denominator
    half = z * np.sqrt(share * (1 - share) / size + z * z / (4 * size * size)) / denominator
    return _clamped(centre - half, centre + half, hits, trials)


def wilson_lists(k: Sequence[float], n: Sequence[float], level: float = 0.95) -> tuple[list[float], list[float]]:
    """The same numbers as `wilson`, as lists: a few of them take a quarter of the time without arrays."""
    if len(k) > _FEW:
        low, high = wilson(k, n, level)
        return low.tolist(), high.tolist()
    z, size, of = normal_quantile(level), 0.0, -1.0
    lows: list[float] = []
    highs: list[float] = []
    for hits, trials in zip(k, n, strict=True):
        if not 0 <= hits <= trials:
            raise ValueError("k must lie between 0 and n")
        if trials != of:  # the rows of a table are mostly of the same people
            of, size = trials, max(float(trials), 1.0)
            denominator, ahead, spread = 1 + z * z / size, z * z / (2 * size), z * z / (4 * size * size)
        share = hits / size
        centre = (share + ahead) / denominator
        half = z * math.sqrt(share * (1 - share) / size + spread) / denominator
        bottom, top = centre - half, centre + half
        lows.append(0.0 if hits == 0 or bottom < 0 else min(share, bottom))
        highs.append(1.0 if hits == trials or top > 1 else max(share, top))
    return lows, highs


def agresti_coull(k: ArrayLike, n: ArrayLike, level: float = 0.95) -> Bounds:
    """Agresti-Coull interval, cut to [0, 1]; (0, 1) where n is 0. Its ends at k = 0 and k = n are 0 and 1."""
    hits, trials = _shares(k, n)
    z = normal_quantile(level)
    size = trials + z * z
    centre = (hits + z * z / 2) / size
    half = z * np.sqrt(centre * (1 - centre) / size)
    return _clamped(centre - half, centre + half, hits, trials)


def jeffreys(k: ArrayLike, n: ArrayLike, level: float = 0.95) -> Bounds:
    """Jeffreys interval; low is 0 at k = 0 and high 1 at k = n by convention (Brown et al.); (0, 1) where n is 0."""
    from scipy.special import betaincinv

    hits, trials = _shares(k, n)
    tail = (1 - level) / 2
    low: Floats = np.asarray(betaincinv(hits + 0.5, trials - hits + 0.5, tail), dtype=np.float64)
    high: Floats = np.asarray(betaincinv(hits + 0.5, trials - hits + 0.5, 1 - tail), dtype=np.float64)
    return _clamped(low, high, hits, trials)


def clopper_pearson(k: ArrayLike, n: ArrayLike, level: float = 0.95) -> Bounds:
    """Clopper-Pearson ("exact") interval; (0, 1) where n is 0."""
    from scipy.special import betaincinv

    hits, trials = _shares(k, n)
    tail = (1 - level) / 2
    # the clamp overwrites the ends where a beta parameter would be 0
    low: Floats = np.asarray(betaincinv(np.maximum(hits, 0.5), trials - hits + 1, tail), dtype=np.float64)
    high: Floats = np.asarray(betaincinv(hits + 1, np.maximum(trials - hits, 0.5), 1 - tail), dtype=np.float64)
    return _clamped(low, high, hits, trials)


WILSON = "wilson"
METHODS: dict[str, Callable[[ArrayLike, ArrayLike, float], Bounds]] = {
    WILSON: wilson,
    "jeffreys": jeffreys,
    "clopper-pearson": clopper_pearson,
    "agresti-coull": agresti_coull,
}
"""The intervals of a share that can be asked for, by the name that a result bears."""


def share_estimate(k: float, n: float, level: float = 0.95, *, method: str = WILSON) -> Estimate:
    """k of n as a share with its interval by a method of METHODS; value 0 without interval where n is 0."""
    if n == 0:
        return Estimate(value=0.0)
    low, high = METHODS[method](k, n, level)
    return Estimate(value=k / n, low=float(low), high=float(high))


def t_half_width(sd: float, n: int, level: float = 0.95) -> float:
    """Half the width of the t interval of a mean of n values with that standard deviation; n must be 2 or more."""
    from scipy.special import stdtrit

    return float(stdtrit(n - 1, (1 + level) / 2)) * sd / math.sqrt(n)


def median_ranks(n: int, level: float = 0.95) -> tuple[int, int] | None:
    """The ranks (from 0) of the order statistics that hold the median with at least `level`; None for too few values.

    Rank l (from 1) is the smallest with P(Binomial(n, 1/2) <= l) >= (1 - level) / 2, as R's qbinom.
    """
    from scipy.special import bdtr

    tail = (1 - level) / 2
    low, high = 0, n // 2
    while low < high:
        middle = (low + high) // 2
        if bdtr(middle, n, 0.5) >= tail:
            high = middle
        else:
            low = middle + 1
    return None if low == 0 else (low - 1, n - low)


def _shares(k: ArrayLike, n: ArrayLike) -> tuple[Floats, Floats]:
    hits, trials = np.asarray(k, dtype=np.float64), np.asarray(n, dtype=np.float64)
    if hits.shape != trials.shape:
        hits, trials = np.broadcast_arrays(hits, trials)
    if (hits < 0).any() or (hits > trials).any():
        raise ValueError("k must lie between 0 and n")
    return hits, trials


def _clamped(low: Floats, high: Floats, hits: Floats, trials: Floats) -> Bounds:
    """Exact ends, and the estimate inside: rounding may put an end a last digit beyond it."""
    share = hits / np.maximum(trials, 1.0)
    low = np.where(hits == 0, 0.0, np.minimum(np.maximum(low, 0.0), share))
    high = np.where(hits == trials, 1.0, np.maximum(np.minimum(high, 1.0), share))
    return low, high
