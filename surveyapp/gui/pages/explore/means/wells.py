"""The two wells of Means: a number, and the question whose answers are the groups."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from surveyapp.base.i18n import _
from surveyapp.gui.palette_source import PaletteEntry
from surveyapp.gui.theme import Theme
from surveyapp.gui.wells import Wells, entry_of, title_of
from surveyapp.gui.widgets.flow_layout import FlowLayout
from surveyapp.services.cross_choice import Choice


class MeansWells(Wells):
    """`value_picked` and `group_picked` carry the key of a question."""

    value_picked = Signal(str)
    group_picked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.setObjectName("meansWells")
        self.setAccessibleName(_("Number and groups"))
        self._numbers: list[Choice] = []
        self._groups: list[Choice] = []
        self.has_value = False
        """Whether a number is chosen."""
        flow = FlowLayout(self)
        self.value = self._well("valueWell", self, self.choose_value)
        self.group = self._well("groupWell", self, self.choose_group)
        for widget in (self._word(_("Mean of"), self), self.value, self._word(_("by"), self), self.group):
            flow.addWidget(widget)

    def show_choice(self, value: str, group: str, numbers: Sequence[Choice], groups: Sequence[Choice]) -> None:
        """Show what is chosen; the lists are what can be."""
        self._numbers, self._groups, self.has_value = list(numbers), list(groups), bool(value)
        nothing = _("Choose a question")
        self._fill(self.value, _("Number: %(question)s"), title_of(numbers, (value,)) or value or nothing)
        self._fill(self.group, _("Groups: %(question)s"), title_of(groups, (group,)) or group or nothing)

    def choose_value(self) -> None:
        """Find a number."""
        self._open("value", self.value, self._value_entries, _("Find a number"))

    def choose_group(self) -> None:
        """Find a question to group by."""
        self._open("group", self.group, self._group_entries, _("Find a question to group by"))

    def _value_entries(self, _query: str) -> list[PaletteEntry]:
        return [entry_of(choice, partial(self.value_picked.emit, choice.keys[0])) for choice in self._numbers]

    def _group_entries(self, _query: str) -> list[PaletteEntry]:
        return [entry_of(choice, partial(self.group_picked.emit, choice.keys[0])) for choice in self._groups]
