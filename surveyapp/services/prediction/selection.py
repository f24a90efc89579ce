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
from surveyapp.domain.moment import to_stored
from surveyapp.domain.prediction import Outcome, Prediction, PredictionKind, Resolution, end_of
from surveyapp.domain.scope import EVERYBODY, CountingRule, Scope
from surveyapp.services.prediction.book import Book, book_of, is_due
from surveyapp.services.prediction.event import FAR, Event
from surveyapp.services.prediction.sealing import count_taken_back
from surveyapp.services.prediction.uneven import uneven_ids
from surveyapp.services.session import Session

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorable:
    """A settled prediction that a scope lets in: forecasts before `limit` (microseconds) count."""

    prediction: Prediction
    resolution: Resolution
    limit: int
    resolvers: frozenset[int]


def select(session: Session, scope: Scope) -> Selection:
    """The forecasts of a scope. Raises UserError if nobody bears one of its names."""
    book = book_of(session)
    columns = sorted_forecasts(session, book).of(people_of(book, scope))
    asked = [book.predictions[number] for number in np.unique(columns.prediction).tolist()]
    asked = [one for one in asked if not scope.tags or not set(scope.tags).isdisjoint(one.tags)]
    kept, left, sealed = _sorted_out(session, scope, asked)
    found = _arrays(columns, scope, kept, left, n_predictions=len(asked))
    return replace(found, n_sealed=sum(one.id in sealed for one in asked), n_seals_taken_back=count_taken_back(session))


def scorable(
    session: Session, scope: Scope, asked: Iterable[Prediction]
) -> tuple[list[Scorable], dict[LeftOut, int], int]:
    """Which of these predictions can be scored, how many cannot, by reason, and how many are sealed and not opened."""
    tagged = [one for one in asked if not scope.tags or not set(scope.tags).isdisjoint(one.tags)]
    kept, left, sealed = _sorted_out(session, scope, tagged)
    found = [
        Scorable(
            prediction=event.prediction,
            resolution=event.resolutions[0],
            limit=min(event.end, event.known),
            resolvers=frozenset(event.resolvers),
        )
        for event in kept.values()
    ]
    return found, left, sum(one.id in sealed for one in tagged)


def _sorted_out(
    session: Session, scope: Scope, asked: Iterable[Prediction]
) -> tuple[dict[int, Event], dict[LeftOut, int], set[int]]:
    """What can be scored, why the others cannot, and what is sealed."""
    book, now = book_of(session), session.clock()
    sealed = {seal.prediction_id for seal in session.store.predictions.seals() if seal.opened_at is None}
    left: dict[LeftOut, int] = {}
    kept: dict[int, Event] = {}
    for one in asked:
        event = Event(one, book.holding(one.id), end=_end(one, session))
        if not event.within(scope, session):
            continue
        reason = _reason(event, scope, sealed=one.id in sealed, due=is_due(one, now), over=event.end <= to_stored(now))
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


@dataclass(frozen=True, slots=True)
class SortedForecasts:
    """Forecasts, sorted by prediction, option, person and time."""

    book: Book
    prediction: Ints
    option: Ints
    person: Ints
    at: Ints
    id: Ints
    probability: Floats
    uneven: NDArray[np.bool_]

    def of(self, people: set[int] | None) -> SortedForecasts:
        """Those of these people, None for everybody."""
        if people is None:
            return self
        return self.at_places(np.flatnonzero(np.isin(self.person, np.array(sorted(people), dtype=np.int64))))

    def at_places(self, places: Ints) -> SortedForecasts:
        """Those at these places, in their order."""
        return SortedForecasts(
            self.book,
            self.prediction[places],
            self.option[places],
            self.person[places],
            self.at[places],
            self.id[places],
            self.probability[places],
            self.uneven[places],
        )


def sorted_forecasts(session: Session, book: Book) -> SortedForecasts:
    """All forecasts, sorted once for each state of the log."""
    known = session.kept.get(SortedForecasts)
    if isinstance(known, SortedForecasts) and known.book is book:
        return known
    columns = book.columns
    prediction, option, person, at, id_ = (
        np.frombuffer(part, dtype=np.int64) if len(part) else np.zeros(0, dtype=np.int64)
        for part in (columns.prediction_id, columns.option, columns.forecaster_id, columns.at, columns.id)
    )
    probability = np.array(columns.probability, dtype=np.float64)
    uneven = np.isin(id_, np.array(sorted(uneven_ids(session)), dtype=np.int64))
    unsorted = SortedForecasts(book, prediction, option, person, at, id_, probability, uneven)
    found = unsorted.at_places(np.lexsort((id_, at, person, option, prediction)))
    session.kept[SortedForecasts] = found
    return found


def _end(one: Prediction, session: Session) -> int:
    return FAR if one.due is None else to_stored(end_of(one.due, session.clock().tzinfo))


def _reason(event: Event, scope: Scope, *, sealed: bool, due: bool, over: bool) -> LeftOut | None:
    one = event.prediction
    if event.outcome is None:
        return LeftOut.OVERDUE if over else LeftOut.DUE if due else LeftOut.OPEN
    told = {Outcome.AMBIGUOUS: LeftOut.AMBIGUOUS, Outcome.VOID: LeftOut.VOID, Outcome.SHARE: LeftOut.SHARE}
    if event.outcome in told:
        return told[event.outcome]
    if sealed:
        return LeftOut.SEALED
    if one.retrodiction:
        return LeftOut.RETRODICTED
    if one.influence and not scope.influence:
        return LeftOut.INFLUENCE
    if one.due is not None and not over and not scope.early:
        return LeftOut.EARLY
    return None


