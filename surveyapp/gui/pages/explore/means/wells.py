"""The two wells of Means: a number, and the question whose answers are the groups."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from surveyapp.base.i18n import _
from surveyapp.gui.palette_source import PaletteEntry
from surveyapp.gui.question_icon import question_icon
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.flow_layout import FlowLayout
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.pick_popup import PickPopup
from surveyapp.services.cross_choice import Choice

_LONGEST = 36


class MeansWells(QWidget):
    """Purely a view: `value_picked` and `group_picked` carry the key of a question."""

    value_picked = Signal(str)
    group_picked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("meansWells")
        self.setAccessibleName(_("Number and groups"))
        self._numbers: list[Choice] = []
        self._groups: list[Choice] = []
        self.has_value = False
        """Whether a number is chosen."""
        flow = FlowLayout(self)
        self.value = Button(theme, kind="field", parent=self)
        self.value.setObjectName("valueWell")
        self.group = Button(theme, kind="field", parent=self)
        self.group.setObjectName("groupWell")
        for widget in (
            Label(theme, _("Mean of"), role="small", ink="text-2", parent=self),
            self.value,
            Label(theme, _("by"), role="small", ink="text-2", parent=self),
            self.group,
        ):
            flow.addWidget(widget)
        self._value_popup = PickPopup(
            theme,
            lambda _query: _entries(self._numbers, self.value_picked.emit),
            placeholder=_("Find a number"),
            parent=self,
        )
        self._group_popup = PickPopup(
            theme,
            lambda _query: _entries(self._groups, self.group_picked.emit),
            placeholder=_("Find a question to group by"),
            parent=self,
        )
        self.value.clicked.connect(self.choose_value)
        self.group.clicked.connect(self.choose_group)

    def show_choice(self, value: str, group: str, numbers: Sequence[Choice], groups: Sequence[Choice]) -> None:
        """Show what is chosen; the lists are what can be."""
        self._numbers, self._groups, self.has_value = list(numbers), list(groups), bool(value)
        _name(self.value, _("Number: %(question)s"), self._numbers, value)
        _name(self.group, _("Groups: %(question)s"), self._groups, group)

    def choose_value(self) -> None:
        """Find a number."""
        self._value_popup.open_below(self.value)

    def choose_group(self) -> None:
        """Find a question to group by."""
        self._group_popup.open_below(self.group)


def _name(button: Button, words: str, choices: Sequence[Choice], key: str) -> None:
    title = next((choice.title for choice in choices if choice.keys == (key,)), "") or key or _("Choose a question")
    flat = " ".join(title.split())
    button.setText(flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 1].rstrip()}…")
    button.setAccessibleName(words % {"question": flat})
    button.setToolTip(flat if len(flat) > _LONGEST else "")
    button.updateGeometry()


def _entries(choices: Sequence[Choice], take: Callable[[str], object]) -> list[PaletteEntry]:
    return [
        PaletteEntry(
            group=choice.section,
            title=choice.title,
            icon=question_icon(choice.question),
            run=lambda key=choice.keys[0]: take(key),  # type: ignore[misc]
        )
        for choice in choices
    ]
