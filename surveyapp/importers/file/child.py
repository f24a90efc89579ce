"""The child process that reads binary files: bytes on stdin, columns on stdout.

A hostile or odd file can make its reader ask for hundreds of gigabytes; here that kills only this process.
The first line of stdin is the request: JSON with the name of a reader ("sheet", "spss", "stata") and what it is to
know. Messages are a JSON line each; that of a block of cells is followed by its texts (JSON, a list for each column)
and their numbers (int32, machine order, column by column).
Run as `python -m surveyapp.importers.file.child`; a frozen program starts itself with CHILD_FLAG instead.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO

CHILD_FLAG = "--read-binary-file"
MEMORY_LEAST = 768 * 1024**2
MEMORY_MOST = 3 * 1024**3
MEMORY_FACTOR = 60
"""Address space beyond the libraries': at least, at most, and per byte of the file. A workbook of real answers takes
some 30 bytes for each of its own; a hostile one of some kilobytes asks for hundreds of gigabytes."""
CPU_LIMIT_S = 300
MAX_SENT_COLUMNS = 3_000
_LONGEST = 1e16
"""Whole numbers below are written with all their digits, as the number of a person or card is."""


def main() -> int:
    """Read one file. The exit status is 0 even for a refused one; a message says why."""
    out = sys.stdout.buffer
    try:
        request = json.loads(sys.stdin.buffer.readline())
        content = sys.stdin.buffer.read()
        read = _reader(request["reader"])  # its libraries are loaded before memory is limited
        _limit_resources(len(content))
        read(out, content, request)
    except MemoryError:
        send(out, {"error": "memory"})
    except Exception as error:  # noqa: BLE001 (a process boundary: only the kind of error crosses it)
        send(out, {"error": _error_kind(error)})
    out.flush()
    return 0


def _reader(name: str) -> Callable[[BinaryIO, bytes, dict[str, Any]], None]:
    """Only the library of the wanted reader is loaded."""
    if name == "sheet":
        from surveyapp.importers.file.child_sheet import read as read_sheet

        return read_sheet
    from surveyapp.importers.file.child_statistics import read as read_statistics

    return read_statistics


def _limit_resources(size: int) -> None:
    """Limits that fit a file of that many bytes."""
    try:
        import resource
    except ImportError:  # Windows: the parent's time limit and the allocator's refusal remain
        return
    for what, limit in (
        (resource.RLIMIT_AS, _address_space() + min(MEMORY_MOST, MEMORY_LEAST + MEMORY_FACTOR * size)),
        (resource.RLIMIT_CPU, CPU_LIMIT_S),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            _soft, hard = resource.getrlimit(what)
            top = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
            resource.setrlimit(what, (top, hard))
        except (ValueError, OSError):  # macOS refuses some of them
            continue


def _address_space() -> int:
    """What this process has mapped, in bytes; 0 where the system does not say."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 (pathlib is a quarter of a start)
            pages = int(file.read().split()[0])
    except OSError:
        return 0
    return pages * 4096


def _error_kind(error: Exception) -> str:
    name = type(error).__name__
    return "password" if "assword" in name or "assword" in str(error) else name


def send(out: BinaryIO, message: dict[str, Any]) -> None:
    """One message without a column."""
    out.write(json.dumps(message).encode() + b"\n")
    out.flush()


def send_block(
    out: BinaryIO, texts: Sequence[Sequence[str]], indices: Sequence[bytes], *, column: int, row: int, n_rows: int
) -> None:
    """More of the columns from that one on: the texts that are new in each, and the numbers (int32) of the texts of
    its rows from that one on. Text 0 of a column that begins later than with row 0 is ""."""
    if column + len(texts) > MAX_SENT_COLUMNS:
        return
    words, body = json.dumps(texts).encode(), b"".join(indices)
    send(out, {"column": column, "row": row, "n_rows": n_rows, "texts": len(words), "index": len(body)})
    out.write(words)
    out.write(body)


def cell_text(cell: object) -> str:
    """A value as a person would type it: 3.0 is "3", dates are ISO 8601, a time of 26 hours is "26:05:09"."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < _LONGEST else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        from surveyapp.importers.file.child_moment import clock_text

        return clock_text(cell.total_seconds())
    return str(cell)


if __name__ == "__main__":
    raise SystemExit(main())
