"""A table of forecasters by their mean score, and how uncertain each rank is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from surveyapp.stats.calibration.cluster import Ints
from surveyapp.stats.calibration.order import order_of
from surveyapp.stats.calibration.other_site import metaculus_peer, of_outcome

Floats = NDArray[np.float64]

MIN_N = 10
"""Who forecast fewer predictions bears no rank; by the peer score, fewer that others forecast too."""

RANK_LEVEL = 0.9
_SEED = 1
_RESAMPLES = 1000
_FEWEST = 200
_WORK = 2e7
"""Resamplings times forecasts: with more forecasts there are fewer resamplings, and never under 200."""


class Measure(StrEnum):
    """What people are ranked by."""

    BRIER = "brier"
    LOG = "log"
    PEER = "peer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One person: `n` forecasts of `n_predictions`, mean scores (Brier and log 0 best, peer higher better, None for who
    forecast nothing that anybody else did). `rank` counts from 1, equal scores share one; between `rank_low` and
    `rank_high` it lies in 90 % of the resamplings. All three are None for who has too few forecasts.
    """

    person: int
    n: int
    n_predictions: int
    brier: float
    log: float
    peer: float | None
    rank: int | None
    rank_low: int | None
    rank_high: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaderboard:
    """People by rank, then those without one by how many predictions they forecast."""

    measure: Measure
    standings: tuple[Standing, ...]
    n_events: int
    n_predictions: int
    min_n: int
    resamples: int


def scores_of(probabilities: Floats, outcomes: Floats, event: Ints) -> dict[Measure, Floats]:
    """The three scores of each forecast; the peer score is nan where nobody else forecast that event."""
    given = of_outcome(probabilities, outcomes)
    return {
        Measure.BRIER: (probabilities - outcomes) ** 2,
        Measure.LOG: -np.log(given),
        Measure.PEER: metaculus_peer(given, event),
    }


def shared_by_all(prediction: Ints, person: Ints) -> NDArray[np.bool_]:
    """Which forecasts are of predictions that everybody here forecast."""
    pairs = np.unique(np.stack([prediction, person]), axis=1)
    numbers, counts = np.unique(pairs[0], return_counts=True)
    everybody = len(np.unique(person))
    return np.isin(prediction, numbers[counts == everybody])


