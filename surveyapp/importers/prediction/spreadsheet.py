"""Somebody's own table of predictions: a row per forecast, columns guessed by their headers or said by the person."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import chain

from surveyapp.base.i18n import _, ngettext
from surveyapp.domain.moment import from_stored, to_stored
from surveyapp.domain.prediction import Outcome, Prediction, PredictionKind, Resolution, end_of
from surveyapp.importers.cell.moment import day_first
from surveyapp.importers.prediction.belief import read_belief, scale_of
from surveyapp.importers.prediction.headerless import examples_of, headers_of, without_header
from surveyapp.importers.prediction.outcome import is_open, read_outcome, reason_of
from surveyapp.importers.prediction.plan import (
    Draft,
    PlannedForecast,
    PlannedPrediction,
    PredictionPlan,
    ReadOptions,
    Scale,
)
from surveyapp.importers.prediction.registry_spec import File, PredictionFormat
from surveyapp.importers.prediction.rows import Rows
from surveyapp.importers.prediction.spreadsheet_column import NEEDED, chosen_columns, guess_columns
from surveyapp.importers.prediction.when import read_due, read_when
from surveyapp.importers.prediction.zone import zone_name
from surveyapp.importers.refusal import not_a_table
from surveyapp.importers.table import TextTable

ID = "spreadsheet"
_LIKELY = 0.3
_NOWHEN = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a table is read: where its fields are, and what a word that is no known outcome means (None: refuse it)."""

    id: str
    title: str
    columns: dict[str, str]
    scale: Scale | None
    other_outcome: Outcome | None = None


def sniff(file: File) -> float:
    """A statement and how sure somebody was: the headers are only likely to mean that."""
    return _LIKELY if set(guess_columns(file.headers)) >= set(NEEDED) else 0.0


def read(file: File, options: ReadOptions) -> PredictionPlan:
    """Every row; asks for the scale and for the day of the forecasts where they cannot be told."""
    if file.table is None:
        raise not_a_table("")
    table = file.table if options.headed else without_header(file.table)
    columns = chosen_columns(headers_of(table), options.columns)
    manner = Manner(id=ID, title=_("Spreadsheet"), columns=columns, scale=options.scale)
    plan = read_rows(table, options, manner)
    left = [header for header in plan.headers if header not in columns.values()]
    if not left or not set(NEEDED) <= columns.keys():
        return plan
    words = ngettext("Not read is the column %(names)s.", "Not read are the columns %(names)s.", len(left))
    return replace(plan, notes=(*plan.notes, words % {"names": ", ".join(left)}))


def read_rows(table: TextTable, options: ReadOptions, manner: Manner) -> PredictionPlan:
    """A table by a manner; without the two columns that are needed it holds nothing yet."""
    rows = Rows(table, manner.columns)
    lacks = [name for name in NEEDED if not rows.has(name)]
    scale = manner.scale or scale_of(rows.distinct("probability"), manner.columns.get("probability", ""))
    reading = _Reading(rows, options, manner, scale or Scale.PERCENT)
    if not lacks:
        reading.read()
    draft = reading.draft
    people = tuple(draft.people)
    return PredictionPlan(
        source=table.source,
        title=manner.title,
        people=people,
        predictions=tuple(draft.predictions.values()),
        forecasts=draft.forecasts,
        scale=_scale_words(scale),
        asks_scale=scale is None and not lacks,
        asks_date=reading.undated > 0,
        columns=tuple(manner.columns.items()),
        headers=headers_of(table),
        examples=examples_of(table),
        zone=_("Moments without a zone are read as %(zone)s.") % {"zone": zone_name(options.zone)},
        me=_me(people, options, named=rows.has("who")),
        notes=reading.notes(),
        refused=draft.refusals(),
    )


def _scale_words(scale: Scale | None) -> str:
    if scale is None:
        return _("It cannot be told whether the forecasts are shares of 1 or per cents.")
    return _("Probabilities are per cents.") if scale is Scale.PERCENT else _("Probabilities are shares of 1.")


def _me(people: tuple[str, ...], options: ReadOptions, *, named: bool) -> int | None:
    """A table that names nobody is the person's own."""
    if options.me in people:
        return people.index(options.me)
    return 0 if people and not named else None


