"""Responses that deserve a mark, all together; identical rows, failed attention checks and consent are found here.

Nothing is removed and nothing merged: marks feed filters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from random import Random

import numpy as np
from numpy.typing import NDArray

from surveyapp.domain.column import CodedColumn, TextColumn
from surveyapp.domain.question import Question, Role
from surveyapp.domain.wave import Flag
from surveyapp.importers.cell.number import read_number
from surveyapp.importers.cell.reading import codes_by_text
from surveyapp.importers.cell.wording import clean, fold
from surveyapp.importers.mark.bot import bots
from surveyapp.importers.mark.mark import Mark, Places, Responses
from surveyapp.importers.mark.memo import Memo
from surveyapp.importers.mark.near import near_identical
from surveyapp.importers.mark.sent import incomplete
from surveyapp.importers.mark.shift import shifted_rows
from surveyapp.importers.mark.speed import too_fast
from surveyapp.importers.mark.straight import straight_lined
from surveyapp.importers.mark.stray import header_rows, stray_headers, without
from surveyapp.importers.mark.trial import test_rows
from surveyapp.importers.problem.run import index_of
from surveyapp.importers.table import TextTable

CHANCE = 1e-6
"""Two equal rows are suspect if fewer people than this were expected to answer so, were all answers independent."""

_RUN = 8
_WEIGHT = {"": 0.0, "0": 0.25}
"""How much an equal cell proves, by its text; 0 is often a blank and then comes with others. All else: 1."""

FLAGGING = frozenset({Role.ATTENTION, Role.CONSENT, Role.STATUS, Role.DURATION, Role.TIMESTAMP, Role.SYSTEM})
"""Roles of columns whose answers decide on flags."""

_READ_FOR_FLAGS = ("choices", "missing_codes", "unit", "replacements")

_REFUSAL = re.compile(
    r"^(?:no\b|do not|don'?t|please (?:do not|don'?t|keep)|keep|private\b|decline|i do not|i don'?t|false$|n$|нет|не\b|"
    r"nein\b|nicht\b|non(?![\w-])|nej\b|nee\b|não\b)",
    re.IGNORECASE,
)


_OPPOSITE = re.compile(
    r"\b(?:do not|don'?t|not to) (?:publish|share|release|use|include|want)\b|"
    r"\bkeep (?:my|your) (?:answers|data|responses?) (?:private|secret|confidential)\b|"
    r"\bopt(?:ing)?[- ]?out\b|\bexclude (?:me|my|your)\b|\bне (?:публик|использ)\w+|\bnicht veröffentlich\w+"
)
_AGREED = re.compile(
    r"^(?:yes\b|y$|true$|1$|x$|✓|on$|да\b|ja\b|oui\b|sí?\b|checked|do not|don'?t|keep|please)", re.IGNORECASE
)


def find_flags(
    table: TextTable,
    columns: Sequence[CodedColumn],
    *,
    shifted: NDArray[np.int64] | None = None,
    marks: Sequence[Mark] | None = None,
    repair: str = "",
    memo: Memo | None = None,
) -> dict[Flag, tuple[int, ...]]:
    """All flags of a wave, as row numbers; flags nobody has are left out. `shifted` (positions) and `marks` (by this
    very codebook) spare looking for them, `memo` what was found out of the same columns before; `repair` is
    Mapping.repair_encoding."""
    memo = memo or Memo()
    questions = [column.question for column in columns]
    failed, refused = _checked(table.columns, questions, len(table))
    slipped = shifted_rows(table, memo) if shifted is None else shifted
    if marks is None:
        entries = [column.entries for column in columns]
        marks = find_marks(
            Responses(table=table, questions=questions, repair=repair, entries=entries.__getitem__, memo=memo)
        )
    stray = next((mark.places for mark in marks if mark.flag is Flag.STRAY_HEADER), np.zeros(0, dtype=np.int64))
    failed[slipped] = False  # what stands under the check in a shifted row is the answer to another question
    failed[stray] = refused[stray] = False
    rows = np.array(table.rows, dtype=np.int64)
    found = {mark.flag: rows[mark.places] for mark in marks}
    found |= {
        Flag.ATTENTION: rows[failed],
        Flag.NO_CONSENT: rows[refused],
        Flag.SHIFTED: rows[without(slipped, stray)],
    }
    return {flag: tuple(map(int, found[flag])) for flag in Flag if flag in found and len(found[flag])}


def find_check_flags(
    columns: Sequence[CodedColumn], rows: Sequence[int], known: Mapping[Flag, Sequence[int]]
) -> dict[Flag, tuple[int, ...]]:
    """The flags ATTENTION and NO_CONSENT alone, by the columns with those roles (others are no matter); `known` are the
    flags of the wave, for rows that are shifted or repeat the header."""
    texts = [column.text_column() for column in columns]
    failed, refused = _checked(texts, [column.question for column in columns], len(rows))
    numbers = np.array(rows, dtype=np.int64)
    stray = np.isin(numbers, known.get(Flag.STRAY_HEADER, ()))
    failed &= ~stray & ~np.isin(numbers, known.get(Flag.SHIFTED, ()))
    refused &= ~stray
    return {
        Flag.ATTENTION: tuple(map(int, numbers[failed])),
        Flag.NO_CONSENT: tuple(map(int, numbers[refused])),
    }


def _checked(
    columns: Sequence[TextColumn], questions: Sequence[Question], n: int
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Who failed an attention check, and who did not consent, shape (n,) each."""
    failed = np.zeros(n, dtype=np.bool_)
    refused = np.zeros(n, dtype=np.bool_)
    for column, question in zip(columns, questions, strict=True):
        if question.role is Role.ATTENTION and question.expected:
            failed |= failed_attention(column, question)
        elif question.role is Role.CONSENT:
            refused |= no_consent(column, question)
    return failed, refused


