"""Two groups: Welch's t test, Student's, Mann and Whitney's, and how large the difference is.

As R's `t.test`, `wilcox.test` (exact without ties below 50 people, else normal with continuity correction), and
`effectsize::hedges_g`, `rank_biserial`.
"""

from __future__ import annotations

import math

from surveyapp.base.i18n import _
from surveyapp.stats.association.contrast import rank_biserial
from surveyapp.stats.estimate import Effect, Estimate, Test
from surveyapp.stats.group.sample import Groups
from surveyapp.stats.noncentral import t_noncentrality

_EXACT_BELOW = 50


def welch(groups: Groups, level: float) -> tuple[Test, Estimate] | None:
    """The test of equal means without equal variances, and the difference first less second; None without spread."""
    (n1, n2), (v1, v2) = groups.sizes.tolist(), groups.variances.tolist()
    square = v1 / n1 + v2 / n2
    if not square > 0:
        return None
    df = square**2 / ((v1 / n1) ** 2 / (n1 - 1) + (v2 / n2) ** 2 / (n2 - 1))
    return _tested(groups, math.sqrt(square), df, _("Welch's t test"), level)


def student(groups: Groups, level: float) -> tuple[Test, Estimate] | None:
    """The test of equal means with equal variances; None without spread."""
    pooled = _pooled_variance(groups)
    n1, n2 = groups.sizes.tolist()
    if not pooled > 0:
        return None
    return _tested(groups, math.sqrt(pooled * (1 / n1 + 1 / n2)), n1 + n2 - 2, _("Student's t test"), level)


def mann_whitney(groups: Groups) -> Test | None:
    """The test that a person of one group is as often above one of the other as below; None where all are equal."""
    import numpy as np
    from scipy.stats import mannwhitneyu

    first, second = (groups.values[groups.codes == code] for code in (0, 1))
    distinct = len(np.unique(groups.values))
    if distinct < 2:
        return None
    exact = distinct == len(groups.values) and max(len(first), len(second)) < _EXACT_BELOW
    found = mannwhitneyu(first, second, method="exact" if exact else "asymptotic")
    return Test(
        method=_("Mann-Whitney test, exact") if exact else _("Mann-Whitney test"),
        symbol="U",
        statistic=float(found.statistic),
        df=(),
        p=float(min(max(found.pvalue, 0.0), 1.0)),
        n=len(groups.values),
    )


def hedges_g(groups: Groups, level: float) -> Effect | None:
    """The difference over the pooled standard deviation, bias-corrected by the gamma function (Hedges 1981), interval
    by the noncentral t; None without spread."""
    pooled = _pooled_variance(groups)
    n1, n2 = groups.sizes.tolist()
    if not pooled > 0:
        return None
    df = n1 + n2 - 2
    means = groups.means
    d = float(means[0] - means[1]) / math.sqrt(pooled)
    correction = math.exp(math.lgamma(df / 2) - math.lgamma((df - 1) / 2)) / math.sqrt(df / 2) if df > 1 else 0.0
    size = math.sqrt(n1 * n2 / (n1 + n2))
    ends = t_noncentrality(d * size, df, level)
    value = Estimate(value=d * correction)
    if ends is not None and correction > 0:
        low, high = (end / size * correction for end in ends)
        value = Estimate(value=value.value, low=min(low, value.value), high=max(high, value.value))
    return Effect(method=_("Hedges' g"), symbol="g", value=value)


def rank_effects(groups: Groups, level: float) -> tuple[Effect, Effect]:
    """Rank-biserial r, and the chance that a person of the first group lies above one of the second (equal ones half):
    the common language effect size."""
    found = rank_biserial(groups.values, groups.codes == 0, level).effect
    r = found.value
    ends = (None, None) if r.low is None or r.high is None else ((r.low + 1) / 2, (r.high + 1) / 2)
    return found, Effect(
        method=_("chance that the first is higher (CLES)"),
        symbol="CLES",
        value=Estimate(value=(r.value + 1) / 2, low=ends[0], high=ends[1]),
        bounds=(0.0, 1.0),
    )


def _pooled_variance(groups: Groups) -> float:
    (n1, n2), (v1, v2) = groups.sizes.tolist(), groups.variances.tolist()
    return float(((n1 - 1) * v1 + (n2 - 1) * v2) / (n1 + n2 - 2))


def _tested(groups: Groups, error: float, df: float, method: str, level: float) -> tuple[Test, Estimate] | None:
    from scipy.special import stdtr, stdtrit

    means = groups.means
    difference = float(means[0] - means[1])
    t = difference / error
    half = float(stdtrit(df, (1 + level) / 2)) * error
    ends = [groups.unscaled(end) for end in (difference, difference - half, difference + half)]
    if ends[0] is None or not math.isfinite(t):
        return None
    value = Estimate(value=ends[0], low=ends[1], high=ends[2]) if None not in ends else Estimate(value=ends[0])
    p = float(2 * stdtr(df, -abs(t)))
    return Test(method=method, symbol="t", statistic=t, df=(df,), p=p, n=len(groups.values)), value
