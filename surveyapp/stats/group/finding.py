"""Tests, effects and pairs of groups that can be tested, with and without weights."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from surveyapp.base.i18n import _
from surveyapp.stats.association.formula import holm
from surveyapp.stats.association.weighted import weighted_eta
from surveyapp.stats.check import Check, go_on
from surveyapp.stats.estimate import Effect, Estimate, Test
from surveyapp.stats.group import many, two
from surveyapp.stats.group.result import GroupPair, Pairs
from surveyapp.stats.group.sample import Groups
from surveyapp.stats.weight.design import Weights
from surveyapp.stats.weight.wald import GroupWald, group_wald


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What comparing groups gave; everything empty where nothing could be tested."""

    difference: Estimate | None = None
    tests: tuple[Test, ...] = ()
    effects: tuple[Effect, ...] = ()
    pairs: tuple[Pairs, ...] = ()


def find(groups: Groups, level: float, check: Check = go_on) -> Finding:
    """The tests of two groups or of more. `check` is called before each test and pair and may raise to stop."""
    return _two(groups, level) if len(groups.labels) == 2 else _many(groups, level, check)


def find_weighted(groups: Groups, weights: Weights, level: float) -> Finding:
    """The design-based tests (R: svyttest, regTermTest of svyglm, svyranktest); `weights` are of the groups' people."""
    k = len(groups.labels)
    found = group_wald(groups.values, groups.codes, k, weights)
    ranked = weighted_eta(groups.values, groups.codes, k, weights, level)
    tests = [] if found is None else [_wald_test(found)]
    if ranked is not None and ranked.test is not None:
        tests.append(ranked.test)
    pairs = _weighted_pairs(groups, found, level) if found is not None and k <= many.MOST_GROUPS else None
    return Finding(
        difference=pairs.rows[0].difference if pairs is not None and k == 2 and pairs.rows else None,
        tests=tuple(tests),
        effects=() if ranked is None else (ranked.effect,),
        pairs=(pairs,) if pairs is not None and k > 2 else (),
    )


def _two(groups: Groups, level: float) -> Finding:
    welch, student, ranks = two.welch(groups, level), two.student(groups, level), two.mann_whitney(groups)
    tests = [found[0] for found in (welch, student) if found is not None]
    g = two.hedges_g(groups, level)
    effects = [g] if g is not None else []
    if ranks is not None:
        tests.append(ranks)
        effects += two.rank_effects(groups, level)
    difference = welch or student
    return Finding(difference=difference and difference[1], tests=tuple(tests), effects=tuple(effects))


def _many(groups: Groups, level: float, check: Check) -> Finding:
    welch, plain = many.welch_anova(groups), many.anova(groups, level)
    check()
    ranks = many.kruskal_wallis(groups, level)
    tests = [] if welch is None else [welch]
    effects: list[Effect] = []
    for found in (plain, ranks):
        if found is not None:
            tests.append(found[0])
            effects.append(found[1])
    pairs: list[Pairs] = []
    if len(groups.labels) <= many.MOST_GROUPS:
        pairs = [
            part for part in (many.games_howell(groups, level, check), many.dunn(groups, level, check)) if part.rows
        ]
    return Finding(tests=tuple(tests), effects=tuple(effects), pairs=tuple(pairs))


def _wald_test(found: GroupWald) -> Test:
    name = _("design-based t test") if len(found.means) == 2 else _("design-based Wald test")
    if len(found.means) == 2:
        difference, error = found.difference(0, 1)
        t = difference / error
        return Test(method=name, symbol="t", statistic=t, df=(found.df[1],), p=found.p, n=found.n)
    return Test(method=name, symbol="F", statistic=found.f, df=found.df, p=found.p, n=found.n)


def _weighted_pairs(groups: Groups, found: GroupWald, level: float) -> Pairs:
    """Differences with linearised errors, Student's t, p after Holm over all pairs."""
    from scipy.special import stdtr, stdtrit

    df = found.df[1]
    chosen = list(combinations(range(len(groups.labels)), 2))
    differences = [found.difference(i, j) for i, j in chosen]
    usable = [place for place, (_gap, error) in enumerate(differences) if error > 0]
    t = np.array([differences[place][0] / differences[place][1] for place in usable])
    p = holm(2 * stdtr(df, -np.abs(t))) if usable else t
    factor = float(stdtrit(df, (1 + level) / 2))
    rows: list[GroupPair] = []
    for place, statistic, chance in zip(usable, t.tolist(), p.tolist(), strict=True):
        gap, error = differences[place]
        ends = [groups.unscaled(end) for end in (gap, gap - factor * error, gap + factor * error)]
        if ends[0] is None or not math.isfinite(statistic):
            continue
        i, j = chosen[place]
        rows.append(
            GroupPair(
                first=groups.labels[i],
                second=groups.labels[j],
                difference=Estimate(value=ends[0], low=ends[1], high=ends[2])
                if None not in ends
                else Estimate(value=ends[0]),
                statistic=statistic,
                df=df,
                p=chance,
                effect=None,
            )
        )
    return Pairs(method=_("differences of weighted means; p after Holm"), symbol="t", rows=tuple(rows))
