"""Who stands in which cell: one np.bincount, or one product of indicators where people stand in several places.

All totals come from the same count: rows have a last line "everybody of the base", every section of columns a last
column "everybody of the section", so that a base is read off and never summed (ticks are not people).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from surveyapp.stats.count import count_people
from surveyapp.stats.estimate import Counted
from surveyapp.stats.table.result import LeafRole
from surveyapp.stats.table.side import Leaf, Section, Side

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Sums over the people of cells, R rows by C columns (section totals among them), and of the bases of their shares.

    `cell` (R, C); `of_column` (R, C) the column's people who have an answer to the row; `of_row` (R, C) the row's
    people in the section; `of_total` (R, C) the section's people who have an answer to the row; `columns` (C,) all
    people of the column.
    """

    cell: Floats
    of_column: Floats
    of_row: Floats
    of_total: Floats
    columns: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Rows by one question of columns: the two sides restricted to nobody, whom both count, and the section totals.

    `both` (m,): who is in the base of both. `total_of` (C,): the place of the total of each column's section.
    """

    rows: Side
    columns: Side
    both: NDArray[np.bool_]
    counted: Counted
    total_of: NDArray[np.int64]

    @property
    def is_coded(self) -> bool:
        """Whether everybody stands in one row and one column."""
        return self.rows.codes is not None and self.columns.codes is not None


def block_of(rows: Side, columns: Side) -> Block:
    """A question by another; each section of the columns gets its total as a last leaf."""
    whole = _with_totals(columns)
    why = np.where(rows.why != 0, rows.why, columns.why)
    total_of = np.zeros(len(whole.leaves), dtype=np.int64)
    for section in whole.sections:
        total_of[section.start : section.stop] = section.stop - 1
    return Block(rows=rows, columns=whole, both=why == 0, counted=count_people(why), total_of=total_of)


def tally(block: Block, weight: Floats | None = None) -> Tally:
    """Counts of people, or sums of `weight`, shape (m,), over them."""
    if block.rows.valid is None and block.is_coded:
        cell, columns = _by_code(block, weight)
    else:
        cell, columns = _by_product(block, weight)
    if block.rows.valid is None:
        of_column = np.broadcast_to(columns, cell.shape)
    else:
        valid = block.rows.valid & block.both[:, None]
        of_column = valid.T.astype(np.float64) @ _weighed(block.columns.indicators(), weight)
    return Tally(
        cell=cell,
        of_column=of_column,
        of_row=cell[:, block.total_of],
        of_total=of_column[:, block.total_of],
        columns=columns,
    )


def codes_table(block: Block, weight: Floats | None = None) -> Floats:
    """Sums by the places of codes (K rows, K columns), nets and totals aside; both sides must be coded."""
    rows, columns = block.rows, block.columns
    assert rows.codes is not None and columns.codes is not None and rows.member is not None
    assert columns.member is not None
    n_rows, n_columns = rows.member.shape[1], columns.member.shape[1]
    # -1 becomes a line of its own, cut off after counting: cheaper than selecting people first
    joint = (rows.codes + 1) * (n_columns + 1) + (columns.codes + 1)
    found = np.bincount(joint, weights=weight, minlength=(n_rows + 1) * (n_columns + 1))
    table: Floats = found.reshape(n_rows + 1, n_columns + 1)[1:, 1:].astype(np.float64)
    return table


def _by_code(block: Block, weight: Floats | None) -> tuple[Floats, Floats]:
    table = codes_table(block, weight)
    assert block.rows.member is not None and block.columns.member is not None
    by_column = table @ block.columns.member.T
    cell: Floats = block.rows.member @ by_column
    columns: Floats = by_column.sum(axis=0)
    return cell, columns


def _by_product(block: Block, weight: Floats | None) -> tuple[Floats, Floats]:
    columns = _weighed(block.columns.indicators(), weight) * block.both[:, None]
    cell: Floats = block.rows.indicators().T @ columns
    people: Floats = columns.sum(axis=0)
    return cell, people


def _weighed(indicators: Floats, weight: Floats | None) -> Floats:
    return indicators if weight is None else indicators * weight[:, None]


def _with_totals(side: Side) -> Side:
    """The side with a last leaf in each section that gathers everybody of the section."""
    leaves: list[Leaf] = []
    sections: list[Section] = []
    order: list[int] = []
    for section in side.sections:
        start = len(leaves)
        inner = range(section.start, section.stop)
        leaves += [side.leaves[place] for place in inner]
        leaves.append(Leaf(key="total", label="", role=LeafRole.TOTAL, path=side.leaves[section.start].path))
        order += [*inner, -1]
        sections.append(Section(path=section.path, start=start, stop=len(leaves)))
    return replace(
        side,
        leaves=tuple(leaves),
        sections=tuple(sections),
        member=None if side.member is None else _summed_rows(side, order),
        ticked=None if side.ticked is None else _any_columns(side, order),
    )


def _summed_rows(side: Side, order: list[int]) -> Floats:
    """Rows of `member` in a new order; -1 is the sum of the choices of the section before it."""
    assert side.member is not None
    found, choices = [], np.zeros(side.member.shape[1])
    for place in order:
        if place < 0:
            found.append(choices)
            choices = np.zeros(side.member.shape[1])
            continue
        found.append(side.member[place])
        if side.leaves[place].role is LeafRole.CHOICE:
            choices = choices + side.member[place]
    return np.array(found)


def _any_columns(side: Side, order: list[int]) -> NDArray[np.bool_]:
    """Columns of `ticked` in a new order; -1 is whoever stands anywhere in the section before it."""
    assert side.ticked is not None
    found, anywhere = [], np.zeros(len(side), dtype=np.bool_)
    for place in order:
        if place < 0:
            found.append(anywhere)
            anywhere = np.zeros(len(side), dtype=np.bool_)
            continue
        found.append(side.ticked[:, place])
        anywhere = anywhere | side.ticked[:, place]
    return np.column_stack(found)
