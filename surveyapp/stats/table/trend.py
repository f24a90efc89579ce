"""Ordered answers by ordered answers: the linear-by-linear test, and Kendall's tau-b with its interval.

Scores are the places of the answers, 1, 2, 3 ..., as given by the codebook (Agresti 2002, 3.4.1). The standard error of
tau-b is the delta method's (Brown & Benedetti 1977, ASE1), which is the same as its linearisation, so that weights only
change how influences are summed.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _
from surveyapp.stats.estimate import Effect, Estimate, Test
from surveyapp.stats.interval import normal_quantile
from surveyapp.stats.weight.design import Weights, covariance

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]

_LEAST = 1e-15


def linear_by_linear(counts: Floats) -> Test | None:
    """Mantel's (1963) test of a linear trend, M2 = (n - 1) r2 with 1 df; None without spread on both sides.

    Equal to the correlation statistic of R's vcdExtra::CMHtest.
    """
    from scipy.special import chdtrc

    n = float(counts.sum())
    r = _correlation(counts)
    if r is None or n < 2:
        return None
    statistic = (n - 1) * r * r
    return Test(
        method=_("linear-by-linear association (Mantel)"),
        symbol="M²",
        statistic=statistic,
        df=(1.0,),
        p=float(chdtrc(1, statistic)),
        n=int(n),
    )


def weighted_linear(rows: Codes, columns: Codes, weights: Weights) -> Test | None:
    """The same with weights: the weighted covariance of the scores over its linearised standard error, squared.

    `rows`, `columns`: places from 0, one for each person of the weights' base, everybody with an answer to both.
    """
    from scipy.special import fdtrc

    w = weights.of_base / float(weights.of_base.sum())
    x, y = rows - float(w @ rows), columns - float(w @ columns)
    between = float(w @ (x * y))
    # influences divide by the sum of the weights as they are
    influence = (x * y - between) / float(weights.of_base.sum())
    variance = float(covariance(influence[:, None], weights)[0, 0])
    df = int(np.count_nonzero(weights.of_base > 0)) - 1
    if variance <= _LEAST * max(float(w @ (x * x)) * float(w @ (y * y)), 1e-300) or df < 1:
        return None
    statistic = between * between / variance
    return Test(
        method=_("linear-by-linear association, design-based"),
        symbol="F",
        statistic=statistic,
        df=(1.0, float(df)),
        p=float(fdtrc(1, df, statistic)),
        n=df + 1,
    )


def tau_b(shares: Floats) -> tuple[float, Floats] | None:
    """Kendall's tau-b of a table of shares that sum to 1, and its derivative by each of them; None without spread."""
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    of_rows, of_columns = 1 - float(rows @ rows), 1 - float(columns @ columns)
    if min(of_rows, of_columns) <= 1e-12:
        return None
    concordant = _beyond(shares) + _beyond(shares[::-1, ::-1])[::-1, ::-1]
    discordant = _beyond(shares[:, ::-1])[:, ::-1] + _beyond(shares[::-1])[::-1]
    surplus = concordant - discordant
    scale = math.sqrt(of_rows * of_columns)
    tau = min(max(float((shares * surplus).sum()) / scale, -1.0), 1.0)
    derivative = 2 * surplus / scale + tau * (rows[:, None] / of_rows + columns / of_columns)
    return tau, derivative


def tau_effect(
    counts: Floats, level: float, *, people: tuple[Codes, Codes] | None = None, weights: Weights | None = None
) -> Effect | None:
    """tau-b with its interval. With weights, `counts` are their sums and `people` the places of each person."""
    total = float(counts.sum())
    found = tau_b(counts / total) if total > 0 else None
    if found is None:
        return None
    tau, derivative = found
    if weights is not None and people is not None:
        influence = derivative[people] / float(weights.of_base.sum())
        # the derivative's mean has no error: only departures from it count
        influence -= float((counts / total * derivative).sum()) / float(weights.of_base.sum())
        variance = float(covariance(influence[:, None], weights)[0, 0])
    else:
        share = counts / total
        variance = (float((share * derivative**2).sum()) - float((share * derivative).sum()) ** 2) / total
    value = Estimate(value=tau)
    if variance > _LEAST:
        half = normal_quantile(level) * math.sqrt(variance)
        value = Estimate(value=tau, low=max(tau - half, -1.0), high=min(tau + half, 1.0))
    return Effect(
        method=_("Kendall's tau-b, interval by its asymptotic error"), symbol="τb", value=value, bounds=(-1.0, 1.0)
    )


def _correlation(counts: Floats) -> float | None:
    n = float(counts.sum())
    if n <= 0:
        return None
    rows, columns = counts.sum(axis=1), counts.sum(axis=0)
    x, y = np.arange(counts.shape[0], dtype=np.float64), np.arange(counts.shape[1], dtype=np.float64)
    x, y = x - float(rows @ x) / n, y - float(columns @ y) / n
    spread = float(rows @ (x * x)) * float(columns @ (y * y))
    return float(x @ counts @ y) / math.sqrt(spread) if spread > 0 else None


def _beyond(shares: Floats) -> Floats:
    """For each cell the sum of all cells above and to the left of it."""
    sums = np.zeros_like(shares)
    sums[1:, 1:] = shares.cumsum(axis=0).cumsum(axis=1)[:-1, :-1]
    return sums
