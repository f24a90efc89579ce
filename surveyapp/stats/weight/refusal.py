"""Why weights cannot be made, always with the margin that stands in the way."""

from __future__ import annotations

from enum import StrEnum

from surveyapp.domain.errors import UserError


class Obstacle(StrEnum):
    """What stands in the way."""

    NO_MARGIN = "no_margin"
    NOT_CLOSED = "not_closed"
    UNKNOWN_ANSWER = "unknown_answer"
    TWICE = "twice"
    NO_TARGET = "no_target"
    BAD_TARGET = "bad_target"
    BAD_TOTAL = "bad_total"
    CONTRADICTION = "contradiction"
    EMPTY_CELL = "empty_cell"
    NOT_SETTLED = "not_settled"
    NOBODY = "nobody"
    BAD_WEIGHT = "bad_weight"
    BAD_TRIM = "bad_trim"


class WeightingError(UserError):
    """Weights cannot be made. `margin` is the name of the one that stands in the way ("" for none), `cell` a label."""

    def __init__(self, title: str, what_to_do: str, *, obstacle: Obstacle, margin: str = "", cell: str = "") -> None:
        super().__init__(title, what_to_do)
        self.obstacle = obstacle
        self.margin = margin
        self.cell = cell
