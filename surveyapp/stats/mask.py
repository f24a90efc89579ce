"""Filters: which people a condition holds for. Flags are looked up by the services, everything else here."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _
from surveyapp.domain.analysis import Condition, Operator
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Choice, Kind, Missing
from surveyapp.stats.answers import MISSING_CODES, Answers
from surveyapp.stats.count import reasons

Mask = NDArray[np.bool_]


def holds(condition: Condition, answers: Answers) -> Mask:
    """For whom the condition holds, shape (n,).

    IS: one of the labels, numbers, dates or texts was given (multiple choice: any of them ticked). IS_NOT: an answer
    was given, and none of them. MISSING: no answer, for any or one of the named reasons. AT_LEAST / AT_MOST compare
    numbers, dates (a day includes all its hours) and the steps of an ordered question. People without an answer fulfil
    only MISSING, and IS with the label of a choice that stands for a missing answer. Raises UserError for a label or
    number the question cannot have.
    """
    why = reasons(answers)
    answered: Mask = np.asarray(why == 0)
    match condition.operator:
        case Operator.ANSWERED:
            return answered
        case Operator.MISSING if condition.values:
            return np.isin(why, [MISSING_CODES[Missing(value)] for value in condition.values])
        case Operator.MISSING:
            return ~answered
        case Operator.IS:
            return _any_of(condition, answers, why)
        case Operator.IS_NOT:
            return np.asarray(answered & ~_any_of(condition, answers, why))
        case Operator.AT_LEAST | Operator.AT_MOST:
            return np.asarray(answered & _compared(condition, answers))
        case _:
            raise ValueError("flags are not answers")


def _any_of(condition: Condition, answers: Answers, why: NDArray[np.int8]) -> Mask:
    found = np.zeros(len(answers), dtype=np.bool_)
    given = why == 0
    for value in condition.values:
        if answers.is_closed or answers.question.kind is Kind.MULTI:
            found |= _has_choice(_choice(answers, value), answers, why)
        else:
            found |= given & _equals(answers)(value)
    return found


def _has_choice(choice: Choice, answers: Answers, why: NDArray[np.int8]) -> Mask:
    if choice.missing is not None:
        return np.asarray(why == MISSING_CODES[choice.missing])
    if answers.question.kind is Kind.MULTI:
        return np.asarray((why == 0) & answers.values[:, answers.question.choices.index(choice)])
    return np.asarray((why == 0) & (answers.values == choice.code))


def _choice(answers: Answers, label: str) -> Choice:
    choices = answers.question.choices
    for key in (str, str.casefold):
        for choice in choices:
            if key(choice.label) == key(label):
                return choice
    raise UserError(
        _("%(question)s has no answer called %(label)s.") % {"question": answers.question.title, "label": label},
        _("Choose one of its answers, or remove the filter."),
    )


def _equals(answers: Answers) -> Callable[[str], Mask]:
    kind = answers.question.kind
    if kind in (Kind.NUMBER, Kind.PROBABILITY):
        return lambda text: np.asarray(answers.values == _number(answers, text))
    if kind is Kind.DATE:
        return lambda text: np.asarray(
            (answers.values >= _moment(answers, text)) & (answers.values <= _end(answers, text))
        )
    folded = np.array([str(value).strip().casefold() for value in answers.values], dtype=object)
    return lambda text: np.asarray(folded == text.strip().casefold(), dtype=np.bool_)


def _compared(condition: Condition, answers: Answers) -> Mask:
    if len(condition.values) != 1:
        raise ValueError("a comparison takes one value")
    text = condition.values[0]
    least = condition.operator is Operator.AT_LEAST
    kind = answers.question.kind
    if kind in (Kind.NUMBER, Kind.PROBABILITY):
        bound = _number(answers, text)
        return np.asarray(answers.values >= bound if least else answers.values <= bound)
    if kind is Kind.DATE:
        return np.asarray(answers.values >= _moment(answers, text) if least else answers.values <= _end(answers, text))
    if answers.is_closed:
        place = answers.question.choices.index(_choice(answers, text))
        kept = answers.question.choices[place:] if least else answers.question.choices[: place + 1]
        return np.isin(answers.values, [choice.code for choice in kept if choice.missing is None])
    raise UserError(
        _("%(question)s has no order to compare by.") % {"question": answers.question.title},
        _("Choose single answers instead, or remove the filter."),
    )


def _number(answers: Answers, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if np.isfinite(value):
        return value
    raise UserError(
        _("The filter on %(question)s needs a number.") % {"question": answers.question.title},
        _("Type a number such as 18 or 2.5."),
    )


def _moment(answers: Answers, text: str) -> np.datetime64:
    try:
        moment = np.datetime64(text.strip().replace(" ", "T"))
    except ValueError:
        moment = np.datetime64("NaT")
    if np.isnat(moment):
        raise UserError(
            _("The filter on %(question)s needs a date.") % {"question": answers.question.title},
            _("Type it as year-month-day, such as 2026-11-03."),
        )
    return moment


def _end(answers: Answers, text: str) -> np.datetime64:
    """The last second of the day, month or year that was typed."""
    after: np.datetime64 = (_moment(answers, text) + 1).astype("datetime64[s]")
    return after - np.timedelta64(1, "s")
