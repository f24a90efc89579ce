"""Whose workspace it is, and the way back."""

from __future__ import annotations

from pathlib import Path

import pytest

from surveyapp.base.clock import Clock
from surveyapp.domain.errors import UserError
from surveyapp.services.change_log import redo, undo
from surveyapp.services.identity import rename_community, set_me
from surveyapp.services.workspace import create_session


def test_the_names_change_and_come_back(tmp_path: Path, clock: Clock) -> None:
    session = create_session(tmp_path / "a.survey", name="Riverside", clock=clock)
    assert session.me == ""
    set_me(session, " Ana ")
    rename_community(session, "Harbour")
    assert (session.me, session.name) == ("Ana", "Harbour")
    undo(session)
    assert (session.me, session.name) == ("Ana", "Riverside")
    undo(session)
    assert session.me == ""
    redo(session)
    assert session.me == "Ana"
    set_me(session, "Ana")
    assert len(session.store.changes.list()) == 2
    session.close()


def test_a_community_has_a_name(tmp_path: Path, clock: Clock) -> None:
    session = create_session(tmp_path / "a.survey", name="Riverside", clock=clock, me="")
    with pytest.raises(UserError):
        rename_community(session, "  ")
    assert (session.name, session.me) == ("Riverside", "")
    session.close()
