"""Choices beside numbers and beside choices, one pair at a time: eta, Cramer's V, rank-biserial."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _
from surveyapp.stats.association import formula
from surveyapp.stats.association.correlate import BOUNDS, estimate
from surveyapp.stats.association.rank import midranks
from surveyapp.stats.association.result import Measured
from surveyapp.stats.estimate import Effect, Estimate, Test
from surveyapp.stats.noncentral import f_noncentrality

Floats = NDArray[np.float64]
Codes = NDArray[np.int32]

SHARE = (0.0, 1.0)


def eta_of_ranks(values: Floats, codes: Codes, k: int, level: float) -> Measured:
    """Eta of the ranks with the Kruskal-Wallis test; codes 0 to k - 1, each with people, k at least 2; values vary."""
    n = len(values)
    ranks = midranks(values) - (n + 1) / 2
    sizes = np.bincount(codes, minlength=k)
    between = float((np.bincount(codes, weights=ranks, minlength=k) ** 2 / sizes).sum())
    h = (n - 1) * min(between / float(ranks @ ranks), 1.0)
    sums = np.array(h), np.array(float(n)), np.array(float(k))
    low, high = formula.eta_interval(*sums, level)
    smallest = float(sizes.min())
    p = float(formula.kruskal_p(*sums, np.array(smallest), np.array((1 / sizes).sum())))
    value = float(formula.eta_of(*sums))
    effect = Effect(
        method=_("η of ranks, bias-corrected"), symbol="η", value=estimate(value, (low, high), n), bounds=SHARE
    )
    note = ""
    if smallest < formula.SMALL_EXPECTED:
        note = _("Small groups: p by the variance of H over all orders of the answers.")
    test = Test(method=_("Kruskal-Wallis test"), symbol="H", statistic=h, df=(float(k - 1),), p=p, n=n, note=note)
    return Measured(effect=effect, test=test)


def eta(values: Floats, codes: Codes, k: int, level: float) -> Measured | None:
    """Eta of the numbers themselves with the F test of equal means; None where no group varies."""
    from scipy.special import fdtrc

    n = len(values)
    scaled = values / max(float(np.abs(values).max()), 1e-300)
    rest = scaled - scaled.mean()
    sizes = np.bincount(codes, minlength=k)
    means = np.bincount(codes, weights=rest, minlength=k) / sizes
    inside = rest - means[codes]
    between, within = float(sizes @ means**2), float(inside @ inside)
    if n <= k or within <= 1e-24 * n:
        return None
    f = between / (k - 1) / (within / (n - k))
    value = math.sqrt(between / (between + within))
    found = f_noncentrality(f, k - 1, n - k, level)
    inner = Estimate(value=value)
    if found is not None:
        low, high = (math.sqrt(end / (end + n)) for end in found)
        inner = Estimate(value=value, low=min(low, value), high=max(high, value))
    test = Test(
        method=_("F test of equal means"),
        symbol="F",
        statistic=f,
        df=(float(k - 1), float(n - k)),
        p=float(fdtrc(k - 1, n - k, f)),
        n=n,
    )
    return Measured(effect=Effect(method=_("η of means"), symbol="η", value=inner, bounds=SHARE), test=test)


def rank_biserial(values: Floats, high: NDArray[np.bool_], level: float) -> Measured:
    """How much oftener a person of the second group lies above one of the first than below; interval as R effectsize:
    Fisher's z with variance (n1 + n2 + 1) / (3 n1 n2)."""
    n1, n2 = int(high.sum()), int((~high).sum())
    u = float(midranks(values)[high].sum()) - n1 * (n1 + 1) / 2
    r = 2 * u / (n1 * n2) - 1
    bounds = formula.fisher_interval(np.array(r), np.array((n1 + n2 + 1) / (3 * n1 * n2)), level)
    value = estimate(r, bounds, n1 + n2)
    return Measured(effect=Effect(method=_("rank-biserial r"), symbol="r", value=value, bounds=BOUNDS))


def cramer(first: Codes, second: Codes, shape: tuple[int, int], level: float) -> Measured:
    """Cramer's V, bias-corrected, with the chi-squared test; codes from 0, every row and column with people, at least
    two of each."""
    r, c = shape
    n = len(first)
    table = np.bincount(first.astype(np.int64) * c + second, minlength=r * c).reshape(r, c)
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    chi2 = max(n * (float((table**2 / np.outer(rows, columns)).sum()) - 1), 0.0)
    sums = np.array(chi2), np.array(float(n)), np.array(float(r)), np.array(float(c))
    low, high = formula.cramer_interval(*sums, level)
    least = float(rows.min()) * float(columns.min()) / n
    inverse = np.array((1 / rows).sum()), np.array((1 / columns).sum())
    p = float(formula.chi2_p(sums[0], sums[1], (sums[2], sums[3]), inverse, np.array(least)))
    note = ""
    if least < formula.SMALL_EXPECTED:
        note = _("Some expected counts are under 5: p by mean and variance over all tables with these margins.")
    value = estimate(float(formula.cramer_of(*sums)), (low, high), n)
    test = Test(
        method=_("chi-squared test"), symbol="χ²", statistic=chi2, df=(float((r - 1) * (c - 1)),), p=p, n=n, note=note
    )
    return Measured(
        effect=Effect(method=_("Cramér's V, bias-corrected"), symbol="V", value=value, bounds=SHARE), test=test
    )


def phi(first: Codes, second: Codes, level: float) -> Measured:
    """The signed correlation of two yes-or-no answers (codes 0 and 1), Fisher's interval; no bias correction."""
    from surveyapp.stats.association.correlate import pearson

    found = pearson(first.astype(np.float64), second.astype(np.float64), level)
    return Measured(effect=Effect(method=_("φ"), symbol="φ", value=found.effect.value, bounds=BOUNDS))
