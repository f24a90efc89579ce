"""A question as association sees it: ordered values, compact categories, or both (a tick)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _
from surveyapp.domain.question import Choice, Kind, Question
from surveyapp.stats.answers import Answers
from surveyapp.stats.count import reasons
from surveyapp.stats.step import coded, values_of

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """`given`: bool (m,), who answered. `values`: float64 (m,), 0 for the others, None for unordered choices.

    `codes`: int32 (m,), -1 for the others, places in `labels`; None for what is no choice. `why`: int8 (m,), the
    reasons as count.reasons gives them. `option` is the code of an option of a multiple choice. A closed variable that
    is ordered and is no tick has codes too, so that it can be counted, but is measured by its order.
    """

    question: Question
    label: str
    why: NDArray[np.int8]
    given: NDArray[np.bool_]
    values: Floats | None
    codes: NDArray[np.int32] | None
    labels: tuple[str, ...]
    option: int | None = None

    @property
    def ordered(self) -> bool:
        """Whether it can be ranked."""
        return self.values is not None

    @property
    def binary(self) -> bool:
        """Ticked or not: ordered beside what is ordered, a choice beside choices."""
        return self.question.kind is Kind.TICK

    @property
    def measured(self) -> bool:
        """Whether the values are amounts and not only steps."""
        return self.question.kind in (Kind.NUMBER, Kind.PROBABILITY)


def variable_of(answers: Answers) -> Variable | None:
    """The variable of a question; None for a multiple choice, texts, identifiers and empty columns."""
    question, why = answers.question, reasons(answers)
    given = why == 0
    values: Floats | None = None
    codes: NDArray[np.int32] | None = None
    labels: tuple[str, ...] = ()
    if answers.is_closed:
        codes, labels = _compact(answers, given)
        if question.kind is not Kind.SINGLE or question.ordered:
            values = values_of(answers, given)
    elif question.kind in (Kind.NUMBER, Kind.PROBABILITY):
        values = np.where(given, answers.values, 0.0)
    elif question.kind is Kind.DATE:
        values = np.where(given, answers.values.astype(np.int64), 0).astype(np.float64)
    else:
        return None
    return Variable(
        question=question, label=question.title, why=why, given=given, values=values, codes=codes, labels=labels
    )


def option_of(answers: Answers, code: int) -> Answers:
    """One option of a multiple choice as a tick: 1 ticked, 0 not. Its base is the people who answered the question,
    with those who saw it and ticked nothing where `answers` is of `multiple.with_none_ticked`."""
    place = [choice.code for choice in answers.question.choices].index(code)
    choice = answers.question.choices[place]
    asked = answers.question
    question = Question(
        column=asked.column,
        occurrence=asked.occurrence,
        name=_("%(question)s: %(option)s") % {"question": asked.title, "option": choice.label},
        kind=Kind.TICK,
        choices=(Choice(code=0, label=_("not ticked")), Choice(code=1, label=_("ticked"))),
    )
    return Answers(question=question, values=answers.values[:, place].astype(np.int32), missing=reasons(answers))


def option_codes(question: Question) -> tuple[int, ...]:
    """The options of a multiple choice that are answers."""
    return tuple(choice.code for choice in question.choices if choice.missing is None)


def variables_of(
    items: Sequence[Answers], check: Callable[[], None] = lambda: None
) -> tuple[list[Variable], list[str]]:
    """The variables of many questions, options of a multiple choice one by one, and the titles of those left out."""
    found: list[Variable] = []
    left_out: list[str] = []
    for answers in items:
        check()
        if answers.question.kind is Kind.MULTI:
            found += [_option_variable(answers, code) for code in option_codes(answers.question)]
        elif (variable := variable_of(answers)) is not None:
            found.append(variable)
        else:
            left_out.append(answers.question.title)
    return found, left_out


def _option_variable(answers: Answers, code: int) -> Variable:
    tick = option_of(answers, code)
    given = tick.missing == 0
    return Variable(
        question=tick.question,
        label=tick.question.title,
        why=tick.missing,
        given=given,
        values=np.where(given, tick.values, 0).astype(np.float64),
        codes=np.where(given, tick.values, -1).astype(np.int32),
        labels=tuple(choice.label for choice in tick.question.choices),
        option=code,
    )


def _compact(answers: Answers, given: NDArray[np.bool_]) -> tuple[NDArray[np.int32], tuple[str, ...]]:
    """Codes as places in the list of real choices."""
    known = {choice.code: choice.label for choice in answers.question.choices if choice.missing is None}
    if not known:
        return np.full(len(answers), -1, dtype=np.int32), ()
    places = {code: float(place) for place, code in enumerate(known)}
    return np.where(given, coded(answers, given, places), -1).astype(np.int32), tuple(known.values())
