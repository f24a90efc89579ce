"""One number or two: a difference, a logarithm, standard scores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from surveyapp.base.i18n import _
from surveyapp.base.typed_number import read_number
from surveyapp.domain.derived import Derived, DerivedKind
from surveyapp.domain.errors import UserError
from surveyapp.gui.pages.derived.part import FormPart
from surveyapp.gui.pages.derived.well import QuestionWell
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.label import Label

if TYPE_CHECKING:
    from surveyapp.gui.pages.derived.page import DerivedPage


class NumberPart(FormPart):
    """The second well is there for a difference only, the number to add for a logarithm only."""

    def __init__(self, page: DerivedPage, parent: QWidget) -> None:
        super().__init__(page, parent)
        self._kind = DerivedKind.DIFFERENCE
        self._keys = ["", ""]
        self.caption(_("Number"))
        self.well = self._well(0, _("Number"))
        self._less = self.caption(_("less"))
        self.second = self._well(1, _("What is taken away"))
        self.swap = Button(self._theme, _("Swap"), icon="arrow-left-right", small=True, parent=self)
        self.swap.setObjectName("swapNumbers")
        self.swap.clicked.connect(self._swap)
        self._column.addWidget(self.swap)
        row = QHBoxLayout()
        row.setSpacing(8)
        self._plus = Label(self._theme, _("Added before"), ink="text-2", parent=self)
        row.addWidget(self._plus)
        self.offset = QLineEdit(self)
        self.offset.setObjectName("logOffset")
        self.offset.setFont(self._theme.font())
        self.offset.setFixedWidth(self._theme.px(90))
        self.offset.setAccessibleName(_("Added before the logarithm is taken"))
        self.offset.textEdited.connect(lambda _text: self.changed.emit())
        row.addWidget(self.offset)
        row.addStretch(1)
        self._column.addLayout(row)
        self.hint = self.caption("", hint=True)

    def _well(self, place: int, name: str) -> QuestionWell:
        well = QuestionWell(self._page, self._kind, name=name, parent=self)
        well.chosen.connect(lambda key: self._on_well_chosen(place, key))
        self._column.addWidget(well)
        return well

    def show_recipe(self, recipe: Derived) -> None:
        self._recipe, self._kind = recipe, recipe.kind
        self._keys = [*recipe.columns, "", ""][:2]
        two, log = recipe.kind is DerivedKind.DIFFERENCE, recipe.kind is DerivedKind.LOG
        self.well.show_question(self._keys[0], recipe.kind)
        self.second.show_question(self._keys[1], recipe.kind)
        shown: tuple[tuple[QWidget, bool], ...] = (
            (self._less, two),
            (self.second, two),
            (self.swap, two),
            (self._plus, log),
            (self.offset, log),
        )
        for widget, there in shown:
            widget.setVisible(there)
        if self._offset() != recipe.offset:
            self.offset.setText(f"{recipe.offset:.12g}")
        self.hint.setText(
            {
                DerivedKind.LOG: _("Zero and less have no logarithm; they become out of range unless 1 is added."),
                DerivedKind.STANDARDISED: _("Mean 0 and standard deviation 1 among all people of the wave."),
            }.get(recipe.kind, _("Whoever did not answer both has no answer."))
        )

    def fields(self) -> dict[str, Any]:
        wanted = 2 if self._kind is DerivedKind.DIFFERENCE else 1
        keys = self._keys[:wanted]
        return {"columns": tuple(key for key in keys if key), "offset": self._offset()}

    def fault(self) -> UserError | None:
        text = self.offset.text().strip()
        if self._kind is not DerivedKind.LOG or not text or read_number(text) is not None:
            return None
        title = _("%(word)s is no number.") % {"word": text}
        return UserError(title, _("Type what is added before the logarithm is taken, such as 1."))

    def focus_first(self) -> None:
        for well, key in ((self.well, self._keys[0]), (self.second, self._keys[1])):
            if not well.isHidden() and not key:
                well.setFocus()
                return
        self.well.setFocus()

    def _offset(self) -> float:
        return (read_number(self.offset.text()) or 0.0) if self._kind is DerivedKind.LOG else 0.0

    def _on_well_chosen(self, place: int, key: str) -> None:
        self._keys[place] = key
        (self.second if place else self.well).show_question(key, self._kind)
        self.changed.emit()
        (self.second if not place and not self.second.isHidden() else self.well).setFocus()

    def _swap(self) -> None:
        self._keys.reverse()
        self.well.show_question(self._keys[0], self._kind)
        self.second.show_question(self._keys[1], self._kind)
        self.changed.emit()
