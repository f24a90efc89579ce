"""The unit of a column of numbers: a currency its header names, or what most people typed beside their number."""

from __future__ import annotations

import re
from collections import Counter

from surveyapp.importers.cell.currency import named_currency, one_currency
from surveyapp.importers.cell.digits import decimal_sign
from surveyapp.importers.cell.measure import unit_worth
from surveyapp.importers.cell.typed import Typed, read_typed
from surveyapp.importers.guess.sample import Sample

_LOOKED_AT = 3000
_ENOUGH = 0.2
"""So many answers must carry the unit for the bare ones to be taken in it, unless units contradict each other."""
_HEADER = (
    (re.compile(r"\b(?:us|u\.s\.|american) dollars?\b|\busd\b|us ?\$|\$ ?us", re.IGNORECASE), "USD"),
    (re.compile(r"\bcanadian dollars?\b|\bcad\b|ca?\$", re.IGNORECASE), "CAD"),
    (re.compile(r"\baustralian dollars?\b|\baud\b|au?\$", re.IGNORECASE), "AUD"),
    (re.compile(r"€|\beuros?\b|\beur\b|\bевро\b", re.IGNORECASE), "EUR"),
    (re.compile(r"£|\bpounds? sterling\b|\bbritish pounds?\b|\bgbp\b", re.IGNORECASE), "GBP"),
    (re.compile(r"\bchf\b|\bswiss francs?\b", re.IGNORECASE), "CHF"),
    (re.compile(r"₽|\bрубл\w*|\bв руб\b|\brub\b|\brou?bles?\b", re.IGNORECASE), "RUB"),
    (re.compile(r"\$|\bdollars?\b", re.IGNORECASE), "USD"),
)
_NEUTRAL = frozenset(["year"])
"""Said of ages; the number is the same."""


def guess_unit(sample: Sample) -> str:
    """The unit for a column of numbers, "" if neither header nor cells tell."""
    for pattern, code in _HEADER:
        if pattern.search(sample.header):
            return code
    return _typed_unit(sample)


def _typed_unit(sample: Sample) -> str:
    """What people typed beside their numbers."""
    dressed = [(text, n) for text, n in sample.cells[:_LOOKED_AT] if not text.isdigit() and _has_word(text)]
    if not dressed:
        return ""
    decimal = decimal_sign(sample.labels)
    found = [(typed, n) for text, n in dressed if (typed := read_typed(text, decimal=decimal)) is not None]
    percent = sum(n for typed, n in found if typed.percent)
    if percent >= 0.5 * sample.answered:
        return "%"
    money = _counted(found, "currency")
    if money:
        return _currency(money, sample.answered)
    units = Counter({unit: n for unit, n in _counted(found, "unit").items() if unit not in _NEUTRAL})
    if not units:
        return ""
    unit, most = units.most_common(1)[0]
    mixed = any(other != unit and unit_worth(other, unit) is not None for other in units)
    return unit if mixed or most >= _ENOUGH * sample.answered else ""


def _has_word(text: str) -> bool:
    return any(not (char.isdigit() or char in ".,-+ ") for char in text)


def _counted(found: list[tuple[Typed, int]], name: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for typed, n in found:
        if value := getattr(typed, name):
            counts[value] += n
    return counts


def _currency(counts: Counter[str], answered: int) -> str:
    """The commonest currency; signs that several share go to the commonest of theirs that is named outright."""
    merged: Counter[str] = Counter()
    plain = [code for code, _n in counts.most_common() if named_currency(code) == code and code.isupper()]
    for code, n in counts.items():
        if code in plain:
            merged[code] += n
            continue
        usual = named_currency(code)
        own = next((known for known in plain if one_currency({code, known})), usual) if usual == code else usual
        merged[own] += n
    code, most = merged.most_common(1)[0]
    return code if len(merged) > 1 or most >= _ENOUGH * answered else ""
