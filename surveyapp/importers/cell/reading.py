"""One column by its codebook entry: each different text becomes an Entry. The core of preview, import and recoding."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from surveyapp.domain.column import Entry
from surveyapp.domain.question import Choice, Kind, Missing, MissingCode, Question
from surveyapp.importers.cell import lexicon
from surveyapp.importers.cell.moment import day_first, read_moment
from surveyapp.importers.cell.number import TextNumbers, read_number
from surveyapp.importers.cell.number_reader import bounds, number_reader
from surveyapp.importers.cell.option import label_pieces, take_apart
from surveyapp.importers.cell.part_date import read_day
from surveyapp.importers.cell.step import step_of
from surveyapp.importers.cell.wording import clean, clean_all, fold
from surveyapp.importers.mark.memo import Memo

if TYPE_CHECKING:
    from surveyapp.importers.mark.mark import Mark

__all__ = ["CLOSED", "NUMERIC", "Kept", "Reading", "bounds", "codes_by_text", "read_texts", "stands_for"]

NUMERIC = (Kind.NUMBER, Kind.PROBABILITY)
CLOSED = (Kind.SINGLE, Kind.SCALE, Kind.MULTI)
"""Kinds whose answers are choices to be learned; ticks have two."""
_LEADING_NUMBER = re.compile(r"^(\d{1,2})\s*(?:[-–—.:)=(]|\s)\s*\D")

_SIGNS = ("-", "−", "+", ".", ",")
_Read = Callable[[str, str], Entry]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a column's texts were read as: `entries[i]` belongs to `texts[i]`. `question` may have got new choices."""

    question: Question
    entries: list[Entry]


class Kept:
    """Readings made while a file was examined, so that storing it does not read its numbers and dates again.

    Only a reading by the very same entry of the very same texts is given back; `entries` are shared, not copied.
    """

    def __init__(self) -> None:
        self._kept: dict[int, tuple[Question, Sequence[str], str, Reading]] = {}
        self.memo = Memo()
        """What the marks are found by, column by column: a decision on one does not search the others again."""
        self._marks: tuple[Sequence[Question], Sequence[Mark]] | None = None

    def keep(self, place: int, question: Question, texts: Sequence[str], reading: Reading, *, repair: str) -> None:
        """Remember the reading of the column at that place, instead of an earlier one."""
        self._kept[place] = (question, texts, repair, reading)

    def find(self, place: int, question: Question, texts: Sequence[str], *, repair: str) -> Reading | None:
        """The reading made of just that, if there is one."""
        entry = self._kept.get(place)
        if entry is None or entry[1] is not texts or entry[2] != repair or entry[0] != question:
            return None
        return entry[3]

    def keep_marks(self, questions: Sequence[Question], marks: Sequence[Mark]) -> None:
        """Remember the marks found by this codebook."""
        self._marks = (questions, marks)

    def marks(self, questions: Sequence[Question]) -> Sequence[Mark] | None:
        """The marks found by this very codebook, if they were looked for."""
        known = self._marks
        return known[1] if known and known[0] is questions else None


def read_texts(
    question: Question,
    texts: Sequence[str],
    *,
    repair: str = "",
    cells: Sequence[str] | None = None,
    numbers: TextNumbers | None = None,
) -> Reading:
    """Read the different texts of a column. Codes that depend on neighbours are read as answers here.

    `repair` is Mapping.repair_encoding; what the entry says of its letters comes first.
    `cells` are the texts cleaned, if they were before. `numbers` are those read before from all of these texts, or from
    some of them (then they are read again).
    """
    cells = _replaced(clean_all(texts, question.repair_in(repair)) if cells is None else cells, question)
    codes = {code.text: code for code in question.missing_codes if not code.only_with_neighbours}
    new_choices: list[Choice] = []
    read = _reader(question, cells, new_choices, numbers)
    pairs = zip(texts, cells, strict=True)
    if codes:
        coded = _code_finder(question, codes)
        entries = [_read_cell(coded, read, raw, cell) for raw, cell in pairs]
    else:
        entries = [read(raw, cell) if cell else _blank(raw) for raw, cell in pairs]
    if new_choices:
        question = replace(question, choices=(*question.choices, *new_choices))
    return Reading(question=question, entries=entries)


def _replaced(cells: Sequence[str], question: Question) -> Sequence[str]:
    """The cells with what the codebook says is to be read in place of some."""
    if not question.replacements:
        return cells
    becomes = {clean(one.text): clean(one.becomes) for one in question.replacements}
    return [becomes.get(cell, cell) for cell in cells]


def codes_by_text(question: Question) -> dict[str, int]:
    """Which cleaned text means which choice; labels before aliases."""
    codes: dict[str, int] = {}
    for texts in ([(choice.label,) for choice in question.choices], [choice.aliases for choice in question.choices]):
        for choice, own in zip(question.choices, texts, strict=True):
            for text in own:
                codes.setdefault(clean(text), choice.code)
    return codes


def stands_for(question: Question, code: MissingCode, cell: str) -> bool:
    """Whether a cleaned cell is that missing code; numbers compare as numbers ("0.0" is "0")."""
    if cell == code.text:
        return True
    if question.kind not in (*NUMERIC, Kind.SCALE) or not _may_be_number(cell):
        return False
    return read_number(cell) is not None and read_number(cell) == read_number(code.text)


