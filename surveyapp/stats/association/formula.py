"""From sums to measures: the same few formulas for one pair and, element by element, for all pairs of a census.

Everything here takes and returns arrays. Sources: Bonett & Wright (2000) for the interval of Spearman's rho; Bergsma
(2013) for the bias of Cramer's V; Kruskal & Wallis (1952) for H and its variance; Haldane (1940) and Nass (1959) for
the chi-squared test where expected counts are small.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from surveyapp.stats.interval import normal_quantile
from surveyapp.stats.noncentral import chi2_noncentrality

Floats = NDArray[np.float64]
Bounds = tuple[Floats, Floats]

SMALL_EXPECTED = 5.0
"""An expected count below this switches the chi-squared test; a group of fewer people the Kruskal-Wallis test."""

_STRAIGHT = 1e-14
"""1 - r^2 below this is rounding."""


def correlation_t(r: Floats, n: Floats) -> Floats:
    """Student's t of a correlation, df n - 2; infinite for r = 1 or -1."""
    rest = np.maximum(1 - r * r, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        t = r * np.sqrt(np.maximum(n - 2, 0) / rest)
    return np.where(rest <= _STRAIGHT, np.copysign(np.inf, r), t)


def correlation_p(r: Floats, n: Floats, heaviness: Floats) -> Floats:
    """Two-sided p of a correlation by Student's t; 1 for two people, who always lie on a line.

    `heaviness` is the product of the excess kurtoses of the two (see `excess_kurtosis`). Where nearly everybody gave
    one answer to both, it is large, a few people decide, and r has heavier tails over all orders of the answers than
    Student's t with n - 2 degrees of freedom: there the degrees of freedom are those of a t with the same kurtosis,
    4 + 6 n / heaviness, and the same variance.
    """
    from scipy.special import stdtr

    with np.errstate(divide="ignore", invalid="ignore"):
        df = np.where(heaviness > 0, 4 + 6 * n / heaviness, np.inf)
        heavy = (df < n - 2) & (n > 6)
        z = np.abs(r) * np.sqrt(np.maximum(n - 1, 0)) * np.sqrt(df / (df - 2))
    t = np.where(heavy, z, np.abs(correlation_t(r, n)))
    p: Floats = 2 * stdtr(np.where(heavy, df, np.maximum(n - 2, 1)), -t)
    return np.where(n > 2, np.minimum(p, 1.0), 1.0)


def excess_kurtosis(values: Floats) -> float:
    """m4 / m2^2 - 3 of values that are not all equal, else 0."""
    rest = values - values.mean() if len(values) else values
    square = float((rest**2).mean()) if len(values) else 0.0
    return float((rest**4).mean()) / square**2 - 3 if square > 0 else 0.0


def fisher_interval(r: Floats, variance: Floats, level: float) -> Bounds:
    """Fisher's z interval with that variance of z, holding r; (-1, 1) where the variance is infinite."""
    z = np.arctanh(np.clip(r, -1 + 1e-15, 1 - 1e-15))
    half = normal_quantile(level) * np.sqrt(variance)
    return np.minimum(np.tanh(z - half), r), np.maximum(np.tanh(z + half), r)


def spearman_variance(r: Floats, n: Floats) -> Floats:
    """The variance of Fisher's z of Spearman's rho: (1 + rho^2 / 2) / (n - 3)."""
    with np.errstate(divide="ignore"):
        return np.where(n > 3, (1 + r * r / 2) / np.maximum(n - 3, 1e-300), np.inf)


def kruskal_p(h: Floats, n: Floats, k: Floats, smallest: Floats, inverse: Floats) -> Floats:
    """p of the Kruskal-Wallis statistic of k groups: chi-squared, df k - 1.

    Where the smallest group has fewer than 5 people, the scaled chi-squared with the statistic's own mean k - 1 and
    variance over all orders of the answers; `inverse` is the sum of 1 / group size.
    """
    df = np.maximum(k - 1, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = 2 * df - 0.4 * (3 * k * k - 6 * k + n * (2 * k * k - 6 * k + 1)) / (n * (n + 1)) - 1.2 * inverse
    return _scaled_chi2(h, df, df, spread, smallest >= SMALL_EXPECTED)


def eta_of(h: Floats, n: Floats, k: Floats) -> Floats:
    """Eta of the ranks without its upward bias: the root of (H - k + 1) / (n - k), 0 where that is negative."""
    with np.errstate(divide="ignore", invalid="ignore"):
        square = (h - k + 1) / np.maximum(n - k, 1e-300)
    return np.sqrt(np.clip(square, 0.0, 1.0))


def eta_interval(h: Floats, n: Floats, k: Floats, level: float) -> Bounds:
    """The interval of eta of the ranks, holding `eta_of`.

    (n - k - 1) artanh(eta)^2 is about noncentral chi-squared with df k - 1 (Fisher 1928; for two groups this is
    Fisher's z interval of the correlation with the group).
    """
    size = np.maximum(n - k - 1, 1.0)
    raw = np.sqrt(np.clip(h / np.maximum(n - 1, 1.0), 0.0, 1 - 1e-12))
    stretched = size * np.arctanh(raw) ** 2
    df = np.maximum(k - 1, 1)
    low, high = (np.tanh(np.sqrt(chi2_noncentrality(stretched, df, p) / size)) for p in _tails(level))
    eta = eta_of(h, n, k)
    return np.minimum(low, eta), np.maximum(high, eta)


def chi2_p(chi2: Floats, n: Floats, shape: tuple[Floats, Floats], inverse: Bounds, smallest: Floats) -> Floats:
    """p of the chi-squared of a table of r rows and c columns, df (r - 1)(c - 1).

    Where the smallest expected count is under 5, the scaled chi-squared with the statistic's own mean and variance
    over all tables of these margins; `inverse` holds the sums of 1 / margin of rows and columns.
    """
    (r, c), (by_row, by_column) = shape, inverse
    df = np.maximum((r - 1) * (c - 1), 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = n * (r - 1) * (c - 1) / (n - 1)
        v = (r - 1) * (n - r) / (n - 1), (c - 1) * (n - c) / (n - 1)
        w = (n * by_row - r * r) / (n - 2), (n * by_column - c * c) / (n - 2)
        spread = 2 * n / (n - 3) * (v[0] - w[0]) * (v[1] - w[1]) + n * n / (n - 1) * w[0] * w[1]
    return _scaled_chi2(chi2, df, mean, spread, smallest >= SMALL_EXPECTED)


def cramer_of(chi2: Floats, n: Floats, r: Floats, c: Floats) -> Floats:
    """Cramer's V without its upward bias (Bergsma 2013), 0 to 1."""
    with np.errstate(divide="ignore", invalid="ignore"):
        square = np.maximum(chi2 / n - (r - 1) * (c - 1) / (n - 1), 0.0) / _room(n, r, c)
    return np.sqrt(np.clip(np.nan_to_num(square), 0.0, 1.0))


def cramer_interval(chi2: Floats, n: Floats, r: Floats, c: Floats, level: float) -> Bounds:
    """The interval of the corrected V: the noncentralities that chi-squared leaves plausible, over n (Smithson 2003).

    Chi-squared has mean df + noncentrality, so the noncentrality is free of the bias that V's correction takes off.
    """
    df = np.maximum((r - 1) * (c - 1), 1)
    size = np.maximum(n, 1) * np.maximum(_room(n, r, c), 1e-12)
    low, high = (np.sqrt(np.clip(chi2_noncentrality(chi2, df, p) / size, 0, 1)) for p in _tails(level))
    v = cramer_of(chi2, n, r, c)
    return np.minimum(low, v), np.maximum(high, v)


def benjamini_hochberg(p: Floats) -> Floats:
    """q of each p, none of them missing (Benjamini & Hochberg 1995), as R's p.adjust."""
    n = len(p)
    if not n:
        return p
    order = np.argsort(p, kind="stable")
    raised = p[order] * n / np.arange(1, n + 1)
    q = np.empty(n)
    q[order] = np.minimum(np.minimum.accumulate(raised[::-1])[::-1], 1.0)
    return q


def holm(p: Floats) -> Floats:
    """Holm's adjusted p, none of them missing, as R's p.adjust."""
    n = len(p)
    order = np.argsort(p, kind="stable")
    raised = np.maximum.accumulate(p[order] * (n - np.arange(n)))
    adjusted = np.empty(n)
    adjusted[order] = np.minimum(raised, 1.0)
    return adjusted


def _room(n: Floats, r: Floats, c: Floats) -> Floats:
    """The largest phi squared that Bergsma's corrected numbers of rows and columns allow."""
    with np.errstate(divide="ignore", invalid="ignore"):
        rows = r - (r - 1) ** 2 / (n - 1)
        columns = c - (c - 1) ** 2 / (n - 1)
    return np.minimum(rows, columns) - 1


def _scaled_chi2(x: Floats, df: Floats, mean: Floats, variance: Floats, plain: NDArray[np.bool_]) -> Floats:
    from scipy.special import chdtrc

    with np.errstate(divide="ignore", invalid="ignore"):
        factor = 2 * mean / variance
        scaled = chdtrc(factor * mean, factor * x)
    usable = np.isfinite(factor) & (variance > 0) & ~plain
    p: Floats = np.where(usable, np.nan_to_num(scaled, nan=1.0), chdtrc(df, x))
    return np.clip(p, 0.0, 1.0)


def _tails(level: float) -> tuple[float, float]:
    return (1 + level) / 2, (1 - level) / 2
