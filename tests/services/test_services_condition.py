"""Questions asked of some, in a stored wave: fixed, undone, and read anew when the question they rest on changes."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from surveyapp.domain.analysis import Base
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Missing, Question
from surveyapp.domain.shown_if import ShownIf, read_bounds
from surveyapp.services.analysis.run import run_analysis
from surveyapp.services.analysis.subject import question_spec
from surveyapp.services.cell.correction import edit_cell
from surveyapp.services.change_log import redo, undo
from surveyapp.services.codebook.choice_edit import merge_groups, rename_choice
from surveyapp.services.codebook.column_edit import typed_bounds
from surveyapp.services.codebook.mapping import read_mapping, write_mapping
from surveyapp.services.codebook.stored import fix_problem, open_problems, update_questions
from surveyapp.services.intake.importing import mapping_of_wave, plan_import, run_import
from surveyapp.services.intake.preview import differing
from surveyapp.services.intake.rebuild import check_rebuild
from surveyapp.services.recipe.build import recipe_text
from surveyapp.services.session import Session
from surveyapp.stats.result import NumericSummary

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


def write_parents(path: Path) -> Path:
    """Ninety people; only parents are asked for the age of their youngest."""
    kids = [n % 4 if n % 2 else 0 for n in range(90)]
    rows = [[str(n), str(own), str(1 + n % 17) if own and n != 61 else ""] for n, own in enumerate(kids)]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["Respondent ID", "How many children do you have?", "Age of the youngest"], *rows])
    return path


PARENTS = {None: 44, Missing.BLANK: 1, Missing.NOT_SHOWN: 45}


def test_a_condition_on_a_number_is_taken_told_and_taken_back(empty: Session, tmp_path: Path) -> None:
    wave = run_import(empty, plan_import(write_parents(tmp_path / "2026.csv")), wave="2026").id
    stored = next(item for item in open_problems(empty, wave) if item.problem.kind == "condition")
    assert "answered more than 0: 45 blanks are not shown" in stored.problem.title
    assert fix_problem(empty, wave, stored, stored.problem.fixes[0]) is not None
    assert missing(empty, "Age of the youngest") == PARENTS
    result = run_analysis(empty, question_spec(ask(empty, "Age of the youngest"), Base(wave_id=wave)))
    assert isinstance(result, NumericSummary)
    assert (result.counted.base, result.counted.n) == (45, 44)
    told = recipe_text(empty, wave)
    assert "was asked only of people who answered more than 0 to “How many children do you have?”." in told
    assert "45 blanks count as not shown." in told
    assert not check_rebuild(empty, wave).differences
    undo(empty)
    assert missing(empty, "Age of the youngest") == {None: 44, Missing.BLANK: 46}
    redo(empty)
    assert missing(empty, "Age of the youngest") == PARENTS


def test_a_corrected_number_asks_anew(empty: Session, tmp_path: Path) -> None:
    wave = run_import(empty, plan_import(write_parents(tmp_path / "2026.csv")), wave="2026").id
    kids = ask(empty, "How many children do you have?")
    asked = ShownIf(column=kids.column, bounds=read_bounds("> 0"))
    change = update_questions(empty, wave, [replace(ask(empty, "Age of the youngest"), shown_if=asked)])
    assert change is not None
    assert change.label == "“Age of the youngest” asked only of some"
    assert missing(empty, "Age of the youngest") == PARENTS
    edit_cell(empty, wave, 2, kids, "2")  # the first person has children after all
    assert missing(empty, "Age of the youngest") == {None: 44, Missing.BLANK: 2, Missing.NOT_SHOWN: 44}
    assert not check_rebuild(empty, wave).differences


def test_next_year_and_a_table_know_the_bound(empty: Session, tmp_path: Path) -> None:
    wave = run_import(empty, plan_import(write_parents(tmp_path / "2026.csv")), wave="2026").id
    asked = ShownIf(column="How many children do you have?", bounds=read_bounds("> 0"))
    update_questions(empty, wave, [replace(ask(empty, "Age of the youngest"), shown_if=asked)])
    for suffix in (".json", ".csv", ".xlsx"):
        path = tmp_path / f"decisions{suffix}"
        write_mapping(empty, wave, path)
        plan = plan_import(write_parents(tmp_path / "2027.csv"), mapping=read_mapping(path))
        assert plan.mapping.questions[2].shown_if == asked
        assert not [problem for problem in plan.problems if problem.kind == "condition"]


def test_what_is_typed_must_be_a_bound() -> None:
    assert typed_bounds("  ") == ()
    assert typed_bounds(" >=3 ") == read_bounds(">= 3")
    with pytest.raises(UserError, match="no bound of a number"):
        typed_bounds("over thirty")
