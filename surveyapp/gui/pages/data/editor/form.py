"""The parts of the column editor: blocks with a head, lines of label and field."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QValidator
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QMenu, QSizePolicy, QVBoxLayout, QWidget

from surveyapp.base.typed_number import read_number
from surveyapp.gui.soon import soon
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.label import Label, Rule
from surveyapp.gui.widgets.plain_text import in_menu

T = TypeVar("T")
_PAD, _LABEL = 18, 92
_BEGUN = re.compile(r"[-+\u2212\d., \u00a0\u202f]*")


class _NumberOrNothing(QValidator):
    """Qt's own takes an empty field for half typed, so that nothing could be taken away."""

    def validate(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        if not text.strip() or read_number(text) is not None:
            return QValidator.State.Acceptable, text, place
        begun = _BEGUN.fullmatch(text)
        return (QValidator.State.Intermediate if begun else QValidator.State.Invalid), text, place


class TextField(QLineEdit):
    """Tells once, when the person has finished, and only if the text is another one. Esc takes the typing back."""

    def __init__(
        self, theme: Theme, text: str, done: Callable[[str], object], *, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self._theme, self._told, self._done = theme, text, done
        self._leaving = False
        self.setAccessibleName(name)
        self.setProperty("quiet", "true")
        self.setFont(theme.font("body"))
        self.setFixedHeight(theme.px(28))
        self.setMinimumWidth(theme.px(60))
        self.setCursorPosition(0)
        self.editingFinished.connect(self._tell)

    def numbers_only(self) -> TextField:
        """Accept a number or nothing."""
        self.setValidator(_NumberOrNothing(self))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        return self

    def completed_by(self, words: Sequence[str]) -> TextField:
        """Propose these while typing."""
        completer = QCompleter(list(words), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        return self

    def _tell(self) -> None:
        text = self.text().strip()
        if text == self._told:
            return
        self._told = text
        if self._leaving:  # now: in a moment the field may be gone, or show another column
            self._done(text)
        else:  # the answer may replace this very field: not while it still handles the key
            soon(self, lambda: self._done(text))

    # Qt overrides

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._leaving = True
        super().focusOutEvent(event)
        self._leaving = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text().strip() != self._told:
            self.setText(self._told)
        else:
            super().keyPressEvent(event)


class EditorBlock(QWidget):
    """A hairline, a head, and lines."""

    def __init__(self, theme: Theme, head: str, *, first: bool = False, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        if not first:
            outer.addWidget(Rule(tone="grid", parent=self))
        self.column = QVBoxLayout()
        self.column.setContentsMargins(_PAD, 12, _PAD, 14)
        self.column.setSpacing(7)
        outer.addLayout(self.column)
        if head:
            self.column.addWidget(Label(theme, head, role="small", ink="text-2", weight=600, parent=self))

    def add_line(self, label: str, field: QWidget) -> None:
        """A label and its field."""
        row = QHBoxLayout()
        row.setSpacing(8)
        words = Label(self.theme, label, ink="text-2", wrap=True, parent=self)
        words.setFixedWidth(self.theme.px(_LABEL))
        words.setBuddy(field)
        row.addWidget(words)
        stretch = 1 if isinstance(field, QLineEdit) else 0
        row.addWidget(field, stretch)
        if not stretch:
            row.addStretch(1)
        self.column.addLayout(row)

    def add(self, widget: QWidget) -> None:
        """A widget over the whole width."""
        self.column.addWidget(widget)

    def add_note(self, text: str) -> None:
        """A muted sentence."""
        self.column.addWidget(Label(self.theme, text, role="small", ink="muted", wrap=True, parent=self))


class MenuField(Button):
    """A chooser of one of a few: shows the chosen words, opens a menu on click, Space or Enter.

    `hovered` carries the choice under the cursor while the menu is open.
    """

    hovered = Signal(object)

    def __init__(
        self,
        theme: Theme,
        choices: Sequence[tuple[T, str]],
        current: T | None,
        chosen: Callable[[T], object],
        *,
        name: str,
        mixed: str = "",
        small: bool = True,
        parent: QWidget,
    ) -> None:
        """`current` None shows `mixed`: the selected columns differ."""
        words = next((text for value, text in choices if value == current), mixed)
        super().__init__(theme, words, kind="field", name=f"{name}: {words}", small=small, parent=parent)
        self.setToolTip(name)
        menu = QMenu(self)
        for value, text in choices:
            action = menu.addAction(in_menu(text))
            action.setCheckable(True)
            action.setChecked(value == current)
            action.hovered.connect(lambda under=value: self.hovered.emit(under))
            action.triggered.connect(lambda _checked=False, taken=value: soon(self, lambda: chosen(taken)))
        self._menu = menu
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: menu.popup(self.mapToGlobal(self.rect().bottomLeft())))

    # Qt overrides

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(84), self.sizeHint().height())
