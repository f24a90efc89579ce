"""Every pair of many variables at once, by family: ranks with ranks, choices with ranks, choices with choices."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from surveyapp.stats.association import formula
from surveyapp.stats.association.block import Block, blocks_of, only
from surveyapp.stats.association.rare import FEWEST
from surveyapp.stats.association.result import Measure
from surveyapp.stats.association.sum import Ranked, correlation_of, product, rank_all, ranked_sums
from surveyapp.stats.association.swept import Swept, places_of, without_own
from surveyapp.stats.association.variable import Variable
from surveyapp.stats.check import Check

Places = NDArray[np.intp]


def sweep(variables: Sequence[Variable], *, level: float, check: Check) -> list[Swept]:
    """All pairs, each measured as fits. Ticks are ordered beside what is ordered and choices beside choices."""
    n_people = len(variables[0].given) if variables else 0
    ordered = places_of(variables, lambda v: v.ordered and not v.binary)
    ticks = places_of(variables, lambda v: v.binary)
    choices = places_of(variables, lambda v: not v.ordered)
    ranked = rank_all([variables[i] for i in ordered], n_people, check)
    ticked = rank_all([variables[i] for i in ticks], n_people, check)
    blocks = blocks_of(variables, np.sort(np.concatenate([choices, ticks])), check)
    unordered = [only(block, choices) for block in blocks]
    found = [
        _ranks_with_ranks(ordered, ranked, None, ranked, level, check),
        _ranks_with_ranks(ordered, ranked, ticks, ticked, level, check),
    ]
    found += [_choices_with_ranks(block, ordered, ranked, level, check) for block in unordered if len(block.places)]
    for i, left in enumerate(blocks):
        found += [_choices_with_choices(left, right, level, check) for right in blocks[i:]]
    return [without_own(part, variables) for part in found]


def _ranks_with_ranks(
    first: Places, left: Ranked, second: Places | None, right: Ranked, level: float, check: Check
) -> Swept:
    """Spearman's rho; within one set each pair once."""
    sums = ranked_sums(left, right, check)
    rows, columns = (
        np.triu_indices(len(first), 1) if second is None else np.indices((len(first), len(second))).reshape(2, -1)
    )
    r, n = correlation_of(sums)[rows, columns], sums.n[rows, columns]
    others = first if second is None else second
    # who nearly all gave the same answer: a handful decides
    lonely = (left.differing[rows] < FEWEST) | (right.differing[columns] < FEWEST)
    r = np.where(lonely, np.nan, r)
    known = np.nan_to_num(r)
    heaviness = left.kurtosis[rows] * right.kurtosis[columns]
    check()
    low, high = formula.fisher_interval(known, formula.spearman_variance(known, n), level)
    check()
    p = formula.correlation_p(known, n, heaviness)
    return Swept(
        measure=Measure.SPEARMAN, first=first[rows], second=others[columns], n=n, effect=r, low=low, high=high, p=p
    )


def _choices_with_ranks(block: Block, ordered: Places, ranked: Ranked, level: float, check: Check) -> Swept:
    """Eta of the ranks, and Kruskal and Wallis's H."""
    columns = block.columns.astype(np.float64)
    sizes, totals = product(columns, ranked.given, check), product(columns, ranked.ranks, check)
    answered = np.add.reduceat(columns, block.starts, axis=1)
    squares = product(answered, ranked.ranks**2, check)
    n, total = np.add.reduceat(sizes, block.starts, axis=0), np.add.reduceat(totals, block.starts, axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        inverse = np.where(sizes > 0, 1 / sizes, 0.0)
        centre = total**2 / np.maximum(n, 1)
        between = np.add.reduceat(totals**2 * inverse, block.starts, axis=0) - centre
        whole = squares - centre
        h = (n - 1) * np.clip(between / whole, 0, 1)
    k = np.add.reduceat((sizes > 0).astype(np.float64), block.starts, axis=0)
    flat = (whole <= 1e-12 * squares) | (k < 2) | (ranked.differing < FEWEST)[None, :]
    smallest = np.minimum.reduceat(np.where(sizes > 0, sizes, np.inf), block.starts, axis=0)
    check()
    h, n, k = np.where(flat, 0.0, h).ravel(), n.ravel(), k.ravel()
    p = formula.kruskal_p(h, n, k, smallest.ravel(), np.add.reduceat(inverse, block.starts, axis=0).ravel())
    low, high = formula.eta_interval(h, n, k, level)
    first, second = np.meshgrid(block.places, ordered, indexing="ij")
    effect = np.where(flat.ravel(), np.nan, formula.eta_of(h, n, k))
    return Swept(
        measure=Measure.ETA, first=first.ravel(), second=second.ravel(), n=n, effect=effect, low=low, high=high, p=p
    )


def _choices_with_choices(left: Block, right: Block, level: float, check: Check) -> Swept:
    """Cramer's V and chi-squared from all cross-tabs of two blocks at once."""
    table = product(left.columns, right.columns, check)
    rows, columns = (
        np.add.reduceat(table, right.starts, axis=1),  # how many gave answer i and any to question b
        np.add.reduceat(table, left.starts, axis=0),
    )
    n = np.add.reduceat(rows, left.starts, axis=0)
    with np.errstate(divide="ignore"):
        row_part, column_part = np.where(rows > 0, 1 / rows, 0.0), np.where(columns > 0, 1 / columns, 0.0)
    check()
    table **= 2
    table *= np.repeat(row_part, right.sizes, axis=1)
    check()
    table *= np.repeat(column_part, left.sizes, axis=0)
    whole = np.add.reduceat(np.add.reduceat(table, right.starts, axis=1), left.starts, axis=0)
    check()
    chi2 = np.maximum(n * (whole - 1), 0.0)
    r = np.add.reduceat((rows > 0).astype(np.float64), left.starts, axis=0)
    c = np.add.reduceat((columns > 0).astype(np.float64), right.starts, axis=1)
    least = np.minimum.reduceat(np.where(rows > 0, rows, np.inf), left.starts, axis=0)
    least = least * np.minimum.reduceat(np.where(columns > 0, columns, np.inf), right.starts, axis=1) / np.maximum(n, 1)
    inverse = np.add.reduceat(row_part, left.starts, axis=0), np.add.reduceat(column_part, right.starts, axis=1)
    keep = np.triu(np.ones(n.shape, dtype=np.bool_), 1) if left is right else np.ones(n.shape, dtype=np.bool_)
    flat = ((r < 2) | (c < 2))[keep]
    people, r, c = n[keep], r[keep], c[keep]
    found = np.where(flat, 0.0, chi2[keep])
    p = formula.chi2_p(found, people, (r, c), (inverse[0][keep], inverse[1][keep]), least[keep])
    check()
    low, high = formula.cramer_interval(found, people, r, c, level)
    effect = np.where(flat, np.nan, formula.cramer_of(found, people, r, c))
    first, second = (grid[keep] for grid in np.meshgrid(left.places, right.places, indexing="ij"))
    return Swept(measure=Measure.CRAMER, first=first, second=second, n=people, effect=effect, low=low, high=high, p=p)
