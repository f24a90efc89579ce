"""Two columns: a run of groups flows down the left one, then the right one; both end about level."""

from __future__ import annotations

from dataclasses import dataclass, replace

from surveyapp.reports.box import Box
from surveyapp.reports.pen import Pen

GAP = 26.0
"""White between the columns, in points."""

Group = tuple[Box, ...]
"""What stays together in one column: a heading and its figure."""

Placement = tuple[Box, float, float, float]
"""A box with the distance of its left and upper edge from those of the columns, and its width."""


def column_width(room: float) -> float:
    """How wide one of two columns is."""
    return (room - GAP) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnsBox:
    """Groups in order. `cut` fixes how many stand in the left column; without it both columns are levelled.

    `width` is that of the left column, `right_width` of the right one if it is another.
    """

    groups: tuple[Group, ...]
    width: float
    cut: int = 0
    right_width: float = 0.0
    before: float = 12.0
    after: float = 14.0
    keep_next: bool = False
    block: str = ""

    @property
    def height(self) -> float:
        """That of the longer column."""
        left, right = self._columns()
        return max(_height(left), _height(right))

    def least(self) -> float:
        """Room for a group in either column."""
        return max(_height(self.groups[number : number + 1]) for number in range(min(2, len(self.groups))))

    def split(self, room: float) -> tuple[Box, Box] | None:
        """Fill both columns to `room`; the rest goes on. None where not a group fits into each."""
        left = _fitting(self.groups, room)
        right = _fitting(self.groups[left:], room)
        if left > 1 and not right:
            left, right = left - 1, 1
            if _height(self.groups[left : left + 1]) > room:
                return None
        if not left or not right or left + right >= len(self.groups):
            return None
        first = replace(self, groups=self.groups[: left + right], cut=left)
        return first, replace(self, groups=self.groups[left + right :], cut=0)

    def placed(self) -> tuple[Placement, ...]:
        """Every box in reading order: down the left column, then down the right one."""
        result: list[Placement] = []
        left, right = self._columns()
        result += [(box, 0.0, top, self.width) for box, top in _stacked(left)]
        result += [(box, self.width + GAP, top, self.right_width or self.width) for box, top in _stacked(right)]
        return tuple(result)

    def paint(self, pen: Pen, x: float, y: float, width: float) -> None:  # noqa: ARG002
        """Each box at its place."""
        for box, left, top, own in self.placed():
            box.paint(pen, x + left, y + top, own)

    def _columns(self) -> tuple[tuple[Group, ...], tuple[Group, ...]]:
        cut = self.cut or _level(self.groups)
        return self.groups[:cut], self.groups[cut:]


def _stacked(groups: tuple[Group, ...]) -> list[tuple[Box, float]]:
    """Boxes under each other with the distance of their tops; white above the first one is dropped."""
    result: list[tuple[Box, float]] = []
    used = space = 0.0
    for box in (box for group in groups for box in group):
        gap = max(space, box.before) if result else 0.0
        result.append((box, used + gap))
        used += gap + box.height
        space = box.after
    return result


def _height(groups: tuple[Group, ...]) -> float:
    stacked = _stacked(groups)
    return stacked[-1][1] + stacked[-1][0].height if stacked else 0.0


def _fitting(groups: tuple[Group, ...], room: float) -> int:
    """How many of the groups fit under each other."""
    used = space = 0.0
    for count, group in enumerate(groups):
        for number, box in enumerate(group):
            used += (max(space, box.before) if count or number else 0.0) + box.height
            space = box.after
        if used > room + 0.01:
            return count
    return len(groups)


def _level(groups: tuple[Group, ...]) -> int:
    """The cut with the least height; of equals the one with more at the left."""
    heights = [sum(box.height + box.before for box in group) for group in groups]
    total, left, best, cut = sum(heights), 0.0, float("inf"), len(groups)
    for number, height in enumerate(heights, 1):
        left += height
        longer = max(left, total - left)
        if longer <= best:
            best, cut = longer, number
    return cut
