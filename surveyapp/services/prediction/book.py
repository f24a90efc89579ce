"""The prediction log as it stands, read once and kept until something changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from surveyapp.domain.prediction import (
    Forecast,
    Forecaster,
    Outcome,
    Prediction,
    PredictionKind,
    Resolution,
    end_of,
)
from surveyapp.services.session import Session
from surveyapp.store.forecast_repo import ForecastColumns


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """All predictions by id, everybody by id, the resolutions of each prediction in order (of all options), and the
    probabilities as columns."""

    predictions: Mapping[int, Prediction]
    forecasters: Mapping[int, Forecaster]
    resolutions: Mapping[int, tuple[Resolution, ...]]
    columns: ForecastColumns
    taken_back: int
    """The count of transactions taken back when it was read: what was read inside one never was."""

    @property
    def me(self) -> Forecaster | None:
        """The person at this workspace, if anybody said who that is."""
        return next((one for one in self.forecasters.values() if one.me), None)

    def holding(self, prediction_id: int) -> tuple[Resolution, ...]:
        """The resolutions that hold, the last given at the end; none while it is open.

        One at most, but of options that do not exclude each other one for each. What is said of all of it (void, open
        again) ends what was said of its options before, and the other way round.
        """
        given = self.resolutions.get(prediction_id, ())
        if len(given) < 2:  # most of them
            return given if given and given[0].outcome is not Outcome.OPEN else ()
        one = self.predictions.get(prediction_id)
        many = one is not None and one.kind is PredictionKind.CHOICE and not one.exclusive
        last: dict[int | None, Resolution] = {}
        for said in given:
            last = {place: kept for place, kept in last.items() if many and None not in (place, said.option)}
            last.pop(said.option, None)
            last[said.option] = said
        return tuple(said for said in last.values() if said.outcome is not Outcome.OPEN)

    def resolution(self, prediction_id: int, option: int | None = None) -> Resolution | None:
        """The one that holds, of this option if one is named; None while it is open."""
        found = [one for one in self.holding(prediction_id) if option is None or one.option in (option, None)]
        return found[-1] if found else None

    def came_out(self, prediction_id: int, option: int | None = None) -> bool | None:
        """Whether what is forecast, of a choice that option, came about; None while that is open or not to be told."""
        exclusive = prediction_id in self.predictions and self.predictions[prediction_id].exclusive
        found = self.resolution(prediction_id, None if exclusive else option)
        if found is None:
            return None
        if found.outcome is Outcome.OPTION:
            return found.option == option
        return found.outcome is Outcome.YES if found.outcome in (Outcome.YES, Outcome.NO) else None

    def is_open(self, prediction_id: int) -> bool:
        """Whether it waits to be resolved."""
        return self.resolution(prediction_id) is None


def book_of(session: Session) -> Book:
    """The log, from the file the first time. May be called from any thread."""
    known = _kept(session)
    if known is not None:
        return known
    with session.log_lock:
        return _kept(session) or _read(session)


def _kept(session: Session) -> Book | None:
    known = session.kept.get(Book)
    return known if isinstance(known, Book) and known.taken_back == session.store.connections.taken_back else None


def _read(session: Session) -> Book:
    store, kept = session.store, session.kept
    taken_back = store.connections.taken_back
    resolutions: dict[int, list[Resolution]] = defaultdict(list)
    for one in store.forecasts.resolutions():
        resolutions[one.prediction_id].append(one)
    book = Book(
        predictions={one.id: one for one in store.predictions.all()},
        forecasters={one.id: one for one in store.predictions.forecasters()},
        resolutions={id_: tuple(found) for id_, found in resolutions.items()},
        columns=store.forecasts.columns(),
        taken_back=taken_back,
    )
    kept[Book] = book  # not session.kept: what changed meanwhile is in another one
    return book


def is_due(prediction: Prediction, now: datetime) -> bool:
    """Whether one should know by now: on a finding-out day it is due all day long."""
    due = prediction.due
    if due is None:
        return False
    return due <= now if isinstance(due, datetime) else due <= now.date()


def is_overdue(prediction: Prediction, now: datetime) -> bool:
    """Whether the finding-out date has passed; a day has passed at its end."""
    return prediction.due is not None and end_of(prediction.due, now.tzinfo) <= now


def last_forecast(forecasts: tuple[Forecast, ...], forecaster_id: int, option: int | None = None) -> Forecast | None:
    """Somebody's forecast that holds now: the last one with a probability or quantiles; None if withdrawn or none."""
    own = [one for one in forecasts if one.forecaster_id == forecaster_id and one.option == option and one.says_belief]
    return own[-1] if own and not own[-1].withdrawn else None


def due_key(prediction: Prediction, now: datetime) -> tuple[bool, float]:
    """What lists sort by: the earliest finding-out date first, those without at the end."""
    due: date | datetime | None = prediction.due
    return (True, 0.0) if due is None else (False, end_of(due, now.tzinfo).timestamp())
