"""A table of values as it is printed: numbers in words of the language, few people marked or hidden."""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.base.number import EN_DASH, THIN_SPACE, fmt_bare_p, fmt_count, fmt_interval, fmt_number, fmt_percent
from surveyapp.reports.document import Cell, CellAlign, TableBlock
from surveyapp.reports.small_cell import ASK_BELOW, MARK_BELOW
from surveyapp.reports.table import Column, ColumnKind, Interval, Table, Value

_INTERVALS = (ColumnKind.SHARE_INTERVAL, ColumnKind.NUMBER_INTERVAL)


def printed(
    table: Table,
    *,
    title: str = "",
    notes: tuple[str, ...] = (),
    hide_small: bool = False,
    intervals: bool = True,
    counts: bool = True,
    block: str = "",
) -> TableBlock:
    """The table for paper. Rows of fewer than ten people are hatched and say n; with `hide_small` counts under five
    and everything that rests on them read "<5". Counts that mark few people stay even with `counts` off."""
    columns = [column for column in table.columns if intervals or column.kind not in _INTERVALS]
    marked = table.columns[table.cell_counts] if table.cell_counts >= 0 else None
    if not counts:
        columns = [column for column in columns if column is not marked]
    rows = tuple(_row(table, columns, number, hide_small=hide_small) for number in range(table.n_rows))
    return TableBlock(
        title=title,
        header=tuple(column.header for column in columns),
        rows=rows,
        align=tuple(_align(column) for column in columns),
        notes=notes,
        block=block,
    )


def _align(column: Column) -> CellAlign:
    return "start" if column.kind is ColumnKind.TEXT else "end"


def _row(table: Table, columns: list[Column], number: int, *, hide_small: bool) -> tuple[Cell, ...]:
    marked = table.columns[table.cell_counts].values[number] if table.cell_counts >= 0 else None
    n = marked if isinstance(marked, int) else None
    return tuple(_cell(column, column.values[number], n, hide_small=hide_small) for column in columns)


def _cell(column: Column, value: Value | Interval, n: int | None, *, hide_small: bool) -> Cell:
    if column.kind is ColumnKind.TEXT:
        return Cell(text=_text(column, value))
    own = value if n is None and column.kind is ColumnKind.COUNT and isinstance(value, int) else n
    few = own is not None and 0 < own < MARK_BELOW
    if few and hide_small and own is not None and own < ASK_BELOW:
        return Cell(text=f"<{fmt_count(ASK_BELOW)}" if column.kind is ColumnKind.COUNT else EN_DASH, hatch=True)
    if few and column.kind in _INTERVALS:  # an interval of so few people says little: their number says more
        return Cell(text=_("n %(n)s") % {"n": fmt_count(own or 0)}, hatch=True)
    return Cell(text=_text(column, value), hatch=few, quiet=column.kind in _INTERVALS)


def _text(column: Column, value: Value | Interval) -> str:
    if value is None:
        return EN_DASH
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        low, high = value
        if column.kind is ColumnKind.SHARE_INTERVAL:
            return fmt_interval(low, high, digits=1, percent=True).removesuffix(f"{THIN_SPACE}%")
        return fmt_interval(low, high, digits=column.digits)
    if column.kind is ColumnKind.SHARE:
        return fmt_percent(float(value), 1)
    if column.kind is ColumnKind.COUNT:
        return fmt_count(int(value))
    if column.kind is ColumnKind.P:
        return fmt_bare_p(float(value))
    return fmt_number(float(value), column.digits)
