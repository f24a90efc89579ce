"""What lies above the page until one clicks elsewhere: a card with its own edge, placed within the screen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QWidget


class PopupCard(QFrame):
    """`object_name` is what style and tests know it by, `title` what a screen reader says when it opens."""

    def __init__(self, object_name: str, title: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self._owner = parent
        self.setObjectName(object_name)
        self.setAccessibleName(title)
        self.setProperty("card", "popup")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def show_at(self, at: QPoint) -> None:
        """Show with the upper left corner there, or as near as the screen of its owner allows."""
        self.adjustSize()
        area = self._owner.screen().availableGeometry()
        x = max(area.left(), min(at.x(), area.right() - self.width()))
        y = max(area.top(), min(at.y(), area.bottom() - self.height()))
        self.move(x, y)
        self.show()
