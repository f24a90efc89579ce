"""D and Enter on a number: the rows of the people behind it, and only those people; with the way back."""

from __future__ import annotations

import numpy as np
import pytest
from page_steps import open_tab, press, settle, shown_tab
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from surveyapp.domain.analysis import Condition, Operator
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.data.answers_tab import AnswersTab
from surveyapp.gui.pages.explore.cross.tab import CrossTab
from surveyapp.gui.pages.explore.explore_tab import ExploreTab
from surveyapp.gui.pages.explore.means.tab import MeansTab
from surveyapp.gui.pages.explore.questions_tab import QuestionsTab
from surveyapp.services.base_state import current_base
from surveyapp.services.change_log import undo
from surveyapp.services.session import Session

PARKS = "Views [Parks]"


@pytest.fixture
def session(small: Session) -> Session:
    return small


def cross(gui: Gui, qtbot: QtBot) -> tuple[ExploreTab, int]:
    tab = open_tab(qtbot, gui, "explore", "cross", CrossTab, rows=["Colour"], by=[PARKS])
    tab.focus()
    press(Qt.Key.Key_Down)
    assert tab.table is not None
    column = next(place for place, count in enumerate(tab.table.counts[1]) if count)
    for _step in range(column):
        press(Qt.Key.Key_Right)
    return tab, tab.table.counts[1][column]


def question(gui: Gui, qtbot: QtBot) -> tuple[ExploreTab, int]:
    tab = open_tab(qtbot, gui, "explore", "questions", QuestionsTab, question="Colour")
    tab.body.big.focus_content()
    press(Qt.Key.Key_Down)
    assert tab.has_selection
    return tab, 18  # each of three colours by 20, each tenth blank


def means(gui: Gui, qtbot: QtBot) -> tuple[ExploreTab, int]:
    tab = open_tab(qtbot, gui, "explore", "means", MeansTab, value="Age", group="Colour")
    tab.focus()
    press(Qt.Key.Key_Down)
    assert tab.has_selection
    return tab, 18


@pytest.mark.parametrize("start", [cross, question, means])
def test_d_shows_the_rows_behind_a_number_and_b_leads_back(
    gui: Gui, qtbot: QtBot, session: Session, start: object
) -> None:
    assert callable(start)
    tab, n = start(gui, qtbot)
    before = current_base(session)
    press(Qt.Key.Key_D)
    settle(qtbot, gui)
    answers = shown_tab(gui, AnswersTab)
    assert answers.table.frame.rowCount() == n > 0
    assert answers.strip.isVisible()
    assert answers.strip.count.text() == f"{n} of 60 people"
    assert "Colour" in answers.strip.words.text()
    assert current_base(session) == before  # looked at, not filtered
    press(Qt.Key.Key_B)
    settle(qtbot, gui)
    assert shown_tab(gui, type(tab)).has_selection
    gui.shell.open_page("data", "answers")
    settle(qtbot, gui)
    press(Qt.Key.Key_Escape)
    assert answers.table.frame.rowCount() == 60
    assert not answers.strip.isVisible()


def test_rows_are_those_of_the_base_and_the_cell(gui: Gui, qtbot: QtBot, session: Session) -> None:
    tab = open_tab(qtbot, gui, "explore", "cross", CrossTab, rows=["Colour"], by=["Age"])
    tab._page.add_filters([Condition(column="P(rain)", operator=Operator.AT_LEAST, values=("50",))])
    settle(qtbot, gui)
    tab.focus()
    assert tab.table is not None
    row = next(place for place, line in enumerate(tab.table.counts) if line[0])
    for _step in range(row):
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Left)
    count, band = tab.table.counts[row][0], tab.table.columns[0].label
    press(Qt.Key.Key_D)
    settle(qtbot, gui)
    answers = shown_tab(gui, AnswersTab)
    grid = answers.grid
    assert grid is not None
    assert answers.table.frame.rowCount() == count > 0
    shown = [answers.table.frame.source_row(row) for row in range(count)]
    numbers = {column.question.column: n for n, column in enumerate(grid.columns)}
    assert {grid.entry(person, numbers["Colour"]).raw for person in shown} == {tab.table.rows[row].label}
    assert all(int(grid.entry(person, numbers["P(rain)"]).raw) >= 50 for person in shown)
    limit = int(band.split()[-1])
    assert all(int(grid.entry(person, numbers["Age"]).raw) < limit for person in shown)
    assert np.array_equal(grid.rows, session.dataset.rows(1))


@pytest.mark.parametrize("start", [cross, question, means])
def test_enter_filters_to_the_people_of_a_number(gui: Gui, qtbot: QtBot, session: Session, start: object) -> None:
    assert callable(start)
    tab, n = start(gui, qtbot)
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    counted = tab._page.counted
    assert counted is not None
    assert counted.n == n
    base = current_base(session)
    assert base is not None
    assert base.conditions
    undo(session)
    settle(qtbot, gui)
    assert tab._page.counted.n == 60


@pytest.mark.usefixtures("session")
def test_without_a_number_d_says_what_to_do(gui: Gui, qtbot: QtBot) -> None:
    tab = open_tab(qtbot, gui, "explore", "cross", CrossTab, rows=["Colour"], by=[PARKS])
    tab.escape()
    assert not gui.context.actions.is_enabled("explore.rows")
    gui.context.actions.trigger("explore.rows")
    settle(qtbot, gui)
    assert gui.shell.current == "explore"
