"""Numbers made of answers: scores, indices, differences, logarithms, standard scores."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _
from surveyapp.domain.derived import Derived, DerivedKind
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Kind, Missing
from surveyapp.stats.answers import MISSING_CODES, Answers
from surveyapp.stats.count import reasons
from surveyapp.stats.step import step_values, values_of

Numbers = NDArray[np.float64]
NUMERIC = (Kind.NUMBER, Kind.PROBABILITY)


def numbers_of(answers: Answers) -> Numbers:
    """Shape (n,): the answers as numbers, nan where there is none.

    Numbers as they are; the steps of an ordered question as `stats.step` reads them; a tick as 1 or 0. Raises UserError
    for other kinds.
    """
    question, given = answers.question, reasons(answers) == 0
    if question.kind in NUMERIC:
        return np.where(given, answers.values, np.nan)
    if question.kind in (Kind.TICK, Kind.SCALE) or (question.kind is Kind.SINGLE and question.ordered):
        return np.where(given, values_of(answers, given), np.nan)
    raise UserError(
        _("%(question)s is neither a number nor ordered.") % {"question": question.title},
        _("Choose numbers, probabilities, scales or ordered answers."),
    )


def score(recipe: Derived, items: Sequence[Answers], turned: Sequence[bool]) -> tuple[Numbers, NDArray[np.int8]]:
    """The numbers of a SCORE, INDEX, DIFFERENCE, LOG or STANDARDISED recipe, shape (n,), and why others have none.

    `turned` says which items are reversed. What cannot be computed (the logarithm of 0) is out of range.
    """
    columns = [_turned(item) if turn else numbers_of(item) for item, turn in zip(items, turned, strict=True)]
    table = np.column_stack(columns)
    why = np.array([reasons(item) for item in items])
    match recipe.kind:
        case DerivedKind.DIFFERENCE:
            values = table[:, 0] - table[:, 1]
        case DerivedKind.LOG:
            shifted = table[:, 0] + recipe.offset
            values = np.log10(np.where(shifted > 0, shifted, np.nan))
        case DerivedKind.STANDARDISED:
            values = _standard(table)[:, 0]
        case DerivedKind.INDEX:
            values = _mean(_standard(table), recipe.least_answered)
        case _:
            values = _mean(table, recipe.least_answered) * (len(items) if recipe.summed else 1)
    return values, _missing(values, why)


def _turned(item: Answers) -> Numbers:
    """The answers of a reversed item: its smallest possible answer becomes the largest."""
    question, values = item.question, numbers_of(item)
    if question.kind not in NUMERIC:
        steps = step_values(question).values()
        return min(steps) + max(steps) - values
    low, high = question.low, question.high
    if question.kind is Kind.PROBABILITY:
        low, high = 0.0, 100.0
    if low is None or high is None:
        raise UserError(
            _("%(question)s cannot be reversed: its smallest and largest answer are not known.")
            % {"question": question.title},
            _("Give them in the codebook."),
        )
    return low + high - values


def _standard(table: Numbers) -> Numbers:
    """Each column less its mean, over its standard deviation; a column that does not vary has no such scores."""
    result = np.full_like(table, np.nan)
    for number, column in enumerate(table.T):
        given = np.isfinite(column)
        if given.sum() > 1 and (spread := column[given].std(ddof=1)) > 0:
            result[given, number] = (column[given] - column[given].mean()) / spread
    return result


def _mean(table: Numbers, least: int) -> Numbers:
    """The mean of what a person answered, nan below `least` answers (0: every item is needed)."""
    given = np.isfinite(table)
    n_given = given.sum(axis=1)
    enough = n_given >= max(1, least or table.shape[1])
    totals = np.where(given, table, 0).sum(axis=1)
    return np.where(enough, totals / np.maximum(n_given, 1), np.nan)


_ORDER = (Missing.REFUSED, Missing.UNREADABLE, Missing.OUT_OF_RANGE, Missing.BLANK, Missing.NOT_SHOWN)


def missing_of(without: NDArray[np.bool_], why: NDArray[np.int8]) -> NDArray[np.int8]:
    """Why the people of `without`, shape (n,), have no answer: the first state among `why`, shape (items, n), in the
    order refused, unreadable, out of range, blank, not shown; out of range where every item was answered."""
    missing = np.zeros(len(without), dtype=np.int8)
    missing[without] = MISSING_CODES[Missing.OUT_OF_RANGE]
    for state in reversed(_ORDER):
        code = MISSING_CODES[state]
        missing[without & (why == code).any(axis=0)] = code
    return missing


def _missing(values: Numbers, why: NDArray[np.int8]) -> NDArray[np.int8]:
    return missing_of(~np.isfinite(values), why)
