"""Runs: neighbouring questions of one kind, among which a zero means a blank if all of them are zero.

Why all, not only the two beside it: in the public LessWrong census of 2013 (eleven probabilities in a row, every
blank stored as 0) the number of zeros per person falls from 422 people with none to 6 with nine, then rises to 53
with eleven: those left the page blank. Looking at two neighbours only would call 598 of the 696 zeros for one
question blanks, because true zeros come together (whoever gives the supernatural 0 gives gods 0 too).

A number stands in no run: the questions around it are of all kinds. There those tell where a zero is always a blank
(importers.problem.around).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from surveyapp.domain.column import TextColumn
from surveyapp.domain.question import Kind, MissingCode, Question, Role
from surveyapp.importers.cell.reading import stands_for
from surveyapp.importers.cell.wording import clean
from surveyapp.importers.problem.around import mostly_blank, telling_around, tells


def neighbour_code(question: Question) -> MissingCode | None:
    """The missing code that holds only together with the neighbours, if the question has one."""
    return next((code for code in question.missing_codes if code.only_with_neighbours), None)


def run_of(questions: Sequence[Question], question: Question) -> tuple[int, ...]:
    """Positions (in `questions`, ordered as in the file) of the other questions of its run.

    For a confidence that is its estimate; for a probability the unbroken row of probabilities around it; for a number
    with a `neighbour_code` the questions around it that tell who left them blank. Empty if the question stands alone.
    """
    place = next((n for n, q in enumerate(questions) if _same(q, question)), None)
    if place is None:
        return ()
    if question.role is Role.CONFIDENCE:
        return tuple(n for n, q in enumerate(questions) if q.pair == question.pair and q.role is Role.ESTIMATE)
    if (code := neighbour_code(question)) and question.kind is Kind.NUMBER:
        return telling_around([tells(other, code.text) for other in questions], place)
    if not _runs(question):
        return ()
    first = last = place
    while first > 0 and _runs(questions[first - 1]):
        first -= 1
    while last + 1 < len(questions) and _runs(questions[last + 1]):
        last += 1
    return tuple(n for n in range(first, last + 1) if n != place)


def _same(one: Question, other: Question) -> bool:
    return one.column == other.column and one.occurrence == other.occurrence


def _runs(question: Question) -> bool:
    return question.kind is Kind.PROBABILITY and question.role is Role.PLAIN


def blank_beside(
    question: Question, others: Sequence[Question], columns: Sequence[TextColumn]
) -> NDArray[np.bool_] | None:
    """Who gave the missing code (or nothing) in all `others` of the run, for a number in most of those around it;
    shape (n,). None if no code of the question asks for it, or if the others tell nothing."""
    code = neighbour_code(question)
    if code is None or not others:
        return None
    blanks = [gave(column, other, code, blank=True) for other, column in zip(others, columns, strict=True)]
    if question.kind is Kind.NUMBER:
        return mostly_blank(blanks)
    mask: NDArray[np.bool_] = np.logical_and.reduce(blanks)
    return mask


def gave(column: TextColumn, question: Question, code: MissingCode, *, blank: bool = False) -> NDArray[np.bool_]:
    """Who typed that code in this column (or left it blank, if `blank`), shape (n,)."""
    hits = [stands_for(question, code, cell) or (blank and not cell) for cell in (clean(text) for text in column.texts)]
    if not hits:
        return np.zeros(0, dtype=np.bool_)
    found: NDArray[np.bool_] = np.array(hits, dtype=np.bool_)[index_of(column)]
    return found


def index_of(column: TextColumn) -> NDArray[np.int32]:
    """The column's index as an array that shares its memory."""
    return (
        np.frombuffer(column.index, dtype=np.int32) if column.index.itemsize == 4 else np.array(column.index, np.int32)
    )


def counts_of(column: TextColumn) -> NDArray[np.int64]:
    """How often each different text comes, shape (len(texts),)."""
    counts: NDArray[np.int64] = np.bincount(index_of(column), minlength=len(column.texts)).astype(np.int64, copy=False)
    return counts
