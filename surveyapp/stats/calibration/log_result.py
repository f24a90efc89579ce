"""What the scored forecasts of a prediction log show."""

from __future__ import annotations

from dataclasses import dataclass

from surveyapp.stats.calibration.cox import CoxLine
from surveyapp.stats.calibration.decomposition import Murphy
from surveyapp.stats.calibration.diagram import CalibrationBin, Corp, CredenceBar
from surveyapp.stats.calibration.log_verdict import VERDICT_N
from surveyapp.stats.estimate import Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidence:
    """Forecasts turned so that all are over 50 % (those of 50 % left out): how sure, how often right, the gap."""

    n: int
    n_even: int
    said: float
    right: float
    gap: Estimate
    """How sure less how often right; above 0 is overconfident."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogCalibration:
    """Scores are on the scale of 0 to 1, 0 best. `n` forecasts of `n_predictions` by `n_people`; `n_clusters` is 0
    where no two share a prediction or a person.

    `skill` is 1 - Brier / (rate (1 - rate)), None where everything came out alike. `cox` is None for the reason in
    `cox_reason`. `says` pairs a credence with how often it happens by that line.
    """

    n: int
    n_predictions: int
    n_people: int
    n_clusters: int
    base_rate: float
    brier: Estimate
    skill: float | None
    log_score: float
    n_clipped: int
    corp: Corp
    murphy: Murphy
    spiegelhalter: tuple[float, float] | None
    cox: CoxLine | None
    cox_reason: str
    confidence: Confidence | None
    says: tuple[tuple[float, float], ...]
    bins: tuple[CalibrationBin, ...]
    credences: tuple[CredenceBar, ...]
    folded: bool
    verdict: str
    """One translated sentence: what the evidence supports and no more."""
    explanation: str
    level: float

    @property
    def judged(self) -> CoxLine | None:
        """The line where there are forecasts enough for a verdict by it."""
        return self.cox if self.n >= VERDICT_N else None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoursePoint:
    """The mean score of a window of predictions, known from `first` to `last` (microseconds since 1970)."""

    first: int
    last: int
    score: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How the Brier score went: rolling means over `window` predictions, and the change in a year (below 0: better)."""

    window: int
    points: tuple[CoursePoint, ...]
    trend: Estimate
    level: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LogResult:
    """A prediction log scored: what is pinned, copied and printed. It names nobody's statements.

    `question` says whose predictions, `counting` which forecasts count; `left_out` are words and counts of the
    predictions of `n_predictions` that are in no score. `n_own_resolved` were settled by somebody who forecast them,
    `n_sealed` are sealed and not opened; `n_seals_taken_back` seals of the log are gone. `log_odds` and `over_time`
    say how it is drawn; `own`, that it is about the person who reads it.
    """

    question: str
    counting: str
    calibration: LogCalibration
    n_predictions: int
    left_out: tuple[tuple[str, int], ...]
    n_own_resolved: int
    n_sealed: int
    course: Course | None
    level: float
    n_seals_taken_back: int = 0
    own: bool = False
    log_odds: bool = False
    over_time: bool = False
    method: str = "wilson (bins), sandwich over clusters (slope), bootstrap or sandwich over clusters (Brier), CORP"
