"""Questions asked of some people only, and long tails of rare answers: what is proposed, and what is not."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

from import_build import column_plan, table_of

from surveyapp.domain.question import Missing
from surveyapp.domain.shown_if import ShownIf
from surveyapp.domain.wave import Problem, Severity
from surveyapp.importers.coding import code_plan_column
from surveyapp.importers.plan import ImportPlan, propose
from surveyapp.importers.problem.decision import apply_fix

HEADERS = ("Respondent ID", "Do you smoke?", "How many a day?", "Which brand?", "Your town")


def census(*, leaks: int = 0, n: int = 200) -> list[list[str]]:
    """Smokers are asked two things more; the last five people left at the first question."""
    rng = random.Random(7)
    rows = []
    for number in range(n):
        smokes = ["Yes", "No", "Used to"][number % 3]
        asked = smokes == "Yes" or (smokes == "No" and number < 3 * leaks)
        often, brand = (str(rng.randint(1, 30)), rng.choice(["Gauloises", "Camel"])) if asked else ("", "")
        rows.append([str(number), smokes, often, brand, rng.choice(["Riverside", "Hill", "Moor"])])
    return [*rows, *([str(n + k), "", "", "", ""] for k in range(5))]


def conditions(plan: ImportPlan) -> list[Problem]:
    return [problem for problem in plan.problems if problem.kind == "condition"]


def missing(plan: ImportPlan, place: int) -> Counter[Missing | None]:
    coded = code_plan_column(plan, place)
    return Counter(coded.entries[n].missing for n in coded.index)


def proposed(rows: Sequence[Sequence[str]], headers: Sequence[str] = HEADERS) -> ImportPlan:
    return propose(table_of(headers, rows))


def test_questions_asked_of_some_are_found_together() -> None:
    plan = proposed(census())
    (problem,) = conditions(plan)
    assert problem.columns == (2, 3)
    assert problem.severity is Severity.LOOK
    assert "“Yes”: 266 blanks are not shown" in problem.title
    assert missing(plan, 2) == {None: 67, Missing.BLANK: 138}
    fixed = apply_fix(plan, problem, problem.fixes[0])
    for place in (2, 3):
        assert fixed.mapping.questions[place].shown_if == ShownIf(column="Do you smoke?", labels=("Yes",))
        assert missing(fixed, place) == {None: 67, Missing.NOT_SHOWN: 138}
    assert not conditions(fixed)
    kept = apply_fix(plan, problem, problem.fixes[-1])
    assert not conditions(kept)
    assert kept.mapping == plan.mapping


def test_a_tick_may_decide() -> None:
    rng = random.Random(11)
    rows = []
    for n in range(300):
        pets = [pet for pet in ("Cat", "Dog", "Fish") if rng.random() < 0.4] or ["None"]
        name = rng.choice(["Mia", "Tom", "Kitty"]) if "Cat" in pets else ""
        rows.append([str(n), ";".join(pets), name, "", "Hill"])
    plan = proposed(rows, ("Respondent ID", "Pets", "Name of the cat", "Else", "Town"))
    (problem,) = conditions(plan)
    assert "“Name of the cat” was asked only of those who answered “Cat”" in problem.title
    counts = missing(apply_fix(plan, problem, problem.fixes[0]), 2)
    assert counts == {None: sum("Cat" in row[1] for row in rows), Missing.NOT_SHOWN: problem.count}


def test_a_text_of_those_who_answered_other_spells_it_out() -> None:
    rng = random.Random(12)
    words = ["Zen", "Jedi", "my own mix of things", "nothing really", "a bit of everything", "long story"]
    rows = []
    for n in range(300):
        faith = rng.choice(["Theist", "Atheist", "Other"])
        text = f"{rng.choice(words)} {rng.randint(1, 99)}" if faith == "Other" else ""
        rows.append([str(n), faith, text, "", "Hill"])
    plan = proposed(rows, ("Respondent ID", "Faith", "If other, which?", "Else", "Town"))
    (problem,) = conditions(plan)
    assert [fix.action for fix in problem.fixes] == ["other_of", "shown_if", "keep"]
    fixed = apply_fix(plan, problem, problem.fixes[0])
    assert fixed.mapping.questions[2].other_of == "Faith"
    assert not conditions(fixed)
    coded = code_plan_column(fixed, 1)
    written = [coded.entries[n].write_in for n in coded.index]
    assert written == [row[2] for row in rows]


def test_a_question_that_others_answered_too_is_no_conditional_one() -> None:
    assert not conditions(proposed(census(leaks=10)))


def test_few_people_prove_nothing() -> None:
    assert not conditions(proposed(census(n=24)))


def test_skipping_is_no_condition() -> None:
    rng = random.Random(3)
    rows = [
        [str(n), rng.choice(["Yes", "No"]), "" if rng.random() < 0.6 else str(rng.randint(1, 30)), "", "Hill"]
        for n in range(300)
    ]
    assert not conditions(proposed(rows))


def test_dropping_out_is_no_condition() -> None:
    rows = [[str(n), "Yes" if n % 2 else "No", "12", "Camel", "Hill"] for n in range(60)]
    rows += [[str(n), "", "", "", ""] for n in range(60, 200)]
    assert not conditions(proposed(rows))


def test_what_the_file_calls_not_shown_needs_no_proposal() -> None:
    rows = [[*row[:2], row[2] or "N/A", row[3] or "N/A", row[4]] for row in census()]
    assert not conditions(proposed(rows))


COMMON = [
    f"{kind} {trade}"
    for kind in ("Old", "Young", "Head", "Spare")
    for trade in ("baker", "nurse", "clerk", "cook", "tailor")
]
ODD = ["Juggler", "Diver", "Potter", "Miller", "Smith", "Monk", "Poet", "Spy", "Judge", "Pilot", "Vicar", "Usher"]


def test_a_long_tail_can_be_folded() -> None:
    cells = [trade for n, trade in enumerate(COMMON) for _time in range(4 + n)] + ODD + ODD[:4]
    plan = column_plan("Profession", cells)
    (problem,) = [problem for problem in plan.problems if problem.kind == "rare_answers"]
    assert problem.count == len(ODD) + 4
    assert problem.title.startswith("12 answers")
    assert problem.fixes[0].action == "fold_rare"
    fixed = apply_fix(plan, problem, problem.fixes[0])
    question = fixed.mapping.questions[1]
    assert {choice.label for choice in question.choices[:-1]} == set(COMMON)
    assert question.choices[-1].other
    assert set(question.choices[-1].aliases) == set(ODD)
    assert not [problem for problem in fixed.problems if problem.kind == "rare_answers"]
    coded = code_plan_column(fixed, 1)
    assert [coded.entries[n].raw for n in coded.index] == cells


def test_countries_are_kept_by_default() -> None:
    common = ["Germany", "France", "Poland", "Spain", "Italy", "Japan", "Brazil", "Canada", "Norway", "Chile"]
    common += ["Austria", "Belgium", "Sweden", "Denmark", "Finland", "India", "China", "Kenya", "Peru", "Cuba", "Ghana"]
    rare = ["Fiji", "Nauru", "Tonga", "Malta", "Nepal", "Qatar", "Oman", "Laos", "Mali", "Togo"]
    plan = column_plan("Country", common * 4 + rare)
    (problem,) = [problem for problem in plan.problems if problem.kind == "rare_answers"]
    assert [fix.action for fix in problem.fixes] == ["keep", "fold_rare"]
    fixed = apply_fix(plan, problem, problem.fixes[1])
    coded = code_plan_column(fixed, 1)
    other = next(choice.code for choice in fixed.mapping.questions[1].choices if choice.other)
    assert sum(coded.entries[n].value == other for n in coded.index) == len(rare)
