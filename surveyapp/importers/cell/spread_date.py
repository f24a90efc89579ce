"""Dates whose year, month and day stand in columns of their own: what each cell says, and what they say together."""

from __future__ import annotations

import math
import re
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from surveyapp.domain.column import Value
from surveyapp.domain.question import DatePart, Kind, Question
from surveyapp.importers.cell.century import century
from surveyapp.importers.cell.part_date import Days, named_months, read_days

Span = tuple[int, int]
"""The first and the last number that a part may be: (4, 6) for the second quarter."""

UNREAD: Span = (0, -1)
"""What somebody gave that is no such part."""

_ORDINAL = re.compile(r"^0?(\d{1,2})(?:\.|st|nd|rd|th)?$", re.IGNORECASE)
_NUMBERED = re.compile(r"^0?(\d{1,2})\s*(?:[-–:.)=(]\s*|\s)\(?(?P<words>[^\W\d_].*?)\)?$")
_TWO_DIGITS = re.compile(r"^['’]?(\d{2})$")
_YEARS = (1000, 2999)
_LAST = {DatePart.MONTH: 12, DatePart.DAY: 31}


@dataclass(frozen=True, slots=True, kw_only=True)
class PartColumn:
    """One part: `spans[index[i]]` is what the i-th person said, None for nothing."""

    spans: Sequence[Span | None]
    index: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the parts of one person say together: the days it may be, None without a year. `impossible`: there is no
    such day, or a part is not understood. `parts` is how many of them were given."""

    days: Days | None
    impossible: bool
    parts: int


def part_span(question: Question, value: Value) -> Span | None:
    """What an answer says as the question's part of a date; UNREAD if it is none, None for no answer."""
    if value is None or isinstance(value, tuple):
        return None
    if question.kind in (Kind.SINGLE, Kind.SCALE):
        return _of_choice(question, int(value)) if isinstance(value, int) else UNREAD
    if isinstance(value, str):
        return _of_text(question.part, value)
    low, high = math.floor(value), math.ceil(value)  # a year that was a range may lie between two
    if low != high and question.part is not DatePart.YEAR:
        return UNREAD
    return (low, high) if _possible(question.part, low) and _possible(question.part, high) else UNREAD


def _possible(part: DatePart, number: int) -> bool:
    if part is DatePart.YEAR:
        return 0 <= number <= 99 or _YEARS[0] <= number <= _YEARS[1]
    return 1 <= number <= _LAST.get(part, 0)


def _of_choice(question: Question, code: int) -> Span:
    choice = question.choice(code)
    if choice is None:
        return UNREAD
    told = next((span for text in choice.texts if (span := _of_text(question.part, text)) != UNREAD), UNREAD)
    if told == UNREAD and question.part is DatePart.MONTH and [one.code for one in question.choices] == [*range(1, 13)]:
        return code, code  # twelve in order, in whatever language
    return told


def _of_text(part: DatePart, text: str) -> Span:
    plain = " ".join(text.split())
    if part is DatePart.YEAR:
        if match := _TWO_DIGITS.match(plain):
            return int(match[1]), int(match[1])
        days = read_days(plain)
        return (days[0].year, days[1].year) if days else UNREAD
    if match := _ORDINAL.match(plain):
        number = int(match[1])
        return (number, number) if _possible(part, number) else UNREAD
    if part is not DatePart.MONTH:
        return UNREAD
    match = _NUMBERED.match(plain)
    return named_months(match["words"] if match else plain) or UNREAD


def join_parts(parts: Mapping[DatePart, PartColumn]) -> tuple[list[Told], NDArray[np.int64]]:
    """What each different combination says, and which one is each person's, shape (n,). `parts` has a year."""
    keys = np.stack([column.index for column in parts.values()])
    different, inverse = np.unique(keys, axis=1, return_inverse=True)
    whole = century({year for span in parts[DatePart.YEAR].spans if span and span != UNREAD for year in span})
    told = []
    for combination in different.T.tolist():
        spans = {part: column.spans[place] for (part, column), place in zip(parts.items(), combination, strict=True)}
        told.append(_join(spans, whole))
    return told, inverse.reshape(-1).astype(np.int64)


def _join(spans: Mapping[DatePart, Span | None], whole: Callable[[int], int]) -> Told:
    given = sum(span is not None for span in spans.values())
    years, months, days = (spans.get(part) for part in (DatePart.YEAR, DatePart.MONTH, DatePart.DAY))
    if UNREAD in (years, months, days):
        return Told(days=None, impossible=True, parts=given)
    if years is None:
        return Told(days=None, impossible=False, parts=given)
    first, last = whole(years[0]), whole(years[1])
    if first != last or months is None or months[0] != months[1]:  # of which month the day is, is not known
        low, high = months if months is not None and first == last else (1, 12)
        return Told(days=(date(first, low, 1), _last(last, high)), impossible=False, parts=given)
    if days is None:
        return Told(days=(date(first, months[0], 1), _last(first, months[0])), impossible=False, parts=given)
    if days[0] > _last(first, months[0]).day:
        return Told(days=None, impossible=True, parts=given)
    day = date(first, months[0], days[0])
    return Told(days=(day, day), impossible=False, parts=given)


def _last(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
