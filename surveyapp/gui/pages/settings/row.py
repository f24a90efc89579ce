"""One line of Settings: what it is, a sentence about it, and its control."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.label import Label

_STACKED_FROM = 150


class SettingRow(QWidget):
    """`words` are what the search of the page looks through; `note` is the sentence, None without one."""

    def __init__(
        self, theme: Theme, title: str, control: QWidget | None, *, note: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("settingRow")
        self.words = f"{title} {note}".casefold()
        self._theme = theme
        self._row = row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        row.setContentsMargins(18, 9, 18, 9)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(Label(theme, title, wrap=True, parent=self))
        self.note = Label(theme, note, role="small", ink="muted", wrap=True, parent=self) if note else None
        if self.note is not None:
            texts.addWidget(self.note)
        row.addLayout(texts, 1)
        if control is not None:
            control.setParent(self)
            if not control.accessibleName():
                control.setAccessibleName(title)
            row.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        """Large text: the control goes below the words."""
        large = self._theme.text_size >= _STACKED_FROM
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(6 if large else 16)
