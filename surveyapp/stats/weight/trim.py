"""Trimming: weights are held within bounds, and the margins met again, until both hold or cannot."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _
from surveyapp.domain.weight import Trim
from surveyapp.stats.weight.cell import MarginCells
from surveyapp.stats.weight.rake import Raked, rake
from surveyapp.stats.weight.refusal import Obstacle, WeightingError

MAX_PASSES = 50
HELD = 1e-6
"""Bounds hold when no weight is beyond them by more than this share of the bound."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trimmed:
    """Weights within bounds, in units of the mean weight; `n` people were beyond the bounds at first.

    Unless `held`, meeting the margins takes weights beyond the bounds: the margins then hold, the bounds do not.
    """

    raked: Raked
    bounds: tuple[float, float]
    n: int
    held: bool


def trim(raked: Raked, margins: Sequence[MarginCells], how: Trim) -> Trimmed:
    """Cuts weights at the bounds and rakes them again, up to MAX_PASSES times; without margins once.

    A multiple of the median is of the weights as they come here: the bounds do not move while it runs. The mean of the
    weights stays 1. Raises WeightingError for bounds that no weights can keep.
    """
    values = raked.values
    inside = values > 0
    n_people = int(inside.sum())
    low, high = find_bounds(values[inside] / values[inside].mean(), how)
    values = values / values[inside].mean()
    n_beyond = int(np.count_nonzero(_beyond(values[inside], low, high)))
    now = Raked(values=values, rounds=raked.rounds, deviation=raked.deviation)
    passes = 0
    while passes < MAX_PASSES and _beyond(now.values[inside], low, high).any():
        passes += 1
        cut = np.where(inside, np.clip(now.values, low, high), 0.0)
        cut *= n_people / cut.sum()
        again = rake(margins, cut, origin=values) if margins else Raked(values=cut, rounds=0, deviation=0.0)
        now = Raked(values=again.values, rounds=now.rounds + again.rounds, deviation=again.deviation)
    held = not _beyond(now.values[inside], low, high).any()
    return Trimmed(raked=now, bounds=(low, high), n=n_beyond, held=held)


def find_bounds(values: Floats, how: Trim) -> tuple[float, float]:
    """The bounds of weights with a mean of 1; infinite above where there is none."""
    low, high = how.low or 0.0, math.inf if how.high is None else how.high
    if how.times_median is not None:
        if not (math.isfinite(how.times_median) and how.times_median > 1):
            raise _refused(_("Weights cannot be trimmed to a multiple of the median of 1 or less."))
        median = float(np.median(values))
        low, high = max(low, median / how.times_median), min(high, median * how.times_median)
    if not 0 <= low < high or not low <= 1 <= high:
        raise _refused(_("The bounds of trimming do not hold the mean weight, which is 1."))
    return low, high


def _beyond(values: Floats, low: float, high: float) -> NDArray[np.bool_]:
    return np.asarray((values < low * (1 - HELD)) | (values > high * (1 + HELD)))


def _refused(title: str) -> WeightingError:
    return WeightingError(
        title,
        _("Type a lower bound below 1 and an upper bound above 1, such as 0.3 and 3."),
        obstacle=Obstacle.BAD_TRIM,
    )
