"""Every pair of many variables at once, with weights: the families of `sweep` from weighted sums.

Estimates are those of `weighted`, ranked once among all who answered a question. Tests are linearised, with weights
taken as given: Spearman's rho and eta of ranks (R's svyranktest) with ranks as known, tables by the first-order
correction of Rao & Scott (1984) from cells and margins. Opening a pair adds what estimating the ranks costs, the
second-order correction, and the residual error of weights raked here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb

import numpy as np
from numpy.typing import NDArray

from surveyapp.stats.association import formula
from surveyapp.stats.association.block import Block, blocks_of, group_sums, only
from surveyapp.stats.association.rank import weighted_midranks
from surveyapp.stats.association.rare import FEWEST
from surveyapp.stats.association.result import Measure
from surveyapp.stats.association.sum import product
from surveyapp.stats.association.swept import Swept, places_of, without_own
from surveyapp.stats.association.variable import Variable
from surveyapp.stats.check import Check

Floats = NDArray[np.float64]
Places = NDArray[np.intp]

_STILL = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ranked:
    """Weighted midranks less 1/2, (m, k), 0 where there is no answer; `given` 1 or 0; `differing` as in sum.Ranked."""

    places: Places
    ranks: Floats
    given: Floats
    differing: Places


@dataclass(frozen=True, slots=True, kw_only=True)
class _Weight:
    """The weights of the people, of mean 1, and n / (n - 1) of all people of the wave who have one."""

    values: Floats
    factor: float


def weighted_sweep(
    variables: Sequence[Variable], weights: Floats, n_wave: int, *, level: float, check: Check
) -> list[Swept]:
    """All pairs, each measured as fits. `weights` (m,) are all above 0; `n_wave` people of the wave have one."""
    w = _Weight(values=weights / weights.mean(), factor=n_wave / max(n_wave - 1, 1))
    choices = places_of(variables, lambda v: not v.ordered)
    ticks = places_of(variables, lambda v: v.binary)
    ordered = _ranked(variables, places_of(variables, lambda v: v.ordered and not v.binary), w, check)
    ticked = _ranked(variables, ticks, w, check)
    blocks = blocks_of(variables, np.sort(np.concatenate([choices, ticks])), check)
    found = [
        _ranks_with_ranks(ordered, ordered, w, level, check),
        _ranks_with_ranks(ordered, ticked, w, level, check),
    ]
    for block in blocks:
        unordered = only(block, choices)
        if len(unordered.places):
            found.append(_choices_with_ranks(unordered, ordered, w, level, check))
    for i, left in enumerate(blocks):
        found += [_choices_with_choices(left, right, w, level, check) for right in blocks[i:]]
    return [without_own(part, variables) for part in found]


def weighted_correlations(
    variables: Sequence[Variable], weights: Floats, n_wave: int, *, ranks: bool, level: float, check: Check
) -> Swept:
    """Rho (r of the numbers themselves with `ranks` False) of each two ordered variables, ticks among them."""
    w = _Weight(values=weights / weights.mean(), factor=n_wave / max(n_wave - 1, 1))
    table = _ranked(variables, np.arange(len(variables)), w, check) if ranks else _amounts(variables, w)
    everybody = _Ranked(
        places=table.places,
        ranks=table.ranks,
        given=table.given,
        differing=np.full(len(variables), len(weights) + FEWEST),
    )
    return _ranks_with_ranks(everybody, everybody, w, level, check)


def _amounts(variables: Sequence[Variable], w: _Weight) -> _Ranked:
    """The numbers themselves, centred and at most 1."""
    shape = (len(w.values), len(variables))
    values, given = np.zeros(shape, order="F"), np.zeros(shape, order="F")
    for column, variable in enumerate(variables):
        if variable.values is None or not variable.given.any():
            continue
        own = variable.values[variable.given]
        rest = own / (float(np.abs(own).max()) or 1.0)
        rest = rest - np.average(rest, weights=w.values[variable.given])
        values[variable.given, column] = rest / (float(np.abs(rest).max()) or 1.0)
        given[variable.given, column] = 1.0
    empty = np.zeros(len(variables), dtype=np.intp)
    return _Ranked(places=np.arange(len(variables)), ranks=values, given=given, differing=empty)


def _ranked(variables: Sequence[Variable], places: Places, w: _Weight, check: Check) -> _Ranked:
    shape = (len(w.values), len(places))
    ranks, given = np.zeros(shape, order="F"), np.zeros(shape, order="F")
    differing = np.zeros(len(places), dtype=np.intp)
    for column, place in enumerate(places.tolist()):
        check()
        variable = variables[place]
        if variable.values is None or not variable.given.any():
            continue
        own = variable.values[variable.given]
        ranks[variable.given, column] = weighted_midranks(own, w.values[variable.given]) - 0.5
        given[variable.given, column] = 1.0
        _values, counts = np.unique(own, return_counts=True)
        differing[column] = len(own) - int(counts.max())
    return _Ranked(places=places, ranks=ranks, given=given, differing=differing)


def _ranks_with_ranks(left: _Ranked, right: _Ranked, w: _Weight, level: float, check: Check) -> Swept:
    """Weighted Spearman's rho; within one set each pair once."""
    from scipy.special import stdtr, stdtrit

    once = left is right
    n = product(left.given, right.given, check)
    first = _moments(left, right, w.values, 2, check)
    total = np.maximum(first[0, 0], 1e-300)
    mean = first[1, 0] / total, first[0, 1] / total
    spread = first[2, 0] / total - mean[0] ** 2, first[0, 2] / total - mean[1] ** 2
    flat = (spread[0] <= _STILL) | (spread[1] <= _STILL) | (left.differing < FEWEST)[:, None]
    flat |= (right.differing < FEWEST)[None, :]
    size = np.sqrt(np.where(flat, 1.0, spread[0])), np.sqrt(np.where(flat, 1.0, spread[1]))
    r = np.clip((first[1, 1] / total - mean[0] * mean[1]) / (size[0] * size[1]), -1, 1)
    second = _moments(left, right, w.values**2, 4, check)

    def central(a: int, b: int) -> Floats:
        parts = (
            comb(a, i) * comb(b, j) * (-mean[0]) ** (a - i) * (-mean[1]) ** (b - j) * second[i, j]
            for i in range(a + 1)
            for j in range(b + 1)
        )
        whole: Floats = sum(parts, start=np.zeros(1)) / (size[0] ** a * size[1] ** b)
        return whole

    squares = central(2, 2) - r * (central(3, 1) + central(1, 3))
    squares = squares + r * r / 4 * (central(4, 0) + 2 * central(2, 2) + central(0, 4))
    check()
    error = np.sqrt(np.maximum(squares, 0.0) * w.factor) / total / np.maximum(1 - r * r, _STILL)
    z = np.arctanh(np.clip(r, -1 + 1e-15, 1 - 1e-15))
    half = stdtrit(np.maximum(n - 2, 1), (1 + level) / 2) * error
    p = 2 * stdtr(np.maximum(n - 2, 1), -np.abs(z) / np.maximum(error, 1e-300))
    keep = np.triu(np.ones(n.shape, dtype=np.bool_), 1) if once else np.ones(n.shape, dtype=np.bool_)
    one, other = (grid[keep] for grid in np.meshgrid(left.places, right.places, indexing="ij"))
    return Swept(
        measure=Measure.SPEARMAN,
        first=one,
        second=other,
        n=n[keep],
        effect=np.where(flat, np.nan, r)[keep],
        low=np.minimum(np.tanh(z - half), r)[keep],
        high=np.maximum(np.tanh(z + half), r)[keep],
        p=p[keep],
    )


