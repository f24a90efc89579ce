"""Spreadsheets (XLSX, XLS, ODS), read in a child process with limits of memory and time."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import time
from array import array
from pathlib import Path
from typing import Any, BinaryIO

from surveyapp.base.i18n import _, ngettext
from surveyapp.domain.errors import UserError
from surveyapp.importers.file.gather import build_columns
from surveyapp.importers.file.sheet_child import CHILD_FLAG
from surveyapp.importers.refusal import header_only, nothing_inside, too_many_columns
from surveyapp.importers.registry_spec import ImporterSpec
from surveyapp.importers.table import MAX_COLUMNS, Report, TextTable, build_source

TIME_LIMIT_S = 300.0
POLL_S = 0.1
_PACKAGE_PLACE = None if getattr(sys, "frozen", False) else Path(__file__).parents[3]
_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods")
_TITLES = {".xlsx": "XLSX", ".xlsm": "XLSX", ".xls": "XLS", ".ods": "ODS"}


def sniff(path: Path, head: bytes) -> float:
    """Zip archives and OLE files with a spreadsheet's name, or a spreadsheet's first entries inside."""
    if head.startswith(b"PK\x03\x04"):
        inside = b"[Content_Types].xml" in head or b"xl/" in head or b"opendocument.spreadsheet" in head
        return 0.9 if path.suffix.lower() in _SUFFIXES or inside else 0.0
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return 0.9 if path.suffix.lower() == ".xls" else 0.4
    return 0.0


def read(content: bytes, name: str, *, report: Report, encoding: str | None, sheet: str | None) -> TextTable:  # noqa: ARG001
    """The first sheet with data ("Form Responses 1" before all), or the one asked for."""
    with _Child(sheet) as child:
        child.feed(content)
        answer = child.collect(report, len(content))
    return _build_table(answer, content, name)


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, CHILD_FLAG]
    return [sys.executable, "-m", "surveyapp.importers.file.sheet_child"]


class _Answer:
    """What the child told so far."""

    def __init__(self) -> None:
        self.sheets: list[str] = []
        self.sheet = ""
        self.n_columns = 0
        self.texts: list[list[str]] = []
        self.indices: list[array[int]] = []
        self.complete = False
        self.error = ""


class _Child:
    """The process and two threads that keep its pipes moving, so that the caller can watch time and cancelling."""

    def __init__(self, sheet: str | None) -> None:
        self._process = subprocess.Popen(
            _command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_PACKAGE_PLACE,  # python -m looks there first: never in a folder with somebody's json.py
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._messages: queue.SimpleQueue[tuple[dict[str, Any], bytes, bytes] | None] = queue.SimpleQueue()
        self._request = json.dumps({"sheet": sheet}).encode() + b"\n"
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> _Child:
        return self

    def __exit__(self, *_exc: object) -> None:
        self._process.kill()
        for thread in self._threads:
            thread.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # the child left unread bytes behind
                    continue
        self._process.wait()

    def feed(self, content: bytes) -> None:
        """Start sending the bytes and receiving the answer."""
        for target, arguments in ((self._write, (content,)), (self._receive, ())):
            thread = threading.Thread(target=target, args=arguments, daemon=True)
            thread.start()
            self._threads.append(thread)

    def _write(self, content: bytes) -> None:
        pipe = self._process.stdin
        assert pipe is not None  # asked for above
        try:
            pipe.write(self._request)
            pipe.write(content)
            pipe.close()
        except OSError:
            return  # the child died; its silence says so to `collect`

    def _receive(self) -> None:
        pipe = self._process.stdout
        assert pipe is not None  # asked for above
        try:
            while line := pipe.readline():
                message = json.loads(line)
                texts = _read_exactly(pipe, message.get("texts", 0))
                index = _read_exactly(pipe, message.get("index", 0))
                self._messages.put((message, texts, index))
        except (OSError, ValueError, EOFError):
            pass  # cut off in the middle of a message: an incomplete answer
        self._messages.put(None)

    def collect(self, report: Report, size: int) -> _Answer:
        """The child's answer. Raises UserError if it takes too long."""
        answer = _Answer()
        deadline = time.monotonic() + TIME_LIMIT_S
        progress = (0, size)
        while True:
            report(*progress)
            if time.monotonic() > deadline:
                raise UserError(_("The spreadsheet takes too long to read."), _("Save it as CSV and import that."))
            try:
                item = self._messages.get(timeout=POLL_S)
            except queue.Empty:
                continue
            if item is None:
                return answer
            progress = _take(answer, *item) or progress


