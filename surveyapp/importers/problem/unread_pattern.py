"""Why a cell was not read: which of a few patterns it has. For numbers, dates and steps of a scale."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from surveyapp.domain.question import Kind, Question
from surveyapp.importers.cell import lexicon
from surveyapp.importers.cell.currency import named_currency
from surveyapp.importers.cell.digits import decimal_sign
from surveyapp.importers.cell.moment import read_moment
from surveyapp.importers.cell.no_answer import declines, knows_nothing
from surveyapp.importers.cell.part_date import read_days
from surveyapp.importers.cell.probability import read_epsilon, read_odds
from surveyapp.importers.cell.quantity import Own, conversion, foreign, own_unit
from surveyapp.importers.cell.typed import Typed, read_typed
from surveyapp.importers.cell.wording import clean, fold


class Pattern(StrEnum):
    """The groups, in the order they are shown."""

    FOREIGN = "foreign"
    UNIT = "unit"
    RANGE = "range"
    LIMIT = "limit"
    PART_DATE = "part_date"
    NOTE = "note"
    EPSILON = "epsilon"
    ODDS = "odds"
    LETTER_O = "letter_o"
    PERCENT = "percent"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    NOTHING = "nothing"
    LINK = "link"
    SIGNS = "signs"
    WORDS = "words"
    SENTENCE = "sentence"
    OTHER = "other"


_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
_LETTER_O = re.compile(r"^[oO]$|^\d*[oO]+\d+[oO\d]*$|^\d+[oO]+$")
_NOTE = re.compile(
    r"^(?P<number>.{1,40}?)\s*(?:[(\[;]|,\s|\.\s|\s[-–—]\s|\s(?=[^\W\d_]{2,}))(?P<note>.*[^\W\d_].*)$", re.DOTALL
)
_BEFORE_NOTE = re.compile(r"\s*[(\[;,]|\.\s|\s+[-–—]\s|\s+(?=[^\W\d_]{2,})")
_TRIED = 8
_SENTENCE = 4


@dataclass(frozen=True, slots=True)
class Reason:
    """The pattern of a cell. `detail` is the foreign currency or unit; `becomes` the number it stands for if a person
    agrees ("" = none)."""

    pattern: Pattern
    detail: str = ""
    becomes: str = ""


class Judge:
    """Sorts the unread cells of one column."""

    def __init__(self, question: Question, cells: Sequence[str]) -> None:
        self._question = question
        self._own: Own = own_unit(question)
        self._decimal = decimal_sign(cell for cell in cells if cell)
        self._zeros = "0" in cells
        self._instead = {clean(one.text): clean(one.becomes) for one in question.replacements}

    def reason(self, cell: str) -> Reason:
        """Why that cleaned cell, or what is read in its place, is not read."""
        cell = self._instead.get(cell, cell)
        if self._question.kind is Kind.DATE and (found := _date(cell)):
            return found
        if self._question.kind in (Kind.NUMBER, Kind.PROBABILITY) and (found := self._number(cell)):
            return found
        return _words(cell)

    def typed(self, cell: str) -> Typed | None:
        """What was typed, as the column's other cells settle it."""
        return read_typed(cell, decimal=self._decimal)

    def _number(self, cell: str) -> Reason | None:
        typed = self.typed(cell)
        if typed is not None:
            return self._typed(typed)
        if self._question.kind is Kind.PROBABILITY:
            top = "100" if self._question.percent else "1"
            if kind := read_epsilon(cell):
                return Reason(Pattern.EPSILON, becomes=top if kind == "all" else "0")
            if (share := read_odds(cell)) is not None:
                return Reason(Pattern.ODDS, becomes=f"{share * float(top):.10g}")
        if _LETTER_O.match(cell) and (self._zeros or len(cell) > 1):
            return Reason(Pattern.LETTER_O, becomes=re.sub("[oO]", "0", cell))
        if (match := _NOTE.match(cell)) and (found := self._with_note(match)):
            return found
        return Reason(Pattern.PERCENT) if re.search(r"\d\s*%", cell) else None

    def _typed(self, typed: Typed) -> Reason | None:
        if name := foreign(typed, self._own):
            known = {rate.unit.casefold() for rate in self._question.rates}
            if name.casefold() not in known:
                money = bool(typed.currency) and name == named_currency(typed.currency)
                return Reason(Pattern.FOREIGN if money else Pattern.UNIT, detail=name)
        if conversion(typed, self._own, self._question.rates) is None:
            return Reason(Pattern.PERCENT) if typed.percent else None
        if typed.is_limit:
            return Reason(Pattern.LIMIT)
        return Reason(Pattern.RANGE) if typed.is_range else None

    def _with_note(self, match: re.Match[str]) -> Reason | None:
        """A number with words behind it. Which number it is, is clear only if the words hold no other."""
        typed = self.typed(match["number"])
        if typed is None or typed.value is None or typed.percent or conversion(typed, self._own, ()) is None:
            return None
        lone = not any(char.isdigit() for char in match["note"])
        return Reason(Pattern.NOTE, becomes=match["number"].strip() if lone else "")


def _date(cell: str) -> Reason | None:
    """A part of a date, or a date with words behind it; which one is meant is clear only if these hold no other."""
    if read_days(cell):
        return Reason(Pattern.PART_DATE)
    ends = [end.start() for end in _BEFORE_NOTE.finditer(cell) if end.start()][:_TRIED]
    told = [before for end in ends if read_moment(before := cell[:end].strip()) or read_days(before)]
    if not told:
        return None
    alone = not any(char.isdigit() for char in cell[len(told[-1]) :])
    return Reason(Pattern.NOTE, becomes=told[-1] if alone else "")


def _words(cell: str) -> Reason:
    if declines(cell):
        return Reason(Pattern.REFUSED)
    if knows_nothing(cell):
        return Reason(Pattern.UNKNOWN) if len(cell) <= 30 else Reason(Pattern.SIGNS)
    if fold(cell) in lexicon.NOTHING:
        return Reason(Pattern.NOTHING, becomes="0")
    if _LINK.search(cell):
        return Reason(Pattern.LINK)
    n = len(cell.split())
    if n >= _SENTENCE:
        return Reason(Pattern.SENTENCE)
    return Reason(Pattern.OTHER if any(char.isdigit() for char in cell) else Pattern.WORDS)
