"""A date whose year, month and day stand in several columns, as the answers to one question."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from surveyapp.domain.question import DatePart, Missing, date_parts, whole
from surveyapp.importers.cell.part_date import chosen_day
from surveyapp.importers.cell.spread_date import PartColumn, Span, Told, join_parts, part_span
from surveyapp.stats.answers import MISSING_CODES, Answers
from surveyapp.stats.count import reasons


def answers_of_date(columns: Sequence[Answers]) -> Answers:
    """The answers to the whole, a Kind.DATE. Whoever gave less than a day counts as the day that the rule for ranges
    says; without a rule, and for a day that there is not, it is unreadable. Who gave no year has no answer for the
    reason that the year has. Raises ValueError if the columns are no date."""
    by_column = {(answers.question.column, answers.question.occurrence): answers for answers in columns}
    question = whole([answers.question for answers in columns])
    parts = {
        part: by_column[own.column, own.occurrence]
        for part, own in date_parts([answers.question for answers in columns]).items()
    }
    if question is None or not parts:
        raise ValueError("the columns are no date")
    why_none = {part: reasons(answers) for part, answers in parts.items()}
    told, index = join_parts({part: _column(answers, why_none[part]) for part, answers in parts.items()})
    days = [chosen_day(one.days, question.ranges) if one.days else None for one in told]
    values = np.array([day or "NaT" for day in days], dtype="datetime64[s]")[index]
    why = why_none[DatePart.YEAR]
    unread = np.array([_is_unread(one, day) for one, day in zip(told, days, strict=True)], dtype=np.bool_)[index]
    missing = np.where(unread | (np.isnat(values) & (why == 0)), MISSING_CODES[Missing.UNREADABLE], why)
    return Answers(question=question, values=values, missing=np.where(np.isnat(values), missing, 0).astype(np.int8))


def _is_unread(told: Told, day: str | None) -> bool:
    return told.impossible or (told.days is not None and day is None)


def _column(answers: Answers, why: NDArray[np.int8]) -> PartColumn:
    """One part; what was given and not read is no part of a date, any other reason is nothing said."""
    given = why == 0
    different, inverse = np.unique(answers.values[given], return_inverse=True)
    spans: list[Span | None] = [part_span(answers.question, value) for value in different.tolist()]
    unread = (why == MISSING_CODES[Missing.UNREADABLE]) | (why == MISSING_CODES[Missing.OUT_OF_RANGE])
    index = np.full(len(answers), len(spans), dtype=np.int64)
    index[given] = inverse
    index[unread] = len(spans) + 1
    return PartColumn(spans=[*spans, None, (0, -1)], index=index)
