"""From a file to a wave and back: all of it, or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from services_example import AGE, CENSUS, GENDER, PEOPLE, fill, state

from surveyapp.domain.errors import Cancelled, UserError
from surveyapp.domain.question import MissingCode
from surveyapp.domain.wave import Flag
from surveyapp.importers.plan import propose
from surveyapp.importers.problem.decision import apply_zero_blanks
from surveyapp.services.change_log import redo, undo
from surveyapp.services.intake.importing import (
    fitting_wave,
    mapping_of_wave,
    plan_import,
    proposed_name,
    rename_wave,
    run_import,
)
from surveyapp.services.session import ChangeNotice, Session
from surveyapp.store import backups


def test_an_import_is_a_wave_with_its_source(session: Session) -> None:
    (wave,) = session.waves()
    assert (wave.name, wave.survey, wave.n_responses, wave.source_name) == ("2026", "Census", PEOPLE, CENSUS.name)
    assert session.store.waves.source(wave.id).content == CENSUS.read_bytes()
    assert len(session.codebook(wave.id).questions) == 14
    assert {flag: len(rows) for flag, rows in session.store.flags.get(wave.id).items()} == {
        Flag.ATTENTION: 4,
        Flag.NO_CONSENT: 5,
    }
    (change,) = session.store.changes.list()
    assert (change.label, change.detail) == ("60 people imported", "Census 2026, from google_forms.csv")


def test_undo_hides_the_wave_and_redo_brings_it_back_as_it_was(session: Session) -> None:
    before = state(session)
    assert len(undo(session)) == 1
    assert session.waves() == []
    with pytest.raises(UserError, match="no wave"):
        session.find_wave(None)
    assert redo(session) is not None
    assert state(session) == before
    assert [wave.name for wave in session.waves()] == ["2026"]


def test_an_undone_import_gives_its_name_free(session: Session) -> None:
    undo(session)
    assert fill(session) == 2
    assert [wave.id for wave in session.waves()] == [2]
    assert redo(session) is None


def test_a_cancelled_import_leaves_nothing(session: Session) -> None:
    before = state(session)
    plan = plan_import(CENSUS)
    calls = 0

    def cancel_late(_done: int, _total: int) -> None:
        nonlocal calls
        calls += 1
        if calls > 17:  # beyond coding, in the middle of storing
            raise Cancelled

    with pytest.raises(Cancelled):
        run_import(session, plan, wave="2027", report=cancel_late)
    assert state(session) == before
    assert len(session.store.changes.list()) == 1


def test_a_name_is_used_once(session: Session) -> None:
    with pytest.raises(UserError, match="2026 already"):
        run_import(session, plan_import(CENSUS), wave="2026")
    with pytest.raises(UserError, match="needs a name"):
        run_import(session, plan_import(CENSUS), wave=" ")
    assert len(session.waves()) == 1


def test_a_backup_is_made_before_the_second_import_only(session: Session) -> None:
    assert backups(session.path) == []
    fill(session, wave="2027")
    assert len(backups(session.path)) == 1


def test_the_decisions_serve_the_next_file(session: Session) -> None:
    plan = plan_import(CENSUS, mapping=mapping_of_wave(session, 1))
    assert plan.unmatched == () and plan.new == ()
    stored = session.codebook(1).questions
    assert [q.choices for q in plan.mapping.questions] == [q.choices for q in stored]
    assert fitting_wave(session, plan) == session.waves()[0]


def test_proposed_names(session: Session, tmp_path: Path) -> None:
    assert proposed_name(None, plan_import(CENSUS)) == "2026"  # all were answered in that year
    undated = tmp_path / "undated.csv"
    undated.write_text("Age,Pet\n30,cat\n31,dog\n", encoding="utf-8")
    assert proposed_name(session, plan_import(undated)) == "Wave 1"
    copy = tmp_path / "census 2026 final.csv"
    copy.write_bytes(CENSUS.read_bytes())
    assert proposed_name(session, plan_import(copy)) == "2026 (2)"
    assert proposed_name(None, plan_import(copy)) == "2026"


def test_a_wave_is_renamed_and_named_back(session: Session) -> None:
    rename_wave(session, 1, "Spring")
    assert session.wave(1).title == "Census Spring"
    undo(session)
    assert session.wave(1).name == "2026"
    with pytest.raises(UserError):
        rename_wave(session, 1, "2026")


def test_the_listeners_hear_of_an_import_once(empty: Session) -> None:
    heard: list[ChangeNotice] = []
    unsubscribe = empty.subscribe(heard.append)
    fill(empty)
    assert [notice.subjects for notice in heard] == [frozenset({"wave:1", "changes"})]
    assert heard[0].touches("wave")
    assert not heard[0].touches("report")
    unsubscribe()
    undo(empty)
    assert len(heard) == 1


def test_zeros_that_stand_for_blanks_are_proposed_and_taken(tmp_path: Path) -> None:
    rows = [f"{20 + n % 40 if n % 9 else 0},{('Red', 'Blue', 'Green')[n % 3]},{n}" for n in range(90)]
    path = tmp_path / "zeros.csv"
    path.write_text("\n".join([f"{AGE},{GENDER},Respondent ID", *rows]), encoding="utf-8")
    plan, taken = apply_zero_blanks(plan_import(path))
    assert [problem.kind for problem in taken] == ["zero_impossible"]
    age = plan.mapping.questions[0]
    assert age.missing_codes == (MissingCode(text="0"),)
    assert not [problem for problem in plan.problems if problem.kind.startswith("zero")]
    # what a mapping has decided otherwise stays
    kept = propose(plan.table, mapping=propose(plan.table).mapping)
    again, none = apply_zero_blanks(kept)
    assert none == ()
    assert again.mapping.questions[0].missing_codes == ()
    assert "zero_impossible" in {problem.kind for problem in again.problems}


def test_undoing_a_name_that_another_wave_has_taken_is_refused(session: Session) -> None:
    rename_wave(session, 1, "Spring")
    renamed = session.store.changes.newest_active()
    assert renamed is not None
    fill(session, wave="2026")
    with pytest.raises(UserError, match="a wave 2026 already"):
        undo(session, renamed.id)
    assert [wave.name for wave in session.waves()] == ["2026", "Spring"]
    undo(session)
    undo(session)
    assert [wave.name for wave in session.waves()] == ["2026"]


def test_waves_stand_in_the_order_of_their_numbers(empty: Session) -> None:
    for name in ("Wave 10", "Wave 2", "wave 3", "2026 (2)", "2026", "998"):
        fill(empty, wave=name)
    assert [wave.name for wave in empty.waves()] == ["998", "2026", "2026 (2)", "Wave 2", "wave 3", "Wave 10"]
    assert empty.find_wave(None).name == "Wave 10"