def _moments(left: _Ranked, right: _Ranked, w: Floats, order: int, check: Check) -> dict[tuple[int, int], Floats]:
    """Sums of w x^a y^b over the people who answered both, a + b up to `order`."""
    found: dict[tuple[int, int], Floats] = {}
    powers = [_powers(side, order, check) for side in (left, right)] if left is not right else []
    if not powers:
        powers = [_powers(left, order, check)] * 2
    for b in range(order + 1):
        for a in range(order + 1 - b):
            if left is right and (b, a) in found:
                found[a, b] = found[b, a].T
            else:
                found[a, b] = product(powers[0][a], powers[1][b], check, w)
    return found


def _powers(side: _Ranked, order: int, check: Check) -> list[Floats]:
    found = [side.given]
    for _power in range(order):
        check()
        found.append(found[-1] * side.ranks)
    return found


def _choices_with_ranks(block: Block, ranked: _Ranked, w: _Weight, level: float, check: Check) -> Swept:
    """Eta of weighted ranks, tested as svyranktest."""
    from scipy.special import fdtrc

    columns = block.columns.astype(np.float64)
    people = product(columns, ranked.given, check)
    sums = [product(columns, w.values[:, None] * part, check) for part in (ranked.given, ranked.ranks)]
    squares = [
        product(columns, (w.values**2)[:, None] * part, check) for part in (ranked.given, ranked.ranks, ranked.ranks**2)
    ]
    answered = np.add.reduceat(columns, block.starts, axis=1)
    whole = product(answered, w.values[:, None] * ranked.ranks**2, check)
    mass, n = group_sums(block, sums[0]), group_sums(block, people)
    total = group_sums(block, sums[1])
    some = people > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        means = np.where(some, sums[1] / sums[0], 0.0)
        between = group_sums(block, np.where(some, sums[1] * means, 0.0)) - total**2 / mass
        within = whole - total**2 / mass
        share = np.clip(np.nan_to_num(between / within), 0, 1)
        variance = (squares[2] - 2 * means * squares[1] + means**2 * squares[0]) / sums[0] ** 2 * w.factor
        n_effective = np.nan_to_num(mass**2 / group_sums(block, squares[0]))
    precision = np.where(some, 1 / np.maximum(np.nan_to_num(variance), _STILL), 0.0)
    check()
    k = group_sums(block, some.astype(np.float64))
    centre = group_sums(block, precision * means) / np.maximum(group_sums(block, precision), 1e-300)
    wald = group_sums(block, precision * (means - np.repeat(centre, block.sizes, axis=0)) ** 2)
    flat = ~(within > _STILL * np.maximum(mass, 1)) | (k < 2) | (ranked.differing < FEWEST)[None, :] | (n <= k)
    ratio = np.maximum(wald, 0) / np.maximum(k - 1, 1)
    p = np.asarray(fdtrc(np.maximum(k - 1, 1), np.maximum(n - k, 1), ratio), dtype=np.float64)
    size = np.maximum(n_effective, 1.0)
    h = np.where(flat, 0.0, (size - 1) * share)
    low, high = formula.eta_interval(h, size, k, level)
    one, other = np.meshgrid(block.places, ranked.places, indexing="ij")
    return Swept(
        measure=Measure.ETA,
        first=one.ravel(),
        second=other.ravel(),
        n=n.ravel(),
        effect=np.where(flat, np.nan, formula.eta_of(h, size, k)).ravel(),
        low=low.ravel(),
        high=high.ravel(),
        p=p.ravel(),
    )


