"""Items of a score or an index: added by typing, ticked where they are reversed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.derived import Derived, DerivedKind
from surveyapp.domain.question import Question
from surveyapp.gui.pages.derived.part import FormPart
from surveyapp.gui.pages.derived.well import pick_question
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.check_list import CheckItem, CheckList
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.segmented import Segmented
from surveyapp.services.analysis.subject import column_key
from surveyapp.services.derived.offer import Battery

if TYPE_CHECKING:
    from surveyapp.gui.pages.derived.page import DerivedPage

_ROWS = 9


class ItemPart(FormPart):
    """Space turns the item under the cursor round, Backspace takes it away, Enter on the button adds more."""

    def __init__(self, page: DerivedPage, parent: QWidget) -> None:
        super().__init__(page, parent)
        self._keys: list[str] = []
        self._kind = DerivedKind.SCORE
        self.caption(_("Items; tick those that are reversed"))
        self.list = CheckList(self._theme, name=_("Items; ticked ones are reversed"), parent=self)
        self.list.setObjectName("itemList")
        self.list.installEventFilter(self)
        self.list.ticked.connect(self._on_list_ticked)
        self.list.accepted.connect(self.open_picker)
        self._column.addWidget(self.list)
        self.add = Button(self._theme, _("Add items …"), icon="plus", parent=self)
        self.add.setObjectName("addItems")
        self.add.clicked.connect(self.open_picker)
        self._column.addWidget(self.add)
        self._make_choices()
        self.hint = self.caption("", hint=True)

    def _make_choices(self) -> None:
        theme = self._theme
        row = QHBoxLayout()
        row.setSpacing(8)
        names = [("mean", _("Mean")), ("sum", _("Sum"))]
        self.total = Segmented(theme, names, name=_("Mean or sum"), parent=self)
        self.total.chosen.connect(lambda _id: self.changed.emit())
        row.addWidget(self.total)
        row.addSpacing(8)
        row.addWidget(Label(theme, _("needs"), ink="text-2", parent=self))
        self.least = QSpinBox(self)
        self.least.setObjectName("leastAnswered")
        self.least.setFont(theme.font())
        self.least.setAccessibleName(_("How many items must be answered"))
        self.least.setSpecialValueText(_("all"))
        self.least.valueChanged.connect(lambda _n: self.changed.emit())
        row.addWidget(self.least)
        row.addWidget(Label(theme, _("answered items"), ink="text-2", parent=self))
        row.addStretch(1)
        self._column.addLayout(row)

    def show_recipe(self, recipe: Derived) -> None:
        self._recipe, self._kind = recipe, recipe.kind
        self._keys = list(recipe.columns)
        self.total.setVisible(recipe.kind is DerivedKind.SCORE)
        self.total.set_current("sum" if recipe.summed else "mean")
        self.least.blockSignals(True)
        self.least.setMaximum(max(len(self._keys) - 1, 0))
        self.least.setValue(recipe.least_answered if recipe.least_answered < len(self._keys) else 0)
        self.least.blockSignals(False)
        self._fill({n for n, key in enumerate(self._keys) if key in recipe.reversed_columns})

    def fields(self) -> dict[str, Any]:
        turned = self.list.checked_rows()
        return {
            "columns": tuple(self._keys),
            "reversed_columns": tuple(key for n, key in enumerate(self._keys) if n in turned),
            "summed": self._kind is DerivedKind.SCORE and self.total.current == "sum",
            "least_answered": self.least.value(),
        }

    def focus_first(self) -> None:
        (self.list if self._keys else self.add).setFocus()

    def resize_fields(self) -> None:
        self._fill(self.list.checked_rows())

    def _fill(self, turned: set[int]) -> None:
        items = [CheckItem(self.title(key), _("reversed") if n in turned else "") for n, key in enumerate(self._keys)]
        self.list.set_items(items, checked=turned)
        self.list.setVisible(bool(items))
        self.list.setFixedHeight(self._theme.px(28) * min(max(len(items), 2), _ROWS) + 4)
        n = len(items)
        words = ngettext("%(n)s item. Backspace takes one away.", "%(n)s items. Backspace takes one away.", n)
        empty = _("Two items or more: numbers, probabilities, scales or ordered answers.")
        self.hint.setText(words % {"n": fmt_count(n)} if n > 1 else empty)

    def _on_list_ticked(self) -> None:
        self._fill(self.list.checked_rows())
        self.changed.emit()

    def open_picker(self) -> None:
        """Add a question, or a whole battery."""
        self.popup = pick_question(
            self._page,
            self.add,
            self._kind,
            lambda question: self._take([question]),
            all_of=lambda battery: self._take_battery(battery),
        )

    def _take_battery(self, battery: Battery) -> None:
        self._take(battery.questions)

    def _take(self, questions: Sequence[Question]) -> None:
        turned = self.list.checked_rows()
        new = [column_key(question) for question in questions]
        self._set_keys([*self._keys, *(key for key in new if key not in self._keys)], turned)
        self.add.setFocus()

    def _set_keys(self, keys: list[str], turned: set[int]) -> None:
        self._keys = keys
        self.least.blockSignals(True)
        self.least.setMaximum(max(len(keys) - 1, 0))
        self.least.blockSignals(False)
        self._fill(turned)
        self.changed.emit()

    def _remove(self) -> None:
        at = self.list.current_number()
        if 0 <= at < len(self._keys):
            turned = {n - (n > at) for n in self.list.checked_rows() if n != at}
            self._set_keys(self._keys[:at] + self._keys[at + 1 :], turned)
            (self.list if self._keys else self.add).setFocus()

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.list or event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self._remove()
            return True
        return False
