"""Midranks: equal answers share the mean of their places."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def midranks(values: Floats) -> Floats:
    """Ranks from 1, ties averaged; exact halves."""
    return ranks_and_ties(values)[0]


def ranks_and_ties(values: Floats) -> tuple[Floats, NDArray[np.intp]]:
    """Midranks, and how many gave each of the different values, the smallest first."""
    n = len(values)
    if not n:
        return np.zeros(0), np.zeros(0, dtype=np.intp)
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    new = np.empty(n, dtype=np.bool_)
    new[0] = True
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    starts = np.flatnonzero(new)
    ends = np.append(starts[1:], n)
    result = np.empty(n)
    result[order] = np.repeat((starts + ends + 1) / 2, ends - starts)
    return result, ends - starts


def step_ranks(values: Floats, codes: NDArray[np.int32], size: int) -> tuple[Floats, NDArray[np.intp]]:
    """The same for steps of a scale, without sorting people: `codes` 0 to size - 1 say which value each has."""
    counts = np.bincount(codes, minlength=size)
    used = np.flatnonzero(counts)
    number = np.zeros(size)
    number[codes] = values
    order = used[np.argsort(number[used], kind="stable")]
    upper = np.cumsum(counts[order])
    ranks = np.zeros(size)
    ranks[order] = upper - (counts[order] - 1) / 2
    return ranks[codes], counts[order]


def weighted_midranks(values: Floats, weights: Floats) -> Floats:
    """The estimated share of people below each, half of the equal ones included: between 0 and 1.

    With weights of one this is (midrank - 1/2) / n.
    """
    distinct, place = np.unique(values, return_inverse=True)
    mass = np.bincount(place, weights=weights, minlength=len(distinct))
    shares: Floats = ((np.cumsum(mass) - mass / 2) / mass.sum())[place]
    return shares
