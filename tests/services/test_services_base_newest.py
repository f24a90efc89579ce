"""Which base is in force as waves come and go: who has just imported a file looks at it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from services_example import GENDER, fill, new_session

from surveyapp.base.clock import Clock
from surveyapp.domain.analysis import Base
from surveyapp.services.base_state import current_base, set_base
from surveyapp.services.change_log import redo, undo
from surveyapp.services.condition_text import parse_condition
from surveyapp.services.session import Session


@pytest.fixture
def session(tmp_path: Path, clock: Clock) -> Iterator[Session]:
    """An open workspace with the wave 2026, id 1, whose clock goes on by a second at each look."""
    moment = clock()

    def ticking() -> datetime:
        nonlocal moment
        moment += timedelta(seconds=1)
        return moment

    session = new_session(tmp_path / "Ticking.survey", ticking)
    assert fill(session) == 1
    yield session
    session.close()


def women(session: Session, wave_id: int) -> Base:
    return Base(wave_id=wave_id, conditions=(parse_condition(session, wave_id, f"{GENDER} = Female"),))


def test_the_wave_imported_last_is_looked_at_whatever_its_name(session: Session) -> None:
    older = fill(session, wave="2019")
    assert [wave.name for wave in session.waves()] == ["2019", "2026"]
    assert current_base(session) == Base(wave_id=older)


def test_an_import_takes_the_place_of_a_base_chosen_before_it(session: Session) -> None:
    set_base(session, women(session, 1))
    older = fill(session, wave="2019")
    assert current_base(session) == Base(wave_id=older)


def test_a_base_chosen_after_the_import_stays(session: Session) -> None:
    fill(session, wave="2019")
    chosen = women(session, 1)
    set_base(session, chosen)
    assert current_base(session) == chosen


def test_undoing_the_import_gives_the_base_of_before_back_and_redoing_it_takes_it_again(session: Session) -> None:
    chosen = women(session, 1)
    set_base(session, chosen)
    older = fill(session, wave="2019")
    undo(session)
    assert current_base(session) == chosen
    redo(session)
    assert current_base(session) == Base(wave_id=older)


def test_undoing_a_choice_goes_back_to_the_import_it_followed(session: Session) -> None:
    set_base(session, women(session, 1))
    older = fill(session, wave="2019")
    set_base(session, women(session, older))
    undo(session)
    assert current_base(session) == Base(wave_id=older)


def test_a_base_on_a_wave_that_is_gone_falls_to_the_one_imported_last(session: Session) -> None:
    older = fill(session, wave="2019")
    import_of_older = session.store.changes.newest_active()
    assert import_of_older is not None
    set_base(session, women(session, older))
    undo(session, import_of_older.id)
    assert current_base(session) == Base(wave_id=1)
