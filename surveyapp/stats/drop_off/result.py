"""What drop-off returns."""

from __future__ import annotations

from dataclasses import dataclass

from surveyapp.stats.estimate import Counted, Estimate, Histogram, NotComputed, Weighting


@dataclass(frozen=True, slots=True, kw_only=True)
class DropPoint:
    """One question in the order of the form: `still` people answered it or a later one, `lost` of those who were still
    there at the question before are not. `share` is of all who answered anything, with its Wilson interval."""

    question: str
    title: str
    section: str
    still: int
    share: Estimate
    lost: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section and the place of its first question (from 0)."""

    name: str
    first: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """The largest single loss: `n` people stopped after `before` and did not reach `after`, `share` of those who were
    still there."""

    place: int
    before: str
    after: str
    n: int
    share: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """How long people took, in minutes; quantiles are those of .05, .25, .5, .75, .95. `n_long` took longer than twice
    the 95th percentile: they probably left the page open, and stay in."""

    question: str
    counted: Counted
    median: Estimate
    quantiles: tuple[float, float, float, float, float]
    histogram: Histogram
    n_long: int
    log_suggested: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DropOff:
    """The step curve of people still answering. `counted.n` answered anything; `n_end` reached the last question."""

    question: str
    counted: Counted
    points: tuple[DropPoint, ...]
    sections: tuple[Section, ...]
    largest: Loss | None
    n_end: int
    minutes: Minutes | NotComputed | None
    level: float
    method: str
    notes: tuple[str, ...]
    sentence: str
    weighting: Weighting | None = None
