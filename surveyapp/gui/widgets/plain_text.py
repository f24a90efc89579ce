"""Words of people on buttons, in menus and tips: an & in them is a letter and no key, a <b> is no mark-up."""

from __future__ import annotations

import html
import re

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton

_TAG = re.compile(r"<[a-zA-Z/!?]|&lt;")


def in_menu(words: str) -> str:
    """Words for a line of a menu, or for a button that Qt paints."""
    return words.replace("&", "&&")


def in_tip(words: str) -> str:
    """Words for a tip, which Qt takes for HTML where something like a tag is in them."""
    if not _TAG.search(words):
        return words
    return f"<p style='white-space:pre-wrap'>{html.escape(words)}</p>"


class PlainText:
    """Stands before QPushButton or QToolButton; of "R&D" Qt would make Alt+D, a key of some page."""

    def setText(self, text: str) -> None:
        """Show these words as they are."""
        assert isinstance(self, QAbstractButton)
        QAbstractButton.setText(self, text)
        self.setShortcut(QKeySequence())
