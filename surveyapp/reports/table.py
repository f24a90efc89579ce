"""Columns of plain values: the same table is printed, shown, and written as CSV and XLSX."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_percent
from surveyapp.stats.estimate import Estimate

Value = str | int | float | None
Interval = tuple[float, float] | None


class ColumnKind(StrEnum):
    """What the values of a column are. Shares are 0-1; an interval has two ends of the unit of the column before."""

    TEXT = "text"
    COUNT = "count"
    SHARE = "share"
    NUMBER = "number"
    SHARE_INTERVAL = "share_interval"
    NUMBER_INTERVAL = "number_interval"
    P = "p"
    """A p or q: printed to three decimals, written in full."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column. Intervals hold pairs; they become two columns in a file. `digits` are the decimals of numbers and of
    their intervals where people read them; None shows three significant digits."""

    header: str
    values: Sequence[Value | Interval]
    kind: ColumnKind = ColumnKind.TEXT
    digits: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Columns of equal length. `cell_counts` is the column whose counts say which rows rest on few people."""

    title: str
    columns: tuple[Column, ...]
    notes: tuple[str, ...] = field(default=())
    cell_counts: int = -1

    @property
    def n_rows(self) -> int:
        """Rows without the header."""
        return len(self.columns[0].values) if self.columns else 0


def first_rows(table: Table, n: int) -> Table:
    """The same table with at most `n` rows."""
    columns = tuple(replace(column, values=list(column.values[:n])) for column in table.columns)
    return replace(table, columns=columns)


def interval_header(level: float) -> str:
    """What stands above a column of intervals."""
    return _("%(level)s interval") % {"level": fmt_percent(level)}


def ends(estimate: Estimate) -> Interval:
    """Both ends, or None where there is no interval."""
    return None if estimate.low is None or estimate.high is None else (estimate.low, estimate.high)
