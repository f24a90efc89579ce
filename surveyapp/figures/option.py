"""What a person may choose about a figure. The base line is not among it: it cannot be switched off."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureOptions:
    """`digits` are the decimals of percentages: 0 in the window, 1 on paper. `compact` figures are lower: for paper.

    Beyond `most_rows` answers the smallest share one grey row.
    """

    largest_first: bool = True
    intervals: bool = True
    counts: bool = True
    digits: int = 0
    compact: bool = False
    most_rows: int = 25
