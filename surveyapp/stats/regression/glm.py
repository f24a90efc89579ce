"""Logit and Poisson regression by Newton steps (both links are canonical: iteratively reweighted least squares).

Without weights a logit has the covariance of its model, as R's glm, and a Poisson has HC3, as R's sandwich::vcovHC:
counts seldom vary as a Poisson does. Weighted, both have the linearised covariance of R's survey::svyglm.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from surveyapp.stats.check import Check, go_on
from surveyapp.stats.regression.linear import Fit, normalised
from surveyapp.stats.regression.scaling import Scaled
from surveyapp.stats.regression.spec import Model

Floats = NDArray[np.float64]

_STEPS = 60
_SETTLED = 1e-9
_HALVINGS = 30


class NotSettledError(Exception):
    """No finite estimate was reached."""


def mean_of(model: Model, eta: Floats) -> Floats:
    """The expected outcome at a linear predictor."""
    if model is Model.POISSON:
        return np.exp(eta)
    half: Floats = 0.5 * (1 + np.tanh(eta / 2))  # exact in both tails, no overflow
    return half


def slope_of(model: Model, eta: Floats) -> Floats:
    """d mean / d eta: the variance function too, as the links are canonical."""
    if model is Model.POISSON:
        return np.exp(eta)
    slope: Floats = 0.25 / np.cosh(np.clip(eta / 2, -350, 350)) ** 2
    return slope


def fit_glm(scaled: Scaled, y: Floats, model: Model, weights: Floats | None = None, *, check: Check = go_on) -> Fit:
    """Maximum (pseudo) likelihood of y (n,) on the columns and an intercept. Raises NotSettledError.

    `check` is called with each step and may raise to stop.
    """
    w, unit = normalised(weights, len(y))
    z = scaled.z
    with np.errstate(all="ignore"):
        gamma = _newton(z, y, w, model, check)
        eta = z @ gamma
        mu, variance = mean_of(model, eta), slope_of(model, eta)
        information = (z * (w * variance)[:, None]).T @ z
        lever = inverse_of(information)
        leverage = w * variance * np.einsum("ij,ij->i", z @ lever, z)
        pearson = (y - mu) / np.sqrt(variance)
        n, k = z.shape
        dispersion = float(np.sum(w * pearson**2)) / (n - k)
        scale = dispersion if model is Model.POISSON else 1.0
        cook = w * pearson**2 * leverage / (k * scale * (1 - leverage) ** 2)
        null = np.average(y, weights=w)
        bread = scaled.back @ lever @ scaled.back.T
        return Fit(
            scaled=scaled,
            beta=scaled.back @ gamma,
            bread=bread,
            influence=(z * (unit * (y - mu))[:, None]) @ lever @ scaled.back.T,
            leverage=leverage,
            cook=np.nan_to_num(cook, nan=0.0, posinf=0.0),
            residual=y - mu,
            eta=eta,
            exponents=np.concatenate([[0], -scaled.exponent]),
            classical=bread,
            log_likelihood=_likelihood(y, eta, w, model),
            null_likelihood=_likelihood(y, np.full(n, _link(model, float(null))), w, model),
            dispersion=dispersion,
        )


def _newton(z: Floats, y: Floats, w: Floats, model: Model, check: Check) -> Floats:
    gamma = np.zeros(z.shape[1])
    gamma[0] = _link(model, float(np.average(y, weights=w)))
    best = _likelihood(y, z @ gamma, w, model)
    settled = False
    for _step in range(_STEPS):
        check()
        eta = z @ gamma
        slope = w * slope_of(model, eta)
        information = (z * slope[:, None]).T @ z
        gradient = z.T @ (w * (y - mean_of(model, eta)))
        step = inverse_of(information) @ gradient
        gain = float(gradient @ step)
        if not np.isfinite(gain):
            raise NotSettledError
        if settled:  # the last step doubles the digits
            return gamma + step
        gamma, best = uphill(gamma, step, best, lambda at: _likelihood(y, z @ at, w, model))
        settled = gain < _SETTLED * max(1.0, abs(best)) * 1e-3
    raise NotSettledError


def uphill(gamma: Floats, step: Floats, best: float, value: Callable[[Floats], float]) -> tuple[Floats, float]:
    """The step, halved until the likelihood does not fall, and the likelihood there. Raises NotSettledError."""
    for _halving in range(_HALVINGS):
        found = value(gamma + step)
        if np.isfinite(found) and found >= best - 1e-9 * max(1.0, abs(best)):
            return gamma + step, found
        step = step / 2
    raise NotSettledError


def _likelihood(y: Floats, eta: Floats, w: Floats, model: Model) -> float:
    if model is Model.POISSON:
        from scipy.special import gammaln

        return float(np.sum(w * (y * eta - np.exp(eta) - gammaln(y + 1))))
    return -float(np.sum(w * np.logaddexp(0.0, np.where(y == 1, -eta, eta))))


def _link(model: Model, mean: float) -> float:
    return float(np.log(mean)) if model is Model.POISSON else float(np.log(mean) - np.log1p(-mean))


def inverse_of(information: Floats) -> Floats:
    """The inverse; raises NotSettledError where there is none."""
    try:
        inverse: Floats = np.asarray(np.linalg.inv(information), dtype=np.float64)
    except np.linalg.LinAlgError as error:
        raise NotSettledError from error
    return inverse
