"""One more file for a wave: what is proposed, what it changes, what stays, and the way back."""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import several_files as files
from services_example import state

from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base, Condition, Operator
from surveyapp.domain.errors import Cancelled, UserError
from surveyapp.domain.question import Kind
from surveyapp.domain.row import response_id
from surveyapp.importers.problem.decision import apply_recommended
from surveyapp.services.analysis.run import run_analysis
from surveyapp.services.backup import list_backups
from surveyapp.services.base_state import current_base, set_base
from surveyapp.services.cell.correction import edit_cell, hand_edits
from surveyapp.services.change_log import redo, resting_on, undo
from surveyapp.services.codebook.stored import leave_problems, open_problems, update_questions
from surveyapp.services.intake.adding import AddMode, plan_addition, run_addition, with_renamed
from surveyapp.services.intake.importing import plan_import, plan_import_of, run_import
from surveyapp.services.intake.rebuild import check_rebuild
from surveyapp.services.session import Session
from surveyapp.stats.result import FrequencyTable


@pytest.fixture
def wave(empty: Session, tmp_path: Path) -> Session:
    """Fifty people, one of them corrected by hand; the wave is 1."""
    first = files.write(tmp_path / "march.csv", files.people(range(50)))
    run_import(empty, apply_recommended(plan_import(first)), wave="2026", survey="Census")
    edit_cell(empty, 1, 12, empty.find_question(1, "Remark"), "corrected by hand", "they wrote again")
    return empty


def longer(folder: Path) -> Path:
    """All but the first two of the fifty, one of them with another colour, twelve more, a column more."""
    rows = [[*row, f"x{n % 2}"] for n, row in enumerate(files.people(range(2, 62)))]
    rows[5][files.COLOUR] = "violet"
    return files.write(folder / "june.csv", rows, [*(h.lower() for h in files.HEADERS), "Extra"])


def texts(session: Session, header: str) -> dict[int, str]:
    """Response id -> the text of that column."""
    question = session.find_question(1, header)
    column = session.store.answers.load(1, [question.id])[question.id]
    rows = session.store.answers.rows(1)
    return {row: column.entries[n].raw for row, n in zip(rows, column.index, strict=True)}


def without_versions(found: dict[str, list[str]]) -> dict[str, list[str]]:
    """What is shown: kept versions of the file stay for doing it again, and beside a wave stands its mapping anew."""
    return {name: rows for name, rows in found.items() if name not in ("source", "wave")}


def test_a_longer_export_is_proposed_with_evidence(wave: Session, tmp_path: Path) -> None:
    plan = plan_addition(wave, 1, longer(tmp_path))
    assert plan.mode is AddMode.UPDATE
    assert plan.sentence(plan.mode) == "12 new people, 1 changed, 47 as before, 2 are no longer in the file (kept)"
    assert plan.evidence[:3] == (
        "48 of 60 rows are in the wave already",
        "9 of 10 columns are the same",
        "People are told apart by “E-mail”",
    )
    assert [plan.new.columns[place].header for place in plan.columns.new] == ["Extra"]


def test_it_updates_and_keeps_ids_edits_and_analyses(wave: Session, tmp_path: Path) -> None:
    before = {(q.column, q.occurrence): q.id for q in wave.codebook(1).questions}
    old = texts(wave, "Colour?")
    age = wave.find_question(1, "How old are you?")
    update_questions(wave, 1, [replace(age, name="Years", note="in years")])
    base = Base(wave_id=1, conditions=(Condition(column="Colour?", operator=Operator.IS, values=("red",)),))
    set_base(wave, base)
    change = run_addition(wave, plan_addition(wave, 1, longer(tmp_path)))
    assert change.label == (
        "Longer export added: 12 new people, 1 changed, 47 as before, 2 are no longer in the file (kept)"
    )
    after = {(q.column, q.occurrence): q.id for q in wave.codebook(1).questions}
    assert {key: after[key] for key in before} == before
    assert set(after) - set(before) == {("Extra", 0)}
    now = texts(wave, "Colour?")
    assert {row for row in old if old[row] != now[row]} == {9}
    assert now[9] == "violet"
    assert set(now) - set(old) == {response_id(2, row) for row in range(50, 62)}
    assert texts(wave, "Extra")[2] == ""
    assert texts(wave, "Remark")[12] == "corrected by hand"
    assert [edit.reason for edit in hand_edits(wave, 1)] == ["they wrote again"]
    question = wave.find_question(1, "How old are you?")
    assert (question.name, question.note, question.id) == ("Years", "in years", age.id)
    assert current_base(wave) == base
    result = run_analysis(wave, AnalysisSpec(kind=AnalysisKind.QUESTION, columns=("Colour?",), base=Base(wave_id=1)))
    assert isinstance(result, FrequencyTable)
    assert sum(row.count for row in result.rows) == 62
    assert check_rebuild(wave, 1).identical
    assert wave.wave(1).n_responses == 62
    assert list_backups(wave.path)


