"""Rare answers counted together, so that a few people (or a few jokes) cannot make an association of choices.

In a table of two questions of n people, two answers that 1 in 1,000 gave are expected together once in n / 1,000,000:
the one joker who gave both would then be worth more to chi-squared than all others. With at least the root of n people
per answer no expected count lies under 1 (Cochran 1954).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

FEWEST = 10


def fewest_people(n: int) -> int:
    """How many people of n must have given an answer for it to stand alone."""
    return max(FEWEST, math.ceil(math.sqrt(n)))


def pooled(codes: NDArray[np.int32], size: int) -> tuple[NDArray[np.int32], int, int]:
    """Codes 0 to k - 1 (-1 stays) with rare ones as one last code, k, and how many answers were put together.

    Answers nobody gave have no code any more. Where the rare ones together are still too few, the next rarest joins
    them. `codes` hold 0 to size - 1.
    """
    counts = np.bincount(codes[codes >= 0], minlength=size)
    least = fewest_people(int(counts.sum()))
    present = np.flatnonzero(counts)
    by_size = present[np.argsort(counts[present], kind="stable")]
    gathered = np.cumsum(counts[by_size])
    rare = int(np.count_nonzero(counts[by_size] < least))
    while 0 < rare < len(by_size) and gathered[rare - 1] < least:
        rare += 1
    table = np.full(size + 1, -1, dtype=np.int32)  # the last place is for -1
    alone = np.sort(by_size[rare:])
    table[alone] = np.arange(len(alone))
    table[by_size[:rare]] = len(alone)
    return table[codes], len(alone) + (rare > 0), rare
