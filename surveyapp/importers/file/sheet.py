"""Spreadsheets (XLSX, XLS, ODS), read in a child process with limits of memory and time."""

from __future__ import annotations

import itertools
from array import array
from collections.abc import Iterator
from pathlib import Path

from surveyapp.base.i18n import _, ngettext
from surveyapp.domain.errors import UserError
from surveyapp.importers.file.child_call import Answer, ask_child
from surveyapp.importers.file.gather import build_columns
from surveyapp.importers.refusal import header_only, nothing_inside, too_many_columns
from surveyapp.importers.registry_spec import ImporterSpec
from surveyapp.importers.table import MAX_COLUMNS, Report, TextTable, build_source, no_report

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
    header = tuple(answer.said["header"])
    cells = {answer.said["header_row"]: header, **dict(zip(_rows(answer), zip(*columns, strict=True), strict=False))}
    return (cells.get(number, ("",) * len(header)) for number in range(1, max(cells) + 1))


def _refuse(answer: Answer) -> None:
    """Raise UserError for what was not read."""
    if answer.n_columns > MAX_COLUMNS:
        raise too_many_columns(answer.n_columns)
    if answer.error or not answer.complete:
        raise _refusal(answer.error)


def _build_table(answer: Answer, content: bytes, name: str) -> TextTable:
    _refuse(answer)
    headers, header_row, rows = answer.said["header"], answer.said["header_row"], _rows(answer)
    if not header_row:
        raise nothing_inside()
    if not rows:
        raise header_only()
    while len(headers) > 1 and not headers[-1].strip() and answer.texts[-1] == [""]:
        for columns in (headers, answer.indices, answer.texts):
            columns.pop()
    title = _TITLES.get(Path(name).suffix.lower(), _("spreadsheet"))
    detail = _("%(format)s, sheet “%(sheet)s”") % {"format": title, "sheet": answer.said["sheet"]}
    return TextTable(
        columns=build_columns(headers, answer.indices, answer.texts),
        rows=rows,
        source=build_source(name, content, format_id="sheet", detail=detail),
        blank_rows=_blank_rows(header_row, answer.said["runs"]),
        notes=(detail, *_other_sheets(answer)),
        sheets=tuple(answer.said["sheets"]),
        sheet=answer.said["sheet"],
    )


def _rows(answer: Answer) -> array[int]:
    """The numbers of the rows with answers."""
    return array("i", itertools.chain.from_iterable(range(first, last + 1) for first, last in answer.said["runs"]))


def _blank_rows(header_row: int, runs: list[list[int]]) -> tuple[int, ...]:
    """The numbers of the rows between those with anything, and above the header."""
    held = [[0, 0], [header_row, header_row], *runs]
    gaps = (range(before + 1, after) for (_first, before), (after, _last) in itertools.pairwise(held))
    return tuple(itertools.chain.from_iterable(gaps))


def _other_sheets(answer: Answer) -> tuple[str, ...]:
    others = [sheet for sheet in answer.said["sheets"] if sheet != answer.said["sheet"]]
    if not others:
        return ()
    sentence = ngettext("Sheet not read: %(names)s", "Sheets not read: %(names)s", len(others))
    return (sentence % {"names": ", ".join(others)},)


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