def _choices_with_choices(left: Block, right: Block, w: _Weight, level: float, check: Check) -> Swept:
    """Cramer's V of weighted shares, and the first-order test of Rao and Scott."""
    from numpy import add

    people = product(left.columns, right.columns, check)
    table = product(left.columns, right.columns, check, w.values)
    square = product(left.columns, right.columns, check, w.values**2)

    def by_row(cells: Floats) -> Floats:
        return np.asarray(add.reduceat(cells, right.starts, axis=1))

    def by_column(cells: Floats) -> Floats:
        return np.asarray(add.reduceat(cells, left.starts, axis=0))

    def wide(pairs: Floats) -> Floats:
        return np.repeat(np.repeat(pairs, left.sizes, axis=0), right.sizes, axis=1)

    rows, columns_ = by_row(table), by_column(table)
    mass, n, whole_square = by_column(rows), by_column(by_row(people)), by_column(by_row(square))
    total = np.maximum(mass, 1e-300)
    check()
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = np.repeat(rows, right.sizes, axis=1) * np.repeat(columns_, left.sizes, axis=0)
        phi = by_column(by_row(np.where(expected > 0, table**2 / expected, 0.0))) - 1
        check()
        cells = by_column(by_row(_relative_variance(table, square, wide(total), wide(whole_square))))
        check()
        row_total = np.repeat(total, left.sizes, axis=0), np.repeat(whole_square, left.sizes, axis=0)
        column_total = np.repeat(total, right.sizes, axis=1), np.repeat(whole_square, right.sizes, axis=1)
        by_rows = by_column(_relative_variance(rows, by_row(square), *row_total))
        by_columns = by_row(_relative_variance(columns_, by_column(square), *column_total))
    r, c = by_column((by_row(people) > 0).astype(np.float64)), by_row((by_column(people) > 0).astype(np.float64))
    df = np.maximum((r - 1) * (c - 1), 1)
    effect = n * w.factor * (cells - by_rows - by_columns) / df
    effect = np.where(effect > _STILL, effect, 1.0)
    keep = np.triu(np.ones(n.shape, dtype=np.bool_), 1) if left is right else np.ones(n.shape, dtype=np.bool_)
    flat = ((r < 2) | (c < 2))[keep]
    phi, n, r, c, effect = np.where(flat, 0.0, np.maximum(phi[keep], 0)), n[keep], r[keep], c[keep], effect[keep]
    margins = _margins(left, right, rows, columns_, total, keep)
    check()
    inverse = margins[0] / np.maximum(n, 1), margins[1] / np.maximum(n, 1)
    p = formula.chi2_p(n * phi / effect, n, (r, c), inverse, n * margins[2])
    size = np.maximum((mass**2 / np.maximum(whole_square, 1e-300))[keep], 1.0)
    low, high = formula.cramer_interval(size * phi, size, r, c, level)
    first, second = (grid[keep] for grid in np.meshgrid(left.places, right.places, indexing="ij"))
    value = np.where(flat, np.nan, formula.cramer_of(size * phi, size, r, c))
    return Swept(measure=Measure.CRAMER, first=first, second=second, n=n, effect=value, low=low, high=high, p=p)


