"""Separation: predictors that tell the outcome apart so well that the likelihood has no finite maximum.

A linear programme asks for a direction in which no person's likelihood falls and somebody's rises (Albert & Anderson
1984; Konis 2007; for counts Correia, Guimaraes & Zylkin 2019). It is asked only where the fit looks like it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from surveyapp.stats.regression.linear import Fit
from surveyapp.stats.regression.spec import Model

Floats = NDArray[np.float64]

_SUSPICIOUS_ETA = 12.0
_SUSPICIOUS_ERROR = 100.0
_NONZERO = 1e-6


def looks_separated(fit: Fit) -> bool:
    """Whether predictions are extreme enough to ask: beyond 99.999 %, or errors on the scaled columns enormous."""
    with np.errstate(all="ignore"):
        errors = np.sqrt(np.diag(fit.bread))
    calm = np.isfinite(errors).all() and np.isfinite(fit.eta).all()
    k = len(fit.scaled.exponent)
    centred = fit.eta - np.median(fit.eta)
    return not calm or bool(np.abs(centred).max() > _SUSPICIOUS_ETA or errors[-k:].max() > _SUSPICIOUS_ERROR)


def separating_places(z: Floats, y: Floats, model: Model, places: Sequence[int]) -> tuple[int, ...]:
    """The predictors that separate, by `places` (k,) of the columns: those that do it alone, else those that do it
    together; () if none do."""
    alone = []
    for place in dict.fromkeys(places):
        own = [j + 1 for j, other in enumerate(places) if other == place]
        if len(own) == 1:
            separates = _separates(z[:, own[0]], y, model)
        else:
            separates = bool(separating_columns(z[:, [0, *own]], y, model))
        if separates:
            alone.append(place)
    return tuple(alone) or tuple(dict.fromkeys(places[j] for j in separating_columns(z, y, model)))


def _separates(x: Floats, y: Floats, model: Model) -> bool:
    """Whether one column does it alone: the answers follow each other along it, ends touching at most."""
    if model is Model.POISSON:
        given, nothing = x[y > 0], x[y == 0]
        same = len(nothing) and given.min() == given.max()
        return bool(same and (nothing.min() >= given[0] or nothing.max() <= given[0]))
    steps = np.unique(y)
    ends = [(x[y == step].min(), x[y == step].max()) for step in steps]
    rising = all(one[1] <= other[0] for one, other in pairwise(ends))
    falling = all(one[0] >= other[1] for one, other in pairwise(ends))
    return rising or falling


def separating_columns(z: Floats, y: Floats, model: Model) -> tuple[int, ...]:
    """Columns (from 0, without the intercept) of a direction that separates; () if there is none.

    `z` (n, k + 1) with a leading column of ones, `y` (n,) 0 / 1, a count, or steps from 0.
    """
    from scipy.optimize import linprog

    at_least, equal = _rows(z, y, model)
    at_least = np.unique(at_least, axis=0)
    answer = linprog(
        -at_least.sum(axis=0),
        A_ub=-at_least,
        b_ub=np.zeros(len(at_least)),
        A_eq=equal if len(equal) else None,
        b_eq=np.zeros(len(equal)) if len(equal) else None,
        bounds=(-1, 1),
        method="highs",
    )
    if answer.x is None or float((at_least @ answer.x).max(initial=0.0)) <= _NONZERO:
        return ()
    direction = answer.x[-(z.shape[1] - 1) :]
    return tuple(int(j) for j in np.flatnonzero(np.abs(direction) > _NONZERO))


def _rows(z: Floats, y: Floats, model: Model) -> tuple[Floats, Floats]:
    """What must not fall, and what must stay, by parameter: intercept or thresholds first."""
    nothing = np.zeros((0, z.shape[1]))
    if model is Model.POISSON:
        return -z[y == 0], np.unique(z[y > 0], axis=0)
    if model is Model.LOGIT:
        return np.where(y == 1, 1.0, -1.0)[:, None] * z, nothing
    step_of = y.astype(np.intp)
    cuts = int(step_of.max())
    above = np.hstack([np.eye(cuts + 1)[step_of][:, :cuts], -z[:, 1:]])[step_of < cuts]
    below = np.hstack([-np.eye(cuts)[np.maximum(step_of - 1, 0)], z[:, 1:]])[step_of > 0]
    return np.vstack([above, below]), np.zeros((0, above.shape[1]))
