"""Whether one odds ratio holds for every step of an ordered outcome (Brant 1990).

One logit for each step ("above it or not"); a Wald test that their slopes are equal. The covariance of the slopes of
different logits comes from their stacked influences, so that it holds with weights too and asks no model of it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _
from surveyapp.stats.estimate import Test
from surveyapp.stats.regression.glm import NotSettledError, fit_glm
from surveyapp.stats.regression.scaling import Scaled
from surveyapp.stats.regression.separation import looks_separated
from surveyapp.stats.regression.spec import Model
from surveyapp.stats.weight.design import Weights, covariance, equal_weights

Floats = NDArray[np.float64]


def brant_test(scaled: Scaled, y: Floats, w: Floats | None, weights: Weights | None) -> Test | None:
    """`y` (n,) steps from 0, each taken; `weights` of exactly these people, `w` (n,) theirs. None for two steps, and
    where the people above or below a step are too few for a logit of their own."""
    from scipy.special import chdtrc

    k = scaled.raw.shape[1]
    steps = int(y.max())
    if steps < 2:
        return None
    slopes, influences = [], []
    for step in range(steps):
        try:
            fit = fit_glm(scaled, (y > step).astype(np.float64), Model.LOGIT, w)
        except NotSettledError:
            return None
        if looks_separated(fit):
            return None
        slopes.append(fit.beta[1:])
        influences.append(fit.influence[:, 1:])
    errors = covariance(np.hstack(influences), weights if weights is not None else equal_weights(len(y)))
    contrast = np.hstack([-np.ones((steps - 1, 1)), np.eye(steps - 1)])
    apart = np.kron(contrast, np.eye(k))
    difference = apart @ np.concatenate(slopes)
    spread = apart @ errors @ apart.T
    size = np.sqrt(np.maximum(np.diag(spread), 1e-300))
    scaled_spread = spread / np.outer(size, size)
    if np.linalg.matrix_rank(scaled_spread, hermitian=True) < len(difference):
        return None
    statistic = float((difference / size) @ np.linalg.solve(scaled_spread, difference / size))
    df = len(difference)
    return Test(
        method=_("Brant test of proportional odds (robust)"),
        symbol="χ²",
        statistic=statistic,
        df=(float(df),),
        p=float(chdtrc(df, statistic)),
        n=len(y),
    )
