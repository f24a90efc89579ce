"""A sentence, what one can do, and buttons for it: errors and files that cannot be opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.card import Card
from surveyapp.gui.widgets.flow_layout import FlowLayout
from surveyapp.gui.widgets.label import Label

Choice = tuple[str, Callable[[], object]]


class MessagePanel(QWidget):
    """A card in the middle of a page; the first choice is primary and has the focus."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        *,
        what_to_do: str = "",
        choices: Sequence[Choice] = (),
        details: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("messagePanel")
        self.setAccessibleName(title)
        self.setAccessibleDescription(what_to_do)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 24)
        outer.addStretch(2)
        middle = QHBoxLayout()
        middle.addStretch(1)
        card = Card(theme, parent=self)
        card.setMaximumWidth(theme.px(560))
        card.setMinimumWidth(min(theme.px(420), 640))
        row = QHBoxLayout()
        row.setSpacing(14)
        sign = QLabel(card)
        sign.setPixmap(theme.pixmap("triangle-alert", "warn", size=20, ratio=self.devicePixelRatioF()))
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._texts(card, title, what_to_do, details), 1)
        card.body.addLayout(row)
        card.body.addSpacing(14)
        self.buttons = self._buttons(card, choices)
        middle.addWidget(card, 6)
        middle.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(3)

    def _texts(self, card: QWidget, title: str, what_to_do: str, details: str) -> QVBoxLayout:
        texts = QVBoxLayout()
        texts.setSpacing(4)
        head = Label(self._theme, title, role="section", wrap=True, parent=card)
        head.setObjectName("messageTitle")
        texts.addWidget(head)
        for text, small in ((what_to_do, False), (details, True)):
            if text:
                texts.addWidget(
                    Label(
                        self._theme,
                        text,
                        role="small" if small else "body",
                        ink="muted" if small else "text-2",
                        wrap=True,
                        parent=card,
                    )
                )
        return texts

    def _buttons(self, card: Card, choices: Sequence[Choice]) -> list[Button]:
        box = QWidget(card)
        flow = FlowLayout(box)
        buttons = []
        for number, (words, work) in enumerate(choices):
            button = Button(self._theme, words, kind="secondary" if number else "primary", parent=box)
            button.setObjectName(f"choice{number}")
            button.clicked.connect(lambda _checked=False, do=work: do())
            flow.addWidget(button)
            buttons.append(button)
        card.add(box)
        return buttons

    def focus_first(self) -> None:
        """Put the focus on the first choice."""
        if self.buttons:
            self.buttons[0].setFocus()