def test_undo_and_redo_give_exactly_what_was(wave: Session, tmp_path: Path) -> None:
    leave_problems(wave, 1, open_problems(wave, 1)[:1])
    before, shown = state(wave), wave.wave(1)
    run_addition(wave, plan_addition(wave, 1, longer(tmp_path)))
    after, longer_wave = state(wave), wave.wave(1)
    extra = wave.find_question(1, "Extra")
    update_questions(wave, 1, [replace(extra, kind=Kind.TEXT, choices=())])
    edit_cell(wave, 1, response_id(2, 55), wave.find_question(1, "Extra"), "y")
    latest = state(wave)
    undo(wave)
    undo(wave)
    undo(wave)
    assert (without_versions(state(wave)), wave.wave(1)) == (without_versions(before), shown)
    assert check_rebuild(wave, 1).identical
    redo(wave)
    assert (without_versions(state(wave)), wave.wave(1)) == (without_versions(after), longer_wave)
    redo(wave)
    redo(wave)
    now = state(wave)
    for name in ("question", "data_w1", "cell_raw", "choice", "response_flag"):
        assert now.get(name) == latest.get(name)
    assert check_rebuild(wave, 1).identical


def test_an_earlier_change_of_a_question_rests_below_it(wave: Session, tmp_path: Path) -> None:
    age = wave.find_question(1, "How old are you?")
    earlier = update_questions(wave, 1, [replace(age, name="Years")])
    added = run_addition(wave, plan_addition(wave, 1, longer(tmp_path)))
    assert earlier is not None
    assert [change.id for change in resting_on(wave, earlier)] == [added.id]
    undo(wave, earlier.id)
    assert wave.find_question(1, "How old are you?").name == age.name
    assert wave.wave(1).n_responses == 50


def test_a_problem_left_before_rests_below_it(wave: Session, tmp_path: Path) -> None:
    problem = open_problems(wave, 1)[0]
    (left,) = leave_problems(wave, 1, [problem])
    added = run_addition(wave, plan_addition(wave, 1, longer(tmp_path)))
    assert [change.id for change in resting_on(wave, left)] == [added.id]
    undo(wave, left.id)
    assert problem in open_problems(wave, 1)
    assert wave.wave(1).n_responses == 50


def test_other_people_are_added(wave: Session, tmp_path: Path) -> None:
    paper = files.write(tmp_path / "paper.csv", files.people(range(100, 130)))
    plan = plan_addition(wave, 1, paper)
    assert (plan.mode, plan.sentence(plan.mode)) == (AddMode.ADD, "30 people are added")
    change = run_addition(wave, plan)
    assert (change.label, wave.wave(1).n_responses) == ("30 people added", 80)
    assert check_rebuild(wave, 1).identical
    third = plan_addition(wave, 1, longer(tmp_path))
    assert third.mode is AddMode.UPDATE
    run_addition(wave, third)
    assert wave.wave(1).n_responses == 92
    assert min(row for row in texts(wave, "Extra") if row > response_id(3, 0)) == response_id(3, 50)
    assert check_rebuild(wave, 1).identical


def test_people_who_come_back_another_year_do_not_overwrite_the_wave(wave: Session, tmp_path: Path) -> None:
    again = [*files.people(range(20, 50), year=2027), *files.people(range(100, 140), year=2027)]
    plan = plan_addition(wave, 1, files.write(tmp_path / "2027.csv", again))
    assert (plan.comparison.key, plan.comparison.n_new, plan.comparison.n_changed) == ("E-mail", 40, 30)
    assert plan.mode is AddMode.WAVE
    assert plan.evidence[0] == "30 of 70 people answered then too"


