"""Whether what somebody said of options that exclude each other can be so: together they make 1."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

ROUNDED = 0.02
"""Whole per cents of several options may miss 100 by so much."""
TOGETHER = 10 * 60 * 1_000_000
"""Options said within so many microseconds were said together: some sites date each by itself."""


class SaidOption(NamedTuple):
    """What somebody said of one option at a moment, in microseconds; `place` is where the caller keeps it."""

    prediction: int
    person: int
    at: int
    place: int
    option: int
    share: float


def can_add_up(shares: Sequence[float], n_options: int) -> bool:
    """Whether shares given together can be so: all of them make 1, some of them 1 at most. One alone can."""
    if len(shares) < 2:
        return True
    total = sum(shares)
    return total <= 1 + ROUNDED and (len(shares) < n_options or total >= 1 - ROUNDED)


def not_adding_up(said: Iterable[SaidOption], n_options: Mapping[int, int]) -> list[int]:
    """The places of what was said together and cannot be so; `n_options` of each prediction. In any order."""
    return [
        one.place
        for together in _rounds(sorted(said))
        if not can_add_up([one.share for one in together], n_options[together[0].prediction])
        for one in together
    ]


def _rounds(said: list[SaidOption]) -> Iterator[list[SaidOption]]:
    """What one person said together of one prediction: until an option comes again, or it grows late."""
    together: list[SaidOption] = []
    options: set[int] = set()
    for one in said:
        if together and (one[:2] != together[0][:2] or one.option in options or one.at - together[0].at > TOGETHER):
            yield together
            together, options = [], set()
        together.append(one)
        options.add(one.option)
    if together:
        yield together
