"""Use a codebook: the page that tells what a codebook from elsewhere would change, before it does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from page_steps import press, settle
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMenu
from pytestqt.qtbot import QtBot
from services_example import AGE, GENDER, fill

from surveyapp.gui.app import Gui
from surveyapp.gui.models.frame_model import CELL
from surveyapp.gui.pages.data.codebook_use_page import CodebookUsePage
from surveyapp.gui.pages.data.page import DataPage
from surveyapp.gui.pages.data.wave_dialog import add_codebook_menu, preview_codebook
from surveyapp.gui.widgets.message_panel import MessagePanel
from surveyapp.services.codebook.mapping import write_mapping
from surveyapp.services.codebook.stored import update_questions
from surveyapp.services.session import Session

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(params=[".json", ".csv", ".xlsx"])
def codebook(session: Session, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """Other bounds and another section, taken back in the wave."""
    path = tmp_path / f"last year{request.param}"
    age, gender = session.find_question(1, AGE), session.find_question(1, GENDER)
    update_questions(session, 1, [replace(age, low=30.0, high=40.0), replace(gender, section="Us")])
    write_mapping(session, 1, path)
    update_questions(session, 1, [age, gender])
    return path


def opened(gui: Gui, qtbot: QtBot, path: Path) -> CodebookUsePage:
    gui.window.activateWindow()
    gui.shell.open_page("data", "codebook")
    settle(qtbot, gui)
    data = gui.shell.page
    assert isinstance(data, DataPage)
    preview_codebook(data, 1, path)
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, CodebookUsePage)
    return page


def test_it_is_told_then_used_then_taken_back(gui: Gui, qtbot: QtBot, session: Session, codebook: Path) -> None:
    page = opened(gui, qtbot, codebook)
    view = page.view
    assert view is not None
    assert view.n_taken == 2
    assert f"columns of {session.wave(1).title}." in page.header._note.text()
    frame = view.table.frame
    cells = [[frame.data(frame.index(row, column), CELL).text for column in (2, 3)] for row in range(frame.rowCount())]
    assert cells == [["Lowest, Highest", str(view.use.answers)], ["Section", ""]]
    assert page.explanation is not None
    assert dict(page.explanation.facts)["Highest"].endswith("→ 40")
    assert session.find_question(1, AGE).low != 30.0
    press(Qt.Key.Key_Return, CONTROL)
    settle(qtbot, gui)
    assert (session.find_question(1, AGE).low, session.find_question(1, GENDER).section) == (30.0, "Us")
    assert isinstance(gui.shell.page, DataPage)
    assert gui.window.toast.text.startswith("Codebook last year used: ")
    gui.context.actions.trigger("edit.undo")
    settle(qtbot, gui)
    assert session.find_question(1, AGE).low != 30.0


@pytest.mark.parametrize("codebook", [".json"], indirect=True)
def test_space_leaves_a_column_and_esc_all(gui: Gui, qtbot: QtBot, session: Session, codebook: Path) -> None:
    page = opened(gui, qtbot, codebook)
    view = page.view
    assert view is not None
    press(Qt.Key.Key_Space)
    assert (view.n_taken, page.use_button.text()) == (1, "Change 1 column")
    press(Qt.Key.Key_Space)
    assert view.n_taken == 2
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Return, CONTROL)
    settle(qtbot, gui)
    assert session.find_question(1, AGE).low != 30.0
    assert session.find_question(1, GENDER).section == "Us"
    page = opened(gui, qtbot, codebook)
    press(Qt.Key.Key_Escape)
    settle(qtbot, gui)
    assert isinstance(gui.shell.page, DataPage)
    assert session.find_question(1, AGE).low != 30.0


@pytest.mark.parametrize("codebook", [".json"], indirect=True)
def test_search_and_the_other_tabs(gui: Gui, qtbot: QtBot, session: Session, codebook: Path) -> None:
    page = opened(gui, qtbot, codebook)
    view = page.view
    assert view is not None
    view.finder.setText("highest")
    assert view.table.frame.rowCount() == 1
    view.finder.setText("nothing has these words")
    assert "No column fits." in [label.text() for label in view.findChildren(QLabel) if label.isVisible()]
    assert page.explanation is None
    view.finder.clear()
    view.tabs.set_current("same")
    view.tabs.chosen.emit("same")
    assert view.table.frame.rowCount() == len(session.codebook(1).questions) - 2
    view.toggle_left()
    assert not view.left


def test_what_cannot_be_used_says_so(gui: Gui, qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    path = tmp_path / "odd.json"
    path.write_bytes(b"[]")
    before = session.codebook(1)
    page = opened(gui, qtbot, path)
    assert page.view is None
    assert page.findChild(MessagePanel) is not None
    assert session.codebook(1) == before
    press(Qt.Key.Key_Escape)
    assert isinstance(gui.shell.page, DataPage)


def test_another_wave_lends_its_codebook(gui: Gui, qtbot: QtBot, session: Session) -> None:
    fill(session, wave="2027")
    update_questions(session, 1, [replace(session.find_question(1, AGE), note="as in 2026")])
    gui.shell.open_page("data", "codebook")
    settle(qtbot, gui)
    data = gui.shell.page
    assert isinstance(data, DataPage)
    menu = QMenu(data)
    add_codebook_menu(data, session, 2, menu)
    words = "Use the codebook of Census 2026"
    own = menu.findChildren(QMenu)[0]
    next(action for action in own.actions() if action.text() == words).trigger()
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, CodebookUsePage)
    assert page.view is not None
    assert [one.before.column for one in page.view.use.changed] == [AGE]
    page.use()
    settle(qtbot, gui)
    assert session.find_question(2, AGE).note == "as in 2026"
    menu.deleteLater()
