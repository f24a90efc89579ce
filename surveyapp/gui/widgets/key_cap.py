"""A key cap with, if wanted, the word of what it does."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.paint import draw_key_cap, key_cap_height, key_cap_width


class KeyCap(QWidget):
    """One key, painted as a cap."""

    def __init__(self, theme: Theme, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._key = theme, key
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(key)
        theme.changed.connect(self.updateGeometry)

    # Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(round(key_cap_width(self._theme, self._key)) + 1, round(key_cap_height(self._theme)) + 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_key_cap(painter, QPointF(self.width(), self.height() / 2), self._theme, self._key)
