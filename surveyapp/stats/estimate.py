"""Parts that results of several questions share: a test, an effect, what weights did. Nothing is ever NaN."""

from __future__ import annotations

from dataclasses import dataclass

from surveyapp.stats.result import Estimate


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
    """What weights did to a number: their name, Kish's effective n of those who answered, and the design effect."""

    name: str
    n_effective: float
    design_effect: float
