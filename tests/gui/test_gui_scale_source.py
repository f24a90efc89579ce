"""The palette asks for scales and control groups in words."""

from __future__ import annotations

import pytest
from page_steps import settle, shown_tab
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from surveyapp.gui.app import Gui
from surveyapp.gui.pages.correlations.scale.tab import ScaleTab
from surveyapp.gui.pages.explore.control.tab import ControlTab
from surveyapp.gui.question_source import QuestionSource
from surveyapp.services.session import Session


@pytest.fixture
def session(gui: Gui, qtbot: QtBot, small: Session) -> Session:
    gui.shell.open_page("home")
    settle(qtbot, gui)
    return small


def titles(gui: Gui, query: str) -> list[str]:
    return [entry.title for entry in QuestionSource(gui.context)(query)]


@pytest.mark.usefixtures("session")
def test_a_battery_or_questions_become_a_scale(gui: Gui, qtbot: QtBot) -> None:
    for query in ("alpha views", "Scale  Views", "reliability view", "omega"):
        assert titles(gui, query)[0] == "Alpha of Views", query
    entry = QuestionSource(gui.context)("alpha views")[0]
    assert (entry.group, entry.detail) == ("Scales", "2 items")
    entry.run()
    settle(qtbot, gui)
    assert shown_tab(gui, ScaleTab).ask.items == ("Views [Parks]", "Views [Roads]")
    named = next(each for each in QuestionSource(gui.context)("scale parks, age") if "Age" in each.title)
    named.run()
    settle(qtbot, gui)
    assert shown_tab(gui, ScaleTab).ask.items == ("Views [Parks]", "Age")


@pytest.mark.usefixtures("session")
def test_scale_alone_offers_to_choose_the_items(gui: Gui, qtbot: QtBot) -> None:
    QuestionSource(gui.context)("scale")[-1].run()
    settle(qtbot, gui)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    QTest.keyClick(popup, Qt.Key.Key_Escape)
    assert isinstance(shown_tab(gui, ScaleTab), ScaleTab)


@pytest.mark.usefixtures("session")
def test_a_control_group_is_asked_for_in_words(gui: Gui, qtbot: QtBot) -> None:
    assert titles(gui, "control group") == ["Compare one group with another"]
    assert titles(gui, "control age")[0] == "Age: control group"
    found = QuestionSource(gui.context)("control group age by colour")
    assert [entry.title for entry in found] == ["Age: control group by Colour"]
    found[0].run()
    settle(qtbot, gui)
    tab = shown_tab(gui, ControlTab)
    assert (tab.ask.outcome, tab.ask.group) == ("Age", "Colour")


@pytest.mark.usefixtures("session")
def test_questions_are_found_as_before(gui: Gui) -> None:
    assert titles(gui, "age by colour")[0] == "Age by Colour"
    assert titles(gui, "remark") == ["Remark"]
    assert titles(gui, "controlled") == []
