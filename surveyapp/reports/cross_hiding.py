"""Which cells of a cross-tab are not published: those of few people, and those that would give them away."""

from __future__ import annotations

from collections.abc import Iterator

from surveyapp.stats.table.result import CrossTable, LeafRole

Cells = set[tuple[int, int]]


def inner_cells(table: CrossTable) -> Iterator[tuple[int, int]]:
    """Row and column of each cell that is no total."""
    columns = [place for place, head in enumerate(table.columns) if head.role is not LeafRole.TOTAL]
    return ((row, column) for row in range(len(table.rows)) for column in columns)


def hidden_cells(table: CrossTable, below: int) -> tuple[tuple[int, int], ...]:
    """Cells of at least one but fewer than `below` people, and more until no sum gives one away.

    Rows sum to the total of their group, columns to their base: where one cell of a sum is hidden, the smallest other
    one is too. A net is hidden in a column that hides anything, and the totals of a row together, in all groups.
    """
    places = range(len(table.columns))
    hidden: Cells = {
        (row, column) for row in range(len(table.rows)) for column in places if 0 < table.counts[row][column] < below
    }
    if not hidden:
        return ()
    lines = list(_sums(table))
    while True:
        before = len(hidden)
        _hide_totals(table, hidden)
        for line in lines:
            inside = [cell for cell in line if cell in hidden]
            others = [cell for cell in line if cell not in hidden and table.counts[cell[0]][cell[1]]]
            if len(inside) == 1 and others:
                hidden.add(min(others, key=lambda cell: (table.counts[cell[0]][cell[1]], cell)))
        if len(hidden) == before:
            break
    columns = {column for _row, column in hidden}
    nets = [row for row, head in enumerate(table.rows) if head.role is LeafRole.NET]
    return tuple(sorted(hidden | {(row, column) for row in nets for column in columns}))


def _sums(table: CrossTable) -> Iterator[list[tuple[int, int]]]:
    """The cells that add up to something printed."""
    answers = [row for row, head in enumerate(table.rows) if head.role is not LeafRole.NET]
    for column in range(len(table.columns)):
        yield [(row, column) for row in answers]
    for group in table.groups:
        inner = [at for at in range(group.start, group.stop) if table.columns[at].role is not LeafRole.NET]
        for row in range(len(table.rows)):
            yield [(row, column) for column in inner]


def _hide_totals(table: CrossTable, hidden: Cells) -> None:
    totals = [place for place, head in enumerate(table.columns) if head.role is LeafRole.TOTAL]
    for row in range(len(table.rows)):
        if any((row, column) in hidden for column in totals):
            hidden.update((row, column) for column in totals)
