"""Steps of a scale typed with its top: "3/5" beside 1 to 5."""

from __future__ import annotations

import pytest
from import_build import guessed

from surveyapp.domain.question import Choice, Kind, Missing, Question
from surveyapp.importers.cell.reading import read_texts
from surveyapp.importers.cell.step import step_of

SCALE = Question(
    column="Food", kind=Kind.SCALE, choices=tuple(Choice(code=n, label=str(n)) for n in range(1, 6)), ordered=True
)


@pytest.mark.parametrize("cell", ["3/5", "3 / 5", "3 out of 5", "3 Out Of 5", "3 of 5", "3of 5"])
def test_the_step_before_the_top(cell: str) -> None:
    (entry,) = read_texts(SCALE, [cell]).entries
    assert (entry.raw, entry.value, entry.missing) == (cell, 3, None)


@pytest.mark.parametrize("cell", ["3/10", "6/5", "3 of 10", "3/5/2020", "3/5 stars", "/5", "3 5"])
def test_another_top_or_none_is_no_such_step(cell: str) -> None:
    assert step_of(cell, 5) is None


def test_another_top_is_unread() -> None:
    (entry,) = read_texts(SCALE, ["3/10"]).entries
    assert entry.missing is Missing.UNREADABLE


def test_a_step_that_the_scale_lacks_is_out_of_range() -> None:
    (entry,) = read_texts(SCALE, ["0/5"]).entries
    assert entry.missing is Missing.OUT_OF_RANGE


def test_such_answers_beside_steps_leave_it_a_scale() -> None:
    question = guessed("Rate the food", [str(1 + n % 5) for n in range(60)] + ["3/5", "4 out of 5", "2 of 5"] * 3)
    assert (question.kind, [choice.label for choice in question.choices]) == (Kind.SCALE, ["1", "2", "3", "4", "5"])


def test_fractions_among_numbers_are_none() -> None:
    assert guessed("Number of cakes eaten", ["1", "2", "3", "1/2", "1 1/2"] * 8).kind is Kind.NUMBER
