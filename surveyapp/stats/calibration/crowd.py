"""What a crowd says of each prediction: the geometric mean of odds, the mean and the median."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveyapp.stats.calibration.cluster import Ints
from surveyapp.stats.calibration.order import order_of
from surveyapp.stats.calibration.score import CLIP

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """One place for each event, in the order of their numbers: how many forecast it, and what they say together."""

    n: Ints
    odds_mean: Floats
    mean: Floats
    median: Floats


def crowd_of(probabilities: Floats, event: Ints) -> Crowd:
    """The crowd of each event; `event` numbers them from 0 without a gap, one forecast of each person."""
    n_events = int(event.max()) + 1 if len(event) else 0
    n = np.bincount(event, minlength=n_events)
    size = np.maximum(n, 1)
    return Crowd(
        n=n.astype(np.int64),
        odds_mean=_from_logit(np.bincount(event, weights=logit(probabilities), minlength=n_events) / size),
        mean=np.bincount(event, weights=probabilities, minlength=n_events) / size,
        median=group_median(probabilities, event, n_events),
    )


def group_median(values: Floats, group: Ints, n_groups: int) -> Floats:
    """The median of each group, numbered from 0; nan for an empty one."""
    order = np.argsort(values)
    order = order[order_of(group[order])]
    sizes = np.bincount(group, minlength=n_groups)
    first = np.cumsum(sizes) - sizes
    found = np.full(n_groups, np.nan)
    used = sizes > 0
    low, high = first + (sizes - 1) // 2, first + sizes // 2
    ranked = values[order]
    found[used] = (ranked[low[used]] + ranked[high[used]]) / 2
    return found


def logit(probabilities: Floats) -> Floats:
    """ln odds, with 0 and 1 nudged to .001 and .999."""
    clipped = np.clip(probabilities, CLIP, 1 - CLIP)
    found: Floats = np.log(clipped) - np.log1p(-clipped)
    return found


def _from_logit(x: Floats) -> Floats:
    found: Floats = 1 / (1 + np.exp(-x))
    return found
