"""A file as text: what every reader gives and what the proposal starts from."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from surveyapp.domain.column import Source, TextColumn
from surveyapp.domain.errors import UserError
from surveyapp.domain.mapping import Mapping, Part
from surveyapp.domain.wave import Problem

Declared = dict[str, Any]
"""What a file itself says of a column: field of domain.question.Question -> value. {} = nothing."""

Report = Callable[[int, int], None]
"""Progress as (done, total), total 0 if unknown. It may raise domain.errors.Cancelled, which ends the work."""

MAX_COLUMNS = 1900
"""SQLite refuses 2,001 columns; the store keeps a reserve."""


def no_report(done: int, total: int) -> None:
    """A Report for callers that show no progress."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextTable:
    """All cells of a file as text, column by column.

    `rows` are the row numbers a spreadsheet shows (the header is row 1 unless blank rows precede it), one per
    response, ascending. `blank_rows` were wholly blank and are dropped. `notes` say for people what the reader
    found; `problems` what went wrong without stopping it (ragged rows, unreadable bytes). `sheets` are the names of all
    sheets of a spreadsheet and `sheet` the one that was read; both empty for other files. `declared` has one entry
    per column, or none at all: the fields named there win over the guess. `parts` are the files of a table that was
    stacked; `encoding` is the one a person chose, "" where it was found.
    """

    columns: tuple[TextColumn, ...]
    rows: array[int]
    source: Source
    blank_rows: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    declared: tuple[Declared, ...] = ()
    codebook: Mapping | None = None
    """The codebook that came in the same archive; used where no other mapping is given."""
    parts: tuple[Part, ...] = ()
    encoding: str = ""

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodingCandidate:
    """One way to read the bytes of a file: pass `encoding` to read_table. `sample` holds up to five short lines."""

    encoding: str
    title: str
    sample: tuple[str, ...]


class SheetChoice(UserError):  # noqa: N818 (a question to the person, not only an error)
    """The file holds several tables; the person picks one of `sheets`: pass it as `sheet` to read_table."""

    def __init__(self, title: str, what_to_do: str, sheets: tuple[str, ...]) -> None:
        super().__init__(title, what_to_do)
        self.sheets = sheets


class OnlyCodebook(UserError):  # noqa: N818 (what the file is, not only an error)
    """There are no answers in the file: `path` is a codebook, which a stored wave can use."""

    def __init__(self, title: str, what_to_do: str, path: Path) -> None:
        super().__init__(title, what_to_do)
        self.path = path


class EncodingChoice(UserError):  # noqa: N818 (a question to the person, not only an error)
    """The bytes allow several readings; the person picks one of `candidates`, likeliest first."""

    def __init__(self, title: str, what_to_do: str, candidates: tuple[EncodingCandidate, ...]) -> None:
        super().__init__(title, what_to_do)
        self.candidates = candidates


def build_source(name: str, content: bytes, *, format_id: str, detail: str) -> Source:
    """The Source of a file's bytes."""
    return Source(
        name=name, format=format_id, content=content, sha256=hashlib.sha256(content).hexdigest(), detail=detail
    )
