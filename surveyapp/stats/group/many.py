"""Three groups or more: Welch's analysis of variance, Fisher's, Kruskal and Wallis's, and all pairs.

As R's `oneway.test`, `kruskal.test`, `rstatix::games_howell_test` and `rstatix::dunn_test(p.adjust.method = "holm")`.
"""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _
from surveyapp.stats.association.contrast import eta, eta_of_ranks
from surveyapp.stats.association.formula import holm
from surveyapp.stats.association.rank import ranks_and_ties
from surveyapp.stats.check import Check, go_on
from surveyapp.stats.estimate import Effect, Estimate, Test
from surveyapp.stats.group.result import GroupPair, Pairs
from surveyapp.stats.group.sample import Groups
from surveyapp.stats.group.tukey import tukey_quantiles, tukey_sf
from surveyapp.stats.group.two import hedges_g, rank_effects

Floats = NDArray[np.float64]

MOST_GROUPS = 20
"""Up to this many groups are compared pair by pair."""


def welch_anova(groups: Groups) -> Test | None:
    """The test of equal means without equal variances (Welch 1951); None where a group has no spread."""
    from scipy.special import fdtrc

    n, v, k = groups.sizes, groups.variances, len(groups.labels)
    if not (v > 0).all():
        return None
    w = n / v
    total = float(w.sum())
    centre = float(w @ groups.means) / total
    between = float(w @ (groups.means - centre) ** 2) / (k - 1)
    spread = float((((1 - w / total) ** 2) / (n - 1)).sum())
    f = between / (1 + 2 * (k - 2) / (k * k - 1) * spread)
    df = float(k - 1), (k * k - 1) / (3 * spread)
    if not math.isfinite(f):
        return None
    p = float(fdtrc(*df, f))
    return Test(method=_("Welch's analysis of variance"), symbol="F", statistic=f, df=df, p=p, n=len(groups.values))


def anova(groups: Groups, level: float) -> tuple[Test, Effect] | None:
    """The test of equal means with equal variances, and eta squared with its interval; None where nothing varies
    within groups."""
    found = eta(groups.values, groups.codes, len(groups.labels), level)
    if found is None or found.test is None:
        return None
    test = found.test
    named = Test(method=_("Analysis of variance"), symbol="F", statistic=test.statistic, df=test.df, p=test.p, n=test.n)
    effect = Effect(method=_("η² of means"), symbol="η²", value=_squared(found.effect.value), bounds=(0.0, 1.0))
    return named, effect


def kruskal_wallis(groups: Groups, level: float) -> tuple[Test, Effect] | None:
    """The test of equal ranks, and epsilon squared = H / (n - 1) (Kelley 1935); None where all answers are equal."""
    if (groups.values == groups.values[0]).all():
        return None
    found = eta_of_ranks(groups.values, groups.codes, len(groups.labels), level)
    if found.test is None:
        return None
    value = min(found.test.statistic / (found.test.n - 1), 1.0)
    inner, ends = found.effect.value, Estimate(value=value)
    if inner.low is not None and inner.high is not None:
        ends = Estimate(value=value, low=min(inner.low**2, value), high=max(inner.high**2, value))
    return found.test, Effect(method=_("ε² of ranks"), symbol="ε²", value=ends, bounds=(0.0, 1.0))


def games_howell(groups: Groups, level: float, check: Check = go_on) -> Pairs:
    """All pairs of means without equal variances; p and intervals hold for all pairs together: those of Hedges' g have
    the level at which one t interval is as wide as Games and Howell's."""
    k, n, v, means = len(groups.labels), groups.sizes, groups.variances, groups.means
    pairs = [(i, j) for i, j in combinations(range(k), 2) if v[i] / n[i] + v[j] / n[j] > 0]
    if not pairs:
        return Pairs(method=_howell_name(), symbol="t", rows=())
    one, other = np.array(pairs).T
    parts = v[one] / n[one], v[other] / n[other]
    square = parts[0] + parts[1]
    df = square**2 / (parts[0] ** 2 / (n[one] - 1) + parts[1] ** 2 / (n[other] - 1))
    errors, gaps = np.sqrt(square / 2), means[one] - means[other]
    critical = tukey_quantiles(1 - level, k, df)
    halves, p = critical * errors, tukey_sf(np.abs(gaps) / errors, k, df)
    levels = _levels_alone(critical, df)
    rows: list[GroupPair] = []
    for place, (i, j) in enumerate(pairs):
        check()
        difference, half = float(gaps[place]), float(halves[place])
        ends = [groups.unscaled(end) for end in (difference, difference - half, difference + half)]
        if ends[0] is None:
            continue
        value = Estimate(value=ends[0], low=ends[1], high=ends[2]) if None not in ends else Estimate(value=ends[0])
        rows.append(
            GroupPair(
                first=groups.labels[i],
                second=groups.labels[j],
                difference=value,
                statistic=difference / math.sqrt(float(square[place])),
                df=float(df[place]),
                p=float(p[place]),
                effect=hedges_g(groups.pick(i, j), float(levels[place])),
            )
        )
    return Pairs(method=_howell_name(), symbol="t", rows=tuple(rows), together=True)


def _levels_alone(critical: Floats, df: Floats) -> Floats:
    """The level of a single t interval that reaches as far as the studentized range does for all pairs."""
    from scipy.special import stdtr

    alone: Floats = 1 - 2 * stdtr(df, -critical / math.sqrt(2))
    return alone


def dunn(groups: Groups, level: float, check: Check = go_on) -> Pairs:
    """All pairs of mean ranks, p after Holm. The difference is one of mean ranks, of all groups ranked together."""
    from scipy.special import ndtr

    ranks, ties = ranks_and_ties(groups.values)
    n, sizes = len(ranks), groups.sizes
    mean_ranks = np.bincount(groups.codes, weights=ranks, minlength=len(sizes)) / sizes
    counts = ties.astype(np.float64)
    square = n * (n + 1) / 12 - float((counts**3 - counts).sum()) / (12 * (n - 1))
    pairs = list(combinations(range(len(sizes)), 2))
    if not square > 0:
        return Pairs(method=_dunn_name(), symbol="z", rows=())
    gaps = np.array([mean_ranks[i] - mean_ranks[j] for i, j in pairs])
    errors = np.array([math.sqrt(square * (1 / sizes[i] + 1 / sizes[j])) for i, j in pairs])
    p = holm(2 * ndtr(-np.abs(gaps / errors)))
    rows: list[GroupPair] = []
    for (i, j), gap, error, chance in zip(pairs, gaps, errors, p, strict=True):
        check()
        rows.append(
            GroupPair(
                first=groups.labels[i],
                second=groups.labels[j],
                difference=Estimate(value=float(gap)),
                statistic=float(gap / error),
                df=None,
                p=float(chance),
                effect=rank_effects(groups.pick(i, j), level)[0],
            )
        )
    return Pairs(method=_dunn_name(), symbol="z", rows=tuple(rows))


def _howell_name() -> str:
    return _("Games and Howell, differences of means")


def _dunn_name() -> str:
    return _("Dunn, differences of mean ranks; p after Holm")


def _squared(value: Estimate) -> Estimate:
    if value.low is None or value.high is None:
        return Estimate(value=value.value**2)
    return Estimate(value=value.value**2, low=value.low**2, high=value.high**2)
