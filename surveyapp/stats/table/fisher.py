"""Fisher's exact test: of many 2 x 2 tables at once, of r x c tables by listing them or, where too many, by drawing.

The p-value is the probability of all tables with these margins that are no likelier than the one seen (Freeman &
Halton 1951), with R's tolerance of 1e-7 for ties.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_TIE = 1e-7
_MOST_STATES = 100_000
_WORK = 600_000
SEED = 1


def fisher_pairs(k1: Floats, n1: Floats, k2: Floats, n2: Floats) -> Floats:
    """Two-sided p of k1 of n1 against k2 of n2, element by element; equal to R's fisher.test."""
    if not len(k1):
        return np.zeros(0)
    total, hits = n1 + n2, k1 + k2
    least = np.maximum(0.0, hits - n2)
    width = int((np.minimum(hits, n1) - least).max()) + 1
    place = least[:, None] + np.arange(width)
    inside = place <= np.minimum(hits, n1)[:, None]
    table = _log_factorials(int(total.max()))
    value = np.where(inside, place, least[:, None])
    log_p = -_sum_of(table, value, n1[:, None] - value, hits[:, None] - value, n2[:, None] - hits[:, None] + value)
    seen = -_sum_of(table, k1, n1 - k1, k2, n2 - k2)
    weight = np.where(inside, np.exp(log_p - log_p.max(axis=1, where=inside, initial=-np.inf)[:, None]), 0.0)
    likely = log_p > seen[:, None] + _TIE
    p: Floats = np.where(likely, 0.0, weight).sum(axis=1) / weight.sum(axis=1)
    return np.clip(p, 0.0, 1.0)


def fisher_exact(counts: Floats) -> float | None:
    """p of an r x c table of whole numbers without empty rows or columns; None where there are too many tables.

    Columns are filled one after the other; partly filled tables that leave the same rows and are as likely so far are
    carried on as one.
    """
    if counts.shape == (2, 2):
        (a, b), (c, d) = counts
        return float(fisher_pairs(*(np.array([x]) for x in (a, a + b, c, c + d)))[0])
    table = counts.T if counts.shape[0] > counts.shape[1] else counts
    rows, columns = table.sum(axis=1).astype(np.int64), table.sum(axis=0).astype(np.int64)
    log_factorial = _log_factorials(int(rows.sum()))
    states, log_p, many = rows[None, :], np.zeros(1), np.ones(1)
    for size in np.sort(columns)[:0:-1]:  # all but the smallest, which is what they leave
        filled = _fill(states, log_p, many, int(size), log_factorial)
        if filled is None:
            return None
        states, log_p, many = filled
    log_p = log_p - log_factorial[states].sum(axis=1)
    seen = -float(log_factorial[table.astype(np.int64)].sum())
    weight = many * np.exp(log_p - log_p.max())
    return float(min(weight[log_p <= seen + _TIE].sum() / weight.sum(), 1.0))


def fisher_simulated(counts: Floats) -> tuple[float, int]:
    """p by B random tables with these margins, and B: (1 + as unlikely) / (B + 1), as R; the seed is fixed.

    B is 9,999 for tables of up to 60 cells and less for larger ones, never under 499.
    """
    from scipy.stats import random_table

    draws = next(b for b in (9_999, 4_999, 1_999, 999, 499) if b * counts.size <= _WORK or b == 499)
    # in this order the draws do not depend on the order of the answers
    rows, columns = np.sort(counts.sum(axis=1)).astype(np.int64), np.sort(counts.sum(axis=0)).astype(np.int64)
    log_factorial = _log_factorials(int(rows.sum()))
    seen = float(log_factorial[counts.astype(np.int64)].sum())
    drawn = random_table(rows, columns).rvs(draws, random_state=np.random.default_rng(SEED)).astype(np.int64)
    unlikely = log_factorial[drawn].sum(axis=(1, 2)) >= seen - _TIE
    return (1 + int(unlikely.sum())) / (draws + 1), draws


def _fill(
    states: NDArray[np.int64], log_p: Floats, many: Floats, size: int, log_factorial: Floats
) -> tuple[NDArray[np.int64], Floats, Floats] | None:
    """All ways to take a column of `size` people from the rows of each state; None where there are too many."""
    left = np.full(len(states), size)
    for row in range(states.shape[1]):
        after = states[:, row + 1 :].sum(axis=1)
        least, most = np.maximum(0, left - after), np.minimum(states[:, row], left)
        ways = most - least + 1
        if int(ways.sum()) > _MOST_STATES:
            return None
        origin = np.repeat(np.arange(len(states)), ways)
        take = least[origin] + np.arange(len(origin)) - np.repeat(np.cumsum(ways) - ways, ways)
        states = states[origin]
        states[:, row] -= take
        left = left[origin] - take
        log_p = log_p[origin] - log_factorial[take]
        many = many[origin]
    return _merged(states, log_p, many)


def _merged(states: NDArray[np.int64], log_p: Floats, many: Floats) -> tuple[NDArray[np.int64], Floats, Floats]:
    keys = (np.round(log_p, 9), *states.T)
    order = np.lexsort(keys)
    new = np.zeros(len(order), dtype=np.bool_)
    new[0] = True
    for key in keys:
        new[1:] |= np.diff(key[order]) != 0
    first = order[new]
    return states[first], log_p[first], np.add.reduceat(many[order], np.flatnonzero(new))


def _sum_of(table: Floats, *counts: Floats) -> Floats:
    found: Floats = sum((table[count.astype(np.int64)] for count in counts), start=np.zeros(1))
    return found


def _log_factorials(n: int) -> Floats:
    """log k! for k up to at least n."""
    return _factorials(1 << max(n, 1).bit_length())


@lru_cache(maxsize=8)
def _factorials(size: int) -> Floats:
    from scipy.special import gammaln

    found: Floats = gammaln(np.arange(size + 1) + 1.0)
    return found
