"""What was understood of a prediction log, and what somebody has to say: beside its predictions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, tzinfo
from itertools import zip_longest
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimeZone, Signal
from PySide6.QtWidgets import QFileDialog, QScrollArea, QVBoxLayout, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.errors import UserError
from surveyapp.gui.pages.predictions.import_choice import Answer, ImportChoice
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.card import Card
from surveyapp.gui.widgets.label import Label, Rule
from surveyapp.gui.widgets.switch import Switch

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from surveyapp.gui.context import AppContext
    from surveyapp.gui.pages.predictions.import_job import ReadLog
    from surveyapp.importers.prediction.plan import PredictionPlan, ReadOptions, Refused

_ZONELESS = ("fatebook", "fatebook_form", "spreadsheet", "contest", "games")
_NOBODYS = ("games", "contest")
"""Files in which "me" need not be: it is offered, not asked for."""
_CONTEST_FIELDS = ("who", "date")
_ROWS_SHOWN = 12
_MOST_PEOPLE = 5_000


class ImportSide(Card):
    """`wanted` carries other options to read the file by; `me_chosen` a name, "" for nobody."""

    wanted = Signal(object)
    me_chosen = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(context.theme, _("What was understood"), edge_to_edge=True, parent=parent)
        self.setObjectName("importSide")
        self._context, self._theme = context, context.theme
        self._options: ReadOptions | None = None
        inner = QWidget(self)
        inner.setProperty("paper", "surface")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 8)
        self._column.setSpacing(0)
        self.scale = self._choice("scale", _("Probabilities"))
        self.day = self._choice("day", _("Forecasts made on"))
        self.me = self._choice("me", _("You are"))
        self.zone = self._choice("zone", _("Zone"))
        self.zone.read = self._read_zone
        self.day.read = self._read_day
        self.fields: dict[str, ImportChoice] = {}
        self.key_button = Button(context.theme, _("Key of outcomes…"), icon="key", parent=inner)
        self.key_button.setObjectName("contestKey")
        self.key_button.clicked.connect(self._ask_key)
        self.alone = self._switch("alone", _("Nobody else answered: the means are mine"), inner)
        self.headed = Switch(context.theme, _("The first row names the columns"), parent=inner)
        self.headed.setObjectName("headedSwitch")
        self.headed.clicked.connect(self._take_headed)
        self.aggregates = self._switch("aggregates", _("Take forecasts that the site computed"), inner)
        for widget in (self.key_button, self.alone, self.aggregates):
            self._column.addWidget(_padded(widget, inner))
        self._texts = QWidget(inner)
        self._texts_column = QVBoxLayout(self._texts)
        self._texts_column.setContentsMargins(18, 8, 18, 8)
        self._texts_column.setSpacing(6)
        self._column.addWidget(self._texts)
        self._columns_title = _padded(Label(context.theme, _("Columns"), role="card", parent=inner), inner)
        self._column.addWidget(self._columns_title)
        self._column.addWidget(_padded(self.headed, inner))
        self._place_of_fields = self._column.count()
        self._column.addStretch(1)
        area = QScrollArea(self)
        area.setObjectName("importSideArea")
        area.setWidgetResizable(True)
        area.setWidget(inner)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.add(area, 1)

    def _choice(self, name: str, title: str) -> ImportChoice:
        made = ImportChoice(self._theme, name, title, self)
        self._column.addWidget(made)
        made.hide()
        return made

    def _switch(self, name: str, words: str, parent: QWidget) -> Switch:
        made = Switch(self._theme, words, parent=parent)
        made.setObjectName(f"{name}Switch")
        made.clicked.connect(lambda checked: self._want(**{name: checked}))
        return made

    def _take_headed(self, headed: bool) -> None:
        self._want(headed=headed, columns=())  # columns are called otherwise now

    @property
    def open_choice(self) -> ImportChoice | None:
        """The first thing that somebody has to say before the file can be stored."""
        choices = (*self.fields.values(), self.scale, self.day, self.me)
        return next((one for one in choices if one.open and not one.isHidden()), None)

    def show_log(self, log: ReadLog, options: ReadOptions, *, me_said: bool) -> None:
        """Show what a plan says, and what it asks."""
        plan = log.plan
        self._options = options
        self._show_fields(plan)
        self._show_scale(plan, options)
        self._show_day(plan, options)
        self._show_me(log, me_said=me_said)
        self._show_zone(plan, options)
        said = plan.source.format
        for widget, shown in (
            (self.key_button, said == "contest"),
            (self.alone, plan.means),
            (self.aggregates, said == "metaculus"),
            (self.headed, said == "spreadsheet"),
        ):
            parent = widget.parentWidget()
            assert parent is not None  # its padding
            parent.setVisible(shown)
        self.alone.setChecked(options.alone)
        self.headed.setChecked(options.headed)
        self.aggregates.setChecked(options.aggregates)
        self._show_texts(plan, log.known)

    # What somebody may have to say

    def _show_scale(self, plan: PredictionPlan, options: ReadOptions) -> None:
        from surveyapp.importers.prediction.plan import Scale

        if plan.source.format not in ("spreadsheet", "games") or not plan.predictions:
            self.scale.hide()
            self.scale.open = False
            return
        words = {Scale.SHARE: _("Shares, 0 to 1"), Scale.PERCENT: _("Per cents, 0 to 100")}
        value = _("Choose…") if plan.asks_scale else words[options.scale] if options.scale else _("As read")
        answers = [Answer(words=words[one], take=lambda one=one: self._want(scale=one)) for one in Scale]  # type: ignore[misc]
        self.scale.show_choice(value, plan.scale, answers, is_open=plan.asks_scale)

    def _show_day(self, plan: PredictionPlan, options: ReadOptions) -> None:
        if not plan.asks_date and options.at is None:
            self.day.hide()
            self.day.open = False
            return
        today = self._context.clock().date()
        days = ((_("Today"), today), (_("1 January of this year"), today.replace(month=1, day=1)))
        answers = [
            Answer(words=words, detail=day.isoformat(), take=lambda day=day: self._take_day(day.isoformat()))  # type: ignore[misc]
            for words, day in days
        ]
        value = options.at.date().isoformat() if options.at is not None else _("Choose…")
        hint = _("The file does not say when; type a day, such as 2026-01-15.") if plan.asks_date else ""
        self.day.show_choice(value, hint, answers, is_open=plan.asks_date)

    def _show_me(self, log: ReadLog, *, me_said: bool) -> None:
        plan = log.plan
        if not plan.people:
            self.me.hide()
            self.me.open = False
            return
        nobody = Answer(words=_("Nobody in the file"), take=lambda: self.me_chosen.emit(""))

        def answers() -> list[Answer]:
            people = [
                Answer(
                    words=name,
                    detail=ngettext("%(n)s forecast", "%(n)s forecasts", n) % {"n": fmt_count(n)},
                    take=lambda name=name: self.me_chosen.emit(name),  # type: ignore[misc]
                )
                for name, n in log.people[:_MOST_PEOPLE]
            ]
            return [*people, nobody] if len(people) < 8 else [nobody, *people]

        is_open = plan.me is None and not me_said and plan.source.format not in _NOBODYS and not plan.means
        value = plan.people[plan.me] if plan.me is not None else _("Choose…") if is_open else nobody.words
        n = len(plan.people)
        words = ngettext("%(n)s person in the file", "%(n)s people in the file", n) % {"n": fmt_count(n)}
        hint = _("%(people)s: who is you?") % {"people": words} if is_open else f"{words}."
        self.me.show_choice(value, hint, answers, is_open=is_open)

    def _show_zone(self, plan: PredictionPlan, options: ReadOptions) -> None:
        from surveyapp.importers.prediction.zone import zone_name

        if plan.source.format not in _ZONELESS:
            self.zone.hide()
            return
        here = own_zone()
        zones = dict.fromkeys((zone_name(UTC), zone_name(here)))
        known = {zone_name(UTC): UTC, zone_name(here): here}
        answers = [Answer(words=name, take=lambda name=name: self._want(zone=known[name])) for name in zones]  # type: ignore[misc]
        self.zone.show_choice(zone_name(options.zone), plan.zone, answers)

    def _read_zone(self, text: str) -> Answer | None:
        from surveyapp.importers.prediction.zone import read_zone, zone_name

        try:
            zone = read_zone(text)
        except UserError:
            return None
        return Answer(words=zone_name(zone), take=lambda: self._want(zone=zone))

    def _read_day(self, text: str) -> Answer | None:
        from surveyapp.importers.prediction.when import read_when

        moment = read_when(text, UTC)
        if moment is None:
            return None
        day = moment.date().isoformat()
        return Answer(words=day, take=lambda: self._take_day(day))

    def _take_day(self, day: str) -> None:
        assert self._options is not None  # a plan is shown
        self._want(at=datetime.combine(datetime.fromisoformat(day).date(), time(), self._options.zone))

    def _show_fields(self, plan: PredictionPlan) -> None:
        """Of a spreadsheet: which column holds what."""
        from surveyapp.importers.prediction.spreadsheet_column import FIELDS, NEEDED

        every = tuple(field.name for field in FIELDS)
        wanted = {"spreadsheet": every, "contest": _CONTEST_FIELDS}.get(plan.source.format, ())
        needed = NEEDED if plan.source.format == "spreadsheet" else ()
        self._columns_title.setVisible(bool(wanted))
        if wanted and not self.fields:
            for place, field in enumerate(FIELDS):
                made = ImportChoice(self._theme, field.name, field.title(), self)
                self._column.insertWidget(self._place_of_fields + place, made)
                self.fields[field.name] = made
        taken = dict(plan.columns)
        for name, choice in self.fields.items():
            choice.setVisible(name in wanted)
            choice.open = False
            if name in wanted:
                answers = [
                    Answer(
                        words=header,
                        detail=example,
                        take=lambda name=name, header=header: self._take_column(name, header),  # type: ignore[misc]
                    )
                    for header, example in zip_longest(plan.headers, plan.examples, fillvalue="")
                ]
                none = Answer(words=_("No column"), take=lambda name=name: self._take_column(name, ""))  # type: ignore[misc]
                lacks = name in needed and name not in taken
                value = taken.get(name) or (_("Choose…") if lacks else none.words)
                hint = _("Which column is it?") if lacks else ""
                choice.show_choice(value, hint, [*answers, none], is_open=lacks)

    def _take_column(self, name: str, header: str) -> None:
        assert self._options is not None  # a plan is shown
        said = dict(self._options.columns)
        said = {other: own for other, own in said.items() if own != header or not header}  # a column holds one thing
        self._want(columns=tuple({**said, name: header}.items()))

    def _ask_key(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, _("Key of outcomes"))
        if name:
            from pathlib import Path

            self.use_key(Path(name))

    def use_key(self, path: Path) -> None:
        """Take the outcomes of a contest from a table."""
        from surveyapp.importers.prediction.contest import read_key

        try:
            key = read_key(path)
        except UserError as error:
            self._context.shell.toast(str(error))
            return
        self._want(key=key)

    def _want(self, **changes: object) -> None:
        assert self._options is not None  # a plan is shown
        self.wanted.emit(replace(self._options, **changes))  # type: ignore[arg-type]

    # What is only told

    def _show_texts(self, plan: PredictionPlan, known: str) -> None:
        while (item := self._texts_column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        told = [] if plan.source.format in ("spreadsheet", "games") else [plan.scale]
        told += [] if plan.source.format in _ZONELESS else [plan.zone]
        for sentence in filter(None, (known, *told, *plan.notes)):
            self._say(sentence)
        n, m = (sum(len(one.rows) for one in told) for told in (plan.refused, plan.unscored))
        self._show_rows(ngettext("Not read, in %(n)s row", "Not read, in %(n)s rows", n), n, plan.refused)
        words = ngettext("%(n)s row is kept, but in no score", "%(n)s rows are kept, but in no score", m)
        self._show_rows(words, m, plan.unscored)

    def _show_rows(self, words: str, n: int, told: Sequence[Refused]) -> None:
        if not n:
            return
        self._texts_column.addWidget(Rule(tone="grid", parent=self._texts))
        self._texts_column.addWidget(Label(self._theme, words % {"n": fmt_count(n)}, weight=600, parent=self._texts))
        for one in told:
            self._say(one.reason)
            self._say(_rows_words(one), ink_muted=True)

    def _say(self, text: str, *, ink_muted: bool = False) -> None:
        label = Label(
            self._theme,
            text,
            role="small",
            ink="muted" if ink_muted else "text-2",
            wrap=True,
            parent=self._texts,
        )
        self._texts_column.addWidget(label)


def _rows_words(refused: Refused) -> str:
    rows = ", ".join(map(str, refused.rows[:_ROWS_SHOWN]))
    more = len(refused.rows) - _ROWS_SHOWN
    words = ngettext("Row %(rows)s", "Rows %(rows)s", len(refused.rows)) % {"rows": rows}
    return _("%(rows)s and %(n)s more") % {"rows": words, "n": fmt_count(more)} if more > 0 else words


def own_zone() -> tzinfo:
    """The zone of this machine, by its name, so that its summer time holds."""
    from surveyapp.importers.prediction.zone import read_zone

    try:
        return read_zone(bytes(QTimeZone.systemTimeZoneId().data()).decode())
    except UserError:
        return UTC


def _padded(widget: QWidget, parent: QWidget) -> QWidget:
    box = QWidget(parent)
    column = QVBoxLayout(box)
    column.setContentsMargins(18, 6, 18, 6)
    column.addWidget(widget)
    box.hide()
    return box
