"""The child process that reads spreadsheets: bytes on stdin, columns on stdout.

A hostile or odd workbook can make its reader ask for hundreds of gigabytes; here that kills only this process.
Messages are a JSON line each; a column's line is followed by its texts (JSON) and its index (int32, machine order).
Run as `python -m surveyapp.importers.file.sheet_child`; a frozen program starts itself with CHILD_FLAG instead.
"""

from __future__ import annotations

import io
import json
import sys
from array import array
from datetime import date, datetime, time
from typing import Any, BinaryIO

CHILD_FLAG = "--read-spreadsheet"
MEMORY_LIMIT = 3 * 1024**3
CPU_LIMIT_S = 300
PROGRESS_ROWS = 2_000
MAX_SENT_COLUMNS = 3_000
_PREFERRED = "form responses"


def main() -> int:
    """Read one workbook. The exit status is 0 even for a refused one; a message says why."""
    _limit_resources()
    out = sys.stdout.buffer
    try:
        request = json.loads(sys.stdin.buffer.readline())
        content = sys.stdin.buffer.read()
        _send_sheet(out, content, request.get("sheet"))
    except MemoryError:
        _send(out, {"error": "memory"})
    except Exception as error:  # noqa: BLE001 (a process boundary: only the kind of error crosses it)
        _send(out, {"error": _error_kind(error)})
    out.flush()
    return 0


def _limit_resources() -> None:
    try:
        import resource
    except ImportError:  # Windows: the parent's time limit and the allocator's refusal remain
        return
    for what, limit in (
        (resource.RLIMIT_AS, MEMORY_LIMIT),
        (resource.RLIMIT_CPU, CPU_LIMIT_S),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            _soft, hard = resource.getrlimit(what)
            top = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
            resource.setrlimit(what, (top, hard))
        except (ValueError, OSError):  # macOS refuses some of them
            continue


def _error_kind(error: Exception) -> str:
    name = type(error).__name__
    return "password" if "assword" in name or "assword" in str(error) else name


def _send(out: BinaryIO, message: dict[str, Any]) -> None:
    out.write(json.dumps(message).encode() + b"\n")
    out.flush()


def _send_sheet(out: BinaryIO, content: bytes, wanted: str | None) -> None:
    from python_calamine import CalamineWorkbook

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    names = list(workbook.sheet_names)
    _send(out, {"sheets": names})
    for name in _order(names, wanted):
        columns = _read_sheet(out, workbook, name)
        if columns is not None or wanted is not None:
            _send_columns(out, name, *(columns or ([], [])))
            return
    _send(out, {"error": "empty"})


def _order(names: list[str], wanted: str | None) -> list[str]:
    if wanted is not None:
        if wanted not in names:
            raise KeyError(wanted)
        return [wanted]
    return sorted(names, key=lambda name: not name.lower().startswith(_PREFERRED))


def _read_sheet(out: BinaryIO, workbook: Any, name: str) -> tuple[list[dict[str, int]], list[array[int]]] | None:
    """The sheet's columns as numbered texts, None for a blank sheet. All rows, the header among them."""
    sheet = workbook.get_sheet_by_name(name)
    height = sheet.total_height
    texts: list[dict[str, int]] = []
    indices: list[array[int]] = []
    filled = False
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
        filled = filled or bool(row)
        if done % PROGRESS_ROWS == PROGRESS_ROWS - 1:
            _send(out, {"progress": [done, height]})
    return (texts, indices) if filled else None


def _send_columns(out: BinaryIO, name: str, texts: list[dict[str, int]], indices: list[array[int]]) -> None:
    start = 0  # calamine leaves out the blank rows at the top; the declared start is not exposed as a cell count
    _send(out, {"sheet": name, "n_columns": len(texts), "n_rows": len(indices[0]) if indices else 0, "start": start})
    if len(texts) > MAX_SENT_COLUMNS:
        return
    for numbers, index in zip(texts, indices, strict=True):
        words = json.dumps(list(numbers)).encode()
        body = index.tobytes()
        _send(out, {"texts": len(words), "index": len(body)})
        out.write(words)
        out.write(body)
    _send(out, {"end": True})


def cell_text(cell: object) -> str:
    """A spreadsheet's value as a person would type it: 3.0 is "3", dates are ISO 8601."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    return str(cell)


if __name__ == "__main__":
    raise SystemExit(main())
