"""A table of results as text for a terminal: labels left, numbers right."""

from __future__ import annotations

from unicodedata import east_asian_width

from surveyapp.base.i18n import _
from surveyapp.base.number import EN_DASH, fmt_bare_p, fmt_count, fmt_interval, fmt_number, fmt_percent
from surveyapp.figures.caption import n_line, weighting_line
from surveyapp.reports.result_table.build import further_tables, result_table
from surveyapp.reports.result_table.cross import cross_grid, cross_notes
from surveyapp.reports.table import Column, ColumnKind, Table, first_rows
from surveyapp.stats.association.result import ScreenResult
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.result import CalibrationResult, Result
from surveyapp.stats.table.result import CrossTable

_WIDEST = 48
_MOST_PAIRS = 40


def table_text(result: Result) -> str:
    """The question, its table and its notes, and how it is weighted; the reason for a result that was not computed."""
    weighting = getattr(result, "weighting", None)
    return "\n".join([_told(result), *([weighting_line(weighting)] if weighting is not None else [])])


def _told(result: Result) -> str:
    if isinstance(result, NotComputed):
        return f"{result.question}\n{result.reason}"
    if isinstance(result, CrossTable):
        return _cross(result)
    table = result_table(result)
    if isinstance(result, CalibrationResult):
        said = [result.verdict, result.caveat]
    else:
        said = [getattr(result, "sentence", "")]
    if isinstance(result, ScreenResult) and table.n_rows > _MOST_PAIRS:
        table = first_rows(table, max(min(result.n_standing_out, _MOST_PAIRS), 10))
        said.append(_("The %(n)s strongest; --json has all.") % {"n": fmt_count(table.n_rows)})
    more = [line for each in further_tables(result) for line in ("", each.title, *lines_of(each), *each.notes)]
    return "\n".join([table.title, *lines_of(table), *table.notes, *filter(None, said), *more])


def _cross(result: CrossTable) -> str:
    """Numbers as they are shown; intervals are in --json and in files."""
    lines = cross_grid(result)
    columns = [[_shorten(cell) for cell in column] for column in zip(*lines, strict=True)]
    words = aligned(columns, [False, *([True] * (len(columns) - 1))])
    return "\n".join([result.question, *words, *cross_notes(result), n_line(result.counted)])


def lines_of(table: Table) -> list[str]:
    """Header and rows, each column as wide as it needs."""
    columns = [
        [_shorten(column.header), *(_cell(column, value) for value in column.values)] for column in table.columns
    ]
    return aligned(columns, [column.kind is not ColumnKind.TEXT for column in table.columns])


def aligned(columns: list[list[str]], right: list[bool]) -> list[str]:
    """The lines of columns, each as wide as it needs; `right` says which stand at its right end."""
    widths = [max(map(_width, column)) for column in columns]
    lines = []
    for row in zip(*columns, strict=True):
        cells = [_pad(cell, width, right=to_right) for cell, width, to_right in zip(row, widths, right, strict=True)]
        lines.append("  ".join(cells).rstrip())
    return lines


def _cell(column: Column, value: object) -> str:
    if value is None:
        return EN_DASH
    if isinstance(value, tuple):
        return fmt_interval(value[0], value[1], percent=column.kind is ColumnKind.SHARE_INTERVAL, digits=column.digits)
    if isinstance(value, str):
        return _shorten(value)
    assert isinstance(value, (int, float))
    match column.kind:
        case ColumnKind.COUNT:
            return fmt_count(int(value))
        case ColumnKind.SHARE:
            return fmt_percent(value, 1)
        case ColumnKind.P:
            return fmt_bare_p(value)
        case _:
            return fmt_number(value, column.digits)


def _shorten(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _WIDEST else f"{flat[: _WIDEST - 1]}…"


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _pad(text: str, width: int, *, right: bool) -> str:
    space = " " * (width - _width(text))
    return space + text if right else text + space
