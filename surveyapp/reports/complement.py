"""Of counts that add up to a printed total: which are hidden, so that none can be worked out from the others."""

from __future__ import annotations

from collections.abc import Sequence


def hidden_places(counts: Sequence[int], below: int) -> frozenset[int]:
    """Places of counts of at least one but fewer than `below` people, and the next smallest until together they hold
    `below` people or more and are two or more: their sum is what the total less all others tells."""
    hidden = [place for place, count in enumerate(counts) if 0 < count < below]
    if not hidden:
        return frozenset()
    others = sorted((place for place, count in enumerate(counts) if count >= below), key=lambda place: counts[place])
    empty = [place for place, count in enumerate(counts) if not count]
    while others and (len(hidden) < 2 or sum(counts[place] for place in hidden) < below):
        hidden.append(others.pop(0))
    if len(hidden) < 2:  # an answer that nobody gave might have been given, too
        hidden += empty[:1]
    return frozenset(hidden)
