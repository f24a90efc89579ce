"""Metaculus' scores averaged over the time a question was open: every forecast counts for as long as it stood.

Sources: Metaculus, scoring/score_math.py (Metaculus/metaculus at 0dbf4a7: evaluate_forecasts_baseline_accuracy,
evaluate_forecasts_peer_accuracy) and its scores FAQ, "Do all my predictions on a question count toward my score?". The
average runs from the opening to the scheduled close; it is 0 before a forecast, after a withdrawal, and from an early
resolution to the scheduled close: that keeps it proper.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveyapp.stats.calibration.cluster import Ints
from surveyapp.stats.calibration.order import order_of

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Forecasts while they stood, all of shape (n,): of which event and person (numbers from 0), from `start` to `end`
    in any unit, with the natural logarithm of what each gave to what happened and the baseline score of that. `length`
    is how long the event was open, in the same unit. A person's forecasts of an event do not overlap."""

    event: Ints
    person: Ints
    start: Floats
    end: Floats
    log: Floats
    points: Floats
    length: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeAverage:
    """One place for each event and person: both scores averaged over time, and the share of it with a forecast. `peer`
    is nan for who was never there together with somebody else."""

    event: Ints
    person: Ints
    baseline: Floats
    peer: Floats
    coverage: Floats


def time_average(standing: Standing) -> TimeAverage:
    """The averages, by event, then person.

    At each moment the peer score of one of N people is 100 (N ln p - sum of all ln p) / (N - 1), 0 for one alone: its
    integral over a forecast is ln p times that of N / (N - 1), less that of the sum over N - 1.
    """
    width = int(standing.person.max(initial=0)) + 1
    keys, place = np.unique(standing.event.astype(np.int64) * width + standing.person, return_inverse=True)

    def summed(values: Floats) -> Floats:
        found: Floats = np.bincount(place, weights=values, minlength=len(keys)).astype(np.float64)
        return found

    share = (standing.end - standing.start) / standing.length
    together, sums = _integrals(standing)
    return TimeAverage(
        event=keys // width,
        person=keys % width,
        baseline=summed(standing.points * share),
        peer=np.where(summed(together) > 0, summed(100 * (standing.log * together - sums) / standing.length), np.nan),
        coverage=summed(share),
    )


def _integrals(standing: Standing) -> tuple[Floats, Floats]:
    """Over each forecast, the integrals of N / (N - 1) and of the sum of all ln p over N - 1; nothing while alone."""
    n = len(standing.event)
    event = np.concatenate([standing.event, standing.event])
    moment = np.concatenate([standing.start, standing.end])
    order = np.argsort(moment)  # what happens at one moment may stand in any order: nothing lasts between
    order = order[order_of(event[order])]
    change = np.concatenate([np.ones(n), -np.ones(n)])[order]
    people = np.cumsum(change)
    logs = np.cumsum(np.concatenate([standing.log, -standing.log])[order])
    same = event[order][1:] == event[order][:-1]
    lasted = np.append(np.where(same, np.diff(moment[order]), 0.0), 0.0)
    several = people > 1.5
    others = np.where(several, people - 1, 1.0)
    together = np.cumsum(np.where(several, people / others * lasted, 0.0))
    sums = np.cumsum(np.where(several, logs / others * lasted, 0.0))
    place = np.empty(2 * n, dtype=np.int64)
    place[order] = np.arange(2 * n)
    first, last = place[:n], place[n:]
    before = np.append(together, 0.0)[first - 1], np.append(sums, 0.0)[first - 1]
    return np.append(together, 0.0)[last - 1] - before[0], np.append(sums, 0.0)[last - 1] - before[1]
