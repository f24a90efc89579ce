"""Spreadsheets (XLSX, XLS, ODS), read in a child process with limits of memory and time."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from surveyapp.base.i18n import _, ngettext
from surveyapp.domain.errors import UserError
from surveyapp.importers.file.child_call import Answer, ask_child
from surveyapp.importers.file.gather import build_columns
from surveyapp.importers.refusal import header_only, nothing_inside, too_many_columns
from surveyapp.importers.registry_spec import ImporterSpec
from surveyapp.importers.table import MAX_COLUMNS, Report, TextTable, build_source, no_report

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

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
    answer = ask_child(content, {"reader": "sheet", "sheet": sheet}, report)
    return _build_table(answer, content, name)


def read_cells(content: bytes) -> Iterator[tuple[str, ...]]:
    """All rows of the first sheet with data, blank ones too, none of an empty file: for small tables that are not
    people in rows."""
    answer = ask_child(content, {"reader": "sheet", "sheet": None}, no_report)
    if answer.error == "empty":
        return iter(())
    _refuse(answer)
    columns = [[texts[n] for n in index] for index, texts in zip(answer.indices, answer.texts, strict=True)]
    return zip(*columns, strict=True)


def _refuse(answer: Answer) -> None:
    """Raise UserError for what was not read."""
    if answer.n_columns > MAX_COLUMNS:
        raise too_many_columns(answer.n_columns)
    if answer.error or not answer.complete:
        raise _refusal(answer.error)


def _build_table(answer: Answer, content: bytes, name: str) -> TextTable:
    import numpy as np

    _refuse(answer)
    rows, blank, header_row = _split_rows(answer.indices, answer.texts)
    headers = [texts[index[header_row]] for texts, index in zip(answer.texts, answer.indices, strict=True)]
    places = np.array(rows)
    pairs = [_compact(index, texts, places) for index, texts in zip(answer.indices, answer.texts, strict=True)]
    while len(headers) > 1 and not headers[-1].strip() and pairs[-1][1] == [""]:
        headers.pop()
        pairs.pop()
    title = _TITLES.get(Path(name).suffix.lower(), _("spreadsheet"))
    detail = _("%(format)s, sheet “%(sheet)s”") % {"format": title, "sheet": answer.said["sheet"]}
    return TextTable(
        columns=build_columns(headers, [index for index, _texts in pairs], [texts for _index, texts in pairs]),
        rows=array("i", [row + 1 for row in rows]),
        source=build_source(name, content, format_id="sheet", detail=detail),
        blank_rows=tuple(row + 1 for row in blank),
        notes=(detail, *_other_sheets(answer)),
        sheets=tuple(answer.said["sheets"]),
        sheet=answer.said["sheet"],
    )


def _other_sheets(answer: Answer) -> tuple[str, ...]:
    others = [sheet for sheet in answer.said["sheets"] if sheet != answer.said["sheet"]]
    if not others:
        return ()
    sentence = ngettext("Sheet not read: %(names)s", "Sheets not read: %(names)s", len(others))
    return (sentence % {"names": ", ".join(others)},)


def _split_rows(indices: list[array[int]], texts: list[list[str]]) -> tuple[list[int], list[int], int]:
    """Rows with answers, blank rows, and the header's row, counted from 0. The header is the first row with words: a
    space somebody left above it is none."""
    import numpy as np

    if not indices:
        raise nothing_inside()
    filled, worded = np.zeros(len(indices[0]), dtype=bool), np.zeros(len(indices[0]), dtype=bool)
    for index, own in zip(indices, texts, strict=True):
        numbers = np.frombuffer(index, dtype=np.int32)
        filled |= np.array([bool(text) for text in own])[numbers]
        worded |= np.array([bool(text.strip()) for text in own])[numbers]
    if not worded.any():
        raise nothing_inside()
    header = int(worded.argmax())
    filled[:header] = False
    places = np.flatnonzero(filled)
    if len(places) < 2:
        raise header_only()
    blank = np.flatnonzero(~filled[: int(places[-1])])
    return [int(place) for place in places[1:]], [int(place) for place in blank], header


def _compact(index: array[int], texts: list[str], rows: NDArray[np.intp]) -> tuple[array[int], list[str]]:
    """The column without header and blank rows, only its own texts, in order of appearance."""
    import numpy as np

    old = np.frombuffer(index, dtype=np.int32)[rows]
    first = np.full(len(texts), len(old))
    first[old[::-1]] = np.arange(len(old))[::-1]  # of rows with the same text the last one written is the topmost
    order = np.argsort(first)[: np.count_nonzero(first < len(old))]
    new = np.empty(len(texts), dtype=np.int32)
    new[order] = np.arange(len(order))
    kept: array[int] = array("i")
    kept.frombytes(new[old].tobytes())
    return kept, [texts[number] for number in order.tolist()]


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
