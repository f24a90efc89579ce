"""Waves whose import was undone leave the file for good, to the last byte; what is there stays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import several_files as files

from surveyapp.base.clock import Clock
from surveyapp.domain.analysis import Base, Condition, Operator
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import MissingCode
from surveyapp.services.backup import back_up
from surveyapp.services.base_state import current_base, set_base
from surveyapp.services.cell.correction import edit_cell
from surveyapp.services.change_log import redo, undo
from surveyapp.services.codebook.stored import update_questions
from surveyapp.services.intake.adding import plan_addition, run_addition
from surveyapp.services.intake.importing import plan_import, run_import
from surveyapp.services.intake.rebuild import check_rebuild
from surveyapp.services.purge import Undone, find_undone, purge
from surveyapp.services.report.spec import find_report, full_report, list_reports, save_report
from surveyapp.services.session import ChangeNotice, Session
from surveyapp.services.wave_match.decision import Step, decide
from surveyapp.services.wave_match.evidence import How
from surveyapp.services.workspace import open_session

PLANTED = "planted.address@example.org"


def on_disk(path: Path) -> bytes:
    """The workspace and what lies beside it, but no backup."""
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*") if file.is_file())


@pytest.fixture
def two(empty: Session, tmp_path: Path) -> Session:
    """Wave 1 stays; in wave 2 an address stands in answers, in an edit, in the codebook and in the base."""
    run_import(empty, plan_import(files.write(tmp_path / "2026.csv", files.people(range(30)))), wave="2026")
    rows = files.people(range(20, 60), year=2027)
    for row in rows[:9]:
        row[files.REMARK] = f"ask {PLANTED}"
    wave = run_import(empty, plan_import(files.write(tmp_path / "2027.csv", rows)), wave="2027").id
    remark = empty.find_question(wave, "Remark")
    edit_cell(empty, wave, 12, remark, f"or {PLANTED}", f"{PLANTED} wrote")
    update_questions(empty, wave, [replace(remark, missing_codes=(MissingCode(text=PLANTED),), note=PLANTED)])
    condition = Condition(column="Remark", operator=Operator.IS_NOT, values=(PLANTED,))
    set_base(empty, Base(wave_id=wave, conditions=(condition,)))
    return empty


def test_an_undone_wave_is_gone_to_the_last_byte(two: Session) -> None:
    assert PLANTED.encode() in on_disk(two.path)
    undo(two, 2)
    assert PLANTED.encode() in on_disk(two.path)
    purged = purge(two)
    assert purged.waves == ("2027",)
    assert "1 wave was deleted for good: 2027." in purged.sentences()[0]
    assert f"“{two.path.name}.backups”" in purged.sentences()[1]
    assert PLANTED.encode() not in on_disk(two.path)
    assert two.path.with_name(f"{two.path.name}-wal").stat().st_size == 0
    assert not any("planted" in repr(change) for change in two.store.changes.all())
    assert [wave.name for wave in two.store.waves.list(include_removed=True)] == ["2026"]
    assert current_base(two) == Base(wave_id=1)


def test_nothing_brings_it_back_and_all_else_stays(two: Session) -> None:
    undo(two, 2)
    purge(two)
    assert redo(two) is None
    assert all(undo(two, change.id) == [] for change in two.store.changes.all() if change.id != 1)
    assert "40 people imported" in two.store.changes.get(2).label
    assert two.wave(1).n_responses == 30
    assert check_rebuild(two, 1).identical
    update_questions(two, 1, [replace(two.find_question(1, "Remark"), note="mine")])
    undo(two)
    assert redo(two) is not None
    assert two.find_question(1, "Remark").note == "mine"


def test_a_wave_that_is_there_is_not_touched(two: Session) -> None:
    before = two.store.changes.all()
    assert purge(two).waves == ()
    assert "nothing to delete" in purge(two).sentences()[0]
    assert two.store.changes.all() == before
    assert two.wave(2).n_responses == 40
    undo(two)
    assert redo(two) is not None


def test_the_backups_keep_it(two: Session) -> None:
    kept = back_up(two).path
    undo(two, 2)
    assert purge(two).backups == kept.parent.name
    assert PLANTED.encode() in kept.read_bytes()


def test_a_workspace_open_for_reading_is_refused(two: Session, clock: Clock) -> None:
    undo(two, 2)
    reader = open_session(two.path, clock=clock, read_only=True)
    assert isinstance(reader, Session)
    try:
        with pytest.raises(UserError, match="reading only"):
            purge(reader)
    finally:
        reader.close()
    assert [wave.name for wave in two.store.waves.list(include_removed=True)] == ["2026", "2027"]


def test_reports_and_links_of_a_wave_that_is_gone_stay_gone(two: Session) -> None:
    report = save_report(two, full_report(two, two.wave(1), name="First"), label="Report made")
    renamed = save_report(two, replace(report, name="Other"), label="Report renamed")
    earlier, later = (two.find_question(wave, "Remark").id for wave in (1, 2))
    decide(two, [Step(later=later)], How.NONE)
    match = decide(two, [Step(earlier=earlier, later=later)], How.REWORDED)
    assert match is not None
    undo(two, 1)
    assert purge(two).waves == ("2026",)
    assert find_report(two, renamed.id) is None
    assert two.store.changes.get(match.id).undone
    for change in two.store.changes.all():
        undo(two, change.id)
    while redo(two) is not None:
        pass
    assert [wave.name for wave in two.waves()] == ["2027"]
    assert list_reports(two) == []
    assert check_rebuild(two, 2).identical


def added(session: Session, folder: Path) -> int:
    """A longer export with the address, added to wave 1 and worked with; the change that added it."""
    rows = [*files.people(range(30)), *files.people(range(60, 70))]
    rows[-1][files.REMARK] = f"ask {PLANTED}"
    longer = files.write(folder / "longer.csv", rows, [*files.HEADERS])
    change = run_addition(session, plan_addition(session, 1, longer))
    remark = session.find_question(1, "Remark")
    edit_cell(session, 1, list(session.store.answers.rows(1))[-2], remark, f"also {PLANTED}", f"{PLANTED} wrote")
    update_questions(session, 1, [replace(remark, note=PLANTED)])
    return change.id


@pytest.fixture
def one(empty: Session, tmp_path: Path) -> Session:
    run_import(empty, plan_import(files.write(tmp_path / "2026.csv", files.people(range(30)))), wave="2026")
    return empty


def test_a_file_whose_addition_is_undone_is_gone_to_the_last_byte(one: Session, tmp_path: Path) -> None:
    wave, rows = one.wave(1), list(one.store.answers.rows(1))
    change = added(one, tmp_path)
    assert not find_undone(one)
    undo(one, change)
    assert find_undone(one) == Undone(waves=(), files=1)
    assert PLANTED.encode() in on_disk(one.path)
    purged = purge(one)
    assert (purged.waves, purged.files) == ((), 1)
    assert purged.sentences()[0] == "1 file added to a wave was deleted for good."
    assert PLANTED.encode() not in on_disk(one.path)
    assert not any("planted" in repr(change) for change in one.store.changes.all())
    assert not find_undone(one)
    assert redo(one) is None
    assert (one.wave(1), list(one.store.answers.rows(1))) == (wave, rows)
    assert check_rebuild(one, 1).identical


def test_only_what_is_undone_goes(one: Session, tmp_path: Path) -> None:
    more = files.write(tmp_path / "more.csv", files.people(range(40)))
    kept = run_addition(one, plan_addition(one, 1, more))
    undo(one, added(one, tmp_path))
    before = one.wave(1)
    assert purge(one).files == 1
    assert (one.wave(1), check_rebuild(one, 1).identical) == (before, True)
    undo(one, kept.id)
    assert (one.wave(1).n_responses, check_rebuild(one, 1).identical) == (30, True)
    redo(one)
    assert (one.wave(1).n_responses, check_rebuild(one, 1).identical) == (40, True)


def test_who_looks_on_hears_of_it_also_if_the_file_cannot_be_written_anew(
    two: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    undo(two, 2)
    heard: list[ChangeNotice] = []
    two.subscribe(heard.append)

    def full() -> None:
        raise UserError("There is no space left on the disk.", "")

    monkeypatch.setattr(two.store, "compact", full)
    with pytest.raises(UserError, match="no space"):
        purge(two)
    assert [notice.touches("wave", "base") for notice in heard] == [True]
    assert not find_undone(two)
