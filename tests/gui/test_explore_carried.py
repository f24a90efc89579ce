"""A number by groups opens as means; what one tab of Explore asks is asked in the next where nothing stands yet."""

from __future__ import annotations

import pytest
from page_steps import open_tab, press, settle, shown_tab
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from surveyapp.gui.app import Gui
from surveyapp.gui.explanation import Explanation
from surveyapp.gui.pages.explore.control.tab import ControlTab
from surveyapp.gui.pages.explore.cross.tab import CrossTab
from surveyapp.gui.pages.explore.means.tab import MeansTab
from surveyapp.gui.pages.explore.questions_tab import QuestionsTab
from surveyapp.gui.question_source import QuestionSource
from surveyapp.gui.widgets.inspector import Inspector
from surveyapp.services.session import Session

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def session(small: Session) -> Session:
    return small


@pytest.mark.usefixtures("session")
def test_a_number_by_groups_is_means_first_and_a_cross_tab_in_bands(gui: Gui, qtbot: QtBot) -> None:
    gui.shell.open_page("explore")
    settle(qtbot, gui)
    first, second = QuestionSource(gui.context)("age by colour")[:2]
    assert (first.group, first.title, first.detail) == ("Means", "Age by Colour", "")
    assert (second.group, second.title, second.detail) == ("Cross-tabs", "Age by Colour", "in bands")
    first.run()
    settle(qtbot, gui)
    tab = shown_tab(gui, MeansTab)
    assert tab.result is not None
    assert tab.result.question == "Age by Colour"


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize("query", ["colour by age", "age by p(rain)"])
def test_everything_else_is_a_cross_tab(gui: Gui, qtbot: QtBot, query: str) -> None:
    gui.shell.open_page("explore")
    settle(qtbot, gui)
    assert {entry.group for entry in QuestionSource(gui.context)(query)} == {"Cross-tabs"}


@pytest.mark.usefixtures("session")
def test_a_cross_tab_of_a_number_is_asked_as_means_and_back(gui: Gui, qtbot: QtBot) -> None:
    open_tab(qtbot, gui, "explore", "cross", CrossTab, rows=("Age",), by=("Colour",))
    press(Qt.Key.Key_3, ALT)
    settle(qtbot, gui)
    means = shown_tab(gui, MeansTab)
    assert (means.value, means.group) == ("Age", "Colour")
    means.ask(group="Fruits")
    settle(qtbot, gui)
    press(Qt.Key.Key_2, ALT)
    settle(qtbot, gui)
    assert shown_tab(gui, CrossTab).ask.by == ("Colour",)  # a tab where something stands keeps it


@pytest.mark.usefixtures("session")
def test_means_are_asked_as_a_cross_tab(gui: Gui, qtbot: QtBot) -> None:
    open_tab(qtbot, gui, "explore", "means", MeansTab, value="Age", group="Colour")
    press(Qt.Key.Key_2, ALT)
    settle(qtbot, gui)
    ask = shown_tab(gui, CrossTab).ask
    assert (ask.rows, ask.by) == (("Age",), ("Colour",))


@pytest.mark.usefixtures("session")
def test_a_question_in_front_goes_into_the_rows_and_one_without_a_mean_not_into_means(gui: Gui, qtbot: QtBot) -> None:
    open_tab(qtbot, gui, "explore", "questions", QuestionsTab, question="Colour")
    press(Qt.Key.Key_3, ALT)
    settle(qtbot, gui)
    assert shown_tab(gui, MeansTab).waits
    press(Qt.Key.Key_2, ALT)
    settle(qtbot, gui)
    assert shown_tab(gui, CrossTab).ask.rows == ("Colour",)


@pytest.mark.usefixtures("session")
def test_means_become_a_comparison_of_two_groups_and_back(gui: Gui, qtbot: QtBot) -> None:
    open_tab(qtbot, gui, "explore", "means", MeansTab, value="Age", group="Colour")
    press(Qt.Key.Key_5, ALT)
    settle(qtbot, gui)
    control = shown_tab(gui, ControlTab)
    assert (control.ask.outcome, control.ask.group, control.ask.adjusters) == ("Age", "Colour", ())
    assert control.body.finding.text().startswith("Who are we?")
    control.set_ask(control.ask.having(us="red").adding("P(rain)"))
    settle(qtbot, gui)
    assert control.result is not None
    press(Qt.Key.Key_2, ALT)
    settle(qtbot, gui)
    ask = shown_tab(gui, CrossTab).ask
    assert (ask.rows, ask.by) == (("Age",), ("Colour",))


def test_a_long_fact_wraps_in_the_inspector(gui: Gui) -> None:
    inspector = gui.window.findChild(Inspector)
    assert inspector is not None
    short, long = ("Mean", "27.4"), ("Effect", "V 0.08 [0.05–0.11], Cramer's V, bias-corrected, " * 2)
    inspector.show_explanation(Explanation(kind="Cross-tab", title="Age by Gender", facts=(short, long)))
    page = inspector.widget()
    assert page is not None
    assert page.minimumSizeHint().width() <= gui.context.theme.px(312)


def test_the_palette_opens_a_tab_by_its_name(gui: Gui) -> None:
    found = gui.context.palette_sources
    entries = [entry for source in found for entry in source("drop-off") if entry.title == "Drop-off"]
    assert [(entry.group, entry.detail) for entry in entries] == [("Tabs", "Explore")]
    entries[0].run()
    assert gui.shell.page is not None
    assert (gui.shell.current, gui.shell.page.tab) == ("explore", "drop_off")
    assert not [entry for source in found for entry in source("") if entry.group == "Tabs"]
