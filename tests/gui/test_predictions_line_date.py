"""Dates in the line: two that clash, and one that has been."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from page_steps import press, settle
from prediction_steps import open_predictions, type_in
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from services_example import new_session

from surveyapp.base.clock import Clock
from surveyapp.gui.app import Gui
from surveyapp.gui.widgets.button import Button
from surveyapp.services.prediction.book import book_of
from surveyapp.services.session import Session


@pytest.fixture
def session(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock) -> Session:
    """An empty workspace, open in the window."""
    made = new_session(tmp_path / "Log.survey", clock)
    gui.context.set_session(made)
    gui.window.activateWindow()
    settle(qtbot, gui)
    return made


def test_tab_settles_a_clash_of_dates_in_the_line(qtbot: QtBot, gui: Gui, session: Session) -> None:
    page = open_predictions(qtbot, gui)
    page.line.focus()
    type_in("80% the concert of 20 May 2031 is sold out by 3 May 2031 #city")
    fix = page.line.findChild(Button, "captureFix")
    assert fix is not None
    qtbot.waitUntil(fix.isVisible, timeout=5000)
    assert fix.text() == "Use 20 May 2031"
    press(Qt.Key.Key_Tab)
    assert page.line.line == "80% the concert of 20 May 2031 is sold out by 20 May 2031 #city"
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    (one,) = book_of(session).predictions.values()
    assert (one.due, one.tags) == (date(2031, 5, 20), ("city",))


@pytest.mark.usefixtures("session")
def test_a_deadline_that_has_been_is_told_in_the_line(qtbot: QtBot, gui: Gui) -> None:
    page = open_predictions(qtbot, gui)
    page.line.focus()
    type_in("80% it rains in Prague by yesterday")
    qtbot.waitUntil(lambda: page.line.advice_words.text().startswith("This date has passed."), timeout=5000)
