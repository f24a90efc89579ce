"""What is compared: one question in one wave, and the number that stands for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from surveyapp.stats.answers import Answers
from surveyapp.stats.weight.design import Weights


class Measure(StrEnum):
    """Which number of the answers: the share of some of them (0-1), the mean, the median."""

    SHARE = "share"
    MEAN = "mean"
    MEDIAN = "median"


class Wording(StrEnum):
    """What the question of the later wave is to the earlier one; the values of wave matching's `How`."""

    SAME = "same"
    REWORDED = "reworded"
    OPTIONS_CHANGED = "options_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One question in one wave, the people of the base only.

    `wave` is its name. `codes` are the answers whose share is compared, as this wave's codebook numbers them; `labels`
    says them in words ("" takes the labels of the codes). `seen` as for `multiple.multi_table`. Of a scale or another
    ordered question, mean and median are of the places of its answers, from 1.
    """

    wave: str
    answers: Answers
    codes: tuple[int, ...] = ()
    weights: Weights | None = None
    seen: NDArray[np.bool_] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """People of both waves: places in the earlier and in the later arrays, int (k,) each, one pair for each person."""

    earlier: NDArray[np.int64]
    later: NDArray[np.int64]
