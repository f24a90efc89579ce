"""Scores as other sites compute them, by their own formulas, under their names: to compare with what they printed.

Sources: Metaculus, scoring/score_math.py (the spot scores of Metaculus/metaculus at 0dbf4a7); Fatebook, lib/_scoring.ts
(Sage-Future/fatebook at 1c51d9f); PredictionBook, the mean over every wager (bellroy/predictionbook at 23c83da).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from surveyapp.stats.calibration.cluster import Ints
from surveyapp.stats.calibration.crowd import group_median
from surveyapp.stats.calibration.score import CLIP

Floats = NDArray[np.float64]

_SAME = 1e-9


def of_outcome(probabilities: Floats, outcomes: Floats) -> Floats:
    """What each forecast gave to what happened, within .001-.999 as Metaculus keeps it."""
    given: Floats = np.clip(np.where(outcomes == 1, probabilities, 1 - probabilities), CLIP, 1 - CLIP)
    return given


def metaculus_baseline(given: Floats, n_options: int = 2) -> Floats:
    """100 ln(p N) / ln N, with p what each forecast gave to what happened and N options (yes or no: 2).

    0 for saying 1/N of each, 100 for certainty; +48, +68, +85, +99 for 70, 80, 90, 99 %.
    """
    points: Floats = 100 * np.log(given * n_options) / np.log(n_options)
    return points


def metaculus_peer(given: Floats, event: Ints) -> Floats:
    """100 N / (N - 1) ln(p / geometric mean of all N people's p); above 0 is better than the others.

    It is 100 times ln p less the mean of the others' ln p, and sums to 0 over the people of an event. nan for one who
    is alone. `event` numbers the events from 0, one forecast of each person.
    """
    logs = np.log(given)
    n = np.bincount(event)[event]
    mean = (np.bincount(event, weights=logs) / np.maximum(np.bincount(event), 1))[event]
    return np.where(n > 1, 100 * n / np.maximum(n - 1, 1) * (logs - mean), np.nan)


def fatebook_brier(probabilities: Floats, outcomes: Floats) -> Floats:
    """(p - y)^2 + ((1 - p) - (1 - y))^2 = 2 (p - y)^2 of each: 0 best, 2 worst."""
    return 2 * (probabilities - outcomes) ** 2


def fatebook_relative(scores: Floats, event: Ints) -> Floats:
    """Each score less the median of all people's at its event: below 0 is better. nan for one who is alone."""
    n_events = int(event.max()) + 1 if len(event) else 0
    middle = group_median(scores, event, n_events)
    alone = np.bincount(event, minlength=n_events) < 2
    return np.where(alone[event], np.nan, scores - middle[event])


def predictionbook(probabilities: Floats, outcomes: Floats, who: Ints, n_people: int) -> tuple[Floats, Floats]:
    """Of each person, numbered from 0, the mean of (p - y)^2 over every wager that was judged, and its "error"
    1 / sqrt(n); 1 and 1 where there is none. Both of shape (n_people,).

    That error is PredictionBook's; it is no standard error.
    """
    n = np.bincount(who, minlength=n_people)
    total = np.bincount(who, weights=(probabilities - outcomes) ** 2, minlength=n_people)
    return np.where(n > 0, total / np.maximum(n, 1), 1.0), np.maximum(n, 1) ** -0.5


def fatebook_daily(
    forecasts: Sequence[Sequence[tuple[float, float]]], days: float, outcome: float
) -> list[tuple[float, float | None] | None]:
    """Fatebook's Brier score (0-2) and relative Brier score of each person on one prediction, day by day.

    `forecasts` holds for each person the (day since it was asked, probability) in order; `days` passed until it was
    resolved. Of each day counts the probability averaged over time, the last one of a day taking what is left of it;
    the sum over days is divided by all of them, also those before one's first forecast. None for who had no forecast;
    no relative score for who is alone.
    """
    whole = int(np.floor(days))
    part = days - whole
    table = np.array(
        [
            [
                _of_day(own, start, min(start + 1.0, days))
                for start in np.arange(max(int(np.ceil(days)), 1), dtype=float)
            ]
            for own in forecasts
        ]
    ).reshape(len(forecasts), -1)
    brier = fatebook_brier(table, np.full(table.shape, outcome))
    middle = np.array([np.median(day[~np.isnan(day)]) if (~np.isnan(day)).any() else np.nan for day in brier.T])
    found: list[tuple[float, float | None] | None] = []
    for own in brier:
        known = ~np.isnan(own)
        if not known.any():
            found.append(None)
            continue
        relative = None if len(forecasts) == 1 else _over_days((own - middle)[known], whole, part)
        found.append((_over_days(own[known], whole, part), relative))
    return found


def _of_day(own: Sequence[tuple[float, float]], start: float, end: float) -> float:
    """The probability of a day averaged over time; nan without one."""
    before = [p for at, p in own if at <= start]
    steps = ([(start, before[-1])] if before else []) + [(at, p) for at, p in own if start < at < end]
    if not steps:
        return float("nan")
    shares = [(until - at) / (end - start) for (at, _p), (until, _q) in pairwise(steps)]
    return sum(p * share for (_at, p), share in zip(steps, [*shares, 1 - sum(shares)], strict=True))


def _over_days(scores: Floats, whole: int, part: float) -> float:
    if whole == 0:
        return float(scores.sum())
    if part < _SAME:
        return float(scores.sum()) / whole
    return float(scores[:-1].sum() + scores[-1] * part) / (whole + part)
