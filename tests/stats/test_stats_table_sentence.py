"""What tables say: findings in words that are no stronger than the numbers."""

from __future__ import annotations

import numpy as np
import pytest
from stats.stats_sample import multi, single
from stats.table_sample import association, coded, crossed, side

from surveyapp.domain.question import Choice, Kind, Question
from surveyapp.stats.answers import Answers
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.table.cross import cross_table
from surveyapp.stats.table.nest import grid_side, nested
from surveyapp.stats.table.result import CrossTable
from surveyapp.stats.table.sentence import named
from surveyapp.stats.table.side import side_of
from surveyapp.stats.table.steps import grid_steps
from surveyapp.stats.weight.design import Weights


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        (((500, 500), (500, 510)), "No sign that Politics and Age go together."),
        (((10_600, 10_000), (10_000, 10_600)), "Politics and Age go together, but very weakly."),
        (((600, 400), (400, 600)), "Politics and Age go together, but weakly."),
        (((70, 30), (30, 70)), "Politics and Age clearly go together."),
        (((90, 10), (10, 90)), "Politics and Age go together strongly."),
    ],
)
def test_strength_in_words(counts: tuple[tuple[int, ...], ...], sentence: str) -> None:
    table = crossed(counts)
    assert table.sentence == association(table).sentence == sentence


def test_no_finding_says_what_would_fit_as_well() -> None:
    found = association(crossed(((20, 20), (20, 21))))
    assert found.effect is not None and found.effect.value.high is not None
    assert found.detail == f"With 81 people, a V of up to {found.effect.value.high:.2f} would fit as well."
    assert found.standouts == ()


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        (((60, 20, 5), (20, 60, 20), (5, 20, 60)), "Higher answers to Politics strongly go with higher ones to Age."),
        (((5, 20, 60), (20, 60, 20), (60, 20, 5)), "Higher answers to Politics strongly go with lower ones to Age."),
        (((50, 5, 50), (5, 50, 5), (50, 5, 50)), "Politics and Age go together, but not in one direction."),
        (((50, 50, 50), (50, 50, 50), (50, 50, 50)), "No sign that Politics and Age go together."),
    ],
)
def test_ordered_answers_have_a_direction(counts: tuple[tuple[int, ...], ...], sentence: str) -> None:
    assert crossed(counts, ordered=True).sentence == sentence


def test_a_row_that_only_rises_is_told_from_end_to_end() -> None:
    rows = coded("Politics", np.repeat([0, 1, 0, 1, 0, 1], [10, 90, 40, 60, 80, 20]), ["left", "right"])
    columns = coded("Age", np.repeat([0, 1, 2], 100), ["under 20", "20–39", "40 and over"], ordered=True)
    table = cross_table(side_of(rows), [side_of(columns)])
    assert isinstance(table, CrossTable)
    # the rarer of two answers speaks for both
    assert association(table).detail == "left: from 10\u202f% (under 20) to 80\u202f% (40 and over)."


def test_what_stands_out_is_named_once() -> None:
    found = association(crossed(((90, 10), (10, 90), (5, 5))))
    assert [(cell.row, cell.column) for cell in found.standouts] == [("r0", "c0"), ("r1", "c1")]
    assert found.detail.startswith("r0: 86\u202f% in c0, 10\u202f% elsewhere.")


def test_items_are_named_and_counted() -> None:
    n = 300
    column = np.arange(n) % 2
    ticks = [[0, 2] if c and i % 10 else [1] for i, c in enumerate(column.tolist())]
    table = cross_table(side_of(multi(ticks, 4)), [side_of(coded("Age", column, ["young", "old"]))])
    assert isinstance(table, CrossTable)
    assert table.sentence == "3 of 3 answers to m differ by Age: A, B, C."
    even = [[0] if i % 4 < 2 else [1] for i in range(n)]
    same = cross_table(side_of(multi(even, 2)), [side_of(coded("Age", column, ["young", "old"]))])
    assert isinstance(same, CrossTable)
    assert same.sentence == "No sign that any answer to m differs by Age."


def test_batteries_speak_of_items() -> None:
    items = [scale("Taxes", [1, 4] * 50), scale("War", [4, 4, 1, 1] * 25)]
    by = side(coded("Sex", [0, 1] * 50, ["f", "m"]))
    found = grid_side(items, name="Views")
    table = cross_table(found, [by])
    assert isinstance(table, CrossTable)
    assert table.sentence == "1 of 2 items of Views differ by Sex: Taxes."
    steps = grid_steps([scale("Taxes", [1, 4, 4, 4]), scale("War", [1, 1, 1, 4])], name="Views")
    assert isinstance(steps, CrossTable)
    assert steps.sentence == "c or d: most for Taxes (75\u202f%), fewest for War (25\u202f%)."


def scale(name: str, codes: list[int]) -> Answers:
    choices = tuple(Choice(code=code, label=label) for code, label in enumerate("abcd", 1))
    question = Question(column=name, name=name, kind=Kind.SCALE, choices=choices, ordered=True)
    return Answers(
        question=question, values=np.array(codes, dtype=np.int32), missing=np.zeros(len(codes), dtype=np.int8)
    )


def test_several_sets_of_columns_are_counted() -> None:
    rng = np.random.default_rng(1)
    age, sex = rng.integers(0, 2, 400), rng.integers(0, 2, 400)
    rows = coded("Politics", np.where(rng.random(400) < 0.8, age, 1 - age), ["l", "r"])
    table = cross_table(side(rows), [side(coded("Age", age, ["y", "o"])), side(coded("Sex", sex, ["f", "m"]))])
    assert isinstance(table, CrossTable)
    assert table.sentence == "Politics goes with 1 of 2 sets of columns: Age."
    assert "Holm" in association(table).notes[-1]
    within = nested(side(coded("Sex", sex, ["f", "m"])), side(coded("Age", age, ["y", "o"])))
    deep = cross_table(side(rows), [within])
    assert isinstance(deep, CrossTable)
    assert deep.sentence == "Politics goes with 2 of 2 sets of columns: f · Age, m · Age."
    nothing = cross_table(side(coded("Coin", rng.integers(0, 2, 400), ["h", "t"])), [within])
    assert isinstance(nothing, CrossTable)
    assert nothing.sentence == "No sign that Coin goes with any of 2 sets of columns."


def test_questions_in_sentences() -> None:
    assert named("Age") == "Age"
    assert named("Do you\nagree?") == "“Do you agree?”"
    assert named("How many years have you lived here") == "“How many years have you lived here”"
    assert len(named("x" * 180)) <= 50


def test_a_weighted_test_takes_more_people_than_cells() -> None:
    n = 30
    weights = Weights(name="w", values=np.linspace(1, 2, n), inside=np.ones(n, dtype=np.bool_))
    rows, columns = single(list(range(10)) * 3, 10), single([i // 3 for i in range(n)], 10)
    table = cross_table(side_of(rows), [side_of(columns)], weights=weights)
    assert isinstance(table, CrossTable)
    found = table.groups[0].association
    assert isinstance(found, NotComputed)
    assert "more people than the table has cells" in found.reason
