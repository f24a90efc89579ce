"""A file that holds several tables: one is chosen, or all of them, one under another."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.card import Card
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.row_button import RowButton
from surveyapp.importers.table import SheetChoice

_ROW = 34


class TablePanel(QWidget):
    """`picked` gets the names of the tables to read: one, or all. The first has the focus; arrows walk."""

    def __init__(
        self, theme: Theme, choice: SheetChoice, picked: Callable[[tuple[str, ...]], object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("tablePanel")
        self.setAccessibleName(choice.title)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 24)
        middle = QHBoxLayout()
        middle.addStretch(1)
        card = Card(theme, _("Which table?"), parent=self)
        card.setMinimumWidth(theme.px(420))
        card.setMaximumWidth(theme.px(560))
        card.add(Label(theme, _("The file holds several tables. Nothing is stored yet."), ink="text-2", parent=card))
        card.body.addSpacing(8)
        inner = QWidget(card)
        inner.setProperty("paper", "surface")
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(2, 2, 2, 2)
        rows.setSpacing(2)
        self.buttons: list[RowButton] = []
        for name in choice.sheets:
            self._add(theme, name, (name,), picked, inner)
        self._add(theme, _("All of them, one under another"), choice.sheets, picked, inner)
        for button in self.buttons:
            rows.addWidget(button)
        area = QScrollArea(card)
        area.setWidgetResizable(True)
        area.setWidget(inner)
        area.setMinimumHeight(min(10, len(self.buttons)) * theme.px(_ROW + 2) + 8)
        card.add(area, 1)
        middle.addWidget(card, 6)
        middle.addStretch(1)
        outer.addStretch(2)
        outer.addLayout(middle)
        outer.addStretch(3)

    def _add(
        self,
        theme: Theme,
        words: str,
        names: tuple[str, ...],
        picked: Callable[[tuple[str, ...]], object],
        parent: QWidget,
    ) -> None:
        icon = "table" if len(names) == 1 else "layers"
        button = RowButton(theme, words, icon=icon, height=_ROW, parent=parent)
        button.setObjectName(f"table{len(self.buttons)}")
        button.clicked.connect(lambda: picked(names))
        self.buttons.append(button)

    def focus_first(self) -> None:
        """Put the focus on the first table."""
        if self.buttons:
            self.buttons[0].setFocus()
