"""The forecasts of the log that are scored, as arrays, and what was left out and why.

Rules: statistics.md section 4 of the design; each option of a choice is a forecast of its own, but for two options
that exclude each other, whose two sides are one forecast.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.domain.prediction import Outcome, Prediction, PredictionKind
from surveyapp.domain.scope import EVERYBODY, CountingRule, Scope
from surveyapp.services.prediction.book import Book, book_of
from surveyapp.services.prediction.event import FAR, Event, events_of
from surveyapp.services.prediction.forecast_order import SortedForecasts, sorted_forecasts
from surveyapp.services.prediction.sealing import count_taken_back
from surveyapp.services.session import Session
from surveyapp.stats.calibration.order import starts_of

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

_NEVER, _NOBODY = int(np.iinfo(np.int64).min), -1


class LeftOut(StrEnum):
    """Why a prediction with a forecast of these people is in no score."""

    OPEN = "open"
    DUE = "due"
    OVERDUE = "overdue"
    """That date has passed."""
    """Its finding-out date is here, and nobody said how it came out."""
    EARLY = "early"
    AMBIGUOUS = "ambiguous"
    VOID = "void"
    SHARE = "share"
    """Settled at a probability: neither yes nor no."""
    RETRODICTED = "retrodicted"
    """Marked as looked up afterwards, or forecast only when the date had passed or the outcome was known."""
    SEALED = "sealed"
    OWN_RESOLVED = "own_resolved"
    INFLUENCE = "influence"
    WITHDRAWN = "withdrawn"
    UNEVEN = "uneven"
    """Shares of options that exclude each other, but do not add up to 1."""


_TOLD = {Outcome.AMBIGUOUS: LeftOut.AMBIGUOUS, Outcome.VOID: LeftOut.VOID, Outcome.SHARE: LeftOut.SHARE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Scored forecasts, one place each: `probability` and `outcome` (0 or 1) of the event, `prediction` and `person`
    ids (forecasts that share one are not independent), `option` (-1: none), `weight` (1, or a share of the time),
    `forecast` ids, `known` when it was known, in microseconds. `left_out` counts predictions.
    """

    scope: Scope
    probability: Floats
    outcome: Floats
    prediction: Ints
    person: Ints
    option: Ints
    weight: Floats
    forecast: Ints
    known: Ints
    left_out: dict[LeftOut, int] = field(default_factory=dict)
    n_predictions: int = 0
    """Predictions that these people forecast at all."""
    n_own_resolved: int = 0
    """Of the scored predictions, how many were settled by somebody who forecast them."""
    n_sealed: int = 0
    """Of all these predictions, how many are sealed and not opened."""
    n_seals_taken_back: int = 0
    """Of the whole log: seals that were undone, or removed with what they sealed."""
    two_sided: bool = False
    """Whether second options were left out because the first one says it all."""

    def __len__(self) -> int:
        return len(self.probability)


def select(session: Session, scope: Scope) -> Selection:
    """The forecasts of a scope. Raises UserError if nobody bears one of its names."""
    book = book_of(session)
    columns = sorted_forecasts(session, book).of(people_of(book, scope))
    asked = [book.predictions[number] for number in columns.there()]
    asked = [one for one in asked if not scope.tags or not set(scope.tags).isdisjoint(one.tags)]
    kept, left, sealed = _sorted_out(session, scope, asked)
    found = _arrays(columns, scope, kept, left, n_predictions=len(asked))
    return replace(found, n_sealed=sum(one.id in sealed for one in asked), n_seals_taken_back=count_taken_back(session))


def scorable(
    session: Session, scope: Scope, asked: Iterable[Prediction]
) -> tuple[list[Event], dict[LeftOut, int], int]:
    """Which of these predictions can be scored, how many cannot, by reason, and how many are sealed and not opened."""
    tagged = [one for one in asked if not scope.tags or not set(scope.tags).isdisjoint(one.tags)]
    kept, left, sealed = _sorted_out(session, scope, tagged)
    return list(kept.values()), left, sum(one.id in sealed for one in tagged)


