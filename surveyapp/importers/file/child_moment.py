"""Dates of statistics programs, stored as counts, to ISO 8601. For the child process: the standard library only."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

_SPSS_START = datetime(1582, 10, 14)  # noqa: DTZ001 (the files know no zone)
_STATA_START = datetime(1960, 1, 1)  # noqa: DTZ001
_SPSS_DATES = ("DATE", "ADATE", "EDATE", "JDATE", "SDATE", "QYR", "MOYR", "WKYR", "DATETIME", "YMDHMS")
_SPSS_DURATIONS = ("TIME", "DTIME", "MTIME")

Moment = Callable[[float], str]
"""A stored number as text. Raises OverflowError or ValueError for a number that is no date of years 1 to 9999."""


def spss_moment(variable_format: str) -> tuple[str, Moment] | None:
    """ "date" or "duration" and how its numbers (seconds since 14 October 1582) read; None for ordinary numbers.

    https://www.gnu.org/software/pspp/manual/html_node/Time-and-Date-Formats.html
    """
    name = re.match(r"[A-Z]*", variable_format.upper())
    word = name[0] if name else ""
    if word in _SPSS_DATES:
        return "date", lambda value: _iso(_SPSS_START + timedelta(seconds=value))
    return ("duration", clock_text) if word in _SPSS_DURATIONS else None


def stata_moment(variable_format: str) -> tuple[str, Moment] | None:
    """The same for Stata, whose counts of days, months ... or milliseconds start in 1960; a period reads as its first
    day. %tC counts leap seconds, which are up to half a minute today: those are left numbers.

    https://www.stata.com/manuals/ddatetime.pdf
    """
    match = re.match(r"%-?(?:t([cdwmqhy])|(d))", variable_format)
    if match is None or match[1] == "y":
        return None
    unit = match[1] or "d"
    if unit == "c":
        return "date", lambda value: _iso(_STATA_START + timedelta(milliseconds=value))
    if unit == "d":
        return "date", lambda value: _iso(_STATA_START + timedelta(days=value))
    if unit == "w":
        return "date", _week
    months = {"m": 1, "q": 3, "h": 6}[unit]
    return "date", lambda value: _month(value, months)


def _iso(moment: datetime) -> str:
    if (moment.hour, moment.minute, moment.second, moment.microsecond) == (0, 0, 0, 0):
        return moment.date().isoformat()
    return moment.isoformat(sep=" ")


def _week(value: float) -> str:
    years, weeks = divmod(int(value), 52)  # Stata's years all have 52 weeks, the last one longer
    return (date(1960 + years, 1, 1) + timedelta(days=7 * weeks)).isoformat()


def _month(value: float, months: int) -> str:
    years, month = divmod(int(value) * months, 12)
    return date(1960 + years, month + 1, 1).isoformat()


def clock_text(value: float) -> str:
    """ "26:05:09" for 93909 seconds; tenths as far as they are stored."""
    sign, total = ("-" if value < 0 else ""), round(abs(value), 6)
    hours, rest = divmod(total, 3600)
    minutes, seconds = divmod(rest, 60)
    fraction = f"{seconds % 1:.6f}".rstrip("0")[1:].rstrip(".")
    return f"{sign}{int(hours):02d}:{int(minutes):02d}:{int(seconds):02d}{fraction}"
