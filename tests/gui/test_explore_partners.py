"""What else goes with the rows of a cross-tab: a card filled after the table, and looks that are counted."""

from __future__ import annotations

import pytest
from page_steps import open_tab, press, settle
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from surveyapp.domain.analysis import AnalysisKind, Base, Condition, Operator
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.correlations.screen_tab import ScreenTab
from surveyapp.gui.pages.explore.cross.ask import Ask
from surveyapp.gui.pages.explore.cross.tab import CrossTab
from surveyapp.gui.pages.explore.means.tab import MeansTab
from surveyapp.services.base_state import use_base
from surveyapp.services.report.spec import shelf
from surveyapp.services.session import Session


@pytest.fixture
def session(pairs: Session) -> Session:
    return pairs


def crossed(gui: Gui, qtbot: QtBot, rows: str, *by: str) -> CrossTab:
    """The table, and its partners computed."""
    return open_tab(qtbot, gui, "explore", "cross", CrossTab, rows=[rows], by=list(by))


def listed(tab: CrossTab) -> list[str]:
    frame = tab.partners.table.frame
    return [frame.cell(row, 0).text for row in range(frame.rowCount())]


@pytest.mark.usefixtures("session")
def test_the_strongest_partners_stand_below_the_table(gui: Gui, qtbot: QtBot) -> None:
    tab = crossed(gui, qtbot, "Mood", "Diet")
    assert tab.partners.title.text() == "What else goes with “Mood”"
    assert listed(tab) == ["Books", "Age"]
    assert tab.partners.note.text().startswith("2 strongest of ")
    assert tab.partners.table.current_row == -1  # nobody has chosen one
    cell = tab.partners.table.frame.cell(0, 2)
    assert cell.before == "ρ"
    assert tab.partners.table.frame.cell(0, 4).text.startswith("n 2")
    again = crossed(gui, qtbot, "Mood", "Age")
    assert listed(again) == ["Books"]  # what the table has already is no partner
    alone = crossed(gui, qtbot, "Colour")
    assert listed(alone) == ["Diet"]
    none = crossed(gui, qtbot, "P(rain)", "Diet")
    assert listed(none) == []
    assert none.partners.words.text().startswith("None of ")


@pytest.mark.usefixtures("session")
def test_enter_opens_the_pair_and_the_row_is_explained(gui: Gui, qtbot: QtBot) -> None:
    tab = crossed(gui, qtbot, "Mood", "Diet")
    press(Qt.Key.Key_A)
    assert tab.partners.in_use
    chosen = tab.chosen()
    assert chosen is not None
    assert chosen.spec.kind is AnalysisKind.SCREEN
    assert chosen.sentence.startswith("“Mood” and “Books”: ρ = ")
    assert not chosen.picture().isNull()
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    page = gui.shell.page
    assert page is not None
    assert page.spec.id == "correlations"
    opened = page.shown  # type: ignore[attr-defined]
    assert isinstance(opened, ScreenTab)
    opened.rest.setInterval(0)
    settle(qtbot, gui)
    assert opened.pane.title.text() == "Mood and Books"


def test_pin_and_copy_take_the_list_while_the_cursor_is_in_it(gui: Gui, qtbot: QtBot, session: Session) -> None:
    tab = crossed(gui, qtbot, "Mood", "Diet")
    tab.partners.table.setFocus()
    press(Qt.Key.Key_P)
    settle(qtbot, gui)
    held = shelf(session)
    assert held is not None
    assert held.blocks[-1].title == "“Mood” with everything"
    gui.context.actions.trigger("explore.copy")
    assert "Books" in QGuiApplication.clipboard().text()
    tab.body.grid.setFocus()
    press(Qt.Key.Key_P)
    settle(qtbot, gui)
    held = shelf(session)
    assert held is not None
    assert held.blocks[-1].title == "Mood by Diet"


def test_another_question_is_not_kept_waiting(gui: Gui, qtbot: QtBot, session: Session) -> None:
    tab = crossed(gui, qtbot, "Mood", "Diet")
    tab.set_ask(Ask(rows=("Books",), by=("Diet",)))
    qtbot.waitUntil(lambda: "Books" in tab.partners.title.text(), timeout=5_000)
    assert listed(tab) == []  # the table first
    assert tab.partners.note.text() == "comparing with every other question"
    tab.set_ask(Ask(rows=("Colour",), by=("Diet",)))  # while it is still waited
    settle(qtbot, gui)
    assert tab.table is not None
    assert tab.partners.title.text() == "What else goes with “Colour”"
    young = Condition(column="Age", operator=Operator.AT_MOST, values=("40",))
    use_base(session, Base(wave_id=1, conditions=(young,)))
    settle(qtbot, gui)
    chosen = tab.partners.chosen()
    assert chosen is not None
    assert chosen.spec.base.conditions == (young,)
    tab.forget()
    assert tab.partners.isHidden()


@pytest.mark.usefixtures("session")
def test_looks_are_counted(gui: Gui, qtbot: QtBot) -> None:
    tab = crossed(gui, qtbot, "Colour", "Diet")
    assert "today" not in tab.body.notes.text()
    tab = crossed(gui, qtbot, "Colour", "Mood")
    words = "2nd table with this question today; letters are corrected within one table only."
    assert words in tab.body.notes.text()
    tab.toggle_counts()
    settle(qtbot, gui)
    assert words in tab.body.notes.text()  # the same table shown in another way
    means = open_tab(qtbot, gui, "explore", "means", MeansTab, value="Age", group="Colour")
    assert "today" not in means.body.notes.text()
    means = open_tab(qtbot, gui, "explore", "means", MeansTab, value="Age", group="Diet")
    assert "2nd table with this question today; p is corrected within one" in means.body.notes.text()
