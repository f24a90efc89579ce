"""The covariance of the weighted shares of cells of which each person is in one, by counting.

The same as `design.covariance` of their influences, without a row for each person: tables of any size take a time that
hardly depends on their cells. With a the influences, w the weights and M the cells of the margins as 0 and 1, the
residuals are e = a - M b with b = (M'M)^- M'a, and sum w^2 e e' = a'W^2 a - a'W^2 M b - (a'W^2 M b)' + b'M'W^2 M b.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveyapp.stats.weight.design import Weights, inverse_of_counts, margin_columns

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Sums:
    """What the (co)variances are made of: shares (k,) of the base's weight; squares (k,) of the weights in each cell,
    and the number n of people with a weight in the wave; for margins of K cells in all `coefficients` b (K, k),
    `crossed` a'W^2 M (k, K), `inner` M'W^2 M (K, K) and `drift` (k,), the sum of w e."""

    shares: Floats
    squares: Floats
    n: int
    coefficients: Floats | None = None
    crossed: Floats | None = None
    inner: Floats | None = None
    drift: Floats | None = None


def share_variances(places: Places, k: int, weights: Weights) -> Floats:
    """The variances (k,) of the shares of k cells; `places`, shape (m,): the cell of each person of the base, 0 to
    k - 1. Somebody of the base must have a weight. 0 for a wave of one person."""
    found = _sums(places, k, weights)
    if found.n < 2:
        return np.zeros(k)
    p, squares = found.shares, found.squares
    variances = squares * (1 - 2 * p) + p * p * squares.sum()
    if found.coefficients is not None and found.crossed is not None and found.inner is not None:
        b = found.coefficients
        variances = variances - 2 * np.einsum("kj,jk->k", found.crossed, b) + np.einsum("jk,jk->k", b, found.inner @ b)
    if found.drift is not None:
        variances = variances - found.drift**2 / found.n
    result: Floats = np.maximum(variances, 0.0) * (found.n / (found.n - 1))
    return result


def share_covariance(places: Places, k: int, weights: Weights) -> Floats:
    """The covariance (k, k); see `share_variances`."""
    found = _sums(places, k, weights)
    if found.n < 2:
        return np.zeros((k, k))
    p, squares = found.shares, found.squares
    crossed = np.outer(squares, p)
    result = np.diag(squares) - crossed - crossed.T + np.outer(p, p) * squares.sum()
    if found.coefficients is not None and found.crossed is not None and found.inner is not None:
        left = found.crossed @ found.coefficients
        result = result - left - left.T + found.coefficients.T @ found.inner @ found.coefficients
    if found.drift is not None:
        result = result - np.outer(found.drift, found.drift) / found.n
    scaled: Floats = result * (found.n / (found.n - 1))
    return scaled


def _sums(places: Places, k: int, weights: Weights) -> _Sums:
    total = float(weights.of_base.sum())
    w = weights.of_base / total
    shares = _count(places, k, w)
    squares = _count(places, k, w * w)
    n = int(np.count_nonzero(weights.values > 0))
    if weights.margins is None or n < 2:
        return _Sums(shares, squares, n)
    counted = weights.values > 0
    columns = margin_columns(weights.margins[counted])
    width = int(columns.max()) + 1
    everybody = weights.values[counted] / total
    inner = _pairs(columns, width, everybody * everybody)
    # those of the base with a weight, as people of the wave and of the base
    given = weights.of_base > 0
    own = columns[weights.inside[counted]]
    cells, own_w = places[given], w[given]
    taken = _table(cells, own, (k, width), np.ones(len(cells)))
    squared = _table(cells, own, (k, width), own_w * own_w)
    influence = taken.T - np.outer(taken.sum(axis=0), shares)
    coefficients = inverse_of_counts(_pairs(columns, width, np.ones(n))) @ influence
    return _Sums(
        shares,
        squares,
        n,
        coefficients=coefficients,
        crossed=squared - np.outer(shares, squared.sum(axis=0)),
        inner=inner,
        drift=-_column_sums(columns, width, everybody) @ coefficients,
    )


def _count(places: Places, k: int, values: Floats) -> Floats:
    return np.bincount(places, values, minlength=k).astype(np.float64)


def _column_sums(columns: Places, width: int, values: Floats) -> Floats:
    sums: Floats = np.sum([_count(column, width, values) for column in columns.T], axis=0)
    return sums


def _pairs(columns: Places, width: int, values: Floats) -> Floats:
    """Shape (width, width): the sum of values of the people in both of two margin cells."""
    sums: Floats = np.sum([_table(column, columns, (width, width), values) for column in columns.T], axis=0)
    return sums


def _table(cells: Places, columns: Places, shape: tuple[int, int], values: Floats) -> Floats:
    """The sum of values of the people in a cell and a margin cell."""
    sums = np.zeros(shape[0] * shape[1])
    for column in columns.T:
        sums += _count(cells * shape[1] + column, len(sums), values)
    return sums.reshape(shape)
