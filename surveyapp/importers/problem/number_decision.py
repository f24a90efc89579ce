"""What a person decides about numbers that are not read, as functions from one codebook entry to the next."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace

from surveyapp.domain.question import (
    Missing,
    MissingCode,
    Question,
    RangeRule,
    Rate,
    Replacement,
    Role,
    ShareCheck,
)
from surveyapp.domain.wave import Fix
from surveyapp.importers.cell.wording import clean


def with_replacements(question: Question, pairs: Sequence[tuple[str, str]]) -> Question:
    """The same for many texts at once; what was said of them before, missing codes too, no longer holds."""
    texts = {clean(text) for text, _becomes in pairs}
    kept = tuple(one for one in question.replacements if clean(one.text) not in texts)
    codes = tuple(code for code in question.missing_codes if clean(code.text) not in texts)
    new = tuple(Replacement(text=clean(text), becomes=clean(becomes)) for text, becomes in pairs if clean(becomes))
    return replace(question, replacements=(*kept, *new), missing_codes=codes)


def with_meaning(question: Question, texts: Sequence[str], meaning: Missing | None) -> Question:
    """The entry by which these texts are no answer, for that reason; None = they are read as answers again."""
    wanted = {clean(text) for text in texts}
    codes = tuple(code for code in question.missing_codes if clean(code.text) not in wanted)
    kept = tuple(one for one in question.replacements if clean(one.text) not in wanted)
    choices = tuple(choice for choice in question.choices if clean(choice.label) not in wanted)
    if meaning is None:
        return replace(question, missing_codes=codes, replacements=kept)
    new = tuple(MissingCode(text=text, meaning=meaning) for text in dict.fromkeys(map(clean, texts)) if text)
    return replace(question, missing_codes=(*codes, *new), replacements=kept, choices=choices)


def with_rate(question: Question, unit: str, factor: float | None) -> Question:
    """The entry by which one `unit` (currency, unit, period) is worth `factor` of the column's; None = no such rate."""
    kept = tuple(rate for rate in question.rates if rate.unit.casefold() != unit.casefold())
    return replace(question, rates=kept if factor is None else (*kept, Rate(unit=unit, factor=factor)))


def replace_fix(label: str, pairs: Sequence[tuple[str, str]]) -> Fix:
    """A fix by which these texts are read as others."""
    return Fix(action="replace", label=label, value=json.dumps([list(pair) for pair in pairs], ensure_ascii=False))


def meaning_fix(label: str, texts: Sequence[str], meaning: Missing) -> Fix:
    """A fix by which these texts are no answer."""
    return Fix(action="call_missing", label=label, value=json.dumps([meaning.value, *texts], ensure_ascii=False))


def rate_fix(label: str, rates: Sequence[tuple[str, float]]) -> Fix:
    """A fix by which these units are converted."""
    return Fix(action="rates", label=label, value=json.dumps([list(rate) for rate in rates], ensure_ascii=False))


def _replace(question: Question, value: str) -> Question:
    return with_replacements(question, [(text, becomes) for text, becomes in json.loads(value)])


def _call_missing(question: Question, value: str) -> Question:
    meaning, *texts = json.loads(value)
    return with_meaning(question, texts, Missing(meaning))


def _rates(question: Question, value: str) -> Question:
    for unit, factor in json.loads(value):
        question = with_rate(question, unit, float(factor))
    return question


def _shares(question: Question, value: str) -> Question:
    """ "0 header of the check": the check takes its own right answer as a share too."""
    occurrence, _space, column = value.partition(" ")
    question = replace(question, shares=ShareCheck(column=column, occurrence=int(occurrence)))
    if question.role is not Role.ATTENTION or "0.5" in question.expected.split(" | "):
        return question
    return replace(question, expected=f"{question.expected} | 0.5") if "50" in question.expected else question


NUMBER_DECISIONS: dict[str, Callable[[Question, str], Question]] = {
    "ranges": lambda question, value: replace(question, ranges=RangeRule(value)),
    "limits": lambda question, _value: replace(question, limits=True),
    "rates": _rates,
    "replace": _replace,
    "call_missing": _call_missing,
    "shares": _shares,
}
"""By Fix.action."""
