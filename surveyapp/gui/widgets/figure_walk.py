"""Which mark is under the mouse, and which one an arrow key leads to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt

from surveyapp.figures.figure import Mark

DIRECTIONS = {
    Qt.Key.Key_Left: "previous",
    Qt.Key.Key_Right: "next",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
    Qt.Key.Key_Home: "first",
    Qt.Key.Key_End: "last",
}
_NEAR = 12.0


def mark_at(marks: Sequence[Mark], x: float, y: float) -> int:
    """The number of the mark whose area holds the point or lies within 12 units; -1 for none."""
    best, found = _NEAR, -1
    for number, mark in enumerate(marks):
        if not _has_area(mark):
            continue
        dx = max(mark.x - x, 0.0, x - mark.x - mark.width)
        dy = max(mark.y - y, 0.0, y - mark.y - mark.height)
        distance = max(dx, dy)
        if distance < best:
            best, found = distance, number
    return found


def next_mark(marks: Sequence[Mark], current: int, direction: str) -> int:
    """The number of the mark an arrow leads to, `current` at the end; folded marks are passed over.

    Up and down look for the nearest mark above or below, and fall back on previous and next in a single row.
    """
    order = [number for number, mark in enumerate(marks) if _has_area(mark)]
    if not order:
        return -1
    if current not in order:
        return order[-1] if direction in ("last", "previous", "up") else order[0]
    if direction in ("first", "last"):
        return order[0] if direction == "first" else order[-1]
    if direction in ("up", "down"):
        vertical = _vertical(marks, order, current, -1 if direction == "up" else 1)
        if vertical >= 0:
            return vertical
        if any(_centre(marks[number])[1] != _centre(marks[current])[1] for number in order):
            return current
        direction = "previous" if direction == "up" else "next"
    step = -1 if direction == "previous" else 1
    place = min(max(order.index(current) + step, 0), len(order) - 1)
    return order[place]


def _vertical(marks: Sequence[Mark], order: list[int], current: int, sign: int) -> int:
    x, y = _centre(marks[current])
    found, best = -1, float("inf")
    for number in order:
        other_x, other_y = _centre(marks[number])
        down = (other_y - y) * sign
        if down > 2:
            distance = down * 3 + abs(other_x - x)
            if distance < best:
                found, best = number, distance
    return found


def _has_area(mark: Mark) -> bool:
    return mark.width > 0 and mark.height > 0


def _centre(mark: Mark) -> tuple[float, float]:
    return (mark.x + mark.width / 2, mark.y + mark.height / 2)
