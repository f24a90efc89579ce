"""Of whom a question was asked: people who gave certain answers, or numbers within bounds, to another question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Sign(StrEnum):
    """How a number stands to a bound."""

    ABOVE = ">"
    AT_LEAST = ">="
    BELOW = "<"
    AT_MOST = "<="
    EQUAL = "="
    NOT = "!="


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """What a number must be: `sign` and `value` read as in "> 0"."""

    sign: Sign
    value: float

    def holds(self, number: float) -> bool:
        """Whether the number is such."""
        match self.sign:
            case Sign.ABOVE:
                return number > self.value
            case Sign.AT_LEAST:
                return number >= self.value
            case Sign.BELOW:
                return number < self.value
            case Sign.AT_MOST:
                return number <= self.value
            case Sign.EQUAL:
                return number == self.value
            case Sign.NOT:
                return number != self.value

    def __str__(self) -> str:
        value = self.value
        whole = value.is_integer() and abs(value) < 1e15
        return f"{self.sign} {int(value) if whole else repr(value)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownIf:
    """A question was asked only of people who gave one of `labels` in another column (header and occurrence), or a
    number for which all `bounds` hold (in the unit and scale of that column)."""

    column: str
    occurrence: int = 0
    labels: tuple[str, ...] = ()
    bounds: tuple[Bound, ...] = ()


_SPELLED = {"=>": ">=", "=<": "<=", "≥": ">=", "≤": "<=", "==": "=", "<>": "!=", "≠": "!="}
_BOUND = re.compile(
    r"\s*(?P<sign>>=|<=|=>|=<|==|!=|<>|[<>=≥≤≠])\s*(?P<value>[-−]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?)\s*%?\s*"
    r"(?:[,;&]+|\band\b)?",
    re.IGNORECASE,
)


def read_bounds(text: str) -> tuple[Bound, ...]:
    """The bounds of "> 0" or ">= 1 and < 10". Raises ValueError for anything else, nothing included."""
    bounds: list[Bound] = []
    place = 0
    while place < len(text):
        match = _BOUND.match(text, place)
        if match is None:
            raise ValueError(text)
        sign = _SPELLED.get(match["sign"], match["sign"])
        bounds.append(Bound(sign=Sign(sign), value=float(match["value"].replace("−", "-"))))
        place = match.end()
    if not bounds:
        raise ValueError(text)
    return tuple(bounds)


def write_bounds(bounds: Sequence[Bound]) -> str:
    """The inverse: "> 0", ">= 1, < 10"."""
    return ", ".join(map(str, bounds))


def holds(bounds: Sequence[Bound], number: float) -> bool:
    """Whether a number is within all bounds; within none at all if there are none."""
    return bool(bounds) and all(bound.holds(number) for bound in bounds)
