"""Games between two sides, a probability for each: one game is one prediction, a choice of two.

As https://github.com/fivethirtyeight/checking-our-work-data publishes them: team1, team2, prob1, prob1_outcome, prob2,
prob2_outcome, date. An outcome that is neither 0 nor 1 (a tie counts half for each) settles nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from pathlib import PurePath

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.moment import to_stored
from surveyapp.domain.prediction import Outcome, Prediction, PredictionKind, Resolution, Visibility
from surveyapp.importers.cell.moment import day_first
from surveyapp.importers.prediction.belief import read_belief, scale_of
from surveyapp.importers.prediction.plain import as_number
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
from surveyapp.importers.prediction.when import read_when
from surveyapp.importers.prediction.zone import zone_name
from surveyapp.importers.refusal import not_a_table

_ID = "games"
_HEADERS = {
    "one": r"(?:team|player|side|competitor|name) ?_?1",
    "other": r"(?:team|player|side|competitor|name) ?_?2",
    "p_one": r"(?:prob|probability|p|forecast) ?_?1",
    "p_other": r"(?:prob|probability|p|forecast) ?_?2",
    "out_one": r"(?:prob|probability|p|forecast)? ?_?1? ?_?(?:outcome|result) ?_?1?",
    "out_other": r"(?:prob|probability|p|forecast)? ?_?2 ?_?(?:outcome|result)|(?:outcome|result) ?_?2",
    "date": r"(?:game ?_?)?(?:date|day|datetime)",
    "season": r"season|league|competition|tournament",
}
_NEEDED = ("one", "other", "p_one", "date")


def _columns(headers: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, pattern in _HEADERS.items():
        for header in headers:
            if header not in found.values() and re.fullmatch(pattern, header.strip(), re.IGNORECASE):
                found.setdefault(name, header)
    return found


def sniff(file: File) -> float:
    """Two sides, a probability of the first, and a day."""
    return 0.9 if set(_NEEDED) <= set(_columns(file.headers)) else 0.0


def read(file: File, options: ReadOptions) -> PredictionPlan:
    """Every game; the forecasts are those of whoever made the file, at the start of the day of the game."""
    table = file.table
    if table is None:
        raise not_a_table("")
    columns = _columns(file.headers)
    rows = Rows(table, columns)
    texts = [*rows.distinct("p_one"), *rows.distinct("p_other")]
    scale = options.scale or scale_of(texts, columns.get("p_one", ""))
    reading = _Reading(rows, options, scale or Scale.SHARE, who=options.me or PurePath(file.name).stem)
    for place in range(rows.n):
        reading.read(place)
    draft = reading.draft
    people = tuple(draft.people)
    return PredictionPlan(
        source=table.source,
        title=_("Games between two sides"),
        people=people,
        predictions=tuple(draft.predictions.values()),
        forecasts=draft.forecasts,
        scale=_("Probabilities are per cents.") if scale is Scale.PERCENT else _("Probabilities are shares of 1."),
        asks_scale=scale is None and bool(draft.forecasts),
        zone=_("Days are read in %(zone)s.") % {"zone": zone_name(options.zone)},
        me=people.index(options.me) if options.me in people else None,
        notes=reading.notes(),
        refused=draft.refusals(),
    )


class _Reading:
    """A table of games while it is read."""

    def __init__(self, rows: Rows, options: ReadOptions, scale: Scale, *, who: str) -> None:
        self.rows, self.options, self.scale = rows, options, scale
        self.draft = Draft()
        self.who = who
        self.seen: Counter[str] = Counter()
        self.ties = 0
        self.day_first = day_first(rows.distinct("date"))

    def notes(self) -> tuple[str, ...]:
        """What one game is, and what of the file settles nothing."""
        found = [
            _("Both sides of a game are one prediction: a choice of two."),
            _("The file does not say when or by whom the forecasts were made: the start of the day, by “%(who)s”.")
            % {"who": self.who},
        ]
        if self.ties:
            words = ngettext(
                "%(n)s game came out as neither 0 nor 1, a tie: it is kept as ambiguous and is in no score.",
                "%(n)s games came out as neither 0 nor 1, as ties do: they are kept as ambiguous and are in no score.",
                self.ties,
            )
            found.append(words % {"n": fmt_count(self.ties)})
        return tuple(found)

    def read(self, place: int) -> None:
        """One game."""
        rows, row = self.rows, self.rows.numbers[place]
        sides = rows("one", place), rows("other", place)
        day = read_when(rows("date", place), self.options.zone, day_first=self.day_first)
        if not all(sides) or sides[0] == sides[1]:
            self.draft.refuse(row, _("The game has not two sides."))
            return
        if day is None:
            self.draft.refuse(row, _("The game has no day."))
            return
        first = read_belief(rows("p_one", place), self.scale)
        second = read_belief(rows("p_other", place), self.scale)
        if first is None or (second is None and rows("p_other", place)):
            self.draft.refuse(row, _("A probability of the game is none."))
            return
        if second is None:
            second = round(1 - first, 12)
        resolution = self._resolution(place)
        name = f"{day.date().isoformat()}|{sides[0]}|{sides[1]}"
        self.seen[name] += 1
        key = f"{_ID}:{name}|{self.seen[name]}"
        known = day + timedelta(days=1)
        season = rows("season", place)
        number = self.draft.add(
            PlannedPrediction(
                prediction=Prediction(
                    statement=_("%(one)s or %(other)s, %(day)s: who wins?")
                    % {"one": sides[0], "other": sides[1], "day": day.date().isoformat()},
                    kind=PredictionKind.CHOICE,
                    options=sides,
                    visibility=Visibility.SHARED,
                    created_at=day,
                    due=day.date(),
                    tags=(season,) if season else (),
                    key=key,
                ),
                resolutions=tuple(
                    Resolution(at=known, known_at=known, outcome=outcome, option=option, reason=reason)
                    for outcome, option, reason in resolution
                ),
                resolvers=(None,) * len(resolution),
            )
        )
        at, who = to_stored(day), self.draft.person(self.who)
        self.draft.forecasts += [
            PlannedForecast(number, who, at, p, option, row=row) for option, p in enumerate((first, second))
        ]

    def _resolution(self, place: int) -> list[tuple[Outcome, int | None, str]]:
        """Which side won; nothing where the file does not say, ambiguous where it says neither."""
        texts = self.rows("out_one", place), self.rows("out_other", place)
        if not any(texts):
            return []
        one, other = as_number(texts[0]), as_number(texts[1]) if texts[1] else None
        if other is None and one is not None and not texts[1]:
            other = 1 - one
        if (one, other) in ((1, 0), (0, 1)):
            return [(Outcome.OPTION, 0 if one == 1 else 1, "")]
        if one is None or other is None:
            self.draft.refuse(self.rows.numbers[place], _("How the game came out is not understood; it is kept open."))
            return []
        self.ties += 1
        words = _("Neither side won: the file says %(one)s and %(other)s.")
        return [(Outcome.AMBIGUOUS, None, words % {"one": texts[0], "other": texts[1] or f"{other:g}"})]


SPEC = PredictionFormat(id=_ID, title=lambda: _("Games between two sides"), sniff=sniff, read=read)
