"""Strokes shared by the painted controls: hairline boxes, key caps, focus rings."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from surveyapp.gui.theme import Theme


def draw_box(
    painter: QPainter, rect: QRectF, *, fill: QColor | None, edge: QColor | None, radius: float, dashed: bool = False
) -> None:
    """A rounded box whose 1 px edge lies inside `rect`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    if edge is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(rect, radius, radius)
        return
    pen = QPen(edge, 1.0)
    if dashed:
        pen.setDashPattern([3.0, 2.0])
    painter.setPen(pen)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


def draw_ring(painter: QPainter, rect: QRectF, theme: Theme, *, radius: float) -> None:
    """The 2 px focus ring inside `rect`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color("focus"), 2.0))
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)


def key_cap_width(theme: Theme, key: str) -> float:
    """How wide the cap of `key` is."""
    metrics = QFontMetricsF(theme.font("micro", 500))
    return max(metrics.horizontalAdvance(key) + theme.px(10), theme.px(17))


def key_cap_height(theme: Theme) -> float:
    """How high every cap is."""
    return float(theme.px(17))


def draw_key_cap(
    painter: QPainter, right_centre: QPointF, theme: Theme, key: str, *, plain: bool = False, ink: str = "text-2"
) -> float:
    """Paint a key cap that ends at `right_centre`; returns its width. `plain` leaves the box out (on accent)."""
    width, height = key_cap_width(theme, key), key_cap_height(theme)
    rect = QRectF(right_centre.x() - width, round(right_centre.y() - height / 2), width, height)
    if not plain:
        draw_box(painter, rect, fill=theme.color("surface"), edge=theme.color("border"), radius=theme.px(4))
    painter.setFont(theme.font("micro", 500))
    painter.setPen(theme.color(ink))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, key)
    return width
