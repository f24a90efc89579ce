"""Steps that say how numbers were read: units, ranges, limits, currencies, bounds, and what could not be read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_number
from surveyapp.domain.question import Missing, Question, RangeRule
from surveyapp.domain.recipe import RecipeStep
from surveyapp.services.recipe.effect import Effect
from surveyapp.services.recipe.words import about


def number_steps(effects: Sequence[Effect]) -> list[RecipeStep]:
    """Question by question, in the order in which a cell is read."""
    rules: tuple[Callable[[Effect], RecipeStep | None], ...] = (
        _replaced,
        _ranges,
        _limits,
        _rates,
        _shares,
        _unit,
        _bounds,
        _unread,
    )
    return [step for effect in effects for rule in rules if (step := rule(effect)) is not None]


def _step(effect: Effect, count: int, sentence: str, reason: str = "", **more: str) -> RecipeStep | None:
    if not count:
        return None
    values = {"n": fmt_count(count), "question": effect.question.title, **more}
    return about(effect.question, RecipeStep(sentence=sentence % values, reason=reason, count=count))


def _replaced(effect: Effect) -> RecipeStep | None:
    if not effect.question.replacements:
        return None
    count = effect.without(replacements=())
    sentence = ngettext(
        "%(n)s answer to “%(question)s” is read as a person decided.",
        "%(n)s answers to “%(question)s” are read as a person decided.",
        count,
    )
    return _step(
        effect,
        count,
        sentence,
        _("Typed in words or signs that no rule reads; the list is in the saved decisions."),
    )


def _ranges(effect: Effect) -> RecipeStep | None:
    rule = effect.question.ranges
    if rule is RangeRule.UNREAD:
        return None
    taken = {
        RangeRule.LOW: _("their lower end"),
        RangeRule.MIDDLE: _("their middle"),
        RangeRule.HIGH: _("their upper end"),
    }[rule]
    count = effect.without(ranges=RangeRule.UNREAD)
    sentence = ngettext(
        "%(n)s answer to “%(question)s” is a range and read as %(taken)s.",
        "%(n)s answers to “%(question)s” are ranges and read as %(taken)s.",
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


def _shares(effect: Effect) -> RecipeStep | None:
    """Shares of 1: the entries of one text differ between people, so the cells that were raised are counted."""
    if effect.question.shares is None:
        return None
    count = effect.raised(100.0)
    sentence = ngettext(
        "%(n)s answer to “%(question)s” was typed as a share of 1 and is read as percent.",
        "%(n)s answers to “%(question)s” were typed as shares of 1 and are read as percent.",
        count,
    )
    return _step(
        effect,
        count,
        sentence,
        _("By people who answered the attention check as a share and gave no number above 1 beside it."),
    )


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
        _("They lie about that many times above the rest: given in the smaller unit, such as persons for millions."),
        limit=fmt_number(question.high),
        factor=fmt_number(question.unit_factor),
    )


def _bounds(effect: Effect) -> RecipeStep | None:
    count = effect.missing(Missing.OUT_OF_RANGE)
    sentence = ngettext(
        "%(n)s answer to “%(question)s” is out of range%(range)s and left out of means.",
        "%(n)s answers to “%(question)s” are out of range%(range)s and left out of means.",
        count,
    )
    return _step(
        effect,
        count,
        sentence,
        range=_range(effect.question),
    )


def _range(question: Question) -> str:
    low, high = question.low, question.high
    if low is not None and high is not None:
        return " (" + _("%(low)s to %(high)s") % {"low": fmt_number(low), "high": fmt_number(high)} + ")"
    if low is not None:
        return " (" + _("from %(low)s") % {"low": fmt_number(low)} + ")"
    return " (" + _("up to %(high)s") % {"high": fmt_number(high)} + ")" if high is not None else ""


def _unread(effect: Effect) -> RecipeStep | None:
    count = effect.missing(Missing.UNREADABLE)
    sentence = ngettext(
        "%(n)s answer to “%(question)s” could not be read and is left out.",
        "%(n)s answers to “%(question)s” could not be read and are left out.",
        count,
    )
    return _step(
        effect,
        count,
        sentence,
        _("What was typed is kept."),
    )
