"""How a person wants to see a cross-tab: which percentages, which marks, in which order. Numbers never change."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Percent(StrEnum):
    """What the cells of a table show."""

    COLUMN = "column"
    ROW = "row"
    TOTAL = "total"
    COUNT = "count"


class SortBy(StrEnum):
    """What rows are sorted by."""

    CODEBOOK = "codebook"
    LABEL = "label"
    SHARE = "share"
    """The share of one column."""
    RESIDUAL = "residual"
    """How far a cell is above what unrelated questions would give."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """`line` is the column that rows are sorted by (-1: the last total)."""

    by: SortBy = SortBy.CODEBOOK
    line: int = -1
    descending: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """`arrows` mark cells far from what unrelated questions would give. `steps` says that the columns are the ordered
    answers of one question, which a figure draws side by side. `hidden` cells (row, column) are not to be published.
    """

    percent: Percent = Percent.COLUMN
    letters: bool = True
    arrows: bool = False
    rows: Order = field(default_factory=Order)
    steps: bool = False
    hidden: tuple[tuple[int, int], ...] = ()
