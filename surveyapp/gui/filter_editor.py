"""One filter: how a question is compared, with what, and how many people that leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.domain.analysis import Condition, Operator
from surveyapp.domain.question import Kind, Question
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.check_list import CheckItem, CheckList
from surveyapp.gui.widgets.find_field import FindField
from surveyapp.gui.widgets.label import ElidedLabel, Label
from surveyapp.gui.widgets.popup_card import PopupCard
from surveyapp.gui.widgets.segmented import Segmented

Count = Callable[[Sequence[Condition], Callable[[list[int | None]], None]], None]
"""Counts in the background how many people each condition would leave, then calls back."""

_WIDTH = 380
_TICKED = (Operator.IS, Operator.IS_NOT)
_TYPED = (Operator.AT_LEAST, Operator.AT_MOST)


def operator_words(operator: Operator) -> str:
    """What a way to compare is called."""
    return {
        Operator.IS: _("is"),
        Operator.IS_NOT: _("is not"),
        Operator.AT_LEAST: _("at least"),
        Operator.AT_MOST: _("at most"),
        Operator.ANSWERED: _("answered"),
        Operator.MISSING: _("not answered"),
        Operator.UNFLAGGED: _("without"),
        Operator.FLAGGED: _("only"),
    }[operator]


class FilterEditor(PopupCard):
    """Opens below a control. Enter accepts, Esc closes, Backspace in an empty field goes back to the choice.

    `accepted` carries the condition. It deletes itself when it is hidden.
    """

    accepted = Signal(object)
    back_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        *,
        title: str,
        operators: Sequence[Operator],
        question: Question | None,
        condition: Condition,
        total: int,
        count: Count,
        parent: QWidget,
    ) -> None:
        super().__init__("filterEditor", _("Filter: %(question)s") % {"question": title}, parent)
        self._theme, self._question, self._condition = theme, question, condition
        self._total, self._count = total, count
        self._left: dict[tuple[Operator, str], int | None] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        column.addWidget(ElidedLabel(theme, title, role="card", parent=self))
        names = [(operator.value, operator_words(operator)) for operator in operators]
        self.operators = Segmented(theme, names, name=_("How to compare"), parent=self)
        self.operators.set_current((condition.operator if condition.operator in operators else operators[0]).value)
        self.operators.chosen.connect(self._on_operators_chosen)
        column.addWidget(self.operators)
        self._make_fields(column)
        self._make_foot(column)
        self._show_fields()

    def _make_fields(self, column: QVBoxLayout) -> None:
        theme, question, values = self._theme, self._question, self._condition.values
        self.query = FindField(theme, _("Find an answer"), key="", parent=self)
        self.query.setObjectName("answerQuery")
        self.list = CheckList(theme, name=_("Answers"), parent=self)
        self._labels = [choice.label for choice in question.choices] if question is not None else []
        checked = {n for n, label in enumerate(self._labels) if label in values}
        self.list.set_items([CheckItem(label) for label in self._labels], checked=checked)
        self.number = QLineEdit(self)
        self.number.setObjectName("filterValue")
        self.number.setFont(theme.font())
        self.number.setAccessibleName(_("Value"))
        self.number.setPlaceholderText(
            _("Year-month-day") if question is not None and question.kind is Kind.DATE else _("A number")
        )
        if self._condition.operator in _TYPED and values:
            self.number.setText(values[0])
        self.query.textChanged.connect(self._fill_list)
        self.query.left_down.connect(self.list.setFocus)
        self.query.returnPressed.connect(self._accept)
        self.list.ticked.connect(self._recount)
        self.list.left_up.connect(self.query.setFocus)
        self.list.accepted.connect(self._on_list_accepted)
        self.number.textChanged.connect(self._recount)
        self.number.returnPressed.connect(self._accept)
        for widget in (self.query, self.list, self.number):
            column.addWidget(widget, 1 if widget is self.list else 0)

    def _make_foot(self, column: QVBoxLayout) -> None:
        foot = QHBoxLayout()
        self.leaves = Label(self._theme, role="small", ink="muted", wrap=True, parent=self)
        self.leaves.setObjectName("filterLeaves")
        foot.addWidget(self.leaves, 1)
        self.apply = Button(self._theme, _("Filter"), kind="primary", key=_("Enter"), parent=self)
        self.apply.setObjectName("filterApply")
        self.apply.clicked.connect(self._accept)
        foot.addWidget(self.apply)
        column.addLayout(foot)

    def open_below(self, anchor: QWidget) -> None:
        """Show under `anchor`, within the screen."""
        theme = self._theme
        self.setFixedWidth(theme.px(_WIDTH))
        rows = min(max(len(self._labels), 3), 9)
        self.list.setFixedHeight(theme.px(28) * rows + 4)
        self.show_at(anchor.mapToGlobal(QPoint(0, anchor.height() + 4)))
        self._focus()
        self._count_answers()

    @property
    def operator(self) -> Operator:
        """The chosen way to compare."""
        return Operator(self.operators.current)

    def condition(self) -> Condition | None:
        """What is set now; None while something is missing."""
        operator, old = self.operator, self._condition
        if operator in (Operator.UNFLAGGED, Operator.FLAGGED):
            return Condition(operator=operator, values=old.values)
        values: tuple[str, ...] = ()
        if operator in _TICKED:
            values = tuple(self.list.checked())
        elif operator in _TYPED:
            values = tuple(filter(None, [self.number.text().strip().replace(",", ".")]))
        if not values and operator in (*_TICKED, *_TYPED):
            return None
        return Condition(column=old.column, occurrence=old.occurrence, operator=operator, values=values)

    # Inside

    def _show_fields(self) -> None:
        ticked = self.operator in _TICKED
        self.list.setVisible(ticked)
        self.query.setVisible(ticked and len(self._labels) > 9)
        self.number.setVisible(self.operator in _TYPED)
        self._recount()
        self._fill_list()

    def _focus(self) -> None:
        for widget in (self.query, self.list, self.number):
            if not widget.isHidden():
                widget.setFocus()
                return
        self.apply.setFocus()

    def _fill_list(self) -> None:
        items = []
        for label in self._labels:
            left = self._left.get((self.operator, label))
            items.append(CheckItem(label, fmt_count(left) if left is not None else ""))
        self.list.set_items(items, query=self.query.text())

    def _count_answers(self) -> None:
        old = self._condition
        asked = [
            Condition(column=old.column, occurrence=old.occurrence, operator=operator, values=(label,))
            for operator in _TICKED
            for label in self._labels
        ]

        def arrived(left: list[int | None]) -> None:
            for condition, people in zip(asked, left, strict=True):
                self._left[condition.operator, condition.values[0]] = people
            self._fill_list()
            self._recount()

        if asked:
            self._count(asked, arrived)
        else:
            self._recount()

    def _recount(self) -> None:
        condition = self.condition()
        self.apply.setEnabled(condition is not None)
        if condition is None:
            self.leaves.setText("")
            return
        self._count([condition], self._on_counted)

    def _on_counted(self, left: list[int | None]) -> None:
        if self.condition() is None:
            return
        if left[0] is None:
            self.leaves.setText(_("This cannot be compared. Type a number such as 18 or 2.5."))
            self.apply.setEnabled(False)
            return
        words = _("Leaves %(left)s of %(total)s people.")
        self.leaves.setText(words % {"left": fmt_count(left[0]), "total": fmt_count(self._total)})

    def _on_operators_chosen(self) -> None:
        self._show_fields()
        self.adjustSize()

    def _accept(self) -> None:
        condition = self.condition()
        if condition is not None and self.apply.isEnabled():
            self.accepted.emit(condition)
            self.close()

    def _on_list_accepted(self) -> None:
        """Enter where nothing is ticked means the answer under the cursor."""
        if not self.list.checked():
            self.list.toggle_current()
        self._accept()

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._accept()
        elif event.key() == Qt.Key.Key_Backspace:
            self.back_wanted.emit()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.deleteLater()
