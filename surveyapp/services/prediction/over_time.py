"""Forecasts of a log while they stood, for scores that average over time.

A log does not know when a question was opened for others: it counts as open from its first forecast in the log. It
closes at the end of its finding-out date, or when it was known where it has none; known earlier, the rest scores 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveyapp.services.prediction.book import Book, book_of
from surveyapp.services.prediction.event import FAR, events_of
from surveyapp.services.prediction.forecast_order import sorted_forecasts
from surveyapp.services.prediction.selection import Selection
from surveyapp.services.session import Session
from surveyapp.stats.calibration.other_site import metaculus_baseline, of_outcome
from surveyapp.stats.calibration.over_time import Standing, time_average

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_DAY = 86_400_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Averages:
    """One place for each event (a prediction and an option, -1 for none) and person: both scores averaged over time
    (`peer` nan without others), and the share of that time in which a forecast stood."""

    prediction: Ints
    option: Ints
    person: Ints
    baseline: Floats
    peer: Floats
    coverage: Floats


def averages(session: Session, found: Selection, places: Ints, *, options: int = 2) -> Averages | None:
    """The averages of what stands at some places of a selection, None for nothing; all people who forecast these events
    count as the others. `options`: how many the baseline score spreads over."""
    book = book_of(session)
    keys = _event_keys(found.prediction[places], found.option[places])
    events, first = np.unique(keys, return_index=True)
    if not len(events):
        return None
    outcome, known = found.outcome[places][first], found.known[places][first]
    close, limit = _times(session, found.prediction[places][first], known)
    rows = _rows(session, book, events, limit)
    opened = np.full(len(events), np.iinfo(np.int64).max)
    np.minimum.at(opened, rows.event, rows.at)
    stood = (rows.probability >= 0) & (rows.end > rows.at)
    event, people = rows.event[stood], np.unique(rows.person)
    given = of_outcome(rows.probability[stood], outcome[event])
    average = time_average(
        Standing(
            event=event,
            person=np.searchsorted(people, rows.person[stood]).astype(np.int64),
            start=(rows.at[stood] - opened[event]) / _DAY,
            end=(rows.end[stood] - opened[event]) / _DAY,
            log=np.log(given),
            points=metaculus_baseline(given, options),
            length=(close[event] - opened[event]) / _DAY,
        )
    )
    return Averages(
        prediction=found.prediction[places][first][average.event],
        option=found.option[places][first][average.event],
        person=people[average.person],
        baseline=average.baseline,
        peer=average.peer,
        coverage=average.coverage,
    )


def _event_keys(prediction: Ints, option: Ints) -> Ints:
    """A number for each prediction and option; no prediction has a million options."""
    return prediction * 1_000_000 + option + 1


def _times(session: Session, prediction: Ints, known: Ints) -> tuple[Ints, Ints]:
    """When each event would close, and up to when forecasts of it count."""
    events = events_of(session)
    ends = np.array([events[number].end for number in prediction.tolist()], dtype=np.int64)
    close = np.where(ends == FAR, known, ends)
    return close, np.minimum(close, known)


@dataclass(frozen=True, slots=True)
class _Rows:
    event: Ints
    person: Ints
    at: Ints
    end: Ints
    probability: Floats


def _rows(session: Session, book: Book, events: Ints, limit: Ints) -> _Rows:
    """Every forecast of these events before their limit, in the order of events, people and time, with when the next
    one of the same person took its place; a withdrawal is one below 0."""
    columns = sorted_forecasts(session, book)
    keys = _event_keys(columns.prediction, columns.option)
    place = np.minimum(np.searchsorted(events, keys), len(events) - 1)
    chosen = np.flatnonzero((events[place] == keys) & (columns.at < limit[place]) & ~columns.uneven)
    event, who, made = place[chosen].astype(np.int64), columns.person[chosen], columns.at[chosen]
    end = limit[event].copy()
    same = (event[1:] == event[:-1]) & (who[1:] == who[:-1])
    end[:-1] = np.where(same, made[1:], end[:-1])
    return _Rows(event, who, made, end, columns.probability[chosen])
