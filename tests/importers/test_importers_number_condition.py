"""Questions asked of people with a certain number: found by who left them blank, read, and told by forms."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest
from import_build import table_of

from surveyapp.domain.question import Choice, Kind, Missing, Question
from surveyapp.domain.shown_if import Bound, ShownIf, Sign, holds, read_bounds, write_bounds
from surveyapp.domain.wave import Problem
from surveyapp.importers.codebook.limesurvey.relevance import NAME
from surveyapp.importers.codebook.number_rule import number_rule, texts_within
from surveyapp.importers.codebook.own_table import HEADERS as TABLE
from surveyapp.importers.codebook.own_table import read_rows, write_rows
from surveyapp.importers.codebook.xlsform_rule import read_shown_if
from surveyapp.importers.coding import code_plan_column
from surveyapp.importers.plan import ImportPlan, propose, with_question
from surveyapp.importers.problem.decision import apply_fix

HEADERS = (
    "Respondent ID",
    "How many children do you have?",
    "Age of the youngest",
    "Do they go to school?",
    "Your town",
)


def census(*, leaks: int = 0, n: int = 240) -> list[list[str]]:
    """Parents are asked two things more; the last five people left at the first question."""
    rng = random.Random(5)
    rows = []
    for number in range(n):
        kids = [0, 0, 1, 2, 0, 3][number % 6]
        asked = kids > 0 or number < 6 * leaks
        age, school = (str(rng.randint(1, 17)), rng.choice(["Yes", "No"])) if asked else ("", "")
        rows.append([str(number), str(kids), age, school, rng.choice(["Riverside", "Hill", "Moor"])])
    return [*rows, *([str(n + k), "", "", "", ""] for k in range(5))]


def conditions(plan: ImportPlan) -> list[Problem]:
    return [problem for problem in plan.problems if problem.kind == "condition"]


def missing(plan: ImportPlan, place: int) -> Counter[Missing | None]:
    coded = code_plan_column(plan, place)
    return Counter(coded.entries[n].missing for n in coded.index)


def proposed(rows: Sequence[Sequence[str]], headers: Sequence[str] = HEADERS) -> ImportPlan:
    return propose(table_of(headers, rows))


def test_questions_asked_of_parents_are_found_together() -> None:
    plan = proposed(census())
    assert plan.mapping.questions[1].kind is Kind.NUMBER
    (problem,) = conditions(plan)
    assert problem.columns == (2, 3)
    assert "were asked only of those who answered more than 0: 240 blanks are not shown" in problem.title
    assert "120 people gave another answer to “How many children do you have”" in problem.detail
    assert missing(plan, 2) == {None: 120, Missing.BLANK: 125}
    fixed = apply_fix(plan, problem, problem.fixes[0])
    wanted = ShownIf(column=HEADERS[1], bounds=(Bound(sign=Sign.ABOVE, value=0),))
    for place in (2, 3):
        assert fixed.mapping.questions[place].shown_if == wanted
        assert missing(fixed, place) == {None: 120, Missing.NOT_SHOWN: 125}
    assert not conditions(fixed)


def test_more_than_a_leak_is_no_condition() -> None:
    (one,) = conditions(proposed(census(n=720, leaks=1)))
    assert "3 of them answered here" in one.detail  # of 360 without children
    assert not conditions(proposed(census(leaks=3)))


def test_a_bound_in_the_middle_and_one_from_above() -> None:
    rng = random.Random(2)
    ages = [rng.randint(14, 80) for _n in range(300)]
    rows = [[str(n), str(age), "x y" * (age >= 60), "z w" * (age < 18 or age == 18)] for n, age in enumerate(ages)]
    for n, row in enumerate(rows):  # free texts, all different
        row[2:] = [f"{cell} {n}" if cell else "" for cell in row[2:]]
    plan = proposed(rows, ("Respondent ID", "Age", "What of your pension?", "What of school?"))
    told = {problem.column: problem.title for problem in conditions(plan)}
    assert "who answered at least 60:" in told["What of your pension?"]
    assert "who answered at most 18:" in told["What of school?"]


@pytest.mark.parametrize("seed", range(6))
def test_blanks_by_chance_are_no_condition(seed: int) -> None:
    rng = random.Random(seed)
    rows = [
        [str(n), str(rng.randint(0, 6)), *("" if rng.random() < 0.6 else f"word {rng.random()}" for _k in range(6))]
        for n in range(300)
    ]
    headers = ("Respondent ID", "How many cats do you have?", *(f"Remark {k}" for k in range(6)))
    assert not conditions(proposed(rows, headers))


def test_whoever_gave_no_number_was_not_asked() -> None:
    kids = ["0", "1", "", "many", "2"] * 10
    rows = [[str(n), cell, ""] for n, cell in enumerate(kids)]
    rows[1][2] = "5"
    plan = proposed(rows, ("Respondent ID", "Children", "Age of the youngest"))
    number, asked = (replace(q, kind=Kind.NUMBER, choices=()) for q in plan.mapping.questions[1:])
    asked = replace(asked, shown_if=ShownIf(column="Children", bounds=read_bounds("> 0")))
    plan = with_question(with_question(plan, number), asked)
    assert missing(plan, 2) == {None: 1, Missing.BLANK: 19, Missing.NOT_SHOWN: 30}
    by_label = replace(
        number,
        kind=Kind.SINGLE,
        choices=tuple(Choice(code=n, label=text) for n, text in enumerate(("0", "1", "2", "many"))),
    )
    assert missing(with_question(plan, by_label), 2) == {None: 1, Missing.BLANK: 19, Missing.NOT_SHOWN: 30}


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("> 0", "> 0"),
        (">=1 and <10", ">= 1, < 10"),
        ("=> 1; =< 10", ">= 1, <= 10"),
        ("≥ 50 %", ">= 50"),
        ("<> 3", "!= 3"),
        ("== 2.5", "= 2.5"),
        ("> -1e-3", "> -0.001"),
    ],
)
def test_bounds_as_people_type_them(text: str, bounds: str) -> None:
    assert write_bounds(read_bounds(text)) == bounds
    assert read_bounds(bounds) == read_bounds(text)


@pytest.mark.parametrize("text", ["", "  ", "0", "> ", "more than 0", "> 1 2", "> 0 or < 5", ">> 3", "> x"])
def test_what_is_no_bound(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_bounds(text)


def test_every_sign() -> None:
    within = {sign: [n for n in range(4) if Bound(sign=sign, value=2).holds(n)] for sign in Sign}
    assert within == {">": [3], ">=": [2, 3], "<": [0, 1], "<=": [0, 1, 2], "=": [2], "!=": [0, 1, 3]}
    assert not holds((), 1)
    assert holds(read_bounds("> 0, < 2"), 1)
    assert not holds(read_bounds("> 0, < 2"), 2)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("Children > 0", ShownIf(column="Children", bounds=read_bounds("> 0"))),
        ("Children>=1 and <5", ShownIf(column="Children", bounds=read_bounds(">= 1, < 5"))),
        ("Children [2] > 0", ShownIf(column="Children", occurrence=1, bounds=read_bounds("> 0"))),
        ("Children = [> 0]", ShownIf(column="Children", bounds=read_bounds("> 0"))),
        ("Children = many [> 0]", ShownIf(column="Children", labels=("many",), bounds=read_bounds("> 0"))),
        ("Children = 2", ShownIf(column="Children", labels=("2",))),
        ("Smokes = Yes | Now and then", ShownIf(column="Smokes", labels=("Yes", "Now and then"))),
    ],
)
def test_bounds_in_the_table_of_the_codebook(cell: str, shown: ShownIf) -> None:
    (read,) = read_rows(["column", "kind", "shown if"], [["Age", "number", cell]])
    assert read.shown_if == shown
    question = Question(column="Age", shown_if=shown)
    assert read_rows(TABLE, write_rows([question])) == [question]


XLSFORM = {"kids": {}, "step": {"1": "Never", "2": "Sometimes", "3": "Often"}, "town": {"a": "York"}}


@pytest.mark.parametrize(
    ("rule", "shown"),
    [
        ("${kids} > 0", ShownIf(column="kids", bounds=read_bounds("> 0"))),
        ("(${kids} >= 1 and ${kids} < 5)", ShownIf(column="kids", bounds=read_bounds(">= 1, < 5"))),
        ("${kids} != '' and ${kids} > 0", ShownIf(column="kids", bounds=read_bounds("> 0"))),
        ("number(${kids}) > 0", ShownIf(column="kids", bounds=read_bounds("> 0"))),
        ("${kids} = 2", ShownIf(column="kids", bounds=read_bounds("= 2"))),
        ("${step} >= 2", ShownIf(column="step", labels=("Sometimes", "Often"))),
        ("${town} > 2", None),
        ("${step} > 7", None),
        ("${kids} > 0 or ${kids} = -1", None),
        ("${kids} > ${step}", None),
        ("${other} > 0", None),
        ("${kids} > 0 and ${step} > 1", None),
        ("${kids} = ''", None),
        ("count-selected(${kids}) > 2", None),
    ],
)
def test_rules_of_xlsforms(rule: str, shown: ShownIf | None) -> None:
    assert read_shown_if(rule, XLSFORM) == shown


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        ("Q1.NAOK > 0", ("Q1", "> 0")),
        ("((Q1.NAOK > 0))", ("Q1", "> 0")),
        ("!is_empty(Q1.NAOK) && (Q1.NAOK >= 1)", ("Q1", ">= 1")),
        ("Q1.NAOK gt 0 and Q1.NAOK le 10", ("Q1", "> 0, <= 10")),
        ('Q1.NAOK > "0"', ("Q1", "> 0")),
        ("642133X12X104.NAOK > 3", ("642133X12X104", "> 3")),
        ("Q1.NAOK > 0 || Q2.NAOK > 0", None),
        ("Q1.NAOK > 0 and Q2.NAOK > 0", None),
        ("Q1.NAOK > Q2.NAOK", None),
        ("sum(Q1.NAOK, Q2.NAOK) > 0", None),
        ("!is_empty(Q1.NAOK)", None),
        ("(Q1.NAOK > 0", None),
        ("Q1.NAOK > 0 and", None),
        ("__import__('os') > 0", None),
    ],
)
def test_rules_of_limesurvey(rule: str, wanted: tuple[str, str] | None) -> None:
    found = number_rule(rule, NAME)
    assert (None if found is None else (found[0], write_bounds(found[1]))) == wanted


def test_a_long_rule_takes_no_time() -> None:
    for rule in ("(" * 400 + ")" * 400, "Q1 > 0 and " * 40, "a" * 499, "Q1.NAOK" * 70, "!is_empty(" * 40):
        number_rule(rule, NAME)


def test_choices_that_are_numbers() -> None:
    assert texts_within({"1": "Never", "2": "Often"}, read_bounds("> 1")) == ("Often",)
    assert texts_within({"1": "Never", "a": "Often"}, read_bounds("> 1")) is None
