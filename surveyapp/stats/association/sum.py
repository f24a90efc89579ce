"""The sums over people that all pairs need, as a few matrix products, cut into pieces so that a person can stop them.

Counts are added in single precision, exact up to 16 million people; ranks in double.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveyapp.stats.association.rank import ranks_and_ties, step_ranks
from surveyapp.stats.association.variable import Variable
from surveyapp.stats.check import Check

Floats = NDArray[np.float64]

_PIECE = 2e8
"""Multiplications between two checks: some 10 ms."""
_WEIGHTED_ROWS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """Ranks of the people who answered, centred and scaled to at most 1/2: (m, k), 0 where there is no answer; `given`
    (m, k) 1 or 0; `kurtosis` (k,) excess kurtosis of the ranks; `differing` (k,) how many gave no mode answer."""

    ranks: Floats
    given: Floats
    kurtosis: Floats
    differing: NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairSums:
    """Over the people who answered both, (k, l): how many, and sums of x, y, their squares and products."""

    n: Floats
    x: Floats
    y: Floats
    xx: Floats
    yy: Floats
    xy: Floats


def rank_all(variables: Sequence[Variable], n_people: int, check: Check) -> Ranked:
    """Each question ranked once, among all who answered it."""
    shape = (n_people, len(variables))
    ranks, given = np.zeros(shape, order="F"), np.zeros(shape, order="F")
    kurtosis, differing = np.zeros(len(variables)), np.zeros(len(variables), dtype=np.intp)
    for place, variable in enumerate(variables):
        check()
        found, ties = _ranks(variable)
        if not len(found):
            continue
        centred = (found - (len(found) + 1) / 2) / len(found)
        ranks[variable.given, place], given[variable.given, place] = centred, 1.0
        square = float(centred @ centred) / len(found)
        if square > 0:
            kurtosis[place] = float(np.square(centred * centred).mean()) / square**2 - 3
        differing[place] = len(found) - int(ties.max())
    return Ranked(ranks=ranks, given=given, kurtosis=kurtosis, differing=differing)


def ranked_sums(first: Ranked, second: Ranked, check: Check) -> PairSums:
    """The sums of all pairs of one set of ranked questions with another."""
    x, xx = product(first.ranks, second.given, check), product(first.ranks**2, second.given, check)
    same = first is second
    return PairSums(
        n=product(first.given, second.given, check),
        x=x,
        y=x.T if same else product(first.given, second.ranks, check),
        xx=xx,
        yy=xx.T if same else product(first.given, second.ranks**2, check),
        xy=product(first.ranks, second.ranks, check),
    )


def correlation_of(sums: PairSums) -> Floats:
    """Pearson's r from sums of centred values; nan where one of the two is constant."""
    size = np.maximum(sums.n, 1)
    xx, yy = sums.xx - sums.x**2 / size, sums.yy - sums.y**2 / size
    xy = sums.xy - sums.x * sums.y / size
    flat = (xx <= 1e-12 * sums.xx) | (yy <= 1e-12 * sums.yy)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(flat, np.nan, np.clip(xy / np.sqrt(xx * yy), -1.0, 1.0))


def indicators(codes: Sequence[NDArray[np.int32]], sizes: Sequence[int]) -> NDArray[np.float32]:
    """One column for each answer of each question, 1 where it was given: (m, sum of sizes)."""
    n_people = len(codes[0]) if codes else 0
    result = np.zeros((n_people, sum(sizes)), dtype=np.float32)
    start = 0
    for column, size in zip(codes, sizes, strict=True):
        people = np.flatnonzero(column >= 0)
        result[people, start + column[people]] = 1.0
        start += size
    return result


def product(
    left: NDArray[np.floating], right: NDArray[np.floating], check: Check, weights: Floats | None = None
) -> Floats:
    """left' right, or left' diag(weights) right in double, in pieces of people; pieces are added in double."""
    m, work = len(left), left.shape[1] * right.shape[1]
    rows = max(int(_PIECE / max(work, 1)), 16)
    if weights is not None:
        rows = min(rows, _WEIGHTED_ROWS)  # bounds the copies
    total = np.zeros((left.shape[1], right.shape[1]))
    for start in range(0, m, rows):
        check()
        part = slice(start, start + rows)
        if weights is None:
            total += left[part].T @ right[part]
        else:
            total += left[part].astype(np.float64, copy=False).T @ (weights[part, None] * right[part])
    return total


def _ranks(variable: Variable) -> tuple[Floats, NDArray[np.intp]]:
    if variable.values is None:
        raise ValueError("only what is ordered has ranks")
    given = variable.values[variable.given]
    if variable.codes is None:
        return ranks_and_ties(given)
    return step_ranks(given, variable.codes[variable.given], len(variable.labels))
