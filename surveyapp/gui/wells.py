"""Wells: fields that hold a question each, with a chooser below them that finds another by typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from surveyapp.gui.palette_source import PaletteEntry
from surveyapp.gui.question_icon import BATTERY_ICON, question_icon
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.pick_popup import PickPopup
from surveyapp.gui.widgets.plain_text import in_tip
from surveyapp.services.cross_choice import Choice

LONGEST = 34
"""So many characters of a title fit a well or a chip."""

Find = Callable[[str], Sequence[PaletteEntry]]


class Wells(QWidget):
    """Purely a view of what is asked: `asked` carries what a person wants to ask instead; `picked` tells before that a
    chooser was used, which leaves the focus free to go where work goes on."""

    asked = Signal(object)
    picked = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._popups: dict[str, PickPopup] = {}

    def _word(self, words: str, parent: QWidget) -> Label:
        return Label(self._theme, words, role="small", ink="text-2", parent=parent)

    def _well(self, name: str, parent: QWidget, choose: Callable[[], None]) -> Button:
        button = Button(self._theme, kind="field", parent=parent)
        button.setObjectName(name)
        button.clicked.connect(choose)
        return button

    def _fill(self, well: Button, spoken: str, title: str) -> None:
        """Show a title, cut where it is long; `spoken` says with %(question)s what it is."""
        flat, seen = " ".join(title.split()), cut(title)
        well.setText(seen)
        well.setAccessibleName(spoken % {"question": flat})
        well.setToolTip(in_tip(flat) if seen != flat else "")
        well.updateGeometry()

    def _open(self, name: str, anchor: QWidget, find: Find, placeholder: str) -> None:
        popup = self._popups.get(name)
        if popup is None:
            popup = self._popups[name] = PickPopup(self._theme, find, placeholder=placeholder, parent=self)
        popup.open_below(anchor)

    def _take(self, ask: object) -> None:
        self.picked.emit()
        self.asked.emit(ask)


def cut(text: str) -> str:
    """As much as fits."""
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST else f"{flat[: LONGEST - 1].rstrip()}…"


def title_of(choices: Sequence[Choice], keys: tuple[str, ...]) -> str:
    """What a question, or a battery, is called among the choices; "" if it is none of them."""
    return next((" ".join(choice.title.split()) for choice in choices if choice.keys == keys), "")


def entry_of(choice: Choice, run: Callable[[], object]) -> PaletteEntry:
    """Its line in a chooser."""
    icon = BATTERY_ICON if choice.battery else question_icon(choice.question)
    return PaletteEntry(group=choice.section, title=choice.title, icon=icon, run=run)
