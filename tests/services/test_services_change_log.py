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
from surveyapp.services.codebook.stored import update_questions
from surveyapp.services.session import ChangeNotice, Session
from surveyapp.services.workspace import require_session

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
