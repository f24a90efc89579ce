"""The block of the editor for what a column has to do with others: asked only of some, the text behind an "Other"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.domain.question import Kind, Question
from surveyapp.domain.shown_if import ShownIf, write_bounds
from surveyapp.gui.pages.data.editor.edit import Editing, EntryChange
from surveyapp.gui.pages.data.editor.form import EditorBlock, TextField
from surveyapp.gui.pages.data.editor.pick import PickField
from surveyapp.gui.soon import soon
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.check_list import CheckItem, CheckList
from surveyapp.gui.widgets.label import Label
from surveyapp.importers.cell.reading import NUMERIC
from surveyapp.services.codebook.column_edit import typed_bounds, with_shown_if

_ROWS = 6


class RelationBlock(EditorBlock):
    """Of whom the columns were asked; whose "Other" a text column spells out. `around` is the whole codebook."""

    def __init__(
        self, theme: Theme, questions: Sequence[Question], edit: Editing, around: Sequence[Question], parent: QWidget
    ) -> None:
        super().__init__(theme, _("Asked of"), parent=parent)
        self._questions, self._edit = questions, edit
        ids = {question.id for question in questions}
        others = [q for q in around if q.id not in ids and q.kind is not Kind.TICK]
        self._closed = [q for q in others if q.choices]
        self._deciding = [q for q in others if q.choices or q.kind in NUMERIC]
        shown = {question.shown_if for question in questions}
        self._shown: ShownIf | None = shown.pop() if len(shown) == 1 else None
        self._mixed = bool(shown)
        self._asked = self._parent_of(self._shown)
        self._field: PickField | None = None
        self._list: CheckList | None = None
        self._bounds: TextField | None = None
        self._answers = QWidget(self)
        self._add_asked()
        if all(question.kind is Kind.TEXT for question in questions):
            self._add_other()

    def _parent_of(self, shown: ShownIf | None) -> Question | None:
        if shown is None:
            return None
        wanted = shown.column, shown.occurrence
        return next((q for q in self._deciding if (q.column, q.occurrence) == wanted), None)

    def _add_asked(self) -> None:
        words = _("Everybody")
        if self._asked is not None:
            words = self._asked.title
        elif self._shown is not None:
            words = self._shown.column
        elif self._mixed:
            words = _("Differs")
        field = PickField(
            self.theme,
            self._deciding,
            " ".join(words.split()),
            self._pick,
            name=_("Asked only of people who answered"),
            nobody=_("Everybody"),
            parent=self,
        )
        field.setObjectName("shownIf")
        self.add_line(_("People of"), field)
        self._field = field
        self._column = QVBoxLayout(self._answers)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.add(self._answers)
        if self._asked is not None:
            self._add_answers(self._asked)

    def _add_answers(self, asked: Question) -> None:
        """What must have been given to that question: answers to tick, or bounds of a number to type."""
        self._clear()
        if asked.kind in NUMERIC:
            self._add_bounds(asked)
        else:
            self._add_list(asked)
        note = _("A blank of anybody else counts as not shown.")
        self._column.addWidget(Label(self.theme, note, role="small", ink="muted", wrap=True, parent=self._answers))

    def _clear(self) -> None:
        self._list = self._bounds = None
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _add_bounds(self, asked: Question) -> None:
        shown = self._shown if self._shown is not None and self._parent_of(self._shown) is asked else None
        typed = write_bounds(shown.bounds) if shown is not None else ""
        field = TextField(
            self.theme, typed, self._type_bounds, name=_("Who gave a number within these bounds"), parent=self._answers
        )
        field.setObjectName("shownBounds")
        field.setPlaceholderText(_("such as > 0"))
        field.textEdited.connect(lambda text: self._edit.preview(self._bounded(text)))
        self._column.addWidget(field)
        self._bounds = field

    def _type_bounds(self, text: str) -> None:
        soon(self, lambda: self._edit(self._bounded(text)))

    def _bounded(self, text: str) -> EntryChange:
        asked = self._asked
        return lambda entry: with_shown_if(entry, asked, bounds=typed_bounds(text))

    def _add_list(self, asked: Question) -> None:
        labels = [choice.label for choice in asked.choices]
        own = self._shown.labels if self._shown is not None and self._parent_of(self._shown) is asked else ()
        answers = CheckList(self.theme, name=_("Who gave one of these answers"), parent=self._answers)
        answers.setObjectName("shownAnswers")
        answers.set_items(
            [CheckItem(label) for label in labels], checked={n for n, label in enumerate(labels) if label in own}
        )
        answers.setFixedHeight(self.theme.px(28) * max(2, min(_ROWS, len(labels))) + 4)
        answers.ticked.connect(self._preview)
        answers.accepted.connect(self._apply)
        self._column.addWidget(answers)
        button = Button(self.theme, _("Asked only of these"), small=True, parent=self._answers)
        button.setObjectName("shownApply")
        button.clicked.connect(self._apply)
        self._column.addWidget(button)
        self._list = answers

    def _pick(self, question: Question | None) -> None:
        if question is None:
            self._edit(lambda entry: with_shown_if(entry, None))
            return
        self._asked = question
        if self._field is not None:
            self._field.setText(" ".join(question.title.split()))
        self._add_answers(question)
        wanted = self._list or self._bounds
        if wanted is not None:
            wanted.show()  # what is not shown yet gets no focus
            wanted.setFocus()

    def _change(self, entry: Question) -> Question:
        labels = self._list.checked() if self._list is not None else []
        return with_shown_if(entry, self._asked, labels)

    def _preview(self) -> None:
        self._edit.preview(self._change)

    def _apply(self) -> None:
        if self._list is not None and self._list.checked():
            soon(self, lambda: self._edit(self._change))

    def _add_other(self) -> None:
        parents = [q for q in self._closed if q.kind in (Kind.SINGLE, Kind.MULTI)]
        current = {question.other_of for question in self._questions}
        header = current.pop() if len(current) == 1 else ""
        known = next((q.title for q in parents if q.column == header), header)
        field = PickField(
            self.theme,
            parents,
            " ".join(known.split()) or (_("Differs") if current else _("A question of its own")),
            lambda question: self._edit(
                lambda entry: replace(entry, other_of=question.column if question is not None else "")
            ),
            name=_("Spells out the “Other” of"),
            nobody=_("A question of its own"),
            parent=self,
        )
        field.setObjectName("otherOf")
        self.add_line(_("“Other” of"), field)
