"""One comparison of a filter: how a question is compared, and with what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.domain.analysis import Condition, Operator
from surveyapp.domain.question import Kind, Missing, Question
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.check_list import CheckItem, CheckList
from surveyapp.gui.widgets.find_field import FindField
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.segmented import Segmented
from surveyapp.reports.reading import missing_words

Count = Callable[[str, Sequence[Condition], Callable[[list[int | None]], None]], None]
"""Counts in the background how many people each condition would leave, then calls back; a later count of the same name
takes the place of an earlier one."""

_ALIKE = (Operator.IS, Operator.IS_NOT)
_ORDERED = (Operator.AT_LEAST, Operator.AT_MOST)
_FLAGS = (Operator.UNFLAGGED, Operator.FLAGGED)
_MOST_ROWS = 9
_BESIDE = 230
"""The height of everything beside the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What a comparison is about: its title, the ways to compare it, and the question, if it is one. `lines` are said
    where nothing is to be chosen."""

    title: str
    operators: tuple[Operator, ...]
    question: Question | None = None
    lines: tuple[str, ...] = ()


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
        Operator.SAVED: _("saved filter"),
    }[operator]


class Comparison(QWidget):
    """Answers to tick, one to choose, numbers to type, or states of missing to tick, as the operator says.

    `changed` is sent with every change, `accepted` on Enter, `back_wanted` on Backspace in an empty field.
    """

    changed = Signal()
    accepted = Signal()

    def __init__(
        self, theme: Theme, compared: Compared, condition: Condition, count: Count, *, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._theme, self._compared, self._condition, self._count = theme, compared, condition, count
        self._question = compared.question
        self._left: dict[tuple[Operator, str], int | None] = {}
        self._labels = [choice.label for choice in self._question.choices] if self._question is not None else []
        self.setObjectName("filterComparison")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        names = [(operator.value, operator_words(operator)) for operator in compared.operators]
        self.operators = Segmented(theme, names, name=_("How to compare"), parent=self)
        self.operators.set_current(condition.operator.value)
        self.operators.chosen.connect(self._on_operators_chosen)
        self.operators.setVisible(len(names) > 1)
        column.addWidget(self.operators)
        self._make_answers()
        self._make_states()
        self._make_number()
        self._lines = Label(theme, "\n".join(compared.lines), ink="text-2", wrap=True, parent=self)
        self._lines.setVisible(bool(compared.lines))
        for widget in (self.query, self.list, self.states, self.hint, self.number, self._lines):
            column.addWidget(widget, 1 if widget in (self.list, self.states) else 0)
        self._show_fields()

    def _make_answers(self) -> None:
        self.query = FindField(self._theme, _("Find an answer"), key="", parent=self)
        self.query.setObjectName("answerQuery")
        self.list = CheckList(self._theme, name=_("Answers"), parent=self)
        self.list.set_items([CheckItem(label) for label in self._labels], checked=set())
        if self._condition.operator in (*_ALIKE, *_ORDERED):
            self.list.set_checked(self._condition.values)
        self.list.setFixedHeight(self._rows_height(len(self._labels)))
        self.query.textChanged.connect(self._fill_list)
        self.query.left_down.connect(self.list.setFocus)
        self.query.returnPressed.connect(self.accepted)
        self.list.ticked.connect(self.changed)
        self.list.left_up.connect(self._on_list_left_up)
        self.list.accepted.connect(self._on_list_accepted)

    def _make_states(self) -> None:
        self.states = CheckList(self._theme, name=_("Why there is no answer"), parent=self)
        self.states.setObjectName("missingStates")
        self._fill_states()
        if self._condition.operator is Operator.MISSING:
            self.states.set_checked([missing_words(Missing(value)) for value in self._condition.values])
        self.states.setFixedHeight(self._rows_height(len(Missing)))
        self.states.ticked.connect(self._on_states_ticked)
        self.states.accepted.connect(self.accepted)
        self.states.left_up.connect(self.operators.setFocus)
        self.hint = Label(self._theme, role="small", ink="muted", wrap=True, parent=self)

    def _make_number(self) -> None:
        self.number = QLineEdit(self)
        self.number.setObjectName("filterValue")
        self.number.setFont(self._theme.font())
        self.number.setAccessibleName(_("Value"))
        if self._condition.operator in (*_ALIKE, *_ORDERED):
            self.number.setText("; ".join(self._condition.values))
        self.number.textChanged.connect(self.changed)
        self.number.returnPressed.connect(self.accepted)

    def _rows_height(self, n: int) -> int:
        row = self._theme.px(28)
        room = (
            self.screen().availableGeometry().height() - self._theme.px(_BESIDE)
        ) // row  # a small screen, large text
        return row * max(3, min(n, _MOST_ROWS, room)) + 4

    @property
    def title(self) -> str:
        """What is compared."""
        return self._compared.title

    @property
    def operator(self) -> Operator:
        """The chosen way to compare."""
        return Operator(self.operators.current)

    def condition(self) -> Condition | None:
        """What is set now; None while something is missing."""
        operator, old = self.operator, self._condition
        if operator in (*_FLAGS, Operator.SAVED):
            return Condition(operator=operator, values=old.values)
        values: tuple[str, ...] = ()
        if operator in (*_ALIKE, *_ORDERED):
            values = tuple(self.list.checked()) if self._labels else self._typed()
            if not values or (operator in _ORDERED and len(values) > 1):
                return None
        elif operator is Operator.MISSING:
            ticked = self.states.checked()
            values = tuple(missing.value for missing in Missing if missing_words(missing) in ticked)
        return Condition(column=old.column, occurrence=old.occurrence, operator=operator, values=values)

    def _typed(self) -> tuple[str, ...]:
        """Numbers apart by semicolons, a decimal comma as a point; dates and texts as they are."""
        words = [word.strip() for word in self.number.text().split(";")]
        number = self._question is not None and self._question.kind in (Kind.NUMBER, Kind.PROBABILITY)
        return tuple(word.replace(",", ".") if number else word for word in words if word)

    def why_not_words(self) -> str:
        """What to say of a condition that cannot be applied."""
        if self._question is not None and self._question.kind is Kind.DATE:
            return _("This cannot be compared. Type a day as year-month-day, such as 2026-11-03.")
        return _("This cannot be compared. Type a number such as 18 or 2.5.")

    def focus_first(self) -> None:
        """Where one types or ticks."""
        for widget in (self.query, self.list, self.states, self.number):
            if not widget.isHidden():
                widget.setFocus()
                return
        self.operators.setFocus()

    # Inside

    def _show_fields(self) -> None:
        operator, closed = self.operator, bool(self._labels)
        valued = operator in (*_ALIKE, *_ORDERED)
        self.list.set_single(operator in _ORDERED)
        self.list.setVisible(valued and closed)
        self.query.setVisible(valued and len(self._labels) > _MOST_ROWS)
        self.number.setVisible(valued and not closed)
        self.number.setPlaceholderText(self._placeholder())
        self.states.setVisible(operator is Operator.MISSING)
        self.hint.setVisible(operator is Operator.MISSING)
        self.hint.setText(_("None ticked: whatever the reason."))
        self._fill_list()
        self._count_answers()

    def _placeholder(self) -> str:
        if self._question is not None and self._question.kind is Kind.DATE:
            return _("Year-month-day")
        return _("Numbers, apart by ;") if self.operator in _ALIKE else _("A number")

    def _fill_list(self) -> None:
        items = [CheckItem(label, self._left_words(label)) for label in self._labels]
        self.list.set_items(items, query=self.query.text())

    def _fill_states(self) -> None:
        self.states.set_items([CheckItem(missing_words(one), self._left_words(one.value)) for one in Missing])

    def _left_words(self, value: str) -> str:
        left = self._left.get((self.operator, value))
        return fmt_count(left) if left is not None else ""

    def _count_answers(self) -> None:
        """How many people each answer or state would leave, once per way to compare."""
        operator, old = self.operator, self._condition
        values = [missing.value for missing in Missing] if operator is Operator.MISSING else self._labels
        if operator not in (*_ALIKE, *_ORDERED, Operator.MISSING) or any(key[0] is operator for key in self._left):
            return
        asked = [
            Condition(column=old.column, occurrence=old.occurrence, operator=operator, values=(value,))
            for value in values
        ]

        def arrived(left: list[int | None]) -> None:
            self._left.update(((operator, value), n) for value, n in zip(values, left, strict=True))
            self._fill_list()
            self._fill_states()

        if asked:
            self._count("filter.all", asked, arrived)

    def _on_operators_chosen(self) -> None:
        self._show_fields()
        self.changed.emit()

    def _on_states_ticked(self) -> None:
        self.changed.emit()

    def _on_list_left_up(self) -> None:
        (self.operators if self.query.isHidden() else self.query).setFocus()

    def _on_list_accepted(self) -> None:
        """Enter where nothing is ticked means the answer under the cursor."""
        if not self.list.checked():
            self.list.toggle_current()
        self.accepted.emit()