def _read_exactly(pipe: BinaryIO | Any, size: int) -> bytes:
    data: bytes = pipe.read(size) if size else b""
    if len(data) != size:
        raise EOFError
    return data


def _take(answer: _Answer, message: dict[str, Any], texts: bytes, index: bytes) -> tuple[int, int] | None:
    """Add one message; the progress if it was one."""
    if "progress" in message:
        return int(message["progress"][0]), int(message["progress"][1])
    if "texts" in message:
        answer.texts.append(json.loads(texts))
        numbers: array[int] = array("i")
        numbers.frombytes(index)
        answer.indices.append(numbers)
    answer.sheets = message.get("sheets", answer.sheets)
    answer.sheet = message.get("sheet", answer.sheet)
    answer.n_columns = message.get("n_columns", answer.n_columns)
    answer.complete = answer.complete or "end" in message
    answer.error = message.get("error", answer.error)
    return None


def _build_table(answer: _Answer, content: bytes, name: str) -> TextTable:
    if answer.n_columns > MAX_COLUMNS:
        raise too_many_columns(answer.n_columns)
    if answer.error or not answer.complete:
        raise _refusal(answer.error)
    rows, blank, header_row = _split_rows(answer.indices, answer.texts)
    headers = [texts[index[header_row]] for texts, index in zip(answer.texts, answer.indices, strict=True)]
    pairs = [_compact(index, texts, rows) for index, texts in zip(answer.indices, answer.texts, strict=True)]
    while len(headers) > 1 and not headers[-1].strip() and pairs[-1][1] == [""]:
        headers.pop()
        pairs.pop()
    title = _TITLES.get(Path(name).suffix.lower(), _("spreadsheet"))
    detail = _("%(format)s, sheet “%(sheet)s”") % {"format": title, "sheet": answer.sheet}
    return TextTable(
        columns=build_columns(headers, [index for index, _texts in pairs], [texts for _index, texts in pairs]),
        rows=array("i", [row + 1 for row in rows]),
        source=build_source(name, content, format_id="sheet", detail=detail),
        blank_rows=tuple(row + 1 for row in blank),
        notes=(detail, *_other_sheets(answer)),
        sheets=tuple(answer.sheets),
        sheet=answer.sheet,
    )


def _other_sheets(answer: _Answer) -> tuple[str, ...]:
    others = [sheet for sheet in answer.sheets if sheet != answer.sheet]
    if not others:
        return ()
    sentence = ngettext("Sheet not read: %(names)s", "Sheets not read: %(names)s", len(others))
    return (sentence % {"names": ", ".join(others)},)


def _split_rows(indices: list[array[int]], texts: list[list[str]]) -> tuple[list[int], list[int], int]:
    """Rows with answers, blank rows, and the header's row, counted from 0."""
    import numpy as np

    if not indices:
        raise nothing_inside()
    filled = np.zeros(len(indices[0]), dtype=bool)
    for index, own in zip(indices, texts, strict=True):
        filled |= np.array([bool(text) for text in own])[np.frombuffer(index, dtype=np.int32)]
    places = np.flatnonzero(filled)
    if len(places) < 2:
        raise header_only() if len(places) else nothing_inside()
    header, last = int(places[0]), int(places[-1])
    blank = np.flatnonzero(~filled[:last])
    return [int(place) for place in places[1:]], [int(place) for place in blank], header


def _compact(index: array[int], texts: list[str], rows: list[int]) -> tuple[array[int], list[str]]:
    """The column without header and blank rows, only its own texts, in order of appearance."""
    numbering: dict[int, int] = {}
    kept = array("i", [numbering.setdefault(index[row], len(numbering)) for row in rows])
    return kept, [texts[number] for number in numbering]


def _refusal(error: str) -> UserError:
    if error == "password":
        return UserError(
            _("The spreadsheet is locked with a password."), _("Save a copy without a password and import that.")
        )
    if error == "KeyError":
        return UserError(_("The file has no sheet of that name."), _("Choose one of its sheets."))
    if error == "empty":
        return nothing_inside()
    if error and error != "memory":
        return UserError(
            _("The spreadsheet is damaged or of an unknown kind."),
            _("Open it in a spreadsheet program, save it as XLSX or CSV, and import that."),
            error,
        )
    return UserError(
        _("The spreadsheet needs more memory than is sensible; a stray cell far away from the answers can do that."),
        _("Save the sheet as CSV and import that, or delete the empty rows and columns around the answers."),
    )


SPEC = ImporterSpec(
    id="sheet",
    title=lambda: _("Spreadsheet (XLSX, XLS, ODS)"),
    suffixes=_SUFFIXES,
    sniff=sniff,
    read=read,
)
