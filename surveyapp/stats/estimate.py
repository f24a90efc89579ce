"""Parts that results share: a number with its interval, who it is about, a test, an effect, what weights did."""

from __future__ import annotations

from dataclasses import dataclass, field

from surveyapp.domain.question import Kind, Missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A number with its interval; `low`/`high` are None where no interval could be computed."""

    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Who a result is about.

    `total` people are in the base after filters, `base` of them could have answered (total less not shown), `n` did.
    `missing` counts the rest by reason, always summing with n to total.
    """

    total: int
    base: int
    n: int
    missing: dict[Missing, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotComputed:
    """A result that says why there is none. `reason` is a translated sentence: "Not computed: ..."."""

    question: str
    kind: Kind
    counted: Counted
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """A significance test as it is printed: `symbol`(`df`) = `statistic`, p, n.

    `method` is the translated name ("Welch's t test"), `df` has none, one or two entries, `n` people took part. `note`
    is a translated sentence where one is due ("simulated, B = 9,999, seed 1").
    """

    __test__ = False  # not a class of tests, whatever pytest thinks of its name

    method: str
    symbol: str
    statistic: float
    df: tuple[float, ...]
    p: float
    n: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """How large a difference or an association is, with its interval.

    `method` is the translated name ("Cramer's V, bias-corrected"), `symbol` the letter ("V"), `bounds` the smallest and
    largest value it can take (None: unbounded).
    """

    method: str
    symbol: str
    value: Estimate
    bounds: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighting:
    """What weights did to a number: their name, Kish's effective n of those who answered, and the design effect.

    `n_without` of those who answered have a weight of 0: they are counted as people, and move no share or mean.
    """

    name: str
    n_effective: float
    design_effect: float
    n_without: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Histogram:
    """Equal bins: `edges` has one more entry than `counts`; values beyond the outer edges are clipped into the ends.

    `open_low` / `open_high` say that the first / last bin gathers everything below / above. `shares` are the weighted
    shares of the bins; () without weights.
    """

    edges: tuple[float, ...]
    counts: tuple[int, ...]
    open_low: bool = False
    open_high: bool = False
    shares: tuple[float, ...] = ()

    def share(self, number: int) -> float:
        """The share of a bin, weighted where the result is."""
        if self.shares:
            return self.shares[number]
        return self.counts[number] / max(sum(self.counts), 1)
