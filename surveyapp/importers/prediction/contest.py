"""A contest as a wide table: a row per person, a column per question ("@1.squeezed title"), whole per cents.

As https://github.com/jbreffle/acx-prediction-contest describes; blank is skipped. How the questions came out is a
second table, the key: question (column, number or title), outcome, and if it says so title and day.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from surveyapp.base.i18n import _
from surveyapp.domain.column import TextColumn
from surveyapp.domain.errors import UserError
from surveyapp.domain.moment import from_stored, to_stored
from surveyapp.domain.prediction import Prediction, Resolution, Visibility
from surveyapp.importers.cell.wording import words
from surveyapp.importers.prediction.belief import read_belief
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
from surveyapp.importers.prediction.when import read_when
from surveyapp.importers.prediction.zone import zone_name
from surveyapp.importers.refusal import not_a_table
from surveyapp.importers.registry import read_table
from surveyapp.importers.table import TextTable

_ID = "contest"
_QUESTION = re.compile(r"^@(?P<number>\d{1,4})\.\s*(?P<title>.*)$", re.DOTALL)
_FEWEST = 3
_WHO = ("id", "name", "username", "pseudonym", "entrant", "contestant", "hash", "nickname", "who", "person", "user id")
_WHEN = ("timestamp", "submitted", "submitted at", "date", "submission date", "end date")
_NOWHEN = datetime(1970, 1, 1, tzinfo=UTC)


def sniff(file: File) -> float:
    """Columns whose headers start "@1."."""
    return 1.0 if sum(bool(_QUESTION.match(header)) for header in file.headers) >= _FEWEST else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """What the key says of one question; `title` "" and `known` None where it does not say."""

    outcome: str
    title: str = ""
    known: datetime | None = None


def read(file: File, options: ReadOptions) -> PredictionPlan:
    """Every person and question; asks for the day of the forecasts where no column holds it."""
    table = file.table
    if table is None:
        raise not_a_table("")
    return _Reading(table, options).plan()


class _Reading:
    """A contest while it is read."""

    def __init__(self, table: TextTable, options: ReadOptions) -> None:
        self.table, self.options = table, options
        self.draft = Draft()
        said = dict(options.columns)
        self.who = _named(table, said.get("who", ""), _WHO)
        self.when = _named(table, said.get("date", ""), _WHEN)
        self.key = dict(options.key)
        self.used: set[str] = set()
        self.seen: Counter[str] = Counter()
        self.undated = False

    def plan(self) -> PredictionPlan:
        """Everything; questions in the order of the columns."""
        people = self._people()
        moments = self._moments()
        for column in self.table.columns:
            if match := _QUESTION.match(column.header.strip()):
                self._read_question(column, int(match["number"]), match["title"].strip(), people, moments)
        names = tuple(self.draft.people)
        me = names.index(self.options.me) if self.options.me in names else None
        return PredictionPlan(
            source=self.table.source,
            title=_("Contest with a column per question"),
            people=names,
            predictions=tuple(self.draft.predictions.values()),
            forecasts=self.draft.forecasts,
            scale=_("Forecasts are whole per cents, as the contest asked for them; a blank is a question skipped."),
            asks_date=self.undated,
            columns=tuple((name, one.header.strip()) for name, one in (("who", self.who), ("date", self.when)) if one),
            headers=tuple(
                dict.fromkeys(column.header.strip() for column in self.table.columns if column.header.strip())
            ),
            zone=_("Moments without a zone are read as %(zone)s.") % {"zone": zone_name(self.options.zone)},
            me=me,
            notes=self._notes(),
            refused=self.draft.refusals(),
        )

    def _notes(self) -> tuple[str, ...]:
        notes = [_("The other columns of the file are answers of a survey: import it as a census too to compare them.")]
        if self.who is None:
            notes.append(_("The file names nobody: people are called by their row."))
        if not self.key:
            notes.append(_("No key of outcomes was given: every question is open. Import it again with the key."))
        elif unused := [name for name in self.key if name not in self.used]:
            notes.append(_("In the key, but not in the file: %(names)s") % {"names": ", ".join(unused[:20])})
        return tuple(notes)

    def _people(self) -> list[int]:
        """The position in the draft of the person of each row; a name that stands twice is two people."""
        seen: dict[str, int] = {}
        found = []
        for place, row in enumerate(self.table.rows):
            name = _cell(self.who, place) if self.who else ""
            name = name or _("Row %(row)s") % {"row": row}
            seen[name] = seen.get(name, 0) + 1
            found.append(self.draft.person(name if seen[name] == 1 else f"{name} ({seen[name]})"))
        return found

    def _moments(self) -> list[int]:
        """When each row was filled in."""
        found = []
        for place in range(len(self.table)):
            text = _cell(self.when, place) if self.when else ""
            at = read_when(text, self.options.zone) if text else None
            at = at or self.options.at
            self.undated = self.undated or at is None
            found.append(to_stored(at or _NOWHEN))
        return found

    def _read_question(
        self, column: TextColumn, number: int, title: str, people: list[int], moments: list[int]
    ) -> None:
        beliefs = [read_belief(text, Scale.PERCENT) for text in column.texts]
        place = len(self.draft.predictions)
        forecasts, last, first = self.draft.forecasts, 0, None
        for row, code in enumerate(column.index):
            belief = beliefs[code]
            if belief is None:
                if column.texts[code].strip():
                    self.draft.refuse(
                        self.table.rows[row],
                        _("A forecast of the row is no per cent between 0 and 100; its others come."),
                    )
                continue
            at = moments[row]
            forecasts.append(PlannedForecast(place, people[row], at, belief))
            last, first = max(last, at), at if first is None else min(first, at)
        begin = first if first is not None else min(moments, default=to_stored(self.options.at or _NOWHEN))
        self._add(column.header.strip(), number, title, begin=begin, last=max(last, begin))

    def _add(self, header: str, number: int, title: str, *, begin: int, last: int) -> None:
        answer = self._answer(header, number, title)
        self.seen[header] += 1
        name = header if self.seen[header] == 1 else f"{header} ({self.seen[header]})"
        statement = (answer.title if answer else "") or html.unescape(title) or _("Question %(n)s") % {"n": number}
        resolutions: tuple[Resolution, ...] = ()
        if answer is not None and not is_open(answer.outcome):
            outcome = read_outcome(answer.outcome)
            if outcome is None:
                self.draft.refuse(1, _("The key's outcome of question %(n)s is not understood.") % {"n": number})
            else:
                known = answer.known or from_stored(last) + timedelta(days=1)
                reason = reason_of(outcome, _("the contest"))
                resolutions = (Resolution(at=known, known_at=known, outcome=outcome, reason=reason),)
        self.draft.add(
            PlannedPrediction(
                prediction=Prediction(
                    statement=statement,
                    created_at=from_stored(begin),
                    decider=_("The contest"),
                    visibility=Visibility.SHARED,
                    due=answer.known.date() if answer is not None and answer.known else None,
                    key=f"{_ID}:{name}",
                ),
                resolutions=resolutions,
                resolvers=(None,) * len(resolutions),
            )
        )

    def _answer(self, header: str, number: int, title: str) -> _Answer | None:
        for name in (header, f"@{number}", str(number), title):
            if name in self.key:
                self.used.add(name)
                outcome, known, own = (*self.key[name].split("\n", 2), "", "")[:3]
                return _Answer(outcome=outcome, title=own, known=read_when(known, self.options.zone) if known else None)
        return None


def _named(table: TextTable, said: str, guesses: tuple[str, ...]) -> TextColumn | None:
    """The column that was said, else the first whose header is one of the guesses."""
    by_words = {words(column.header): column for column in reversed(table.columns)}
    if said:
        found = next((column for column in table.columns if column.header.strip() == said), None)
        if found is None:
            raise UserError(_("There is no column “%(name)s”.") % {"name": said}, _("Look at the header of the file."))
        return found
    return next((by_words[guess] for guess in guesses if guess in by_words), None)


def _cell(column: TextColumn | None, place: int) -> str:
    return column.texts[column.index[place]].strip() if column is not None else ""


_KEY_QUESTION = ("question", "column", "number", "n", "no", "id", "key", "title")
_KEY_OUTCOME = ("outcome", "resolution", "answer", "result", "correct", "truth")
_KEY_TITLE = ("statement", "title", "text", "full title")
_KEY_KNOWN = ("known on", "resolved on", "resolved", "date", "due")


def read_key(path: Path) -> tuple[tuple[str, str], ...]:
    """The key of a contest, for ReadOptions.key. Raises UserError for a table that names no question or outcome."""
    table = read_table(path)
    question, outcome = _named(table, "", _KEY_QUESTION), _named(table, "", _KEY_OUTCOME)
    if question is None or outcome is None or question is outcome:
        raise UserError(
            _("This is no key of outcomes."),
            _("It needs a column “question” (as in the contest's header, or its number) and a column “outcome”."),
        )
    title, known = _named(table, "", _KEY_TITLE), _named(table, "", _KEY_KNOWN)
    title = None if title is question else title
    found = {}
    for place in range(len(table)):
        parts = (_cell(outcome, place), _cell(known, place), _cell(title, place))
        found[_cell(question, place)] = "\n".join(" ".join(part.split()) for part in parts).rstrip("\n")
    found.pop("", None)
    return tuple(found.items())


SPEC = PredictionFormat(id=_ID, title=lambda: _("Contest with a column per question"), sniff=sniff, read=read)