def test_another_year_or_another_form_is_a_wave_of_its_own(wave: Session, tmp_path: Path) -> None:
    strangers = [[*row[:1], f"other{row[1]}", *row[2:]] for row in files.people(range(200, 240), year=2028)]
    next_year = plan_addition(wave, 1, files.write(tmp_path / "2028.csv", strangers))
    assert next_year.mode is AddMode.WAVE
    assert next_year.evidence[-1] == (
        "The wave was answered 2026-03-01 to 2026-03-28, this file 2028-03-01 to 2028-03-28"
    )
    form = files.write(tmp_path / "form.csv", [[str(n), "x"] for n in range(9)], ["One", "Two"])
    other = plan_addition(wave, 1, form)
    assert other.mode is AddMode.WAVE
    before = state(wave)
    with pytest.raises(UserError, match="wave of its own"):
        run_addition(wave, other)
    assert state(wave) == before
    run_addition(wave, other, mode=AddMode.ADD)
    assert (wave.wave(1).n_responses, len(wave.codebook(1).questions)) == (59, 11)


def test_nothing_new_is_refused(wave: Session, tmp_path: Path) -> None:
    before = state(wave)
    with pytest.raises(UserError, match="nothing new"):
        run_addition(wave, plan_addition(wave, 1, tmp_path / "march.csv"))
    assert state(wave) == before


def test_a_plan_that_is_out_of_date_is_refused(wave: Session, tmp_path: Path) -> None:
    plan = plan_addition(wave, 1, longer(tmp_path))
    run_addition(wave, plan)
    with pytest.raises(UserError, match="in the meantime"):
        run_addition(wave, plan)


def test_cancelling_stores_nothing(wave: Session, tmp_path: Path) -> None:
    plan = plan_addition(wave, 1, longer(tmp_path))
    before, calls = state(wave), 0

    def cancel(_done: int, total: int) -> None:
        nonlocal calls
        calls += total == 62 * 5
        if calls > 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        run_addition(wave, plan, report=cancel)
    assert calls > 1
    assert state(wave) == before
    assert check_rebuild(wave, 1).identical


def test_a_reworded_column_is_joined_once_confirmed(wave: Session, tmp_path: Path) -> None:
    headers = [("How old are you in years?" if h == "How old are you?" else h) for h in files.HEADERS]
    path = files.write(tmp_path / "reworded.csv", files.people(range(100, 120)), headers)
    plan = plan_addition(wave, 1, path)
    assert plan.similar == (("How old are you in years?", "How old are you?"),)
    joined = with_renamed(wave, plan, plan.similar)
    assert (joined.similar, len(joined.columns.matched)) == ((), 9)
    run_addition(wave, joined)
    assert len(wave.codebook(1).questions) == 9
    assert check_rebuild(wave, 1).identical


def test_a_file_is_added_to_a_wave_of_several(empty: Session, tmp_path: Path) -> None:
    paths = [files.write(tmp_path / f"{k}.csv", files.people(range(20 * k, 20 * k + 20))) for k in (1, 2)]
    run_import(empty, plan_import_of(paths), wave="2026")
    more = [files.write(tmp_path / f"{k}.csv", files.people(range(20 * k, 20 * k + 20))) for k in (3, 4)]
    run_addition(empty, plan_addition(empty, 1, more))
    assert empty.wave(1).n_responses == 80
    assert [part.name for part in empty.store.waves.mapping(1).parts] == ["1.csv", "2.csv", "3.csv", "4.csv"]
    assert max(empty.store.answers.rows(1)) == response_id(4, 21)
    assert check_rebuild(empty, 1).identical


def test_a_settled_problem_stays_settled(wave: Session, tmp_path: Path) -> None:
    settled = open_problems(wave, 1)[0]
    leave_problems(wave, 1, [settled])
    run_addition(wave, plan_addition(wave, 1, longer(tmp_path)))
    assert settled.id not in {item.id for item in open_problems(wave, 1)}
    assert settled.id in {item.id for item in wave.store.problems.list(1)}


def test_a_wave_that_its_kept_file_does_not_give_is_left_alone(wave: Session, tmp_path: Path) -> None:
    """As in a workspace whose file an earlier program read otherwise: what is only in the wave would be gone."""
    source = wave.store.waves.source(1)
    narrow = files.write(tmp_path / "narrow.csv", [row[:3] for row in files.people(range(50))], files.HEADERS[:3])
    content = narrow.read_bytes()
    with closing(sqlite3.connect(wave.path)) as connection:
        connection.execute("UPDATE source SET zlib = ?", (zlib.compress(content),))
        connection.commit()
    before = state(wave)
    assert wave.store.waves.source(1).content == content != source.content
    with pytest.raises(UserError, match="holds more than its kept file gives"):
        plan_addition(wave, 1, longer(tmp_path))
    assert state(wave) == before
