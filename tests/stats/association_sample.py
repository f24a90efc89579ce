"""A made census for the tests of association."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from surveyapp.domain.question import Choice, Kind, Missing, Question
from surveyapp.stats.answers import MISSING_CODES, Answers


def closed(
    codes: NDArray[np.signedinteger],
    k: int,
    column: str,
    *,
    kind: Kind = Kind.SINGLE,
    ordered: bool = False,
) -> Answers:
    """Choices of codes 0 to k - 1; -1 is blank."""
    choices = tuple(Choice(code=code, label=f"answer {code}") for code in range(k))
    missing = np.where(codes < 0, MISSING_CODES[Missing.BLANK], 0).astype(np.int8)
    question = Question(column=column, kind=kind, choices=choices, ordered=ordered)
    return Answers(question=question, values=np.maximum(codes, 0).astype(np.int32), missing=missing)


def number(values: NDArray[np.floating], column: str) -> Answers:
    """Numbers; nan is blank."""
    missing = np.where(np.isnan(values), MISSING_CODES[Missing.BLANK], 0).astype(np.int8)
    return Answers(question=Question(column=column, kind=Kind.NUMBER), values=values, missing=missing)


def ticks(rows: NDArray[np.bool_], column: str) -> Answers:
    """A multiple choice that everybody answered."""
    choices = tuple(Choice(code=code, label=f"option {code}") for code in range(rows.shape[1]))
    question = Question(column=column, kind=Kind.MULTI, choices=choices)
    return Answers(question=question, values=rows, missing=np.zeros(len(rows), dtype=np.int8))


def census(n: int, *, blank: float = 0.0, n_questions: int = 20, seed: int = 1) -> list[Answers]:
    """Questions of all kinds that share a little, and one multiple choice of three options."""
    rng = np.random.default_rng(seed)
    shared = rng.normal(size=n)
    items: list[Answers] = []
    for i in range(n_questions):
        away = rng.random(n) < blank
        hidden = rng.normal(size=n) + (0.4 * shared if i % 3 == 0 else 0)
        k = 2 + i % 6
        steps = np.where(away, -1, np.digitize(hidden, np.linspace(-1.3, 1.3, k - 1)))
        match i % 5:
            case 0 | 1:
                items.append(closed(steps, k, f"choice {i}"))
            case 2:
                items.append(closed(steps, k, f"scale {i}", kind=Kind.SCALE))
            case 3:
                items.append(number(np.where(away, np.nan, np.round(50 + 12 * hidden)), f"number {i}"))
            case _:
                items.append(number(np.where(away, np.nan, np.exp(3 * hidden)), f"income {i}"))
    return [*items, ticks(rng.normal(size=(n, 3)) + shared[:, None] > 0.3, "ticks")]
