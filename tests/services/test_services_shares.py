"""People who typed 0.5 for 50 %: stored, told in the recipe, taken back; a stored column takes another unit."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from import_build import table_of

from surveyapp.base.clock import system_clock
from surveyapp.domain.question import Question
from surveyapp.importers.plan import ImportPlan, propose
from surveyapp.importers.problem.decision import apply_fix
from surveyapp.services.change_log import undo
from surveyapp.services.codebook.stored import fix_problem, open_problems, update_questions
from surveyapp.services.intake.importing import run_import
from surveyapp.services.recipe.build import recipe_text
from surveyapp.services.session import Session
from surveyapp.services.workspace import create_session

CHECK = "Fair coin lands heads (attention check)"


def census() -> ImportPlan:
    rng = random.Random(5)
    rows = [["50", *(str(rng.randint(2, 99)) for _p in range(3)), str(rng.randint(10, 40))] for _n in range(60)]
    rows += [["0.5", "0.2", "0.9", "0.07", "90 min"], ["0.5", "20", "0.9", "7", "30"]]
    headers = ["ID", CHECK, "P(a)", "P(b)", "P(c)", "Time spent"]
    return propose(table_of(headers, [[str(n), *row] for n, row in enumerate(rows)]))


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    made = create_session(tmp_path / "shares.survey", name="Shares", clock=system_clock)
    yield made
    made.store.close(backup=False)


def last(session: Session, header: str) -> list[object]:
    question = named(session, header)
    column = session.store.answers.load(1, [question.id])[question.id]
    entries = [column.entries[n] for n in column.index]
    return [entry.missing or entry.value for entry in entries[-2:]]


def named(session: Session, header: str) -> Question:
    return next(question for question in session.codebook(1).questions if question.column == header)


def test_decided_before_the_import(session: Session) -> None:
    plan = census()
    problem = next(problem for problem in plan.problems if problem.kind == "shares")
    run_import(session, apply_fix(plan, problem, problem.fixes[0]), wave="1")
    assert [last(session, header) for header in (CHECK, "P(a)", "P(b)")] == [[50, 50], [20, 20], [90, 0.9]]
    assert "typed as shares of 1 and are read as percent: " in recipe_text(session, 1)
    assert "“P(b)” (1)" in recipe_text(session, 1)


def test_decided_on_the_stored_wave_and_taken_back(session: Session) -> None:
    run_import(session, census(), wave="1")
    before = last(session, "P(b)")
    stored = next(item for item in open_problems(session, 1) if item.problem.kind == "shares")
    fix_problem(session, 1, stored, stored.problem.fixes[0])
    assert last(session, "P(b)") == [90, 0.9]
    assert last(session, CHECK) == [50, 50]
    undo(session)
    assert last(session, "P(b)") == before == [0.9, 0.9]


def test_another_unit_of_the_column_reads_it_anew(session: Session) -> None:
    run_import(session, census(), wave="1")
    assert last(session, "Time spent") == [90, 30]
    update_questions(session, 1, [replace(named(session, "Time spent"), unit="hours")])
    assert last(session, "Time spent") == [1.5, 30]
