"""Every outcome of opening has a way out, and backups can be listed, restored and salvaged."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from surveyapp.base.clock import Clock
from surveyapp.domain.errors import UserError
from surveyapp.services.backup import back_up, list_backups, restore, salvage_copy, salvage_with_words
from surveyapp.services.obstacle import WayOut, ways_out
from surveyapp.services.session import Session
from surveyapp.services.workspace import NotOpened, create_session, open_session
from surveyapp.store import Damaged, Locked, LockHolder, NeedsUpgrade, NotOurs, Reason, TooNew, Unreachable

PATH = Path("x.survey")
HOLDER = LockHolder(pid=1, host="here", since=datetime(2026, 3, 14, tzinfo=UTC))


@pytest.mark.parametrize(
    ("outcome", "first"),
    [
        (NeedsUpgrade(PATH, "0001", Path("b")), WayOut.UPGRADE),
        (Locked(PATH, HOLDER), WayOut.READ_ONLY),
        (Damaged(PATH, Path("b"), "malformed"), WayOut.RESTORE),
        (Damaged(PATH, None, "malformed"), WayOut.SALVAGE),
        (NotOurs(PATH, "text"), WayOut.PREVIEW),
        (TooNew(PATH, "2.3"), WayOut.FOLDER),
        (Unreachable(PATH, Reason.MISSING), WayOut.CHOOSE),
        (Unreachable(PATH, Reason.READ_ONLY_PLACE), WayOut.READ_ONLY),
        (Unreachable(PATH, Reason.UNREADABLE), WayOut.FOLDER),
        (Unreachable(PATH, Reason.IS_FOLDER), WayOut.FOLDER),
    ],
)
def test_the_recommended_way_comes_first(outcome: NotOpened, first: WayOut) -> None:
    assert ways_out(outcome)[0] is first


@pytest.fixture
def workspace(tmp_path: Path, clock: Clock) -> Path:
    """A closed workspace called "before"."""
    path = tmp_path / "a.survey"
    create_session(path, name="before", clock=clock).close()
    return path


def opened(path: Path, clock: Clock) -> Session:
    session = open_session(path, clock=clock)
    assert isinstance(session, Session)
    return session


def test_restore_brings_the_old_state_back_and_keeps_the_new(workspace: Path, clock: Clock) -> None:
    session = opened(workspace, clock)
    made = back_up(session)
    session.store.name = "after"
    session.close()
    assert made.path in [line.path for line in list_backups(workspace)]
    restore(workspace, made.path, clock=clock)
    session = opened(workspace, clock)
    assert session.name == "before"
    session.close()
    assert len(list_backups(workspace)) >= 2


def test_restore_of_an_unknown_backup_changes_nothing(workspace: Path, clock: Clock) -> None:
    content = workspace.read_bytes()
    with pytest.raises(UserError, match="no longer there"):
        restore(workspace, workspace.with_name("gone"), clock=clock)
    assert workspace.read_bytes() == content


def test_salvage_takes_a_free_name(workspace: Path, clock: Clock) -> None:
    first, second = salvage_copy(workspace), salvage_copy(workspace)
    assert [first.name, second.name] == ["a saved.survey", "a saved 2.survey"]
    session = opened(first, clock)
    assert session.name == "before"
    session.close()


def test_salvage_says_what_was_saved(workspace: Path) -> None:
    saved, words = salvage_with_words(workspace)
    assert saved.exists()
    assert words == f"The answers of 0 people were saved into {saved.name}. Nothing was lost."
