"""The phrases for a day or a stretch of days, each with what it means. English only."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from surveyapp.services.prediction.when.period import (
    Period,
    day,
    month_of,
    months_on,
    next_day,
    next_of_month,
    quarter_of,
    season_of,
    week_of,
    year_of,
)

_NAMES = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
MONTH_NAMES = tuple(name.capitalize() for name in _NAMES)
_MONTHS = {name[:size]: number for number, name in enumerate(_NAMES, 1) for size in (3, len(name))} | {"sept": 9}
_DAY_NAMES = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_WEEKDAYS = {name[:size]: number for number, name in enumerate(_DAY_NAMES) for size in (3, len(name))}
_WEEKDAYS |= {"tues": 1, "thur": 3, "thurs": 3}
_SMALL = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_COUNTS = {word: number for number, word in enumerate(_SMALL)}
_COUNTS |= {"a": 1, "an": 1, "a couple of": 2, "couple of": 2}
_HOLIDAYS = {
    "new year's eve": (12, 31),
    "new years eve": (12, 31),
    "new year's day": (1, 1),
    "new year's": (1, 1),
    "new year": (1, 1),
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "christmas": (12, 25),
    "halloween": (10, 31),
}


def _any(words: dict[str, int] | dict[str, tuple[int, int]]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_MONTH = rf"(?P<month>{_any(_MONTHS)})\b\.?"
_YEAR = r"(?:,?\s+(?P<year>(?:19|20|21)\d\d)\b)?"
_NUMBER = r"(?P<day>\d{1,2})"
_COUNT = rf"(?P<count>\d{{1,4}}|{_any(_COUNTS)}|half\s+an?)"
_UNIT = r"(?P<unit>day|week|fortnight|month|year)s?"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A pattern and its meaning on a given day (ValueError: none). `bare`: it is a date without a word before it.

    `relative`: it already says by when ("in 3 weeks"), so that "by" before it changes nothing. `past`: it has been
    ("yesterday"), and is a date only where "by" or "before" makes it a deadline.
    """

    pattern: str
    read: Callable[[re.Match[str], date], Period]
    bare: bool = True
    relative: bool = False
    past: bool = False


def _of_month(found: re.Match[str], today: date) -> Period:
    number, month = int(found["day"]), _MONTHS[found["month"].lower()]
    if found["year"]:
        return day(date(int(found["year"]), month, number), exact=True)
    return day(next_day(month, number, today))


def _iso(found: re.Match[str], _today: date) -> Period:
    return day(date(int(found["year"]), int(found["month"]), int(found["day"])), exact=True)


def _dotted(found: re.Match[str], today: date) -> Period:
    first, second = int(found["day"]), int(found["month"])
    if found["mark"] == "/" and second > 12:
        first, second = second, first
    if not found["year"]:
        return day(next_day(second, first, today))
    year = int(found["year"])
    return day(date(year + 2000 if year < 100 else year, second, first), exact=True)


def _near(found: re.Match[str], today: date) -> Period:
    word = found["word"].lower()
    after = 2 if word.startswith("the day") else 1 if word.startswith("tomorrow") else 0
    return day(today + timedelta(days=after))


def _count(word: str) -> float:
    word = " ".join(word.lower().split())
    return 0.5 if word.startswith("half") else float(word) if word[0].isdecimal() else _COUNTS[word]


def _on(today: date, count: float, unit: str) -> date:
    if unit in ("month", "year"):
        return months_on(today, round(count * (12 if unit == "year" else 1)))
    return today + timedelta(days=round(count * {"day": 1, "week": 7, "fortnight": 14}[unit]))


def _later(found: re.Match[str], today: date) -> Period:
    return day(_on(today, _count(found["count"]), found["unit"].lower()))


def _weekday(found: re.Match[str], today: date) -> Period:
    number, which = _WEEKDAYS[found["weekday"].lower()], (found["which"] or "").lower().strip()
    if which == "next":
        return day(week_of(today).last + timedelta(days=1 + number))
    ahead = (number - today.weekday()) % 7
    return day(today + timedelta(days=ahead or (0 if which == "this" else 7)))


def _span(found: re.Match[str], today: date) -> Period:
    return _named(found["which"].lower().split()[0], found["span"].lower(), today)


def _after_next(found: re.Match[str], today: date) -> Period:
    name = found["span"].lower()
    return _named("next", name, _on(today, 1, name).replace(day=1) if name != "week" else today + timedelta(days=7))


