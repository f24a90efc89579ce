"""A group against its control group, in one wave: raw, and with the control group composed as the group is.

The adjusted difference is what regression adjustment for the treated gives (Oaxaca 1973; Imbens 2004, "average effect
on the treated"), or direct standardisation where all questions are closed; its error is linearised over both groups.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _
from surveyapp.stats.answers import Answers
from surveyapp.stats.count import count_people
from surveyapp.stats.estimate import NotComputed, Test, Weighting
from surveyapp.stats.group_control.balance import balance
from surveyapp.stats.group_control.result import Balance, GroupControl
from surveyapp.stats.group_control.words import adjusted_words, raw_words
from surveyapp.stats.regression.scaling import power_scaled
from surveyapp.stats.regression.spec import Predictor
from surveyapp.stats.wave_change.adjusted import (
    AdjustBy,
    change_of,
    complete_rows,
    standardised,
    two_groups,
)
from surveyapp.stats.wave_change.compare import people_of, unit_of
from surveyapp.stats.wave_change.difference import difference, interval_up, scaled_up, t_quantile
from surveyapp.stats.wave_change.drawn import Drawn, NoComparisonError, drawn, point_of, words_of
from surveyapp.stats.wave_change.result import Adjusted, Change
from surveyapp.stats.wave_change.spec import Measure, Side
from surveyapp.stats.wave_change.words import subject
from surveyapp.stats.weight.design import Weights, covariance, equal_weights
from surveyapp.stats.weight.kish import weighting_of

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

_FIXED = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """Two groups among the people of the base, by masks (m,) that share nobody, and what they are called."""

    us: Mask
    them: Mask
    us_name: str
    them_name: str


def group_control(
    answers: Answers,
    groups: Groups,
    measure: Measure,
    *,
    codes: tuple[int, ...] = (),
    covariates: Sequence[Predictor] = (),
    adjust_by: AdjustBy = AdjustBy.AUTO,
    level: float = 0.95,
    weights: Weights | None = None,
) -> GroupControl | NotComputed:
    """The difference us less them. `codes` are the answers whose share is compared; `covariates` (of all people, shape
    (m,)) what to adjust for. Raises ValueError if somebody is in both groups."""
    if (groups.us & groups.them).any():
        raise ValueError("nobody can be in both groups")
    ours, theirs = _sides(answers, groups, codes, weights)
    question, title = answers.question, answers.question.title
    try:
        us, them = drawn(ours, measure), drawn(theirs, measure)
        raw = difference(them, us, measure, level)
        telling_weights = weights if us.weights is not None or them.weights is not None else None
        if telling_weights is not None and measure is not Measure.MEDIAN:
            raw = _one_sample(raw, groups, (us, them), telling_weights, level)
    except NoComparisonError as error:
        counted = count_people(answers.missing[groups.us | groups.them])
        return NotComputed(question=question.wording, kind=question.kind, counted=counted, reason=str(error))
    what, unit = (words_of(ours) if measure is Measure.SHARE else ""), unit_of(ours, measure)
    names = (groups.us_name, groups.them_name)
    counted = people_of([us.counted, them.counted])
    adjusted: Adjusted | NotComputed | None = None
    if covariates:
        try:
            found = _adjusted(groups, (us, them), covariates, adjust_by, telling_weights, measure, level)
            told = adjusted_words(found, names, measure=measure, unit=unit, level=level)
            adjusted = replace(found, sentence=told)
        except NoComparisonError as error:
            adjusted = NotComputed(question=question.wording, kind=question.kind, counted=counted, reason=str(error))
    return GroupControl(
        question=question.wording,
        title=title,
        what=what,
        measure=measure,
        unit=unit,
        counted=counted,
        us=point_of(us, measure, level),
        them=point_of(them, measure, level),
        raw=raw,
        adjusted=adjusted,
        balance=_balanced(covariates, groups, (us, them), telling_weights),
        level=level,
        method=_method(raw.test.method, measure, weighted=telling_weights is not None),
        notes=(_("The groups chose themselves: what is left after adjusting may still be who they are."),),
        sentence=raw_words(subject(title, what, measure), raw, names, measure=measure, unit=unit, level=level),
        weighting=_weighting(groups, (us, them), telling_weights),
        kind=question.kind,
    )


def _sides(answers: Answers, groups: Groups, codes: tuple[int, ...], weights: Weights | None) -> tuple[Side, Side]:
    """Us and them, each as a side of its own."""

    def side(mask: Mask, name: str) -> Side:
        own = weights.take(mask) if weights is not None else None
        return Side(wave=name, answers=answers.take(mask), codes=codes, weights=own)

    return side(groups.us, groups.us_name), side(groups.them, groups.them_name)


def _method(test: str, measure: Measure, *, weighted: bool) -> str:
    """How the intervals of both groups are made, and that of their difference."""
    if weighted:
        return _("linearised; difference: %(test)s") % {"test": test}
    name = {Measure.SHARE: "Wilson", Measure.MEAN: "t", Measure.MEDIAN: _("order statistics")}[measure]
    return _("%(interval)s; difference: %(test)s") % {"interval": name, "test": test}


def _balanced(
    covariates: Sequence[Predictor], groups: Groups, both: tuple[Drawn, Drawn], weights: Weights | None
) -> tuple[Balance, ...]:
    """Of those who answered everything; () where there are no covariates."""
    if not covariates:
        return ()
    complete = complete_rows(covariates, _spread(groups, both)[1])
    w = weights.of_base[complete] if weights is not None else np.ones(int(complete.sum()))
    return balance(covariates, complete, groups.us[complete], w)


def _weighting(groups: Groups, both: tuple[Drawn, Drawn], weights: Weights | None) -> Weighting | None:
    """What the weights of everybody who takes part cost; None where all count alike."""
    return weighting_of(weights.take(_spread(groups, both)[1])) if weights is not None else None


def _rows(groups: Groups, both: tuple[Drawn, Drawn]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where the people who take part stand among all of the base, us and them."""
    us, them = (np.flatnonzero(mask)[one.used] for mask, one in zip((groups.us, groups.them), both, strict=True))
    return us, them


