"""What the people of a prediction log come to: ranks, the crowd, other sites' scores, ranges, scores by answers.

Each has a title (`question`), one translated `sentence` ("" for none), and `notes`: the rules, and what was counted.
"""

from __future__ import annotations

from dataclasses import dataclass

from surveyapp.stats.calibration.group_score import GroupScore
from surveyapp.stats.calibration.interval_forecast import LevelScore
from surveyapp.stats.calibration.leaderboard import RANK_LEVEL, Measure, Standing
from surveyapp.stats.estimate import Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedStanding:
    """A person with their scores and rank; `me` is who reads it."""

    name: str
    me: bool
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardResult:
    """People by rank, then those without one. `level` is that of the ranges of ranks."""

    question: str
    sentence: str
    measure: Measure
    lines: tuple[NamedStanding, ...]
    n_predictions: int
    notes: tuple[str, ...]
    level: float = RANK_LEVEL
    method: str = "resampling of predictions (ranks)"

    @property
    def n_ranked(self) -> int:
        """How many bear a rank."""
        return sum(line.standing.rank is not None for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class CrowdScore:
    """How good each way to put a crowd together was, over events that two people or more forecast: Brier scores, 0
    best, with intervals over predictions. `single` is that of a person picked at random from each crowd."""

    n_events: int
    odds_mean: Estimate
    mean: Estimate
    median: Estimate
    single: Estimate
    counted: str = ""
    """How many predictions are in it and why others are not, translated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrowdRow:
    """What `n` people say of one prediction, or of an option of one, by its `number` in the log: probabilities, 0-1.
    `outcome` is whether it came out, None while that is open."""

    number: int
    words: str
    n: int
    odds_mean: float
    mean: float
    median: float
    outcome: bool | None
    hidden: bool = False
    """Whether `words` stand for a statement that is private."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrowdResult:
    """The rows that most people forecast first; `score` is None where no two people share what came out."""

    question: str
    sentence: str
    rows: tuple[CrowdRow, ...]
    score: CrowdScore | None
    notes: tuple[str, ...]
    level: float
    n_private: int = 0
    """So many of the predictions are private, whether their words are among the rows or not."""
    method: str = "bootstrap or sandwich over predictions (Brier)"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteMeans:
    """One person's means as other sites print them, over the scored predictions: of the last forecast before the date,
    PredictionBook's of every forecast with its "error". Those that compare are None where nobody shares one."""

    name: str
    n: int
    baseline: float
    peer: float | None
    fatebook: float
    fatebook_relative: float | None
    predictionbook: float
    predictionbook_error: float
    baseline_time: float | None = None
    """Metaculus' baseline score averaged over the time each prediction was open, as is its peer score."""
    peer_time: float | None = None
    coverage: float | None = None
    """The mean share of that time in which a forecast stood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SitesResult:
    """A line per person, by name."""

    question: str
    sentence: str
    lines: tuple[SiteMeans, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RangesResult:
    """`levels` are all ranges of one level, the narrowest first; `parts` the same of each unit, where there are
    several: only there have widths and Winkler's score a sense."""

    question: str
    sentence: str
    levels: tuple[LevelScore, ...]
    parts: tuple[tuple[str, tuple[LevelScore, ...]], ...]
    notes: tuple[str, ...]
    level: float
    method: str = "wilson (shares), bootstrap over predictions (Winkler)"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersResult:
    """Scores by answer, in the order of the answers; answers of too few people are not among them."""

    question: str
    sentence: str
    groups: tuple[tuple[str, GroupScore], ...]
    notes: tuple[str, ...]
    level: float
    method: str = "bootstrap or sandwich over people"


PeopleResult = BoardResult | CrowdResult | SitesResult | RangesResult | AnswersResult
