"""Fatebook's CSV: one row per forecast, of everybody, in every generation of headers; its tournament export too.

https://github.com/Sage-Future/fatebook (lib/web/export.ts, lib/web/tournament_router.ts). There is no id: a question is
its title and the moment it was created, which each of its rows repeats.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import TypeVar

from surveyapp.base.i18n import _
from surveyapp.domain.moment import to_stored
from surveyapp.domain.prediction import Outcome, Prediction, PredictionKind, Resolution, Visibility
from surveyapp.importers.prediction.plan import (
    Draft,
    PlannedForecast,
    PlannedPrediction,
    PredictionPlan,
    ReadOptions,
)
from surveyapp.importers.prediction.registry_spec import File, PredictionFormat
from surveyapp.importers.prediction.when import read_once
from surveyapp.importers.prediction.zone import zone_name
from surveyapp.importers.refusal import not_a_table
from surveyapp.importers.table import TextTable

_Meaning = TypeVar("_Meaning")
_BLANK = -1.0
_NAMES = {
    "title": "question title",
    "option": "multiple choice option",
    "who": "forecast created by",
    "p": "forecast (scale = 0-1)",
    "at": "forecast created at",
    "creator": "question created by",
    "created": "question created at",
    "due": "question resolve by",
    "outcome": "resolution",
    "outcome_before_2024": "question resolution",
    "resolved": "resolved at",
    "resolved_before_2024": "question resolved at",
    "notes": "question notes",
    "shared": "question shared with",
    "public": "question shared publicly",
    "comments": "question comments",
    "tags": "question tags",
    "tournament": "tournament name",
}
_NEEDED = ("title", "who", "p", "at", "created")
_OUTCOMES = {"YES": Outcome.YES, "NO": Outcome.NO, "AMBIGUOUS": Outcome.AMBIGUOUS}


def sniff(file: File) -> float:
    """Its headers are nobody else's."""
    headers = {header.casefold() for header in file.headers}
    return 1.0 if headers.issuperset(_NAMES[name] for name in _NEEDED) else 0.0


def read(file: File, options: ReadOptions) -> PredictionPlan:
    """Every row; probabilities are shares, moments without a zone are read as UTC unless `options` say otherwise."""
    if file.table is None:
        raise not_a_table("")
    rows = _Rows(file.table, options.zone)
    draft = Draft()
    for key, places in rows.questions().items():
        _read_question(draft, rows, key, places, options)
    people = tuple(draft.people)
    return PredictionPlan(
        source=file.table.source,
        title=_("Fatebook"),
        people=people,
        predictions=tuple(draft.predictions.values()),
        forecasts=draft.forecasts,
        scale=_("Probabilities are shares of 1, as the header says."),
        zone=_("Moments are read as %(zone)s: the file does not say.") % {"zone": zone_name(options.zone)},
        me=_me(people, options),
        notes=_notes(rows),
        refused=draft.refusals(),
    )


def _me(people: tuple[str, ...], options: ReadOptions) -> int | None:
    if options.me in people:
        return people.index(options.me)
    return 0 if len(people) == 1 else None


def _notes(rows: _Rows) -> tuple[str, ...]:
    notes = []
    if rows.has("your brier score for this question"):
        notes.append(_("Scores in the file are left out: they are computed anew, on the scale of 0 to 1."))
    if rows.has(_NAMES["comments"]):
        notes.append(_("Comments come as part of the background: the file does not say when they were made."))
    return tuple(notes)


class _Rows:
    """The table by what its columns mean, whatever the generation of the headers.

    `shares` and `moments` (microseconds since 1970) are what the cells of the forecasts mean, read once for each
    different cell: None for what cannot be read, _BLANK where there is no forecast. 200,000 rows in half a second.
    """

    def __init__(self, table: TextTable, zone: tzinfo) -> None:
        self._columns = {column.header.strip().casefold(): column for column in table.columns}
        self.numbers = table.rows
        self.shares = self._read("p", lambda text: _share(text) if text.strip() else _BLANK)
        self.moments = self._read("at", lambda text: _stored(text, zone))
        self.people = self._read("who", str)
        self.options = self._read("option", str) if self.has(_NAMES["option"]) else [""] * len(table)

    def _read(self, name: str, meaning: Callable[[str], _Meaning]) -> list[_Meaning]:
        column = self._columns[_NAMES[name]]
        read = [meaning(text) for text in column.texts]
        return [read[code] for code in column.index]

    def questions(self) -> dict[str, list[int]]:
        """The places of each question, by what it is known by."""
        created, title = self._columns[_NAMES["created"]], self._columns[_NAMES["title"]]
        groups: dict[tuple[int, int], list[int]] = defaultdict(list)
        for place, codes in enumerate(zip(created.index, title.index, strict=True)):
            groups[codes].append(place)
        found: dict[str, list[int]] = {}
        for codes, places in groups.items():
            found.setdefault(f"{created.texts[codes[0]]}|{title.texts[codes[1]]}", []).extend(places)
        return found

    def has(self, header: str) -> bool:
        return header in self._columns

    def __call__(self, name: str, place: int) -> str:
        """A cell, "" where there is no such column."""
        column = self._columns.get(_NAMES[name])
        return column.texts[column.index[place]] if column is not None else ""

    def either(self, name: str, place: int) -> str:
        """A cell of the column or of its older name."""
        return self(name, place) or self(f"{name}_before_2024", place)


