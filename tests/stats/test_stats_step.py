"""Which number a step stands for."""

from __future__ import annotations

import numpy as np
import pytest

from surveyapp.domain.question import Choice, Kind, Missing, Question
from surveyapp.stats.answers import Answers
from surveyapp.stats.step import step_values, values_of


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["no", "maybe", "yes"], [1, 2, 3]),
        (["0 - not at all", "5", "10 - fully"], [0, 5, 10]),
        (["2", "1", "0"], [2, 1, 0]),
        (["\u22122", "-1", "0", "+1", "2"], [-2, -1, 0, 1, 2]),
        (["1.5 hours", "2,5 hours"], [1.5, 2.5]),
        (["1", "3", "2"], [1, 2, 3]),
        (["1", "2", "more"], [1, 2, 3]),
        (["1", "1"], [1, 2]),
        (["10-20", "20-30"], [10, 20]),
        ([], []),
    ],
)
def test_steps(labels: list[str], expected: list[float]) -> None:
    choices = tuple(Choice(code=7 + place, label=label) for place, label in enumerate(labels))
    question = Question(column="q", kind=Kind.SCALE, choices=choices)
    assert list(step_values(question).values()) == expected


def test_missing_choices_have_no_number() -> None:
    choices = (
        Choice(code=1, label="1"),
        Choice(code=2, label="no idea", missing=Missing.REFUSED),
        Choice(code=3, label="5"),
    )
    assert step_values(Question(column="q", choices=choices)) == {1: 1.0, 3: 5.0}


@pytest.mark.parametrize("codes", [(1, 5), (-4, 1_000_000)])
def test_values_of_any_code(codes: tuple[int, int]) -> None:
    choices = tuple(Choice(code=code, label=f"{place} x") for place, code in enumerate(codes))
    question = Question(column="q", kind=Kind.SCALE, choices=choices)
    values = np.array([codes[1], codes[0], 99, codes[1]], dtype=np.int32)
    answers = Answers(question=question, values=values, missing=np.array([0, 0, 4, 0], dtype=np.int8))
    assert values_of(answers, answers.answered).tolist() == [1, 0, 0, 1]


def test_a_tick_is_one_or_nothing() -> None:
    question = Question(
        column="q", kind=Kind.TICK, choices=(Choice(code=1, label="ticked"), Choice(code=0, label="not"))
    )
    assert step_values(question) == {1: 1.0, 0: 0.0}