def _arrays(
    columns: SortedForecasts, scope: Scope, kept: dict[int, Event], left: dict[LeftOut, int], *, n_predictions: int
) -> Selection:
    inside = np.isin(columns.prediction, np.array(sorted(kept), dtype=np.int64))
    cut = {number: min(event.end, event.known) for number, event in kept.items()}
    limit = np.zeros(len(inside), dtype=np.int64)
    limit[inside] = _spread(columns.prediction[inside], cut)
    in_time = inside & (columns.at < limit)
    places = np.flatnonzero(in_time & ~columns.uneven)
    chosen, weight = _counted(columns, places, limit, scope.rule)
    held = (columns.probability[chosen] >= 0) & (weight > 0)  # not withdrawn, nor replaced in the same moment
    chosen, weight = chosen[held], weight[held]
    outcome = _outcomes(columns, chosen, kept)
    second = ~np.isnan(outcome) & _second_sides(columns, chosen, kept)
    keep = ~np.isnan(outcome) & ~second
    if not scope.own_resolved:
        keep &= ~_by_resolver(columns, chosen, kept)
    chosen, weight, outcome = chosen[keep], weight[keep], outcome[keep]
    scored = np.unique(columns.prediction[chosen])
    _count_missing(
        left,
        kept,
        set(scored.tolist()),
        set(np.unique(columns.prediction[places]).tolist()),
        uneven=set(np.unique(columns.prediction[in_time & columns.uneven]).tolist()),
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
        known=_spread(columns.prediction[chosen], {number: kept[number].known for number in scored.tolist()}),
        left_out=left,
        n_predictions=n_predictions,
        n_own_resolved=_n_own_resolved(columns, chosen, kept),
        two_sided=bool(second.any()),
    )


def _counted(columns: SortedForecasts, places: Ints, limit: Ints, rule: CountingRule) -> tuple[Ints, Floats]:
    """The places that the rule counts and their weights; the places are sorted by prediction, option, person, time."""
    if not len(places):
        return places, np.zeros(0)
    group = np.stack([part[places] for part in (columns.prediction, columns.option, columns.person)])
    last = np.append((group[:, 1:] != group[:, :-1]).any(axis=0), True)
    if rule is CountingRule.LAST:
        return places[last], np.ones(int(last.sum()))
    if rule is CountingRule.EVERY:
        return places, np.ones(len(places))
    at = columns.at[places]
    known = np.where(limit[places] == FAR, at, limit[places])
    held = np.where(last, known, np.append(at[1:], 0)) - at
    number = np.concatenate([[0], np.cumsum(last)[:-1]])
    total = np.bincount(number, weights=held.astype(np.float64))[number]
    alone = np.bincount(number)[number]
    return places, np.where(total > 0, held / np.where(total > 0, total, 1.0), 1.0 / alone)


def _spread(ids: Ints, values: dict[int, int]) -> Ints:
    """The value of each id, shape (n,)."""
    known = np.array(sorted(values), dtype=np.int64)
    found = np.array([values[number] for number in known.tolist()], dtype=np.int64)
    return found[np.searchsorted(known, ids)] if len(ids) else np.zeros(0, dtype=np.int64)


def _outcomes(columns: SortedForecasts, places: Ints, kept: dict[int, Event]) -> Floats:
    """How the event of each forecast came out; the places are sorted by prediction and option."""
    prediction, option = columns.prediction[places], columns.option[places]
    if not len(places):
        return np.zeros(0)
    starts = np.flatnonzero(np.concatenate([[True], (prediction[1:] != prediction[:-1]) | (option[1:] != option[:-1])]))
    truths = [
        kept[number].truth(chosen)
        for number, chosen in zip(prediction[starts].tolist(), option[starts].tolist(), strict=True)
    ]
    each = np.array([np.nan if truth is None else truth for truth in truths], dtype=np.float64)
    return np.repeat(each, np.diff(np.append(starts, len(places))))


def _n_own_resolved(columns: SortedForecasts, places: Ints, kept: dict[int, Event]) -> int:
    return len(np.unique(columns.prediction[places][_by_resolver(columns, places, kept)]))


def _by_resolver(columns: SortedForecasts, places: Ints, kept: dict[int, Event]) -> NDArray[np.bool_]:
    """Which of the forecasts were made by somebody who settled the prediction."""
    pairs = [(number, who) for number, event in kept.items() for who in event.resolvers]
    if not pairs:
        return np.zeros(len(places), dtype=np.bool_)
    first = {number: next(iter(event.resolvers), -1) for number, event in kept.items()}
    found: NDArray[np.bool_] = columns.person[places] == _spread(columns.prediction[places], first)
    for number, who in pairs:
        if first[number] != who:  # several settled its options
            found |= (columns.prediction[places] == number) & (columns.person[places] == who)
    return found


def _second_sides(columns: SortedForecasts, places: Ints, kept: dict[int, Event]) -> NDArray[np.bool_]:
    """Forecasts of the second of two options that exclude each other: the first says it all, if it is there."""
    pairs = {
        number
        for number, event in kept.items()
        if event.prediction.kind is PredictionKind.CHOICE
        and event.prediction.exclusive
        and len(event.prediction.options) == 2
    }
    if not pairs:
        return np.zeros(len(places), dtype=np.bool_)
    prediction, option, person = (part[places] for part in (columns.prediction, columns.option, columns.person))
    first = {
        (number, who)
        for number, chosen, who in zip(prediction.tolist(), option.tolist(), person.tolist(), strict=True)
        if chosen == 0 and number in pairs
    }
    return np.array(
        [
            chosen == 1 and (number, who) in first
            for number, chosen, who in zip(prediction.tolist(), option.tolist(), person.tolist(), strict=True)
        ],
        dtype=np.bool_,
    )


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
