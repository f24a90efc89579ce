"""A day that has been: "yesterday", "3 days ago", "friday", "12 Nov". English words, as for days to come."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from surveyapp.services.prediction.when.moment import find_moments

_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_AGO = re.compile(rf"(?P<n>\d{{1,4}}|{'|'.join(_NUMBERS)})\s+(?P<unit>day|week)s?\s+ago")
_WEEKDAY = re.compile(r"(?:on\s+|last\s+)?(?P<day>mon|tue|wed|thu|fri|sat|sun)(?:\w*day|s|r|rs)?")
_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_YEAR = re.compile(r"\d{4}|\.\d{2}$")
_DAYS = {"day": 1, "week": 7}


def read_past_day(text: str, now: datetime) -> date | None:
    """The last such day up to today; None for what is none. A day to come is told as it is, if its year says so."""
    words, today = " ".join(text.casefold().split()), now.date()
    if words == "yesterday":
        return today - timedelta(days=1)
    if found := _AGO.fullmatch(words):
        number = _NUMBERS.get(found["n"]) or int(found["n"])
        return today - timedelta(days=number * _DAYS[found["unit"]])
    if found := _WEEKDAY.fullmatch(words):
        back = (today.weekday() - _NAMES.index(found["day"])) % 7
        return today - timedelta(days=back or 7)
    day = _read(text.strip(), now)
    if day is None or day <= today or _YEAR.search(words) or not _is_fixed(text.strip(), day, now):
        return day
    return _read(text.strip(), now - timedelta(days=365))


def known_moment(day: date, now: datetime) -> datetime:
    """When something was known of which only the day is said: at its noon, so that no zone makes another day of it;
    of today, now at the latest."""
    return min(datetime(day.year, day.month, day.day, 12, tzinfo=now.tzinfo), now)


def _is_fixed(words: str, day: date, now: datetime) -> bool:
    """Whether it is a day of every year ("5 May") and none from now on ("in 3 weeks")."""
    return any(letter.isdecimal() for letter in words) and _read(words, now + timedelta(days=1)) == day


def _read(words: str, now: datetime) -> date | None:
    found = find_moments(words, now)
    if len(found) != 1 or found[0].end - found[0].start < len(words):
        return None
    due = found[0].due
    return due.date() if isinstance(due, datetime) else due
