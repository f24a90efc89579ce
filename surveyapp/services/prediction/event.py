"""How a prediction came out, as scores take it."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np

from surveyapp.domain.moment import to_stored
from surveyapp.domain.prediction import SETTLED, Outcome, Prediction, Resolution, end_of
from surveyapp.domain.scope import Scope
from surveyapp.services.prediction.book import book_of, is_due
from surveyapp.services.prediction.kept import found_before
from surveyapp.services.session import Session

FAR = int(np.iinfo(np.int64).max)
"""A moment, in microseconds, that never comes."""


class Event:
    """How a prediction came out: the resolutions that hold, one or those of its options (`Book.holding`).

    `end` is when its day ends, `known` when it was known (both in microseconds, FAR for never), `limit` the earlier of
    them. `outcome` is how it came out: of options that came out in several ways one that can be scored. `resolvers` are
    the ids of who said so. `due` and `over`: whether that day is here now, and whether it has passed.
    """

    __slots__ = ("due", "end", "known", "limit", "outcome", "over", "prediction", "resolutions", "resolvers")

    def __init__(
        self, prediction: Prediction, resolutions: tuple[Resolution, ...], *, end: int, due: bool, over: bool
    ) -> None:
        self.prediction = prediction
        self.resolutions = resolutions
        self.end = end
        self.due, self.over = due, over
        self.known = min((to_stored(one.known_at) for one in resolutions), default=FAR)
        self.limit = min(self.end, self.known)
        self.outcome = _outcome(resolutions)
        self.resolvers = frozenset(one.by_id for one in resolutions if one.by_id is not None)

    def within(self, scope: Scope, session: Session) -> bool:
        """Whether the day on which it was known lies in the period; what is not known yet lies in every one."""
        if not self.resolutions or (scope.since is None and scope.until is None):
            return True
        day = min(one.known_at for one in self.resolutions).astimezone(session.clock().tzinfo).date()
        return (scope.since is None or scope.since <= day) and (scope.until is None or day <= scope.until)

    def truth(self, option: int) -> float | None:
        """1 or 0 for the event that a forecast of that option (-1: none) is about; None if that was not settled."""
        for one in self.resolutions:
            if one.outcome is Outcome.OPTION:
                return float(one.option == option)
            if one.outcome in (Outcome.YES, Outcome.NO) and (one.option is None or one.option == option):
                return float(one.outcome is Outcome.YES)
        return None


def events_of(session: Session) -> dict[int, Event]:
    """How each prediction of the log came out, by id; made once until the log changes or one of its dates comes."""
    before = found_before(session, Event)
    known: dict[int, Event] | None = before.get("")
    if known is not None:
        return known
    book, now = book_of(session), session.clock()
    ends: dict[date | datetime | None, int] = {None: FAR}
    moment, events = to_stored(now), {}
    for number, one in book.predictions.items():
        due = one.due
        if due not in ends:
            ends[due] = to_stored(end_of(due, now.tzinfo))  # type: ignore[arg-type]  # None is in it
        end = ends[due]
        events[number] = Event(one, book.holding(number), end=end, due=is_due(one, now), over=end <= moment)
    before[""] = events
    return events


def _outcome(resolutions: tuple[Resolution, ...]) -> Outcome | None:
    found = [one.outcome for one in resolutions]
    return next((one for one in found if one in SETTLED), found[0] if found else None)
