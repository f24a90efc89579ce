"""Settings, Undone and removed: said, asked in its place, and gone for good."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from page_steps import press, settle
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from services_example import fill, new_session

from surveyapp.base.clock import Clock
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.settings.undone import UndoneRow
from surveyapp.services.change_log import redo, undo
from surveyapp.services.session import Session


@pytest.fixture
def session(gui: Gui, tmp_path: Path, clock: Clock) -> Iterator[Session]:
    """The wave 2026, and 2019 whose import is undone while it is looked at."""
    made = new_session(tmp_path / "Invented.survey", clock)
    fill(made)
    fill(made, wave="2019")
    gui.context.set_session(made)
    yield made


def _row(gui: Gui) -> UndoneRow | None:
    page = gui.shell.page
    assert page is not None
    rows = [row for row in page.findChildren(UndoneRow) if row.isVisible()]
    return rows[0] if rows else None


def test_what_is_undone_is_deleted_after_it_was_said_that_it_is_for_good(
    qtbot: QtBot, gui: Gui, session: Session
) -> None:
    for page in ("data", "explore", "home", "settings"):  # each has shown the wave
        gui.shell.open_page(page)
        settle(qtbot, gui)
    assert _row(gui) is None
    undo(session)
    settle(qtbot, gui)
    row = _row(gui)
    assert row is not None
    assert row.note is not None
    assert row.note.text() == "Still in the workspace, so that they can be brought back: Census 2019."
    row.ask.setFocus()
    press(Qt.Key.Key_Space)
    assert "no way back" in row.note.text()
    assert QApplication.focusWidget() is row.keep, "the harmless answer comes first"
    press(Qt.Key.Key_Space)
    assert row.note.text().startswith("Still in the workspace")
    row.ask.click()
    row.delete.click()
    settle(qtbot, gui)
    assert "1 wave was deleted for good: Census 2019." in gui.window.toast.text
    assert _row(gui) is None
    assert redo(session) is None
    assert [wave.name for wave in session.store.waves.list(include_removed=True)] == ["2026"]
    for page in ("data", "explore", "home", "settings"):
        gui.shell.open_page(page)
        settle(qtbot, gui)
    assert _row(gui) is None


def test_redo_takes_the_row_away(qtbot: QtBot, gui: Gui, session: Session) -> None:
    undo(session)
    gui.shell.open_page("settings")
    settle(qtbot, gui)
    assert _row(gui) is not None
    redo(session)
    settle(qtbot, gui)
    assert _row(gui) is None
