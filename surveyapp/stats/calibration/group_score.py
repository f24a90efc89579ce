"""Scores of groups of people, with intervals over people: does one group forecast better than another?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from surveyapp.stats.calibration.cluster import Ints, bootstrap_ratio, cluster_ids, clustered_mean
from surveyapp.stats.calibration.cox import CoxLine, cox_line
from surveyapp.stats.calibration.log import confidence_of, folded
from surveyapp.stats.calibration.log_result import Confidence
from surveyapp.stats.calibration.log_verdict import LogReading, log_reading
from surveyapp.stats.estimate import Estimate

Floats = NDArray[np.float64]

_MANY = 200
"""Over so many people an interval is a t interval from the linearised variance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupScore:
    """One group: its people and forecasts, the mean scores with intervals over people (None for one person).

    `peer` is Metaculus' peer score against everybody who forecast the same, not only the group; None without one.
    The calibration of the group (`confidence`, `cox`, `reading`) allows for forecasts that share a prediction or a
    person; without a line `cox_reason` says why.
    """

    group: int
    n_people: int
    n: int
    brier: Estimate
    log: Estimate
    peer: Estimate | None
    confidence: Confidence | None = None
    cox: CoxLine | None = None
    cox_reason: str = ""
    reading: LogReading = LogReading.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecasts:
    """Forecasts (0-1) and outcomes (0, 1) with the ids of their predictions and people, all of shape (n,)."""

    probability: Floats
    outcome: Floats
    prediction: Ints
    person: Ints


def group_scores(
    said: Forecasts, group: Ints, *, brier: Floats, log: Floats, peer: Floats, level: float = 0.95
) -> tuple[GroupScore, ...]:
    """The groups (numbers, as given, -1 left out) in rising order; arrays of shape (n,), `peer` may hold nan."""
    found = []
    for number in np.unique(group[group >= 0]).tolist():
        inside = group == number
        person = said.person[inside]
        found.append(
            GroupScore(
                group=number,
                n_people=len(np.unique(person)),
                n=int(inside.sum()),
                brier=_over_people(brier[inside], person, level),
                log=_over_people(log[inside], person, level),
                peer=_known(peer[inside], person, level),
                **_calibration(said.probability[inside], said.outcome[inside], said.prediction[inside], person, level),
            )
        )
    return tuple(found)


class _Calibration(TypedDict):
    confidence: Confidence | None
    cox: CoxLine | None
    cox_reason: str
    reading: LogReading


def _calibration(p: Floats, y: Floats, prediction: Ints, person: Ints, level: float) -> _Calibration:
    alike = np.ones(len(p))
    clusters = cluster_ids(prediction, person)
    line = cox_line(p, y, alike, clusters, level=level)
    cox = line if isinstance(line, CoxLine) else None
    return {
        "confidence": confidence_of(*folded(p, y), alike, clusters, level),
        "cox": cox,
        "cox_reason": "" if isinstance(line, CoxLine) else line,
        "reading": log_reading(len(p), cox, bias=float((p - y).mean()), level=level),
    }


def _known(values: Floats, person: Ints, level: float) -> Estimate | None:
    known = ~np.isnan(values)
    return _over_people(values[known], person[known], level) if known.any() else None


def _over_people(values: Floats, person: Ints, level: float) -> Estimate:
    own, ones = np.unique(person, return_inverse=True)[1].astype(np.int64), np.ones(len(values))
    if own.max() >= _MANY:  # the mean of so many is as good as normal, and resampling them takes seconds
        return clustered_mean(values, ones, (own,), level)
    return bootstrap_ratio(values, ones, own, level)
