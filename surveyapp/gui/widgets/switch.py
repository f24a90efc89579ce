"""A painted check box: on or off, and the position of the knob says which."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.paint import draw_box, draw_ring


class Switch(QCheckBox):
    """Words left, switch right; Space toggles."""

    def __init__(self, theme: Theme, text: str = "", *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self.setObjectName("switch")
        self.setAccessibleName(name or text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        horizontal = QSizePolicy.Policy.Expanding if text else QSizePolicy.Policy.Fixed
        self.setSizePolicy(horizontal, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    # Qt overrides

    def sizeHint(self) -> QSize:
        theme = self._theme
        words = QFontMetrics(theme.font("body")).horizontalAdvance(self.text()) + theme.px(12) if self.text() else 0
        return QSize(words + theme.px(38), theme.px(26))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(38), self._theme.px(26))

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, rect = self._theme, QRectF(self.rect())
        painter = QPainter(self)
        width, height = theme.px(30), theme.px(17)
        track = QRectF(rect.width() - width - theme.px(4), round((rect.height() - height) / 2), width, height)
        on = self.isChecked()
        ground = "accent" if on else "border-strong"
        draw_box(
            painter, track, fill=theme.color(ground if self.isEnabled() else "border"), edge=None, radius=height / 2
        )
        knob = height - 4.0
        x = track.right() - knob - 2 if on else track.left() + 2
        painter.setBrush(theme.color("on-accent" if on else "surface"))
        painter.drawEllipse(QRectF(x, track.top() + 2, knob, knob))
        if self.hasFocus():
            draw_ring(painter, track.adjusted(-4, -4, 4, 4), theme, radius=height / 2 + 3)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("text" if self.isEnabled() else "muted"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
