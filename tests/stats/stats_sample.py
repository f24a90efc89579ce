"""Answers for the tests of statistics, and a checker of what every result promises."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from enum import Enum

import numpy as np

from surveyapp.domain.question import Choice, Kind, Missing, Question
from surveyapp.stats.answers import MISSING_CODES, Answers
from surveyapp.stats.estimate import Counted, Estimate
from surveyapp.stats.result import FrequencyRow


def single(
    codes: Sequence[int | Missing | None], choices: int | Sequence[Choice] = 3, *, kind: Kind = Kind.SINGLE
) -> Answers:
    """A closed question with choices A, B, C ... of codes 0, 1, 2 ..."""
    listed = tuple(Choice(code=i, label=_letter(i)) for i in range(choices)) if isinstance(choices, int) else choices
    question = Question(column="q", kind=kind, choices=tuple(listed))
    values = np.array([code if isinstance(code, int) else 0 for code in codes], dtype=np.int32)
    return Answers(question=question, values=values, missing=missing_of(codes))


def numbers(cells: Sequence[float | Missing | None], *, kind: Kind = Kind.NUMBER, column: str = "q") -> Answers:
    """A number or probability question."""
    values = np.array(
        [math.nan if cell is None or isinstance(cell, Missing) else float(cell) for cell in cells], dtype=np.float64
    )
    return Answers(question=Question(column=column, kind=kind), values=values, missing=missing_of(cells))


def probabilities(cells: Sequence[float | Missing | None]) -> Answers:
    """A probability question, per cent."""
    return numbers(cells, kind=Kind.PROBABILITY, column="p")


def multi(rows: Sequence[Sequence[int] | Missing | None], choices: int | Sequence[Choice] = 3) -> Answers:
    """A multiple choice; each row lists the ticked choices by their place."""
    listed = tuple(Choice(code=i, label=_letter(i)) for i in range(choices)) if isinstance(choices, int) else choices
    values = np.zeros((len(rows), len(listed)), dtype=np.bool_)
    for i, row in enumerate(rows):
        if row is not None and not isinstance(row, Missing):
            values[i, list(row)] = True
    question = Question(column="m", kind=Kind.MULTI, choices=tuple(listed))
    return Answers(question=question, values=values, missing=missing_of(rows))


def dates(texts: Sequence[str | None]) -> Answers:
    """A date question from ISO texts."""
    values = np.array([text or "NaT" for text in texts], dtype="datetime64[s]")
    return Answers(question=Question(column="d", kind=Kind.DATE), values=values, missing=missing_of(texts))


def words(texts: Sequence[str | None], *, kind: Kind = Kind.TEXT) -> Answers:
    """A text question."""
    values = np.array([text or "" for text in texts], dtype=object)
    return Answers(question=Question(column="t", kind=kind), values=values, missing=missing_of(texts))


def missing_of(cells: Sequence[object]) -> np.ndarray[tuple[int], np.dtype[np.int8]]:
    """The reasons of a list of cells."""
    reasons = [cell if isinstance(cell, Missing) else Missing.BLANK if cell is None else None for cell in cells]
    return np.array([MISSING_CODES[reason] if reason else 0 for reason in reasons], dtype=np.int8)


def assert_sound(result: object) -> None:
    """No NaN or infinity anywhere, people add up, intervals hold their estimates, shares lie in 0-1."""
    if isinstance(result, float):
        assert math.isfinite(result)
    elif isinstance(result, np.generic):
        raise AssertionError("a numpy scalar in a result")
    elif isinstance(result, dict):
        for key, value in result.items():
            assert_sound(key)
            assert_sound(value)
    elif isinstance(result, list | tuple):
        for value in result:
            assert_sound(value)
    elif dataclasses.is_dataclass(result) and not isinstance(result, type):
        _assert_rules(result)
        for field in dataclasses.fields(result):
            assert_sound(getattr(result, field.name))
    else:
        assert result is None or isinstance(result, str | int | Enum) or hasattr(result, "isoformat")


def _assert_rules(result: object) -> None:
    if isinstance(result, Counted):
        assert result.n + sum(result.missing.values()) == result.total
        assert result.base == result.total - result.missing.get(Missing.NOT_SHOWN, 0)
        assert 0 <= result.n <= result.base
    elif isinstance(result, Estimate):
        assert (result.low is None) == (result.high is None)
        if result.low is not None and result.high is not None:
            assert result.low <= result.value <= result.high
    elif isinstance(result, FrequencyRow):
        assert 0 <= result.low <= result.share <= result.high <= 1


def _letter(number: int) -> str:
    return chr(ord("A") + number) if number < 26 else f"choice {number}"
