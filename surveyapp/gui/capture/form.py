"""The whole prediction: every kind, what would count as no, who decides, and the belief; new or edited."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.domain.prediction import Forecast, Prediction, PredictionKind, Visibility, end_of
from surveyapp.gui.capture.advice import AdviceRow
from surveyapp.gui.capture.credence_entry import CredenceEntry
from surveyapp.gui.capture.field import DayField, TextField
from surveyapp.gui.capture.option_entry import OptionEntry
from surveyapp.gui.capture.range_entry import RangeEntry
from surveyapp.gui.context import AppContext
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.segmented import Segmented
from surveyapp.gui.widgets.switch import Switch
from surveyapp.services.prediction.check.finding import Fix
from surveyapp.services.prediction.field_text import field_words, seen_by

_CTRL = Qt.KeyboardModifier.ControlModifier


class PredictionForm(QWidget):
    """`kept` carries the prediction and its forecasts when Save is pressed and all fits; `left`: Cancel;
    `other_wanted` the id of a prediction that says the same."""

    kept = Signal(object, object)
    left = Signal()
    other_wanted = Signal(int)

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._theme = context, context.theme
        self._before: Prediction | None = None
        self._moment: datetime | None = None
        """A finding-out time of day, kept while the day in the field is its own."""
        self.setObjectName("predictionForm")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(10)
        area = self._area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget(area)
        inner.setProperty("scroll", "true")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 10, 0)
        self._column.setSpacing(12)
        area.setWidget(inner)
        outer.addWidget(area, 1)
        self._make_head(inner)
        self._make_belief(inner)
        self._make_rest(inner)
        self._column.addStretch(1)
        outer.addLayout(self._make_foot())
        for field in (self.statement, self.due, self.decider, self.source, self.no_means, self.condition):
            field.edit.textChanged.connect(self.advice.look)
        self.credence.changed.connect(self.advice.look)
        self._on_kind_chosen(PredictionKind.YES_NO)

    def _text(self, field: str, parent: QWidget, hint: str = "") -> TextField:
        made = TextField(self._theme, field_words(field), name=f"form.{field}", hint=hint, parent=parent)
        made.entered.connect(self.save)
        return made

    def _make_head(self, inner: QWidget) -> None:
        self.statement = self._text("statement", inner, _("At least 20 people come to Thursday’s meetup"))
        self._column.addWidget(self.statement)
        self.advice = AdviceRow(self._context, self._as_written, inner)
        self.advice.fixed.connect(self._on_fixed)
        self.advice.other_wanted.connect(self.other_wanted)
        self._column.addWidget(self.advice)
        kinds = [
            (PredictionKind.YES_NO.value, _("Yes or no")),
            (PredictionKind.CHOICE.value, _("Several options")),
            (PredictionKind.NUMBER.value, _("A number")),
            (PredictionKind.DATE.value, _("A date")),
        ]
        self.kind = Segmented(self._theme, kinds, name=_("What is asked"), parent=inner)
        self.kind.setObjectName("segmentedTrack")
        self.kind.chosen.connect(lambda chosen: self._on_kind_chosen(PredictionKind(chosen)))
        self._column.addWidget(self.kind, 0, Qt.AlignmentFlag.AlignLeft)
        self.options = self._text("options", inner, _("Red, Blue, somebody else"))
        self.options.edit.textEdited.connect(self._on_options_edited)
        self.exclusive = Switch(self._theme, field_words("exclusive"), parent=inner)
        self.exclusive.setChecked(True)
        self.exclusive.toggled.connect(self._on_options_edited)
        self.unit = self._text("unit", inner, _("people, €, km"))
        for widget in (self.options, self.exclusive, self.unit):
            self._column.addWidget(widget)

    def _make_belief(self, inner: QWidget) -> None:
        self._belief = Label(self._theme, _("How sure are you?"), role="small", ink="text-2", parent=inner)
        self.credence = CredenceEntry(self._theme, _("How sure are you that it happens?"), inner, both=True)
        self.shares = OptionEntry(self._theme, inner, after=self.credence)
        self.ranges = RangeEntry(self._theme, self._context.clock, inner)
        for entry in (self.credence, self.shares, self.ranges):
            entry.entered.connect(self.save)
        for widget in (self._belief, self.credence, self.shares, self.ranges):
            self._column.addWidget(widget)

    def _make_rest(self, inner: QWidget) -> None:
        clock = self._context.clock
        self.no_means = self._text("no_means", inner, _("The sign-in sheet shows 19 names or fewer"))
        self.due = DayField(self._theme, field_words("due"), name="form.due", clock=clock, parent=inner)
        self.decider = self._text("decider", inner, _("me"))
        self.source = self._text("source", inner, _("the sign-in sheet"))
        self.condition = self._text("condition", inner, _("it does not rain; void otherwise"))
        self.tags = self._text("tags", inner, _("meetup, home"))
        self.review = DayField(self._theme, field_words("review_on"), name="form.review", clock=clock, parent=inner)
        for field in (self.due, self.review):
            field.entered.connect(self.save)
        self._column.addWidget(self.no_means)
        grid = QGridLayout()
        grid.setSpacing(12)
        pairs: tuple[tuple[TextField, TextField], ...] = (
            (self.due, self.decider),
            (self.source, self.condition),
            (self.tags, self.review),
        )
        for row, pair in enumerate(pairs):
            for column, one in enumerate(pair):
                grid.addWidget(one, row, column, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(grid)
        self._column.addWidget(Label(self._theme, field_words("background"), role="small", ink="text-2", parent=inner))
        self.background = QPlainTextEdit(inner)
        self.background.setObjectName("form.background")
        self.background.setAccessibleName(field_words("background"))
        self.background.setTabChangesFocus(True)
        self.background.setFixedHeight(self._theme.px(64))
        self._column.addWidget(self.background)
        seen = [(one.value, seen_by(one)) for one in (Visibility.PRIVATE, Visibility.SHARED, Visibility.PUBLIC)]
        self._column.addWidget(Label(self._theme, field_words("visibility"), role="small", ink="text-2", parent=inner))
        self.visibility = Segmented(self._theme, seen, name=field_words("visibility"), parent=inner)
        self._column.addWidget(self.visibility, 0, Qt.AlignmentFlag.AlignLeft)
        self.influence = Switch(self._theme, field_words("influence"), parent=inner)
        self.retrodiction = Switch(self._theme, field_words("retrodiction"), parent=inner)
        self._column.addWidget(self.influence)
        self._column.addWidget(self.retrodiction)

    def _make_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.trouble = Label(self._theme, role="small", ink="warn", wrap=True, parent=self)
        self.trouble.setObjectName("formTrouble")
        row.addWidget(self.trouble, 1)
        cancel = Button(self._theme, _("Cancel"), key=_("Esc"), parent=self)
        cancel.setObjectName("formCancel")
        cancel.clicked.connect(self.left)
        self.button = Button(self._theme, _("Save"), kind="primary", key="Ctrl Enter", parent=self)
        self.button.setObjectName("formSave")
        self.button.clicked.connect(self.save)
        row.addWidget(cancel)
        row.addWidget(self.button)
        return row

    # What others ask of it

    def show_new(self, draft: Prediction, forecasts: tuple[Forecast, ...]) -> None:
        """A new prediction that begins with what is known already."""
        self._before = None
        self.kind.setEnabled(True)
        self._begin(draft)
        self._on_kind_chosen(draft.kind)
        self.credence.set_share(forecasts[0].probability if forecasts else None)
        shares = {one.option: one.probability for one in forecasts}
        listed = [shares.get(number) for number in range(len(draft.options))]
        self.shares.show_options(draft.options, listed, exclusive=True)
        if draft.kind in (PredictionKind.NUMBER, PredictionKind.DATE):
            self.ranges.show_quantiles(forecasts[0].quantiles if forecasts else (), draft.kind)

    def show_edit(self, prediction: Prediction) -> None:
        """One that is there: its kind stays, and beliefs are changed beside it."""
        self._before = prediction
        self._begin(prediction)
        self._on_kind_chosen(prediction.kind)
        self.kind.setEnabled(False)

    def focus(self) -> None:
        """Where work begins: what would no look like, once there is a statement."""
        (self.no_means if self.statement.text and self._before is None else self.statement).focus()

    def save(self) -> None:
        """Tell what is to be kept, or what does not fit."""
        trouble = self._trouble()
        self.trouble.setText(trouble)
        if trouble:
            return
        now = self._context.clock()
        made = self._prediction(now)
        self.kept.emit(made, () if self._before is not None else self._forecasts(made, now))

    # Its own

    def _begin(self, one: Prediction) -> None:
        self._area.verticalScrollBar().setValue(0)
        self._fill(one)

    def _fill(self, one: Prediction) -> None:
        self.trouble.setText("")
        self.statement.set_text(one.statement)
        self.kind.set_current(one.kind.value)
        self.options.set_text(", ".join(one.options))
        self.exclusive.setChecked(one.exclusive)
        self.unit.set_text(one.unit)
        self._moment = one.due if isinstance(one.due, datetime) else None
        zone = self._context.clock().tzinfo
        self.due.since = one.created_at.astimezone(zone).date() if self._before is not None else None
        self.due.set_day(one.due.astimezone(zone).date() if isinstance(one.due, datetime) else one.due)
        for field, text in (
            (self.no_means, one.no_means),
            (self.decider, one.decider),
            (self.source, one.source),
            (self.condition, one.condition),
            (self.tags, ", ".join(one.tags)),
        ):
            field.set_text(text)
        self.review.set_day(one.review_on)
        self.background.setPlainText(one.background)
        self.visibility.set_current(one.visibility.value)
        self.influence.setChecked(one.influence)
        self.retrodiction.setChecked(one.retrodiction)

    def _as_written(self) -> tuple[Prediction, float | None]:
        """For the advice: what is in the fields now, right or not."""
        yes_no = self._before is None and self._kind() is PredictionKind.YES_NO
        return self._prediction(self._context.clock()), self.credence.share if yes_no else None

    def _on_fixed(self, fix: Fix) -> None:
        """The advice is taken; what is believed changes only where that was the fault."""
        self._fill(fix.prediction)
        if fix.probability is not None:
            self.credence.set_share(fix.probability)
        self.statement.focus()

    def _kind(self) -> PredictionKind:
        return PredictionKind(self.kind.current)

    def _on_kind_chosen(self, kind: PredictionKind) -> None:
        new = self._before is None
        choice, ranged = kind is PredictionKind.CHOICE, kind in (PredictionKind.NUMBER, PredictionKind.DATE)
        self.options.setVisible(choice)
        self.exclusive.setVisible(choice)
        self.unit.setVisible(kind is PredictionKind.NUMBER)
        self._belief.setVisible(new and (choice or ranged))
        self.credence.setVisible(new and kind is PredictionKind.YES_NO)
        self.shares.setVisible(new and choice)
        self.ranges.setVisible(new and ranged)
        if ranged and self.ranges.kind is not kind:
            self.ranges.show_quantiles((), kind)
        self.no_means.setVisible(kind is PredictionKind.YES_NO)

    def _on_options_edited(self) -> None:
        shares = self.shares.shares
        options = split_words(self.options.text)
        self.shares.show_options(
            options, [shares.get(number) for number in range(len(options))], exclusive=self.exclusive.isChecked()
        )

    def _trouble(self) -> str:
        if not self.statement.text:
            return _("Write what you expect to see.")
        if self._kind() is PredictionKind.CHOICE and len(set(split_words(self.options.text))) < 2:
            return _("A choice needs two different options or more, with commas between them.")
        if not self.due.is_right or not self.review.is_right:
            return _("One of the dates is not a day.")
        if self._before is None and self._kind() is PredictionKind.CHOICE:
            return self.shares.trouble
        if self._before is None and self._kind() in (PredictionKind.NUMBER, PredictionKind.DATE):
            return self.ranges.trouble
        return ""

    def _due(self) -> date | datetime | None:
        day, moment = self.due.day, self._moment
        if moment is not None and moment.astimezone(self._context.clock().tzinfo).date() == day:
            return moment
        return day

    def _prediction(self, now: datetime) -> Prediction:
        before, due = self._before, self._due()
        passed = before is None and due is not None and end_of(due, now.tzinfo) <= now
        base = before or Prediction(statement=self.statement.text, created_at=now, kind=self._kind())
        options = base.options
        if base.kind is PredictionKind.CHOICE and ", ".join(options) != self.options.text:
            options = split_words(self.options.text)
        tags = base.tags
        if ", ".join(tags) != self.tags.text:
            tags = split_words(self.tags.text.replace("#", " "))
        return replace(
            base,
            statement=self.statement.text,
            options=options,
            exclusive=self.exclusive.isChecked(),
            unit=self.unit.text if base.kind is PredictionKind.NUMBER else base.unit,
            due=due,
            review_on=self.review.day,
            decider=self.decider.text,
            source=self.source.text,
            no_means=self.no_means.text,
            condition=self.condition.text,
            background=self.background.toPlainText().strip(),
            tags=tags,
            visibility=Visibility(self.visibility.current),
            influence=self.influence.isChecked(),
            retrodiction=self.retrodiction.isChecked() or passed,
        )

    def _forecasts(self, made: Prediction, now: datetime) -> tuple[Forecast, ...]:
        if made.kind is PredictionKind.CHOICE:
            pairs = self.shares.shares.items()
            return tuple(Forecast(at=now, probability=share, option=number) for number, share in pairs)
        if made.kind is PredictionKind.YES_NO:
            share = self.credence.share
            return () if share is None else (Forecast(at=now, probability=share),)
        found = self.ranges.quantiles
        return (Forecast(at=now, quantiles=found),) if found else ()

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & _CTRL and not isinstance(self.window().focusWidget(), QLineEdit):
            self.save()  # a line of text has told that Enter was pressed, with Ctrl or without
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def split_words(text: str) -> tuple[str, ...]:
    """What commas separate, each once."""
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
