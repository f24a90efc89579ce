"""A painted check box: on or off, and the position of the knob says which."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.paint import draw_box, draw_ring

_WRAPPED = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)


class Switch(QCheckBox):
    """Words left, in as many lines as they take; switch right; Space toggles."""

    def __init__(self, theme: Theme, text: str = "", *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self.setObjectName("switch")
        self.setAccessibleName(name or text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        horizontal = QSizePolicy.Policy.Expanding if text else QSizePolicy.Policy.Fixed
        self.setSizePolicy(horizontal, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._fit)

    def _fit(self) -> None:
        """As high as its words are in this width: layouts give a check box no height for a width."""
        self.setMinimumHeight(self.heightForWidth(self.width()))
        self.updateGeometry()

    # Qt overrides

    def sizeHint(self) -> QSize:
        theme = self._theme
        words = QFontMetrics(theme.font("body")).horizontalAdvance(self.text()) + theme.px(12) if self.text() else 0
        return QSize(words + theme.px(38), theme.px(26))

    def heightForWidth(self, width: int) -> int:
        theme = self._theme
        room = QRect(0, 0, max(1, width - theme.px(50)), 10_000)
        words = QFontMetrics(theme.font("body")).boundingRect(room, _WRAPPED, self.text())
        return max(theme.px(26), words.height() + theme.px(4))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.text():
            self._fit()

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
        painter.drawText(rect.adjusted(0, 0, -theme.px(50), 0), _WRAPPED | Qt.AlignmentFlag.AlignVCenter, self.text())