def _read_question(draft: Draft, rows: _Rows, key: str, places: list[int], options: ReadOptions) -> None:
    first, zone = places[0], options.zone
    created = _moment(rows("created", first), zone)
    if created is None:
        for place in places:
            draft.refuse(rows.numbers[place], _("The question has no date of creation."))
        return
    answers = tuple(dict.fromkeys(option for place in places if (option := rows("option", place))))
    outcomes = {rows("option", place): rows.either("outcome", place).strip().upper() for place in places}
    exclusive = sum(outcome == "YES" for outcome in outcomes.values()) <= 1
    known = _moment(rows.either("resolved", first), zone)
    resolutions = _resolutions(answers, outcomes, known or created, exclusive)
    creator = rows("creator", first)
    planned = PlannedPrediction(
        prediction=_prediction(rows, places, key, created, answers, exclusive, zone),
        creator=draft.person(creator) if creator else None,
        resolutions=resolutions,
        resolvers=(None,) * len(resolutions),
    )
    number = draft.add(planned)
    _read_forecasts(draft, rows, places, number, answers)


def _prediction(
    rows: _Rows, places: list[int], key: str, created: datetime, answers: tuple[str, ...], exclusive: bool, zone: tzinfo
) -> Prediction:
    place = places[0]
    tags = [tag for tag in rows("tags", place).split("; ") if tag]
    if tournament := rows("tournament", place):
        tags.append(tournament)
    public, several = rows("public", place).strip().lower() == "true", len({rows.people[at] for at in places}) > 1
    shared = rows("shared", place) or rows("tournament", place) or several
    comments = rows("comments", place)
    background = [rows("notes", place), _("Comments: %(text)s") % {"text": comments} if comments else ""]
    return Prediction(
        statement=rows("title", place),
        kind=PredictionKind.CHOICE if answers else PredictionKind.YES_NO,
        options=answers,
        exclusive=exclusive,
        created_at=created,
        due=_moment(rows("due", place), zone),
        background="\n".join(filter(None, background)),
        tags=tuple(dict.fromkeys(tags)),
        visibility=Visibility.PUBLIC if public else Visibility.SHARED if shared else Visibility.PRIVATE,
        key=f"fatebook:{key}",
    )


def _resolutions(
    answers: tuple[str, ...], outcomes: dict[str, str], known: datetime, exclusive: bool
) -> tuple[Resolution, ...]:
    """Of a yes-or-no question one; of options that exclude each other the one that came true; else one for each."""

    def said(outcome: Outcome, option: int | None = None) -> Resolution:
        reason = _("Ambiguous on Fatebook.") if outcome is Outcome.AMBIGUOUS else ""
        return Resolution(at=known, known_at=known, outcome=outcome, option=option, reason=reason)

    if not answers:
        outcome = _OUTCOMES.get(outcomes.get("", ""))
        return (said(outcome),) if outcome else ()
    if "AMBIGUOUS" in outcomes.values():
        return (said(Outcome.AMBIGUOUS),)
    if not exclusive:
        found = [(n, _OUTCOMES.get(outcomes[answer])) for n, answer in enumerate(answers)]
        return tuple(said(outcome, n) for n, outcome in found if outcome)
    return tuple(said(Outcome.OPTION, n) for n, answer in enumerate(answers) if outcomes[answer] == "YES")


def _read_forecasts(draft: Draft, rows: _Rows, places: list[int], number: int, answers: tuple[str, ...]) -> None:
    shares, moments, people, options, person = rows.shares, rows.moments, rows.people, rows.options, draft.person
    for place in places:
        p, at, row = shares[place], moments[place], rows.numbers[place]
        if p == _BLANK:
            continue  # a question nobody forecast
        if p is None:
            draft.refuse(row, _("The forecast is no number from 0 to 1."))
        elif at is None:
            draft.refuse(row, _("The forecast has no date."))
        else:
            option = answers.index(options[place]) if options[place] else None
            draft.forecasts.append(PlannedForecast(number, person(people[place]), at, p, option, row=row))


def _share(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0 <= value <= 1 else None


def _stored(text: str, zone: tzinfo) -> int | None:
    moment = _moment(text, zone)
    return None if moment is None else to_stored(moment)


def _moment(text: str, zone: tzinfo) -> datetime | None:
    """ "2024-04-01 09:05:3": seconds are not padded."""
    plain = f"{text[:17]}0{text[17]}" if len(text) == 18 and text[16] == ":" else text
    return read_once(plain, zone)


SPEC = PredictionFormat(id="fatebook", title=lambda: _("Fatebook (CSV)"), sniff=sniff, read=read)
