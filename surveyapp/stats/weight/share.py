"""Weighted shares with logit intervals, as R's `survey::svyciprop(method = "logit")`.

The interval of a share p is a t interval of log(p / (1 - p)) with the linearised standard error, on one degree of
freedom less than people with a weight, brought back to 0-1. A share of 0 or 1 has no logit: it gets the Wilson
interval of Kish's effective n.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from surveyapp.stats.estimate import Estimate
from surveyapp.stats.interval import Bounds, wilson
from surveyapp.stats.result import FrequencyRow
from surveyapp.stats.weight.design import Weights, covariance
from surveyapp.stats.weight.kish import n_effective
from surveyapp.stats.weight.share_variance import share_variances

METHOD = "logit (linearised)"

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """Weighted shares 0-1 with their intervals, each of shape (k,), as Python numbers."""

    values: list[float]
    lows: list[float]
    highs: list[float]


def choice_shares(places: NDArray[np.int64], k: int, weights: Weights, level: float) -> Shares:
    """The share of each of k answers; `places`, shape (m,), 0 to k - 1, one for each person of the weights' base.

    Somebody of the base must have a weight. A share that a margin fixes (raked to that very answer) has no error left:
    its interval is the share itself.
    """
    w = weights.of_base
    shares = np.bincount(places, w, minlength=k) / float(w.sum())
    return _with_intervals(shares, share_variances(places, k, weights), weights, level)


def tick_shares(ticks: NDArray[np.bool_], weights: Weights, level: float) -> Shares:
    """The share of people with each of k ticks; `ticks` of shape (m, k), one row for each person of the base."""
    w = weights.of_base
    shares = w @ ticks / float(w.sum())
    return _with_intervals(shares, _variances(ticks, shares, weights), weights, level)


def share_of(hit: NDArray[np.bool_], weights: Weights, level: float) -> Estimate:
    """The share of people with `hit`, shape (m,); value 0 without interval where nobody has a weight."""
    if not weights.of_base.sum() > 0:
        return Estimate(value=0.0)
    found = tick_shares(hit[:, None], weights, level)
    return Estimate(value=found.values[0], low=found.lows[0], high=found.highs[0])


def weighted_rows(rows: Sequence[FrequencyRow], found: Shares) -> tuple[FrequencyRow, ...]:
    """The rows with these shares and intervals; their counts stay people."""
    return tuple(
        replace(row, share=value, low=low, high=high)
        for row, value, low, high in zip(rows, found.values, found.lows, found.highs, strict=True)
    )


def _variances(hits: NDArray[np.bool_], shares: Floats, weights: Weights) -> Floats:
    """Linearised: the influence of a person on a share is (hit - share) / sum of weights."""
    influence = (hits - shares) / float(weights.of_base.sum())
    variances: Floats = np.diagonal(covariance(influence, weights)).copy()
    return variances


def _with_intervals(shares: Floats, variances: Floats, weights: Weights, level: float) -> Shares:
    lows, highs = _logit(shares, variances, weights, level)
    # rounding may put a sum of weights a last digit beyond the whole
    shares = np.clip(shares, 0.0, 1.0)
    return Shares(
        values=shares.tolist(),
        lows=np.minimum(lows, shares).tolist(),
        highs=np.maximum(highs, shares).tolist(),
    )


def _logit(shares: Floats, variances: Floats, weights: Weights, level: float) -> Bounds:
    from scipy.special import expit, stdtrit

    rest = 1 - shares
    inner = (shares > _EDGE) & (rest > _EDGE)
    effective = n_effective(weights.of_base)
    lows, highs = wilson(np.where(shares > _EDGE, effective, 0.0), effective, level)
    df = int(np.count_nonzero(weights.of_base > 0)) - 1
    if inner.any() and df > 0:
        logit = np.log(shares[inner] / rest[inner])
        half = stdtrit(df, (1 + level) / 2) * np.sqrt(np.maximum(variances[inner], 0.0)) / (shares * rest)[inner]
        lows[inner], highs[inner] = expit(logit - half), expit(logit + half)
    return lows, highs


_EDGE = 1e-12
"""A share this near to 0 or 1 is 0 or 1 but for rounding."""
