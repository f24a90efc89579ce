"""Rules about the day on which one will know."""

from __future__ import annotations

import re

from surveyapp.domain.prediction import end_of
from surveyapp.services.prediction.check.finding import Hit
from surveyapp.services.prediction.check.look import Look
from surveyapp.services.prediction.when.moment import Moment
from surveyapp.services.prediction.words import day_of

_SOME_DAY = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\s+20\d\d\b|"
    r"\b(?:of|its|their|for)\s+20\d\d\b",
    re.IGNORECASE,
)


def no_date(look: Look) -> list[Hit]:
    """No deadline, and no date in the words."""
    return [] if look.dated or _SOME_DAY.search(look.text) else [Hit(0, 0)]


def clash(look: Look) -> list[Hit]:
    """A date in the words that lies after the deadline."""
    found = later(look)
    return [Hit(found.start, found.end)] if found else []


def later(look: Look) -> Moment | None:
    """The last date of the words, if it lies after the deadline."""
    due = look.draft.due
    if due is None:
        return None
    deadline = day_of(due, look.now)
    after = [one for one in look.moments if not one.weak and day_of(one.due, look.now) > deadline]
    return max(after, key=lambda one: day_of(one.due, look.now), default=None)


def past(look: Look) -> list[Hit]:
    """A deadline that had passed when it was written, where it is not said that it was looked up afterwards."""
    if look.draft.retrodiction:
        return []
    written, zone = min(look.draft.created_at, look.now), look.now.tzinfo
    if look.draft.due is not None:
        return [Hit(0, 0)] if end_of(look.draft.due, zone) <= written else []
    strong = [one for one in look.moments if not one.weak]
    if not strong or any(end_of(one.due, zone) > written for one in strong):
        return []
    last = max(strong, key=lambda one: day_of(one.due, look.now))
    return [Hit(last.start, last.end)]
