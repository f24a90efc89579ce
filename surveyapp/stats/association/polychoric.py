"""The correlation that two normal variables behind two ordered questions would have.

Two-step maximum likelihood (Olsson 1979): thresholds from the margins, then the one correlation that makes the table
likeliest; the standard error from the curvature there, as R's `polycor::polychor(ML = FALSE, std.err = TRUE)`.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _
from surveyapp.stats.association import formula
from surveyapp.stats.association.correlate import BOUNDS
from surveyapp.stats.association.result import Measured
from surveyapp.stats.estimate import Effect, Estimate

Floats = NDArray[np.float64]

MOST_STEPS = 12
_LIMIT = 0.9999
_STEP = 1e-4


def polychoric(table: Floats, level: float) -> Measured | None:
    """The polychoric correlation of a table of counts; None where it has fewer than two rows or columns with people,
    more than 12 of either, or where the likelihood is highest at the edge."""
    from scipy.optimize import minimize_scalar
    from scipy.special import ndtri

    used = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    if min(used.shape, default=0) < 2 or max(used.shape) > MOST_STEPS:
        return None
    n = float(used.sum())
    rows, columns = (ndtri(np.cumsum(used.sum(axis=axis))[:-1] / n) for axis in (1, 0))

    def loss(r: float) -> float:
        return -float((used * np.log(np.maximum(_cells(rows, columns, r), 1e-300))).sum())

    r = float(minimize_scalar(loss, bounds=(-_LIMIT, _LIMIT), method="bounded", options={"xatol": 1e-9}).x)
    if abs(r) > _LIMIT - 0.001:
        return None
    curve = (loss(r + _STEP) - 2 * loss(r) + loss(r - _STEP)) / _STEP**2
    value = Estimate(value=r)
    if curve > 0:
        variance = 1 / curve / (1 - r * r) ** 2  # of Fisher's z, by the delta method
        low, high = formula.fisher_interval(np.array(r), np.array(variance), level)
        value = Estimate(value=r, low=float(low), high=float(high))
    effect = Effect(method=_("polychoric r (two-step)"), symbol="r", value=value, bounds=BOUNDS)
    return Measured(effect=effect, note=_("Assumes two normal variables behind the answers."))


def normal_cdf2(h: Floats, k: Floats, r: float) -> Floats:
    """P(X < h, Y < k) of standard normals with correlation r, |r| < 1, element by element; by Owen's T."""
    from scipy.special import ndtr, owens_t

    root = math.sqrt((1 - r) * (1 + r))
    with np.errstate(divide="ignore", invalid="ignore"):
        a, b = (k / h - r) / root, (h / k - r) / root
    # at 0 the slope is infinite, with the sign of the other
    a = np.where(h == 0, np.where(k == 0, -r / root, np.copysign(np.inf, k)), a)
    b = np.where(k == 0, np.where(h == 0, -r / root, np.copysign(np.inf, h)), b)
    apart = (h * k < 0) | ((h * k == 0) & (h + k < 0))
    both_zero = (h == 0) & (k == 0)
    value = (ndtr(h) + ndtr(k)) / 2 - owens_t(h, a) - owens_t(k, b) - np.where(apart, 0.5, 0.0)
    return np.where(both_zero, 0.25 + math.asin(r) / (2 * math.pi), value)


def _cells(rows: Floats, columns: Floats, r: float) -> Floats:
    """The probability of each cell."""
    from scipy.special import ndtr

    whole = np.zeros((len(rows) + 2, len(columns) + 2))
    whole[1:-1, 1:-1] = normal_cdf2(*np.meshgrid(rows, columns, indexing="ij"), r)
    whole[1:-1, -1], whole[-1, 1:-1], whole[-1, -1] = ndtr(rows), ndtr(columns), 1.0
    return np.diff(np.diff(whole, axis=0), axis=1)