def leaderboard(
    probabilities: Floats,
    outcomes: Floats,
    prediction: Ints,
    person: Ints,
    event: Ints,
    *,
    measure: Measure = Measure.PEER,
    among: NDArray[np.bool_] | None = None,
    min_n: int = MIN_N,
    resamples: int | None = None,
) -> Leaderboard:
    """Rank people by the mean of one score over their forecasts, all arrays of shape (n,).

    `event` numbers what is forecast (a prediction, or one option of it) from 0: one forecast of each person. Only the
    forecasts `among` (all) are ranked, each against all others of its event. Ranks are
    resampled by whole predictions, for all people at once: what was hard for all moves nobody. A mean over different
    predictions compares their difficulty too; the peer score does not.
    """
    order = order_of(person, event)
    scores = scores_of(probabilities[order], outcomes[order], event[order])
    if among is not None:
        scores = {one: values[among[order]] for one, values in scores.items()}
        order = order[among[order]]
    people, who = np.unique(person[order], return_inverse=True)
    predictions, what = np.unique(prediction[order], return_inverse=True)
    n = np.bincount(who, minlength=len(people))
    n_predictions = _n_pairs(who, what, len(people))
    means = {one: person_means(values, who, len(people)) for one, values in scores.items()}
    known = ~np.isnan(scores[measure])
    ranked = np.flatnonzero((_n_pairs(who[known], what[known], len(people)) >= min_n) & ~np.isnan(means[measure]))
    rank = _ranks(means[measure][ranked][None, :], measure)[0]
    times = resamples or int(np.clip(_WORK // max(len(order), 1), _FEWEST, _RESAMPLES))
    low, high = _range(scores[measure], who, what, ranked, measure=measure, n_predictions=len(predictions), times=times)
    placed = {int(number): place for place, number in enumerate(ranked.tolist())}
    standings = [
        Standing(
            person=int(people[number]),
            n=int(n[number]),
            n_predictions=int(n_predictions[number]),
            brier=float(means[Measure.BRIER][number]),
            log=float(means[Measure.LOG][number]),
            peer=None if np.isnan(means[Measure.PEER][number]) else float(means[Measure.PEER][number]),
            rank=None if place is None else int(rank[place]),
            rank_low=None if place is None else min(int(low[place]), int(rank[place])),
            rank_high=None if place is None else max(int(high[place]), int(rank[place])),
        )
        for number, place in ((number, placed.get(number)) for number in range(len(people)))
    ]
    standings.sort(key=lambda one: (one.rank is None, one.rank or 0, -one.n_predictions, one.person))
    return Leaderboard(
        measure=measure,
        standings=tuple(standings),
        n_events=len(np.unique(event[order])) if among is not None else int(event.max(initial=-1)) + 1,
        n_predictions=len(predictions),
        min_n=min_n,
        resamples=times,
    )


def _n_pairs(who: Ints, what: Ints, n_people: int) -> Ints:
    """How many different predictions each person forecast."""
    width = int(what.max(initial=0)) + 1
    pairs = np.sort(who.astype(np.int64) * width + what)
    pairs = pairs[np.append(True, pairs[1:] != pairs[:-1])] if len(pairs) else pairs
    return np.bincount(pairs // width, minlength=n_people).astype(np.int64)


def person_means(values: Floats, who: Ints, n_people: int) -> Floats:
    """The mean of what is known of each person; nan for nothing."""
    known = ~np.isnan(values)
    n = np.bincount(who[known], minlength=n_people)
    total = np.bincount(who[known], weights=values[known], minlength=n_people)
    return np.where(n > 0, total / np.maximum(n, 1), np.nan)


def _range(
    values: Floats, who: Ints, what: Ints, ranked: Ints, *, measure: Measure, n_predictions: int, times: int
) -> tuple[Ints, Ints]:
    """Between which ranks each of the ranked people lies in 90 % of the resamplings of predictions."""
    from scipy.sparse import csr_array

    if not len(ranked):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    known = ~np.isnan(values) & np.isin(who, ranked)
    place = np.searchsorted(ranked, who[known])
    shape = (len(ranked), n_predictions)
    sums = csr_array((values[known], (place, what[known])), shape=shape)
    counts = csr_array((np.ones(len(place)), (place, what[known])), shape=shape)
    drawn = (
        np.random.default_rng(_SEED)
        .multinomial(n_predictions, np.full(n_predictions, 1 / n_predictions), size=times)
        .T.astype(np.float64)
    )
    worth, total = np.asarray(counts @ drawn), np.asarray(sums @ drawn)
    own = (sums.sum(axis=1) / counts.sum(axis=1))[:, None]
    ranks = _ranks(np.where(worth > 0, total / np.maximum(worth, 1), own).T, measure)
    tail = (1 - RANK_LEVEL) / 2
    low = np.quantile(ranks, tail, axis=0, method="inverted_cdf")
    high = np.quantile(ranks, 1 - tail, axis=0, method="inverted_cdf")
    return low.astype(np.int64), high.astype(np.int64)


def _ranks(means: Floats, measure: Measure) -> Ints:
    """The rank of each column in each row, 1 best; equal ones share the best of theirs."""
    values = np.round(-means if measure is Measure.PEER else means, 12)
    order = np.argsort(values, axis=1)
    ranked = np.take_along_axis(values, order, axis=1)
    new = np.ones(ranked.shape, dtype=np.bool_)
    new[:, 1:] = ranked[:, 1:] != ranked[:, :-1]
    first = np.maximum.accumulate(np.where(new, np.arange(1, ranked.shape[1] + 1), 0), axis=1)
    found = np.empty_like(first)
    np.put_along_axis(found, order, first, axis=1)
    return found.astype(np.int64)