def _sorted_out(
    session: Session, scope: Scope, asked: Iterable[Prediction]
) -> tuple[dict[int, Event], dict[LeftOut, int], set[int]]:
    """What can be scored, why the others cannot, and what is sealed."""
    events = events_of(session)
    sealed = {seal.prediction_id for seal in session.store.predictions.seals() if seal.opened_at is None}
    left: dict[LeftOut, int] = {}
    kept: dict[int, Event] = {}
    for one in asked:
        event = events[one.id]
        if not event.within(scope, session):
            continue
        reason = _reason(event, scope, sealed=one.id in sealed)
        if reason is None:
            kept[one.id] = event
        else:
            left[reason] = left.get(reason, 0) + 1
    return kept, left, sealed


def people_of(book: Book, scope: Scope) -> set[int] | None:
    """The ids of the people asked for, None for everybody. Raises UserError for a name nobody bears."""
    if EVERYBODY in scope.people:
        return None
    if not scope.people:
        return {book.me.id} if book.me else set()
    ids = {one.name: one.id for one in book.forecasters.values()}
    unknown = [name for name in scope.people if name not in ids]
    if unknown:
        raise UserError(_("Nobody called %(name)s has made a forecast.") % {"name": unknown[0]}, ", ".join(ids))
    return {ids[name] for name in scope.people}


def _reason(event: Event, scope: Scope, *, sealed: bool) -> LeftOut | None:
    one = event.prediction
    if event.outcome is None:
        return LeftOut.OVERDUE if event.over else LeftOut.DUE if event.due else LeftOut.OPEN
    told = _TOLD.get(event.outcome)
    if told is not None:
        return told
    if sealed:
        return LeftOut.SEALED
    if one.retrodiction:
        return LeftOut.RETRODICTED
    if one.influence and not scope.influence:
        return LeftOut.INFLUENCE
    if one.due is not None and not event.over and not scope.early:
        return LeftOut.EARLY
    return None


def _arrays(
    columns: SortedForecasts, scope: Scope, kept: dict[int, Event], left: dict[LeftOut, int], *, n_predictions: int
) -> Selection:
    limit = _of_each(columns, {number: event.limit for number, event in kept.items()}, without=_NEVER)[columns.place]
    in_time = columns.at < limit
    places = np.flatnonzero(in_time & ~columns.uneven)
    chosen, weight = _counted(columns, places, limit, scope.rule)
    held = (columns.probability[chosen] >= 0) & (weight > 0)  # not withdrawn, nor replaced in the same moment
    chosen, weight = chosen[held], weight[held]
    outcome = _outcomes(columns, chosen, kept)
    second = ~np.isnan(outcome) & _second_sides(columns, chosen, kept)
    keep, own = ~np.isnan(outcome) & ~second, _by_resolver(columns, chosen, kept)
    if not scope.own_resolved:
        keep &= ~own
    chosen, weight, outcome, own = chosen[keep], weight[keep], outcome[keep], own[keep]
    _count_missing(
        left,
        kept,
        set(columns.at_places(chosen).there()),
        set(columns.at_places(places).there()),
        uneven=set(columns.at_places(np.flatnonzero(in_time & columns.uneven)).there()),
        own=scope.own_resolved,
    )
    return Selection(
        scope=scope,
        probability=columns.probability[chosen],
        outcome=outcome,
        prediction=columns.prediction[chosen],
        person=columns.person[chosen],
        option=columns.option[chosen],
        weight=weight,
        forecast=columns.id[chosen],
        known=_of_each(columns, {number: event.known for number, event in kept.items()})[columns.place[chosen]],
        left_out=left,
        n_predictions=n_predictions,
        n_own_resolved=len(np.unique(columns.place[chosen][own])),
        two_sided=bool(second.any()),
    )


