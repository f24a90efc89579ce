"""What a scope of the prediction log can be made of: its people, tags and years."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from surveyapp.services.prediction.book import book_of
from surveyapp.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeChoices:
    """Names with their number of forecasts, the most first; tags, the most used first; years, the newest first."""

    people: tuple[tuple[str, int], ...] = ()
    tags: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    today: date | None = None


def scope_choices(session: Session) -> ScopeChoices:
    """What the log offers to choose from."""
    book, now = book_of(session), session.clock()
    counts = Counter(book.columns.forecaster_id)
    people = sorted(((book.forecasters[who].name, n) for who, n in counts.items()), key=lambda one: (-one[1], one[0]))
    tags = Counter(tag for one in book.predictions.values() for tag in one.tags)
    years = {
        one.known_at.astimezone(now.tzinfo).year
        for number in book.resolutions.keys() & book.predictions.keys()
        for one in book.holding(number)
    }
    return ScopeChoices(
        people=tuple(people),
        tags=tuple(tag for tag, _n in sorted(tags.items(), key=lambda one: (-one[1], one[0]))),
        years=tuple(sorted(years, reverse=True)),
        today=now.date(),
    )
