"""The block of the editor for what a column has to do with others: asked only of some, the text behind an "Other"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from surveyapp.base.i18n import _
from surveyapp.domain.question import Kind, Question, ShownIf
from surveyapp.gui.pages.data.editor_edit import Editing
from surveyapp.gui.pages.data.editor_form import EditorBlock
from surveyapp.gui.pages.data.editor_pick import PickField
from surveyapp.gui.soon import soon
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.check_list import CheckItem, CheckList
from surveyapp.services.codebook.column_edit import with_shown_if

_ROWS = 6


class RelationBlock(EditorBlock):
    """Of whom the columns were asked; whose "Other" a text column spells out. `around` is the whole codebook."""

    def __init__(
        self, theme: Theme, questions: Sequence[Question], edit: Editing, around: Sequence[Question], parent: QWidget
    ) -> None:
        super().__init__(theme, _("Asked of"), parent=parent)
        self._questions, self._edit = questions, edit
        ids = {question.id for question in questions}
        self._closed = [q for q in around if q.choices and q.id not in ids and q.kind is not Kind.TICK]
        shown = {question.shown_if for question in questions}
        self._shown: ShownIf | None = shown.pop() if len(shown) == 1 else None
        self._mixed = bool(shown)
        self._asked = self._parent_of(self._shown)
        self._field: PickField | None = None
        self._list: CheckList | None = None
        self._add_asked()
        if all(question.kind is Kind.TEXT for question in questions):
            self._add_other()

    def _parent_of(self, shown: ShownIf | None) -> Question | None:
        if shown is None:
            return None
        wanted = shown.column, shown.occurrence
        return next((q for q in self._closed if (q.column, q.occurrence) == wanted), None)

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
            self._closed,
            " ".join(words.split()),
            self._pick,
            name=_("Asked only of people who answered"),
            nobody=_("Everybody"),
            parent=self,
        )
        field.setObjectName("shownIf")
        self.add_line(_("People of"), field)
        self._field = field
        if self._asked is not None:
            self._add_answers(self._asked)

    def _add_answers(self, asked: Question) -> None:
        labels = [choice.label for choice in asked.choices]
        own = self._shown.labels if self._shown is not None and self._parent_of(self._shown) is asked else ()
        answers = CheckList(self.theme, name=_("Who gave one of these answers"), parent=self)
        answers.setObjectName("shownAnswers")
        answers.set_items(
            [CheckItem(label) for label in labels], checked={n for n, label in enumerate(labels) if label in own}
        )
        answers.setFixedHeight(self.theme.px(28) * max(2, min(_ROWS, len(labels))) + 4)
        answers.ticked.connect(self._preview)
        answers.accepted.connect(self._apply)
        self.add(answers)
        button = Button(self.theme, _("Asked only of these"), small=True, parent=self)
        button.setObjectName("shownApply")
        button.clicked.connect(self._apply)
        self.add(button)
        self.add_note(_("A blank of anybody else counts as not shown."))
        self._list = answers

    def _pick(self, question: Question | None) -> None:
        if question is None:
            self._edit(lambda entry: with_shown_if(entry, None))
            return
        self._asked = question
        if self._field is not None:
            self._field.setText(" ".join(question.title.split()))
        if self._list is not None:  # another question: other answers
            self._list.set_items([CheckItem(choice.label) for choice in question.choices], checked=set())
        else:
            self._add_answers(question)
        if self._list is not None:
            self._list.setFocus()

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
