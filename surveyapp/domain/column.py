"""A column of a file, dictionary-encoded: each different text once, and per response the number of its text.

A census repeats itself: 100,000 responses x 150 questions are 15 million cells but some 100,000 different texts.
Everything that reads, guesses, codes, stores and shows a column works on the different texts.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from surveyapp.domain.question import Missing, Question
from surveyapp.domain.wave import Decision, Flag, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class TextColumn:
    """A column as text. `texts[index[i]]` is the i-th response's cell, exactly as in the file; "" is an empty cell."""

    header: str
    occurrence: int
    index: array[int]
    texts: Sequence[str]

    def __len__(self) -> int:
        return len(self.index)


Value = int | float | str | tuple[int, ...] | None
"""A coded answer: a choice code, a number, a text (dates in ISO 8601 local time), the ticked codes, or no answer."""


class Entry(NamedTuple):
    """One different cell of a coded column: the text as typed and what it was read as. A tuple, for a census has a
    hundred thousand of them, and a frozen dataclass takes three times as long to make.

    `missing` is None exactly where there is an answer. `write_in` holds what a choice does not say: the text of an
    "Other", the rest of a multiple choice after its options.
    """

    raw: str
    value: Value
    missing: Missing | None = None
    write_in: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedColumn:
    """The answers to one question: `entries[index[i]]` is the i-th response's. Two entries may share their raw text."""

    question: Question
    index: array[int]
    entries: Sequence[Entry]

    def __len__(self) -> int:
        return len(self.index)

    def text_column(self) -> TextColumn:
        """The column as it was typed, for coding it anew."""
        return TextColumn(
            header=self.question.column,
            occurrence=self.question.occurrence,
            index=self.index,
            texts=[entry.raw for entry in self.entries],
        )


NO_CODE = -(2**40)
"""What stands in a ValueColumn of codes where there is no answer: no code is as large."""

Cells: TypeAlias = "array[int] | array[float] | list[str | None]"
"""The values of one stored column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueColumn:
    """The answers of `n` people to a question without how they were typed: what statistics need, read in less time than
    a CodedColumn.

    `cells`: codes (NO_CODE for no answer), numbers (nan) or texts (None); of a multiple choice one array for each code
    of `codes`, 1 where it is ticked, -1 for no answer; none where nothing is stored. No answer means `nothing`, and
    anything else is an answer, but for the codes in `missing_codes`; `special` has the last word, by place.
    """

    question: Question
    n: int
    cells: Sequence[Cells]
    codes: Sequence[int]
    nothing: Missing
    missing_codes: Mapping[int, Missing]
    special: Mapping[int, Missing | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The file a wave came from, with its untouched bytes."""

    name: str
    format: str
    content: bytes
    sha256: str
    detail: str = ""
    """What the reader found, for people: "comma-separated, UTF-8"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedWave:
    """Everything an import stores. `rows` are the row numbers as a spreadsheet shows them (the header is row 1);
    they become the response ids. `flags` hold row numbers."""

    name: str
    survey: str
    source: Source
    rows: array[int]
    columns: tuple[CodedColumn, ...]
    flags: dict[Flag, tuple[int, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    decisions: tuple[Decision, ...] = ()
    notes: tuple[str, ...] = ()
