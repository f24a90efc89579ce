"""Questions asked of some, in a stored wave: fixed, undone, and read anew when the question they rest on changes."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from surveyapp.domain.question import Missing, Question, ShownIf
from surveyapp.services.change_log import redo, undo
from surveyapp.services.codebook.choice_edit import merge_groups, rename_choice
from surveyapp.services.codebook.stored import fix_problem, open_problems, update_questions
from surveyapp.services.intake.importing import mapping_of_wave, plan_import, run_import
from surveyapp.services.intake.preview import differing
from surveyapp.services.session import Session

SMOKES = ["Yes", "No", "Used to"]


def write_file(path: Path) -> Path:
    """Ninety people; only smokers are asked how many a day."""
    rows = [[str(n), SMOKES[n % 3], str(1 + n % 7) if n % 3 == 0 and n != 60 else ""] for n in range(90)]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["Respondent ID", "Smokes", "A day"], *rows])
    return path


@pytest.fixture
def wave(empty: Session, tmp_path: Path) -> int:
    return run_import(empty, plan_import(write_file(tmp_path / "2026.csv")), wave="2026").id


def ask(session: Session, name: str, wave: int = 1) -> Question:
    found = session.codebook(wave).find(name)
    assert found is not None
    return found


def missing(session: Session, name: str, wave: int = 1) -> Counter[Missing | None]:
    (coded,) = session.store.answers.load(wave, [ask(session, name, wave).id]).values()
    return Counter(coded.entries[n].missing for n in coded.index)


BLANK = {None: 29, Missing.BLANK: 61}
SHOWN = {None: 29, Missing.BLANK: 1, Missing.NOT_SHOWN: 60}


def test_a_proposal_is_taken_and_taken_back(empty: Session, wave: int) -> None:
    stored = next(item for item in open_problems(empty, wave) if item.problem.kind == "condition")
    assert missing(empty, "A day") == BLANK
    assert fix_problem(empty, wave, stored, stored.problem.fixes[0]) is not None
    assert missing(empty, "A day") == SHOWN
    undo(empty)
    assert missing(empty, "A day") == BLANK
    redo(empty)
    assert missing(empty, "A day") == SHOWN


def test_the_question_it_rests_on_decides(empty: Session, wave: int) -> None:
    asked = replace(ask(empty, "A day"), shown_if=ShownIf(column="Smokes", labels=("Yes",)))
    update_questions(empty, wave, [asked])
    assert missing(empty, "A day") == SHOWN
    rename_choice(empty, wave, ask(empty, "Smokes"), _code(empty, "Yes"), "Smokes")
    assert missing(empty, "A day") == SHOWN  # the old label is an alias
    merge_groups(empty, wave, ask(empty, "Smokes"), [["Used to", "No"]])
    assert missing(empty, "A day") == SHOWN
    merge_groups(empty, wave, ask(empty, "Smokes"), [["Smokes", "Used to"]])
    assert missing(empty, "A day") == BLANK
    for _step in range(3):
        undo(empty)
    assert missing(empty, "A day") == SHOWN


def _code(session: Session, label: str) -> int:
    return next(choice.code for choice in ask(session, "Smokes").choices if choice.label == label)


def test_the_next_file_knows_the_condition(empty: Session, wave: int, tmp_path: Path) -> None:
    asked = replace(ask(empty, "A day"), shown_if=ShownIf(column="Smokes", labels=("Yes",)))
    update_questions(empty, wave, [asked])
    plan = plan_import(write_file(tmp_path / "2027.csv"), mapping=mapping_of_wave(empty, wave))
    assert not [problem for problem in plan.problems if problem.kind == "condition"]
    second = run_import(empty, plan, wave="2027").id
    assert missing(empty, "A day", second) == SHOWN


def test_the_preview_shows_what_a_change_reads_anew(tmp_path: Path) -> None:
    plan = plan_import(write_file(tmp_path / "2026.csv"))
    first, smokes, day = plan.mapping.questions
    asked = replace(day, shown_if=ShownIf(column="Smokes", labels=("Yes",)))
    before = replace(plan, mapping=replace(plan.mapping, questions=(first, smokes, asked)))
    after = replace(plan, mapping=replace(plan.mapping, questions=(first, replace(smokes, closed=True), asked)))
    assert differing(before, after) == [1, 2]
    assert differing(plan, before) == [2]
    assert differing(before, before) == []
