"""The capture line: one sentence in, a prediction out; with what was understood and one gentle advice below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.domain.prediction import Forecast, Prediction, end_of
from surveyapp.gui.capture.advice import ALARMING, add_to, advice_words, deed_words, look_at
from surveyapp.gui.capture.doing import Doer
from surveyapp.gui.capture.edit import CaptureEdit
from surveyapp.gui.capture.said import Said, said_parts
from surveyapp.gui.context import AppContext
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.key_cap import KeyCap
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.paint import draw_ring
from surveyapp.gui.widgets.plain_text import in_tip
from surveyapp.services.prediction.capture import Captured, read_line
from surveyapp.services.prediction.check.finding import Finding, Fix, RuleId, mended
from surveyapp.services.prediction.field_text import field_words
from surveyapp.services.prediction.line.deadline import with_deadline
from surveyapp.services.prediction.words import day_of, deadline_words

if TYPE_CHECKING:
    from surveyapp.services.session import Session

_CHECK_MS = 150
_ADVICE = 260
"""Where its words have this width, advice stands beside the chips, else below them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a line says, to be kept: `retrodiction` is set where its date has passed."""

    prediction: Prediction
    forecasts: tuple[Forecast, ...]


class CaptureLine(QFrame):
    """`saved` carries the id of the new prediction; `more_wanted` asks for the form with what is typed; `left`: Esc;
    `other_opened`: a prediction that says the same is gone to instead."""

    saved = Signal(int)
    more_wanted = Signal()
    left = Signal()
    other_opened = Signal()
    laid_out = Signal()
    """Something below the text came or went."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._theme = context, context.theme
        self._doer = Doer(context, self)
        self._captured: Captured | None = None
        self._advice: Finding | None = None
        self._kept_without = ""
        self._seen = ""
        self._conditions = True
        """Whether "if it rains" is taken out of the statement; until the line is empty again."""
        self._influence = False
        """Whether Tab marked it as something one can bring about; until the line is empty again."""
        self.setObjectName("captureLine")
        self.setProperty("card", "true")
        self.setAccessibleName(_("Predict something"))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 11, 16, 11)
        column.setSpacing(9)
        column.addLayout(self._make_top())
        self._below = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._below.setSpacing(10)
        column.addLayout(self._below)
        self._chips = QWidget(self)
        self._chips_row = QHBoxLayout(self._chips)
        self._chips_row.setContentsMargins(0, 0, 0, 0)
        self._chips_row.setSpacing(8)
        self._below.addWidget(self._chips, 0, Qt.AlignmentFlag.AlignLeft)
        self._make_advice()
        self._chips.hide()
        self._wait = QTimer(self, interval=_CHECK_MS, singleShot=True)
        self._wait.timeout.connect(self._check)
        self._on_theme_changed()
        self._theme.changed.connect(self._on_theme_changed)

    def _make_top(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(11)
        self._plus = QLabel(self)
        row.addWidget(self._plus, 0, Qt.AlignmentFlag.AlignVCenter)
        self.edit = CaptureEdit(self._theme, self.take_advice, self)
        self.edit.setPlaceholderText(_("Predict something: a sentence, how sure, by when"))
        self.edit.textChanged.connect(self._on_text_changed)
        self.edit.entered.connect(self.save)
        self.edit.more_wanted.connect(self.more_wanted)
        self.edit.left.connect(self.left)
        self.edit.focus_changed.connect(self.update)
        self.setFocusProxy(self.edit)
        self.edit.undo_wanted.connect(lambda: self._context.actions.trigger("edit.undo"))
        row.addWidget(self.edit, 1, Qt.AlignmentFlag.AlignVCenter)
        self.button = Button(self._theme, _("Save"), kind="primary", key=_("Enter"), small=True, parent=self)
        self.button.setObjectName("saveCapture")
        self.button.clicked.connect(self.save)
        self.button.hide()
        self._cap = KeyCap(self._theme, "Ctrl N", self)
        row.addWidget(self.button)
        row.addWidget(self._cap)
        return row

    def _make_advice(self) -> None:
        self._advice_row = QWidget(self)
        row = QHBoxLayout(self._advice_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(7)
        self._lamp = QLabel(self._advice_row)
        row.addWidget(self._lamp)
        self.advice_words = Label(self._theme, role="small", ink="text-2", wrap=True, parent=self._advice_row)
        self.advice_words.setObjectName("captureAdvice")
        row.addWidget(self.advice_words, 1)
        self._fix = Button(self._theme, _("Add"), kind="quiet", key=_("Tab"), small=True, parent=self._advice_row)
        self._fix.setObjectName("captureFix")
        self._fix.clicked.connect(self.take_advice)
        row.addWidget(self._fix)
        self._advice_row.hide()
        self._below.addWidget(self._advice_row, 1)

    # What others ask of it

    def focus(self) -> None:
        """Begin to type."""
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def line(self) -> str:
        """What is typed."""
        return self.edit.line

    def clear(self) -> None:
        """An empty line."""
        self.edit.clear()

    def set_read_only(self, read_only: bool) -> None:
        """Nothing can be written down in this file."""
        self.edit.setReadOnly(read_only)
        words = _("This file is open for reading only.")
        self.edit.setPlaceholderText(words if read_only else _("Predict something: a sentence, how sure, by when"))

    def written(self) -> Written | None:
        """What would be kept now, None for a line without a statement."""
        now = self._context.clock()
        captured = read_line(self.edit.line.strip(), now, conditions=self._conditions)
        if not any(letter.isalnum() for letter in captured.statement):
            return None
        draft = self._draft(captured, now)
        passed = draft.due is not None and end_of(draft.due, now.tzinfo) <= now
        return Written(prediction=replace(draft, retrodiction=passed), forecasts=captured.forecasts(now))

    def _draft(self, captured: Captured, now: datetime) -> Prediction:
        return replace(captured.prediction(now), influence=self._influence)

    def take_advice(self) -> bool:
        """Tab: put the repair of the advice into the line, or go to the prediction that says the same; False where
        there is neither."""
        if self._advice is not None and self._advice.other is not None and not self._fix.isHidden():
            self._go_to(self._advice.other)
            return True
        fix = self._advice.fix if self._advice is not None else None
        if fix is not None and fix.prediction.influence and not self._influence:
            self._mark(influence=True)
            return True
        better = self._mended(fix) if fix is not None else None
        if better is None or better == self.edit.line:
            return False
        self.edit.set_line(better)
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _mended(self, fix: Fix) -> str | None:
        """The line with the repair; of two dates that clash the later one is the deadline then."""
        due = fix.prediction.due
        clash = self._advice is not None and self._advice.rule is RuleId.CLASH
        if clash and due is not None and self._captured is not None:
            return with_deadline(self._captured, day_of(due, self._context.clock()))
        return mended(self.edit.line, fix)

    def _mark(self, *, influence: bool) -> None:
        self._influence, self._seen = influence, ""
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_text_changed()

    def _go_to(self, prediction_id: int) -> None:
        """A forecast is added there; Ctrl+Z in the line brings what was typed back."""
        share = self._captured.probability if self._captured is not None else None
        self.edit.set_line("")
        self.other_opened.emit()
        add_to(self._context, prediction_id, share)

    def save(self) -> None:
        """Enter: keep it and make room for the next; without a belief Enter is asked for twice."""
        text, made = self.edit.line.strip(), self.written()
        if not text:
            return
        if made is None:
            self._say(_("Write what you expect to see."), "warn")
            return
        if not made.forecasts and self._kept_without != text:
            self._kept_without = text
            self._say(_("How sure are you? Add a per cent or odds, or press Enter again to keep it without."), "warn")
            return
        if self._context.session is None:
            if self._context.make_workspace is not None:
                self._context.make_workspace(lambda: self._store(text, made))
            return
        self._store(text, made)

    # Its own

    def _store(self, text: str, made: Written) -> None:
        if not self._doer.can_write:
            self._context.shell.toast(_("This file is open for reading only. Nothing was changed."))
            return
        self.edit.clear()

        def failed() -> None:
            self.edit.set_line(f"{text} {self.edit.line}".strip())  # what was typed meanwhile stays too

        self._doer.do(
            lambda session: _write(session, made),
            lambda kept: saved_words(kept, self._context.clock()),
            done=lambda kept: self.saved.emit(kept.id),
            failed=failed,
        )

    def _on_text_changed(self) -> None:
        text, now = self.edit.line, self._context.clock()
        if text == self._seen:
            return  # only the lights changed
        self._seen = text
        self._conditions = self._conditions or not text.strip()
        self._influence = self._influence and bool(text.strip())
        self._captured = read_line(text, now, conditions=self._conditions) if text.strip() else None
        self.edit.highlighter.show_parts(self._captured.parts if self._captured is not None else ())
        self.button.setVisible(bool(text.strip()))
        self._cap.setVisible(not text.strip())
        self._show_said(said_parts(self._captured, now) if self._captured is not None else [])
        if self._captured is None:
            self._kept_without = ""
            self._show_advice(None)
            self._wait.stop()
        else:
            self._wait.start()

    def _show_said(self, parts: list[tuple[str, str]]) -> None:
        while (item := self._chips_row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for words, icon in parts:
            self._chips_row.addWidget(Said(self._theme, words, icon, self._chips))
        if self._captured is not None and self._captured.condition:
            words = _("No condition: keep it in the sentence")
            self._chips_row.addWidget(self._make_cross("keepCondition", words, self._keep_condition))
        if self._influence:
            self._chips_row.addWidget(Said(self._theme, field_words("influence"), "pencil", self._chips))
            words = _("I cannot influence this")
            self._chips_row.addWidget(self._make_cross("noInfluence", words, lambda: self._mark(influence=False)))
        self._chips.setVisible(bool(parts) or self._influence)
        self.laid_out.emit()

    def _make_cross(self, name: str, words: str, handler: Callable[[], object]) -> Button:
        """Beside a chip: it is not so."""
        cross = Button(self._theme, icon="x", kind="quiet", small=True, parent=self._chips)
        cross.setObjectName(name)
        cross.setAccessibleName(words)
        cross.setToolTip(in_tip(words))
        cross.clicked.connect(handler)
        return cross

    def _keep_condition(self) -> None:
        self._conditions, self._seen = False, ""
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_text_changed()

    def _check(self) -> None:
        captured = self._captured
        if captured is None:
            return

        def done(finding: Finding | None) -> None:
            if self._captured is captured:
                self._show_advice(finding)

        look_at(self._context, self, self._draft(captured, self._context.clock()), captured.probability, done)

    def _show_advice(self, finding: Finding | None) -> None:
        self._advice = finding
        if finding is None:
            notes = self._captured.notes if self._captured is not None else ()
            self._say(" ".join(notes), "text-2")
            return
        self._say(advice_words(finding), "warn" if finding.rule in ALARMING else "text-2")
        words = deed_words(finding)
        fix = finding.fix
        marks = fix is not None and fix.prediction.influence and not self._influence
        useless = fix is not None and not marks and self._mended(fix) in (None, self.edit.line)
        self._fix.setVisible(bool(words) and not useless)
        self._fix.setText(words)
        self._fix.setAccessibleName(words)
        self._fix.updateGeometry()

    def _say(self, words: str, ink: str) -> None:
        self._fix.hide()
        self.advice_words.setText(words)
        self.advice_words.set_ink("warn" if ink == "warn" else "text-2")
        self._advice_row.setVisible(bool(words))
        icon = "circle-alert" if ink == "warn" else "circle-help"
        self._lamp.setPixmap(self._theme.pixmap(icon, "warn" if ink == "warn" else "accent", size=15))
        self.laid_out.emit()

    def _on_theme_changed(self) -> None:
        self._plus.setPixmap(self._theme.pixmap("plus", "accent", size=17, ratio=self.devicePixelRatioF()))

    def _place_advice(self) -> None:
        taken = self._chips.sizeHint().width() + (0 if self._fix.isHidden() else self._fix.sizeHint().width())
        beside = self.width() - taken >= self._theme.px(_ADVICE)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._below.direction() != way:
            self._below.setDirection(way)
            self.laid_out.emit()

    # Qt overrides

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:  # other chips, another button
            self._place_advice()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_advice()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.edit.hasFocus():
            draw_ring(QPainter(self), QRectF(self.rect()), self._theme, radius=float(self._theme.px(8)))


def _write(session: Session, made: Written) -> Prediction:
    from surveyapp.services.prediction.log import write_down

    return write_down(session, made.prediction, forecasts=made.forecasts)


def saved_words(kept: Prediction, now: datetime) -> str:
    """The sentence after a prediction was kept."""
    if kept.retrodiction:
        return _("Kept as logged after the fact: it stays out of calibration.")
    if kept.due is None:
        return _("Prediction saved, without a date.")
    return _("Prediction saved. You will know: %(day)s.") % {"day": deadline_words(kept.due, now)}
