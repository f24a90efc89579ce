"""The block of the editor for several columns at once: the same answers, one battery, one multiple choice, one date."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from surveyapp.base.i18n import _
from surveyapp.domain.question import Question
from surveyapp.gui.pages.data.column_menu import battery_change, date_change, together_change
from surveyapp.gui.pages.data.editor.edit import Editing, EntryChange
from surveyapp.gui.pages.data.editor.form import EditorBlock
from surveyapp.gui.pages.data.editor.pick import PickField
from surveyapp.gui.soon import soon
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.flow_layout import FlowLayout
from surveyapp.gui.widgets.switch import Switch
from surveyapp.importers.cell.reading import CLOSED
from surveyapp.services.codebook.column_bulk import are_battery, can_lend, with_answers_of
from surveyapp.services.codebook.date_edit import are_one_date
from surveyapp.services.codebook.tick_edit import are_together


class BulkBlock(EditorBlock):
    """What several columns have to do with each other. `around` is the whole codebook."""

    def __init__(
        self, theme: Theme, questions: Sequence[Question], edit: Editing, around: Sequence[Question], parent: QWidget
    ) -> None:
        super().__init__(theme, _("All together"), parent=parent)
        self._questions, self._edit = questions, edit
        lenders = [question for question in around if can_lend(question)]
        if lenders:
            field = PickField(
                theme, lenders, _("Choose a column"), self._lend, name=_("Same answers and order as"), parent=self
            )
            field.setObjectName("answersOf")
            self.add_line(_("Answers as in"), field)
        if all(question.kind in CLOSED for question in questions):
            ordered = Switch(theme, _("The answers have an order"), parent=self)
            ordered.setObjectName("allOrdered")
            ordered.setChecked(all(question.ordered for question in questions))
            ordered.toggled.connect(self._set_ordered)
            self.add(ordered)
        self._make_buttons()

    def _make_buttons(self) -> None:
        row = QWidget(self)
        line = FlowLayout(row, spacing=6)
        dated, battery = are_one_date(self._questions), are_battery(self._questions)
        together = are_together(self._questions) and not dated
        for name, words, change in (
            ("oneBattery", _("Out of the battery") if battery else _("One battery"), battery_change(self._questions)),
            (
                "oneChoice",
                _("Out of their multiple choice") if together else _("One multiple choice"),
                together_change(self._questions),
            ),
            ("oneDate", _("Out of their date") if dated else _("One date"), date_change(self._questions)),
        ):
            button = Button(self.theme, words, small=True, parent=row)
            button.setObjectName(name)
            button.clicked.connect(lambda _checked=False, way=change: self._do(way))
            line.addWidget(button)
        self.add(row)

    def _do(self, change: EntryChange | None) -> None:
        if change is not None:
            soon(self, lambda: self._edit(change))

    def _lend(self, source: Question | None) -> None:
        if source is not None:
            self._edit(lambda question: question if question.id == source.id else with_answers_of(question, source))

    def _set_ordered(self, on: bool) -> None:
        from dataclasses import replace

        soon(self, lambda: self._edit(lambda question: replace(question, ordered=on)))
