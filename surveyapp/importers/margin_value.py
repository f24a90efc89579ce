"""The values of a margin as they are typed: 20 %, 0.2, 1 200, under a header that may say what they are."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.domain.weight import TargetUnit
from surveyapp.importers.cell.digits import decimal_sign, read_digits

_PERCENT_HEADER = re.compile(r"%|\bper ?cent(?:age)?s?\b|\bpct\b|\bprozent\b|\bпроцент", re.IGNORECASE)
_COUNT_HEADER = re.compile(
    r"^(?:n|counts?|people|persons?|numbers?|population|freq(?:uency|uencies)?|anzahl|число|количество)$", re.IGNORECASE
)
_SHARE_HEADER = re.compile(r"^(?:shares?|proportions?|targets?|fractions?|anteil|доля)$", re.IGNORECASE)
_SIGN = re.compile(r"\s*(?:%|٪|per ?cent\b|pct\b)$", re.IGNORECASE)
_VALUE = re.compile(r"^[-+−]?(?:\d[\d\s.,']*|[.,]\d+)$")
_NEAR = 0.011
"""Shares and per cent that people rounded add up to the whole within about one in a hundred."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value as typed, without its per cent sign."""

    line: int
    text: str
    percent: bool


def header_unit(header: str) -> TargetUnit | None:
    """What a header says of the values under it; None for one that says nothing."""
    if _PERCENT_HEADER.search(header) or _SHARE_HEADER.match(header):
        return TargetUnit.SHARE
    return TargetUnit.COUNT if _COUNT_HEADER.match(header) else None


def is_value(cell: str) -> bool:
    """Whether a cell is a number of people or a share."""
    return _VALUE.match(_SIGN.sub("", cell)) is not None


def read_value(line: int, cell: str) -> Value:
    """The value in a cell. Raises UserError if it is none."""
    plain = _SIGN.sub("", cell)
    if not is_value(cell):
        raise UserError(
            _("Line %(n)s: “%(cell)s” is not a share or a number of people.") % {"n": line, "cell": cell},
            _("Type for example 20 %, 0.2 or 1200."),
        )
    return Value(line, plain.replace("−", "-"), plain != cell)


def to_unit(values: Sequence[Value], header: str) -> tuple[TargetUnit, tuple[float, ...]]:
    """What the values of one margin are, and the numbers: shares as 0-1. Raises UserError, naming the line."""
    _check_signs(values)
    sign = decimal_sign([value.text for value in values])
    numbers = [_number(value, sign) for value in values]
    total = float(sum(numbers))
    percent = values[0].percent or _PERCENT_HEADER.search(header) is not None
    unit = header_unit(header)
    if not percent and unit is not TargetUnit.COUNT:
        percent = abs(total / 100 - 1) <= _NEAR
    if percent:
        return TargetUnit.SHARE, tuple(float(number / 100) for number in numbers)
    if unit is TargetUnit.SHARE or (unit is None and abs(total - 1) <= _NEAR):
        return TargetUnit.SHARE, tuple(map(float, numbers))
    return TargetUnit.COUNT, tuple(map(float, numbers))


def _check_signs(values: Sequence[Value]) -> None:
    odd = next((value for value in values if value.percent is not values[0].percent), None)
    if odd is not None:
        raise UserError(
            _("Line %(n)s: some targets of this question have a per cent sign, and some do not.") % {"n": odd.line},
            _("Write all of them in the same way."),
        )


def _number(value: Value, sign: str) -> Decimal:
    """Exact in decimals: 20.3 % is the share .203, not the nearest binary number to a hundredth of 20.3."""
    number = read_digits(value.text.replace("\u00a0", " ").replace("\u202f", " "), sign)
    if number is None or not math.isfinite(number) or number < 0:
        raise UserError(
            _("Line %(n)s: “%(value)s” is not a number above 0.") % {"n": value.line, "value": value.text},
            _("Type for example 20 %, 0.2 or 1200."),
        )
    return Decimal(repr(number))
