"""What a person asks for, as data: filters, bases, analyses, pins, reports. Saved in the workspace, run anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Operator(StrEnum):
    """How a condition compares."""

    IS = "is"
    IS_NOT = "is_not"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ANSWERED = "answered"
    MISSING = "missing"
    UNFLAGGED = "unflagged"
    FLAGGED = "flagged"
    SAVED = "saved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One filter chip: a question (by header and occurrence) or a flag, compared with values.

    `values` are choice labels for closed questions and numbers as text for the others; flags and saved filters are
    named by them; for MISSING they say which states of missing are meant (none: any). The chip holds for whom this or
    one of the `alternatives` holds; `negated`, for everybody else. All chips of a base must hold.
    """

    column: str = ""
    occurrence: int = 0
    operator: Operator
    values: tuple[str, ...] = ()
    alternatives: tuple[Condition, ...] = ()
    negated: bool = False

    @property
    def parts(self) -> tuple[Condition, ...]:
        """This comparison alone and its alternatives: one of them holds, or none if negated."""
        return (replace(self, alternatives=(), negated=False), *self.alternatives)


def any_of(conditions: Sequence[Condition], *, negated: bool = False) -> Condition:
    """One chip for whom at least one of the conditions holds (negated: none). ValueError without a condition."""
    if not conditions:
        raise ValueError("a filter needs a condition")
    first, *others = conditions
    if not others:
        return replace(first, negated=first.negated != negated)
    if any(condition.negated or condition.alternatives for condition in conditions):
        raise ValueError("alternatives are plain comparisons")
    return replace(first, alternatives=tuple(others), negated=negated)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedFilter:
    """Chips kept under a name; all of them must hold."""

    name: str
    conditions: tuple[Condition, ...]


INTERVALS = ("wilson", "jeffreys", "clopper-pearson", "agresti-coull")
"""The methods of the interval of a share that can be asked for; the first is the one that nobody asks for."""

NO_WAVE = 0
"""The wave of what is about none: a prediction log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """Whom a number is about: a wave, the conditions that all must hold, the interval level (0-1) and the weights.

    `weight` is the name of a weighting scheme of the workspace, "" for everybody counting once.
    """

    wave_id: int
    conditions: tuple[Condition, ...] = ()
    level: float = 0.95
    weight: str = ""


class AnalysisKind(StrEnum):
    """What is computed."""

    QUESTION = "question"
    GRID = "grid"
    CALIBRATION = "calibration"
    TIMELINE = "timeline"
    CROSS = "cross"
    """A cross-tab: `columns` in the rows, `by` in the columns, the first of `by` outermost."""
    GROUPS = "groups"
    """A number (`columns`) in the groups of a closed question (`by`)."""
    PAIR = "pair"
    """How two questions go together: `columns` has one, `by` the other."""
    SCREEN = "screen"
    """Everything with everything; with `columns`, only these with everything."""
    MATRIX = "matrix"
    """The correlations among `columns`."""
    REGRESSION = "regression"
    """An outcome (`columns`) on predictors (`by`)."""
    RELIABILITY = "reliability"
    """Whether the items of a scale (`columns`) measure one thing."""
    DROP_OFF = "drop_off"
    """Where people stopped answering."""
    CHANGE = "change"
    """The same questions over waves; without `columns`, all that are matched."""
    CONTROL = "control"
    """Members against another group: outcomes in `columns`, the group first in `by`, covariates after it."""
    LOG = "log"
    """How well the forecasts of the prediction log are calibrated; of no wave and no questions, the scope is in the
    options."""
    LEADERBOARD = "leaderboard"
    """Who of the prediction log forecasts how well; like all of the log, the scope is in the options."""
    CROWD = "crowd"
    """What all people of the prediction log say together of each prediction."""
    SITES = "sites"
    """Everybody's scores as other sites print them."""
    RANGES = "ranges"
    """How well the ranges that people gave for numbers and dates hold."""
    ANSWERS = "answers"
    """Scores of the log by the answers to a question (`by`); people are found by another one (`columns`)."""


OF_NO_WAVE = frozenset(
    {AnalysisKind.LOG, AnalysisKind.LEADERBOARD, AnalysisKind.CROWD, AnalysisKind.SITES, AnalysisKind.RANGES}
)
"""What is about the prediction log alone."""

OF_THE_LOG = OF_NO_WAVE | {AnalysisKind.ANSWERS}
"""What is computed from the prediction log: what is due in it changes with time, so that nothing of it is kept here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisSpec:
    """One question to the data. `columns` and `by` name questions by key, as the kind says; for a grid its items, for
    a calibration pair the estimate.

    `options` are the choices a person made, as pairs of a name and a value; each kind documents its own with its
    runner, and what is not there stands at the default.
    """

    kind: AnalysisKind
    columns: tuple[str, ...] = ()
    base: Base
    by: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()

    def option(self, name: str, default: str = "") -> str:
        """What was chosen for `name`."""
        return dict(self.options).get(name, default)

    def with_option(self, name: str, value: str) -> AnalysisSpec:
        """The same with another choice; an empty one stands for the default."""
        kept = {**dict(self.options), name: value}
        return replace(self, options=tuple(sorted((key, kept[key]) for key in kept if kept[key])))


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedAnalysis:
    """An analysis kept under a name."""

    name: str
    spec: AnalysisSpec


class BlockKind(StrEnum):
    """What stands in a report's outline."""

    TITLE = "title"
    METHOD = "method"
    HEADING = "heading"
    TEXT = "text"
    ANALYSIS = "analysis"
    APPENDIX = "appendix"


class ShowAs(StrEnum):
    """How an analysis is printed."""

    FIGURE = "figure"
    TABLE = "table"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One entry of a report's outline.

    `fingerprint` is that of the result when it was pinned or last updated: another one now means "changed".
    `small_cells` is "ask", "keep" or "hide" for counts under five. `pinned_at` is the moment of the fingerprint (ISO
    8601 with its offset); it is never printed.
    """

    id: str
    kind: BlockKind
    title: str = ""
    text: str = ""
    spec: AnalysisSpec | None = None
    show: ShowAs = ShowAs.FIGURE
    largest_first: bool = True
    intervals: bool = True
    counts: bool = True
    fingerprint: str = ""
    small_cells: str = "ask"
    pinned_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSpec:
    """A report as data: ordered blocks. The same data and the same spec give the same bytes of PDF."""

    id: int = 0
    name: str
    wave_id: int
    blocks: tuple[Block, ...] = field(default=())
