"""Words of people on buttons and in menus: an & in them is a letter, and no key that presses the button."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton


def in_menu(words: str) -> str:
    """Words for a line of a menu, or for a button that Qt paints."""
    return words.replace("&", "&&")


class PlainText:
    """Stands before QPushButton or QToolButton; of "R&D" Qt would make Alt+D, a key of some page."""

    def setText(self, text: str) -> None:
        """Show these words as they are."""
        assert isinstance(self, QAbstractButton)
        QAbstractButton.setText(self, text)
        self.setShortcut(QKeySequence())
