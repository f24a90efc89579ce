"""Which cells of a cross-tab are not published: those of few people, and those that would give them away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from surveyapp.stats.table.result import CrossTable, LeafRole

Cell = tuple[int, int]
Cells = set[Cell]

_SURE = 1 - 1e-6


@dataclass(frozen=True, slots=True)
class _Sum:
    """Cells that add up to something: a number that is always printed, or the cell `total`."""

    cells: tuple[Cell, ...]
    total: Cell | None = None


def inner_cells(table: CrossTable) -> Iterator[Cell]:
    """Row and column of each cell that is no total."""
    columns = [place for place, head in enumerate(table.columns) if head.role is not LeafRole.TOTAL]
    return ((row, column) for row in range(len(table.rows)) for column in columns)


def hidden_cells(table: CrossTable, below: int) -> tuple[Cell, ...]:
    """Cells of at least one but fewer than `below` people, and more until no sum gives one away. The row behind the
    last is that of the bases: how many people a column holds is a cell, too.

    Rows sum to the total of their group, columns to their base: what is hidden of a sum are two cells or more that
    hold `below` people together, as 2 people in two hidden cells are one in each; and no cell follows from all sums
    together. The smallest other cell is taken first. A net is hidden in a column that hides anything, and the totals
    of a row together, in all groups.
    """
    places = range(len(table.columns))
    hidden: Cells = {
        (row, column) for row in range(len(table.rows) + 1) for column in places if 0 < _n(table, (row, column)) < below
    }
    if not hidden:
        return ()
    sums = list(_sums(table))
    while _sum_by_sum(table, sums, hidden, below) or _one_more(table, sums, hidden):
        pass
    columns = {column for _row, column in hidden}
    nets = [row for row, head in enumerate(table.rows) if head.role is LeafRole.NET]
    return tuple(sorted(hidden | {(row, column) for row in nets for column in columns}))


def base_row(table: CrossTable) -> int:
    """The row of a hidden base."""
    return len(table.rows)


def _n(table: CrossTable, cell: Cell) -> int:
    row, column = cell
    return table.columns[column].n if row == base_row(table) else table.counts[row][column]


def _sums(table: CrossTable) -> Iterator[_Sum]:
    answers = [row for row, head in enumerate(table.rows) if head.role is not LeafRole.NET]
    for column in range(len(table.columns)):
        yield _Sum(tuple((row, column) for row in answers), (base_row(table), column))
    for group in table.groups:
        roles = {at: table.columns[at].role for at in range(group.start, group.stop)}
        inner = [at for at, role in roles.items() if role not in (LeafRole.NET, LeafRole.TOTAL)]
        totals = [at for at, role in roles.items() if role is LeafRole.TOTAL]
        for row in range(base_row(table) + 1) if inner else ():
            yield _Sum(tuple((row, at) for at in inner), (row, totals[0]) if totals else None)


def _sum_by_sum(table: CrossTable, sums: Sequence[_Sum], hidden: Cells, below: int) -> bool:
    """Hide what single sums give away, until none does; whether anything was hidden."""
    start = len(hidden)
    while True:
        before = len(hidden)
        _hide_totals(table, hidden)
        for each in sums:
            while _is_open(table, each, hidden, below) and _hide_one(table, each, hidden):
                pass
        if len(hidden) == before:
            return before > start


def _is_open(table: CrossTable, each: _Sum, hidden: Cells, below: int) -> bool:
    """Whether the sum tells a hidden cell, or that its hidden cells hold fewer than `below` people."""
    inside = [cell for cell in each.cells if cell in hidden]
    if each.total in hidden:
        return not inside  # all others are printed, and so would be their sum
    return bool(inside) and (len(inside) < 2 or sum(_n(table, cell) for cell in inside) < below)


def _hide_one(table: CrossTable, each: _Sum, hidden: Cells) -> bool:
    """The smallest cell of people; where there is none, one of nobody beside a single hidden one."""
    others = [cell for cell in each.cells if cell not in hidden]
    held = [cell for cell in others if _n(table, cell)]
    if not held and len(others) < len(each.cells) - 1:
        return False
    if not others:
        return False
    hidden.add(min(held or others, key=lambda cell: (_n(table, cell), cell)))
    return True


def _one_more(table: CrossTable, sums: Sequence[_Sum], hidden: Cells) -> bool:
    """For each cell that all sums together give away (a bridge between two closed rounds of hidden cells), hide one
    more in a sum of it; whether any was hidden."""
    cells = sorted(hidden)
    at = {cell: place for place, cell in enumerate(cells)}
    lines = []
    for each in sums:
        line = np.zeros(len(cells))
        line[[at[cell] for cell in each.cells if cell in at]] = 1
        if each.total in at:
            line[at[each.total]] = -1
        if line.any():
            lines.append(line)
    if not lines:
        return False
    space = np.array(lines)
    sure = np.einsum("ij,ji->i", np.linalg.pinv(space), space)  # the diagonal of the projection on what is known
    told = [cells[place] for place in np.flatnonzero(sure > _SURE).tolist()]
    return sum(any(cell in each.cells and _hide_one(table, each, hidden) for each in sums) for cell in told) > 0


def _hide_totals(table: CrossTable, hidden: Cells) -> None:
    totals = [place for place, head in enumerate(table.columns) if head.role is LeafRole.TOTAL]
    for row in range(base_row(table) + 1):
        if any((row, column) in hidden for column in totals):
            hidden.update((row, column) for column in totals)
