"""Dates told in part ("May 2013", "late 2011", "2012/13"): the days they may mean, or the year where one was asked."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from surveyapp.domain.question import RangeRule
from surveyapp.importers.cell.moment import month_number, read_moment

_YEAR = r"(?P<year>1[5-9]\d{2}|2[01]\d{2})"
_TAIL = r"(?:\s?(?:г\.?|года?))?\s*\??$"
_WORDED = re.compile(
    rf"^(?:~|ca?\.?|circa|about|around|in|im|в)?\s*(?P<words>[^\W\d_][^\d]{{1,24}}?)[\s,.-]+{_YEAR}{_TAIL}",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(rf"^(?P<month>\d{{1,2}})[/.]{_YEAR}$")
_YEAR_FIRST = re.compile(rf"^{_YEAR}[-/.](?P<month>\d{{1,2}})$")
_ALONE = re.compile(rf"^(?:~|≈|ca?\.?|circa|about|around|in|im|в)?\s*{_YEAR}{_TAIL}", re.IGNORECASE)
_BOTH = re.compile(rf"^{_YEAR}\s*[-–/]\s*(?P<last>\d{{4}}|\d{{2}})\s*\??$")
_DECADE = re.compile(r"^(?P<tens>1[89]\d|20\d)(?:\?|x|0'?s)$", re.IGNORECASE)
_PARTS: dict[str, tuple[int, int]] = {
    **dict.fromkeys(("early", "beginning of", "start of", "the beginning of", "anfang", "начало"), (1, 4)),
    **dict.fromkeys(("mid", "middle of", "the middle of", "mitte", "середина"), (5, 8)),
    **dict.fromkeys(("late", "end of", "the end of", "ende", "конец"), (9, 12)),
    **dict.fromkeys(("spring", "spring of", "frühling", "весна"), (3, 5)),
    **dict.fromkeys(("summer", "summer of", "sommer", "лето", "летом"), (6, 8)),
    **dict.fromkeys(("autumn", "fall", "autumn of", "fall of", "herbst", "осень", "осенью"), (9, 11)),
}


def read_days(text: str) -> tuple[date, date] | None:
    """The first and the last day that a part of a date may mean, None for anything else (whole dates included)."""
    plain = " ".join(text.split())
    if len(plain) > 45:
        return None
    if match := _WORDED.match(plain):
        words = match["words"].casefold().strip(" .,-")
        month = month_number(words.removesuffix(" of"))
        months = (month, month) if month else _PARTS.get(words)
        if months:
            return _months(int(match["year"]), *months)
    for pattern in (_MONTH_FIRST, _YEAR_FIRST):
        if (match := pattern.match(plain)) and 1 <= int(match["month"]) <= 12:
            return _months(int(match["year"]), int(match["month"]), int(match["month"]))
    if match := _ALONE.match(plain):
        return _months(int(match["year"]), 1, 12)
    return _years(plain)


def _years(plain: str) -> tuple[date, date] | None:
    if match := _BOTH.match(plain):
        first, last = int(match["year"]), match["last"]
        year = int(last) if len(last) == 4 else 100 * (first // 100) + int(last)
        return (date(first, 1, 1), date(year, 12, 31)) if first < year <= 2999 else None
    if match := _DECADE.match(plain):
        return date(10 * int(match["tens"]), 1, 1), date(10 * int(match["tens"]) + 9, 12, 31)
    return None


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def read_day(text: str, rule: RangeRule) -> str | None:
    """The day that a part of a date counts as by the rule, ISO 8601; None without a rule or for no part of a date."""
    days = read_days(text) if rule is not RangeRule.UNREAD else None
    if days is None:
        return None
    first, last = days
    middle = date.fromordinal((first.toordinal() + last.toordinal()) // 2)
    return {RangeRule.LOW: first, RangeRule.MIDDLE: middle, RangeRule.HIGH: last}[rule].isoformat()


def read_year(text: str) -> float | None:
    """The year of a date or a part of one, where a year was asked: 2011 for "late 2011"; None if it is not just one."""
    days = read_days(text)
    if days is not None:
        return float(days[0].year) if days[0].year == days[1].year else None
    moment = read_moment(text)
    return float(moment[:4]) if moment else None
