"""A step of a scale typed with its top: "3/5", "3 out of 5", "3 of 5"."""

from __future__ import annotations

import re

_OF_TOP = re.compile(r"^(?P<step>\d{1,2})\s*(?:/|(?:out\s+)?of\s)\s*(?P<top>\d{1,2})$", re.IGNORECASE)


def step_of(cell: str, top: float) -> int | None:
    """The step that a cleaned cell names of a scale that ends with `top`; None if it names another top, or none."""
    match = _OF_TOP.match(cell)
    if match is None or int(match["top"]) != top or int(match["step"]) > top:
        return None
    return int(match["step"])


def has_top(cell: str) -> bool:
    """Whether a cleaned cell is written so, whatever the scale."""
    return _OF_TOP.match(cell) is not None
