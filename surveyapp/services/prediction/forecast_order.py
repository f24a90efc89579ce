"""All forecasts of the log as arrays, sorted once for whatever is found out about them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from surveyapp.services.prediction.book import Book
from surveyapp.services.prediction.uneven import uneven_ids
from surveyapp.services.session import Session
from surveyapp.stats.calibration.order import order_of, starts_of

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class SortedForecasts:
    """Forecasts, sorted by prediction, option, person and time. `numbers` are the ids of all predictions of the log
    with a forecast, `place` is where among them each one's is."""

    book: Book
    numbers: Ints
    place: Ints
    prediction: Ints
    option: Ints
    person: Ints
    at: Ints
    id: Ints
    probability: Floats
    uneven: Bools

    def of(self, people: set[int] | None) -> SortedForecasts:
        """Those of these people, None for everybody."""
        if people is None:
            return self
        return self.at_places(np.flatnonzero(np.isin(self.person, np.array(sorted(people), dtype=np.int64))))

    def of_prediction(self, number: int) -> SortedForecasts:
        """Those of one prediction."""
        first, end = np.searchsorted(self.prediction, [number, number + 1]).tolist()
        return self.at_places(np.arange(first, end))

    def at_places(self, places: Ints) -> SortedForecasts:
        """Those at these places, in their order."""
        return replace(
            self,
            place=self.place[places],
            prediction=self.prediction[places],
            option=self.option[places],
            person=self.person[places],
            at=self.at[places],
            id=self.id[places],
            probability=self.probability[places],
            uneven=self.uneven[places],
        )

    def there(self) -> list[int]:
        """The ids of the predictions these are of, rising."""
        found: list[int] = self.numbers[np.bincount(self.place, minlength=len(self.numbers)) > 0].tolist()
        return found

    def last_of_each(self, places: Ints) -> Bools:
        """Which of these places (rising) are the last of their prediction, option and person."""
        last = np.zeros(len(places), dtype=np.bool_)
        if len(places):
            starts = starts_of(*(part[places] for part in (self.place, self.option, self.person)))
            last[np.append(starts[1:], len(places)) - 1] = True
        return last


def sorted_forecasts(session: Session, book: Book) -> SortedForecasts:
    """All forecasts, sorted once for each state of the log."""
    known = session.kept.get(SortedForecasts)
    if isinstance(known, SortedForecasts) and known.book is book:
        return known
    found = session.kept[SortedForecasts] = _sorted(book, uneven_ids(session))
    return found


def _sorted(book: Book, uneven: frozenset[int]) -> SortedForecasts:
    columns = book.columns
    prediction, option, person, at, id_ = (
        np.frombuffer(part, dtype=np.int64) if len(part) else np.zeros(0, dtype=np.int64)
        for part in (columns.prediction_id, columns.option, columns.forecaster_id, columns.at, columns.id)
    )
    order = order_of(at)  # they come in the order of their ids
    order = order[order_of(prediction[order], option[order], person[order])]
    prediction, id_ = prediction[order], id_[order]
    starts = starts_of(prediction)
    return SortedForecasts(
        book=book,
        numbers=prediction[starts],
        place=np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(prediction)))),
        prediction=prediction,
        option=option[order],
        person=person[order],
        at=at[order],
        id=id_,
        probability=np.array(columns.probability, dtype=np.float64)[order],
        uneven=np.isin(id_, np.array(sorted(uneven), dtype=np.int64)),
    )
