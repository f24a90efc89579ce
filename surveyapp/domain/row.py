"""Response ids: the row of a spreadsheet, and in a wave of several files also which of them."""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count

ROWS_PER_FILE = 10_000_000
"""The first file's rows are their own ids, row 14 of the second is 10,000,014: no file ever moves another's rows."""

MAX_FILES = 200
"""Ids stay below 2**31."""


def response_id(file: int, row: int) -> int:
    """The id of a row (1 is the first line of the file) of a file, counted from 1. Raises ValueError beyond."""
    if not (1 <= file <= MAX_FILES and 0 <= row < ROWS_PER_FILE):
        raise ValueError(f"no id for row {row} of file {file}")
    return (file - 1) * ROWS_PER_FILE + row


def file_and_row(response_id: int) -> tuple[int, int]:
    """Which file (from 1) a response stands in, and in which row."""
    file, row = divmod(response_id, ROWS_PER_FILE)
    return file + 1, row


def row_words(response_id: int) -> str:
    """ "14", or "14 of file 2" for a row of a later file: stands after the word "row"."""
    file, row = file_and_row(response_id)
    if file == 1:
        return fmt_count(row)
    return _("%(row)s of file %(file)s") % {"row": fmt_count(row), "file": file}
