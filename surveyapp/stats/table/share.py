"""Shares of all cells with their intervals, expected counts and residuals.

Without weights: Wilson intervals and adjusted residuals (Haberman 1973). With weights: logit intervals with the
linearised standard error and Student's t, its df the share's own people less one (R's svyciprop, method "logit"), and
the residual's design-based z.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveyapp.stats.interval import wilson
from surveyapp.stats.table.spread import derivatives, row_spreads
from surveyapp.stats.table.tally import Block, Floats, Tally, tally
from surveyapp.stats.weight.design import Weights

ROUNDING = 1e-9
"""A variance that is this small a part of the one without weights is rounding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Arrays of one block. `share`, `low`, `high` and `base` are (3, R, C): of column, of row, of total.

    `expected`, `residual`, `elsewhere` are (R, C), nan where there is none; `between` (R, C, C) the covariance of the
    shares of column within a row, None without weights.
    """

    count: Floats
    weighted: Floats | None
    share: Floats
    low: Floats
    high: Floats
    base: Floats
    expected: Floats
    residual: Floats
    elsewhere: Floats
    between: Floats | None = None


def measure(people: Tally, level: float) -> Measured:
    """All cells of a block without weights."""
    base = np.stack([people.of_column, people.of_row, people.of_total])
    hits = np.broadcast_to(people.cell, base.shape)
    low, high = wilson(hits, base, level)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = hits / base
        expected = people.of_row * people.of_column / people.of_total
        spread = expected * (1 - people.of_row / people.of_total) * (1 - people.of_column / people.of_total)
        residual = np.where(spread > 0, (people.cell - expected) / np.sqrt(spread), np.nan)
    return Measured(
        count=people.cell,
        weighted=None,
        share=share,
        low=low,
        high=high,
        base=base,
        expected=expected,
        residual=residual,
        elsewhere=_elsewhere(people),
    )


def measure_weighted(block: Block, people: Tally, sums: Tally, *, weights: Weights, level: float) -> Measured:
    """All cells of a block with weights; `sums` are their sums by cell."""
    squares = tally(block, weights.of_base**2)
    base = np.stack([sums.of_column, sums.of_row, sums.of_total])
    n_base = np.stack([people.of_column, people.of_row, people.of_total])
    n_rows, n_columns = people.cell.shape
    variance = np.zeros((3, n_rows, n_columns))
    residual = np.full((n_rows, n_columns), np.nan)
    between = np.zeros((n_rows, n_columns, n_columns))
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(n_base > 0, sums.cell / base, np.nan)
        departure = sums.cell / sums.of_total - sums.of_row * sums.of_column / sums.of_total**2
    for row, spread in enumerate(row_spreads(block, weights)):
        by = derivatives(sums, row, block.total_of)
        between[row] = by[0] @ spread @ by[0].T
        for kind in range(3):
            variance[kind, row] = np.einsum("ij,jk,ik->i", by[kind], spread, by[kind])
        of_departure = np.einsum("ij,jk,ik->i", by[3], spread, by[3])
        in_row, in_column = (s[row] / np.maximum(sums.of_total[row], 1e-300) for s in (sums.of_row, sums.of_column))
        plain = in_row * (1 - in_row) * in_column * (1 - in_column) / np.maximum(people.of_total[row], 1)
        usable = of_departure > ROUNDING * plain
        residual[row, usable] = departure[row, usable] / np.sqrt(of_departure[usable])
    # what margins fix has no error: what is left is rounding
    variance[variance < ROUNDING * np.nan_to_num(share * (1 - share)) / np.maximum(n_base, 1)] = 0.0
    size = effective(base, np.stack([squares.of_column, squares.of_row, squares.of_total]))
    low, high = logit_interval(share, np.sqrt(np.maximum(variance, 0)), size, df=n_base - 1, level=level)
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = people.of_row * people.of_column / people.of_total
    return Measured(
        count=people.cell,
        weighted=sums.cell,
        share=share,
        low=low,
        high=high,
        base=n_base,
        expected=expected,
        residual=residual,
        elsewhere=_elsewhere(sums),
        between=between,
    )


def is_total(block: Block) -> NDArray[np.bool_]:
    """Shape (C,): the columns that gather their section."""
    found: NDArray[np.bool_] = block.total_of == np.arange(len(block.total_of))
    return found


def _elsewhere(sums: Tally) -> Floats:
    """The share of the row among the section's people outside the column; nan where there are none."""
    rest = sums.of_total - sums.of_column
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = np.where(rest > 1e-9 * sums.of_total, (sums.of_row - sums.cell) / rest, np.nan)
    return np.clip(found, 0.0, 1.0)


def effective(sums: Floats, squares: Floats) -> Floats:
    """Kish's effective number of people; 0 where there is nobody."""
    found: Floats = np.divide(sums * sums, squares, out=np.zeros_like(sums), where=squares > 0)
    return found


def logit_interval(share: Floats, error: Floats, size: Floats, *, df: Floats, level: float) -> tuple[Floats, Floats]:
    """Logit intervals; where nobody or everybody is meant, which has no error, Wilson's of the effective size."""
    from scipy.special import expit, logit, stdtrit

    inner = (share > 1e-12) & (share < 1 - 1e-12)
    p = np.where(inner, share, 0.5)
    half = stdtrit(np.maximum(df, 1), (1 + level) / 2) * error / (p * (1 - p))
    plain_low, plain_high = wilson(np.where(share > 0.5, size, 0), size, level)
    low = np.where(inner, np.minimum(expit(logit(p) - half), p), plain_low)
    high = np.where(inner, np.maximum(expit(logit(p) + half), p), plain_high)
    return low, high