def _one_sample(raw: Change, groups: Groups, both: tuple[Drawn, Drawn], weights: Weights, level: float) -> Change:
    """The weighted difference with the error of one sample (R svyglm of y on the group, svyttest): groups of one wave
    share its margins."""
    from scipy.special import stdtr

    y, (exponent,) = power_scaled(np.concatenate([one.y for one in both])[:, None])
    first = np.arange(len(y)) < len(both[0])
    influence = np.zeros((len(weights), 1))
    means = []
    for rows, mask, sign in zip(_rows(groups, both), (first, ~first), (1, -1), strict=True):
        w = weights.of_base[rows]
        mean = float(w @ y[mask, 0] / w.sum())
        influence[rows, 0] = sign * (y[mask, 0] - mean) / w.sum()
        means.append(mean)
    error = math.sqrt(max(float(covariance(influence, weights)[0, 0]), 0.0))
    value, n = means[0] - means[1], len(y)
    if error <= _FIXED * max(abs(value), 1.0):
        raise NoComparisonError(_("Not compared: the margins of the weights fix this difference."))
    df, t = float(n - 2), value / error
    half = t_quantile(df, level) * error
    method = _("t test of two weighted groups (linearised)")
    return replace(
        raw,
        value=interval_up(value, half, int(exponent)),
        se=scaled_up(error, int(exponent)),
        test=Test(method=method, symbol="t", statistic=t, df=(df,), p=float(2 * stdtr(df, -abs(t))), n=n),
    )


def _adjusted(
    groups: Groups,
    both: tuple[Drawn, Drawn],
    covariates: Sequence[Predictor],
    by: AdjustBy,
    weights: Weights | None,
    measure: Measure,
    level: float,
) -> Adjusted:
    if measure is Measure.MEDIAN:
        raise NoComparisonError(_("Not adjusted: medians have no adjusted difference; take the mean."))
    y, used = _spread(groups, both)
    complete = complete_rows(covariates, used)
    base = weights if weights is not None else equal_weights(int(complete.sum()))
    w = weights.of_base[complete] if weights is not None else np.ones(int(complete.sum()))
    two = two_groups(y[complete], w, groups.us[complete], covariates, complete)
    found, method, notes = standardised(two, by)
    influence = np.zeros((len(complete), 1))
    influence[np.flatnonzero(complete & groups.us), 0] = -found.influence_a
    influence[np.flatnonzero(complete & groups.them), 0] = -found.influence_b
    if weights is None:
        influence = influence[complete]
    variance = float(covariance(influence, base)[0, 0])
    n = (len(two.a.y), len(two.b.y))
    change = change_of(-found.difference, variance, n, two.exponent, level)
    raw = float(two.a.w @ two.a.y / two.a.w.sum() - two.b.w @ two.b.y / two.b.w.sum())
    return Adjusted(
        by=two.titles,
        n=n,
        raw=scaled_up(raw, two.exponent),
        change=change,
        composition=scaled_up(raw + found.difference, two.exponent),
        method=method,
        notes=notes,
        sentence="",
    )


def _spread(groups: Groups, both: tuple[Drawn, Drawn]) -> tuple[Floats, Mask]:
    """The numbers of both groups and who has one, (m,)."""
    y, used = np.zeros(len(groups.us)), np.zeros(len(groups.us), dtype=np.bool_)
    for rows, one in zip(_rows(groups, both), both, strict=True):
        y[rows], used[rows] = one.y, True
    return y, used
