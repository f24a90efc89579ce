"""What to check before believing a regression, as numbers: collinearity, uneven spread, heavy people."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _
from surveyapp.stats.estimate import Test
from surveyapp.stats.regression.design import Column
from surveyapp.stats.regression.linear import Fit
from surveyapp.stats.regression.result import Collinearity, Influence

Floats = NDArray[np.float64]


def collinearity_of(z: Floats, columns: Sequence[Column], titles: Sequence[str]) -> tuple[Collinearity, ...]:
    """Generalised VIF by predictor, from the correlations of the columns `z` (n, k); R car::vif of a linear model.

    det R11 det R22 / det R = det R11 det (R^-1)11 (Fox & Monette 1992). None for a single predictor.
    """
    places = sorted({column.place for column in columns})
    if len(places) < 2:
        return ()
    centred = z - z.mean(axis=0)
    products = centred.T @ centred
    size = np.sqrt(np.diag(products))
    correlation = products / np.outer(size, size)
    inverse = np.linalg.inv(correlation)
    found = []
    for place in places:
        own = [j for j, column in enumerate(columns) if column.place == place]
        block = np.ix_(own, own)
        gvif = float(np.linalg.det(correlation[block]) * np.linalg.det(inverse[block]))
        scaled = max(gvif, 1.0) ** (1 / (2 * len(own)))
        found.append(
            Collinearity(place=place, predictor=titles[place], gvif=max(gvif, 1.0), df=len(own), scaled=scaled)
        )
    return tuple(found)


def influence_of(fit: Fit) -> Influence:
    """Counts of people who weigh heavily; never who."""
    n, q = len(fit.leverage), len(fit.beta)
    return Influence(
        high_leverage=int(np.count_nonzero(fit.leverage > 2 * q / n)),
        cook_over_4n=int(np.count_nonzero(fit.cook > 4 / n)),
        cook_over_1=int(np.count_nonzero(fit.cook > 1)),
        largest_cook=float(fit.cook.max()),
    )


def breusch_pagan(fit: Fit) -> Test | None:
    """Koenker's studentised Breusch-Pagan test: n R2 of the squared residuals on the columns; R lmtest::bptest."""
    from scipy.special import chdtrc

    z = fit.scaled.z
    n, q = z.shape
    squares = fit.residual**2
    centred = squares - squares.mean()
    total = float(centred @ centred)
    if total <= 0:
        return None
    along = z.T @ centred
    explained = float(along @ np.linalg.solve(z.T @ z, along))
    statistic = n * min(max(explained, 0.0) / total, 1.0)
    return Test(
        method=_("Breusch-Pagan test (studentised)"),
        symbol="χ²",
        statistic=statistic,
        df=(float(q - 1),),
        p=float(chdtrc(q - 1, statistic)),
        n=n,
    )