def _named(which: str, name: str, today: date) -> Period:
    after = which in ("next", "coming")
    if name in ("week", "weekend"):
        week = week_of(today + timedelta(days=7 * after))
        return week if name == "week" else Period(week.last - timedelta(days=1), week.last)
    if name == "month":
        month = months_on(today.replace(day=1), int(after))
        return month_of(month.year, month.month)
    if name == "quarter":
        month = months_on(today.replace(day=1), 3 * after)
        return quarter_of(month.year, (month.month + 2) // 3)
    if name == "year":
        return year_of(today.year + after)
    return _season(name, None, today)


def _season(name: str, year: str | None, today: date) -> Period:
    if year:
        return season_of(name, int(year), exact=True)
    ahead = (season_of(name, today.year + step) for step in (-1, 0, 1))
    return next(one for one in ahead if one.last >= today)


def _month(found: re.Match[str], today: date) -> Period:
    month = _MONTHS[found["month"].lower()]
    if found["year"]:
        return month_of(int(found["year"]), month, exact=True)
    return month_of(today.year + (month < today.month), month)


def _middle(found: re.Match[str], today: date) -> Period:
    period = _month(found, today)
    return day(period.first.replace(day=15), exact=period.exact)


def _quarter(found: re.Match[str], today: date) -> Period:
    quarter = int(found["quarter"])
    if found["year"]:
        return quarter_of(int(found["year"]), quarter, exact=True)
    return quarter_of(today.year + (quarter * 3 < today.month), quarter)


def _year(found: re.Match[str], today: date) -> Period:
    if not today.year <= int(found["year"]) <= today.year + 100:
        raise ValueError("more likely a number than a year")
    return year_of(int(found["year"]), exact=True)


def _holiday(found: re.Match[str], today: date) -> Period:
    month, number = _HOLIDAYS[" ".join(found["holiday"].lower().replace("’", "'").split())]
    if found["year"]:
        return day(date(int(found["year"]), month, number), exact=True)
    return day(next_day(month, number, today))


def _short_end(found: re.Match[str], today: date) -> Period:
    name = {"d": "day", "w": "week", "m": "month", "y": "year"}[found["short"].lower()]
    return day(today) if name == "day" else day(_named("this", name, today).last)


def _span_end(found: re.Match[str], today: date) -> Period:
    name = found["span"].lower()
    return day(today) if name == "day" else day(_named((found["which"] or "this").lower(), name, today).last)


def _end_of(read: Callable[[re.Match[str], date], Period]) -> Callable[[re.Match[str], date], Period]:
    def end(found: re.Match[str], today: date) -> Period:
        period = read(found, today)
        return day(period.last, exact=period.exact)

    return end


def _yesterday(found: re.Match[str], today: date) -> Period:
    return day(today - timedelta(days=2 if found["word"].lower().startswith("the") else 1))


def _ago(found: re.Match[str], today: date) -> Period:
    return day(_on(today, -_count(found["count"]), found["unit"].lower()))


def _last(found: re.Match[str], today: date) -> Period:
    if found["weekday"]:
        return day(today - timedelta(days=(today.weekday() - _WEEKDAYS[found["weekday"].lower()]) % 7 or 7))
    name = found["span"].lower()
    if name in ("week", "weekend"):
        return _named("this", name, today - timedelta(days=7))
    if name == "year":
        return year_of(today.year - 1)
    return _named("this", name, today.replace(day=1) - timedelta(days=1))


_SPANS = r"(?P<span>week|weekend|month|quarter|year|spring|summer|autumn|fall|winter)"
_END = r"(?:the\s+)?end\s+of\s+(?:the\s+)?"
_QUARTER = r"q(?P<quarter>[1-4])\b(?:\s+(?P<year>20\d\d)\b)?"
_PLAIN_YEAR = r"(?P<year>20\d\d)\b(?![-:/.,]\d|\s*%)"
_SOURCE: tuple[Phrase, ...] = (
    Phrase(r"(?P<year>(?:19|20|21)\d\d)[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})\b", _iso),
    Phrase(rf"{_NUMBER}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}{_YEAR}", _of_month),
    Phrase(rf"{_MONTH}\s+(?:the\s+)?{_NUMBER}(?:st|nd|rd|th)?\b(?![:%.]\d|\s*%){_YEAR}", _of_month),
    Phrase(rf"{_NUMBER}(?P<mark>[./])(?P<month>\d{{1,2}})(?P=mark)(?P<year>(?:20)?\d\d)\b", _dotted),
    Phrase(rf"{_NUMBER}(?P<mark>\.)(?P<month>\d{{1,2}})\.(?P<year>(?!))?", _dotted, bare=False),
    Phrase(rf"{_NUMBER}(?P<mark>/)(?P<month>\d{{1,2}})\b(?P<year>(?!))?", _dotted, bare=False),
    Phrase(r"(?P<word>the\s+day\s+after\s+tomorrow|today|tonight|tomorrow(?:\s+night)?)\b", _near),
    Phrase(r"(?P<word>the\s+day\s+before\s+yesterday|yesterday)\b(?:\s+(?:night|evening))?", _yesterday, past=True),
    Phrase(
        rf"(?:last|past)\s+(?:(?P<weekday>{_any(_WEEKDAYS)})|(?P<span>week|weekend|month|year))\b", _last, past=True
    ),
    Phrase(rf"{_COUNT}\s+{_UNIT}\s+ago\b", _ago, past=True),
    Phrase(r"the\s+(?P<span>week|month|year)\s+after\s+next\b", _after_next),
    Phrase(rf"{_COUNT}\s+{_UNIT}\s+from\s+(?:now|today)\b", _later, relative=True),
    Phrase(rf"(?:in|within)\s+(?:the\s+next\s+)?{_COUNT}\s+{_UNIT}(?:[’']?\s+time)?\b", _later, relative=True),
    Phrase(r"eo(?P<short>[dwmy])\b", _short_end, relative=True),
    Phrase(
        rf"{_END}(?:(?P<which>this|next|coming)\s+)?(?P<span>day|week|month|quarter|year)\b", _span_end, relative=True
    ),
    Phrase(rf"{_END}{_MONTH}{_YEAR}", _end_of(_month), relative=True),
    Phrase(rf"{_END}{_QUARTER}", _end_of(_quarter), relative=True),
    Phrase(rf"{_END}{_PLAIN_YEAR}", _end_of(_year), relative=True),
    Phrase(rf"mid[- ]{_MONTH}{_YEAR}", _middle),
    Phrase(rf"(?P<which>this|next|coming|the\s+coming)\s+{_SPANS}\b", _span),
    Phrase(r"(?P<which>the)\s+(?P<span>weekend)\b", _span, bare=False),
    Phrase(
        rf"(?P<which>(?:this|next|coming)\s+)?(?P<weekday>{_any(_WEEKDAYS)})\b(?:\s+(?:night|evening))?",
        _weekday,
        bare=False,
    ),
    Phrase(rf"(?P<holiday>{_any(_HOLIDAYS).replace(chr(39), '[’' + chr(39) + ']')})\b{_YEAR}", _holiday, bare=False),
    Phrase(
        r"(?P<span>spring|summer|autumn|fall|winter)\b" + _YEAR,
        lambda found, today: _season(found["span"].lower(), found["year"], today),
        bare=False,
    ),
    Phrase(r"q(?P<quarter>[1-4])\b(?:\s+(?P<year>20\d\d)\b)?", _quarter, bare=False),
    Phrase(
        r"the\s+(?P<day>\d{1,2})(?:st|nd|rd|th)\b(?!\s+\w)",
        lambda found, today: day(next_of_month(int(found["day"]), today)),
        bare=False,
    ),
    Phrase(rf"{_MONTH}{_YEAR}", _month, bare=False),
    Phrase(_PLAIN_YEAR, _year, bare=False),
)
FIRST_WORDS = frozenset(
    (
        *_MONTHS,
        *_WEEKDAYS,
        *(word.split()[0] for word in (*_COUNTS, *_HOLIDAYS)),
        *(
            "half",
            "couple",
            "the",
            "today",
            "tonight",
            "tomorrow",
            "yesterday",
            "last",
            "past",
            "in",
            "within",
            "end",
            "eod",
            "eow",
            "eom",
            "eoy",
        ),
        *("mid", "this", "next", "coming", "spring", "summer", "autumn", "fall", "winter", "q1", "q2", "q3", "q4"),
    )
)
"""What a phrase that does not begin with a digit begins with."""
PHRASES = tuple((re.compile(one.pattern, re.IGNORECASE), one) for one in _SOURCE)
"""In the order in which they are tried at one place; the first that has a meaning holds."""
