"""How wide figures are asked for, so that they fill the text of a page."""

from __future__ import annotations

from surveyapp.reports.drawing import POINTS_PER_UNIT
from surveyapp.reports.style import A4

FIGURE_WIDTH = A4.room / POINTS_PER_UNIT
"""In figure units."""
