"""People who typed shares of 1 where percent were asked, told by the attention check (domain.question.ShareCheck).

In the public LessWrong census of 2013 the check was a fair coin. 22 people wrote 0.5 there; 19 of them gave no
probability above 1 anywhere, while of the 1,458 others one did. The remaining three wrote percent elsewhere, so the
check alone would be wrong about them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from surveyapp.domain.column import Entry
from surveyapp.domain.question import Kind, Question, ShareCheck
from surveyapp.importers.cell.number import read_number
from surveyapp.importers.problem.run import run_of

if TYPE_CHECKING:
    from surveyapp.importers.context import Beside, Draft


def share_needs(questions: Sequence[Question], place: int) -> tuple[int, ...]:
    """The check, then the row of probabilities around the question (itself too; none for the check); () if nobody's
    shares are looked for here."""
    question = questions[place]
    if question.shares is None or not in_percent(question):
        return ()
    check = check_place(questions, question.shares)
    if check is None:
        return ()
    return (check,) if check == place else (check, place, *run_of(questions, question))


def check_place(questions: Sequence[Question], check: ShareCheck) -> int | None:
    """Where the check stands; None if it is not in this file."""
    return next(
        (n for n, q in enumerate(questions) if (q.column, q.occurrence) == (check.column, check.occurrence)), None
    )


def in_percent(question: Question) -> bool:
    """Whether it asks for a probability in percent."""
    return question.kind is Kind.PROBABILITY and question.percent


def read_shares(draft: Draft, beside: Beside, needed: tuple[int, ...]) -> None:
    """Their numbers up to 1, a hundred times larger; what bears a percent sign stays."""
    mask = sharers(beside, needed[0], needed[1:])

    def become(entry: Entry, _key: int) -> Entry:
        value = as_share(entry)
        return entry if value is None else entry._replace(value=100 * value)

    draft.change(np.where(mask, 0, -1), become)


def as_share(entry: Entry) -> float | None:
    """The number of an entry that may be a share of 1."""
    value = entry.value
    if not isinstance(value, (int, float)) or not 0 <= value <= 1 or "%" in entry.raw:
        return None
    return float(value)


def sharers(beside: Beside, check: int, others: Sequence[int]) -> NDArray[np.bool_]:
    """Who answered the check rightly, but as a share, and gave no number above 1 in the other columns, shape (n,)."""
    right = _right_shares(beside.questions[check])
    answers = beside.alone(check)
    hits = [(value := as_share(entry)) is not None and value in right for entry in answers]
    mask = beside.spread(check, np.array(hits, dtype=np.int64)) > 0
    for place in others:
        if not mask.any():
            break
        above = [isinstance(entry.value, (int, float)) and entry.value > 1 for entry in beside.alone(place)]
        mask &= beside.spread(place, np.array(above, dtype=np.int64)) == 0
    return mask


def _right_shares(check: Question) -> set[float]:
    """The right answers in percent as shares: 0.5 for 50."""
    pieces = (read_number(piece.strip()) for piece in check.expected.split(" | "))
    return {value / 100 for value in pieces if value is not None and value > 1}
