"""How wide figures are asked for, so that they fill the text of a page."""

from __future__ import annotations

from surveyapp.reports.drawing import POINTS_PER_UNIT
from surveyapp.reports.style import A4
from surveyapp.stats.result import CalibrationResult, Result

FIGURE_WIDTH = A4.room / POINTS_PER_UNIT
"""In figure units."""

_SQUARE = 0.68  # a reliability diagram is as high as it is wide; the whole width would take the whole page


def figure_width(result: Result) -> float:
    """The width to ask for."""
    return FIGURE_WIDTH * _SQUARE if isinstance(result, CalibrationResult) else FIGURE_WIDTH
