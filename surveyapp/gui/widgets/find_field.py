"""A field that finds: a lens, the words, and its key."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.paint import draw_key_cap


class FindField(QLineEdit):
    """Down or Enter leave it for the list (`left_down`); Esc clears it, a second Esc leaves too."""

    left_down = Signal()

    def __init__(self, theme: Theme, placeholder: str, *, key: str = "/", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._key = theme, key
        self.setObjectName("findField")
        self.setProperty("quiet", "true")
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self._on_theme_changed()
        theme.changed.connect(self._on_theme_changed)

    def _on_theme_changed(self) -> None:
        self.setFont(self._theme.font("body"))
        self.setFixedHeight(self._theme.px(30))
        self.setTextMargins(self._theme.px(20), 0, self._theme.px(24 if self._key else 0), 0)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.left_down.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = self._theme
        painter = QPainter(self)
        lens = theme.pixmap("search", "muted", size=14, ratio=self.devicePixelRatioF())
        painter.drawPixmap(QPointF(theme.px(10), round((self.height() - theme.px(14)) / 2)), lens)
        if self._key and not self.hasFocus() and not self.text():
            draw_key_cap(painter, QPointF(self.width() - theme.px(8), self.height() / 2), theme, self._key)
