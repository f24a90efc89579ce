"""A typed number in the unit of its column: currencies by the column's rates, lengths and times by what they are.

The column's unit is that of the codebook (Question.unit: "USD", "cm", "hours per week"), its period also that of the
wording ("per month"). A cell in another currency, unit or period without a way to convert it is not read.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache

from surveyapp.domain.question import Question, Rate
from surveyapp.importers.cell import measure
from surveyapp.importers.cell.amount import read_amount
from surveyapp.importers.cell.currency import POUND, named_currency, same_currency
from surveyapp.importers.cell.typed import Typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """What the numbers of a column are in; "" where the codebook does not say."""

    currency: str = ""
    unit: str = ""
    per: str = ""
    percent: bool = False


_PERIOD = re.compile(
    r"\b(?:per|a|each|every|last|past|this)\s+(?P<word>hour|day|week|month|year)\b|"
    r"\b(?P<adverb>hourly|daily|weekly|monthly|yearly|annual|annually)\b|в\s+(?P<russian>месяц|год|неделю)\b",
    re.IGNORECASE,
)


def own_unit(question: Question) -> Own:
    """The column's currency, unit and period."""
    return _own(question.unit, question.text or question.column)


@lru_cache(maxsize=2000)
def _own(unit: str, wording: str) -> Own:
    amount = read_amount(f"1 {unit}", ".") if unit else None
    per = amount.per if amount else ""
    if not per:
        told = {word.lower() for match in _PERIOD.finditer(wording) for word in match.groups() if word}
        periods = {measure.EVERY.get(word) or measure.PERIODS[word] for word in told}
        per = periods.pop() if len(periods) == 1 else ""
    if amount is None:
        return Own(per=per)
    return Own(currency=amount.currency, unit=amount.unit, per=per, percent=amount.percent)


def conversion(typed: Typed, own: Own, rates: tuple[Rate, ...]) -> float | None:
    """What the typed number is multiplied by to be in the column's unit, None if that is not known."""
    known = {rate.unit.casefold(): rate.factor for rate in rates}
    parts = (_currency(typed, own, known), _measure(typed, own, known), _period(typed, own, known))
    factor = 1.0
    for part in parts:
        if part is None:
            return None
        factor *= part
    if typed.percent and (own.currency or own.unit):
        return None  # 10 % of something, where a sum was asked
    return factor if math.isfinite(factor) else None


def foreign(typed: Typed, own: Own) -> str:
    """The currency, unit or period of a cell that only a rate can convert; "" if there is none."""
    if _currency(typed, own, {}) is None:
        return named_currency(typed.currency) if own.currency else ""
    if _measure(typed, own, {}) is None:
        return typed.unit
    return typed.per if _period(typed, own, {}) is None else ""


def _currency(typed: Typed, own: Own, known: dict[str, float]) -> float | None:
    if not typed.currency:
        return 1.0
    if own.currency:
        if same_currency(typed.currency, own.currency):
            return 1.0
        return known.get(named_currency(typed.currency).casefold(), known.get(typed.currency.casefold()))
    if typed.currency == POUND and own.unit:
        return measure.unit_worth("lb", own.unit)
    return None if own.unit or own.percent else 1.0


def _measure(typed: Typed, own: Own, known: dict[str, float]) -> float | None:
    if not typed.unit:
        return 1.0
    if own.unit:
        worth = measure.unit_worth(typed.unit, own.unit)
        return known.get(typed.unit) if worth is None else worth
    if typed.unit == "m" and own.currency:
        return 1e6
    if own.currency or typed.unit in measure.NEEDS_UNIT:
        return known.get(typed.unit)
    return 1.0


def _period(typed: Typed, own: Own, known: dict[str, float]) -> float | None:
    return 1.0 if typed.per in ("", own.per) else known.get(typed.per)
