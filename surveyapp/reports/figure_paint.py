"""A figure painted onto a page, as vectors and text that can be searched."""

from __future__ import annotations

import math

from surveyapp.figures.figure import Dot, Figure, Item, Line, Path, Rect, Text
from surveyapp.reports.pen import Pen, num
from surveyapp.reports.text import set_line

_SLANT = {"start": 0.0, "middle": 0.5, "end": 1.0}


def paint_figure(pen: Pen, figure: Figure, x: float, y: float, *, scale: float = 1.0) -> None:
    """Paint all items with the figure's upper left corner at x, y of the page."""
    for item in figure.items:
        _paint(pen, item, x, y, scale)


def _paint(pen: Pen, item: Item, x: float, y: float, scale: float) -> None:
    if isinstance(item, Text):
        _text(pen, item, x, y, scale)
    elif isinstance(item, Rect):
        _rect(pen, item, x, y, scale)
    elif isinstance(item, Line):
        dash = tuple(length * scale for length in item.dash)
        ends = ((x + item.x1 * scale, y + item.y1 * scale), (x + item.x2 * scale, y + item.y2 * scale))
        pen.path(ends, stroke=item.stroke, width=item.width * scale, dash=dash)
    elif isinstance(item, Path):
        points = tuple((x + px * scale, y + py * scale) for px, py in item.points)
        pen.path(
            points,
            stroke=item.stroke,
            width=item.width * scale,
            fill=item.fill,
            dash=tuple(length * scale for length in item.dash),
            closed=item.closed or bool(item.fill),
        )
    elif isinstance(item, Dot):
        centre = (x + item.x * scale, y + item.y * scale)
        pen.circle(*centre, item.radius * scale, fill=item.fill, stroke=item.stroke, width=item.stroke_width * scale)


def _rect(pen: Pen, item: Rect, x: float, y: float, scale: float) -> None:
    left, top = x + item.x * scale, y + item.y * scale
    width, height = item.width * scale, item.height * scale
    pen.rectangle(
        left,
        top,
        width=width,
        height=height,
        fill=item.fill,
        stroke=item.stroke,
        stroke_width=item.stroke_width * scale,
        radius=item.radius * scale,
    )
    if item.hatch:
        pen.hatch(left, top, width=width, height=height)


def _text(pen: Pen, item: Text, x: float, y: float, scale: float) -> None:
    row, thousandths, replaced = set_line(item.text, item.weight, item.italic)
    if not row:
        return
    pen.note_replaced(replaced)
    size = item.size * scale
    back = thousandths * size / 1000 * _SLANT[item.anchor]
    turn = math.radians(item.angle)
    cos, sin = math.cos(turn), math.sin(turn)
    left = x + item.x * scale - back * cos
    base = pen.paper.height - (y + item.y * scale) - back * sin
    pen.shown(row, f"{cos:.4f} {sin:.4f} {-sin:.4f} {cos:.4f} {num(left)} {num(base)} Tm", size, item.fill)