def find_marks(responses: Responses) -> tuple[Mark, ...]:
    """All marks but those that have a question of their own (attention, consent) and shifted rows. What stands in a
    repeated header row is nobody's answer."""
    aside = header_rows(responses)
    identical = identical_rows(responses)
    found = [
        Mark(flag=Flag.IDENTICAL, places=identical) if len(identical) else None,
        near_identical(responses, identical),
        test_rows(responses),
        bots(responses),
        straight_lined(responses),
        too_fast(responses),
        incomplete(responses),
    ]
    marks = [replace(mark, places=without(mark.places, aside)) for mark in found if mark is not None]
    stray = stray_headers(aside)
    return tuple(mark for mark in (stray, *marks) if mark is not None and len(mark.places))


def flags_differ(before: Question, after: Question) -> bool:
    """Whether a change of a codebook entry can change which responses bear a flag."""
    if before == after:
        return False
    for name in ("role", "kind", "grid", "expected", "multi", "part", "letters"):
        if getattr(before, name) != getattr(after, name):
            return True
    decides = before.role in FLAGGING or bool(before.grid)
    return decides and any(getattr(before, name) != getattr(after, name) for name in _READ_FOR_FLAGS)


def only_checks_differ(before: Question, after: Question) -> bool:
    """Whether the change of an entry bears on no flag but ATTENTION and NO_CONSENT."""
    if before.kind is not after.kind or before.grid or after.grid or before.multi != after.multi:
        return False
    if before.letters != after.letters:
        return False
    return {before.role, after.role} <= {Role.PLAIN, Role.ATTENTION, Role.CONSENT}


