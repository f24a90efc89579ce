"""The proportional odds model: logit P(y <= s) = threshold_s - eta (McCullagh 1980), as R's MASS::polr.

Newton steps on the analytic gradient and Hessian, thresholds kept in order. Weighted: the linearised variance, as R's
survey::svyolr.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveyapp.stats.check import Check, go_on
from surveyapp.stats.regression.glm import NotSettledError, inverse_of, mean_of, slope_of, uphill
from surveyapp.stats.regression.linear import Fit, normalised
from surveyapp.stats.regression.scaling import Scaled
from surveyapp.stats.regression.spec import Model

Floats = NDArray[np.float64]

_STEPS = 60
_SETTLED = 1e-12
_FAR = 1e3
"""Stands for an infinite threshold: the logistic is 0 or 1 there, its derivatives vanish."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """Per person: the log probability, its derivatives by the upper (a) and the lower (b) argument."""

    log_p: Floats
    da: Floats
    db: Floats
    daa: Floats
    dbb: Floats
    dab: Floats


def fit_ordinal(scaled: Scaled, y: Floats, n_steps: int, weights: Floats | None = None, *, check: Check = go_on) -> Fit:
    """Maximum (pseudo) likelihood of steps y (n,) in 0 .. n_steps - 1, each taken by somebody, on the columns.

    `beta` holds the n_steps - 1 thresholds first, then the coefficients. Raises NotSettledError.
    `check` is called with each step and may raise to stop.
    """
    w, unit = normalised(weights, len(y))
    z = scaled.z[:, 1:]
    step_of = y.astype(np.intp)
    shares = np.bincount(step_of, weights=w, minlength=n_steps) / w.sum()
    below = np.cumsum(shares)[:-1]
    start = np.concatenate([np.log(below / (1 - below)), np.zeros(z.shape[1])])
    with np.errstate(all="ignore"):
        gamma = _newton(start, z, step_of, w, n_steps, check)
        parts = _parts(gamma, z, step_of, n_steps)
        lever = inverse_of(_information(parts, z, step_of, w, n_steps))
    score = _scores(parts, z, step_of, n_steps)
    back = _back(scaled.back, n_steps - 1)
    return Fit(
        scaled=scaled,
        beta=back @ gamma,
        bread=back @ lever @ back.T,
        influence=unit * score @ lever @ back.T,
        leverage=np.zeros(len(y)),
        cook=np.zeros(len(y)),
        residual=np.zeros(len(y)),
        eta=scaled.raw @ (back @ gamma)[n_steps - 1 :],
        exponents=np.concatenate([np.zeros(n_steps - 1, dtype=np.int64), -scaled.exponent]),
        classical=back @ lever @ back.T,
        log_likelihood=float(np.sum(w * parts.log_p)),
        null_likelihood=float(np.sum(w * np.log(shares)[step_of])),
    )


def _newton(start: Floats, z: Floats, step_of: NDArray[np.intp], w: Floats, n_steps: int, check: Check) -> Floats:
    gamma = start

    def likelihood(at: Floats) -> float:
        if np.any(np.diff(at[: n_steps - 1]) <= 0):
            return -np.inf
        return float(np.sum(w * _parts(at, z, step_of, n_steps).log_p))

    best = likelihood(gamma)
    settled = False
    for _step in range(_STEPS):
        check()
        parts = _parts(gamma, z, step_of, n_steps)
        gradient = w @ _scores(parts, z, step_of, n_steps)
        step = inverse_of(_information(parts, z, step_of, w, n_steps)) @ gradient
        gain = float(gradient @ step)
        if not np.isfinite(gain):
            raise NotSettledError
        if settled:
            return gamma + step
        gamma, best = uphill(gamma, step, best, likelihood)
        settled = gain < _SETTLED * max(1.0, abs(best))
    raise NotSettledError


def _parts(gamma: Floats, z: Floats, step_of: NDArray[np.intp], n_steps: int) -> _Parts:
    eta = z @ gamma[n_steps - 1 :]
    padded = np.concatenate([[-np.inf], gamma[: n_steps - 1], [np.inf]])
    a = np.clip(padded[step_of + 1] - eta, -_FAR, _FAR)
    b = np.clip(padded[step_of] - eta, -_FAR, _FAR)
    turned = a + b > 0  # F(a) - F(b) = F(-b) - F(-a): subtract the small ones
    p = np.where(
        turned,
        mean_of(Model.LOGIT, -b) - mean_of(Model.LOGIT, -a),
        mean_of(Model.LOGIT, a) - mean_of(Model.LOGIT, b),
    )
    fa, fb = slope_of(Model.LOGIT, a), slope_of(Model.LOGIT, b)
    ra, rb = fa / p, fb / p
    return _Parts(
        log_p=np.log(p),
        da=ra,
        db=-rb,
        daa=-ra * np.tanh(a / 2) - ra * ra,
        dbb=rb * np.tanh(b / 2) - rb * rb,
        dab=ra * rb,
    )


def _scores(parts: _Parts, z: Floats, step_of: NDArray[np.intp], n_steps: int) -> Floats:
    """Shape (n, q): the derivative of each log probability by thresholds and coefficients."""
    n = len(step_of)
    score = np.zeros((n, n_steps - 1 + z.shape[1]))
    rows = np.arange(n)
    upper, lower = step_of < n_steps - 1, step_of > 0
    score[rows[upper], step_of[upper]] = parts.da[upper]
    score[rows[lower], step_of[lower] - 1] = parts.db[lower]
    score[:, n_steps - 1 :] = -(parts.da + parts.db)[:, None] * z
    return score


def _information(parts: _Parts, z: Floats, step_of: NDArray[np.intp], w: Floats, n_steps: int) -> Floats:
    """Minus the Hessian of the likelihood, (q, q)."""
    cuts = n_steps - 1
    q = cuts + z.shape[1]
    hessian = np.zeros((q, q))
    daa, dbb, dab = w * parts.daa, w * parts.dbb, w * parts.dab
    by_step = [np.bincount(step_of, weights=part, minlength=n_steps) for part in (daa, dbb, dab)]
    for cut in range(cuts):
        hessian[cut, cut] = by_step[0][cut] + by_step[1][cut + 1]
        if cut:
            hessian[cut, cut - 1] = hessian[cut - 1, cut] = by_step[2][cut]
    cross = np.zeros((n_steps, z.shape[1]))
    other = np.zeros((n_steps, z.shape[1]))
    for step in range(n_steps):
        inside = step_of == step
        cross[step] = (daa + dab)[inside] @ z[inside]
        other[step] = (dbb + dab)[inside] @ z[inside]
    hessian[:cuts, cuts:] = -(cross[:-1] + other[1:])
    hessian[cuts:, :cuts] = hessian[:cuts, cuts:].T
    hessian[cuts:, cuts:] = (z * (daa + dbb + 2 * dab)[:, None]).T @ z
    return -hessian


def _back(back: Floats, cuts: int) -> Floats:
    """T for thresholds and coefficients: theta = theta_z + mean / size * gamma, as eta is subtracted."""
    k = back.shape[0] - 1
    result = np.eye(cuts + k)
    result[cuts:, cuts:] = back[1:, 1:]
    result[:cuts, cuts:] = -back[0, 1:]
    return result
