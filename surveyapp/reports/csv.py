"""CSV in two kinds: for spreadsheets (formulas guarded) and exact (every text as typed, read back identically)."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.reports.guard import guarded
from surveyapp.reports.plain import plain_columns
from surveyapp.reports.table import Table, Value
from surveyapp.reports.target import replacing

_ENCODING = {True: "utf-8", False: "utf-8-sig"}  # Excel takes a file without the mark for another encoding


def write_csv(table: Table, path: Path, *, exact: bool = False) -> None:
    """Write a table, all or nothing, as RFC 4180: comma, double quotes, CR LF.

    For spreadsheets: UTF-8 with a mark, texts and headers that could be read as formulas begin with a no-break space.
    `exact`: UTF-8 without a mark, texts untouched; UserError if a text cannot be written in UTF-8.
    Numbers are written with a point and all their digits, no answer as an empty cell.
    """
    columns = plain_columns(table)
    headers = [header for header, _values in columns]
    values = [column for _header, column in columns]
    with (
        replacing(path) as work,
        work.open("w", encoding=_ENCODING[exact], errors="strict" if exact else "replace", newline="") as target,
    ):
        try:
            _write(target, headers, values, exact=exact)
        except UnicodeEncodeError as error:
            title = _("Could not write the file exactly: a text holds half a letter.")
            raise UserError(title, _("Write the file for spreadsheets instead."), str(error.start)) from None


def _write(target: IO[str], headers: list[str], values: list[Sequence[Value]], *, exact: bool) -> None:
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([header if exact else guarded(header) for header in headers])
    for cells in zip(*values, strict=True):
        writer.writerow([_cell(cell, exact=exact) for cell in cells])


def _cell(value: Value, *, exact: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value if exact else guarded(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value)
