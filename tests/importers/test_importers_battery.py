"""Batteries: the steps come from what most items share; ratings in a row are one battery."""

from __future__ import annotations

import random

from import_build import table_of

from surveyapp.domain.question import Kind, Missing
from surveyapp.importers.coding import code_plan_column
from surveyapp.importers.plan import propose

STEPS = ["strongly against", "against", "neither", "for", "strongly for"]


def battery_rows(n: int = 200) -> list[list[str]]:
    rng = random.Random(8)
    return [rng.choices(STEPS, k=4) for _n in range(n)]


def test_odd_texts_of_one_item_are_no_steps() -> None:
    rows = battery_rows()
    rows[3][1] = "it depends on the tide"
    rows[7][1] = "9"
    for row in rows:  # nobody chose the lowest step of the last item
        row[3] = row[3] if row[3] != STEPS[0] else "for"
    plan = propose(table_of([f"Views [{item}]" for item in "ABCD"], rows))
    for place, question in enumerate(plan.mapping.questions):
        assert question.grid == "Views"
        assert question.ordered
        assert [choice.label for choice in question.choices] == STEPS
        assert [choice.code for choice in question.choices] == [1, 2, 3, 4, 5]
        assert code_plan_column(plan, place).question == question
    coded = code_plan_column(plan, 1)
    assert [coded.entries[coded.index[n]].missing for n in (3, 7)] == [Missing.UNREADABLE] * 2
    assert [coded.entries[coded.index[n]].raw for n in (3, 7)] == ["it depends on the tide", "9"]
    found = [problem for problem in plan.problems if problem.kind == "unreadable"]
    assert [(problem.column, problem.count, problem.rows) for problem in found] == [("Views [B]", 2, (5, 9))]


def test_a_later_wave_adds_no_step() -> None:
    first = propose(table_of([f"Views [{item}]" for item in "ABCD"], battery_rows()))
    rows = battery_rows()
    rows[5][2] = "7"
    later = propose(table_of([f"Views [{item}]" for item in "ABCD"], rows), mapping=first.mapping)
    assert [choice.label for choice in later.mapping.questions[2].choices] == STEPS
    assert later.mapping.questions[2].closed
    assert not later.mapping.questions[1].closed


def test_number_steps_come_from_most_items() -> None:
    rng = random.Random(2)
    rows = [[rng.choice("12345") for _n in range(4)] for _m in range(200)]
    for row in rows[:3]:
        row[2] = "6"
    plan = propose(table_of([f"Trust [{item}]" for item in "ABCD"], rows))
    for question in plan.mapping.questions:
        assert question.kind is Kind.SCALE
        assert [choice.label for choice in question.choices] == ["1", "2", "3", "4", "5"]
    found = [problem for problem in plan.problems if problem.kind == "out_of_range"]
    assert [(problem.column, problem.count) for problem in found] == [("Trust [C]", 3)]


def test_an_item_with_other_answers_keeps_them() -> None:
    rng = random.Random(2)
    rows = [[*row, rng.choice(["Red", "Green", "Blue"])] for row in battery_rows()]
    questions = propose(table_of([f"Views [{item}]" for item in "ABCDE"], rows)).mapping.questions
    assert {choice.label for choice in questions[4].choices} == {"Red", "Green", "Blue"}


def rating_rows(n: int) -> list[list[str]]:
    rng = random.Random(4)
    return [[rng.choice("12345") for _column in range(n)] for _row in range(120)]


def test_ratings_in_a_row_on_one_topic_are_a_battery() -> None:
    politics = ["Abortion", "Immigration", "Taxes", "BasicIncome"]
    headers = [*politics, "Age", "Gender", *(f"Filler{n}" for n in range(8))]
    rng = random.Random(1)
    rows = [[*row, str(rng.randint(18, 70)), rng.choice(["Man", "Woman"]), *["x y"] * 8] for row in rating_rows(4)]
    questions = propose(table_of(headers, rows)).mapping.questions
    assert {question.grid for question in questions[:4]} == {"Politics"}
    assert not any(question.grid for question in questions[4:])


def test_ratings_about_nothing_known_or_too_few_are_none() -> None:
    questions = propose(table_of(["Alpha", "Beta", "Gamma", "Delta"], rating_rows(4))).mapping.questions
    assert not any(question.grid for question in questions)
    headers = ["Abortion", "Taxes", *(f"Filler{n}" for n in range(12))]
    rows = [[*row, *["x y"] * 12] for row in rating_rows(2)]
    assert not any(question.grid for question in propose(table_of(headers, rows)).mapping.questions)


def test_codes_with_a_common_first_word_bridge_other_questions() -> None:
    rng = random.Random(1)
    headers = []
    for name in ("Therapy", "Medicines", "Supplements", "Meditation"):
        headers += [f"Akrasia{name}1", f"Akrasia{name}2"]
    cells = [[cell for rating in row for cell in (rng.choice(["Yes", "No"]), rating)] for row in rating_rows(4)]
    headers += [f"Filler{n}" for n in range(6)]
    questions = propose(table_of(headers, [[*row, *["x y"] * 6] for row in cells])).mapping.questions
    assert [question.grid for question in questions[:8]] == ["", "Akrasia"] * 4
