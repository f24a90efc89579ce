"""A figure as a PDF of its own: one page of vectors, the size of the picture."""

from __future__ import annotations

import io

from surveyapp.figures.figure import Figure
from surveyapp.figures.frame import framed
from surveyapp.reports.face import BASE
from surveyapp.reports.figure_paint import paint_figure
from surveyapp.reports.font import glyph_font
from surveyapp.reports.pen import Pen
from surveyapp.reports.style import Paper

POINTS_PER_UNIT = 0.75
"""A figure unit is a pixel of 1/96 inch in the window and 0.75 points on paper."""


def to_pdf(figure: Figure, *, bare: bool = False) -> bytes:
    """The figure on white with title and base line, or `bare` without; the same figure gives the same bytes."""
    from reportlab.pdfgen.canvas import Canvas

    shown = figure if bare else framed(figure)
    width, height = shown.width * POINTS_PER_UNIT, shown.height * POINTS_PER_UNIT
    target = io.BytesIO()
    canvas = Canvas(
        target,
        pagesize=(width, height),
        pageCompression=1,
        invariant=1,
        initialFontName=glyph_font(f"{BASE}-Regular").fontName,
    )
    canvas.setTitle(shown.title)
    canvas.setSubject(shown.description)
    canvas.setCreator("surveyapp")
    pen = Pen(canvas, Paper(name="figure", width=width, height=height))
    pen.begin_page()
    pen.rectangle(0, 0, width=width, height=height, fill="surface")
    paint_figure(pen, shown, 0, 0, scale=POINTS_PER_UNIT)
    pen.end_page()
    canvas.save()
    return target.getvalue()
