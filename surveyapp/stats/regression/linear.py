"""Least squares, and the robust standard errors of a regression without weights.

HC3 (MacKinnon & White 1985; what R sandwich::vcovHC gives of an lm and of a glm). Weighted: the linearised variance
of the weighted estimate, equal to R survey::svyglm; plain WLS standard errors are wrong for survey weights.
Solved by the seminormal equations, corrected with residuals of higher precision (Bjorck 1987): holds NIST's digits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from surveyapp.stats.regression.scaling import Scaled, power_scaled, triangle_inverse

Floats = NDArray[np.float64]

_TANGLED = 0.01
_SMALL = 50_000
"""Residuals in long double for columns that keep less than this share beside the others, and where it costs nothing."""
_CORRECTIONS = 6
_SETTLED = 1e-9
"""Each correction gains as many digits as the one before: after this one all are there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A fitted model in units of the scaled columns: parameter j of the columns is times 2**`exponents`[j].

    `beta` (q,); `bread` (q, q) the inverse information; `influence` (n, q) the change of beta by a person's weight;
    `leverage` (n,), `cook` (n,); `eta` (n,) the linear predictor without thresholds; `classical` (q, q) the covariance
    that takes the model at its word, where there is one. `exponents` (q,). `log_likelihood` and `null_likelihood` of
    the weighted sample, `weights` summing to n.
    """

    scaled: Scaled
    beta: Floats
    bread: Floats
    influence: Floats
    leverage: Floats
    cook: Floats
    residual: Floats
    eta: Floats
    exponents: NDArray[np.int64]
    classical: Floats
    log_likelihood: float
    null_likelihood: float
    residual_sum: float = 0.0
    total_sum: float = 0.0
    dispersion: float | None = None


def fit_linear(scaled: Scaled, y: Floats, weights: Floats | None = None) -> Fit:
    """Least squares of y (n,) on the columns and an intercept; n > k + 1, columns independent, no leverage of 1.

    `weights` (n,) positive. Everything in the result is in units of y 2**-e too; exponents undo it.
    """
    (y_raw,), (e_y,) = (part.T for part in power_scaled(y[:, None]))
    w, unit = normalised(weights, len(y))
    inverse, left = triangle_inverse(scaled.z, w)
    long = left < _TANGLED or scaled.z.size <= _SMALL
    q = scaled.z @ inverse
    beta, residual = _solved(scaled, y_raw, w, inverse, np.longdouble if long else np.float64)
    leverage = w * np.einsum("ij,ij->i", q, q)
    n, k = scaled.z.shape
    lever = inverse @ inverse.T
    residual_sum = float(np.sum(w * residual * residual))
    centred = y_raw - np.average(y_raw, weights=w)
    spread = residual_sum / (n - k)
    bread = scaled.back @ lever @ scaled.back.T
    with np.errstate(divide="ignore", invalid="ignore"):
        cook = w * residual**2 * leverage / (k * spread * (1 - leverage) ** 2) if spread > 0 else np.zeros(n)
        likelihood = -n / 2 * (np.log(2 * np.pi * residual_sum / n) + 1)
    influence = (q * (unit * residual)[:, None]) @ inverse.T @ scaled.back.T
    return Fit(
        scaled=scaled,
        beta=beta,
        bread=bread,
        influence=influence,
        leverage=leverage,
        cook=cook,
        residual=residual,
        eta=y_raw - residual,
        exponents=np.concatenate([[e_y], e_y - scaled.exponent]),
        classical=bread * spread,
        log_likelihood=float(likelihood) - float(n * e_y * np.log(2)),
        null_likelihood=0.0,
        residual_sum=residual_sum,
        total_sum=float(np.sum(w * centred * centred)),
    )


def normalised(weights: Floats | None, n: int) -> tuple[Floats, float]:
    """Weights that sum to n, and the factor that was put to them."""
    if weights is None:
        return np.ones(n), 1.0
    unit = n / float(weights.sum())
    return weights * unit, unit


def leverage_of(scaled: Scaled) -> Floats:
    """The leverages (n,) of least squares. One of 1 is 1 in any model of the columns, whatever the weights."""
    inverse, _left = triangle_inverse(scaled.z, np.ones(len(scaled.z)))
    q = scaled.z @ inverse
    leverage: Floats = np.einsum("ij,ij->i", q, q)
    return leverage


def hc3(fit: Fit) -> Floats:
    """The HC3 covariance (q, q) of an unweighted fit without leverages of 1: influences divided by 1 - leverage."""
    spread = fit.influence / (1 - fit.leverage)[:, None]
    result: Floats = spread.T @ spread
    return result


def _solved(
    scaled: Scaled, y: Floats, w: Floats, inverse: Floats, precision: type[np.floating[Any]]
) -> tuple[Floats, Floats]:
    """Coefficients of [1 | raw] and residuals, corrected until X'r is 0 in that precision: long double is slow."""
    long_x = np.column_stack([np.ones(len(y)), scaled.raw]).astype(precision, copy=False)
    long_y, long_w, back = (part.astype(precision, copy=False) for part in (y, w, scaled.back))
    gamma = np.zeros(long_x.shape[1], dtype=precision)
    residual = long_y
    gradient = scaled.z.T @ (w * y)
    for correction in range(_CORRECTIONS):
        if correction:
            gradient = (back.T @ (long_x.T @ (long_w * residual))).astype(np.float64)
        step = inverse @ (inverse.T @ gradient)
        gamma = gamma + step
        residual = long_y - long_x @ (back @ gamma)
        if float(np.abs(step).max()) <= _SETTLED * float(np.abs(gamma).max()):
            break
    beta = back @ gamma
    return beta.astype(np.float64), residual.astype(np.float64)
