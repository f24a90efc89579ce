"""Steps that say how numbers were read: units, ranges, limits, currencies, bounds, and what could not be read."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_number
from surveyapp.domain.column import Entry
from surveyapp.domain.question import DatePart, Kind, Missing, Question, RangeRule
from surveyapp.domain.recipe import RecipeStep
from surveyapp.importers.cell.reading import NUMERIC
from surveyapp.services.recipe.effect import Effect
from surveyapp.services.recipe.words import about

MEASURED = (Kind.NUMBER, Kind.PROBABILITY, Kind.DATE)
"""Kinds whose cells are read as quantities."""


def number_steps(effects: Sequence[Effect]) -> list[RecipeStep]:
    """Question by question, in the order in which a cell is read; then what holds for many in one step each."""
    rules: tuple[Callable[[Effect], RecipeStep | None], ...] = (_replaced, _years, _ranges, _limits, _rates, _unit)
    steps = [rule(effect) for effect in effects for rule in rules]
    steps += [_dressed(effects), _shares(effects), _bounds(effects), _unread(effects)]
    return [step for step in steps if step is not None]


def _together(counted: Sequence[tuple[Effect, int, str]], sentence: str, reason: str) -> RecipeStep | None:
    """One step for the questions (effect, count, further words) where the count is not 0."""
    found = [item for item in counted if item[1]]
    if not found:
        return None
    total = sum(count for _effect, count, _words in found)
    listed = ", ".join(
        f"“{effect.question.title}” ({', '.join(part for part in (fmt_count(count), words) if part)})"
        for effect, count, words in found
    )
    step = RecipeStep(sentence=sentence % {"n": fmt_count(total), "questions": listed}, reason=reason, count=total)
    return about(found[0][0].question, step) if len(found) == 1 else step


def _step(effect: Effect, count: int, sentence: str, reason: str = "", **more: str) -> RecipeStep | None:
    if not count:
        return None
    values = {"n": fmt_count(count), "question": effect.question.title, **more}
    return about(effect.question, RecipeStep(sentence=sentence % values, reason=reason, count=count))


def _replaced(effect: Effect) -> RecipeStep | None:
    if effect.question.kind not in MEASURED or not effect.question.replacements:
        return None
    count = effect.without(replacements=())
    sentence = ngettext(
        "%(n)s answer to “%(question)s” is read as something else than was typed.",
        "%(n)s answers to “%(question)s” are read as something else than was typed.",
        count,
    )
    return _step(
        effect,
        count,
        sentence,
        _("They are in another unit, or in words that no rule reads; the list is in the saved decisions."),
    )


def _years(effect: Effect) -> RecipeStep | None:
    if effect.question.part is not DatePart.YEAR or effect.question.kind not in NUMERIC:
        return None
    count = effect.without(part=DatePart.NONE)
    sentence = ngettext(
        "%(n)s answer to “%(question)s” is a year of two digits and read with its century.",
        "%(n)s answers to “%(question)s” are years of two digits and read with their century.",
        count,
    )
    return _step(effect, count, sentence, _("No year is after the latest that was typed whole."))


def taken_words(rule: RangeRule) -> str:
    """Which of the numbers or days that a range may mean is taken."""
    return {
        RangeRule.UNREAD: _("no answer"),
        RangeRule.LOW: _("their lower end"),
        RangeRule.MIDDLE: _("their middle"),
        RangeRule.HIGH: _("their upper end"),
    }[rule]


def _ranges(effect: Effect) -> RecipeStep | None:
    rule = effect.question.ranges
    if rule is RangeRule.UNREAD:
        return None
    taken = taken_words(rule)
    count = effect.without(ranges=RangeRule.UNREAD)
    sentence = ngettext(
        "%(n)s answer to “%(question)s” is a range and read as %(taken)s.",
        "%(n)s answers to “%(question)s” are ranges and read as %(taken)s.",
        count,
    )
    if effect.question.kind is Kind.DATE:
        sentence = ngettext(
            "%(n)s answer to “%(question)s” is a part of a date, such as a month, and read as a day: %(taken)s.",
            "%(n)s answers to “%(question)s” are parts of dates, such as a month, and read as a day: %(taken)s.",
            count,
        )
    return _step(
        effect,
        count,
        sentence,
        taken=taken,
    )


def _limits(effect: Effect) -> RecipeStep | None:
    if not effect.question.limits:
        return None
    count = effect.without(limits=False)
    sentence = ngettext(
        "%(n)s answer to “%(question)s” is a limit (“at least”, “more than”) and read as that number.",
        "%(n)s answers to “%(question)s” are limits (“at least”, “more than”) and read as that number.",
        count,
    )
    return _step(
        effect,
        count,
        sentence,
    )


def _rates(effect: Effect) -> RecipeStep | None:
    rates = effect.question.rates
    if not rates:
        return None
    listed = ", ".join(f"1 {rate.unit} = {fmt_number(rate.factor)} {effect.question.unit}".strip() for rate in rates)
    count = effect.without(rates=())
    sentence = ngettext(
        "%(n)s answer to “%(question)s” was converted: %(rates)s.",
        "%(n)s answers to “%(question)s” were converted: %(rates)s.",
        count,
    )
    return _step(
        effect,
        count,
        sentence,
        rates=listed,
    )


_MILLION = 1e6
_PLAIN = re.compile(r"^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$")


def _dressed(effects: Sequence[Effect]) -> RecipeStep | None:
    """Numbers that stood with more than digits, and points that were read as signs of thousands."""
    numbers = [effect for effect in effects if effect.question.kind in NUMERIC]
    counted = [(effect, effect.count_texts(_is_dressed), "") for effect in numbers]
    sentence = ngettext(
        "%(n)s answer was typed with more than digits and is read as a number: %(questions)s.",
        "%(n)s answers were typed with more than digits and are read as numbers: %(questions)s.",
        sum(count for _effect, count, _words in counted),
    )
    reason = _("Such as thousands apart, a decimal comma, a currency, a unit, %, k, million or “about”.")
    return _together(counted, sentence, reason)


def _is_dressed(text: str, entry: Entry) -> bool:
    if not isinstance(entry.value, (int, float)):
        return False
    if not _PLAIN.match(text):
        return True
    return "." in text and entry.value != 0 and math.isclose(entry.value, 1000 * float(text))


def _shares(effects: Sequence[Effect]) -> RecipeStep | None:
    """Shares of 1: the entries of one text differ between people, so the cells that were raised are counted."""
    counted = [(effect, effect.raised(100.0), "") for effect in effects if effect.question.shares is not None]
    sentence = ngettext(
        "%(n)s answer was typed as a share of 1 and is read as percent: %(questions)s.",
        "%(n)s answers were typed as shares of 1 and are read as percent: %(questions)s.",
        sum(count for _effect, count, _words in counted),
    )
    reason = _("By people who answered the attention check as a share and gave no number above 1 beside it.")
    return _together(counted, sentence, reason)


def _unit(effect: Effect) -> RecipeStep | None:
    question = effect.question
    if not question.unit_factor or question.high is None:
        return None
    count = effect.without(unit_factor=0.0, high=None)
    sentence = ngettext(
        "%(n)s answer to “%(question)s” above %(limit)s was divided by %(factor)s.",
        "%(n)s answers to “%(question)s” above %(limit)s were divided by %(factor)s.",
        count,
    )
    return _step(
        effect,
        count,
        sentence,
        _("They lie about that many times above the rest: given in the smaller unit, such as %(example)s.")
        % {"example": _("persons for thousands") if question.unit_factor < _MILLION else _("persons for millions")},
        limit=fmt_number(question.high),
        factor=fmt_number(question.unit_factor),
    )


def _bounds(effects: Sequence[Effect]) -> RecipeStep | None:
    counted = [(effect, effect.missing(Missing.OUT_OF_RANGE), _range(effect.question)) for effect in effects]
    sentence = ngettext(
        "%(n)s answer is out of range and left out of means: %(questions)s.",
        "%(n)s answers are out of range and left out of means: %(questions)s.",
        sum(count for _effect, count, _words in counted),
    )
    return _together(counted, sentence, _("What was typed is kept."))


def _range(question: Question) -> str:
    low, high = question.low, question.high
    if low is not None and high is not None:
        return _("expected %(low)s to %(high)s") % {"low": fmt_number(low), "high": fmt_number(high)}
    if low is not None:
        return _("expected from %(low)s") % {"low": fmt_number(low)}
    return _("expected up to %(high)s") % {"high": fmt_number(high)} if high is not None else ""


def _unread(effects: Sequence[Effect]) -> RecipeStep | None:
    counted = [(effect, effect.missing(Missing.UNREADABLE), "") for effect in effects]
    sentence = ngettext(
        "%(n)s answer could not be read and is left out: %(questions)s.",
        "%(n)s answers could not be read and are left out: %(questions)s.",
        sum(count for _effect, count, _words in counted),
    )
    return _together(counted, sentence, _("What was typed is kept."))
