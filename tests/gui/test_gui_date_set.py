"""A date over columns in the window: proposed in the preview, joined and taken apart in the codebook, one question."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from date_example import N, born_session
from page_steps import open_tab, press, settle, shown_tab
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from surveyapp.base.clock import Clock
from surveyapp.domain.question import DatePart, Kind
from surveyapp.gui.app import Gui
from surveyapp.gui.models.frame_model import CELL
from surveyapp.gui.pages.data.codebook_tab import CodebookTab
from surveyapp.gui.pages.data.column_menu import kind_menu
from surveyapp.gui.pages.data.editor.form import MenuField
from surveyapp.gui.pages.explore.page import ExplorePage
from surveyapp.gui.pages.explore.questions_tab import QuestionsTab
from surveyapp.gui.widgets.button import Button
from surveyapp.services.session import Session
from surveyapp.stats.result import FrequencyTable

CONTROL = Qt.KeyboardModifier.ControlModifier
COLUMNS = [1, 2, 3]


@pytest.fixture
def session(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock) -> Iterator[Session]:
    made = born_session(tmp_path, clock)
    gui.context.set_session(made)
    yield made
    settle(qtbot, gui)


@pytest.fixture
def codebook(gui: Gui, session: Session, qtbot: QtBot) -> CodebookTab:
    assert session.waves()
    return open_tab(qtbot, gui, "data", "codebook", CodebookTab)


def test_the_codebook_names_the_date_in_the_second_line(codebook: CodebookTab) -> None:
    frame = codebook.columns.table.frame
    assert [frame.data(frame.index(row, 1), CELL).second for row in COLUMNS] == ["Birth date"] * 3


def test_d_takes_the_columns_apart_and_together(
    codebook: CodebookTab, session: Session, gui: Gui, qtbot: QtBot
) -> None:
    codebook.columns.choose(0)
    codebook.columns.focus_table()
    press(Qt.Key.Key_D)
    settle(qtbot, gui)
    assert gui.window.toast.text == "Select the columns of the date first: year, month and perhaps day."
    for n in (0, 1):
        codebook.columns.choose_all(COLUMNS)
        press(Qt.Key.Key_D)
        settle(qtbot, gui)
        assert len(session.codebook(1).dates) == n
    press(Qt.Key.Key_Z, CONTROL)
    settle(qtbot, gui)
    assert session.codebook(1).dates == ()
    codebook.columns.choose_all([0, 1])
    press(Qt.Key.Key_D)
    settle(qtbot, gui)
    assert "holds no year, month or day" in gui.window.toast.text


def test_the_menu_of_kinds_and_the_editor_do_the_same(
    codebook: CodebookTab, session: Session, gui: Gui, qtbot: QtBot
) -> None:
    for words, n in (("Out of their date", 0), ("Together one date", 1)):
        codebook.columns.choose_all(COLUMNS)
        menu = kind_menu(codebook.selected_questions(), codebook.change, codebook, QPoint(0, 0))
        next(action for action in menu.findChildren(QAction) if action.text() == words).trigger()
        menu.close()
        settle(qtbot, gui)
        assert len(session.codebook(1).dates) == n
    codebook.columns.choose_all(COLUMNS)
    button = codebook.editor.findChild(Button, "oneDate")
    assert button is not None
    assert button.text() == "Out of their date"
    button.click()
    settle(qtbot, gui)
    assert session.codebook(1).dates == ()


def test_the_editor_says_which_part_a_column_is(codebook: CodebookTab, session: Session) -> None:
    codebook.columns.choose(3)
    codebook.open_editor("part")
    name = codebook.editor.findChild(QLineEdit, "multi")
    assert name is not None
    assert name.text() == "Birth date"
    part = codebook.editor.findChild(MenuField, "part")
    assert part is not None
    assert part.text() == "Day"
    assert session.codebook(1).questions[3].part is DatePart.DAY


def test_explore_shows_one_question(session: Session, gui: Gui, qtbot: QtBot) -> None:
    open_tab(qtbot, gui, "explore", "questions", QuestionsTab).choose("Birth date#0")
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, ExplorePage)
    assert page.fact == "2 questions in 1 section"
    result = shown_tab(gui, QuestionsTab).body.big.result
    assert isinstance(result, FrequencyTable)
    assert (result.question, result.counted.n) == ("Birth date", N - 2)
    assert session.codebook(1).dates[0].kind is Kind.DATE
