"""In which order the rows of a table are shown. The numbers of the table never change."""

from __future__ import annotations

from surveyapp.stats.table.result import CrossTable, Grid, LeafRole
from surveyapp.stats.table.view import Order, SortBy

_LAST = {LeafRole.CHOICE: 0, LeafRole.NONE_TICKED: 2, LeafRole.NET: 3, LeafRole.TOTAL: 4}
"""1 is an answer that gathers write-ins."""


def row_order(table: CrossTable, order: Order) -> tuple[int, ...]:
    """Places of rows as they are to be shown: answers, then "Other", "None ticked" and nets, each sorted by itself.

    Rows without a number come last. An unknown `line` stands for the last column.
    """
    line = order.line if 0 <= order.line < len(table.columns) else len(table.columns) - 1

    def key(place: int) -> tuple[int, bool, float, str, int]:
        head = table.rows[place]
        rank = _LAST[head.role] + (1 if head.other else 0)
        return rank, *_value(table, order, (place, line), head.label), place

    places = range(len(table.rows))
    return tuple(places) if order.by is SortBy.CODEBOOK else tuple(sorted(places, key=key))


def _value(table: CrossTable, order: Order, cell: tuple[int, int], label: str) -> tuple[bool, float, str]:
    """Sorts rising: whether there is no number, the number, the label."""
    if order.by is SortBy.LABEL:
        return False, 0.0, label.casefold()
    grid: Grid = table.residual if order.by is SortBy.RESIDUAL else table.of_column.value
    value = grid[cell[0]][cell[1]]
    if value is None:
        return True, 0.0, ""
    return False, -value if order.descending else value, ""
