"""Means by keyboard only: choose a number and groups, walk, filter, pin, copy, table or chart."""

from __future__ import annotations

from pathlib import Path

import pytest
from dated_census import JOINED, dated_session
from page_steps import open_tab, pick, press, settle, shown_tab
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from small_census import small_session

from surveyapp.base.clock import Clock
from surveyapp.domain.analysis import AnalysisKind
from surveyapp.gui.analysis_place import place_of
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.explore.cross.tab import CrossTab
from surveyapp.gui.pages.explore.means.tab import MeansTab
from surveyapp.gui.pages.explore.page import ExplorePage
from surveyapp.gui.pages.explore.questions_tab import QuestionsTab
from surveyapp.services.report.spec import shelf
from surveyapp.services.session import Session
from surveyapp.stats.table.result import CrossTable


@pytest.fixture
def session(small: Session) -> Session:
    return small


def opened(gui: Gui, qtbot: QtBot, value: str = "Age", group: str = "Colour") -> MeansTab:
    return open_tab(qtbot, gui, "explore", "means", MeansTab, value=value, group=group)


def page_of(gui: Gui) -> ExplorePage:
    assert isinstance(gui.shell.page, ExplorePage)
    return gui.shell.page


@pytest.mark.usefixtures("session")
def test_x_on_a_number_asks_for_groups(gui: Gui, qtbot: QtBot) -> None:
    open_tab(qtbot, gui, "explore", "questions", QuestionsTab, question="Age")
    press(Qt.Key.Key_X)
    settle(qtbot, gui)
    pick(gui, qtbot, "colour")
    tab = shown_tab(gui, MeansTab)
    assert tab.result is not None
    assert tab.body.finding.text() == tab.result.sentence
    assert "Welch" in tab.body.evidence.text()
    assert "pairs differ" in tab.body.pairs.text()
    assert "n = 54 of 60 people" in tab.body.base.text()
    assert page_of(gui).fact == "6 people did not answer one of the two"
    press(Qt.Key.Key_Slash)
    pick(gui, qtbot, "rain")
    assert tab.result.value_label == "P(rain)"
    press(Qt.Key.Key_X)
    pick(gui, qtbot, "parks")
    assert tab.result.group_label == "Parks"


@pytest.mark.usefixtures("session")
def test_nothing_chosen_yet(gui: Gui, qtbot: QtBot) -> None:
    tab = open_tab(qtbot, gui, "explore", "means", MeansTab)
    assert tab.result is None
    assert "Choose a number" in tab.body.finding.text()
    assert QApplication.focusWidget() is tab.body.wells.value
    press(Qt.Key.Key_Space)
    pick(gui, qtbot, "age")
    assert "Choose a question to group by" in tab.body.finding.text()
    assert QApplication.focusWidget() is tab.body.wells.group


@pytest.mark.usefixtures("session")
def test_enter_on_a_group_filters_to_it(gui: Gui, qtbot: QtBot) -> None:
    tab = opened(gui, qtbot)
    assert QApplication.focusWidget() is tab.body.view
    press(Qt.Key.Key_Down)
    row = tab._row()
    page = page_of(gui)
    assert row is not None
    assert page.explanation is not None
    assert page.explanation.title == row.label
    assert page.explanation.of == f"{row.n} people"
    assert "the mean of everybody" in page.explanation.words
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert page.counted is not None
    assert page.counted.n == row.n
    again = tab._row()
    assert again is not None
    assert again.label == row.label, "the selection survives"
    press(Qt.Key.Key_Escape)


@pytest.mark.usefixtures("session")
def test_the_cursor_stays_on_the_row_of_everybody(gui: Gui, qtbot: QtBot) -> None:
    tab = opened(gui, qtbot)
    press(Qt.Key.Key_T)
    settle(qtbot, gui)
    table = tab.body.table
    table.choose(0)
    assert tab.body.view.selected_key() and tab.has_selection
    table.choose(table.frame.rowCount() - 1)
    assert table.current_row == table.frame.rowCount() - 1
    assert not tab.body.view.selected_key() and not tab.has_selection


@pytest.mark.parametrize("size", [(1024, 680), (1440, 900)])
@pytest.mark.parametrize("text", [100, 200])
def test_table_pin_copy(session: Session, gui: Gui, qtbot: QtBot, size: tuple[int, int], text: int) -> None:
    gui.window.resize(*size)
    gui.context.theme.set_text_size(text)
    tab = opened(gui, qtbot)
    press(Qt.Key.Key_T)
    settle(qtbot, gui)
    assert tab.body.table.isVisible()
    assert not tab.body.view.isVisible()
    assert QApplication.focusWidget() is tab.body.table
    press(Qt.Key.Key_P)
    settle(qtbot, gui)
    pins = shelf(session)
    assert pins is not None
    assert pins.blocks[0].spec is not None
    assert pins.blocks[0].spec.kind is AnalysisKind.GROUPS
    page_of(gui).results.copy()
    assert QGuiApplication.clipboard().text().startswith("Colour\tPeople\tMean")
    press(Qt.Key.Key_M)
    settle(qtbot, gui)
    words = QGuiApplication.clipboard().text()
    assert words.startswith("Age by Colour. Census 2026:")
    assert "Welch" in words
    gui.context.theme.set_mode("dark")
    words_kept, arguments = tab.place()
    tab.ask(value="P(rain)")
    settle(qtbot, gui)
    gui.shell.open_page("explore", "means", **arguments)
    settle(qtbot, gui)
    assert tab.result is not None
    assert tab.result.question == words_kept


