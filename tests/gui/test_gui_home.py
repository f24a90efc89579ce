"""Home and Settings over real workspaces."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from surveyapp.base.clock import Clock
from surveyapp.gui.app import Gui
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.empty_state import EmptyState
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.message_panel import MessagePanel
from surveyapp.services.workspace import create_session

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def workspace(tmp_path: Path, clock: Clock) -> Path:
    """An empty workspace on disk, closed."""
    path = tmp_path / "Riverside.survey"
    create_session(path, name="Riverside", clock=clock).close()
    return path


def texts(gui: Gui) -> list[str]:
    page = gui.shell.page
    assert page is not None
    return [label.text() for label in page.findChildren(Label) if label.isVisible()]


def open_file(qtbot: QtBot, gui: Gui, path: Path) -> None:
    gui.shell.open_workspace(path)
    qtbot.waitUntil(lambda: gui.context.session is not None and not gui.context.jobs.busy, timeout=15000)


def test_empty_home_teaches(gui: Gui) -> None:
    page = gui.shell.page
    assert page is not None
    assert page.findChild(EmptyState) is not None
    assert "Saturday, 14 March" in texts(gui)
    focus = gui.window.focusWidget()
    assert isinstance(focus, Button)
    assert focus.text() == "Open a file"


def test_opening_names_the_window_and_is_remembered(qtbot: QtBot, gui: Gui, workspace: Path) -> None:
    open_file(qtbot, gui, workspace)
    assert gui.window.windowTitle() == "Home – Riverside – surveyapp"
    assert gui.context.settings.value.last_workspace == str(workspace)


def test_missing_workspace_says_so(qtbot: QtBot, gui: Gui, tmp_path: Path) -> None:
    gui.shell.open_workspace(tmp_path / "gone.survey")
    qtbot.waitUntil(lambda: isinstance(gui.window.stack.currentWidget(), MessagePanel), timeout=15000)
    panel = gui.window.stack.currentWidget()
    assert isinstance(panel, MessagePanel)
    assert panel.accessibleName() == "gone.survey cannot be opened."
    assert [button.text() for button in panel.buttons] == ["Open a file", "Go back"]
    panel.buttons[-1].click()
    assert gui.window.stack.currentWidget() is gui.shell.page


def test_foreign_file_is_not_opened(qtbot: QtBot, gui: Gui, tmp_path: Path) -> None:
    path = tmp_path / "notes.survey"
    path.write_text("hello, this is no database", encoding="utf-8")
    gui.shell.open_workspace(path)
    qtbot.waitUntil(lambda: isinstance(gui.window.stack.currentWidget(), MessagePanel), timeout=15000)
    assert path.read_text(encoding="utf-8") == "hello, this is no database"
    assert gui.context.session is None


def test_setting_the_look_is_remembered(gui: Gui) -> None:
    gui.shell.open_page("settings")
    page = gui.shell.page
    assert page is not None
    QTest.keyClicks(gui.window.focusWidget(), "look")
    shown = [text for text in texts(gui) if text]
    assert "Look" in shown
    assert "Single-letter keys" not in shown
    gui.context.actions.trigger("view.theme")
    assert gui.context.settings.value.theme == "dark"
    assert gui.context.theme.dark


def test_back_up_now_lists_the_backup(qtbot: QtBot, gui: Gui, workspace: Path) -> None:
    open_file(qtbot, gui, workspace)
    gui.shell.open_page("settings")
    qtbot.waitUntil(lambda: not gui.context.jobs.busy, timeout=5000)
    page = gui.shell.page
    assert page is not None
    button = page.findChild(Button, "backUpNow")
    assert button is not None
    button.click()
    qtbot.waitUntil(lambda: gui.window.toast.text.startswith("Backed up"), timeout=15000)
    qtbot.waitUntil(lambda: any(b.text() == "Restore" for b in page.findChildren(Button)), timeout=5000)


def test_undo_key_without_changes(qtbot: QtBot, gui: Gui, workspace: Path) -> None:
    open_file(qtbot, gui, workspace)
    session = gui.context.session
    assert session is not None
    QTest.keyClick(gui.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: gui.window.toast.text == "Nothing to undo.", timeout=5000)
