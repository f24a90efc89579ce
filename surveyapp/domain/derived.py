"""Derived questions: a new question made of others by a recipe that is data, never a formula."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from surveyapp.domain.analysis import Condition


class DerivedKind(StrEnum):
    """How a derived question is made of others."""

    GROUPED = "grouped"
    """Answers of a closed question gathered in groups."""
    BANDED = "banded"
    """A number cut at edges."""
    SCORE = "score"
    """The mean or the sum of items, reversed ones turned round."""
    INDEX = "index"
    """The mean of items, each standardised first: for items on different scales."""
    DIFFERENCE = "difference"
    """The first number less the second."""
    ANY_OF = "any_of"
    """Yes for whom one of the conditions holds."""
    LOG = "log"
    """The logarithm to base 10."""
    STANDARDISED = "standardised"
    """Mean 0 and standard deviation 1 among the people of the wave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Answers, by their labels, that count as one."""

    label: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """The recipe of a derived question; `columns` name questions as specifications do.

    GROUPED needs `groups`: an answer in none of them keeps its own label. BANDED needs ascending `edges`: a band
    reaches from an edge to below the next, with an open one at either end. SCORE and INDEX take the people who answered
    at least `least_answered` of the items (0: all of them), `reversed_columns` turned round; SCORE is their mean, or
    with `summed` the sum, missing items standing at the person's own mean. `offset` is added before a LOG is taken.
    ANY_OF holds where one of the `conditions` does.
    """

    name: str
    kind: DerivedKind
    columns: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    edges: tuple[float, ...] = ()
    reversed_columns: tuple[str, ...] = ()
    least_answered: int = 0
    summed: bool = False
    offset: float = 0.0
    conditions: tuple[Condition, ...] = ()
    note: str = ""
