"""A codebook file as rows of cells, whatever table format it is in."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from surveyapp.domain.errors import UserError
from surveyapp.importers.file import delimited, sheet
from surveyapp.importers.file.child_call import ask_child
from surveyapp.importers.form.header_row import row_texts
from surveyapp.importers.table import TextTable, no_report

MOST_BYTES = 20_000_000
"""Larger files are data."""
MOST_ROWS = 20_000
_MOST_SHEETS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """One table of a file: the name of its sheet ("" in a text file), its header and its rows of as many cells."""

    sheet: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def column(self, header: str) -> list[str]:
        """The cells under a header (as folded names go, see vocabulary); [] if there is none."""
        place = next((n for n, own in enumerate(self.headers) if own.strip().casefold() == header), -1)
        return [row[place] for row in self.rows] if place >= 0 else []


@lru_cache(maxsize=4)
def read_grids(content: bytes, name: str) -> tuple[Grid, ...]:
    """All tables of a file; none if it cannot be one, is too large or is empty."""
    if len(content) > MOST_BYTES:
        return ()
    path, head = Path(name), content[:4096]
    try:
        if sheet.sniff(path, head) > 0:
            return _sheets(content, name)
        if delimited.sniff(path, head) > 0:
            table = delimited.read(content, name, report=no_report, encoding=None, sheet=None)
            return _plain(content, table)
    except UserError:
        return ()
    return ()


def _sheets(content: bytes, name: str) -> tuple[Grid, ...]:
    names = ask_child(content, {"reader": "sheet", "sheet": None}, no_report).said.get("sheets", ())
    grids = []
    for own in names[:_MOST_SHEETS]:
        try:
            grids.append(_grid(sheet.read(content, name, report=no_report, encoding=None, sheet=own), own))
        except UserError:  # a blank sheet, or one with nothing but a title
            continue
    return tuple(grids)


def _grid(table: TextTable, name: str) -> Grid:
    headers = tuple(column.header for column in table.columns)
    rows = tuple(tuple(row_texts(table, n)) for n in range(min(len(table), MOST_ROWS)))
    return Grid(sheet=name, headers=headers, rows=rows)


def _plain(content: bytes, table: TextTable) -> tuple[Grid, ...]:
    """Text files: cells with lists of "1 = yes; 2 = no" mislead the search for the separator, so the header decides."""
    best = _grid(table, "")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return (best,)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    if first.count(delimiter) < 1:
        return (best,)
    rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if any(row)]
    width = len(rows[0])
    if any(len(row) > width and any(row[width:]) for row in rows):
        return (best,)
    body = tuple(tuple((row + [""] * width)[:width]) for row in rows[1 : MOST_ROWS + 1])
    return (Grid(sheet="", headers=tuple(rows[0]), rows=body),)