def _counted(columns: SortedForecasts, places: Ints, limit: Ints, rule: CountingRule) -> tuple[Ints, Floats]:
    """The places that the rule counts and their weights; the places are sorted by prediction, option, person, time."""
    if rule is CountingRule.EVERY or not len(places):
        return places, np.ones(len(places))
    last = columns.last_of_each(places)
    if rule is CountingRule.LAST:
        return places[last], np.ones(int(last.sum()))
    at = columns.at[places]
    known = np.where(limit[places] == FAR, at, limit[places])
    held = np.where(last, known, np.append(at[1:], 0)) - at
    number = np.concatenate([[0], np.cumsum(last)[:-1]])
    total = np.bincount(number, weights=held.astype(np.float64))[number]
    alone = np.bincount(number)[number]
    return places, np.where(total > 0, held / np.where(total > 0, total, 1.0), 1.0 / alone)


def _of_each(columns: SortedForecasts, values: dict[int, int], *, without: int = 0) -> Ints:
    """The value of each of `columns.numbers`; `without` of those that have none."""
    found = np.full(len(columns.numbers), without, dtype=np.int64)
    found[np.searchsorted(columns.numbers, list(values))] = list(values.values())
    return found


def _outcomes(columns: SortedForecasts, places: Ints, kept: dict[int, Event]) -> Floats:
    """How the event of each forecast came out; the places are sorted by prediction and option."""
    prediction, option = columns.prediction[places], columns.option[places]
    starts = starts_of(prediction, option)
    truths = [
        kept[number].truth(chosen)
        for number, chosen in zip(prediction[starts].tolist(), option[starts].tolist(), strict=True)
    ]
    each = np.array([np.nan if truth is None else truth for truth in truths], dtype=np.float64)
    return np.repeat(each, np.diff(np.append(starts, len(places))))


def _by_resolver(columns: SortedForecasts, places: Ints, kept: dict[int, Event]) -> Bools:
    """Which of the forecasts were made by somebody who settled the prediction."""
    settled = {number: event.resolvers for number, event in kept.items() if event.resolvers}
    first = _of_each(columns, {number: min(who) for number, who in settled.items()}, without=_NOBODY)
    number, person = columns.place[places], columns.person[places]
    found: Bools = person == first[number]
    several = {number: who for number, who in settled.items() if len(who) > 1}  # who settled its options
    for place in np.flatnonzero((_of_each(columns, dict.fromkeys(several, 1)) > 0)[number] & ~found).tolist():
        found[place] = int(person[place]) in several[int(columns.numbers[number[place]])]
    return found


def _second_sides(columns: SortedForecasts, places: Ints, kept: dict[int, Event]) -> Bools:
    """Forecasts of the second of two options that exclude each other: the first says it all, if it is there."""
    pairs = [number for number, event in kept.items() if _has_two_sides(event.prediction)]
    inside = (_of_each(columns, dict.fromkeys(pairs, 1)) > 0)[columns.place[places]]
    option, width = columns.option[places], int(columns.person.max(initial=0)) + 1
    said = columns.place[places] * width + columns.person[places]
    found: Bools = inside & (option == 1)
    if found.any():
        found[found] = np.isin(said[found], said[inside & (option == 0)])
    return found


def _has_two_sides(one: Prediction) -> bool:
    return one.kind is PredictionKind.CHOICE and one.exclusive and len(one.options) == 2


def _count_missing(
    left: dict[LeftOut, int],
    kept: dict[int, Event],
    scored: set[int],
    in_time: set[int],
    *,
    uneven: set[int],
    own: bool,
) -> None:
    for number in kept:
        if number in scored:
            continue
        if number not in in_time:
            reason = LeftOut.UNEVEN if number in uneven else LeftOut.RETRODICTED
        elif not own and kept[number].resolvers:
            reason = LeftOut.OWN_RESOLVED
        else:
            reason = LeftOut.WITHDRAWN
        left[reason] = left.get(reason, 0) + 1
