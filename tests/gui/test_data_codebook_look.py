"""The Data page's rows of controls and its editor follow the width and the text size."""

from __future__ import annotations

from pathlib import Path

import pytest
from page_steps import settle
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from services_example import AGE, fill, new_session

from surveyapp.base.clock import Clock
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.data.page import DataPage
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.find_field import FindField
from surveyapp.gui.widgets.tool_row import ToolRow


def test_a_row_too_narrow_for_all_has_two_lines(qtbot: QtBot, theme: Theme) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    left = [Button(theme, words, parent=holder) for words in ("Check the wave", "Copy the recipe")]
    finder = FindField(theme, "Find", parent=holder)
    finder.setMinimumWidth(120)
    row = ToolRow(left, finder, parent=holder)
    holder.resize(900, 200)
    holder.show()
    row.resize(800, 80)
    qtbot.waitUntil(lambda: finder.y() < left[0].height())
    assert finder.x() > left[1].mapTo(row, left[1].rect().topRight()).x()
    row.resize(260, 120)
    qtbot.waitUntil(lambda: finder.y() >= left[0].height())
    assert finder.x() < 20


@pytest.mark.parametrize("tab", ["codebook", "recipe", "answers"])
def test_nothing_is_wider_than_the_smallest_window(
    qtbot: QtBot, gui: Gui, tmp_path: Path, clock: Clock, tab: str
) -> None:
    session = new_session(tmp_path / "Invented.survey", clock)
    fill(session)
    gui.context.set_session(session)
    gui.context.theme.set_text_size(200)
    gui.window.resize(1024, 680)
    gui.shell.open_page("data", tab)
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, DataPage)
    assert page.width() <= 1024
    for row in page.findChildren(ToolRow):
        if row.isVisible():
            assert all(child.geometry().right() <= row.width() for child in row.findChildren(FindField))
    gui.context.theme.set_text_size(100)
    settle(qtbot, gui)


def test_the_editor_grows_with_the_text(qtbot: QtBot, gui: Gui, tmp_path: Path, clock: Clock) -> None:
    session = new_session(tmp_path / "Invented.survey", clock)
    fill(session)
    gui.context.set_session(session)
    gui.window.activateWindow()
    gui.shell.open_page("data", "codebook")
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, DataPage)
    assert page.codebook is not None
    page.codebook.columns.choose(session.find_question(1, AGE).position)
    page.codebook.open_editor("unit")
    editor = page.codebook.editor

    def height() -> int:
        return max(field.minimumHeight() for field in editor.findChildren(QLineEdit, "unit"))

    before = height()
    gui.context.theme.set_text_size(200)
    qtbot.waitUntil(lambda: height() == 2 * before)
    gui.context.theme.set_text_size(100)
    settle(qtbot, gui)
