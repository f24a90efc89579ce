"""XLSX for spreadsheets: the first sheet says what the numbers are; text stays text, numbers stay numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.errors import UserError
from surveyapp.reports.guard import guarded
from surveyapp.reports.plain import plain_columns, plain_kinds
from surveyapp.reports.table import ColumnKind, Table, Value
from surveyapp.reports.target import replacing

MOST_ROWS, MOST_COLUMNS, LONGEST_TEXT = 1_048_576, 16_384, 32_767
_LONGEST_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
# no moment of writing enters the file: the same data give the same bytes
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 (the format knows no zone)

About = Sequence[tuple[str, str]]
"""Labels and values of the first sheet: base, filters, method, version."""


def write_xlsx(tables: Sequence[Table], path: Path, *, about: About) -> int:
    """Write the tables as sheets behind the sheet "About", all or nothing.

    Texts are text cells, guarded as in CSV. Returns how many texts were longer than a cell can hold and were cut,
    which "About" says too. UserError where a table has more rows or columns than a sheet.
    """
    import xlsxwriter

    for table in tables:
        _check(table)
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": False,
    }
    with replacing(path) as work:
        book = xlsxwriter.Workbook(str(work), options)
        book.set_properties({"created": _CREATED, "title": _whole(tables[0].title) if tables else ""})
        front = book.add_worksheet(_("About")[:_LONGEST_NAME])
        formats = _formats(book)
        names = {_("About").casefold()}
        cut = sum(_sheet(book.add_worksheet(_name(table.title, names)), table, formats) for table in tables)
        _about(front, about, cut, formats)
        _close(book)
    return cut


def _close(book: Any) -> None:
    from xlsxwriter.exceptions import FileCreateError

    try:
        book.close()
    except FileCreateError as error:
        if isinstance(error.__context__, OSError):
            raise error.__context__ from None
        raise


def _check(table: Table) -> None:
    if table.n_rows + 1 > MOST_ROWS:
        title = _("%(n)s rows do not fit into a sheet.") % {"n": fmt_count(table.n_rows)}
        raise UserError(title, _("Write a CSV file instead."))
    if len(plain_kinds(table)) > MOST_COLUMNS:
        title = _("%(n)s columns do not fit into a sheet.") % {"n": fmt_count(len(plain_kinds(table)))}
        raise UserError(title, _("Write a CSV file instead."))


def _formats(book: Any) -> dict[str, Any]:
    return {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "label": book.add_format({"bold": True, "valign": "top"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        ColumnKind.TEXT: book.add_format({"num_format": "@"}),
        ColumnKind.COUNT: book.add_format({"num_format": "#,##0"}),
        ColumnKind.SHARE: book.add_format({"num_format": "0.0%"}),
        ColumnKind.NUMBER: book.add_format({"num_format": "General"}),
        ColumnKind.P: book.add_format({"num_format": "General"}),
    }


def _name(title: str, used: set[str]) -> str:
    """A sheet's name: at most 31 letters, no forbidden ones, no apostrophe at either end, not used before whatever the
    case."""
    base = _fitting(_FORBIDDEN.sub(" ", _whole(title)).strip(" '"), _LONGEST_NAME).strip(" '") or _("Table")
    name, number = base, 2
    while name.casefold() in used or name.casefold() == "history":
        tail = f" {number}"
        name, number = _fitting(base, _LONGEST_NAME - len(tail)) + tail, number + 1
    used.add(name.casefold())
    return name


def _whole(text: str) -> str:
    """Without half letters, which no file can hold."""
    return _SURROGATE.sub("\ufffd", text)


def _fitting(text: str, most: int) -> str:
    """The beginning of a text that a spreadsheet counts as `most` letters at most: one beyond U+FFFF (an emoji) is
    two."""
    if len(text) * 2 <= most:
        return text
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")


def _sheet(sheet: Any, table: Table, formats: dict[str, Any]) -> int:
    columns, kinds = plain_columns(table), plain_kinds(table)
    cut = 0
    sheet.freeze_panes(1, 0)
    for number, ((header, values), kind) in enumerate(zip(columns, kinds, strict=True)):
        sheet.set_column(number, number, _width(header, values, kind))
    for number, (header, _values) in enumerate(columns):
        cut += _write_text(sheet, 0, number, header, formats["head"])
    for row, cells in enumerate(zip(*(values for _header, values in columns), strict=True), 1):
        for number, value in enumerate(cells):
            if value is None:
                continue
            if isinstance(value, str):
                cut += _write_text(sheet, row, number, value, formats[ColumnKind.TEXT])
            else:
                sheet.write_number(row, number, value, formats[kind] if kind is not ColumnKind.TEXT else None)
    return cut


def _write_text(sheet: Any, row: int, column: int, text: str, look: Any) -> bool:
    """Write a text cell; says whether it had to be cut. An empty text is an empty cell."""
    safe = _whole(guarded(text))
    kept = _fitting(safe, LONGEST_TEXT)
    sheet.write_string(row, column, kept, look)
    return len(kept) < len(safe)


def _width(header: str, values: Sequence[Value], kind: ColumnKind) -> float:
    """A width from the header and the first values, in letters."""
    if kind is not ColumnKind.TEXT:
        return float(min(max(len(header) * 0.6, 10), 18))
    longest = max((len(value) for value in values[:200] if isinstance(value, str)), default=0)
    return float(min(max(longest, len(header) * 0.6, 10), 50))


def _about(sheet: Any, about: About, cut: int, formats: dict[str, Any]) -> None:
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 90)
    lines = [*about]
    if cut:
        words = ngettext(
            "%(n)s text is longer than a cell can hold and was cut; the exact CSV file has it whole.",
            "%(n)s texts are longer than a cell can hold and were cut; the exact CSV file has them whole.",
            cut,
        )
        lines.append((_("Cut"), words % {"n": fmt_count(cut)}))
    for row, (label, value) in enumerate(lines):
        _write_text(sheet, row, 0, label, formats["label"])
        _write_text(sheet, row, 1, value, formats["wrap"])
