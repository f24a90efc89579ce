"""Every pair of many variables at once, by family: ranks with ranks, choices with ranks, choices with choices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveyapp.stats.association import formula
from surveyapp.stats.association.rare import FEWEST, pooled
from surveyapp.stats.association.result import Measure
from surveyapp.stats.association.sum import (
    Check,
    Ranked,
    correlation_of,
    indicators,
    product,
    rank_all,
    ranked_sums,
)
from surveyapp.stats.association.variable import Variable

Floats = NDArray[np.float64]
Places = NDArray[np.intp]

_BLOCK = 512
"""Columns of indicators multiplied at once: bounds memory when write-ins have many answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """Pairs of one measure as arrays (k,): places of the two variables, people, effect (nan where one side is
    constant), interval and p."""

    measure: Measure
    first: Places
    second: Places
    n: Floats
    effect: Floats
    low: Floats
    high: Floats
    p: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    """Choices side by side: `places` of the variables, indicator columns, where each variable's begin, how many."""

    places: Places
    columns: NDArray[np.float32]
    starts: Places
    sizes: Places


def sweep(variables: Sequence[Variable], *, level: float, check: Check) -> list[Swept]:
    """All pairs, each measured as fits. Ticks are ordered beside what is ordered and choices beside choices."""
    n_people = len(variables[0].given) if variables else 0
    ordered = _places(variables, lambda v: v.ordered and not v.binary)
    ticks = _places(variables, lambda v: v.binary)
    choices = _places(variables, lambda v: not v.ordered)
    ranked = rank_all([variables[i] for i in ordered], n_people, check)
    ticked = rank_all([variables[i] for i in ticks], n_people, check)
    blocks = _blocks(variables, np.sort(np.concatenate([choices, ticks])), check)
    unordered = [_only(block, choices) for block in blocks]
    found = [
        _ranks_with_ranks(ordered, ranked, None, ranked, level, check),
        _ranks_with_ranks(ordered, ranked, ticks, ticked, level, check),
    ]
    found += [_choices_with_ranks(block, ordered, ranked, level, check) for block in unordered if len(block.places)]
    for i, left in enumerate(blocks):
        found += [_choices_with_choices(left, right, level, check) for right in blocks[i:]]
    return [_without_own(part, variables) for part in found]


def _places(variables: Sequence[Variable], rule: object) -> Places:
    return np.array([i for i, variable in enumerate(variables) if rule(variable)], dtype=np.intp)  # type: ignore[operator]


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
    p = formula.correlation_p(known, n, heaviness)
    return Swept(
        measure=Measure.SPEARMAN, first=first[rows], second=others[columns], n=n, effect=r, low=low, high=high, p=p
    )


def _choices_with_ranks(block: _Block, ordered: Places, ranked: Ranked, level: float, check: Check) -> Swept:
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


def _choices_with_choices(left: _Block, right: _Block, level: float, check: Check) -> Swept:
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


def _blocks(variables: Sequence[Variable], places: Places, check: Check) -> list[_Block]:
    """Choices in blocks of some hundred answers, rare answers of each counted together."""
    blocks: list[_Block] = []
    waiting: list[tuple[int, NDArray[np.int32], int]] = []
    for place in places.tolist():
        check()
        variable = variables[place]
        if variable.codes is None:
            continue
        codes, size, _rare = pooled(variable.codes, len(variable.labels))
        if waiting and sum(item[2] for item in waiting) + size > _BLOCK:
            blocks.append(_block(waiting))
            waiting = []
        # a question nobody answered keeps one empty column: reduceat needs a column of each
        waiting.append((place, codes, max(size, 1)))
    return [*blocks, _block(waiting)] if waiting else blocks


def _block(items: Sequence[tuple[int, NDArray[np.int32], int]]) -> _Block:
    sizes = np.array([size for _place, _codes, size in items], dtype=np.intp)
    return _Block(
        places=np.array([place for place, _codes, _size in items], dtype=np.intp),
        columns=indicators([codes for _place, codes, _size in items], sizes.tolist()),
        starts=np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.intp),
        sizes=sizes,
    )


def _only(block: _Block, wanted: Places) -> _Block:
    """The block without its ticks."""
    keep = np.isin(block.places, wanted)
    sizes = block.sizes[keep]
    return _Block(
        places=block.places[keep],
        columns=block.columns[:, np.repeat(keep, block.sizes)],
        starts=np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.intp)[: len(sizes)],
        sizes=sizes,
    )


def _without_own(part: Swept, variables: Sequence[Variable]) -> Swept:
    """Options of one multiple choice are not compared with each other."""
    keys: dict[tuple[str, int], int] = {}
    own = np.array(
        [
            keys.setdefault((v.question.column, v.question.occurrence), len(keys)) if v.option is not None else -1 - i
            for i, v in enumerate(variables)
        ],
        dtype=np.intp,
    )
    keep = own[part.first] != own[part.second]
    if keep.all():
        return part
    return Swept(
        measure=part.measure,
        first=part.first[keep],
        second=part.second[keep],
        n=part.n[keep],
        effect=part.effect[keep],
        low=part.low[keep],
        high=part.high[keep],
        p=part.p[keep],
    )
