"""The buttons in the chosen row: how it came out, in one key; a reason, a number or a date where it takes one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from surveyapp.base.clock import Clock
from surveyapp.base.i18n import _
from surveyapp.domain.prediction import Outcome, Prediction, PredictionKind
from surveyapp.figures.axis import fmt_day
from surveyapp.gui.capture.range_entry import read_day, read_value
from surveyapp.gui.pages.predictions.list_delegate import LEFT, ROW
from surveyapp.gui.soon import soon_if_there
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.flow_layout import FlowLayout
from surveyapp.gui.widgets.label import Label
from surveyapp.services.prediction.when.past import read_past_day

_MOST_OPTIONS = 9
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """How a prediction came out; of options that do not exclude each other `happened` lists those that did."""

    outcome: Outcome
    option: int | None = None
    value: float | None = None
    reason: str = ""
    known: date | None = None
    """The day on which it was known, if it was not today."""
    happened: tuple[int, ...] | None = None


class SettleStrip(QWidget):
    """`settled` carries a Settled, `later` the new day on which one will know; `closed`: Esc in its field."""

    settled = Signal(object)
    later = Signal(object)
    closed = Signal()

    def __init__(self, theme: Theme, clock: Clock, prediction: Prediction, *, resolved: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._clock, self.prediction, self._resolved = theme, clock, prediction, resolved
        self._asked = ""
        self._ticks: list[Button] = []
        self._known: date | None = None
        self.setObjectName("settleStrip")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(LEFT), theme.px(ROW), theme.px(16), theme.px(8))
        self._stack = QStackedWidget(self)
        column.addWidget(self._stack)
        self._stack.addWidget(self._make_buttons())
        self._stack.addWidget(self._make_field())

    def _make_buttons(self) -> QWidget:
        box = QWidget(self)
        flow = FlowLayout(box, spacing=8)
        kind = self.prediction.kind
        if kind is PredictionKind.YES_NO:
            flow.addWidget(self._button(_("It happened"), "Y", lambda: self.yes()))
            flow.addWidget(self._button(_("It did not"), "N", lambda: self.no()))
        elif kind is PredictionKind.CHOICE:
            for number, option in enumerate(self.prediction.options):
                key = str(number + 1) if number < _MOST_OPTIONS else ""
                button = self._button(option, key, partial(self.choose, number))
                if not self.prediction.exclusive:
                    button.setCheckable(True)
                    self._ticks.append(button)
                flow.addWidget(button)
            if not self.prediction.exclusive:
                flow.addWidget(self._button(_("These happened"), "Y", lambda: self.yes()))
        else:
            words = _("It was…") if kind is PredictionKind.NUMBER else _("It was on…")
            flow.addWidget(self._button(words, "Y", lambda: self.yes()))
        flow.addWidget(self._button(_("Ambiguous"), "A", lambda: self.ask("ambiguous")))
        flow.addWidget(self._button(_("Void"), "V", lambda: self.ask("void")))
        self._known_button = self._button(_("Known on…"), "D", lambda: self.ask("known"), kind_quiet=True)
        flow.addWidget(self._known_button)
        if self._resolved:
            flow.addWidget(self._button(_("Open again"), "O", lambda: self.reopen(), kind_quiet=True))
        else:
            flow.addWidget(self._button(_("Later…"), "W", lambda: self.ask("later"), kind_quiet=True))
        return box

    def _button(self, words: str, key: str, work: Callable[[], object], *, kind_quiet: bool = False) -> Button:
        button = Button(
            self._theme, words, key=key, small=True, kind="quiet" if kind_quiet else "secondary", parent=self
        )
        button.setObjectName(f"settle{key}")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _checked=False: work())
        return button

    def _make_field(self) -> QWidget:
        box = QWidget(self)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._name = Label(self._theme, weight=500, parent=box)
        row.addWidget(self._name)
        self.field = QLineEdit(box)
        self.field.setObjectName("settleField")
        self.field.returnPressed.connect(self._on_return)
        row.addWidget(self.field, 1)
        self._note: Label = Label(self._theme, role="small", ink="text-2", parent=box)
        self._note.setObjectName("settleNote")
        self.field.textEdited.connect(self._on_edited)
        row.addWidget(self._note)
        return box

    # What the keys do

    def yes(self) -> None:
        """Y: it happened; of a number or date, ask which it was; of several options, those that are marked."""
        kind = self.prediction.kind
        if kind is PredictionKind.YES_NO:
            self._tell(Settled(outcome=Outcome.YES))
        elif kind is PredictionKind.CHOICE:
            if not self.prediction.exclusive:
                happened = tuple(number for number, tick in enumerate(self._ticks) if tick.isChecked())
                self._tell(Settled(outcome=Outcome.YES, happened=happened))
        else:
            self.ask("value")

    def no(self) -> None:
        """N: it did not happen."""
        if self.prediction.kind is PredictionKind.YES_NO:
            self._tell(Settled(outcome=Outcome.NO))

    def choose(self, number: int) -> None:
        """1 to 9: this option happened; of options that do not exclude each other, mark it."""
        if number >= len(self.prediction.options):
            return
        if self.prediction.exclusive:
            self._tell(Settled(outcome=Outcome.OPTION, option=number))
        elif not self._ticks[number].hasFocus() and not self._ticks[number].underMouse():
            self._ticks[number].setChecked(not self._ticks[number].isChecked())

    def _tell(self, said: Settled) -> None:
        self.settled.emit(replace(said, known=self._known) if said.outcome is not Outcome.OPEN else said)

    def reopen(self) -> None:
        """O: take the last word back; it stays in the history."""
        self._tell(Settled(outcome=Outcome.OPEN))

    def ask(self, what: str) -> None:
        """Show the field for "ambiguous", "void", "later", "known" or "value"."""
        self._asked = what
        day = self.prediction.kind is PredictionKind.DATE
        names = {
            "ambiguous": (_("Ambiguous, because"), _("A word is enough; it stays beside the score")),
            "void": (_("Void, because"), _("called off, the condition did not hold")),
            "later": (_("I will know"), _("friday, 5 May, in 3 weeks")),
            "known": (_("It was known on"), _("yesterday, 12 Nov; empty is today")),
            "value": (_("It was on") if day else _("It was"), _("5 May") if day else self.prediction.unit),
        }
        name, hint = names[what]
        self._name.setText(name)
        self.field.setAccessibleName(name)
        self.field.setPlaceholderText(hint)
        self.field.clear()
        self._note.setText(_("Enter keeps it, Esc goes back"))
        self._stack.setCurrentIndex(1)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_field(self) -> None:
        """Back to the buttons."""
        self._stack.setCurrentIndex(0)
        self.closed.emit()

    def _on_edited(self) -> None:
        self._note.setText(_("Enter keeps it, Esc goes back"))

    def _on_return(self) -> None:
        text = self.field.text().strip()
        now = self._clock()
        if self._asked == "later":
            day = read_day(text, now)
            if day is None or day <= now.date():
                self._note.setText(_("A day to come: friday, 5 May, in 3 weeks"))
                return
            self.later.emit(day)
        elif self._asked == "known":
            self._take_known(text, now)
        elif self._asked == "value":
            value = read_value(text, self.prediction.kind, now)
            if value is None:
                self._note.setText(_("Not a date yet") if self._is_day() else _("Not a number yet"))
                return
            if self._is_day() and value > (now.date() - _EPOCH).days:
                self._note.setText(_("That day has not come yet"))
                return
            self._tell(Settled(outcome=Outcome.VALUE, value=value))
        elif not text:
            self._note.setText(_("A word is enough"))
        else:
            outcome = Outcome.AMBIGUOUS if self._asked == "ambiguous" else Outcome.VOID
            self._tell(Settled(outcome=outcome, reason=text))

    def _take_known(self, text: str, now: datetime) -> None:
        day = read_past_day(text, now) if text else None
        if text and day is None:
            self._note.setText(_("Not a day yet: yesterday, 12 Nov, 2027-05-05"))
        elif day is not None and day > now.date():
            self._note.setText(_("That day has not come yet"))
        else:
            self._known = None if day == now.date() else day
            words = _("Known %(day)s") % {"day": fmt_day(self._known, year=True)} if self._known else _("Known on…")
            self._known_button.setText(words)
            self._known_button.setAccessibleName(words)
            self._known_button.updateGeometry()
            soon_if_there(self, self.close_field)  # not at once: the list would take the same Enter as its own

    def _is_day(self) -> bool:
        return self.prediction.kind is PredictionKind.DATE

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._stack.currentIndex() == 1:
            self.close_field()
        elif self._stack.currentIndex() == 0:
            super().keyPressEvent(event)
        # else: the field had no use for it, and it is none of the list's
