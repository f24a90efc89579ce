"""How fast a regression is against statsmodels alone, in one run: run as a script.

10,000 people, 12 predictors (numbers, scales, closed questions: 27 columns). Best of nine (ordinal: of one), in turn,
processor time.
Fit: from the same finished matrix to coefficients and the same kind of errors, both. Whole: from answers to the printed
result (missing people counted, matrix, fit, robust errors, joint tests, diagnostics, marginal effects, sentences),
against statsmodels' fit with its own summary (linear) or marginal effects (logit, Poisson), which has less on it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import statsmodels.api as sm
from numpy.typing import NDArray

from surveyapp.domain.question import Choice, Kind, Question
from surveyapp.stats.answers import Answers
from surveyapp.stats.regression.design import build_design
from surveyapp.stats.regression.fit import regression
from surveyapp.stats.regression.glm import fit_glm
from surveyapp.stats.regression.linear import fit_linear, hc3
from surveyapp.stats.regression.ordinal import fit_ordinal
from surveyapp.stats.regression.result import Regression
from surveyapp.stats.regression.scaling import scaled_of
from surveyapp.stats.regression.spec import Model, Outcome, Predictor
from surveyapp.stats.weight.design import Weights

N_PEOPLE = 10_000
ALLOWED = 1.5


def closed(number: int, size: int, rng: np.random.Generator, kind: Kind = Kind.SINGLE) -> Answers:
    """A closed question, 1 % blank."""
    choices = tuple(Choice(code=code, label=f"Answer {code}") for code in range(1, size + 1))
    missing = (rng.random(N_PEOPLE) < 0.01).astype(np.int8)
    values = np.where(missing == 0, rng.integers(1, size + 1, N_PEOPLE), 0).astype(np.int32)
    question = Question(column=f"q{number}", kind=kind, choices=choices)
    return Answers(question=question, values=values, missing=missing)


def number(name: str, values: NDArray[np.float64]) -> Answers:
    """A number question."""
    return Answers(
        question=Question(column=name, kind=Kind.NUMBER), values=values, missing=np.zeros(len(values), dtype=np.int8)
    )


def best_ms(*works: Callable[[], object], again: int) -> list[float]:
    """The best of `again` runs of each after a first, in turn, in milliseconds of the processor: by the clock a matrix
    product on two threads waits for whoever else is at work."""
    times = [[_seconds(work) for work in works] for _again in range(again + 1)]
    return [min(column) * 1000 for column in zip(*times[1:], strict=True)]


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def data() -> tuple[list[Predictor], dict[Model, Outcome]]:
    """Predictors and an outcome for each model."""
    rng = np.random.default_rng(1)
    answers = [closed(i, 2 + i, rng) for i in range(6)]
    answers += [closed(6 + i, 5, rng, Kind.SCALE) for i in range(3)]
    answers += [number(f"x{i}", rng.normal(50, 10, N_PEOPLE)) for i in range(3)]
    eta = 0.02 * answers[-1].values + 0.1 * answers[6].values - 0.2 * (answers[2].values == 2) - 1
    yes = (rng.random(N_PEOPLE) < 1 / (1 + np.exp(-eta))).astype(np.int32)
    tick = Question(column="yes", kind=Kind.TICK, choices=(Choice(code=1, label="yes"), Choice(code=0, label="no")))
    nobody = np.zeros(N_PEOPLE, dtype=np.int8)
    steps = np.clip(np.round(eta + rng.logistic(0, 1, N_PEOPLE)) + 2, 0, 4).astype(np.int32)
    scale = Question(column="step", kind=Kind.SCALE, choices=tuple(Choice(code=i, label=f"Step {i}") for i in range(5)))
    outcomes = {
        Model.LINEAR: Outcome(answers=number("y", eta + rng.normal(0, 1, N_PEOPLE))),
        Model.LOGIT: Outcome(answers=Answers(question=tick, values=yes, missing=nobody)),
        Model.POISSON: Outcome(answers=number("count", rng.poisson(np.exp(eta / 2)).astype(np.float64))),
        Model.ORDINAL: Outcome(answers=Answers(question=scale, values=steps, missing=nobody)),
    }
    return [Predictor(answers=one) for one in answers], outcomes


def theirs(model: Model, y: NDArray[np.float64], x: NDArray[np.float64]) -> Callable[[], Any]:
    """The same model by statsmodels: coefficients, the same kind of errors, and what its own page shows beside them."""
    full = sm.add_constant(x)
    if model is Model.LINEAR:
        return lambda: sm.OLS(y, full).fit(cov_type="HC3").summary()
    if model is Model.LOGIT:
        return lambda: sm.Logit(y, full).fit(disp=0).get_margeff(dummy=True).summary()
    if model is Model.POISSON:
        return lambda: sm.Poisson(y, full).fit(disp=0, cov_type="HC0").get_margeff(dummy=True).summary()
    from statsmodels.miscmodels.ordinal_model import OrderedModel

    return lambda: OrderedModel(y, x, distr="logit").fit(method="bfgs", disp=0)


def bare(model: Model, y: NDArray[np.float64], x: NDArray[np.float64]) -> Callable[[], Any]:
    """Only the fit of statsmodels."""
    full = sm.add_constant(x)
    if model is Model.LINEAR:
        return lambda: sm.OLS(y, full).fit(cov_type="HC3").bse
    if model is Model.LOGIT:
        return lambda: sm.Logit(y, full).fit(disp=0).bse
    if model is Model.POISSON:
        return lambda: sm.Poisson(y, full).fit(disp=0, cov_type="HC0").bse
    return theirs(model, y, x)


def core(model: Model, y: NDArray[np.float64], x: NDArray[np.float64]) -> Callable[[], Any]:
    """Our fit and its errors from the same matrix."""

    def work() -> object:
        scaled = scaled_of(x)
        if model is Model.LINEAR:
            return hc3(fit_linear(scaled, y))
        if model is Model.ORDINAL:
            return fit_ordinal(scaled, y, int(y.max()) + 1).classical
        fit = fit_glm(scaled, y, model)
        return fit.classical if model is Model.LOGIT else hc3(fit)

    return work


def main() -> int:
    """Print milliseconds and ratios; 1 if any is beyond the aim."""
    predictors, outcomes = data()
    rows = np.logical_and.reduce([one.answers.missing == 0 for one in predictors])
    x = build_design(predictors, rows).matrix
    rng = np.random.default_rng(3)
    weights = Weights(name="w", values=rng.uniform(0.5, 2, N_PEOPLE), inside=np.ones(N_PEOPLE, dtype=np.bool_))
    worst = 0.0
    for model, outcome in outcomes.items():
        y = outcome.answers.values[rows].astype(np.float64)
        result = regression(outcome, predictors, model=model)
        assert isinstance(result, Regression), result
        ours, weighted, fitted, fit, page = best_ms(
            lambda o=outcome, m=model: regression(o, predictors, model=m),  # type: ignore[misc]
            lambda o=outcome, m=model: regression(o, predictors, model=m, weights=weights),  # type: ignore[misc]
            core(model, y, x),
            bare(model, y, x),
            theirs(model, y, x),
            again=9 if model is not Model.ORDINAL else 1,
        )
        worst = max(worst, ours / page, fitted / fit)
        print(  # noqa: T201
            f"{model.value:8s} {x.shape[0]} x {x.shape[1]}: fit {fitted:6.1f} ms, statsmodels {fit:7.1f}, ratio"
            f" {fitted / fit:5.2f}; whole {ours:6.1f} (weighted {weighted:6.1f}), statsmodels {page:7.1f},"
            f" ratio {ours / page:5.2f}"
        )
    print(f"largest ratio {worst:.2f}, allowed {ALLOWED}")  # noqa: T201
    return int(worst > ALLOWED)


if __name__ == "__main__":
    sys.exit(main())
