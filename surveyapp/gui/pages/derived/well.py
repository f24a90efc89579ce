"""A field that holds a question: opened by Enter, filled by typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from surveyapp.base.i18n import _
from surveyapp.domain.derived import DerivedKind
from surveyapp.domain.question import Question
from surveyapp.gui.palette_source import PaletteEntry
from surveyapp.gui.question_icon import BATTERY_ICON, question_icon
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.pick_popup import PickPopup
from surveyapp.gui.widgets.plain_text import in_tip
from surveyapp.services.analysis.subject import column_key
from surveyapp.services.derived.offer import Battery, batteries, fitting

if TYPE_CHECKING:
    from surveyapp.gui.pages.derived.page import DerivedPage


class QuestionWell(Button):
    """`chosen` carries the key of the question that a person took."""

    chosen = Signal(str)

    def __init__(self, page: DerivedPage, kind: DerivedKind, *, name: str, parent: QWidget) -> None:
        super().__init__(page.theme, kind="field", parent=parent)
        self._page, self._name, self._derived_kind = page, name, kind
        self.setObjectName("questionWell")
        self.clicked.connect(self.open)
        self.show_question("", kind)

    def show_question(self, key: str, kind: DerivedKind) -> None:
        """Show this question, and offer those that fit a kind."""
        self._derived_kind = kind
        question = self._page.codebook.find(key) if key else None
        words = question.title if question is not None else key or _("Choose a question …")
        self.setText(words if len(words) < 46 else f"{words[:45]}…")
        self.setToolTip(in_tip(words) if len(words) > 45 else "")
        self.setAccessibleName(f"{self._name}: {words}")
        self.updateGeometry()

    def open(self) -> None:
        """Choose by typing."""
        pick_question(self._page, self, self._derived_kind, lambda question: self.chosen.emit(column_key(question)))


def pick_question(
    page: DerivedPage,
    anchor: QWidget,
    kind: DerivedKind,
    chosen: Callable[[Question], object],
    *,
    all_of: Callable[[Battery], object] | None = None,
) -> PickPopup:
    """A popover with the questions that fit; with `all_of` also the batteries, to be taken at once."""
    questions = fitting(page.codebook, kind, name=page.recipe.name)
    sets = batteries(page.codebook, kind) if all_of is not None else []

    def find(_query: str) -> Sequence[PaletteEntry]:
        entries = [
            PaletteEntry(
                group=_("All items of a battery"),
                title=each.title,
                icon=BATTERY_ICON,
                detail=str(len(each.questions)),
                run=lambda taken=each: all_of(taken) if all_of is not None else None,  # type: ignore[misc]
            )
            for each in sets
        ]
        return entries + [
            PaletteEntry(
                group=question.section or _("Questions"),
                title=question.title,
                icon=question_icon(question),
                run=lambda taken=question: chosen(taken),  # type: ignore[misc]
            )
            for question in questions
        ]

    popup = PickPopup(page.theme, find, placeholder=_("Find a question"), parent=page.window())
    popup.open_below(anchor)
    return popup
