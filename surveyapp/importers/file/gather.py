"""Rows in, dictionary-encoded columns out: each different text of a column is kept once."""

from __future__ import annotations

import sys
from array import array
from collections import Counter
from collections.abc import Sequence

from surveyapp.base.i18n import _, ngettext
from surveyapp.domain.column import Source, TextColumn
from surveyapp.domain.wave import Problem, Severity
from surveyapp.importers.refusal import header_only, holds_nul, nothing_inside, too_many_columns
from surveyapp.importers.table import MAX_COLUMNS, TextTable

SHOWN_ROWS = 100
"""How many row numbers a problem carries."""


class _Numbering(dict[str, bytes]):
    """text -> its number as an int32; a new text gets the next one.

    `array.frombytes(b"".join(map(numbering.__getitem__, cells)))` runs in C, half as long as with ints.
    """

    def __missing__(self, text: str) -> bytes:
        number = self[text] = len(self).to_bytes(4, sys.byteorder)
        return number


class Gatherer:
    """Collects rows of cells. `row_number` is the spreadsheet row of the last row added."""

    def __init__(self) -> None:
        self.row_number = 0
        self._header: list[str] | None = None
        self._numberings: list[_Numbering] = []
        self._indices: list[array[int]] = []
        self._rows: array[int] = array("i")
        self._blank: list[int] = []
        self._long: list[int] = []
        self._short: list[int] = []

    def add(self, chunk: list[list[str]]) -> None:
        """Add rows in the order of the file; they may be ragged."""
        if self._header is None:
            chunk = self._take_header(chunk)
            if self._header is None:
                return
        width = len(self._indices)
        first = self.row_number + 1
        self.row_number += len(chunk)
        if set(map(len, chunk)) != {width} or not all(map(any, chunk)):
            chunk, numbers = self._repair(chunk, first)
        else:
            numbers = list(range(first, first + len(chunk)))
        if not chunk:
            return
        self._rows.extend(numbers)
        for index, numbering, cells in zip(self._indices, self._numberings, zip(*chunk, strict=True), strict=True):
            index.frombytes(b"".join(map(numbering.__getitem__, cells)))

    def _take_header(self, chunk: list[list[str]]) -> list[list[str]]:
        for n, row in enumerate(chunk):
            if any(cell.strip() for cell in row):
                self.row_number += n + 1
                self._header = row
                self._widen(len(row))
                return chunk[n + 1 :]
            self._blank.append(self.row_number + n + 1)
        self.row_number += len(chunk)
        return []

    def _repair(self, chunk: list[list[str]], first: int) -> tuple[list[list[str]], list[int]]:
        """Blank rows out, ragged rows filled up; extra cells become columns without a name."""
        kept: list[list[str]] = []
        numbers: list[int] = []
        declared = len(self._header or ())
        for number, row in enumerate(chunk, first):
            if not any(row):
                self._blank.append(number)
                continue
            if len(row) > declared:
                while len(row) > declared and not row[-1]:  # trailing empties are padding, not answers
                    row.pop()
                if len(row) > declared:
                    self._long.append(number)
            elif len(row) < declared:
                self._short.append(number)
            kept.append(row)
            numbers.append(number)
        self._widen(max(map(len, kept), default=0))
        width = len(self._indices)
        for row in kept:
            row.extend([""] * (width - len(row)))
        return kept, numbers

    def _widen(self, width: int) -> None:
        if width > MAX_COLUMNS:
            raise too_many_columns(width)
        while len(self._indices) < width:
            numbering = _Numbering()
            index: array[int] = array("i")
            if self._rows:
                numbering[""] = bytes(4)
                index.extend([0] * len(self._rows))
            self._numberings.append(numbering)
            self._indices.append(index)

    def table(self, source: Source, *, notes: Sequence[str], problems: Sequence[Problem]) -> TextTable:
        """Everything gathered. Raises UserError if there is no answer."""
        if self._header is None:
            raise nothing_inside()
        if not self._rows:
            raise header_only()
        self._cut_trailing()
        headers = [*self._header, *[""] * (len(self._indices) - len(self._header))]
        return TextTable(
            columns=build_columns(headers, self._indices, [list(numbering) for numbering in self._numberings]),
            rows=self._rows,
            source=source,
            blank_rows=tuple(self._blank),
            notes=tuple(notes),
            problems=tuple(problems),
        )

    def _cut_trailing(self) -> None:
        """Columns at the right end with neither header nor answer are padding."""
        header = self._header or []
        while len(self._indices) > 1 and not any(self._numberings[-1]):
            if len(header) >= len(self._indices) and header[-1].strip():
                break
            self._indices.pop()
            self._numberings.pop()
            del header[len(self._indices) :]

    def problems(self) -> tuple[Problem, ...]:
        """What was ragged."""
        found = []
        for rows, kind, title, detail in (
            (
                self._long,
                "long_rows",
                ngettext(
                    "%(n)s row is longer than the header", "%(n)s rows are longer than the header", len(self._long)
                ),
                _("The extra cells are kept in columns without a name."),
            ),
            (
                self._short,
                "short_rows",
                ngettext(
                    "%(n)s row is shorter than the header", "%(n)s rows are shorter than the header", len(self._short)
                ),
                _("The missing cells count as blank."),
            ),
        ):
            if rows:
                found.append(self._ragged(rows, kind, title % {"n": f"{len(rows):,}"}, detail))
        return tuple(found)

    def _ragged(self, rows: list[int], kind: str, title: str, detail: str) -> Problem:
        return Problem(
            kind=kind,
            severity=Severity.LOOK,
            title=title,
            detail=detail,
            count=len(rows),
            out_of=len(self._rows),
            rows=tuple(rows[:SHOWN_ROWS]),
        )

    def unreadable_bytes(self) -> Problem:
        """The problem for a file decoded with replacement characters."""
        rows: set[int] = set()
        for index, numbering in zip(self._indices, self._numberings, strict=True):
            bad = {number for number, text in enumerate(numbering) if "\ufffd" in text}
            if bad:
                rows.update(self._rows[n] for n, number in enumerate(index) if number in bad)
        return Problem(
            kind="broken_bytes",
            severity=Severity.LOOK,
            title=_("Some letters of the file are broken"),
            detail=_("They are shown as �; the file itself is kept as it is."),
            count=len(rows),
            out_of=len(self._rows),
            rows=tuple(sorted(rows)[:SHOWN_ROWS]),
        )


def build_columns(
    headers: Sequence[str], indices: Sequence[array[int]], texts: Sequence[Sequence[str]]
) -> tuple[TextColumn, ...]:
    """Columns with the counter that tells equal headers apart. Raises UserError on NUL characters."""
    seen: Counter[str] = Counter()
    columns = []
    for header, index, own in zip(headers, indices, texts, strict=True):
        if "\0" in header or any("\0" in text for text in own):
            raise holds_nul()
        columns.append(TextColumn(header=header, occurrence=seen[header], index=index, texts=own))
        seen[header] += 1
    return tuple(columns)
