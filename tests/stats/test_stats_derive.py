"""Derived questions, each kind against numbers worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from surveyapp.domain.codec import from_plain, to_plain
from surveyapp.domain.derived import Derived, DerivedKind, Group
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Choice, Kind, Missing, Question
from surveyapp.stats.answers import MISSING_CODES, Answers
from surveyapp.stats.derive.derive import band_labels, derive

BLANK, RANGE = MISSING_CODES[Missing.BLANK], MISSING_CODES[Missing.OUT_OF_RANGE]


def number(name: str, *values: float, low: float | None = None, high: float | None = None) -> Answers:
    """Blanks are nan."""
    array = np.array(values, dtype=np.float64)
    missing = np.where(np.isnan(array), BLANK, 0).astype(np.int8)
    return Answers(question=Question(column=name, kind=Kind.NUMBER, low=low, high=high), values=array, missing=missing)


def scale(name: str, *codes: int, steps: int = 5) -> Answers:
    """Codes run from 10 in tens, to be told apart from steps; 0 is a blank."""
    choices = tuple(Choice(code=10 * step, label=f"step {step}") for step in range(1, steps + 1))
    values = np.array(codes, dtype=np.int32)
    missing = np.where(values == 0, BLANK, 0).astype(np.int8)
    question = Question(column=name, kind=Kind.SCALE, ordered=True, choices=choices)
    return Answers(question=question, values=values, missing=missing)


def recipe(kind: DerivedKind, *columns: str, **more: object) -> Derived:
    return Derived(name="New", kind=kind, columns=columns, **more)  # type: ignore[arg-type]


def labels(answers: Answers) -> list[str]:
    names = {choice.code: choice.label for choice in answers.question.choices}
    return [names.get(int(value), "") for value in answers.values]


nan = float("nan")


def test_bands_begin_at_their_edge() -> None:
    found = derive(
        recipe(DerivedKind.BANDED, "Age", edges=(18.0, 25.0, 65.0)), [number("Age", 17.9, 18, 24, 25, 80, nan)]
    )
    assert labels(found) == ["< 18", "18–24", "18–24", "25–64", "65+", ""]
    assert found.missing.tolist() == [0, 0, 0, 0, 0, BLANK]
    assert (found.question.kind, found.question.ordered) == (Kind.SINGLE, True)


@pytest.mark.parametrize(
    ("edges", "expected"),
    [
        ((0.0, 1.0, 2.0), ["< 0", "0", "1", "2+"]),
        ((1.5, 2.5), ["< 1.5", "1.5–<2.5", "2.5+"]),
        ((30_000.0,), ["< 30,000", "30,000+"]),
    ],
)
def test_names_of_bands(edges: tuple[float, ...], expected: list[str]) -> None:
    assert band_labels(edges) == expected


def test_groups_stand_where_their_first_member_stood_and_others_keep_their_label() -> None:
    groups = (Group(label="much", members=("step 4", "step 5")), Group(label="little", members=("step 1",)))
    found = derive(recipe(DerivedKind.GROUPED, "A", groups=groups), [scale("A", 10, 20, 30, 40, 50, 0)])
    assert labels(found) == ["little", "step 2", "step 3", "much", "much", ""]
    assert [choice.label for choice in found.question.choices] == ["little", "step 2", "step 3", "much"]
    assert found.question.ordered


def test_a_score_is_the_mean_of_steps_with_reversed_items_turned() -> None:
    items = [scale("A", 10, 50, 0, 0), scale("B", 50, 10, 20, 0)]
    found = derive(recipe(DerivedKind.SCORE, "A", "B", reversed_columns=("B",)), items)
    assert found.values[:2].tolist() == [1.0, 5.0]  # (1 + (6 - 5)) / 2, (5 + (6 - 1)) / 2
    assert found.missing.tolist() == [0, 0, BLANK, BLANK]
    lenient = derive(recipe(DerivedKind.SCORE, "A", "B", least_answered=1, summed=True), items)
    assert lenient.values[:3].tolist() == [6.0, 6.0, 4.0]  # the missing item stands at the person's mean
    assert lenient.missing.tolist() == [0, 0, 0, BLANK]


def test_steps_that_are_numbers_are_those_numbers() -> None:
    choices = tuple(Choice(code=code + 1, label=str(code)) for code in range(11))
    question = Question(column="A", kind=Kind.SCALE, ordered=True, choices=choices)
    item = Answers(question=question, values=np.array([1, 11], dtype=np.int32), missing=np.zeros(2, dtype=np.int8))
    found = derive(recipe(DerivedKind.SCORE, "A", "B", reversed_columns=("B",)), [item, item])
    assert found.values.tolist() == [5.0, 5.0]  # (0 + 10) / 2, (10 + 0) / 2
    assert derive(recipe(DerivedKind.DIFFERENCE, "A", "B"), [item, item]).values.tolist() == [0.0, 0.0]


def test_a_reversed_number_needs_its_bounds() -> None:
    items = [number("A", 2.0, low=0, high=10), number("B", 3.0)]
    found = derive(recipe(DerivedKind.SCORE, "A", "B", reversed_columns=("A",)), items)
    assert found.values.tolist() == [5.5]  # (8 + 3) / 2
    with pytest.raises(UserError, match="B cannot be reversed"):
        derive(recipe(DerivedKind.SCORE, "A", "B", reversed_columns=("B",)), items)


def test_an_index_standardises_first() -> None:
    found = derive(recipe(DerivedKind.INDEX, "A", "B"), [number("A", 1, 2, 3), number("B", 100, 300, 200)])
    assert found.values.tolist() == pytest.approx([-1.0, 0.5, 0.5])  # z: (-1, 0, 1) and (-1, 1, 0)
    flat = derive(recipe(DerivedKind.INDEX, "A", "B"), [number("A", 1, 2), number("B", 5, 5)])
    assert flat.missing.tolist() == [RANGE, RANGE]  # who does not vary has no standard score


def test_difference_logarithm_and_standard_score() -> None:
    pair = [number("A", 5, 1, nan), number("B", 2, 4, 1)]
    difference = derive(recipe(DerivedKind.DIFFERENCE, "A", "B"), pair)
    assert difference.values[:2].tolist() == [3.0, -3.0]
    assert difference.missing.tolist() == [0, 0, BLANK]
    logs = derive(recipe(DerivedKind.LOG, "A"), [number("A", 1000, 0, -5, nan)])
    assert logs.values[0] == pytest.approx(3)
    assert logs.missing.tolist() == [0, RANGE, RANGE, BLANK]
    assert derive(recipe(DerivedKind.LOG, "A", offset=1.0), [number("A", 0, 9)]).values.tolist() == [0.0, 1.0]
    scores = derive(recipe(DerivedKind.STANDARDISED, "A"), [number("A", 2, 4, 6, nan)])
    assert scores.values[:3].tolist() == pytest.approx([-1, 0, 1])


def test_any_of_knows_who_answered_nothing() -> None:
    columns = [number("A", 1, nan, nan), number("B", nan, 2, nan)]
    made = Derived(name="New", kind=DerivedKind.ANY_OF, conditions=())
    with pytest.raises(UserError, match="no condition"):
        derive(made, columns, np.array([True, False, False]))


@pytest.mark.parametrize(
    ("made", "columns", "part"),
    [
        (recipe(DerivedKind.BANDED, "A", edges=(3.0, 1.0)), [number("A", 1)], "ascending"),
        (recipe(DerivedKind.BANDED, "A"), [number("A", 1)], "ascending"),
        (recipe(DerivedKind.SCORE, "A"), [number("A", 1)], "not clear"),
        (recipe(DerivedKind.DIFFERENCE, "A"), [number("A", 1)], "not clear"),
        (recipe(DerivedKind.GROUPED, "A", groups=(Group(label="x", members=("y",)),)), [number("A", 1)], "no list"),
        (
            recipe(DerivedKind.GROUPED, "A", groups=(Group(label="x", members=("step 1", "step 1")),)),
            [scale("A", 10)],
            "one group",
        ),
    ],
)
def test_unsound_recipes_are_refused(made: Derived, columns: list[Answers], part: str) -> None:
    with pytest.raises(UserError, match=part):
        derive(made, columns)


def test_a_recipe_is_data() -> None:
    made = recipe(DerivedKind.GROUPED, "__import__('os')", groups=(Group(label="'); DROP TABLE", members=("🙂",)),))
    assert from_plain(Derived, to_plain(made)) == made


def test_nobody() -> None:
    found = derive(recipe(DerivedKind.STANDARDISED, "A"), [number("A")])
    assert len(found) == 0
    assert derive(recipe(DerivedKind.SCORE, "A", "B"), [number("A", nan), number("B", nan)]).missing.tolist() == [BLANK]
