"""What a regression returns: coefficients as they are printed, tests, fit, diagnostics, and what was not estimated."""

from __future__ import annotations

from dataclasses import dataclass

from surveyapp.stats.estimate import Counted, Estimate, Test, Weighting
from surveyapp.stats.regression.spec import Model


@dataclass(frozen=True, slots=True, kw_only=True)
class Coefficient:
    """One row of the table.

    `place` counts the predictors from 0 (-1: intercept and thresholds), `predictor` is its question in words. `label`
    is the answer ("" for a number), `reference` the answer it is compared with, `unit` what one step is ("year",
    "standard deviation (12.3)"). `n` people gave that answer, or any. `estimate` is on the scale of the model (log odds
    for a logit), `ratio` its exponential (odds or rate ratio; None for a linear model and thresholds). `standardised`
    is per standard deviation of a number (per step 0 to 1 of an answer), in standard deviations of the outcome for a
    linear model. `spread` is the standard deviation of a number, in its unit.
    """

    place: int
    predictor: str
    label: str
    reference: str
    unit: str
    n: int
    estimate: Estimate
    se: float
    statistic: float
    p: float
    ratio: Estimate | None = None
    standardised: Estimate | None = None
    spread: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarginalEffect:
    """The average change of a share (or count) by one more of a number, or by an answer instead of its reference.

    `outcome` names the step of an ordered outcome, "" for the others. Shares are 0-1.
    """

    place: int
    predictor: str
    label: str
    reference: str
    outcome: str
    value: Estimate
    se: float
    p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictorTest:
    """Whether a predictor goes with the outcome at all, all its answers together. `p_holm` is over the predictors."""

    place: int
    predictor: str
    test: Test
    p_holm: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NotEstimated:
    """A predictor or one of its answers that has no coefficient; `reason`: "Not estimated: ...". `n` people were left
    out with it."""

    place: int
    predictor: str
    label: str
    reason: str
    n: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """People left out because this question lacks their answer; `only` of them lack no other."""

    predictor: str
    n: int
    only: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Collinearity:
    """How much a predictor is told by the others: the generalised variance inflation factor of its `df` columns (Fox &
    Monette 1992), and `scaled` = gvif ** (1 / (2 df)); squared it compares with the usual VIF."""

    place: int
    predictor: str
    gvif: float
    df: int
    scaled: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Influence:
    """How many people weigh heavily: leverage above 2 k / n (Hoaglin & Welsch 1978), Cook's distance above 4 / n and
    above 1."""

    high_leverage: int
    cook_over_4n: int
    cook_over_1: int
    largest_cook: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """How well the model fits. None where it has no such number.

    `r2` of a linear model; `mcfadden` = 1 - ll / ll0; `aic` = -2 ll + 2 k (as statsmodels: no parameter for the
    variance), unweighted only; `residual_sd` of a linear model; `dispersion` (Pearson chi-squared / df) of a Poisson.
    """

    r2: float | None = None
    r2_adjusted: float | None = None
    mcfadden: float | None = None
    log_likelihood: float | None = None
    aic: float | None = None
    residual_sd: float | None = None
    dispersion: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostics:
    """What to know before believing it; `sentences` say it in words. `heteroscedasticity` is there for an unweighted
    linear model, `proportional` (whether one odds ratio holds for all steps) for an ordinal one."""

    collinearity: tuple[Collinearity, ...]
    influence: Influence | None
    heteroscedasticity: Test | None
    sentences: tuple[str, ...]
    proportional: Test | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Regression:
    """A fitted model. `counted.n` people answered every question; `n_used` of them took part (the others are in the
    notes). `yes` names what counts as yes in a logit. `missing_rule` says in words who was left out."""

    question: str
    model: Model
    counted: Counted
    n_used: int
    yes: str
    coefficients: tuple[Coefficient, ...]
    thresholds: tuple[Coefficient, ...]
    marginal: tuple[MarginalEffect, ...]
    tests: tuple[PredictorTest, ...]
    overall: Test
    quality: Quality
    diagnostics: Diagnostics
    not_estimated: tuple[NotEstimated, ...]
    dropped: tuple[Dropped, ...]
    missing_rule: str
    level: float
    method: str
    notes: tuple[str, ...]
    sentence: str
    weighting: Weighting | None = None
