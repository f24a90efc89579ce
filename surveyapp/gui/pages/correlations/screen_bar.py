"""The row above the list of pairs: which pairs, and what counts as standing out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count, fmt_number
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.chip import Chip
from surveyapp.gui.widgets.flow_layout import FlowLayout
from surveyapp.gui.widgets.plain_text import in_tip

USUAL = {"q": "0.05", "effect": "0", "min_n": "30"}

_CHOICES = {
    "q": ("0.1", "0.05", "0.01", "0.001"),
    "effect": ("0", "0.05", "0.1", "0.2", "0.3"),
    "min_n": ("30", "100", "300", "1000"),
}


class ScreenBar(QWidget):
    """`subject_wanted` opens the choice of questions; `option_chosen` carries the name and value of a limit."""

    subject_wanted = Signal()
    option_chosen = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("screenBar")
        self.subject = Button(theme, _("Everything with everything"), kind="field", icon="table-2", parent=self)
        self.subject.setObjectName("screenSubject")
        self.subject.clicked.connect(self.subject_wanted)
        self._chips: dict[str, Chip] = {}
        for name in USUAL:
            chip = self._chips[name] = Chip(theme, _words(name, USUAL[name]), kind="menu", parent=self)
            chip.setObjectName(f"screen_{name}")
            chip.setMenu(self._menu(name))
        flow = FlowLayout(self, spacing=8)
        for widget in (self.subject, *self._chips.values()):
            flow.addWidget(widget)

    def set_subject(self, words: str) -> None:
        """Which pairs are listed, in words."""
        shown = words if len(words) <= 40 else f"{words[:39]}…"
        self.subject.setText(shown)
        self.subject.setToolTip(in_tip(words) if shown != words else "")
        self.subject.setAccessibleName(_("Pairs: %(words)s") % {"words": words})
        self.subject.updateGeometry()

    def set_options(self, options: dict[str, str]) -> None:
        """The limits in force."""
        for name, chip in self._chips.items():
            value = options.get(name, USUAL[name])
            chip.setText(_words(name, value))
            chip.setAccessibleName(_words(name, value))
            chip.updateGeometry()
            menu = chip.menu()
            for action in menu.actions() if menu is not None else ():
                action.setChecked(action.data() == value)

    def _menu(self, name: str) -> QMenu:
        menu = QMenu(self)
        group = QActionGroup(menu)
        for value in _CHOICES[name]:
            action = menu.addAction(_words(name, value))
            action.setCheckable(True)
            action.setData(value)
            action.setChecked(value == USUAL[name])
            group.addAction(action)
            action.triggered.connect(self._teller(name, value))
        return menu

    def _teller(self, name: str, value: str) -> Callable[[], None]:
        return lambda: self.option_chosen.emit(name, value)


def subject_words(asked: str, n_questions: int) -> str:
    """ "94 questions with each other", or "Age with everything"."""
    if asked:
        return _("%(question)s with everything") % {"question": asked}
    return _("%(n)s questions with each other") % {"n": fmt_count(n_questions)}


def _words(name: str, value: str) -> str:
    number = float(value)
    if name == "q":
        return _("q < %(q)s, Benjamini–Hochberg") % {"q": fmt_number(number).removeprefix("0")}
    if name == "effect":
        return _("effect at least %(size)s") % {"size": fmt_number(number)} if number else _("effect of any size")
    return _("n at least %(n)s") % {"n": fmt_count(int(number))}


def known_options(remembered: object) -> dict[str, str]:
    """The limits of an earlier visit, as far as they can still be chosen."""
    held = remembered if isinstance(remembered, dict) else {}
    return {name: str(value) for name, value in held.items() if value in _CHOICES.get(name, ())}


def options_of(chosen: dict[str, str]) -> Sequence[tuple[str, str]]:
    """The limits that are not the usual ones."""
    return [(name, value) for name, value in sorted(chosen.items()) if USUAL.get(name) != value]
