"""Paints a Figure with QPainter: the window's half of "one description, two painters"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontDatabase, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from surveyapp.base.paths import bundled
from surveyapp.figures.figure import Dot, Figure, Item, Line, Path, Rect, Text

FAMILY = "IBM Plex Sans"


def paint(painter: QPainter, figure: Figure, tokens: Mapping[str, str], scale: float = 1.0) -> None:
    """Draw the figure with its upper left corner at the painter's origin, `scale` times its units.

    The ground is not painted: whoever shows the figure has a surface already.
    """
    painter.save()
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.scale(scale, scale)
    for item in figure.items:
        _draw(painter, item, tokens)
    painter.restore()


def _draw(painter: QPainter, item: Item, tokens: Mapping[str, str]) -> None:
    match item:
        case Text():
            _draw_text(painter, item, tokens)
        case Rect():
            _draw_rect(painter, item, tokens)
        case Line():
            painter.setPen(_pen(item.stroke, item.width, tokens, item.dash))
            painter.drawLine(QLineF(item.x1, item.y1, item.x2, item.y2))
        case Path():
            _draw_path(painter, item, tokens)
        case Dot():
            painter.setPen(_pen(item.stroke, item.stroke_width, tokens))
            painter.setBrush(_brush(item.fill, tokens))
            painter.drawEllipse(QPointF(item.x, item.y), item.radius, item.radius)


def _draw_rect(painter: QPainter, item: Rect, tokens: Mapping[str, str]) -> None:
    box = QRectF(item.x, item.y, item.width, item.height)
    painter.setPen(_pen(item.stroke, item.stroke_width, tokens))
    painter.setBrush(_brush(item.fill, tokens))
    if item.radius:
        painter.drawRoundedRect(box, item.radius, item.radius)
    else:
        painter.drawRect(box)
    if item.hatch:
        painter.fillRect(box, QBrush(QColor(tokens["border-strong"]), Qt.BrushStyle.BDiagPattern))


def _draw_path(painter: QPainter, item: Path, tokens: Mapping[str, str]) -> None:
    points = QPolygonF([QPointF(x, y) for x, y in item.points])
    painter.setPen(_pen(item.stroke, item.width, tokens, item.dash))
    painter.setBrush(_brush(item.fill, tokens))
    if item.fill or item.closed:
        painter.drawPolygon(points)
    else:
        path = QPainterPath()
        path.addPolygon(points)
        painter.drawPath(path)


def _draw_text(painter: QPainter, item: Text, tokens: Mapping[str, str]) -> None:
    font = figure_font(item.size, item.weight, item.italic)
    painter.setFont(font)
    painter.setPen(QColor(tokens[item.fill]))
    shift = 0.0
    if item.anchor != "start":
        width = figure_advance(item.text, item.size, item.weight, italic=item.italic)
        shift = width if item.anchor == "end" else width / 2
    if item.angle:
        painter.save()
        painter.translate(item.x, item.y)
        painter.rotate(-item.angle)
        painter.drawText(QPointF(-shift, 0), item.text)
        painter.restore()
    else:
        painter.drawText(QPointF(item.x - shift, item.y), item.text)


def _pen(role: str, width: float, tokens: Mapping[str, str], dash: tuple[float, ...] = ()) -> QPen:
    if not role or width <= 0:
        return QPen(Qt.PenStyle.NoPen)
    pen = QPen(QColor(tokens[role]), width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    if dash:
        pen.setDashPattern([length / width for length in dash])
    return pen


def _brush(role: str, tokens: Mapping[str, str]) -> QBrush:
    return QBrush(QColor(tokens[role])) if role else QBrush(Qt.BrushStyle.NoBrush)


@lru_cache(maxsize=64)
def figure_font(size: float, weight: int, italic: bool) -> QFont:
    """The face of a figure's text; unhinted, so that letters stand where the measure puts them."""
    font = QFont([FAMILY, *_fallback_families()])
    font.setPixelSize(round(size))
    font.setWeight(QFont.Weight(weight))
    font.setItalic(italic)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    return font


@lru_cache(maxsize=1)
def _fallback_families() -> tuple[str, ...]:
    """The bundled families; loads them where nobody did (a second registration of a file adds nothing)."""
    families: dict[str, None] = {}
    for file in sorted(bundled("fonts").glob("*.ttf")):
        number = QFontDatabase.addApplicationFont(str(file))
        families.update(dict.fromkeys(QFontDatabase.applicationFontFamilies(number)))
    families.pop(FAMILY, None)
    return tuple(families)


@lru_cache(maxsize=4096)
def figure_advance(text: str, size: float, weight: int, *, italic: bool) -> float:
    """Qt's own width of a line, so that right-aligned text ends where it should in every script."""
    return QFontMetricsF(figure_font(size, weight, italic)).horizontalAdvance(text)
