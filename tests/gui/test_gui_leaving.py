"""Leaving a workspace does not hold the window up, and leaving the window is always possible."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from page_steps import settle
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from services_example import new_session

from surveyapp.base.clock import Clock
from surveyapp.gui.app import Gui
from surveyapp.services.session import Session

Closed = list[tuple[str, bool]]
"""Names of workspaces that were closed, and whether the window waited for it."""


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> Closed:
    found: Closed = []
    close = Session.close

    def watched(session: Session) -> None:
        found.append((session.path.stem, threading.current_thread() is threading.main_thread()))
        close(session)

    monkeypatch.setattr(Session, "close", watched)
    return found


def two(gui: Gui, folder: Path, clock: Clock) -> Path:
    """Two workspaces, of which the first is open."""
    new_session(folder / "Second.survey", clock).store.close()
    gui.context.set_session(new_session(folder / "First.survey", clock))
    return folder / "Second.survey"


def test_the_workspace_before_is_closed_in_a_worker(
    qtbot: QtBot, gui: Gui, tmp_path: Path, clock: Clock, closed: Closed
) -> None:
    gui.shell.open_workspace(two(gui, tmp_path, clock))
    settle(qtbot, gui)
    assert gui.context.session is not None
    assert gui.context.session.path.stem == "Second"
    assert closed == [("First", False)]
    gui.shell.opener.close_left()
    assert closed == [("First", False)]


def test_it_is_closed_too_if_the_window_goes_before_its_turn(
    qtbot: QtBot, gui: Gui, tmp_path: Path, clock: Clock, closed: Closed
) -> None:
    second = two(gui, tmp_path, clock)
    gui.shell.open_workspace(second)
    gui.context.jobs.start(lambda ctx: ctx.wait(60), done=lambda _none: None, store=True)
    qtbot.waitUntil(lambda: gui.context.session is not None and gui.context.session.path == second)
    gui.context.jobs.shutdown()
    assert closed == []
    gui.shell.opener.close_left()
    assert closed == [("First", True)]


@pytest.mark.parametrize("action", ["go.palette", "predict.new", "predict.form"])
def test_quit_works_while_something_lies_over_the_window(
    qtbot: QtBot, gui: Gui, tmp_path: Path, clock: Clock, action: str
) -> None:
    two(gui, tmp_path, clock)
    gui.window.activateWindow()
    gui.context.actions.trigger(action)
    focus = gui.window.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert gui.window.isVisible()
    with qtbot.waitSignal(gui.window.closing):
        QTest.keyClick(focus, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert not gui.window.isVisible()
