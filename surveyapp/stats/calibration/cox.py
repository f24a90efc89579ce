"""Cox's calibration line: logit P(y) = a + b logit p (Cox 1958, Biometrika 45). Calibrated is a = 0 and b = 1.

b < 1 is overconfident, b > 1 underconfident; a is bias. The joint test of both is the likelihood ratio with 2 df, or
the Wald test with the variance over G clusters where forecasts share a prediction or a person. Of clusters, intervals
are t with G - 1 df and the test is F with 2 and G - 1: with chi squared, calibrated forecasts of few predictions would
be called miscalibrated more often than one time in twenty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_percent
from surveyapp.stats.calibration.cluster import Ints, clustered_covariance, n_clusters
from surveyapp.stats.calibration.score import CLIP
from surveyapp.stats.estimate import Estimate

Floats = NDArray[np.float64]

_ROUNDS = 50
_FLAT = 1e-9
_FEWEST = 2
_FARTHEST = 30.0
"""No slope or intercept is farther out than this: beyond, the outcomes are separated and the likelihood has no top."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoxLine:
    """The line, its joint test against a = 0 and b = 1, and from how many clusters its intervals are (0: none)."""

    intercept: Estimate
    slope: Estimate
    statistic: float
    p: float
    n_clusters: int


def cox_line(
    probabilities: Floats, outcomes: Floats, weights: Floats, clusters: Sequence[Ints], *, level: float
) -> CoxLine | str:
    """The line through forecasts (0-1, clipped to .001-.999) and outcomes, all of shape (n,), weights summing to
    anything; or a translated reason why there is none. Intervals are normal, or t over clusters."""
    from scipy.stats import chi2, norm
    from scipy.stats import f as fisher
    from scipy.stats import t as student

    if outcomes.min() == outcomes.max():
        return _("Slope not computed: everything came out the same way.")
    if clusters and n_clusters(clusters, 0) < _FEWEST:
        return _("Slope not computed: all forecasts are of one prediction by one person.")
    said, place = np.unique(np.clip(probabilities, CLIP, 1 - CLIP), return_inverse=True)
    x = np.log(said) - np.log1p(-said)
    if np.ptp(x) < _FLAT:
        every = 100 * float(probabilities.mean())
        share = fmt_percent(every / 100, 0 if abs(every - round(every)) < _FLAT else 1)
        return _("Slope not computed: every forecast was %(p)s.") % {"p": share}
    design = np.stack([np.ones(len(x)), x], axis=1)
    worth: Floats = np.bincount(place, weights=weights).astype(np.float64)
    happened: Floats = np.bincount(place, weights=weights * outcomes).astype(np.float64)
    beta = _fit(design, happened, worth)
    if beta is None:
        return _separated(x[place], outcomes)
    mu = _logistic(design @ beta)
    bread = np.linalg.inv((design * (worth * mu * (1 - mu))[:, None]).T @ design)
    if clusters:
        residual = weights * (outcomes - mu[place])
        meat = clustered_covariance(np.stack([residual, residual * x[place]], axis=1), clusters)
        covariance = bread @ meat @ bread
        away = beta - np.array([0.0, 1.0])
        statistic = float(away @ np.linalg.pinv(covariance) @ away)
    else:
        covariance = bread
        statistic = 2 * (_likelihood(design @ beta, happened, worth) - _likelihood(x, happened, worth))
    groups = n_clusters(clusters, 0)
    quantile = float(student.ppf((1 + level) / 2, groups - 1) if clusters else norm.ppf((1 + level) / 2))
    half = quantile * np.sqrt(np.maximum(np.diag(covariance), 0.0))
    intercept, slope = (
        Estimate(value=float(value), low=float(value - h), high=float(value + h))
        for value, h in zip(beta, half, strict=True)
    )
    return CoxLine(
        intercept=intercept,
        slope=slope,
        statistic=max(statistic, 0.0),
        p=float(fisher.sf(max(statistic, 0.0) / 2, 2, groups - 1) if clusters else chi2.sf(max(statistic, 0.0), 2)),
        n_clusters=groups,
    )


def fitted_share(line: CoxLine, credence: float) -> float:
    """How often it happens by the line when one says `credence` (0-1)."""
    p = min(max(credence, CLIP), 1 - CLIP)
    return float(_logistic(np.array(line.intercept.value + line.slope.value * np.log(p / (1 - p)))))


def _fit(design: Floats, happened: Floats, worth: Floats) -> Floats | None:
    """The top of the likelihood by Newton's steps, halved where they overshoot; None if there is none.

    A row of `design` stands for all equal forecasts: of weight `worth`, of which `happened` came true.
    """
    beta: Floats = np.array([0.0, 1.0])
    value = _likelihood(design @ beta, happened, worth)
    for _round in range(_ROUNDS):
        mu = _logistic(design @ beta)
        gradient = design.T @ (happened - worth * mu)
        information = (design * (worth * mu * (1 - mu))[:, None]).T @ design
        try:
            step = np.linalg.solve(information, gradient)
        except np.linalg.LinAlgError:
            return None
        reached = _likelihood(design @ (beta + step), happened, worth)
        while reached < value - 1e-9 and np.abs(step).max() > _FLAT:
            step /= 2
            reached = _likelihood(design @ (beta + step), happened, worth)
        beta, value = beta + step, reached
        if np.abs(beta).max() > _FARTHEST:
            return None
        if np.abs(step).max() < 1e-10:
            return beta
    return None


def _separated(x: Floats, outcomes: Floats) -> str:
    if x[outcomes == 1].mean() < x[outcomes == 0].mean():
        return _("Slope not computed: above some credence nothing happened, and everything below it.")
    return _("Slope not computed: above some credence everything happened, and nothing below it.")


def _logistic(x: Floats) -> Floats:
    return np.where(x >= 0, 1 / (1 + np.exp(-np.abs(x))), np.exp(-np.abs(x)) / (1 + np.exp(-np.abs(x))))


def _likelihood(eta: Floats, happened: Floats, worth: Floats) -> float:
    return float(happened @ eta - worth @ np.logaddexp(0.0, eta))
