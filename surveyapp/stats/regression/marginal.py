"""Average marginal effects with delta-method errors, predictors held as they are (as R's `margins`).

Of a number: the mean slope of the expected outcome. Of an answer: the mean difference between everybody giving it and
everybody giving the reference. A step of an ordinal outcome lies between two cumulative logits, so it comes from those.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveyapp.stats.regression.design import Column
from surveyapp.stats.regression.glm import mean_of, slope_of
from surveyapp.stats.regression.linear import Fit
from surveyapp.stats.regression.spec import Model

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slopes:
    """`values` (k,) by column in its own unit, `errors` (k,), of one outcome."""

    outcome: int
    values: Floats
    errors: Floats


def average_effects(
    fit: Fit, columns: Sequence[Column], covariance: Floats, model: Model, weights: Floats | None
) -> Iterator[Slopes]:
    """One Slopes for a logit or Poisson, one for each step of an ordinal model. `covariance` is that of fit.beta."""
    n, k = fit.scaled.raw.shape
    w = np.full(n, 1 / n) if weights is None else weights / weights.sum()
    x = np.column_stack([np.ones(n), fit.scaled.raw])
    unit = np.ldexp(1.0, -fit.scaled.exponent)
    size = np.array([1.0 if c.indicator else u for c, u in zip(columns, unit.tolist(), strict=True)])
    if model is not Model.ORDINAL:
        values, gradients = _effects(fit.eta, x, fit.beta, w, model, columns, unit)
        yield _slopes(0, values, gradients, covariance, size)
        return
    cuts = len(fit.beta) - k
    # P(y <= -1) = 0 and P(y <= last) = 1 have no effects
    before: tuple[Floats, Floats] = (np.zeros(k), np.zeros((k, cuts + k)))
    for step in range(cuts + 1):
        after = before[0] * 0, before[1] * 0
        if step < cuts:
            eta = fit.eta - fit.beta[step]
            beta = np.concatenate([[-fit.beta[step]], fit.beta[cuts:]])
            values, gradients = _effects(eta, x, beta, w, Model.LOGIT, columns, unit)
            full = np.zeros((k, cuts + k))
            full[:, step], full[:, cuts:] = gradients[:, 0], -gradients[:, 1:]
            after = -values, full
        yield _slopes(step, after[0] - before[0], after[1] - before[1], covariance, size)
        before = after


def _slopes(outcome: int, values: Floats, gradients: Floats, covariance: Floats, size: Floats) -> Slopes:
    variance = np.einsum("ij,jk,ik->i", gradients, covariance, gradients, optimize=True)
    return Slopes(outcome=outcome, values=values * size, errors=np.sqrt(np.maximum(variance, 0.0)) * size)


def _effects(
    eta: Floats, x: Floats, beta: Floats, w: Floats, model: Model, columns: Sequence[Column], unit: Floats
) -> tuple[Floats, Floats]:
    """Effects (k,) and their gradients (k, k + 1) by intercept and coefficients, in units of the raw columns."""
    k = len(columns)
    values, gradients = np.zeros(k), np.zeros((k, k + 1))
    slope = slope_of(model, eta)
    bend = slope if model is Model.POISSON else slope * -np.tanh(eta / 2)
    mean_slope, mean_bend = float(w @ slope), (w * bend) @ x
    groups: dict[int, list[int]] = {}
    for j, column in enumerate(columns):
        if column.indicator:
            groups.setdefault(column.group, []).append(j)
        else:
            values[j] = beta[j + 1] * mean_slope
            gradients[j] = beta[j + 1] * mean_bend
            gradients[j, j + 1] += mean_slope
    for members in groups.values():
        inside = np.array(members) + 1
        base = eta - x[:, inside] @ beta[inside]
        mean, gradient = _at(base, x, w, model, inside)
        for j in members:
            up_mean, up = _at(base + unit[j] * beta[j + 1], x, w, model, inside)
            values[j] = up_mean - mean
            gradients[j] = up - gradient
            gradients[j, j + 1] = unit[j] * up[0]  # the sum of slopes stands at the intercept
    return values, gradients


def _at(eta: Floats, x: Floats, w: Floats, model: Model, zeroed: NDArray[np.intp]) -> tuple[float, Floats]:
    """The mean outcome, and its gradient with the `zeroed` columns at 0."""
    gradient = (w * slope_of(model, eta)) @ x
    gradient[zeroed] = 0.0
    return float(w @ mean_of(model, eta)), gradient
