"""Problems that are settled, before the import or since: each can be taken up again, and nothing else changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from services_example import CENSUS, GENDER, POPULATION, state

from surveyapp.domain.column import Entry
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Choice, Question
from surveyapp.importers.plan import ImportPlan
from surveyapp.importers.problem.decision import apply_fix
from surveyapp.services.change_log import redo, undo
from surveyapp.services.codebook.entry_patch import patch_between, taken_off
from surveyapp.services.codebook.settled import SettledProblem, settled_problems, take_up
from surveyapp.services.codebook.stored import fix_problem, leave_problems, open_problems, update_questions
from surveyapp.services.intake.importing import plan_import, run_import
from surveyapp.services.purge import purge
from surveyapp.services.recipe.decision import decision_steps
from surveyapp.services.session import Session


def decided() -> ImportPlan:
    """The plan with the first fix of every problem."""
    plan = plan_import(CENSUS)
    for problem in plan.problems:
        plan = apply_fix(plan, problem, problem.fixes[0])
    return plan


def entries(session: Session, wave_id: int) -> list[Question]:
    return [replace(question, id=0) for question in session.codebook(wave_id).questions]


def answers(session: Session, wave_id: int) -> list[list[Entry]]:
    columns = session.store.answers.load(wave_id, [q.id for q in session.codebook(wave_id).questions])
    return [[column.entries[place] for place in column.index] for column in columns.values()]


def test_what_was_decided_before_the_import_is_taken_up_again_afterwards(empty: Session) -> None:
    plain = run_import(empty, plan_import(CENSUS), wave="plain").id
    plan = decided()
    assert len(plan.decided) == len(plan_import(CENSUS).problems)
    wave_id = run_import(empty, plan, wave="decided").id
    assert entries(empty, wave_id) != entries(empty, plain)
    settled = settled_problems(empty, wave_id)
    assert [one.stored.problem.title for one in settled] == [made.problem.title for made in plan.decided]
    assert not any(one.final or one.change for one in settled)
    waiting = len(open_problems(empty, wave_id))
    for one in settled:
        take_up(empty, wave_id, one)
    assert settled_problems(empty, wave_id) == []
    assert len(open_problems(empty, wave_id)) == waiting + len(settled)
    assert entries(empty, wave_id) == entries(empty, plain)
    assert answers(empty, wave_id) == answers(empty, plain)
    assert decision_steps(empty, wave_id) == []


def test_taking_up_is_a_change_like_any(empty: Session) -> None:
    wave_id = run_import(empty, decided(), wave="2026").id
    before, told = state(empty), decision_steps(empty, wave_id)
    for one in settled_problems(empty, wave_id):
        take_up(empty, wave_id, one)
        after = state(empty)
        undo(empty)
        assert state(empty)["problem"] == before["problem"]
        assert entries(empty, wave_id)
        assert decision_steps(empty, wave_id) == told
        assert redo(empty) is not None
        assert state(empty)["problem"] == after["problem"]
        undo(empty)


def test_decided_anew_the_new_answer_holds(empty: Session) -> None:
    wave_id = run_import(empty, decided(), wave="2026").id
    first = settled_problems(empty, wave_id)[0]
    take_up(empty, wave_id, first)
    [opened] = [one for one in open_problems(empty, wave_id) if one.id == first.stored.id]
    change = fix_problem(empty, wave_id, opened, opened.problem.fixes[-1])
    assert change is not None
    again = next(one for one in settled_problems(empty, wave_id) if one.stored.id == opened.id)
    assert (again.change, again.label) == (change, change.label)
    titles = [step.sentence for step in decision_steps(empty, wave_id) if opened.problem.title in step.sentence]
    assert titles == [f"{change.label.rstrip('.')}."]


def test_what_was_changed_since_is_not_overwritten(empty: Session) -> None:
    wave_id = run_import(empty, decided(), wave="2026").id
    one = next(one for one in settled_problems(empty, wave_id) if one.stored.problem.kind == "unit_mix")
    update_questions(empty, wave_id, [replace(empty.find_question(wave_id, POPULATION), unit_factor=1000.0)])
    before = state(empty)
    with pytest.raises(UserError, match="was changed since"):
        take_up(empty, wave_id, one)
    assert state(empty) == before


def test_what_changed_the_kept_file_stays(empty: Session) -> None:
    plan = decided()
    made = replace(plan.decided[0], changed=(), final=True)
    wave_id = run_import(empty, replace(plan, decided=(made,)), wave="2026").id
    [one] = settled_problems(empty, wave_id)
    assert one.final
    with pytest.raises(UserError, match="before the file was stored"):
        take_up(empty, wave_id, one)


def test_a_wave_of_an_earlier_version_tells_what_was_left(empty: Session) -> None:
    plan = plan_import(CENSUS)
    unit, refused = plan.problems[:2]
    plan = apply_fix(apply_fix(plan, unit, unit.fixes[1]), refused, refused.fixes[0])
    wave_id = run_import(empty, plan, wave="2026").id
    for document in empty.store.documents.list("decisions"):
        empty.store.documents.remove(document.id)
    assert [one.final for one in settled_problems(empty, wave_id)] == [False, True]


def test_letters_that_were_repaired_are_garbled_again(empty: Session, tmp_path: Path) -> None:
    path = tmp_path / "letters.csv"
    rows = [f"{'ZÃ¼rich' if n % 2 else 'KÃ¶ln'},{n % 3 + 1}" for n in range(40)]
    path.write_text("\n".join(["Town,Mood", *rows]), encoding="utf-8")
    plan = plan_import(path)
    problem = next(problem for problem in plan.problems if problem.kind == "mojibake")
    wave_id = run_import(empty, apply_fix(plan, problem, problem.fixes[0]), wave="2026").id
    assert {c.label for c in empty.find_question(wave_id, "Town").choices} == {"Zürich", "Köln"}
    [one] = settled_problems(empty, wave_id)
    take_up(empty, wave_id, one)
    assert {c.label for c in empty.find_question(wave_id, "Town").choices} == {"ZÃ¼rich", "KÃ¶ln"}
    assert empty.store.waves.repair_encoding(wave_id) == ""
    assert not any(entry.missing for entry in answers(empty, wave_id)[0])
    undo(empty)
    assert {c.label for c in empty.find_question(wave_id, "Town").choices} == {"Zürich", "Köln"}
    assert [one.stored.problem for one in settled_problems(empty, wave_id)] == [problem]


def test_nothing_of_a_purged_wave_is_remembered(empty: Session) -> None:
    run_import(empty, decided(), wave="2026")
    assert empty.store.documents.list("decisions")
    undo(empty)
    purge(empty)
    assert empty.store.documents.list("decisions") == ()


def test_all_that_is_left_is_left_at_once(session: Session) -> None:
    stored = open_problems(session, 1)
    assert len(stored) > 1
    changes = leave_problems(session, 1, stored)
    assert open_problems(session, 1) == []
    assert len(changes) == len(stored)
    assert not any(change.label.endswith((": Mark them", ": Keep as typed")) for change in changes)
    settled: list[SettledProblem] = settled_problems(session, 1)
    take_up(session, 1, settled[-1])
    assert [one.id for one in open_problems(session, 1)] == [settled[-1].stored.id]


def test_a_patch_comes_off_what_was_changed_elsewhere() -> None:
    before = Question(column=GENDER, choices=(Choice(code=0, label="0"), Choice(code=1, label="Yes")))
    after = replace(before, choices=(Choice(code=1, label="Yes"),), unit="years")
    later = replace(after, choices=(*after.choices, Choice(code=2, label="No")), section="First")
    patch = patch_between(before, after)
    assert taken_off(after, patch) == before
    assert taken_off(later, patch) == replace(before, choices=(*before.choices, later.choices[-1]), section="First")
    assert taken_off(replace(after, unit="months"), patch) is None
