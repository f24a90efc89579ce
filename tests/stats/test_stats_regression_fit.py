"""Regressions against R 4.2.2: car 3.1-1, lmtest 0.9-40 and the packages of regression_reference."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from stats.regression_reference import (
    AME_GIVEN,
    AME_LOGIT,
    AME_ORDINAL,
    AME_ORDINAL_SE,
    AME_POISSON,
    CLM,
    CLM_SE,
    HC3,
    LM,
    LOGIT,
    LOGIT_SE,
    POISSON,
    POISSON_SE,
    SURVEY,
)
from stats.regression_sample import AGE, GENDER, RAKED, STEP, TRUST, WEIGHT, outcomes, predictors
from stats.stats_sample import assert_sound, single

from surveyapp.domain.question import Kind
from surveyapp.stats.answers import Answers
from surveyapp.stats.regression.fit import regression
from surveyapp.stats.regression.result import Regression
from surveyapp.stats.regression.spec import Coding, Model, Outcome, Predictor
from surveyapp.stats.weight.design import Weights


def fitted(model: str, weights: Weights | None = None, *, keep: np.ndarray | None = None) -> Regression:
    mask = np.ones(len(AGE), dtype=np.bool_) if keep is None else keep
    used = [Predictor(answers=one.answers.take(mask)) for one in predictors()]
    outcome = outcomes()[model]
    chosen = Outcome(answers=outcome.answers.take(mask), yes=outcome.yes)
    result = regression(chosen, used, model=Model(model), weights=weights)
    assert isinstance(result, Regression)
    assert_sound(result)
    return result


def numbers_of(result: Regression) -> tuple[list[float], list[float]]:
    rows = (*result.thresholds, *result.coefficients)
    return [row.estimate.value for row in rows], [row.se for row in rows]


@pytest.mark.parametrize(
    ("model", "coefficients", "errors", "rel"),
    [
        ("linear", LM, HC3, 1e-12),
        ("logit", LOGIT, LOGIT_SE, 1e-7),
        ("poisson", POISSON, POISSON_SE, 1e-11),
        ("ordinal", CLM, CLM_SE, 1e-12),
    ],
)
def test_as_in_r(model: str, coefficients: list[float], errors: list[float], rel: float) -> None:
    values, found = numbers_of(fitted(model))
    assert values == pytest.approx(coefficients, rel=1e-11)
    assert found == pytest.approx(errors, rel=rel)


@pytest.mark.parametrize(("base", "model"), SURVEY)
def test_weighted_as_in_r_survey(base: str, model: str) -> None:
    inside = AGE > 25 if "domain" in base else np.ones(len(AGE), dtype=np.bool_)
    raked = "raked" in base
    margins = np.column_stack([GENDER, TRUST]).astype(np.int32) if raked else None
    weights = Weights(name="w", values=RAKED if raked else WEIGHT, inside=inside, margins=margins)
    values, errors = numbers_of(fitted(model, weights, keep=inside))
    assert [*values, *errors] == pytest.approx(SURVEY[base, model][: 2 * len(values)], rel=2e-8)


def test_the_linear_model_in_full() -> None:
    result = fitted("linear")
    age = result.coefficients[0]
    # coeftest: t 5.00808773085206, p 9.85791943214929e-06; t quantile of 43 df
    assert (age.statistic, age.p) == pytest.approx((5.00808773085206, 9.85791943214929e-06), rel=1e-10)
    half = 2.01669219922782 * HC3[1]  # qt(.975, 43)
    assert (age.estimate.low, age.estimate.high) == pytest.approx((LM[1] - half, LM[1] + half), rel=1e-12)
    # summary(m), logLik(m), -2 * logLik(m) + 2 * 5
    quality = result.quality
    assert (quality.r2, quality.r2_adjusted) == pytest.approx((0.622095745861660, 0.586941861755768), rel=1e-12)
    assert (quality.residual_sd, quality.aic) == pytest.approx((493.645247393619741, 736.312501324176992), rel=1e-12)
    # linearHypothesis(m, c("gender1", "gender2"), vcov. = vcovHC(m, "HC3")): F 11.92035, p 7.6066e-05
    gender = result.tests[1].test
    assert (gender.statistic, gender.p) == pytest.approx((11.92035, 7.6066e-05), rel=1e-5)
    assert gender.df == (2.0, 43.0)
    assert [one.p_holm for one in result.tests] == pytest.approx(
        [3 * result.tests[0].test.p, 2 * gender.p, result.tests[2].test.p]
    )
    # lm(scale(income) ~ scale(age) + gender + scale(trust))
    standardised = [row.standardised.value for row in result.coefficients if row.standardised]
    assert standardised == pytest.approx(
        [0.6324049008868102, 0.8290698866298738, -0.4194464080573086, 0.0114146874439595], rel=1e-11
    )


def test_diagnostics_as_in_r() -> None:
    linear = fitted("linear").diagnostics
    # vif(m); bptest(m); cooks.distance(m); hatvalues(m)
    assert [one.df for one in linear.collinearity] == [1, 2, 1]
    vif = [1.27389743427432, 1.26539568098585, 1.16976932232048]
    assert [one.gvif for one in linear.collinearity] == pytest.approx(vif, rel=1e-12)
    assert linear.heteroscedasticity is not None
    assert linear.heteroscedasticity.statistic == pytest.approx(2.646653483479, rel=1e-11)
    assert linear.heteroscedasticity.p == pytest.approx(0.618581303694, rel=1e-11)
    assert linear.influence is not None
    assert linear.influence.largest_cook == pytest.approx(0.127290709869806, rel=1e-12)
    assert (linear.influence.high_leverage, linear.influence.cook_over_4n, linear.influence.cook_over_1) == (0, 3, 0)
    assert linear.sentences == (
        "No predictor is told by the others to a degree that blurs it (all VIF below 5).",
        "No single person moves the result much (largest Cook's distance 0.127).",
        "No sign that the errors are larger in some places (Breusch-Pagan, p = .619).",
    )
    for model, cook, leverage in (("logit", 0.186155589157482, 1), ("poisson", 0.0991934073669179, 2)):
        influence = fitted(model).diagnostics.influence
        assert influence is not None
        assert influence.high_leverage == leverage
        if model == "logit":
            assert influence.largest_cook == pytest.approx(cook, rel=1e-6)


def test_fit_of_the_logit() -> None:
    quality = fitted("logit").quality
    # logLik(g), AIC(g), 1 - logLik(g) / logLik(glm(yes ~ 1))
    assert quality.log_likelihood == pytest.approx(-26.881429982686726, rel=1e-13)
    assert quality.aic == pytest.approx(63.762859965373451, rel=1e-13)
    assert quality.mcfadden == pytest.approx(0.191034404461691, rel=1e-12)
    ratio = fitted("logit").coefficients[1].ratio
    assert ratio is not None
    assert ratio.value == pytest.approx(np.exp(LOGIT[2]), rel=1e-11)
    assert fitted("poisson").quality.dispersion == pytest.approx(0.6890125633442283, rel=1e-12)


@pytest.mark.parametrize(("model", "expected"), [("logit", AME_LOGIT), ("poisson", AME_POISSON)])
def test_marginal_effects(model: str, expected: list[float]) -> None:
    marginal = fitted(model).marginal
    assert [*(one.value.value for one in marginal), *(one.se for one in marginal)] == pytest.approx(expected, rel=1e-7)


def test_marginal_effects_weighted() -> None:
    weights = Weights(name="w", values=WEIGHT, inside=np.ones(len(AGE), dtype=np.bool_))
    marginal = fitted("logit", weights).marginal
    assert [*(one.value.value for one in marginal), *(one.se for one in marginal)] == pytest.approx(AME_GIVEN, rel=1e-9)


def test_marginal_effects_of_steps() -> None:
    marginal = fitted("ordinal").marginal[:8]
    assert [one.value.value for one in marginal] == pytest.approx(AME_ORDINAL, rel=1e-10)
    assert [one.se for one in marginal] == pytest.approx(AME_ORDINAL_SE, rel=1e-9)
    assert sum(one.value.value for one in marginal[:4]) == pytest.approx(0, abs=1e-15)


def test_the_weighted_test_of_a_predictor() -> None:
    weights = Weights(name="w", values=WEIGHT, inside=np.ones(len(AGE), dtype=np.bool_))
    result = fitted("linear", weights)
    # regTermTest(m, ~gender): F = 15.6783515087581 on 2 and 43 df: p = 7.694654251561e-06
    gender = result.tests[1].test
    assert (gender.statistic, gender.p) == pytest.approx((15.6783515087581, 7.694654251561e-06), rel=1e-10)
    assert gender.df == (2.0, 43.0)
    assert result.coefficients[0].p == pytest.approx(1.17206310125391e-06, rel=1e-10)
    assert result.weighting is not None
    assert result.weighting.n_effective == pytest.approx(WEIGHT.sum() ** 2 / (WEIGHT**2).sum())


def shuffled(answers: Answers, order: NDArray[np.int64]) -> Answers:
    return Answers(question=answers.question, values=answers.values[order], missing=answers.missing[order])


@pytest.mark.parametrize("model", ["linear", "logit", "poisson", "ordinal"])
def test_invariants(model: str) -> None:
    everybody = np.ones(len(AGE), dtype=np.bool_)
    plain = fitted(model)
    assert fitted(model, Weights(name="", values=np.full(len(AGE), 2.5), inside=everybody)) == plain
    once = Weights(name="w", values=WEIGHT, inside=everybody)
    twice = Weights(name="w", values=2 * WEIGHT, inside=everybody)
    for one, two in zip(fitted(model, once).coefficients, fitted(model, twice).coefficients, strict=True):
        assert (one.estimate.value, one.se, one.p) == pytest.approx(
            (two.estimate.value, two.se, two.p), rel=1e-9, abs=1e-12
        )
    order = np.random.default_rng(2).permutation(len(AGE))
    turned = regression(
        Outcome(answers=shuffled(outcomes()[model].answers, order), yes=outcomes()[model].yes),
        [Predictor(answers=shuffled(one.answers, order)) for one in predictors()],
        model=Model(model),
    )
    assert isinstance(turned, Regression)
    assert numbers_of(turned)[0] == pytest.approx(numbers_of(plain)[0], rel=1e-9)
    assert numbers_of(turned)[1] == pytest.approx(numbers_of(plain)[1], rel=1e-9)


def test_who_has_no_weight_is_not_in_the_sample() -> None:
    values = np.where(AGE > 25, WEIGHT, 0.0)
    everybody = np.ones(len(AGE), dtype=np.bool_)
    result = fitted("linear", Weights(name="w", values=values, inside=everybody))
    inside = AGE > 25
    alone = fitted("linear", Weights(name="w", values=WEIGHT[inside], inside=inside[inside]), keep=inside)
    assert numbers_of(result)[1] == pytest.approx(numbers_of(alone)[1], rel=1e-12)
    assert "people without a weight are left out." in result.notes[0]


def test_standardised_predictors_and_another_reference() -> None:
    age, gender, trust = predictors()
    coded = [
        Predictor(answers=age.answers, coding=Coding.STANDARDISED),
        Predictor(answers=gender.answers, reference=1),
        Predictor(answers=trust.answers, coding=Coding.INDICATORS),
    ]
    result = regression(outcomes()["linear"], coded)
    assert isinstance(result, Regression)
    assert_sound(result)
    rows = result.coefficients
    assert rows[0].unit.startswith("standard deviation (")
    assert [(row.label, row.reference) for row in rows[1:]] == [
        ("A", "B"),
        ("C", "B"),
        *((f"Step {i}", "Step 1") for i in range(2, 6)),
    ]
    assert [row.n for row in rows[1:3]] == [22, 6]
    plain = [Predictor(answers=one.answers, coding=one.coding) for one in (age, gender, *coded[2:])]
    other = regression(outcomes()["linear"], plain)
    assert isinstance(other, Regression)
    spread = float(np.std(AGE, ddof=1))
    assert rows[0].estimate.value == pytest.approx(other.coefficients[0].estimate.value * spread, rel=1e-11)
    assert rows[1].estimate.value == pytest.approx(-other.coefficients[1].estimate.value, rel=1e-11)
    assert result.quality.r2 == pytest.approx(other.quality.r2, rel=1e-12)


@pytest.mark.parametrize(
    ("weighted", "statistic", "p"),
    [(False, 5.456948894163818, 0.243539704438879), (True, 3.851089378909819, 0.426533654122487)],
)
def test_proportional_odds(weighted: bool, statistic: float, p: float) -> None:
    # steps below 1 joined to 1; two binomial glms, U = estfun(f) %*% cov.unscaled, stacked and centred,
    # V = crossprod(U) * 48 / 47, Wald test that the slopes of both are equal
    outcome = Outcome(answers=single(np.maximum(STEP, 1).tolist(), 4, kind=Kind.SCALE))
    weights = Weights(name="w", values=WEIGHT, inside=np.ones(len(AGE), dtype=np.bool_)) if weighted else None
    result = regression(outcome, predictors(), weights=weights)
    assert isinstance(result, Regression)
    test = result.diagnostics.proportional
    assert test is not None
    assert (test.statistic, test.p) == pytest.approx((statistic, p), rel=1e-7)
    assert test.df == (4.0,)
    assert "No sign that the odds ratios differ" in result.diagnostics.sentences[1]
    # one person at the lowest step has no logit of their own
    few = fitted("ordinal").diagnostics
    assert few.proportional is None
    assert "too few people at an end of the scale" in few.sentences[1]
