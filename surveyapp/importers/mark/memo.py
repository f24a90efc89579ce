"""What was found out about single columns, kept so that the change of one column does not cost a look at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


class Memo:
    """Remembers what was found by looking at nothing but some columns and their codebook entries.

    Both are frozen, so what was found holds as long as they are the very same objects.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[str, int], tuple[tuple[object, ...], Any]] = {}

    def get(self, what: str, place: int, seen: tuple[object, ...], find: Callable[[], T]) -> T:
        """What `find` gives, which looks at the objects `seen` only; `what` and `place` tell it from all else."""
        known = self._known.get((what, place))
        if known is not None and len(known[0]) == len(seen) and all(map(_is, known[0], seen)):
            found: T = known[1]
            return found
        found = find()
        self._known[what, place] = (seen, found)
        return found


def _is(one: object, other: object) -> bool:
    return one is other