def _may_be_number(cell: str) -> bool:
    """Whether a cell begins as the number of a code can: a look that spares reading all others as one."""
    return cell[:1].isdigit() or cell.startswith(_SIGNS)


def _blank(raw: str) -> Entry:
    return Entry(raw=raw, value=None, missing=Missing.BLANK)


def _code_finder(question: Question, codes: dict[str, MissingCode]) -> Callable[[str], MissingCode | None]:
    """The function that says which code a cleaned cell stands for: stands_for, with the codes read once."""
    if question.kind not in (*NUMERIC, Kind.SCALE):
        return codes.get
    numbers: dict[float, MissingCode] = {}
    for code in codes.values():
        if (number := read_number(code.text)) is not None:
            numbers.setdefault(number, code)
    if not numbers:
        return codes.get

    def find(cell: str) -> MissingCode | None:
        code = codes.get(cell)
        if code is None and _may_be_number(cell) and (number := read_number(cell)) is not None:
            return numbers.get(number)
        return code

    return find


def _read_cell(coded: Callable[[str], MissingCode | None], read: _Read, raw: str, cell: str) -> Entry:
    if not cell:
        return _blank(raw)
    code = coded(cell)
    if code is not None:
        return Entry(raw=raw, value=None, missing=code.meaning)
    return read(raw, cell)


def _reader(question: Question, cells: Sequence[str], new_choices: list[Choice], numbers: TextNumbers | None) -> _Read:
    """The function that reads one cell of this kind; it adds unknown answers of closed questions to `new_choices`."""
    match question.kind:
        case Kind.NUMBER | Kind.PROBABILITY:
            return number_reader(question, cells, numbers)
        case Kind.SINGLE:
            return _single_reader(question, new_choices)
        case Kind.SCALE:
            return _scale_reader(question)
        case Kind.MULTI:
            return _multi_reader(question)
        case Kind.TICK:
            return _tick_reader(question)
        case Kind.DATE:
            return _date_reader(question, cells)
        case Kind.TEXT | Kind.IDENTIFIER:
            return Entry
        case Kind.EMPTY:  # called empty although something was typed: kept as typed, no answer
            return lambda raw, _cell: Entry(raw=raw, value=None, missing=Missing.UNREADABLE)


def _date_reader(question: Question, cells: Sequence[str]) -> _Read:
    """Dates; what tells only part of one ("May 2013") counts as a day by the rule for ranges."""
    first, rule = day_first(cells), question.ranges

    def read(raw: str, cell: str) -> Entry:
        moment = read_moment(cell, day_first=first) or read_day(cell, rule)
        return Entry(raw, moment, missing=Missing.UNREADABLE) if moment is None else Entry(raw, moment)

    return read


def _single_reader(question: Question, new_choices: list[Choice]) -> _Read:
    codes = codes_by_text(question)
    other = next((choice.code for choice in question.choices if choice.other), None)
    taken = [choice.code for choice in question.choices]
    folded = {fold(label): code for label, code in reversed(codes.items())} if question.fold_labels else {}

    def read(raw: str, cell: str) -> Entry:
        code = codes.get(cell)
        if code is None and folded:
            code = folded.get(fold(cell))
        if code is not None:
            return Entry(raw=raw, value=code)
        if other is not None:
            return Entry(raw=raw, value=other, write_in=cell)
        if question.closed:
            return Entry(raw=raw, value=None, missing=Missing.UNREADABLE)
        code = codes[cell] = max(taken, default=0) + 1
        taken.append(code)
        new_choices.append(Choice(code=code, label=cell))
        return Entry(raw=raw, value=code)

    return read


def _scale_reader(question: Question) -> _Read:
    by_label = codes_by_text(question)
    by_number = {number: code for text, code in by_label.items() if (number := read_number(text)) is not None}
    top = max(by_number, default=0.0)

    def read(raw: str, cell: str) -> Entry:
        code = by_label.get(cell)
        if code is None:
            step = step_of(cell, top)
            number = read_number(cell) if step is None else float(step)
            if number is None and (match := _LEADING_NUMBER.match(cell)):
                number = float(match[1])
            if number is None or not number.is_integer():
                return Entry(raw=raw, value=None, missing=Missing.UNREADABLE)
            code = by_number.get(number)
        if code is None:
            return Entry(raw=raw, value=None, missing=Missing.OUT_OF_RANGE)
        return Entry(raw=raw, value=code)

    return read


def _tick_reader(question: Question) -> _Read:
    """1 where the option is ticked, 0 where it is not. A text nobody declared is a tick, unless it is a word for no:
    next year's file may say "No" where this year's said "N"."""
    codes = codes_by_text(question)

    def read(raw: str, cell: str) -> Entry:
        code = codes.get(cell)
        if code is None:
            code = 0 if fold(cell) in lexicon.UNTICKED else 1
        return Entry(raw=raw, value=code)

    return read


def _multi_reader(question: Question) -> _Read:
    delimiter = question.delimiter or ", "
    other = next((choice.code for choice in question.choices if choice.other), None)
    pieces, longest = label_pieces(codes_by_text(question).items(), delimiter)

    def read(raw: str, cell: str) -> Entry:
        codes, rest = take_apart(cell, pieces, delimiter, longest)
        if rest and other is not None:
            codes.append(other)
        if not codes and not rest:  # nothing but delimiters
            return Entry(raw=raw, value=None, missing=Missing.BLANK)
        return Entry(raw=raw, value=tuple(sorted(set(codes))), write_in=rest)

    return read
