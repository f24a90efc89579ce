"""Cards: the white boxes everything stands in."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.label import ElidedLabel, Label, Rule


class Card(QFrame):
    """A frame with an optional title row (title left, muted note right) and a column of content.

    `body` is the layout to add to; its side padding is 18. `edge_to_edge` leaves the padding out (tables).
    """

    def __init__(
        self,
        theme: Theme,
        title: str = "",
        *,
        note: str = "",
        tone: Literal["true", "dashed", "sunken"] = "true",
        edge_to_edge: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("card", tone)
        self.setObjectName("card")
        if title:
            self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setSpacing(0)
        side = 1 if edge_to_edge else 18
        column.setContentsMargins(0, 0, 0, 0)
        self.title = Label(theme, title, role="card", parent=self)
        self.note = ElidedLabel(theme, note, role="small", ink="muted", parent=self)
        self.note.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)  # its words, or what is left
        self.head = QHBoxLayout()
        self.head.setContentsMargins(18, 14, 18, 8)
        self.head.setSpacing(12)
        self.head.addWidget(self.title)
        self.head.addStretch(1)
        self.head.addWidget(self.note, 0, Qt.AlignmentFlag.AlignBottom)
        if title:
            column.addLayout(self.head)
        else:
            self.title.hide()
            self.note.hide()
        self.body = QVBoxLayout()
        self.body.setSpacing(0)
        self.body.setContentsMargins(side, 0 if title else (3 if edge_to_edge else 14), side, 3 if edge_to_edge else 14)
        column.addLayout(self.body, 1)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Append a widget to the content."""
        self.body.addWidget(widget, stretch)

    def add_rule(self) -> None:
        """A hairline between rows."""
        self.body.addWidget(Rule(tone="grid", parent=self))


class StatCard(QFrame):
    """Up to three numbers side by side: label, value with interval, what the scale is."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("card", "true")
        self.setObjectName("statCard")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self.captions: list[Label] = []

    def set_stats(self, *stats: tuple[str, str, str, str]) -> None:
        """(label, value, interval, what the scale is) each; replaces what was shown."""
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.captions.clear()
        for number, stat in enumerate(stats):
            if number:
                self._row.addWidget(Rule(vertical=True, parent=self))
            self._row.addWidget(self._stat(*stat), 1)

    def _stat(self, label: str, value: str, interval: str, scale: str) -> QWidget:
        theme = self._theme
        box = QWidget(self)
        box.setAccessibleName(f"{label}: {value} {interval}".strip())
        column = QVBoxLayout(box)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(1)
        column.addWidget(Label(theme, label, role="small", ink="text-2"))
        row = QHBoxLayout()
        row.setSpacing(7)
        row.addWidget(Label(theme, value, role="title"), 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(Label(theme, interval, role="small", ink="muted"), 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        column.addLayout(row)
        caption = Label(theme, scale, role="micro", ink="muted", wrap=True)
        self.captions.append(caption)
        column.addWidget(caption)
        column.addStretch(1)
        return box
