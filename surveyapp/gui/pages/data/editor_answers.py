"""The block of the editor for closed questions: the answers in their order, and what each counts as."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from surveyapp.base.i18n import _
from surveyapp.domain.question import Choice, Kind, Missing, Question
from surveyapp.gui.pages.data.editor_form import EditorBlock, MenuField
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.switch import Switch
from surveyapp.services.answer_grid import missing_words
from surveyapp.services.column_edit import moved_choice, with_choice

Edit = Callable[[Callable[[Question], Question]], object]
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

    def __init__(self, theme: Theme, question: Question, edit: Edit, parent: QWidget) -> None:
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
            item.setToolTip(choice.label)
            item.setData(Qt.ItemDataRole.UserRole, choice.code)
        height = max(2, min(_SHOWN, len(question.choices))) * theme.px(25) + 4
        self.list.setFixedHeight(height)
        self.list.moved.connect(self._move)
        self.list.currentRowChanged.connect(lambda _row: self._show_meaning())
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
        self._meaning = QHBoxLayout()
        self._meaning_field: MenuField | None = None
        self.column.addLayout(self._meaning)
        self.list.setCurrentRow(0)

    def _make_switches(self) -> None:
        question = self._question
        ordered = Switch(self.theme, _("The answers have an order"), parent=self)
        ordered.setObjectName("ordered")
        ordered.setChecked(question.ordered)
        ordered.toggled.connect(lambda on: self._later(lambda entry: _replace(entry, ordered=on)))
        self.add(ordered)
        if question.kind is Kind.SINGLE:
            folded = Switch(self.theme, _("Ignore capitals and spaces"), parent=self)
            folded.setObjectName("foldLabels")
            folded.setChecked(question.fold_labels)
            folded.toggled.connect(lambda on: self._later(lambda entry: _replace(entry, fold_labels=on)))
            self.add(folded)

    def _later(self, change: Callable[[Question], Question]) -> None:
        QTimer.singleShot(0, self, lambda: self._edit(change))

    def _code(self) -> int | None:
        item = self.list.currentItem()
        return int(item.data(Qt.ItemDataRole.UserRole)) if item is not None else None

    def _show_meaning(self) -> None:
        if self._meaning_field is not None:
            self._meaning.removeWidget(self._meaning_field)
            self._meaning_field.deleteLater()
            self._meaning_field = None
        code = self._code()
        choice = self._question.choice(code) if code is not None else None
        if choice is None:
            return
        choices: list[tuple[str, str]] = [("", _("Counts as an answer")), ("other", _("Gathers what was written in"))]
        choices += [
            (missing.value, _("Counts as %(reason)s") % {"reason": missing_words(missing)}) for missing in Missing
        ]
        current = "other" if choice.other else choice.missing.value if choice.missing else ""
        field = MenuField(
            self.theme,
            choices,
            current,
            self._set_meaning,
            name=_("“%(answer)s”") % {"answer": choice.label},
            parent=self,
        )
        field.setObjectName("answerMeaning")
        self._meaning_field = field
        self._meaning.addWidget(field, 0, Qt.AlignmentFlag.AlignLeft)

    def _set_meaning(self, value: str) -> None:
        code = self._code()
        if code is not None:
            missing = Missing(value) if value and value != "other" else None
            self._edit(lambda question: with_choice(question, code, missing=missing, other=value == "other"))

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
        return _("%(answer)s  (%(reason)s)") % {"answer": label, "reason": missing_words(choice.missing)}
    return label


def _replace(question: Question, **changes: object) -> Question:
    from dataclasses import replace

    return replace(question, **changes)  # type: ignore[arg-type]
