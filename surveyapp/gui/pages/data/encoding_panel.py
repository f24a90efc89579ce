"""A file whose letters can be read in several ways: the readings side by side, one is picked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.card import Card
from surveyapp.gui.widgets.label import Label
from surveyapp.importers.table import EncodingCandidate, EncodingChoice


class EncodingPanel(QWidget):
    """`picked` gets the encoding. The likeliest reading is left and has the focus."""

    def __init__(self, theme: Theme, choice: EncodingChoice, picked: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._picked = theme, picked
        self.setObjectName("encodingPanel")
        self.setAccessibleName(choice.title)
        self.buttons: list[Button] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(6)
        column.addStretch(1)
        column.addWidget(Label(theme, choice.title, role="section", wrap=True, parent=self))
        column.addWidget(Label(theme, choice.what_to_do, ink="text-2", wrap=True, parent=self))
        column.addSpacing(10)
        row = QHBoxLayout()
        row.setSpacing(16)
        for number, candidate in enumerate(choice.candidates[:3]):
            row.addWidget(self._card(candidate, number), 1)
        column.addLayout(row)
        column.addStretch(2)

    def _card(self, candidate: EncodingCandidate, number: int) -> Card:
        card = Card(self._theme, candidate.title, parent=self)
        for line in candidate.sample[:5]:
            words = Label(self._theme, line, wrap=True, parent=card)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.setContentsMargins(0, 2, 0, 4)
            card.add(words)
        card.body.addStretch(1)
        card.body.addSpacing(10)
        button = Button(
            self._theme,
            _("Read it this way"),
            kind="secondary" if number else "primary",
            name=_("Read it as %(encoding)s") % {"encoding": candidate.title},
            parent=card,
        )
        button.setObjectName(f"encoding{number}")
        button.clicked.connect(lambda: self._picked(candidate.encoding))
        self.buttons.append(button)
        card.add(button)
        return card

    def focus_first(self) -> None:
        """Put the focus on the likeliest reading."""
        if self.buttons:
            self.buttons[0].setFocus()
