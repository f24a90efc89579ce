"""What numbers by group return: a row for each group, tests of the differences and how large these are."""

from __future__ import annotations

from dataclasses import dataclass

from surveyapp.domain.question import Kind
from surveyapp.stats.estimate import Counted, Effect, Estimate, Test, Weighting


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow:
    """One group, in the unit of the question; probabilities are 0-1. Without people everything but `n` is None.

    `share` is the share of people described by `GroupComparison.share_label`. `quantiles` hold the shares .05, .25, .5,
    .75, .95 (type 7; with weights see weight.moment).
    """

    code: int | None
    label: str
    n: int
    mean: Estimate | None
    sd: float | None
    median: Estimate | None
    quantiles: tuple[float, float, float, float, float] | None
    minimum: float | None
    maximum: float | None
    share: Estimate | None
    other: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupPair:
    """Two groups compared: `difference` is first less second, `p` after the correction for all pairs."""

    first: str
    second: str
    difference: Estimate
    statistic: float
    df: float | None
    p: float
    effect: Effect | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """All pairs by one method; () of `rows` where there are none. `together`: the intervals, of differences and of
    effects, hold for all pairs at once, as p does; else each stands for its own pair alone."""

    method: str
    symbol: str
    rows: tuple[GroupPair, ...]
    together: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupComparison:
    """A number by the groups of another question.

    `rows` hold every choice of the codebook, `total` all who answered both. `tests` begin with the default one. Groups
    of a multiple choice (`overlapping`) share people: there each option is compared with those who did not tick it,
    and there is no test of all. `difference` is first less second of exactly two groups. `picture` is "means" or
    "boxes"; `all_pairs` says that the table of all pairs goes with it.
    """

    question: str
    kind: Kind
    value_label: str
    group_label: str
    unit: str
    counted: Counted
    level: float
    method: str
    rows: tuple[GroupRow, ...]
    total: GroupRow
    share_label: str
    overlapping: bool
    difference: Estimate | None
    tests: tuple[Test, ...]
    effects: tuple[Effect, ...]
    pairs: tuple[Pairs, ...]
    notes: tuple[str, ...]
    sentence: str
    weighting: Weighting | None = None
    ordered: bool = False
    """Whether the groups have an order of their own."""
    picture: str = "means"
    all_pairs: bool = False
