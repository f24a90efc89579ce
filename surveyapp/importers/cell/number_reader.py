"""The numbers of one column by its codebook entry: unit, currency, ranges, limits, bounds."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from functools import cached_property

from surveyapp.domain.column import Entry
from surveyapp.domain.question import DatePart, Kind, Missing, Question
from surveyapp.importers.cell.century import century
from surveyapp.importers.cell.number import TextNumbers, read_numbers
from surveyapp.importers.cell.part_date import read_year
from surveyapp.importers.cell.probability import read_share
from surveyapp.importers.cell.quantity import conversion, own_unit
from surveyapp.importers.cell.typed import Typed, read_typed

_BARE = re.compile(r"^[-+]?[\d.,\s]+(?:[eE][-+]?\d+)?$")
_YEAR_WORDS = re.compile(r"\byear\b(?!s)|\bwhen\b|\bsince\b|\bdate\b|\bгод\b|\bjahr\b", re.IGNORECASE)
_YEARS = (1500, 2200)
_SHARE_OF_YEARS = 0.6


def bounds(question: Question) -> tuple[float | None, float | None]:
    """Lowest and highest possible number; probabilities have theirs by nature."""
    if question.kind is Kind.PROBABILITY:
        return 0.0, 100.0 if question.percent else 1.0
    return question.low, question.high


def asks_year(question: Question) -> bool:
    """Whether its words ask for a calendar year; the answers must look like years too."""
    return _YEAR_WORDS.search(f"{question.column} {question.text}") is not None


def number_reader(question: Question, cells: Sequence[str], numbers: TextNumbers | None) -> Callable[[str, str], Entry]:
    """The function that reads one cell of a number or probability. `numbers`: see reading.read_texts."""
    value_of = value_reader(question, cells, numbers)
    if question.part is DatePart.YEAR:
        value_of = _whole_years(value_of, cells)
    low, high = bounds(question)
    factor = question.unit_factor if high is not None else 0.0

    def read(raw: str, cell: str) -> Entry:
        value = value_of(cell)
        if value is None:
            return Entry(raw, None, missing=Missing.UNREADABLE)
        if factor and high is not None and value > high:
            value /= factor
        if (low is not None and value < low) or (high is not None and value > high):
            return Entry(raw=raw, value=None, missing=Missing.OUT_OF_RANGE)
        return Entry(raw, value)

    return read


def _whole_years(value_of: Callable[[str], float | None], cells: Sequence[str]) -> Callable[[str], float | None]:
    """The same with the century of years of two digits."""
    years = (value_of(cell) for cell in cells if cell)
    whole = century(int(year) for year in years if year is not None and _YEARS[0] <= year <= _YEARS[1])

    def year_of(cell: str) -> float | None:
        value = value_of(cell)
        short = value is not None and 0 <= value <= 99 and value.is_integer()
        return float(whole(int(value))) if short and value is not None else value

    return year_of


def value_reader(
    question: Question, cells: Sequence[str], numbers: TextNumbers | None
) -> Callable[[str], float | None]:
    """The function that gives the number of a cleaned cell in the unit of the column, None for what is not read.

    Bounds and the rule for smaller units (Question.unit_factor) are not applied.
    """
    if numbers is None or any(cell and cell not in numbers for cell in cells):
        different = dict.fromkeys(cells)
        different.pop("", None)
        numbers = read_numbers(different)
    known = numbers
    dressed = _Dressed(question, known)

    def value_of(cell: str) -> float | None:
        value = known[cell]
        if value is not None and (cell.isdigit() or _BARE.match(cell)):
            return value
        return dressed.value(cell)

    return value_of


class _Dressed:
    """Reads what is more than digits; what it needs to know of the column is found out when a cell asks for it."""

    def __init__(self, question: Question, numbers: TextNumbers) -> None:
        self._question = question
        self._numbers = numbers
        self._own = own_unit(question)
        self._factors: dict[tuple[str, str, str, bool], float | None] = {}

    def value(self, cell: str) -> float | None:
        question = self._question
        if question.kind is Kind.PROBABILITY and (share := read_share(cell)) is not None:
            return 100 * share if question.percent else share
        typed = read_typed(cell, decimal=self._numbers.decimal)
        if typed is None:
            return read_year(cell) if self._years else None
        if typed.fraction and self._whole:
            return None  # where all others count whole things, 1/2 may be "one or two"
        factor = self._factor(typed)
        number = typed.chosen(question.ranges, limits=question.limits)
        if factor is None or number is None:
            return None
        if question.kind is Kind.PROBABILITY and typed.percent and not question.percent:
            factor /= 100
        value = number * factor
        return value if math.isfinite(value) else None

    def _factor(self, typed: Typed) -> float | None:
        """The conversion to the column's unit, found out once for each unit."""
        said = (typed.currency, typed.unit, typed.per, typed.percent)
        if said not in self._factors:
            self._factors[said] = conversion(typed, self._own, self._question.rates)
        return self._factors[said]

    @cached_property
    def _values(self) -> list[float]:
        """The numbers of the column, fractions aside."""
        return [value for cell, value in self._numbers.items() if value is not None and "/" not in cell]

    @cached_property
    def _whole(self) -> bool:
        """Whether all of them are whole."""
        return bool(self._values) and all(map(float.is_integer, self._values))

    @cached_property
    def _years(self) -> bool:
        """Whether they are years."""
        if not self._values or not asks_year(self._question):
            return False
        years = sum(_YEARS[0] <= value <= _YEARS[1] for value in self._values)
        return years >= _SHARE_OF_YEARS * len(self._values)