class _Reading:
    """A table while it is read."""

    def __init__(self, rows: Rows, options: ReadOptions, manner: Manner, scale: Scale) -> None:
        self.rows, self.options, self.manner, self.scale = rows, options, manner, scale
        self.draft = Draft()
        self.undated = 0
        self.guessed_end = 0
        dates = chain.from_iterable(rows.distinct(name) for name in ("date", "created", "due", "resolved"))
        self.day_first = day_first(dates)

    def notes(self) -> tuple[str, ...]:
        """What was taken for granted."""
        found = []
        if self.rows.n and not self.rows.has("who"):
            found.append(_("The table names nobody: all forecasts are taken as yours."))
        if self.guessed_end:
            found.append(_("Where no day says when it was known, the day after the last forecast is taken."))
        if self.options.at is not None and not self.rows.has("date"):
            day = self.options.at.date().isoformat()
            found.append(_("The forecasts are dated %(day)s, as you said.") % {"day": day})
        return tuple(found)

    def read(self) -> None:
        """All questions, in the order of the file."""
        questions: dict[str, list[int]] = {}
        for place in range(self.rows.n):
            statement = self.rows("statement", place)
            if not statement:
                self.draft.refuse(self.rows.numbers[place], _("There is no statement."))
                continue
            name = self.rows("id", place) or statement
            created = self.rows("created", place)
            questions.setdefault(f"{name}|{created}" if created else name, []).append(place)
        for key, places in questions.items():
            self._read_question(key, places)

    def _read_question(self, key: str, places: list[int]) -> None:
        options = tuple(dict.fromkeys(text for place in places if (text := self.rows("option", place))))
        begin = len(self.draft.forecasts)
        number = len(self.draft.predictions)
        for place in places:
            self._read_forecast(place, number, options)
        moments = [one.at for one in self.draft.forecasts[begin:]]
        created = self._moment("created", places[0])
        if created is None:
            created = from_stored(min(moments)) if moments else self._moment("date", places[0]) or self.options.at
        if created is None:
            self.undated += 1
            created = _NOWHEN
        last = from_stored(max(moments)) if moments else created
        self.draft.add(self._planned(key, places, options, created, last))

    def _read_forecast(self, place: int, number: int, options: tuple[str, ...]) -> None:
        text, row = self.rows("probability", place), self.rows.numbers[place]
        comment = self.rows("comment", place)
        if not text and not comment:
            return  # nobody forecast it
        belief = read_belief(text, self.scale) if text else None
        if text and belief is None:
            self.draft.refuse(row, _("The forecast is no probability."))
            return
        at = self._moment("date", place) or self._moment("created", place) or self.options.at
        if at is None:
            if self.rows.has("date") and self.rows("date", place):
                self.draft.refuse(row, _("The date of the forecast is none we can read."))
                return
            self.undated += 1
            at = _NOWHEN
        option = self.rows("option", place)
        who = self.rows("who", place) or (_("Unnamed") if self.rows.has("who") else self.options.me or _("You"))
        self.draft.forecasts.append(
            PlannedForecast(
                prediction=number,
                who=self.draft.person(who),
                at=to_stored(at),
                probability=belief,
                option=options.index(option) if option and belief is not None else None,
                comment=comment,
                row=row,
            )
        )

    def _moment(self, name: str, place: int) -> datetime | None:
        text = self.rows(name, place)
        return read_when(text, self.options.zone, day_first=self.day_first) if text else None

    def _planned(
        self, key: str, places: list[int], options: tuple[str, ...], created: datetime, last: datetime
    ) -> PlannedPrediction:
        first = places[0]
        due_text = next((text for place in places if (text := self.rows("due", place))), "")
        due = read_due(due_text, self.options.zone, day_first=self.day_first) if due_text else None
        tags = self.rows("tags", first).replace(";", ",").split(",")
        resolutions, exclusive = self._resolutions(places, options, due, last)
        return PlannedPrediction(
            prediction=Prediction(
                statement=self.rows("statement", first),
                kind=PredictionKind.CHOICE if options else PredictionKind.YES_NO,
                options=options,
                exclusive=exclusive,
                created_at=created,
                due=due,
                background=self.rows("notes", first),
                tags=tuple(dict.fromkeys(tag.strip() for tag in tags if tag.strip())),
                key=f"{self.manner.id}:{key}",
            ),
            resolutions=resolutions,
            resolvers=(None,) * len(resolutions),
        )

    def _resolutions(
        self, places: list[int], options: tuple[str, ...], due: date | datetime | None, last: datetime
    ) -> tuple[tuple[Resolution, ...], bool]:
        """How it came out by the newest word on it, and whether at most one option did."""
        said: dict[int | None, tuple[Outcome, str]] = {}
        known: datetime | None = None
        for place in places:
            text = self.rows("outcome", place)
            if is_open(text):
                continue
            option, outcome = self._outcome(text, self.rows("option", place), options)
            if outcome is None:
                self.draft.refuse(
                    self.rows.numbers[place], _("The outcome is not understood; the forecast comes without it.")
                )
                continue
            known = self._moment("resolved", place) or known
            said[option] = (outcome, text)
        if known is None and said:
            known = self._end(due, last)
        chosen = [option for option, (outcome, _text) in said.items() if outcome is Outcome.YES and option is not None]
        exclusive = len(chosen) <= 1
        if options and exclusive:
            named = next((n for n, (outcome, _text) in said.items() if outcome is Outcome.OPTION), None)
            winner = chosen[0] if chosen else named
            if winner is not None:
                said = {winner: (Outcome.OPTION, "")}
            else:
                unsettled = [one for one in said.values() if one[0] in (Outcome.AMBIGUOUS, Outcome.VOID)]
                said = {None: unsettled[-1]} if unsettled else {}
        return tuple(self._resolution(known or last, option, *one) for option, one in said.items()), exclusive

    def _outcome(self, text: str, option: str, options: tuple[str, ...]) -> tuple[int | None, Outcome | None]:
        if text in options:
            return options.index(text), Outcome.OPTION
        return options.index(option) if option else None, read_outcome(text) or self.manner.other_outcome

    def _resolution(self, known: datetime, option: int | None, outcome: Outcome, text: str) -> Resolution:
        reason = reason_of(outcome, self.manner.title)
        if reason and read_outcome(text) is None:
            reason = text
        return Resolution(at=known, known_at=known, outcome=outcome, option=option, reason=reason)

    def _end(self, due: date | datetime | None, last: datetime) -> datetime:
        """When it was known: by its day, but after the forecasts where there is none."""
        if due is not None:
            return end_of(due, self.options.zone)
        self.guessed_end += 1
        return last + timedelta(days=1)


SPEC = PredictionFormat(id=ID, title=lambda: _("Spreadsheet with a row per forecast"), sniff=sniff, read=read)
