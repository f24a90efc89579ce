"""Keys of the program that also hold in a text field: on X11 fields take Ctrl+E and Ctrl+K for moving and deleting, and
everywhere undo and redo, of which one that nobody typed in has nothing to take back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from surveyapp.gui.actions import ActionRegistry

_FIELDS = (QLineEdit, QTextEdit, QPlainTextEdit)
_EDITING = (
    QKeySequence.StandardKey.Cut,
    QKeySequence.StandardKey.Copy,
    QKeySequence.StandardKey.Paste,
    QKeySequence.StandardKey.SelectAll,
)
"""What a field does for itself wherever it stands."""
_STEPS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
"""What it does for itself while it has something of its own to take back or to bring again."""


class FieldKeys(QObject):
    """Watches the field that has the focus, and nothing else: an event filter on the program would cost every event."""

    def __init__(self, app: QApplication, actions: ActionRegistry, parent: QObject) -> None:
        super().__init__(parent)
        self._actions = actions
        app.focusChanged.connect(self._on_app_focus_changed)

    def _on_app_focus_changed(self, before: QWidget | None, now: QWidget | None) -> None:
        if isinstance(before, _FIELDS):
            before.removeEventFilter(self)
        if isinstance(now, _FIELDS):
            now.installEventFilter(self)

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if any(event.matches(key) for key in _EDITING):
            return False
        if any(event.matches(key) for key in _STEPS):
            if _holds_steps(watched):
                return False
        elif not self._actions.takes(QKeySequence(event.keyCombination())):
            return False
        event.ignore()  # not the field's: the key goes to its action
        return True


def _holds_steps(field: QObject) -> bool:
    """Whether a person typed in the field since it was last filled."""
    if isinstance(field, QLineEdit):
        return field.isUndoAvailable() or field.isRedoAvailable()
    if isinstance(field, QTextEdit | QPlainTextEdit):
        return field.document().isUndoAvailable() or field.document().isRedoAvailable()
    return False
