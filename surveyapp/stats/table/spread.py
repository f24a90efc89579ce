"""Variances of weighted cells. All are quadratic forms of one matrix for each row, by linearisation.

Each share, difference and residual of a row is a combination of two weighted sums per column: of the column's people in
the row, and of its other people. Their covariance S, (2C, 2C), is the linearised one of `weight.design`; for an
estimate with the derivatives D, (k, 2C), by those sums, the covariance is D S D' (Lumley 2004; equal to R's survey).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from surveyapp.stats.table.tally import Block, Floats, Tally
from surveyapp.stats.weight.design import Weights, covariance
from surveyapp.stats.weight.share_variance import share_covariance

_MOST_CELLS = 400


def row_spreads(block: Block, weights: Weights) -> Iterator[Floats]:
    """S of each row in turn: the column's people in the row first, then its people who gave the row another answer."""
    if block.columns.codes is None or block.columns.member is None:
        return _people_spreads(block, weights)
    if block.is_coded and block.rows.valid is None and _n_cells(block) <= _MOST_CELLS:
        return _cell_spreads(block, weights)
    return _line_spreads(block, weights)


def _n_cells(block: Block) -> int:
    assert block.rows.member is not None and block.columns.member is not None
    return int(block.rows.member.shape[1] * block.columns.member.shape[1])


def _cell_spreads(block: Block, weights: Weights) -> Iterator[Floats]:
    """From the covariance of all cells at once: each sum of a row is a sum of cells."""
    assert block.rows.codes is not None and block.columns.codes is not None
    assert block.rows.member is not None and block.columns.member is not None
    columns = block.columns.member
    places = block.rows.codes * columns.shape[1] + block.columns.codes
    between = _covariance(places[block.both], _n_cells(block), weights.take(block.both))
    for row in block.rows.member:
        cells = np.vstack([np.kron(row, columns), np.kron(1 - row, columns)])
        yield cells @ between @ cells.T


def _line_spreads(block: Block, weights: Weights) -> Iterator[Floats]:
    """The same row by row, where cells are too many, or people stand in several rows."""
    assert block.columns.codes is not None and block.columns.member is not None
    columns = block.columns.member
    nothing = np.zeros_like(columns)
    cells = np.block([[columns, nothing], [nothing, columns]])
    rows = block.rows.indicators() > 0
    for place, inside in enumerate(rows.T):
        valid = block.both if block.rows.valid is None else block.both & block.rows.valid[:, place]
        places = np.where(inside, 0, columns.shape[1]) + block.columns.codes
        between = _covariance(places[valid], cells.shape[1], weights.take(valid))
        yield cells @ between @ cells.T


def _covariance(places: NDArray[np.int64], k: int, weights: Weights) -> Floats:
    """Of the weighted sums of k cells, but for what all have in common, which no share depends on."""
    total = float(weights.of_base.sum())
    return share_covariance(places, k, weights) * total**2 if total > 0 else np.zeros((k, k))


def _people_spreads(block: Block, weights: Weights) -> Iterator[Floats]:
    rows = block.rows.indicators() * block.both[:, None]
    columns = block.columns.indicators() * block.both[:, None]
    for place, inside in enumerate(rows.T):
        valid = columns if block.rows.valid is None else columns * block.rows.valid[:, place, None]
        yield covariance(np.hstack([valid * inside[:, None], valid * (1 - inside)[:, None]]), weights)


def derivatives(sums: Tally, row: int, total_of: NDArray[np.int64]) -> tuple[Floats, Floats, Floats, Floats]:
    """By the 2C sums of that row, each (C, 2C): of the share of column, of row, of total, and of the residual.

    The residual is the share of total less the product of its margins, p_rc - p_r p_c. 0 where a base is empty.
    """
    cell, column = sums.cell[row], sums.of_column[row]
    in_row, total = sums.of_row[row], sums.of_total[row]
    n = len(cell)
    here, its_total = np.eye(n), np.eye(n)[total_of]
    nothing = np.zeros((n, n))
    everybody, totals = np.hstack([here, here]), np.hstack([its_total, its_total])
    inside, row_total = np.hstack([here, nothing]), np.hstack([its_total, nothing])
    of_column = _ratio(inside, everybody, cell, column)
    of_row = _ratio(inside, row_total, cell, in_row)
    of_total = _ratio(inside, totals, cell, total)
    share_row, share_column = _over(in_row, total), _over(column, total)
    residual = inside - share_column[:, None] * row_total - share_row[:, None] * everybody
    residual += ((2 * share_row * share_column) - _over(cell, total))[:, None] * totals
    return of_column, of_row, of_total, _over(residual, total[:, None])


def _ratio(inside: Floats, base: Floats, hits: Floats, size: Floats) -> Floats:
    share = _over(hits, size)
    return _over(inside - share[:, None] * base, size[:, None])


def _over(top: Floats, bottom: Floats) -> Floats:
    """Element by element; 0 where there is nothing to divide by."""
    found: Floats = np.divide(top, bottom, out=np.zeros(np.broadcast_shapes(top.shape, bottom.shape)), where=bottom > 0)
    return found
