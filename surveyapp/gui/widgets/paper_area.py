"""A page of cards, longer than the window: it scrolls up and down, never sideways."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QVBoxLayout, QWidget


class PaperArea(QScrollArea):
    """Cards are added to `rows`, which stand below each other unless another layout is given, and belong to `paper`."""

    def __init__(self, parent: QWidget, name: str, rows: QBoxLayout | None = None, *, spacing: int = 12) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.paper = QWidget(self)
        self.paper.setProperty("paper", "bg")
        self.rows = rows if rows is not None else QVBoxLayout()
        self.rows.setContentsMargins(0, 0, 0, 12)
        self.rows.setSpacing(spacing)
        self.paper.setLayout(self.rows)
        self.setWidget(self.paper)
