"""What number stands for a step of a scale, where a statistic needs one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from surveyapp.domain.question import Choice, Kind, Question
from surveyapp.stats.answers import Answers

_LARGEST_CODE = 100_000
_LEADING = re.compile(r"\s*([-+\u2212]?\d{1,9}(?:[.,]\d{1,9})?)(?![\d.,])")


def step_values(question: Question) -> dict[int, float]:
    """The number of each choice by its code, missing ones aside.

    Steps that begin with a number ("0 - not at all", "1", ..., "10 - fully") are that number, if all do and the
    numbers run in one direction; otherwise they are counted from 1 in the order of the codebook. A tick is 1 or 0.
    """
    choices = [choice for choice in question.choices if choice.missing is None]
    if question.kind is Kind.TICK:
        return {choice.code: float(choice.code) for choice in choices}
    written = [_written(choice) for choice in choices]
    numbers = [number for number in written if number is not None]
    rising = all(low < high for low, high in pairwise(numbers))
    falling = all(low > high for low, high in pairwise(numbers))
    if len(numbers) < len(choices) or not (rising or falling):
        return {choice.code: float(place) for place, choice in enumerate(choices, start=1)}
    return {choice.code: number for choice, number in zip(choices, numbers, strict=True)}


def values_of(answers: Answers, given: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Shape (m,): the number of each answer of a closed question, 0 where `given`, shape (m,), is False.

    Whoever is given must hold a choice of the codebook that is not missing (see count.reasons).
    """
    found = coded(answers, given, step_values(answers.question))
    return np.where(given, found, 0.0)


def coded(answers: Answers, given: NDArray[np.bool_], table: Mapping[int, float]) -> NDArray[np.float64]:
    """Shape (m,): what the table says of each given code, anything for the others."""
    codes = sorted(table)
    if not codes:
        return np.zeros(len(answers))
    numbers = np.array([table[code] for code in codes], dtype=np.float64)
    if codes[0] >= 0 and codes[-1] <= _LARGEST_CODE:  # a look-up is faster than a search
        direct = np.zeros(codes[-1] + 1)
        direct[codes] = numbers
        looked: NDArray[np.float64] = direct[np.where(given, answers.values, codes[0])]
        return looked
    place = np.searchsorted(np.array(codes), np.where(given, answers.values, codes[0]))
    searched: NDArray[np.float64] = numbers[place]
    return searched


def _written(choice: Choice) -> float | None:
    match = _LEADING.match(choice.label)
    return float(match.group(1).replace(",", ".").replace("\u2212", "-")) if match else None
