"""Responses that deserve a mark: identical or shifted rows, failed attention checks, no consent. Nothing is removed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

import numpy as np
from numpy.typing import NDArray

from surveyapp.domain.column import CodedColumn, TextColumn
from surveyapp.domain.question import Kind, Question, Role
from surveyapp.domain.wave import Flag
from surveyapp.importers.cell.number import read_number
from surveyapp.importers.cell.wording import clean, clean_all, fold
from surveyapp.importers.problem.run import counts_of, index_of
from surveyapp.importers.problem.shift import shifted_rows
from surveyapp.importers.table import TextTable

CHANCE = 1e-6
"""Two equal rows are suspect if fewer people than this were expected to answer so, were all answers independent."""

_WEIGHT = {"": 0.0, "0": 0.25}
"""How much an equal cell proves, by its text; 0 is often a blank and then comes with others. All else: 1."""

_REFUSAL = re.compile(
    r"^(?:no\b|do not|don'?t|please (?:do not|don'?t|keep)|keep|private\b|decline|i do not|i don'?t|false$|нет)",
    re.IGNORECASE,
)


def find_flags(
    table: TextTable,
    columns: Sequence[CodedColumn],
    *,
    shifted: NDArray[np.int64] | None = None,
    identical: NDArray[np.int64] | None = None,
) -> dict[Flag, tuple[int, ...]]:
    """The marks of all responses, as row numbers; marks nobody has are left out. `shifted` and `identical` (positions)
    spare looking for them."""
    questions = [column.question for column in columns]
    failed = np.zeros(len(table), dtype=np.bool_)
    refused = np.zeros(len(table), dtype=np.bool_)
    for place, question in enumerate(questions):
        if question.role is Role.ATTENTION and question.expected:
            failed |= failed_attention(table.columns[place], question)
        elif question.role is Role.CONSENT:
            refused |= no_consent(table.columns[place])
    slipped = shifted_rows(table) if shifted is None else shifted
    failed[slipped] = False  # what stands under the check in a shifted row is the answer to another question
    rows = np.array(table.rows, dtype=np.int64)
    found = {
        Flag.IDENTICAL: rows[identical_rows(table, questions) if identical is None else identical],
        Flag.ATTENTION: rows[failed],
        Flag.NO_CONSENT: rows[refused],
        Flag.SHIFTED: rows[slipped],
    }
    return {flag: tuple(map(int, marked)) for flag, marked in found.items() if len(marked)}


def identical_rows(table: TextTable, questions: Sequence[Question]) -> NDArray[np.int64]:
    """Positions of responses that repeat an earlier one in every question (identifiers and timestamps aside).

    Rows that agree because hardly anything was answered are not meant:
    blanks prove nothing and zeros little, see CHANCE.
    """
    n = len(table)
    if n < 2:
        return np.zeros(0, dtype=np.int64)
    random = Random(1)  # loading numpy.random alone takes longer than all of this
    digest = np.zeros(n, dtype=np.uint64)
    log_chance = np.full(n, np.log(n))
    compared = []
    for column, question in zip(table.columns, questions, strict=True):
        if question.kind in (Kind.IDENTIFIER, Kind.EMPTY) or question.role is Role.TIMESTAMP:
            continue
        index = index_of(column)
        compared.append(index)
        digest += np.frombuffer(random.randbytes(8 * len(column.texts)), dtype=np.uint64)[index]
        evidence = np.log(np.maximum(counts_of(column), 1) / n)
        evidence *= [_WEIGHT.get(cell, 1.0) for cell in clean_all(column.texts)]
        log_chance += evidence[index]
    _values, first, inverse = np.unique(digest, return_index=True, return_inverse=True)
    earlier = first[inverse]
    places = np.flatnonzero((earlier != np.arange(n)) & (log_chance < np.log(CHANCE)))
    equal = [place for place in places if all(index[place] == index[earlier[place]] for index in compared)]
    return np.array(equal, dtype=np.int64)


def expected_answers(question: Question) -> tuple[str, ...]:
    """The answers that pass an attention check."""
    return tuple(part for piece in question.expected.split(" | ") if (part := clean(piece)))


def failed_attention(column: TextColumn, question: Question) -> NDArray[np.bool_]:
    """Who gave a wrong answer to the check, shape (n,). Blanks are not wrong."""
    right = expected_answers(question)
    numbers = {value for text in right if (value := read_number(text)) is not None}
    blanks = {"", *(code.text for code in question.missing_codes)}

    def wrong(text: str) -> bool:
        cell = clean(text)
        value = read_number(cell) if numbers else None
        return cell not in blanks and fold(cell) not in map(fold, right) and (value is None or value not in numbers)

    found: NDArray[np.bool_] = np.array([wrong(text) for text in column.texts], dtype=np.bool_)[index_of(column)]
    return found


def no_consent(column: TextColumn) -> NDArray[np.bool_]:
    """Who said no, or nothing, to the consent question, shape (n,)."""
    cells = [clean(text) for text in column.texts]
    refused = np.array([cell in ("", "0") or bool(_REFUSAL.match(cell)) for cell in cells], dtype=np.bool_)
    found: NDArray[np.bool_] = refused[index_of(column)]
    return found
