"""A table as a file holds it: one value per cell, intervals as two columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from surveyapp.base.i18n import _
from surveyapp.reports.table import Column, ColumnKind, Interval, Table, Value

_INTERVALS = (ColumnKind.SHARE_INTERVAL, ColumnKind.NUMBER_INTERVAL)


def plain_columns(table: Table) -> list[tuple[str, Sequence[Value]]]:
    """Header and values of every column; an interval becomes its lower and upper end."""
    result: list[tuple[str, Sequence[Value]]] = []
    for column in table.columns:
        if column.kind in _INTERVALS:
            result += _both_ends(column)
        else:
            result.append((column.header, cast("Sequence[Value]", column.values)))
    return result


def _both_ends(column: Column) -> list[tuple[str, Sequence[Value]]]:
    pairs = cast("Sequence[Interval]", column.values)
    low = _("%(interval)s, lower end") % {"interval": column.header}
    high = _("%(interval)s, upper end") % {"interval": column.header}
    return [
        (low, [pair[0] if pair else None for pair in pairs]),
        (high, [pair[1] if pair else None for pair in pairs]),
    ]


def plain_kinds(table: Table) -> list[ColumnKind]:
    """The kind of every column of `plain_columns`."""
    ends = {ColumnKind.SHARE_INTERVAL: ColumnKind.SHARE, ColumnKind.NUMBER_INTERVAL: ColumnKind.NUMBER}
    result: list[ColumnKind] = []
    for column in table.columns:
        result += [ends[column.kind]] * 2 if column.kind in ends else [column.kind]
    return result
