"""Every state a workspace can be in, and its two sentences."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from services_example import fill, new_session

from surveyapp.base.clock import Clock
from surveyapp.domain.errors import UserError
from surveyapp.services.self_check import try_upgrade, versions
from surveyapp.services.session import Session
from surveyapp.services.workspace import (
    Damaged,
    Locked,
    NotOurs,
    TooNew,
    Unreachable,
    create_session,
    discard_new,
    not_opened_error,
    open_session,
    require_session,
)
from surveyapp.store import Reason


def closed(folder: Path, clock: Clock) -> Path:
    session = new_session(folder / "w.survey", clock)
    fill(session)
    session.close()
    return session.path


def too_new(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096 : 5 * 4096] = b"\xa5" * (4 * 4096)
    path.write_bytes(content)


def no_workspace(path: Path) -> None:
    path.write_text("a,b\n1,2\n", encoding="utf-8")


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("spoil", "state", "words"),
    [
        (too_new, TooNew, "newer version"),
        (damage, Damaged, "damaged"),
        (no_workspace, NotOurs, "not a workspace"),
        (Path.unlink, Unreachable, "cannot be opened"),
        (folder, Unreachable, "cannot be opened"),
    ],
)
def test_states(tmp_path: Path, clock: Clock, spoil: Callable[[Path], None], state: type, words: str) -> None:
    path = closed(tmp_path, clock)
    shutil.rmtree(path.with_name(path.name + ".backups"))
    spoil(path)
    outcome = open_session(path, clock=clock)
    assert type(outcome) is state
    with pytest.raises(UserError, match=words) as raised:
        require_session(path, clock=clock)
    assert raised.value.what_to_do


def test_locked_in_this_process_too(session: Session, clock: Clock) -> None:
    outcome = open_session(session.path, clock=clock)
    assert isinstance(outcome, Locked)
    error = not_opened_error(outcome)
    assert "Another copy of the program" in error.title
    reader = open_session(session.path, clock=clock, read_only=True)
    assert isinstance(reader, Session)
    assert reader.waves() == session.waves()
    reader.close()


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_words(reason: Reason) -> None:
    assert not_opened_error(Unreachable(Path("w.survey"), reason)).what_to_do


def test_discarding_leaves_nothing(tmp_path: Path, clock: Clock) -> None:
    session = create_session(tmp_path / "w.survey", name="x", clock=clock)
    fill(session)
    discard_new(session)
    assert [path.name for path in tmp_path.iterdir() if path.name != "profile"] == []


def test_an_upgrade_of_the_first_revision(tmp_path: Path, clock: Clock) -> None:
    assert "upgraded" in try_upgrade(tmp_path, clock=clock)
    assert (tmp_path / "first.survey").exists()
    assert versions()["SQLite"] == sqlite3.sqlite_version
