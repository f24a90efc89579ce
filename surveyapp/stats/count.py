"""Who a result is about: the people of the base, those who could answer, those who did, and why the others did not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _
from surveyapp.domain.question import Kind, Missing
from surveyapp.stats.answers import MISSING_CODES, Answers
from surveyapp.stats.estimate import Counted, NotComputed

_REASONS: dict[int, Missing] = {code: reason for reason, code in MISSING_CODES.items()}


def reasons(answers: Answers) -> NDArray[np.int8]:
    """Why there is no answer, shape (n,), codes of MISSING_CODES, 0 for an answer.

    Beside `answers.missing` this takes in choices that stand for a missing answer ("Prefer not to say"), codes that
    the codebook does not know and numbers that are none (both unreadable), and probabilities beyond 0-100.
    """
    kind = answers.question.kind
    if answers.is_closed:
        return _closed_reasons(answers)
    if kind is Kind.MULTI:
        return _multi_reasons(answers)
    if kind in (Kind.NUMBER, Kind.PROBABILITY):
        return _number_reasons(answers)
    if kind is Kind.DATE:
        return _marked(answers.missing, np.isnat(answers.values), Missing.UNREADABLE)
    return answers.missing


def count_people(missing: NDArray[np.int8]) -> Counted:
    """The Counted of an array of reasons."""
    return counted_of(tally_of(missing))


def tally_of(missing: NDArray[np.int8]) -> list[int]:
    """How often each reason occurs, indexed by its code, 0 = answers; as far as the last one that does."""
    left = int(np.count_nonzero(missing))
    found = [len(missing) - left]
    while left and len(found) <= len(_REASONS):  # np.bincount is slow where nearly everybody falls into the same bin
        found.append(int(np.count_nonzero(missing == len(found))))
        left -= found[-1]
    return found


def counted_of(found: Sequence[int]) -> Counted:
    """The Counted of how often each reason occurs, indexed by code, 0 = answers."""
    by_reason = {_REASONS[code]: found[code] for code in range(1, len(found)) if found[code]}
    total = sum(found)
    return Counted(total=total, base=total - by_reason.get(Missing.NOT_SHOWN, 0), n=found[0], missing=by_reason)


def not_computed(answers: Answers, counted: Counted, reason: str) -> NotComputed:
    """The result that says why there is none."""
    return NotComputed(question=answers.question.wording, kind=answers.question.kind, counted=counted, reason=reason)


def nobody(answers: Answers, counted: Counted) -> NotComputed | None:
    """The result for a question without any answer, else None."""
    if counted.n:
        return None
    if not counted.total:
        reason = _("Not computed: nobody is left after these filters.")
    elif not counted.base:
        reason = _("Not computed: nobody was shown this question.")
    else:
        reason = _("Not computed: nobody answered this question.")
    return not_computed(answers, counted, reason)


def _closed_reasons(answers: Answers) -> NDArray[np.int8]:
    known = {choice.code: choice.missing for choice in answers.question.choices}
    missing = _marked(answers.missing, ~np.isin(answers.values, list(known)), Missing.UNREADABLE)
    for code, reason in known.items():
        if reason is not None:
            # a missing choice is its own reason also where the reader has marked nothing
            missing = _marked(missing, np.asarray(answers.values == code), reason)
    return missing


def _multi_reasons(answers: Answers) -> NDArray[np.int8]:
    choices = answers.question.choices
    real = np.array([choice.missing is None for choice in choices], dtype=np.bool_)
    without = ~answers.values[:, real].any(axis=1)
    missing = answers.missing
    for column, choice in enumerate(choices):
        if choice.missing is not None:
            missing = _marked(missing, np.asarray(without & answers.values[:, column]), choice.missing)
    return missing


def _number_reasons(answers: Answers) -> NDArray[np.int8]:
    missing = _marked(answers.missing, ~np.isfinite(answers.values), Missing.UNREADABLE)
    if answers.question.kind is Kind.PROBABILITY:
        missing = _marked(missing, (answers.values < 0) | (answers.values > 100), Missing.OUT_OF_RANGE)
    return missing


def _marked(missing: NDArray[np.int8], where: NDArray[np.bool_], reason: Missing) -> NDArray[np.int8]:
    """`missing` with the answers of `where` set to that reason; people already missing keep theirs."""
    new = np.asarray(where & (missing == 0))
    return np.where(new, np.int8(MISSING_CODES[reason]), missing).astype(np.int8) if new.any() else missing
