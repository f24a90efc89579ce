"""Correlations of two numbers or ordered answers, one pair at a time.

Pearson and Spearman as R's `cor.test`, with Fisher's interval (Spearman: Bonett & Wright 2000); Kendall's tau-b as
`cor.test(method = "kendall")`, interval by Fieller, Hartley & Pearson (1957).
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _
from surveyapp.stats.association import formula
from surveyapp.stats.association.rank import midranks
from surveyapp.stats.association.result import Measured
from surveyapp.stats.estimate import Effect, Estimate, Test

Floats = NDArray[np.float64]

BOUNDS = (-1.0, 1.0)
_EXACT_BELOW = 10
_ROUNDING = 1e-9


def pearson_r(x: Floats, y: Floats) -> float:
    """Pearson's r of finite numbers that vary, safe for huge ones and for means far from 0."""
    a, b = _centred(x), _centred(y)
    return float(np.clip(a @ b / math.sqrt(float(a @ a) * float(b @ b)), -1.0, 1.0))


def pearson(x: Floats, y: Floats, level: float) -> Measured:
    """Pearson's r of three people or more; no interval of under four or where all lie on a line."""
    r, n = pearson_r(x, y), len(x)
    bounds = formula.fisher_interval(np.array(r), np.array(1 / (n - 3) if n > 3 else np.inf), level)
    return Measured(
        effect=Effect(method=_("Pearson's r"), symbol="r", value=estimate(r, bounds, n), bounds=BOUNDS),
        test=_student(r, n, _("t test of Pearson's r"), heaviness=0.0),
    )


def spearman(x: Floats, y: Floats, level: float) -> Measured:
    """Spearman's rho; p over all orders of the answers for fewer than 10 people, else Student's t."""
    ranks, n = (midranks(x), midranks(y)), len(x)
    r = pearson_r(*ranks)
    bounds = formula.fisher_interval(np.array(r), formula.spearman_variance(np.array(r), np.array(float(n))), level)
    effect = Effect(method=_("Spearman's ρ"), symbol="ρ", value=estimate(r, bounds, n), bounds=BOUNDS)
    if n < _EXACT_BELOW:
        return Measured(effect=effect, test=_permuted(ranks, r))
    heaviness = formula.excess_kurtosis(ranks[0]) * formula.excess_kurtosis(ranks[1])
    return Measured(effect=effect, test=_student(r, n, _("t test of Spearman's ρ"), heaviness=heaviness))


def kendall(x: Floats, y: Floats, level: float) -> Measured:
    """Kendall's tau-b, z corrected for ties; exact p without ties for fewer than 50 people (R's rule)."""
    from scipy.stats import kendalltau

    n = len(x)
    ties = len(np.unique(x)) < n or len(np.unique(y)) < n
    exact = not ties and n < 50
    found = kendalltau(x, y, method="exact" if exact else "asymptotic")
    tau = float(np.clip(found.statistic, -1, 1))
    bounds = formula.fisher_interval(np.array(tau), np.array(0.437 / (n - 4) if n > 4 else np.inf), level)
    effect = Effect(method=_("Kendall's τ-b"), symbol="τ", value=estimate(tau, bounds, n), bounds=BOUNDS)
    name = _("exact test of Kendall's τ") if exact else _("normal test of Kendall's τ-b, corrected for ties")
    p = float(found.pvalue)
    test = Test(method=name, symbol="τ", statistic=tau, df=(), p=p, n=n) if math.isfinite(p) else None
    return Measured(effect=effect, test=test)


def point_biserial(x: Floats, high: NDArray[np.bool_], level: float) -> Measured:
    """The correlation of a number with belonging to the second of two groups."""
    found = pearson(x, high.astype(np.float64), level)
    effect = Effect(method=_("point-biserial r"), symbol="r", value=found.effect.value, bounds=BOUNDS)
    return Measured(effect=effect, test=found.test)


def estimate(value: float, bounds: tuple[Floats, Floats], n: int) -> Estimate:
    """The value with its interval; none for fewer than 4 people or where it is 1 or -1 and the interval a point."""
    low, high = float(bounds[0]), float(bounds[1])
    if n < 4 or abs(value) >= 1 - _ROUNDING or not (math.isfinite(low) and math.isfinite(high)):
        return Estimate(value=value)
    return Estimate(value=value, low=low, high=high)


def _student(r: float, n: int, method: str, *, heaviness: float) -> Test:
    p = float(formula.correlation_p(np.array(r), np.array(float(n)), np.array(heaviness)))
    t = float(formula.correlation_t(np.array(r), np.array(float(n))))
    heavy = heaviness > 0 and 4 + 6 * n / heaviness < n - 2
    note = _("Nearly everybody gave the same answer: fewer degrees of freedom.") if heavy else ""
    if not math.isfinite(t):
        return Test(method=method, symbol="r", statistic=r, df=(float(n - 2),), p=p, n=n, note=note)
    df = 4 + 6 * n / heaviness if heavy else float(n - 2)
    return Test(method=method, symbol="t", statistic=t, df=(df,), p=p, n=n, note=note)


def _permuted(ranks: tuple[Floats, Floats], r: float) -> Test:
    """The share of all orders of one side in which rho is as far from 0."""
    left, right = (rank - rank.mean() for rank in ranks)
    found = right[_orders(len(left))] @ left
    p = float(np.mean(np.abs(found) >= abs(float(left @ right)) - _ROUNDING * float(np.abs(left) @ np.abs(right))))
    note = _("All orders of the answers were tried.")
    return Test(
        method=_("permutation test of Spearman's ρ"), symbol="ρ", statistic=r, df=(), p=p, n=len(left), note=note
    )


@lru_cache(maxsize=1)
def _orders(n: int) -> NDArray[np.int8]:
    """All orders of 0 to n - 1, (n!, n); n below 10."""
    found = np.zeros((1, 1), dtype=np.int8)
    for size in range(2, n + 1):
        shorter = np.repeat(found, size, axis=0)
        place = np.tile(np.arange(size), len(found))
        longer = np.empty((len(shorter), size), dtype=np.int8)
        longer[np.arange(size)[None, :] != place[:, None]] = shorter.ravel()
        longer[np.arange(len(shorter)), place] = size - 1
        found = longer
    return found


def _centred(values: Floats) -> Floats:
    """Values less their mean, scaled to at most 1."""
    largest = float(np.abs(values).max())
    scaled = values / largest if largest > 0 else values
    rest = scaled - scaled[0]
    rest = rest - rest.mean()
    spread = float(np.abs(rest).max())
    centred: Floats = rest / spread if spread > 0 else rest
    return centred
