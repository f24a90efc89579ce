"""A multiple choice whose options stand in several columns, as the answers to one question."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from surveyapp.domain.question import Kind, Missing, Question, set_options, whole
from surveyapp.stats.answers import MISSING_CODES, Answers
from surveyapp.stats.count import reasons

_NO_ANSWER = (Missing.REFUSED, Missing.UNREADABLE, Missing.OUT_OF_RANGE, Missing.BLANK, Missing.NOT_SHOWN)
"""Why somebody without any answer has none: the first of these that any of the columns says."""


def answers_of_set(columns: Sequence[Answers]) -> Answers:
    """The answers to the whole, values of shape (n, options), read like a multiple choice in one column.

    Whoever answered in one of the columns has answered: what is blank there, or was not shown, is not ticked. Who
    answered in none is missing; "not shown" only where none of the columns was shown. An "Other" with a text is
    ticked. Raises ValueError if none of the columns is a tick.
    """
    by_column = {_key(answers.question): answers for answers in columns}
    question = whole([answers.question for answers in columns])
    if question is None:
        raise ValueError("no column is an option")
    options = [[by_column[_key(q)] for q in option] for option in set_options([a.question for a in columns])]
    why = np.array([reasons(answers) for option in options for answers in option])
    answered = (why == 0).any(axis=0)
    missing = np.zeros(why.shape[1], dtype=np.int8)
    for reason in reversed(_NO_ANSWER):
        code = MISSING_CODES[reason]
        missing[~answered & (why == code).any(axis=0)] = code
    values = np.array([_ticked(option) for option in options]).T
    return Answers(question=question, values=values & answered[:, np.newaxis], missing=missing)


def _key(question: Question) -> tuple[str, int]:
    return question.column, question.occurrence


def _ticked(option: Sequence[Answers]) -> NDArray[np.bool_]:
    """Who ticked the option, or wrote something behind it."""
    found: NDArray[np.bool_] = np.zeros(len(option[0]), dtype=np.bool_)
    for answers in option:
        given = reasons(answers) == 0
        found |= given if answers.question.kind is Kind.TEXT else given & (answers.values == 1)
    return found
