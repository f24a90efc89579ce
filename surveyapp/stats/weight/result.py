"""What making weights returns."""

from __future__ import annotations

from dataclasses import dataclass

from surveyapp.domain.weight import WeightKind
from surveyapp.stats.estimate import Histogram, Weighting
from surveyapp.stats.weight.design import Weights


@dataclass(frozen=True, slots=True, kw_only=True)
class CellMove:
    """One cell of a margin: `n` people, and its share before weighting, as wanted, and after (0-1)."""

    label: str
    n: int
    before: float
    target: float
    after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MarginMove:
    """What moved in one margin. Shares are among people with an answer; `n_missing` have none.

    Those keep the share of all weights, `missing`, that they had before.
    """

    name: str
    cells: tuple[CellMove, ...]
    n_missing: int
    missing: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightingResult:
    """What was made of a scheme. Weights are in units of their mean, so 1 is a person who counts as one.

    `n` people have a weight, `n_without` none (outside, no number in the column, or a weight of 0). `quantiles` holds
    the shares .05, .25, .5, .75, .95 of the weights (type 7). `rounds` counts the rounds of raking in all, `deviation`
    is the largest distance of a share from its target (0-1). `bounds` are the bounds of trimming (None above: open)
    and `n_trimmed` how many people were beyond them before; None where nothing was to be trimmed.
    """

    name: str
    kind: WeightKind
    n: int
    n_without: int
    weighting: Weighting
    smallest: float
    largest: float
    quantiles: tuple[float, float, float, float, float]
    histogram: Histogram
    rounds: int
    deviation: float
    margins: tuple[MarginMove, ...] = ()
    bounds: tuple[float, float | None] | None = None
    n_trimmed: int = 0
    method: str
    notes: tuple[str, ...] = ()
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighted:
    """Weights and what is told of them; `weights` holds arrays, `result` is plain data."""

    weights: Weights
    result: WeightingResult