def _relative_variance(sums: Floats, squares: Floats, total: Floats, whole: Floats) -> Floats:
    """The linearised variance of the share of each cell, over the share; 0 for empty cells."""
    share = sums / total
    variance = (squares * (1 - 2 * share) + share**2 * whole) / total**2
    return np.where(sums > 0, variance / share, 0.0)


def _margins(
    left: Block, right: Block, rows: Floats, columns: Floats, total: Floats, keep: NDArray[np.bool_]
) -> tuple[Floats, Floats, Floats]:
    """Sums of 1 / share of rows and of columns, and the product of the smallest shares of each, of the kept pairs."""
    row_share = rows / np.repeat(total, left.sizes, axis=0)
    column_share = columns / np.repeat(total, right.sizes, axis=1)
    with np.errstate(divide="ignore"):
        inverse = np.where(row_share > 0, 1 / row_share, 0.0), np.where(column_share > 0, 1 / column_share, 0.0)
    least = np.minimum.reduceat(np.where(row_share > 0, row_share, np.inf), left.starts, axis=0)
    smallest = np.minimum.reduceat(np.where(column_share > 0, column_share, np.inf), right.starts, axis=1)
    product_ = np.where(np.isfinite(least) & np.isfinite(smallest), least * smallest, 0.0)
    return (
        np.add.reduceat(inverse[0], left.starts, axis=0)[keep],
        np.add.reduceat(inverse[1], right.starts, axis=1)[keep],
        product_[keep],
    )
