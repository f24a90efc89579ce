"""Any of several conditions: chips, chosen as filters are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from surveyapp.base.i18n import _
from surveyapp.domain.analysis import Base, Condition
from surveyapp.domain.derived import Derived
from surveyapp.gui.filter_picker import FilterPicker
from surveyapp.gui.pages.derived.part import FormPart
from surveyapp.gui.widgets.chip import Chip
from surveyapp.gui.widgets.flow_layout import FlowLayout
from surveyapp.gui.widgets.label import Label

if TYPE_CHECKING:
    from surveyapp.gui.pages.derived.page import DerivedPage


class ConditionPart(FormPart):
    """A chip is changed by Enter or a click and removed by Backspace; the last one adds another."""

    def __init__(self, page: DerivedPage, parent: QWidget) -> None:
        super().__init__(page, parent)
        self._conditions: list[Condition] = []
        self._chips: list[Chip] = []
        self._words: list[QWidget] = []
        self.caption(_("Yes for whom one of these holds"))
        self._box = QWidget(self)
        self._flow = FlowLayout(self._box)
        self._column.addWidget(self._box)
        self.add = Chip(self._theme, _("Condition"), kind="add", icon="plus", parent=self._box)
        self.add.clicked.connect(self.open_picker)
        self._flow.addWidget(self.add)
        self.caption(_("Whoever answered none of these questions has no answer; everybody else is a No."), hint=True)

    def show_recipe(self, recipe: Derived) -> None:
        self._recipe = recipe
        self._conditions = list(recipe.conditions)
        self._fill()

    def fields(self) -> dict[str, Any]:
        return {"conditions": tuple(self._conditions), "columns": ()}

    def focus_first(self) -> None:
        self.add.setFocus()

    def open_picker(self) -> None:
        """Choose a condition as one chooses a filter."""
        if self._page.counted is not None:
            FilterPicker(self._page, take=self._take).open_at(self.add)

    def _fill(self) -> None:
        from surveyapp.services.filter.fault import words_of

        session, base = self._page.context.session, self._page.base
        for widget in (*self._chips, *self._words, self.add):
            self._flow.removeWidget(widget)
        for widget in (*self._chips, *self._words):
            widget.hide()
            widget.deleteLater()
        self._chips, self._words = [], []
        for number, condition in enumerate(self._conditions):
            if number:
                self._words.append(Label(self._theme, _("or"), role="small", ink="muted", parent=self._box))
                self._flow.addWidget(self._words[-1])
                self._words[-1].show()
            wave = Base(wave_id=base.wave_id) if base is not None else None
            words = words_of(session, wave, condition) if session is not None and wave is not None else ""
            chip = Chip(self._theme, words, parent=self._box)
            chip.clicked.connect(lambda _checked=False, at=number: self._edit(at))
            chip.removed.connect(lambda at=number: self._remove(at))
            self._chips.append(chip)
            self._flow.addWidget(chip)
            chip.show()
        self._flow.addWidget(self.add)
        self._flow.invalidate()
        self._box.updateGeometry()

    def _take(self, conditions: list[Condition]) -> None:
        new = [condition for condition in conditions if condition not in self._conditions]
        self._set([*self._conditions, *new])

    def _edit(self, at: int) -> None:
        if self._page.counted is None:
            return

        def take(conditions: list[Condition]) -> None:
            rest = self._conditions[at + 1 :]
            kept = [condition for condition in conditions if condition not in self._conditions[:at] + rest]
            self._set([*self._conditions[:at], *kept, *rest])

        FilterPicker(self._page, start=self._conditions[at], take=take).open_at(self._chips[at])

    def _remove(self, at: int) -> None:
        self._set(self._conditions[:at] + self._conditions[at + 1 :])
        chips = [*self._chips, self.add]
        chips[min(at, len(chips) - 1)].setFocus()

    def _set(self, conditions: list[Condition]) -> None:
        self._conditions = conditions
        self._fill()
        self.changed.emit()
