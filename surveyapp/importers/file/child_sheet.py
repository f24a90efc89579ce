"""Spreadsheets in the child process (see importers.file.child), read by calamine."""

from __future__ import annotations

import io
from array import array
from typing import Any, BinaryIO

from surveyapp.importers.file.child import cell_text, send, send_columns

PROGRESS_ROWS = 2_000
_PREFERRED = "form responses"
_NARROW = 2
"""Columns of a sheet that may only say what the others are."""


def read(out: BinaryIO, content: bytes, request: dict[str, Any]) -> None:
    """Send the names of all sheets and the columns of `request["sheet"]`, or of the first sheet with more than
    a title; a narrow one, such as "About", gives way to a wider and longer one behind it."""
    from python_calamine import CalamineWorkbook

    wanted = request.get("sheet")
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    names = list(workbook.sheet_names)
    send(out, {"sheets": names})
    best, most = "", 0
    for name in _order(names, wanted):
        texts, indices, filled = _read_sheet(out, workbook, name)
        wide = len(texts) > _NARROW or name.lower().startswith(_PREFERRED)
        if wanted is not None or (filled > max(most, 1) and wide):
            _send_sheet(out, name, texts, indices)
            return
        if filled > 1 >= most or not best:  # a narrow table before a title, the first before others
            best, most = (name, filled) if filled else (best, most)
    if best:  # nowhere more than a title, a header or a narrow table
        texts, indices, _filled = _read_sheet(out, workbook, best)
        _send_sheet(out, best, texts, indices)
    else:
        send(out, {"error": "empty"})


def _send_sheet(out: BinaryIO, name: str, texts: list[dict[str, int]], indices: list[array[int]]) -> None:
    send(out, {"sheet": name, "n_columns": len(texts), "n_rows": len(indices[0]) if indices else 0})
    send_columns(out, zip(texts, indices, strict=True), n_columns=len(texts))


def _order(names: list[str], wanted: str | None) -> list[str]:
    if wanted is not None:
        if wanted not in names:
            raise KeyError(wanted)
        return [wanted]
    return sorted(names, key=lambda name: not name.lower().startswith(_PREFERRED))


def _read_sheet(out: BinaryIO, workbook: Any, name: str) -> tuple[list[dict[str, int]], list[array[int]], int]:
    """The sheet's columns as numbered texts, the header among the rows, and how many rows hold anything."""
    sheet = workbook.get_sheet_by_name(name)
    height = sheet.total_height
    texts: list[dict[str, int]] = []
    indices: list[array[int]] = []
    filled = 0
    for done, row in enumerate(sheet.iter_rows()):
        while row and row[-1] == "":
            row.pop()
        while len(texts) < len(row):
            texts.append({"": 0})
            indices.append(array("i", bytes(4 * done)))
        for n, cell in enumerate(row):
            numbers = texts[n]
            indices[n].append(numbers.setdefault(cell if type(cell) is str else cell_text(cell), len(numbers)))
        for n in range(len(row), len(texts)):
            indices[n].append(0)
        filled += bool(row)
        if done % PROGRESS_ROWS == PROGRESS_ROWS - 1:
            send(out, {"progress": [done, height]})
    return texts, indices, filled
