"""Explore without a census, and with one person."""

from __future__ import annotations

from pathlib import Path

from page_steps import press, settle
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from small_census import small_session

from surveyapp.base.clock import Clock
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.explore.page import ExplorePage


def test_without_a_census_the_page_teaches(gui: Gui, qtbot: QtBot) -> None:
    gui.shell.open_page("explore")
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, ExplorePage)
    assert page.shown is None
    assert page.bar.isHidden()
    assert not gui.context.actions.is_enabled("explore.pin")
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.objectName() == "file.open"


def test_one_person_is_enough(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    made = small_session(tmp_path, clock, n=1)
    gui.context.set_session(made)
    gui.shell.open_page("explore")
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, ExplorePage)
    for _step in range(8):
        press(Qt.Key.Key_J)
        settle(qtbot, gui)
    assert page.counted is not None
    assert page.counted.n == 1
