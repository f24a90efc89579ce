"""The field for a note about a column."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from surveyapp.base.i18n import _
from surveyapp.gui.theme import Theme


class NoteField(QPlainTextEdit):
    """A note about the column; told when the field is left."""

    def __init__(self, theme: Theme, text: str, done: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(text, parent)
        self._told, self._done = text, done
        self.setObjectName("note")
        self.setAccessibleName(_("Note"))
        self.setPlaceholderText(_("Note, printed in the appendix of reports"))
        self.setFont(theme.font("body"))
        self.setFixedHeight(theme.px(62))
        self.setTabChangesFocus(True)
        self.installEventFilter(self)

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self and event.type() == QEvent.Type.FocusOut:
            text = self.toPlainText().strip()
            if text != self._told:
                self._told = text
                self._done(text)  # now: in a moment the field may be gone, or show another column
        return False
