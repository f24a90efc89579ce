"""Cross-tab by keyboard only: choose, swap, count, sort, net, filter, pin, copy, and what is said when it cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest
from page_steps import open_tab, press, settle, shown_tab
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from reports_steps import begin_post, choose
from small_census import small_session

from surveyapp.base.clock import Clock
from surveyapp.domain.analysis import AnalysisKind
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.explore.cross.tab import CrossTab
from surveyapp.gui.pages.explore.explore_tab import ExploreTab
from surveyapp.gui.pages.explore.page import ExplorePage
from surveyapp.gui.pages.explore.questions_tab import QuestionsTab
from surveyapp.gui.question_source import QuestionSource
from surveyapp.gui.widgets.pick_popup import PickPopup
from surveyapp.services.base_state import current_base
from surveyapp.services.change_log import undo
from surveyapp.services.report.spec import shelf
from surveyapp.services.session import Session
from surveyapp.stats.table.result import CrossTable, LeafRole
from surveyapp.stats.table.view import Percent

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PARKS, ROADS = "Views [Parks]", "Views [Roads]"


@pytest.fixture
def session(small: Session) -> Session:
    return small


def opened(gui: Gui, qtbot: QtBot, rows: str = "Colour", *by: str) -> CrossTab:
    return open_tab(qtbot, gui, "explore", "cross", CrossTab, rows=[rows], by=list(by or (PARKS,)))


def table_of(tab: CrossTab) -> CrossTable:
    assert tab.table is not None
    return tab.table


def page_of(gui: Gui) -> ExplorePage:
    assert isinstance(gui.shell.page, ExplorePage)
    return gui.shell.page


def popup() -> PickPopup:
    found = QApplication.activePopupWidget()
    assert isinstance(found, PickPopup)
    return found


def pick(gui: Gui, qtbot: QtBot, words: str) -> None:
    QTest.keyClicks(popup().field, words)
    press(Qt.Key.Key_Return)
    gui.window.activateWindow()  # there is no window manager here that does it
    settle(qtbot, gui)


@pytest.mark.usefixtures("session")
def test_x_asks_by_what_and_s_swaps(gui: Gui, qtbot: QtBot) -> None:
    tab = open_tab(qtbot, gui, "explore", "questions", QuestionsTab, question="Colour")
    assert tab.entry is not None
    press(Qt.Key.Key_X)
    settle(qtbot, gui)
    pick(gui, qtbot, "parks")
    cross = shown_tab(gui, CrossTab)
    table = table_of(cross)
    assert (cross.ask.rows, cross.ask.by) == (("Colour",), (PARKS,))
    assert cross.body.finding.text() == table.sentence
    assert "n = 54 of 60 people" in cross.body.base.text()
    assert page_of(gui).fact == "6 people did not answer one of the two"
    assert QApplication.focusWidget() is cross.body.grid
    press(Qt.Key.Key_S)
    settle(qtbot, gui)
    assert (cross.ask.rows, cross.ask.by) == ((PARKS,), ("Colour",))
    assert table_of(cross).row_title == "Parks"


@pytest.mark.usefixtures("session")
def test_the_wells_are_found_by_typing(gui: Gui, qtbot: QtBot) -> None:
    tab = open_tab(qtbot, gui, "explore", "cross", CrossTab)
    assert tab.table is None
    assert "Choose a question" in tab.body.finding.text()
    focus = QApplication.focusWidget()
    assert focus is tab.body.wells.rows
    press(Qt.Key.Key_Space)
    pick(gui, qtbot, "colour")
    assert "by what?" in tab.body.finding.text()
    press(Qt.Key.Key_X)
    pick(gui, qtbot, "roads")
    assert table_of(tab).question == "Colour by Roads"
    press(Qt.Key.Key_X, SHIFT)
    pick(gui, qtbot, "parks")
    assert list(tab.ask.by) == [PARKS, ROADS]
    assert len(table_of(tab).groups) == 4
    press(Qt.Key.Key_B)
    settle(qtbot, gui)
    assert [group.path for group in table_of(tab).groups][:2] == [("Parks",), ("Roads",)]
    press(Qt.Key.Key_X)
    press(Qt.Key.Key_Down)
    pick(gui, qtbot, "")  # "Without Views" stands first, then "Without Parks"
    assert list(tab.ask.by) == [ROADS]
    press(Qt.Key.Key_Slash)
    pick(gui, qtbot, "views")
    assert tab.ask.rows == (PARKS, ROADS)


def test_enter_on_a_cell_filters_to_its_people(session: Session, gui: Gui, qtbot: QtBot) -> None:
    tab = opened(gui, qtbot)
    press(Qt.Key.Key_Down)
    page = page_of(gui)
    place = tab._place()
    assert place is not None
    cell = table_of(tab).cell(*place)
    assert page.explanation is not None
    assert page.explanation.title == cell.row.label
    assert page.explanation.of == f"{cell.count} of {cell.base} people"
    assert tab.body.view.selected_key() == table_of(tab).key(*place)
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert page.counted is not None
    assert page.counted.n == cell.count
    base = current_base(session)
    assert base is not None
    assert len(base.conditions) == 2
    undo(session)
    settle(qtbot, gui)
    assert tab._place() == place, "the selection survives"


@pytest.mark.usefixtures("session")
def test_counts_percentages_letters_arrows(gui: Gui, qtbot: QtBot) -> None:
    tab = opened(gui, qtbot)
    for key, name, value in (
        (Qt.Key.Key_N, "percent", "count"),
        (Qt.Key.Key_L, "letters", "off"),
        (Qt.Key.Key_R, "arrows", "on"),
    ):
        press(key)
        settle(qtbot, gui)
        assert tab.ask.option(name) == value
    assert tab.body.wells.percent.current == Percent.COUNT
    assert tab.body.grid.frame.cell(0, 1).text == str(table_of(tab).counts[0][0])
    press(Qt.Key.Key_N)
    settle(qtbot, gui)
    assert table_of(tab).view.percent is Percent.COLUMN
    assert table_of(tab).view.arrows
    assert "Arrows: adjusted residual" in tab.body.notes.text()


@pytest.mark.usefixtures("session")
def test_a_header_sorts_and_a_net_gathers(gui: Gui, qtbot: QtBot) -> None:
    tab = opened(gui, qtbot)
    header = tab.body.grid.horizontalHeader()
    for expected in ("", "on"):
        header.sectionClicked.emit(1)
        settle(qtbot, gui)
        header = tab.body.grid.horizontalHeader()
        assert (tab.ask.option("sort"), tab.ask.option("sort_up")) == ("share", expected)
        shown = [float(tab.body.grid.frame.cell(row, 1).text) for row in range(3)]
        assert shown == sorted(shown, reverse=not expected)
    header.sectionClicked.emit(1)
    settle(qtbot, gui)
    assert tab.ask.option("sort") == ""
    tab.body.grid.setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Down, SHIFT)
    press(Qt.Key.Key_G)
    settle(qtbot, gui)
    assert table_of(tab).rows[-1].role is LeafRole.NET
    tab._on_key_chosen(table_of(tab).key(3, 0))
    settle(qtbot, gui)
    press(Qt.Key.Key_G)
    settle(qtbot, gui)
    assert len(table_of(tab).rows) == 3


def test_pin_copy_and_the_method(session: Session, gui: Gui, qtbot: QtBot) -> None:
    tab = opened(gui, qtbot)
    press(Qt.Key.Key_P)
    settle(qtbot, gui)
    pins = shelf(session)
    assert pins is not None
    assert pins.blocks[0].spec is not None
    assert pins.blocks[0].spec.kind is AnalysisKind.CROSS
    assert pins.blocks[0].title == "Colour by Parks"
    page_of(gui).results.copy()
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[0].startswith("Column %\t")
    assert copied[-1].startswith("Base: answered both\t")
    assert not QGuiApplication.clipboard().image().isNull()
    html = QGuiApplication.clipboard().mimeData().html()
    assert html.count("<tr>") == len(copied)
    page_of(gui).context.actions.trigger("explore.copy_markdown")
    markdown = QGuiApplication.clipboard().text().splitlines()
    assert len(markdown) == len(copied) + 1
    assert markdown[1].startswith("| --- | ---: |")
    press(Qt.Key.Key_M)
    settle(qtbot, gui)
    words = QGuiApplication.clipboard().text()
    assert words.startswith("Colour by Parks. Census 2026: 60 of 60 people. n = 54 of 60 people.")
    assert "6 blank" in words
    assert "Unweighted." in words
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_C, CONTROL)
    assert "people, 95" in QGuiApplication.clipboard().text()
    kept = tab.place()
    tab.set_ask(tab.ask.swapped())
    settle(qtbot, gui)
    gui.shell.open_page("explore", "cross", **kept[1])
    settle(qtbot, gui)
    assert table_of(tab).question == kept[0] == "Colour by Parks"


@pytest.mark.usefixtures("session")
def test_what_cannot_be_computed_is_said(gui: Gui, qtbot: QtBot) -> None:
    tab = opened(gui, qtbot, "Colour", "Colour")
    assert "stands in the rows and in the columns" in tab.body.finding.text()
    assert not tab.body.table_card.isVisible()
    assert tab.chosen() is not None
    questions = open_tab(qtbot, gui, "explore", "questions", QuestionsTab, question="Remark")
    assert questions.entry is not None
    press(Qt.Key.Key_X)
    settle(qtbot, gui)
    assert page_of(gui).tab == "questions"


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize("size", [(1024, 680), (1440, 900)])
@pytest.mark.parametrize("text", [100, 200])
def test_t_shows_table_or_chart_at_any_size(gui: Gui, qtbot: QtBot, size: tuple[int, int], text: int) -> None:
    gui.window.resize(*size)
    gui.context.theme.set_text_size(text)
    tab = opened(gui, qtbot)
    body = tab.body
    assert body.table_card.isVisible()
    press(Qt.Key.Key_T)
    settle(qtbot, gui)
    assert body.chart_card.isVisible()
    assert QApplication.focusWidget() is body.view
    assert body.table_card.isVisible() == body.side_by_side
    press(Qt.Key.Key_T)
    settle(qtbot, gui)
    assert QApplication.focusWidget() is body.grid
    gui.context.theme.set_mode("dark")
    assert body.view.figure is not None


@pytest.mark.usefixtures("session")
def test_the_labels_stay_while_a_wide_table_is_scrolled(gui: Gui, qtbot: QtBot) -> None:
    gui.window.resize(1024, 680)
    tab = opened(gui, qtbot, "Colour", "P(rain)", ROADS, PARKS)
    grid = tab.body.grid
    assert not grid.frozen.isVisible()
    for _step in range(grid.frame.columnCount()):
        press(Qt.Key.Key_Right)
    assert grid.horizontalScrollBar().value() > 0
    assert grid.frozen.isVisible()
    assert grid.frozen.width() == grid.columnWidth(0)
    assert grid.frozen.horizontalHeader().height() == grid.horizontalHeader().height()
    for _step in range(grid.frame.columnCount() // 2):
        press(Qt.Key.Key_Left)
        assert grid.visualRect(grid.currentIndex()).left() >= grid.columnWidth(0) - 1
    for _step in range(grid.frame.columnCount()):
        press(Qt.Key.Key_Left)
    assert not grid.frozen.isVisible()


@pytest.mark.usefixtures("session")
def test_the_palette_knows_a_by_b(gui: Gui, qtbot: QtBot) -> None:
    gui.shell.open_page("explore")
    settle(qtbot, gui)
    entries = QuestionSource(gui.context)("col by park")
    assert entries[0].title == "Colour by Views: Parks"
    entries[0].run()
    settle(qtbot, gui)
    assert table_of(shown_tab(gui, CrossTab)).question == "Colour by Parks"
    assert all(" by " not in entry.title for entry in QuestionSource(gui.context)("colour"))


def test_one_person(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    gui.context.set_session(small_session(tmp_path, clock, n=2))
    tab = opened(gui, qtbot, "Colour", PARKS)
    assert tab.table is not None or "Not computed" in tab.body.finding.text()
    assert tab.body.finding.text()


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize("tab", ["cross", "means"])
def test_a_report_leads_back_to_the_table(gui: Gui, qtbot: QtBot, tab: str) -> None:
    if tab == "cross":
        opened(gui, qtbot, "Colour", PARKS)
    else:
        gui.shell.open_page("explore", "means", value="Age", group="Colour")
        settle(qtbot, gui)
    page_of(gui).results.pin()
    settle(qtbot, gui)
    title = {"cross": "Colour by Parks", "means": "Age by Colour"}[tab]
    gui.shell.open_page("explore", "questions", question="Fruits")
    settle(qtbot, gui)
    assert gui.context.session is not None
    page = begin_post(gui, gui.context.session, qtbot)
    choose(page, title)
    settle(qtbot, gui)
    page.commands.open_source()
    settle(qtbot, gui)
    assert page_of(gui).tab == tab
    chosen = shown_tab(gui, ExploreTab).chosen()
    assert chosen is not None
    assert chosen.title == title


@pytest.mark.usefixtures("session")
def test_a_click_on_the_first_cell_explains_it(gui: Gui, qtbot: QtBot) -> None:
    tab = opened(gui, qtbot)
    grid = tab.body.grid
    assert not tab.has_selection
    place = grid.visualRect(grid.currentIndex()).center()
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert tab.has_selection
    assert grid.key == table_of(tab).key(0, 0)
    settle(qtbot, gui)