@pytest.mark.usefixtures("session")
def test_what_cannot_be_computed_is_said(gui: Gui, qtbot: QtBot) -> None:
    tab = opened(gui, qtbot, "Remark")
    assert "neither a number nor ordered" in tab.body.finding.text()
    assert not tab.body.view.isVisible()


def test_one_person(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    gui.context.set_session(small_session(tmp_path, clock, n=2))
    tab = opened(gui, qtbot)
    assert tab.body.finding.text()


def test_box_plots_and_all_pairs_go_along_with_a_pin(gui: Gui, qtbot: QtBot, session: Session) -> None:
    tab = opened(gui, qtbot)
    assert tab.body.pairs_card.isHidden()
    tab.body.view.setFocus()
    press(Qt.Key.Key_B)
    settle(qtbot, gui)
    assert tab.result is not None
    assert tab.result.picture == "boxes"
    assert tab.body.base.text().startswith("Medians; dashed: everybody")
    assert tab.body.boxes.text() == "Means"
    press(Qt.Key.Key_A)
    settle(qtbot, gui)
    card = tab.body.pairs_card
    assert card.isVisible()
    assert card.table.frame.rowCount() == 3
    assert "Games and Howell" in card.method.text()
    assert card.hint.text() == "Intervals hold for all pairs together."
    card.methods.move_by(1)
    assert "Dunn" in card.method.text()
    assert "its own pair alone" in card.hint.text()
    page_of(gui).results.copy()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Colour\tPeople\tMean")
    assert "All pairs of groups: Dunn" in copied
    tab.body.view.setFocus()
    press(Qt.Key.Key_P)
    settle(qtbot, gui)
    pins = shelf(session)
    assert pins is not None
    spec = pins.blocks[0].spec
    assert spec is not None
    assert spec.options == (("pairs", "all"), ("show", "boxes"))
    place = place_of(spec)
    assert place is not None
    press(Qt.Key.Key_A)
    press(Qt.Key.Key_B)
    settle(qtbot, gui)
    assert tab.options == {}
    assert card.isHidden()
    again = open_tab(qtbot, gui, place.page, place.tab, MeansTab, **place.arguments)
    assert again.result is not None
    assert again.result.picture == "boxes"
    assert again.body.pairs_card.isVisible()
    press(Qt.Key.Key_Down)
    explanation = page_of(gui).explanation
    assert explanation is not None
    assert "Middle half" in [name for name, _value in explanation.facts]


@pytest.mark.usefixtures("session")
def test_options_are_compared_one_by_one(gui: Gui, qtbot: QtBot) -> None:
    tab = opened(gui, qtbot, "Age", "Fruits")
    assert tab.result is not None
    assert tab.result.overlapping
    tab.toggle_pairs()
    settle(qtbot, gui)
    assert tab.body.pairs_card.title.text() == "Each option against who did not tick it"
    assert not tab.body.pairs_card.methods.isVisible()
    tab.ask(group="Remark")
    settle(qtbot, gui)
    assert tab.body.pairs_card.isHidden()


def test_enter_on_a_period_filters_to_its_days(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    gui.context.set_session(dated_session(tmp_path, clock))
    tab = opened(gui, qtbot, "Age", "Joined")
    assert tab.result is not None
    assert "Joined is gathered in years." in tab.body.notes.text()
    assert tab.body.wells.group.text() == "Joined"
    press(Qt.Key.Key_Down)
    row = tab._row()
    assert row is not None
    assert row.label == "2016"
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    page = page_of(gui)
    assert page.counted is not None
    assert page.counted.n == row.n == sum(day.year == 2016 for day in JOINED)
    tab = opened(gui, qtbot, "Joined", "Colour")
    assert tab.result is not None
    assert tab.result.value_label.startswith("Joined, days before 2026") or tab.result.unit == "years"
    settle(qtbot, gui)


def test_x_on_a_date_puts_it_in_the_rows(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    gui.context.set_session(dated_session(tmp_path, clock))
    open_tab(qtbot, gui, "explore", "questions", QuestionsTab, question="Joined")
    press(Qt.Key.Key_X)
    settle(qtbot, gui)
    pick(gui, qtbot, "colour")
    tab = shown_tab(gui, CrossTab)
    assert (tab.ask.rows, tab.ask.by) == (("Joined",), ("Colour",))
    chosen = tab.chosen()
    assert chosen is not None
    assert isinstance(chosen.result, CrossTable)
    assert "Joined is gathered in years." in chosen.result.notes
