"""Several questions as chips in a line that wraps, then the chip that adds one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from surveyapp.base.i18n import _
from surveyapp.gui.theme import Theme
from surveyapp.gui.wells import cut
from surveyapp.gui.widgets.chip import Chip
from surveyapp.gui.widgets.flow_layout import FlowLayout


class QuestionChips(QWidget):
    """`add` adds one. `opened` and `removed` carry the key of a chip."""

    opened = Signal(str)
    removed = Signal(str)

    def __init__(self, theme: Theme, name: str, add: Chip, *, before: QWidget | None = None, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._name = theme, name
        self._before, self.add = before, add
        self.hint = _("Backspace removes it")
        """What else is read of a chip."""
        self.chips: dict[str, Chip] = {}
        """By the keys of the questions, in their order."""
        self._flow = FlowLayout(self)
        for widget in (before, add):
            if widget is not None:
                widget.setParent(self)
        self._arrange()

    def show_questions(self, titles: Mapping[str, str], *, seen: str = "%(question)s", spoken: str = "") -> None:
        """Show these, by key; the focus of one that goes passes to `add`."""
        for key in self.chips.keys() - titles.keys():
            self._drop(self.chips.pop(key))
        before, self.chips = self.chips, {}
        for key, title in titles.items():
            flat, words = " ".join(title.split()), cut(title)
            chip = self.chips[key] = before.get(key) or self._make(key)
            chip.set_words(seen % {"question": words})
            chip.setAccessibleName((spoken or seen) % {"question": flat if spoken else words})
            chip.tip = flat if words != flat else ""
        self._arrange()

    def _make(self, key: str) -> Chip:
        chip = Chip(self._theme, "", kind="plain", parent=self)
        chip.setObjectName(self._name)
        chip.setAccessibleDescription(self.hint)
        chip.clicked.connect(partial(self.opened.emit, key))
        chip.removed.connect(partial(self.remove, key))
        chip.show()
        return chip

    def _drop(self, chip: Chip) -> None:
        if chip.hasFocus():
            self.add.setFocus()
        chip.hide()
        chip.deleteLater()

    def remove(self, key: str) -> None:
        """Take one away; the focus goes to the chip that takes its place."""
        keys = list(self.chips)
        number = keys.index(key)
        rest = keys[:number] + keys[number + 1 :]
        (self.chips[rest[min(number, len(rest) - 1)]] if rest else self.add).setFocus()
        self.removed.emit(key)

    def _arrange(self) -> None:
        while self._flow.takeAt(0) is not None:
            pass
        for widget in (self._before, *self.chips.values(), self.add):
            if widget is not None:
                self._flow.addWidget(widget)
        self.updateGeometry()
