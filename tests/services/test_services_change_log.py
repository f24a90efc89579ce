"""The Changes list: what rests on what, what undo and redo take."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest
from services_example import AGE, GENDER, fill

from surveyapp.base.clock import Clock
from surveyapp.domain.analysis import Base
from surveyapp.domain.change import Change
from surveyapp.domain.errors import UserError
from surveyapp.services import change_log
from surveyapp.services.base_state import set_base
from surveyapp.services.change_log import redo, redoable, resting_on, undo, undoable
from surveyapp.services.codebook.recoding import repair_command
from surveyapp.services.codebook.stored import leave_problems, open_problems, update_questions
from surveyapp.services.intake.importing import mapping_of_wave, rename_wave
from surveyapp.services.session import ChangeNotice, Session
from surveyapp.services.workspace import require_session
from surveyapp.store import ProblemStatus

SERVICES = Path(change_log.__file__).parent


def edit(session: Session, name: str, **changes: str) -> Change:
    change = update_questions(session, 1, [replace(session.find_question(1, name), **changes)])  # type: ignore[arg-type]
    assert change is not None
    return change


def test_an_import_carries_the_edits_of_its_wave(session: Session) -> None:
    imported = session.store.changes.list()[0]
    age, gender = edit(session, AGE, note="a"), edit(session, GENDER, note="b")
    set_base(session, Base(wave_id=1, level=0.9))
    assert [change.id for change in resting_on(session, imported)] == [gender.id, age.id]
    assert resting_on(session, age) == []
    undone = undo(session, imported.id)
    assert [change.id for change in undone] == [gender.id, age.id, imported.id]
    assert session.waves() == []


def test_edits_of_one_question_rest_on_each_other(session: Session) -> None:
    first, second = edit(session, AGE, note="a"), edit(session, AGE, note="b")
    other = edit(session, GENDER, note="c")
    assert [change.id for change in resting_on(session, first)] == [second.id]
    undo(session, first.id)
    assert session.find_question(1, AGE).note == ""
    assert session.find_question(1, GENDER).note == "c"
    assert undo(session, second.id) == []
    newest = undoable(session)
    assert newest is not None
    assert newest.id == other.id


def test_the_oldest_change_is_undone_with_all_that_rest_on_it_however_many(session: Session) -> None:
    imported = session.store.changes.list()[0]
    base = edit(session, AGE, note="first")
    with session.store.transaction():
        for _n in range(520):  # more than a page of the Changes list
            session.store.changes.add(replace(base, id=0))
    assert imported not in session.store.changes.list()
    assert len(resting_on(session, imported)) == 521
    assert undo(session, imported.id)[-1].id == imported.id
    assert session.waves() == []
    newest = undoable(session)
    assert newest is None or newest.id < imported.id


def test_redo_goes_forward_until_something_new_is_done(session: Session) -> None:
    edit(session, AGE, note="a")
    edit(session, AGE, note="b")
    undo(session)
    undo(session)
    assert session.find_question(1, AGE).note == ""
    redo(session)
    assert session.find_question(1, AGE).note == "a"
    edit(session, GENDER, note="new")
    assert redoable(session) is None
    assert redo(session) is None


def test_redo_never_brings_back_what_something_new_took_the_place_of(session: Session) -> None:
    edit(session, AGE, note="left behind")
    undo(session)
    edit(session, AGE, unit="years")
    undo(session)
    redone = redo(session)
    assert redone is not None
    assert (session.find_question(1, AGE).unit, session.find_question(1, AGE).note) == ("years", "")
    assert redo(session) is None
    undo(session)
    assert redoable(session) == replace(redone, undone=True)


def test_nothing_to_undo(empty: Session) -> None:
    assert undo(empty) == []
    assert undo(empty, 99) == []
    assert redo(empty) is None


def test_reading_only_refuses(session: Session, clock: Clock) -> None:
    reader = require_session(session.path, clock=clock, read_only=True)
    try:
        with pytest.raises(UserError, match="reading only"):
            undo(reader)
        with pytest.raises(UserError, match="reading only"):
            set_base(reader, Base(wave_id=1, level=0.8))
    finally:
        reader.close()
    assert len(session.waves()) == 1


def test_a_failed_undo_changes_nothing(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    change = edit(session, AGE, note="a")
    monkeypatch.setitem(change_log.COMMANDS, "wave.set_removed", _refuse)
    with pytest.raises(UserError):
        undo(session, 1)
    assert session.find_question(1, AGE).note == "a"
    assert not next(c for c in session.store.changes.list() if c.id == change.id).undone


def _refuse(_session: Session, _step: change_log.Command) -> tuple[str, ...]:
    raise UserError("No.")


def test_a_change_of_a_newer_program_is_told(session: Session) -> None:
    step = {"do": "moon.land"}
    change_log.record(session, label="Landed", detail="", do=step, inverse=step, subjects=("moon",))
    with pytest.raises(UserError, match="newer version"):
        undo(session)
    assert len(session.waves()) == 1


def test_every_module_with_commands_is_looked_up() -> None:
    """A change of an earlier day is undone in a process that has not imported the module it came from."""
    holders = set()
    for path in SERVICES.rglob("*.py"):
        calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)]
        for function in calls:
            for decorator in function.decorator_list:
                if isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") == "command":
                    holders.add(".".join(path.relative_to(SERVICES).with_suffix("").parts))
    assert holders == set(change_log.HOLDERS)


def test_undo_in_a_process_that_knows_no_command_yet(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(session, AGE, note="a")
    known = dict(change_log.COMMANDS)
    monkeypatch.setattr(change_log, "COMMANDS", {})
    monkeypatch.setattr(change_log, "import_module", lambda _name: change_log.COMMANDS.update(known))
    assert len(undo(session)) == 1


def test_listeners_hear_what_was_undone(session: Session) -> None:
    edit(session, AGE, note="a")
    heard: list[ChangeNotice] = []
    session.subscribe(heard.append)
    undo(session, 1)
    assert len(heard) == 1
    assert heard[0].subjects == frozenset({"changes", "wave:1", f"wave:1/question:{3}"})


def test_two_waves_are_independent(session: Session) -> None:
    fill(session, wave="2027")
    undo(session, 1)
    assert [wave.name for wave in session.waves()] == ["2027"]


def edit_both(session: Session, **changes: str) -> Change:
    """One change of two questions."""
    questions = [replace(session.find_question(1, name), **changes) for name in (AGE, GENDER)]  # type: ignore[arg-type]
    change = update_questions(session, 1, questions)
    assert change is not None
    return change


def test_what_rests_on_something_that_rests_on_a_change_is_undone_with_it(session: Session) -> None:
    first = session.find_question(1, GENDER)
    age, both, gender = edit(session, AGE, note="a"), edit_both(session, section="b"), edit(session, GENDER, note="c")
    assert [change.id for change in resting_on(session, age)] == [gender.id, both.id]
    before = {name: session.find_question(1, name) for name in (AGE, GENDER)}
    assert [change.id for change in undo(session, age.id)] == [gender.id, both.id, age.id]
    assert session.find_question(1, GENDER) == first
    for _change in range(3):
        redo(session)
    assert {name: session.find_question(1, name) for name in (AGE, GENDER)} == before


def test_redo_begins_with_what_the_others_rest_on(session: Session) -> None:
    first = edit(session, AGE, note="a")
    edit(session, GENDER, note="stays")
    second = edit(session, AGE, section="b")
    assert [change.id for change in undo(session, first.id)] == [second.id, first.id]
    again = [redo(session), redo(session)]
    assert [change.id if change else 0 for change in again] == [first.id, second.id]
    assert (session.find_question(1, AGE).note, session.find_question(1, AGE).section) == ("a", "b")
    assert redo(session) is None


def test_letters_repaired_rest_on_what_was_said_of_a_question_before(session: Session) -> None:
    age = edit(session, AGE, note="a")
    mapping = replace(mapping_of_wave(session, 1), repair_encoding="cp1252")
    before = mapping_of_wave(session, 1)
    repaired = change_log.perform(
        session,
        label="Letters repaired",
        do=repair_command(1, mapping, 0, ProblemStatus.DONE),
        inverse=repair_command(1, before, 0, ProblemStatus.OPEN),
    )
    assert [change.id for change in resting_on(session, age)] == [repaired.id]


def test_nothing_rests_on_a_name_or_on_a_problem_left_as_it_is(session: Session) -> None:
    rename_wave(session, 1, "Spring")
    renamed = undoable(session)
    (left,) = leave_problems(session, 1, open_problems(session, 1)[:1])
    edit(session, AGE, note="a")
    assert renamed is not None
    assert resting_on(session, renamed) == resting_on(session, left) == []
    assert [change.id for change in undo(session, renamed.id)] == [renamed.id]
    assert (session.wave(1).name, session.find_question(1, AGE).note) == ("2026", "a")
