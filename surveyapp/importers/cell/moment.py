"""Dates and times as forms and people write them, to ISO 8601 local time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

_CLOCK = (
    r"(?:[T ,]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{1,2})(?P<fraction>\.\d+)?)?"
    r"\s*(?P<half>[AaPp]\.?\s?[Mm]\.?)?\s*(?P<zone>Z|(?:GMT|UTC)?\s?[+-]\d{1,2}:?\d{0,2}|[A-Z]{3,5})?)?"
)
_YEAR_FIRST = re.compile(rf"^(?P<year>\d{{4}})(?P<sign>[-/.])(?P<a>\d{{1,2}})(?P=sign)(?P<b>\d{{1,2}}){_CLOCK}$")
_YEAR_LAST = re.compile(rf"^(?P<a>\d{{1,2}})(?P<sign>[-/.])(?P<b>\d{{1,2}})(?P=sign)(?P<year>\d{{4}}|\d{{2}}){_CLOCK}$")
_WEEKDAY = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},?\s+)?"
_DAY_MONTH = re.compile(
    rf"^{_WEEKDAY}(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th)?(?:\s+|-)(?:of\s+)?(?P<month>[^\W\d_]{{3,9}})\.?,?(?:\s+|-)"
    rf"(?P<year>\d{{4}})(?:\s?(?:г\.?|года))?{_CLOCK}$"
)
_MONTH_DAY = re.compile(
    rf"^{_WEEKDAY}(?P<month>[^\W\d_]{{3,9}})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}){_CLOCK}$"
)
_ISO = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]((?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9])(?:\.[0-9]{1,20})?)?\Z"
)
_MONTHS = (
    ("january", "januar", "jänner", "январь", "января"),
    ("february", "februar", "февраль", "февраля"),
    ("march", "märz", "mrz", "март", "марта"),
    ("april", "апрель", "апреля"),
    ("may", "mai", "май", "мая"),
    ("june", "juni", "июнь", "июня"),
    ("july", "juli", "июль", "июля"),
    ("august", "август", "августа"),
    ("september", "сентябрь", "сентября"),
    ("october", "oktober", "октябрь", "октября"),
    ("november", "ноябрь", "ноября"),
    ("december", "dezember", "декабрь", "декабря"),
)
_BY_NAME = {
    name[:length]: n for n, names in enumerate(_MONTHS, 1) for name in names for length in range(3, len(name) + 1)
}
"""Every name from its first three letters on, whole or cut short, to its number."""


def day_first(texts: Iterable[str]) -> bool:
    """Whether "3/4/2026" is the third of April here: some first part is above 12, or no second part is and the
    parts are joined by full stops. Undecided columns read month first with "/", as US forms write them."""
    dotted = False
    for text in texts:
        if text[:3].isdigit():  # the year comes first
            continue
        if match := _YEAR_LAST.match(text.strip()):
            if int(match["a"]) > 12:
                return True
            if int(match["b"]) > 12:
                return False
            dotted = dotted or match["sign"] == "."
    return dotted


def month_number(word: str) -> int:
    """Which month a name means, in English, German or Russian, whole or its first three letters or more; 0 = none."""
    return _BY_NAME.get(word.casefold().rstrip("."), 0)


def read_moment(text: str, *, day_first: bool = False) -> str | None:
    """ "2026-11-01" or "2026-11-01T09:30:00"; None for what is no date. A zone is dropped: the time is as written."""
    plain = text.strip()
    if match := _ISO.match(plain):  # most of all: fifteen times as fast
        day, clock = match.groups()
        if not _is_day(day):
            return None
        return f"{day}T{clock}" if clock else day
    if not 6 <= len(plain) <= 45 or not any(map(str.isdigit, plain)):
        return None
    for pattern in (_YEAR_FIRST, _YEAR_LAST, _DAY_MONTH, _MONTH_DAY):
        if match := pattern.match(plain):
            try:
                return _iso(match, day_first)
            except ValueError:  # a 30th of February, a 25th hour
                return None
    return None


@lru_cache(maxsize=4096)
def _is_day(day: str) -> bool:
    """Whether there is such a day: no 30th of February. A census has thousands of moments on few days."""
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


def _iso(match: re.Match[str], day_first: bool) -> str:
    parts = match.groupdict()
    year = int(parts["year"])
    if len(parts["year"] or "") == 2:
        year += 2000 if year < 70 else 1900
    if word := parts.get("month"):
        month, day = _BY_NAME.get(word.lower(), 0), int(parts["day"])  # no month 0: ValueError below
    else:
        month, day = int(parts["a"]), int(parts["b"])
        if match.re is _YEAR_LAST and day_first:
            month, day = day, month
    if parts["hour"] is None:
        return date(year, month, day).isoformat()
    return datetime(  # noqa: DTZ001 (local time, as written)
        year, month, day, _hour(parts), int(parts["minute"]), int(parts["second"] or 0)
    ).isoformat()


def _hour(parts: dict[str, str | None]) -> int:
    hour, half = int(parts["hour"] or 0), (parts["half"] or "").lower()
    if not half:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError
    return hour % 12 + (12 if half.startswith("p") else 0)
