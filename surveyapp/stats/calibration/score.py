"""Scores of probability forecasts against outcomes, and the interval of a score over people. All on the 0-1 scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from surveyapp.stats.estimate import Estimate

Floats = NDArray[np.float64]

CLIP = 0.001
"""The odds of 0 and 1 are infinite: log scores and means of odds clip to .001-.999 and count the clipped."""

_RESAMPLES = 2000
_SEED = 1
_MAX_DISTINCT = 1000


def bootstrap_mean(values: Floats, level: float) -> Estimate:
    """The mean of one value per person with its percentile bootstrap interval (2,000 resamplings, seed 1).

    The order of people changes nothing: equal values are drawn together, as multinomial counts. Over 1,000 different
    values the interval (not the mean) works on three decimals. No interval for one person or equal values.
    """
    value = float(np.mean(values))
    distinct, counts = np.unique(values, return_counts=True)
    if len(distinct) > _MAX_DISTINCT:
        distinct, counts = np.unique(np.round(values, 3), return_counts=True)
    if len(distinct) < 2:
        return Estimate(value=value)
    n = len(values)
    drawn = np.random.default_rng(_SEED).multinomial(n, counts / n, size=_RESAMPLES)
    low, high = np.quantile(drawn @ distinct / n, [(1 - level) / 2, (1 + level) / 2]).tolist()
    return Estimate(value=value, low=min(low, value), high=max(high, value))
