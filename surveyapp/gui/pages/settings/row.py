"""One line of Settings: what it is, a sentence about it, and its control."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.label import Label


class SettingRow(QWidget):
    """`words` are what the search of the page looks through."""

    def __init__(
        self, theme: Theme, title: str, control: QWidget | None, *, note: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("settingRow")
        self.words = f"{title} {note}".casefold()
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 9, 18, 9)
        row.setSpacing(16)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(Label(theme, title, wrap=True, parent=self))
        if note:
            texts.addWidget(Label(theme, note, role="small", ink="muted", wrap=True, parent=self))
        row.addLayout(texts, 1)
        if control is not None:
            control.setParent(self)
            if not control.accessibleName():
                control.setAccessibleName(title)
            row.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
