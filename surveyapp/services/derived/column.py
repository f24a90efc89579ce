"""A derived question as a column of a file: for exports, which know columns."""

from __future__ import annotations

from array import array
from typing import Any

import numpy as np

from surveyapp.domain.column import CodedColumn, Entry, Value
from surveyapp.domain.question import Kind
from surveyapp.stats.answers import MISSING_CODES, Answers


def column_of(answers: Answers) -> CodedColumn:
    """The answers to a closed question, a number or a date as if they had been read from a file; nobody typed them, so
    their raw text is empty."""
    reasons = {code: reason for reason, code in MISSING_CODES.items()}
    given = answers.missing == 0
    distinct, where = np.unique(answers.values[given], return_inverse=True)
    entries = [Entry(raw="", value=_value(answers.question.kind, value)) for value in distinct]
    index = np.zeros(len(answers), dtype=np.intc)
    index[given] = where
    for code in np.unique(answers.missing[~given]).tolist():
        index[answers.missing == code] = len(entries)
        entries.append(Entry(raw="", value=None, missing=reasons[code]))
    return CodedColumn(question=answers.question, index=array("i", index.tolist()), entries=entries)


def _value(kind: Kind, value: Any) -> Value:
    if kind is Kind.DATE:
        return str(value).removesuffix("T00:00:00")
    return _number(float(value)) if kind is Kind.NUMBER else int(value)


def _number(value: float) -> int | float:
    return int(value) if value.is_integer() and abs(value) < 1e15 else value
