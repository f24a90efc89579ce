"""What was found out about the log, kept until the log changes or one of its dates comes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from surveyapp.domain.prediction import end_of
from surveyapp.services.prediction.book import Book, book_of
from surveyapp.services.session import Session

_MOST = 10
"""Finds of one kind: of a log with 200,000 forecasts one takes up to 13 MB."""


@dataclass(slots=True)
class _State:
    """The log between two moments: until `until` nothing becomes due and no date passes."""

    book: Book
    since: datetime
    until: datetime | None
    found: dict[object, Any] = field(default_factory=dict)


def found_before(session: Session, what: type) -> dict[object, Any]:
    """What was found of this kind about the log as it stands now, by what was asked; empty after a change.

    Whoever takes long asks for it first and puts the find into it: then it is of the state that was looked at.
    """
    book, now, kept = book_of(session), session.clock(), session.kept
    states: dict[type, _State] = kept.setdefault(_State, {})  # type: ignore[assignment]  # each owner knows its own
    state = states.get(what)
    if state is None or state.book is not book or now < state.since or (state.until is not None and state.until <= now):
        state = states[what] = _State(book, now, _next_change(book, now))
    return state.found


def keep(found: dict[object, Any], asked: object, answer: Any) -> None:
    """Put one more find in; the oldest gives way."""
    while len(found) >= _MOST:
        found.pop(next(iter(found)), None)
    found[asked] = answer


def _next_change(book: Book, now: datetime) -> datetime | None:
    """The next moment at which a prediction becomes due, or its day ends."""
    moments = []
    for day in {one.due for one in book.predictions.values() if one.due is not None}:
        moments.append(end_of(day, now.tzinfo))
        if not isinstance(day, datetime):
            moments.append(datetime.combine(day, time(), now.tzinfo))
    return min((moment for moment in moments if moment > now), default=None)
