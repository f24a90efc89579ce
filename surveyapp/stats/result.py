"""What statistics return. Shares and probabilities are 0-1, intervals carry level and method, nothing is ever NaN."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from surveyapp.domain.question import Kind
from surveyapp.stats.association.result import CorrelationMatrix, OptionAssociations, PairResult, ScreenResult
from surveyapp.stats.calibration.diagram import CalibrationBin, Corp, CredenceBar
from surveyapp.stats.calibration.log_result import LogResult
from surveyapp.stats.calibration.people_result import (
    AnswersResult,
    BoardResult,
    CrowdResult,
    RangesResult,
    SitesResult,
)
from surveyapp.stats.drop_off.result import DropOff
from surveyapp.stats.estimate import Counted, Estimate, Histogram, NotComputed, Weighting
from surveyapp.stats.group.result import GroupComparison
from surveyapp.stats.group_control.result import GroupControl
from surveyapp.stats.regression.result import Regression
from surveyapp.stats.scale.result import ScaleReliability
from surveyapp.stats.table.result import CrossTable
from surveyapp.stats.wave_change.result import AnswerChanges, AnswerSeries, ChangeScreen, WaveChange


@dataclass(frozen=True, slots=True, kw_only=True)
class FrequencyRow:
    """One choice: how many took it, which share of those who answered (or of the base, for multiple choice)."""

    code: int
    label: str
    count: int
    share: float
    low: float
    high: float
    other: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FrequencyTable:
    """Frequencies of a single choice, scale or date; every choice of the codebook has a row, also with 0."""

    question: str
    kind: Kind
    counted: Counted
    rows: tuple[FrequencyRow, ...]
    ordered: bool
    level: float
    method: str = "wilson"
    weighting: Weighting | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MultiTable:
    """Multiple choice: shares are of the base; `ticks` counts marks, `none_ticked` people without."""

    question: str
    kind: Kind
    counted: Counted
    rows: tuple[FrequencyRow, ...]
    ticks: int
    none_ticked: int
    level: float
    base_rule: str
    """A translated sentence: who counts as having seen the question."""
    method: str = "wilson"
    weighting: Weighting | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NumericSummary:
    """A number question. Quantiles are type 7; the median's interval is the binomial order-statistic one.

    `quantiles` holds the shares .05, .25, .5, .75, .95. `mean` has a t interval. `trimmed` is the 10 % trimmed mean.
    `n_outliers` counts robust outliers (beyond 3.5 MAD-based z, Iglewicz & Hoaglin 1993), which stay in.
    """

    question: str
    kind: Kind
    counted: Counted
    unit: str
    mean: Estimate
    sd: float | None
    median: Estimate
    minimum: float
    maximum: float
    quantiles: tuple[float, float, float, float, float]
    trimmed: float
    n_outliers: int
    histogram: Histogram
    log_suggested: bool
    level: float
    method: str = "t (mean), binomial order statistics (median)"
    weighting: Weighting | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbabilitySummary:
    """A probability question; all probabilities 0-1. `at_*` are Wilson estimates of the share at exactly 0, 50, 100 %
    (None where few people's are not to be published).

    `odds_mean` is the geometric mean of odds as a probability, of values clipped to .001-.999, `n_clipped` of them.
    """

    question: str
    kind: Kind
    counted: Counted
    mean: Estimate
    sd: float | None
    median: Estimate
    quantiles: tuple[float, float, float, float, float]
    at_zero: Estimate | None
    at_half: Estimate | None
    at_one: Estimate | None
    odds_mean: float
    n_clipped: int
    histogram: Histogram
    level: float
    method: str = "t (mean), binomial order statistics (median), wilson (shares)"
    weighting: Weighting | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GridItem:
    """One item of a battery: counts and shares per step, and the share of the upper steps ("for") with its interval.

    Counts at the places `hidden` are not to be published, nor then the mean; `upper_hidden`: nor that share.
    """

    question: str
    label: str
    counted: Counted
    counts: tuple[int, ...]
    shares: tuple[float, ...]
    upper: Estimate
    mean: float
    weighting: Weighting | None = None
    hidden: tuple[int, ...] = ()
    upper_hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GridTable:
    """A battery of scales with the same steps, sorted by the share of the upper steps."""

    question: str
    kind: Kind
    steps: tuple[str, ...]
    items: tuple[GridItem, ...]
    upper_label: str
    total: int
    level: float
    method: str = "wilson"
    weighting: Weighting | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSummary:
    """Free text and identifiers: how many wrote something, how long, how many different."""

    question: str
    kind: Kind
    counted: Counted
    n_distinct: int
    median_length: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationResult:
    """A census pair scored: the estimate against its key, and the stated confidence.

    `n_estimates` gave a readable estimate, `counted.n` both halves. `unit_repaired` estimates were divided by the
    unit rule's factor, `unit_divided` by the codebook's own before they came here.
    `gap` = mean confidence - share right, interval over people. `share_right` is among pairs.
    """

    question: str
    kind: Kind
    counted: Counted
    key_value: float
    key_tolerance: float
    key_set_by: str
    n_estimates: int
    unit_repaired: int
    unit_divided: int = 0
    share_right: Estimate
    mean_confidence: Estimate
    gap: Estimate
    brier: Estimate
    brier_reference: float
    bins: tuple[CalibrationBin, ...]
    corp: Corp
    credences: tuple[CredenceBar, ...]
    verdict: str
    """One translated sentence; says "on this question" and what a small n allows."""
    caveat: str
    level: float
    method: str = "wilson (shares), t (means), bootstrap over people (Brier), CORP"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelinePoint:
    """People who had answered by the end of `day`."""

    day: date
    count: int
    cumulative: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Responses over time; `earlier` is the previous wave on the same day numbers, if there is one."""

    question: str
    kind: Kind
    counted: Counted
    label: str
    points: tuple[TimelinePoint, ...]
    earlier_label: str = ""
    earlier: tuple[TimelinePoint, ...] = ()


Result = (
    NotComputed
    | FrequencyTable
    | MultiTable
    | NumericSummary
    | ProbabilitySummary
    | GridTable
    | TextSummary
    | CalibrationResult
    | LogResult
    | BoardResult
    | CrowdResult
    | SitesResult
    | RangesResult
    | AnswersResult
    | Timeline
    | CrossTable
    | GroupComparison
    | Regression
    | ScaleReliability
    | PairResult
    | OptionAssociations
    | ScreenResult
    | CorrelationMatrix
    | DropOff
    | GroupControl
    | ChangeScreen
    | AnswerChanges
    | WaveChange
    | AnswerSeries
)
