"""The block of the editor for closed questions: the answers in their order, and what each counts as."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.domain.question import Choice, Kind, Question
from surveyapp.gui.pages.data.editor.choice import ChoicePane
from surveyapp.gui.pages.data.editor.edit import Editing
from surveyapp.gui.pages.data.editor.form import EditorBlock
from surveyapp.gui.soon import soon
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.plain_text import in_tip
from surveyapp.gui.widgets.switch import Switch
from surveyapp.services.answer_grid import missing_words
from surveyapp.services.codebook.column_edit import moved_choice

_SHOWN = 8


class AnswerList(QListWidget):
    """Alt+Up and Alt+Down move the answer under the cursor."""

    moved = Signal(int)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(step)
        else:
            super().keyPressEvent(event)


class AnswersBlock(EditorBlock):
    """Order, what an answer counts as, whether there is an order at all."""

    def __init__(self, theme: Theme, question: Question, edit: Editing, parent: QWidget) -> None:
        super().__init__(theme, _("Answers, lowest first") if question.ordered else _("Answers"), parent=parent)
        self._question, self._edit = question, edit
        self.list = AnswerList(self)
        self.list.setObjectName("answerList")
        self.list.setAccessibleName(_("Answers"))
        self.list.setFont(theme.font("body"))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        for choice in question.choices:
            item = QListWidgetItem(_choice_words(choice), self.list)
            item.setToolTip(in_tip(choice.label))
            item.setData(Qt.ItemDataRole.UserRole, choice.code)
        height = max(2, min(_SHOWN, len(question.choices))) * theme.px(25) + 4
        self.list.setFixedHeight(height)
        self.list.moved.connect(self._move)
        self.list.currentRowChanged.connect(lambda _row: self._show_choice())
        self.add(self.list)
        self._make_buttons()
        if question.kind is not Kind.MULTI:
            self._make_switches()

    def _make_buttons(self) -> None:
        theme = self.theme
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        for name, icon, step, words in (
            ("answerUp", "arrow-up", -1, _("Move up (Alt+Up)")),
            ("answerDown", "arrow-down", 1, _("Move down (Alt+Down)")),
        ):
            button = Button(theme, icon=icon, name=words, small=True, parent=row)
            button.setObjectName(name)
            button.clicked.connect(lambda _checked=False, by=step: self._move(by))
            line.addWidget(button)
        turn = Button(theme, _("Turn around"), small=True, parent=row)
        turn.setObjectName("answersReversed")
        turn.clicked.connect(
            lambda: self._edit(lambda question: _replace(question, choices=tuple(reversed(question.choices))))
        )
        line.addWidget(turn)
        line.addStretch(1)
        self.add(row)
        self._place = QVBoxLayout()
        self._pane: ChoicePane | None = None
        self.column.addLayout(self._place)
        self.list.setCurrentRow(self._start_row())

    def _make_switches(self) -> None:
        question = self._question
        ordered = Switch(self.theme, _("The answers have an order"), parent=self)
        ordered.setObjectName("ordered")
        ordered.setChecked(question.ordered)
        ordered.toggled.connect(lambda on: self._later(lambda entry: _replace(entry, ordered=on)))
        self.add(ordered)
        if question.kind is Kind.SINGLE:
            closed = Switch(self.theme, _("No other answers"), parent=self)
            closed.setObjectName("closed")
            closed.setToolTip(_("A text that is none of these is unreadable, not a new answer."))
            closed.setChecked(question.closed)
            closed.toggled.connect(lambda on: self._later(lambda entry: _replace(entry, closed=on)))
            self.add(closed)
            folded = Switch(self.theme, _("Ignore capitals and spaces"), parent=self)
            folded.setObjectName("foldLabels")
            folded.setChecked(question.fold_labels)
            folded.toggled.connect(lambda on: self._later(lambda entry: _replace(entry, fold_labels=on)))
            self.add(folded)

    def _start_row(self) -> int:
        """The answer the cursor was on when the block was built last, else the first."""
        code = self._edit.place.get(self._question.id)
        codes = [choice.code for choice in self._question.choices]
        return codes.index(code) if code in codes else 0

    def _later(self, change: Callable[[Question], Question]) -> None:
        soon(self, lambda: self._edit(change))

    def _code(self) -> int | None:
        item = self.list.currentItem()
        return int(item.data(Qt.ItemDataRole.UserRole)) if item is not None else None

    def _show_choice(self) -> None:
        """The parts of the answer under the cursor."""
        if self._pane is not None:
            self._place.removeWidget(self._pane)
            self._pane.hide()
            self._pane.deleteLater()
            self._pane = None
        code = self._code()
        choice = self._question.choice(code) if code is not None else None
        if choice is not None and code is not None:
            self._edit.place[self._question.id] = code
            self._pane = ChoicePane(self.theme, self._question, choice, self._edit, expanded=False, parent=self)
            self._place.addWidget(self._pane)
            if self.isVisible():
                self._pane.show()

    def _move(self, step: int) -> None:
        """Move at once, and tell; the row keeps the cursor."""
        code, row = self._code(), self.list.currentRow()
        target = row + step
        if code is None or not 0 <= target < self.list.count():
            return
        item = self.list.takeItem(row)
        self.list.insertItem(target, item)
        self.list.setCurrentRow(target)
        self._question = moved_choice(self._question, code, step)
        self._edit(lambda question: moved_choice(question, code, step))


def _choice_words(choice: Choice) -> str:
    label = " ".join(choice.label.split())
    if choice.other:
        return _("%(answer)s  (written in)") % {"answer": label}
    if choice.missing is not None:
        label = _("%(answer)s  (%(reason)s)") % {"answer": label, "reason": missing_words(choice.missing)}
    if choice.aliases:
        label = _("%(answer)s  + %(n)s") % {"answer": label, "n": fmt_count(len(choice.aliases))}
    return label


def _replace(question: Question, **changes: object) -> Question:
    from dataclasses import replace

    return replace(question, **changes)  # type: ignore[arg-type]
