"""What a file of predictions holds, as every format tells it; nothing of it is stored yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from enum import StrEnum
from typing import NamedTuple

from surveyapp.domain.column import Source
from surveyapp.domain.prediction import Prediction, Resolution, Seal, StatementEdit


class Scale(StrEnum):
    """In what probabilities are written."""

    SHARE = "share"
    """0 to 1."""
    PERCENT = "percent"
    """0 to 100."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """What the person said about a file; None and "" leave it to the file.

    `zone` is that of moments written without one. `me` is the name in the file of the person at this workspace.
    `columns` says of a spreadsheet which header holds what (see spreadsheet.FIELDS).
    `aggregates`: forecasts that a site computed from others come too.
    """

    scale: Scale | None = None
    zone: tzinfo = UTC
    me: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    headed: bool = True
    """The first row of a spreadsheet names its columns; else it is data already."""
    at: datetime | None = None
    """When forecasts were made, where the file does not say."""
    key: tuple[tuple[str, str], ...] = ()
    """How the questions of a contest came out: its column, number or title, and the outcome."""
    aggregates: bool = False
    alone: bool = False
    """Means over everybody are the person's own: nobody else forecast (PredictionBook's CSV)."""


class PlannedForecast(NamedTuple):
    """A forecast of a file: positions in `predictions` and `people`, microseconds since 1970-01-01 UTC; `row` is where
    it stands in the file."""

    prediction: int
    who: int
    at: int
    probability: float | None = None
    option: int | None = None
    quantiles: tuple[tuple[float, float], ...] = ()
    comment: str = ""
    withdrawn: bool = False
    key: str = ""
    row: int = 0

    @property
    def says_belief(self) -> bool:
        """Whether it is more than a comment."""
        return self.probability is not None or bool(self.quantiles) or self.withdrawn


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPrediction:
    """A prediction of a file, without ids. `creator` and `resolvers` are positions in `people`; `resolutions[i]` was
    given by `resolvers[i]` (None: the file does not say)."""

    prediction: Prediction
    creator: int | None = None
    resolutions: tuple[Resolution, ...] = ()
    resolvers: tuple[int | None, ...] = ()
    edits: tuple[StatementEdit, ...] = ()
    seals: tuple[Seal, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Rows that were not read (or are in no score), by their number in the file, and why, as a sentence."""

    rows: tuple[int, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictionPlan:
    """All of a file. `scale` and `zone` are sentences of what was understood; `asks_scale`: it cannot be told whether
    probabilities are shares or per cents, and nothing is stored before somebody says so. `me` is a position in
    `people`, None while nobody said who it is. `notes` say what the file does not hold or what was left out.
    """

    source: Source
    title: str
    people: tuple[str, ...]
    predictions: tuple[PlannedPrediction, ...]
    forecasts: Sequence[PlannedForecast]
    scale: str = ""
    asks_scale: bool = False
    asks_date: bool = False
    """Nothing in the file says when forecasts were made: somebody has to (ReadOptions.at)."""
    columns: tuple[tuple[str, str], ...] = ()
    """Which header of a spreadsheet was taken for what (see spreadsheet.FIELDS), and `headers` all there are."""
    headers: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    """What stands in the columns named by `headers`, a cell or two of each."""
    means: bool = False
    """It holds means over everybody, which are somebody's own only if they say so (ReadOptions.alone)."""
    zone: str = ""
    me: int | None = None
    notes: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()
    unscored: tuple[Refused, ...] = ()
    """What is kept as the file has it, but in no score."""
    seals_taken_back: tuple[str, ...] = ()
    """Digests of seals that were taken back in the log the file came from."""

    @property
    def n_forecasts(self) -> int:
        """How many forecasts there are; a mere comment is none."""
        return self.forecasts_of.total()

    @property
    def forecasts_of(self) -> Counter[str]:
        """How many forecasts each person has; a mere comment is none."""
        counts = Counter(one.who for one in self.forecasts if one.says_belief)
        return Counter({name: counts.get(number, 0) for number, name in enumerate(self.people)})


@dataclass(slots=True)
class Draft:
    """A plan while a file is read: people and predictions get their positions as they come."""

    people: dict[str, int] = field(default_factory=dict)
    predictions: dict[str, PlannedPrediction] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    forecasts: list[PlannedForecast] = field(default_factory=list)
    refused: dict[str, list[int]] = field(default_factory=dict)

    def person(self, name: str) -> int:
        """The position of somebody, new or known."""
        return self.people.setdefault(name, len(self.people))

    def add(self, planned: PlannedPrediction, *, key: str = "") -> int:
        """The position of a prediction by its key (that of its file, or the one given); a second one replaces it."""
        key = key or planned.prediction.key
        self.predictions[key] = planned
        return self.places.setdefault(key, len(self.places))

    def refuse(self, row: int, reason: str) -> None:
        """Note a row that is not read; rows with the same reason are told together."""
        self.refused.setdefault(reason, []).append(row)

    def refusals(self) -> tuple[Refused, ...]:
        """What was refused, by reason."""
        return tuple(Refused(rows=tuple(rows), reason=reason) for reason, rows in self.refused.items())
