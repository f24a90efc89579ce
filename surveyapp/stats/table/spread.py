"""Variances of weighted cells. All are quadratic forms of one matrix for each row, by linearisation.

Each share, difference and residual of a row is a combination of two weighted sums per column: of the column's people in
the row, and of its other people. Their covariance S, (2C, 2C), comes from `weight.design.covariance`; for an estimate
with the derivatives D, (k, 2C), by those sums, the covariance is D S D' (Lumley 2004; equal to R's survey).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from surveyapp.stats.table.tally import Block, Floats, Tally, codes_table
from surveyapp.stats.weight.design import Weights, covariance


def row_spreads(block: Block, weights: Weights) -> Iterator[Floats]:
    """S of each row in turn: the column's people in the row first, then its people who gave the row another answer."""
    if block.is_coded and block.rows.valid is None and weights.margins is None:
        return _closed_spreads(block, weights)
    return _people_spreads(block, weights)


def _closed_spreads(block: Block, weights: Weights) -> Iterator[Floats]:
    """Weights as given: people of different cells are independent, so sums of squared weights by cell are enough."""
    weight = weights.of_base
    squares, sums = codes_table(block, weight * weight), codes_table(block, weight)
    n = int(np.count_nonzero(weights.values > 0))
    assert block.rows.member is not None and block.columns.member is not None
    member = block.columns.member
    for row in block.rows.member:
        parts = []
        mean = []
        for inside in (row, 1 - row):
            parts.append((member * (inside @ squares)) @ member.T)
            mean.append(member @ (inside @ sums))
        zero = np.zeros_like(parts[0])
        both = np.concatenate(mean)
        spread = np.block([[parts[0], zero], [zero, parts[1]]]) - np.outer(both, both) / max(n, 1)
        yield spread * (n / (n - 1) if n > 1 else 0.0)


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
