"""Association with weights: estimates from weighted shares and moments, errors linearised (see weight.design).

Pearson's r has the standard error of R's `svycontrast` on `svymean` of the moments. Spearman's rho is Pearson's r of
weighted midranks; its influence takes in that the ranks are estimated too. Choices beside ranks are tested by R's
`svyranktest`, tables by `svychisq`.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _
from surveyapp.stats.association import formula
from surveyapp.stats.association.contrast import SHARE
from surveyapp.stats.association.correlate import BOUNDS, estimate
from surveyapp.stats.association.rank import weighted_midranks
from surveyapp.stats.association.result import Measured
from surveyapp.stats.estimate import Effect, Test
from surveyapp.stats.weight.design import Weights, covariance
from surveyapp.stats.weight.kish import n_effective
from surveyapp.stats.weight.rao_scott import rao_scott
from surveyapp.stats.weight.wald import group_wald

Floats = NDArray[np.float64]
Codes = NDArray[np.int32]


def weighted_pearson(x: Floats, y: Floats, weights: Weights, level: float) -> Measured | None:
    """Pearson's r of the people of the weights' base, all with a weight; None where one side does not vary."""
    found = _correlation(x, y, weights)
    if found is None:
        return None
    r, influence, _slopes = found
    name = _("Pearson's r, weighted")
    return _measured(r, influence, weights, level, Effect(method=name, symbol="r", value=estimate(r, _NO, 0)))


def weighted_spearman(x: Floats, y: Floats, weights: Weights, level: float) -> Measured | None:
    """Spearman's rho by weighted midranks; None where one side does not vary."""
    w = weights.of_base
    left, right = weighted_midranks(x, w), weighted_midranks(y, w)
    found = _correlation(left, right, weights)
    if found is None:
        return None
    r, influence, (by_left, by_right) = found
    influence = influence + _rank_influence(x, by_left, w) + _rank_influence(y, by_right, w)
    name = _("Spearman's ρ, weighted")
    return _measured(r, influence, weights, level, Effect(method=name, symbol="ρ", value=estimate(r, _NO, 0)))


def weighted_eta(values: Floats, codes: Codes, k: int, weights: Weights, level: float) -> Measured | None:
    """Eta of weighted ranks, bias and interval at Kish's effective n; the test is R's svyranktest. None where the
    ranks do not vary."""
    w = weights.of_base
    ranks = weighted_midranks(values, w)
    rest = ranks - np.average(ranks, weights=w)
    mass = np.bincount(codes, weights=w, minlength=k)
    whole = float(w @ rest**2)
    if whole <= 0:
        return None
    share = min(float((np.bincount(codes, weights=w * rest, minlength=k) ** 2 / mass).sum()) / whole, 1.0)
    n = n_effective(w)
    sums = np.array((n - 1) * share), np.array(n), np.array(float(k))
    low, high = formula.eta_interval(*sums, level)
    value = estimate(float(formula.eta_of(*sums)), (low, high), len(w))
    effect = Effect(method=_("η of weighted ranks, bias-corrected"), symbol="η", value=value, bounds=SHARE)
    found = group_wald(ranks, codes, k, weights)
    test = found and Test(
        method=_("design-based rank test"), symbol="F", statistic=found.f, df=found.df, p=found.p, n=len(w)
    )
    return Measured(effect=effect, test=test or None)


def weighted_cramer(
    first: Codes, second: Codes, shape: tuple[int, int], weights: Weights, level: float
) -> Measured | str:
    """Cramer's V of weighted shares, bias and interval at Kish's effective n, with the test of Rao and Scott; or why
    there is none."""
    r, c = shape
    w = weights.of_base
    shares = np.bincount(first.astype(np.int64) * c + second, weights=w, minlength=r * c).reshape(r, c) / w.sum()
    expected = np.outer(shares.sum(axis=1), shares.sum(axis=0))
    phi_square, n = float(((shares - expected) ** 2 / expected).sum()), n_effective(w)
    sums = np.array(n * phi_square), np.array(n), np.array(float(r)), np.array(float(c))
    low, high = formula.cramer_interval(*sums, level)
    value = estimate(float(formula.cramer_of(*sums)), (low, high), len(w))
    effect = Effect(method=_("Cramér's V, weighted, bias-corrected"), symbol="V", value=value, bounds=SHARE)
    found = rao_scott(first, second, weights)
    return found if isinstance(found, str) else Measured(effect=effect, test=found.second)


_NO = (np.array(math.nan), np.array(math.nan))


def _correlation(x: Floats, y: Floats, weights: Weights) -> tuple[float, Floats, tuple[Floats, Floats]] | None:
    """r, its influence for each person, and its derivatives by the values of x and of y (times the total weight)."""
    w = weights.of_base
    total = float(w.sum())
    a, b = _standard(x, w), _standard(y, w)
    if a is None or b is None:
        return None
    (left, sd_left), (right, sd_right) = a, b
    r = float(np.clip(w @ (left * right) / total, -1, 1))
    influence = (left * right - r * (left**2 + right**2) / 2) / total
    slopes = w * (right - r * left) / sd_left / total, w * (left - r * right) / sd_right / total
    return r, influence, slopes


def _standard(values: Floats, w: Floats) -> tuple[Floats, float] | None:
    """Weighted standard scores and the standard deviation of the scaled values."""
    largest = float(np.abs(values).max())
    scaled = values / largest if largest > 0 else values
    rest = scaled - np.average(scaled, weights=w)
    sd = math.sqrt(float(np.average(rest**2, weights=w)))
    if not sd > 1e-13:
        return None
    return rest / sd, sd * largest


def _rank_influence(values: Floats, slopes: Floats, w: Floats) -> Floats:
    """What a person's weight does to the estimate by moving everybody's rank.

    The rank of j is sum_i w_i ([x_i < x_j] + [x_i = x_j] / 2) / W, so its derivative by w_i is that bracket less the
    rank, over W; `slopes` are the derivatives of the estimate by the ranks.
    """
    distinct, place = np.unique(values, return_inverse=True)
    by_value = np.bincount(place, weights=slopes, minlength=len(distinct))
    at_or_above = np.cumsum(by_value[::-1])[::-1]
    ranks = weighted_midranks(values, w)
    moved: Floats = at_or_above[place] - by_value[place] / 2 - float(slopes @ ranks)
    return moved / float(w.sum())


def _measured(r: float, influence: Floats, weights: Weights, level: float, effect: Effect) -> Measured:
    """Fisher's interval and a t test on that scale, both with df people with a weight less 2."""
    from scipy.special import stdtr, stdtrit

    n = int((weights.of_base > 0).sum())
    variance = float(covariance(influence[:, None], weights)[0, 0])
    plain = Measured(effect=Effect(method=effect.method, symbol=effect.symbol, value=effect.value, bounds=BOUNDS))
    if n < 4 or variance <= 0 or abs(r) >= 1 - 1e-9:
        return plain
    z, error = math.atanh(r), math.sqrt(variance) / (1 - r * r)
    half = float(stdtrit(n - 2, (1 + level) / 2)) * error
    value = estimate(r, (np.array(math.tanh(z - half)), np.array(math.tanh(z + half))), n)
    t = z / error
    test = Test(
        method=_("t test of Fisher's z, linearised"),
        symbol="t",
        statistic=t,
        df=(float(n - 2),),
        p=float(2 * stdtr(n - 2, -abs(t))),
        n=n,
    )
    return Measured(effect=Effect(method=effect.method, symbol=effect.symbol, value=value, bounds=BOUNDS), test=test)