def identical_rows(responses: Responses) -> Places:
    """Positions of responses that repeat an earlier one in every question (identifiers and timestamps aside).

    Rows that agree because hardly anything was answered are not meant:
    blanks prove nothing and zeros little, see CHANCE.
    """
    n = len(responses)
    if n < 2:
        return np.zeros(0, dtype=np.int64)
    digest = np.zeros(n, dtype=np.uint64)
    asked = responses.asked
    for run in (asked[start : start + _RUN] for start in range(0, len(asked), _RUN)):
        digest += responses.remember("same", run, partial(_digest, responses, run))
    _values, first, inverse = np.unique(digest, return_index=True, return_inverse=True)
    earlier = first[inverse]
    places = np.flatnonzero(earlier != np.arange(n))
    log_chance = np.full(len(places), np.log(n))
    for place in asked if len(places) else ():
        own = responses.index(place)[places]
        evidence = np.log(np.maximum(responses.counts(place)[own], 1) / n)
        cells = responses.cells(place)
        log_chance += evidence * [_WEIGHT.get(cells[number], 1.0) for number in own.tolist()]
    places = places[log_chance < np.log(CHANCE)]
    compared = [responses.index(place) for place in asked]
    equal = [place for place in places if all(index[place] == index[earlier[place]] for index in compared)]
    return np.array(equal, dtype=np.int64)


def _digest(responses: Responses, run: Sequence[int]) -> NDArray[np.uint64]:
    """The answers to these questions as one number, shape (n,)."""
    digest = np.zeros(len(responses), dtype=np.uint64)
    for place in run:  # loading numpy.random alone takes longer than all of this
        marks = np.frombuffer(Random(place).randbytes(8 * len(responses.cells(place))), dtype=np.uint64)
        digest += marks[responses.index(place)]
    return digest


def expected_answers(question: Question) -> tuple[str, ...]:
    """The answers that pass an attention check."""
    return tuple(part for piece in question.expected.split(" | ") if (part := clean(piece)))


def failed_attention(column: TextColumn, question: Question) -> NDArray[np.bool_]:
    """Who gave a wrong answer to the check, shape (n,). Blanks are not wrong. Codes of a tool count as their labels."""
    right = expected_answers(question)
    numbers = {value for text in right if (value := read_number(text)) is not None}
    blanks = {"", *(code.text for code in question.missing_codes)}

    def wrong(text: str) -> bool:
        cell = clean(text)
        value = read_number(cell) if numbers else None
        return cell not in blanks and fold(cell) not in map(fold, right) and (value is None or value not in numbers)

    hits = [wrong(text) and wrong(meant) for text, meant in zip(column.texts, _meant(column, question), strict=True)]
    found: NDArray[np.bool_] = np.array(hits, dtype=np.bool_)[index_of(column)]
    return found


def no_consent(column: TextColumn, question: Question | None = None) -> NDArray[np.bool_]:
    """Who said no, or nothing, to the consent question, shape (n,).

    A question in the opposite words ("Do not publish my answers") is refused by yes, and by a tick. Codes of a tool
    count as their labels: N or 2 as "No".
    """
    opposite = question is not None and asks_opposite(question)
    cells = _meant(column, question) if question else [clean(text) for text in column.texts]
    if opposite:
        hits = [bool(_AGREED.match(cell)) for cell in cells]
    else:
        hits = [cell in ("", "0") or bool(_REFUSAL.match(cell)) for cell in cells]
    if not hits:
        return np.zeros(0, dtype=np.bool_)
    found: NDArray[np.bool_] = np.array(hits, dtype=np.bool_)[index_of(column)]
    return found


def _meant(column: TextColumn, question: Question) -> list[str]:
    """What each different text of the column says by the codebook: the label of its choice, "" for no answer."""
    labels = {choice.code: clean(choice.label) for choice in question.choices}
    meant = {text: labels[code] for text, code in codes_by_text(question).items()}
    meant |= {code.text: "" for code in question.missing_codes}
    becomes = {clean(one.text): clean(one.becomes) for one in question.replacements}
    cells = [becomes.get(cell, cell) for cell in map(clean, column.texts)]
    return [meant.get(cell, cell) for cell in cells]


def asks_opposite(question: Question) -> bool:
    """Whether yes means no: the question asks whether the answers are to be kept back."""
    return bool(_OPPOSITE.search(f"{question.column} {question.text}".casefold()))
