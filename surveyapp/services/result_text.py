"""A result as rows of text: for tables in the window and for the clipboard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from surveyapp.base.number import EN_DASH, fmt_bare_p, fmt_count, fmt_interval, fmt_number, fmt_percent
from surveyapp.figures.caption import bare_interval
from surveyapp.reports.guard import guarded
from surveyapp.reports.result_table.build import result_table
from surveyapp.reports.table import Column, ColumnKind, Table
from surveyapp.stats.estimate import Estimate
from surveyapp.stats.result import FrequencyTable, GridTable, MultiTable, Result
from surveyapp.stats.wave_change.result import AnswerSeries

_DIGITS = 1


class Cells(Sequence[str]):
    """The cells of a column in words, each made when it is asked for: of thousands a window shows thirty."""

    __slots__ = ("_column",)

    def __init__(self, column: Column) -> None:
        self._column = column

    def __len__(self) -> int:
        return len(self._column.values)

    @overload
    def __getitem__(self, row: int) -> str: ...

    @overload
    def __getitem__(self, row: slice) -> tuple[str, ...]: ...

    def __getitem__(self, row: int | slice) -> str | tuple[str, ...]:
        if isinstance(row, slice):
            return tuple(_cell(self._column, value) for value in self._column.values[row])
        return _cell(self._column, self._column.values[row])

    def __iter__(self) -> Iterator[str]:
        return (_cell(self._column, value) for value in self._column.values)

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, (Cells, tuple)) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class TextColumn:
    """A column: its header, its cells as words, what they sort by (None: not), and whether they are numbers."""

    header: str
    cells: Sequence[str]
    sort_by: tuple[float, ...] | tuple[str, ...]
    numeric: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TextTable:
    """`keys` name the mark of the figure that a row belongs to ("" for none), `small` rows rest on few people."""

    columns: tuple[TextColumn, ...]
    keys: tuple[str, ...]
    counts: tuple[int, ...] = ()

    @property
    def n_rows(self) -> int:
        """Rows without the header."""
        return len(self.keys)

    def as_text(self) -> str:
        """Tab-separated, with the header; nothing in it that a spreadsheet would run as a formula."""
        lines = [[column.header for column in self.columns]]
        lines += [[column.cells[row] for column in self.columns] for row in range(self.n_rows)]
        return "\n".join("\t".join(guarded(" ".join(cell.split())) for cell in line) for line in lines)


def text_table(result: Result) -> TextTable:
    """The numbers of a result in words, in the order in which its figure shows them."""
    table = result_table(result)
    return text_of(table, _keys(result, table.n_rows))


def text_of(table: Table, keys: tuple[str, ...] = ()) -> TextTable:
    """A table in words; `keys` has one for each row (else: all "")."""
    counts: tuple[int, ...] = ()
    if table.cell_counts >= 0:
        counts = tuple(int(value) for value in table.columns[table.cell_counts].values if isinstance(value, int))
    return TextTable(
        columns=tuple(_column(column) for column in table.columns), keys=keys or ("",) * table.n_rows, counts=counts
    )


def _keys(result: Result, n_rows: int) -> tuple[str, ...]:
    match result:
        case FrequencyTable() | MultiTable():
            from surveyapp.figures.bar import arrange
            from surveyapp.figures.option import FigureOptions

            return tuple(str(row.code) for row in arrange(result, FigureOptions()))
        case AnswerSeries():
            return tuple(f"point:{n}:{place}" for n, row in enumerate(result.rows) for place in range(len(row.points)))
        case GridTable():
            return tuple(item.question for item in result.items)
        case _:
            return tuple(f"row:{number}" for number in range(n_rows))


def _column(column: Column) -> TextColumn:
    numeric = column.kind is not ColumnKind.TEXT
    sort_by: tuple[float, ...] | tuple[str, ...]
    if numeric:
        sort_by = tuple(_sort_number(value) for value in column.values)
    else:
        sort_by = tuple(str(value).casefold() for value in column.values)
    return TextColumn(header=column.header, cells=Cells(column), sort_by=sort_by, numeric=numeric)


def _sort_number(value: object) -> float:
    if isinstance(value, tuple):
        return float(value[0])
    return float(value) if isinstance(value, (int, float)) else float("-inf")


def _cell(column: Column, value: object) -> str:
    kind = column.kind
    if value is None:
        return EN_DASH
    if isinstance(value, tuple):
        low, high = value
        if kind is ColumnKind.SHARE_INTERVAL:
            return bare_interval(Estimate(value=low, low=low, high=high), digits=_DIGITS)
        return fmt_interval(low, high, digits=column.digits)
    if isinstance(value, str):
        return value
    assert isinstance(value, (int, float))
    match kind:
        case ColumnKind.COUNT:
            return fmt_count(int(value))
        case ColumnKind.SHARE:
            return fmt_percent(value, _DIGITS)
        case ColumnKind.P:
            return fmt_bare_p(value)
        case _:
            return fmt_number(value, column.digits)
