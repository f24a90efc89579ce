"""A column of a file, dictionary-encoded: each different text once, and per response the number of its text.

A census repeats itself: 100,000 responses x 150 questions are 15 million cells but some 100,000 different texts.
Everything that reads, guesses, codes, stores and shows a column works on the different texts.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One different cell of a coded column: the text as typed and what it was read as.

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
