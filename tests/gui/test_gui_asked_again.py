"""A workspace opened again asks what was asked when it was left, each tab its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from page_steps import open_tab, press, settle
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from small_census import small_session

from surveyapp.base.clock import Clock
from surveyapp.domain.question import Question
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.correlations.matrix_tab import MatrixTab
from surveyapp.gui.pages.correlations.regression.tab import RegressionTab
from surveyapp.gui.pages.correlations.scale.tab import ScaleTab
from surveyapp.gui.pages.explore.control.tab import ControlTab
from surveyapp.gui.pages.explore.cross.tab import CrossTab
from surveyapp.gui.pages.explore.means.tab import MeansTab
from surveyapp.gui.pages.explore.questions_tab import QuestionsTab
from surveyapp.services.analysis.subject import column_key
from surveyapp.services.session import Session
from surveyapp.services.workspace import open_session

CORRELATIONS = "correlations"


class Desk:
    """One workspace that can be closed and opened."""

    def __init__(self, gui: Gui, qtbot: QtBot, session: Session) -> None:
        self.gui, self.qtbot, self.session = gui, qtbot, session

    def key(self, header: str) -> str:
        found: Question = next(q for q in self.session.codebook(1).questions if q.column == header)
        return column_key(found)

    def open_again(self) -> None:
        """As when the program was closed in between, but for the pages made so far."""
        path = self.session.path
        self.gui.shell.open_page("home")
        settle(self.qtbot, self.gui)
        self.gui.context.set_session(None)
        settle(self.qtbot, self.gui)
        self.session.close()
        opened = open_session(path, clock=self.session.clock)
        assert isinstance(opened, Session)
        self.session = opened
        self.gui.context.set_session(self.session)
        settle(self.qtbot, self.gui)


@pytest.fixture
def desk(gui: Gui, qtbot: QtBot, small: Session) -> Iterator[Desk]:
    yield Desk(gui, qtbot, small)
    settle(qtbot, gui)


def test_a_regression_is_asked_again_also_half_made(desk: Desk, gui: Gui, qtbot: QtBot) -> None:
    rain, age, colour = map(desk.key, ("P(rain)", "Age", "Colour"))
    open_tab(qtbot, gui, CORRELATIONS, "regression", RegressionTab, outcome=rain)
    desk.open_again()
    tab = open_tab(qtbot, gui, CORRELATIONS, "regression", RegressionTab)
    assert (tab.ask.outcome, tab.ask.predictors) == (rain, ())
    tab.set_ask(tab.ask.adding(age).adding(colour).compared(colour, "green"))
    settle(qtbot, gui)
    assert tab.model is not None
    desk.open_again()
    tab = open_tab(qtbot, gui, CORRELATIONS, "", RegressionTab)
    assert (tab.ask.outcome, tab.ask.predictors) == (rain, (age, colour))
    assert tab.ask.option(f"reference:{colour}") == "green"
    assert tab.model is not None


def test_tabs_of_correlations_keep_their_own(desk: Desk, gui: Gui, qtbot: QtBot) -> None:
    items = (desk.key("Views [Parks]"), desk.key("Views [Roads]"), desk.key("Age"))
    open_tab(qtbot, gui, CORRELATIONS, "scales", ScaleTab, items=items)
    matrix = open_tab(qtbot, gui, CORRELATIONS, "matrix", MatrixTab)
    matrix.choose(items)
    settle(qtbot, gui)
    desk.open_again()
    scale = open_tab(qtbot, gui, CORRELATIONS, "scales", ScaleTab)
    assert scale.ask.items == items
    matrix = open_tab(qtbot, gui, CORRELATIONS, "matrix", MatrixTab)
    chosen = matrix.overview_chosen()
    assert chosen is not None
    assert chosen.spec.columns == items


def test_explore_asks_again_where_one_comes_back_to(desk: Desk, gui: Gui, qtbot: QtBot) -> None:
    age, colour, parks = map(desk.key, ("Age", "Colour", "Views [Parks]"))
    open_tab(qtbot, gui, "explore", "cross", CrossTab, rows=(colour,), by=(parks,))
    desk.open_again()
    assert open_tab(qtbot, gui, "explore", "", CrossTab).ask.by == (parks,)
    open_tab(qtbot, gui, "explore", "means", MeansTab, value=age, group=colour)
    desk.open_again()
    means = open_tab(qtbot, gui, "explore", "", MeansTab)
    assert (means.value, means.group) == (age, colour)
    open_tab(qtbot, gui, "explore", "control", ControlTab, outcome=age, group=colour)
    desk.open_again()
    questions = open_tab(qtbot, gui, "explore", "questions", QuestionsTab, question=parks)
    questions.setFocus()
    press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    settle(qtbot, gui)
    tab = gui.shell.page.shown  # type: ignore[union-attr]
    assert isinstance(tab, CrossTab)
    assert tab.ask.by == ()  # what one looks at goes before what one looked at


def test_another_workspace_asks_nothing_of_the_first(
    desk: Desk, gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock
) -> None:
    open_tab(qtbot, gui, CORRELATIONS, "regression", RegressionTab, outcome=desk.key("Age"))
    (tmp_path / "other").mkdir()
    gui.context.set_session(small_session(tmp_path / "other", clock))
    settle(qtbot, gui)
    desk.session.close()
    assert open_tab(qtbot, gui, CORRELATIONS, "regression", RegressionTab).ask.outcome == ""
