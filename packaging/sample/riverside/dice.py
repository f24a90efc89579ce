"""Seeded draws that come out the same on every computer and every version of Python.

Only `random.Random.random()` is promised to be stable between versions, so everything here is made of it.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from statistics import NormalDist
from typing import TypeVar

T = TypeVar("T")

_NORMAL = NormalDist()


def normal_share(z: float) -> float:
    """The share of a standard normal below `z`."""
    return _NORMAL.cdf(z)


def sigmoid(x: float) -> float:
    """The probability whose log-odds are `x`."""
    return 1.0 / (1.0 + math.exp(-x))


class Dice:
    """One stream of draws, named by its seed: the same name gives the same draws."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed).random

    def uniform(self, low: float = 0.0, high: float = 1.0) -> float:
        """A number in [low, high)."""
        return low + (high - low) * self._random()

    def chance(self, share: float) -> bool:
        """True with the probability `share`."""
        return self._random() < share

    def normal(self) -> float:
        """A standard normal number, cut at about 3.9 on both sides."""
        return _NORMAL.inv_cdf(min(max(self._random(), 5e-5), 1 - 5e-5))

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self._random() * (high - low + 1))

    def one_of(self, items: Sequence[T]) -> T:
        """One item, all equally likely."""
        return items[int(self._random() * len(items))]

    def weighted(self, weights: Mapping[T, float]) -> T:
        """One key, as likely as its weight."""
        left = self._random() * sum(weights.values())
        for key, weight in weights.items():
            left -= weight
            if left < 0:
                return key
        return next(reversed(list(weights)))

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """The items in a new order."""
        result = list(items)
        for last in range(len(result) - 1, 0, -1):
            other = int(self._random() * (last + 1))
            result[last], result[other] = result[other], result[last]
        return result


class Deck:
    """Texts dealt once each, then those of the `reserve`; when both run out, IndexError rather than a repeat."""

    def __init__(self, texts: Sequence[str], seed: str, *, reserve: Sequence[str] = ()) -> None:
        if len({*texts, *reserve}) != len(texts) + len(reserve):
            raise ValueError(f"a text occurs twice in {seed}")
        self._texts = [*reserve, *Dice(seed).shuffled(texts)]

    def deal(self) -> str:
        """The next text."""
        return self._texts.pop()
