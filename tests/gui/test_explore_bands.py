"""Bands of a number, and batteries in the columns of a cross-tab, by keyboard; both can be taken back."""

from __future__ import annotations

import pytest
from page_steps import open_tab, press, settle
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from surveyapp.domain.analysis import Condition, Operator
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.explore.cross.ask import Ask, parts_of
from surveyapp.gui.pages.explore.cross.band_card import BandCard
from surveyapp.gui.pages.explore.cross.tab import CrossTab
from surveyapp.gui.widgets.cell_delegate import two_lines
from surveyapp.gui.widgets.pick_popup import PickPopup
from surveyapp.services.report.spec import shelf
from surveyapp.services.session import Session

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
VIEWS: tuple[str, ...] = ("Views [Parks]", "Views [Roads]")


@pytest.fixture
def session(small: Session) -> Session:
    return small


def opened(gui: Gui, qtbot: QtBot, rows: str, *by: str) -> CrossTab:
    tab = open_tab(qtbot, gui, "explore", "cross", CrossTab, rows=[rows], by=list(by))
    tab.focus()
    return tab


def labels(tab: CrossTab) -> list[str]:
    assert tab.table is not None
    return [head.label for head in tab.table.columns]


def bands(gui: Gui, qtbot: QtBot) -> BandCard:
    press(Qt.Key.Key_E)
    settle(qtbot, gui)
    card = QApplication.activePopupWidget()
    assert isinstance(card, BandCard)
    return card


def write(gui: Gui, qtbot: QtBot, card: BandCard, text: str) -> None:
    card.fields[0].clear()
    QTest.keyClicks(card.fields[0], text)
    press(Qt.Key.Key_Return)
    gui.window.activateWindow()
    settle(qtbot, gui)


def pick(gui: Gui, qtbot: QtBot, words: str) -> None:
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, PickPopup)
    QTest.keyClicks(popup.field, words)
    press(Qt.Key.Key_Return)
    gui.window.activateWindow()
    settle(qtbot, gui)


def test_e_asks_where_bands_begin_and_they_stay_with_the_analysis(gui: Gui, qtbot: QtBot, session: Session) -> None:
    tab = opened(gui, qtbot, "Colour", "Age")
    assert tab.body.wells.bands.isVisible()
    assert ("E", "bands") in tab._page.keys
    before = labels(tab)
    card = bands(gui, qtbot)
    assert sum(int(part.rsplit(": ", 1)[1].split()[0]) for part in card._previews[0].text().split(" · ")) == 60
    write(gui, qtbot, card, "every 5")
    assert labels(tab) == ["Under 25", "25–29", "30 and over", ""][:3] + before[-1:]
    assert gui.window.toast.text == "Age is cut at 25, 30."
    press(Qt.Key.Key_Z, CONTROL)
    settle(qtbot, gui)
    assert labels(tab) == before
    write(gui, qtbot, bands(gui, qtbot), "25")
    tab.focus()
    press(Qt.Key.Key_S)
    settle(qtbot, gui)
    assert tab.table is not None
    assert [head.label for head in tab.table.rows] == ["Under 25", "25 and over"]
    press(Qt.Key.Key_P)
    settle(qtbot, gui)
    pins = shelf(session)
    assert pins is not None
    pinned = pins.blocks[-1].spec
    assert pinned is not None
    assert '"Age": [25.0]' in pinned.option("edges")
    assert bands(gui, qtbot).fields[0].text() == "25"
    press(Qt.Key.Key_Escape)


@pytest.mark.usefixtures("session")
def test_what_says_no_bands_is_told_and_changes_nothing(gui: Gui, qtbot: QtBot) -> None:
    tab = opened(gui, qtbot, "Colour", "Age")
    before = tab.ask
    card = bands(gui, qtbot)
    write(gui, qtbot, card, "young")
    assert card.isVisible()
    assert "says no bands" in card._previews[0].text()
    press(Qt.Key.Key_Escape)
    settle(qtbot, gui)
    assert tab.ask == before


@pytest.mark.usefixtures("session")
def test_a_later_change_is_taken_back_first(gui: Gui, qtbot: QtBot) -> None:
    tab = opened(gui, qtbot, "Colour", "Age")
    write(gui, qtbot, bands(gui, qtbot), "25")
    tab._page.add_filters([Condition(column="Age", operator=Operator.AT_LEAST, values=("21",))])
    settle(qtbot, gui)
    tab.focus()
    press(Qt.Key.Key_Z, CONTROL)
    settle(qtbot, gui)
    assert labels(tab)[:2] == ["Under 25", "25 and over"]
    assert tab._page.counted is not None
    assert tab._page.counted.n == 60


@pytest.mark.usefixtures("session")
def test_without_a_number_there_are_no_bands(gui: Gui, qtbot: QtBot) -> None:
    tab = opened(gui, qtbot, "Colour", VIEWS[0])
    assert not tab.body.wells.bands.isVisible()
    assert ("E", "bands") not in tab._page.keys
    press(Qt.Key.Key_E)
    assert gui.window.toast.text == "There is no number in this cross-tab."


@pytest.mark.usefixtures("session")
def test_a_battery_stands_in_the_columns_item_beside_item(gui: Gui, qtbot: QtBot) -> None:
    tab = opened(gui, qtbot, "Colour", "Fruits")
    press(Qt.Key.Key_X)
    pick(gui, qtbot, "views")
    assert (tab.ask.by, tab.ask.option("layout")) == (VIEWS, "banner")
    assert tab.table is not None
    assert tab.table.question == "Colour by Views"
    assert [group.path[0] for group in tab.table.groups[:2]] == ["Parks", "Roads"]
    assert tab.body.wells.columns.text() == "Views"
    tab.focus()
    press(Qt.Key.Key_S)
    settle(qtbot, gui)
    assert (tab.ask.rows, tab.ask.by, tab.ask.option("layout")) == (VIEWS, ("Colour",), "")
    tab.focus()
    press(Qt.Key.Key_S)
    settle(qtbot, gui)
    assert (tab.ask.rows, tab.ask.by) == (("Colour",), VIEWS)
    press(Qt.Key.Key_X, SHIFT)
    pick(gui, qtbot, "fruits")
    assert tab.ask.by == ("Fruits", *VIEWS)
    press(Qt.Key.Key_X)
    pick(gui, qtbot, "age")  # in the place of the whole battery
    assert tab.ask.by == ("Fruits", "Age")


def test_parts_are_batteries_where_all_their_items_stand_together() -> None:
    assert parts_of(("A", *VIEWS, "B"), [VIEWS]) == [("A",), VIEWS, ("B",)]
    assert parts_of((VIEWS[0], "B"), [VIEWS]) == [VIEWS[:1], ("B",)]
    assert parts_of((), [VIEWS]) == []
    banner = (("layout", "banner"),)
    beside = Ask(rows=("A",), by=("B", *VIEWS), options=banner)
    assert beside.swapped([VIEWS]) == Ask(rows=VIEWS, by=("B", "A"), options=banner)
    assert Ask(rows=("A",), by=VIEWS).swapped([VIEWS]) == Ask(rows=VIEWS[1:], by=(VIEWS[0], "A"))


@pytest.mark.usefixtures("session")
def test_the_steps_of_a_battery_are_seen_as_rows_or_counts(gui: Gui, qtbot: QtBot) -> None:
    tab = opened(gui, qtbot, "Colour", VIEWS[0])
    tab.set_ask(tab.ask.with_percent("total").with_rows(VIEWS).with_by(()))
    settle(qtbot, gui)
    percent = tab.body.wells.percent
    assert percent.current == "row"
    percent.move_by(1)
    settle(qtbot, gui)
    assert percent.current == "count"
    assert tab.table is not None
    assert tab.table.view.percent.value == "count"
    percent.move_by(-1)
    settle(qtbot, gui)
    assert tab.table.view.percent.value == "row"
    assert tab.fact == "everybody answered an item"


@pytest.mark.usefixtures("qapp")
def test_long_labels_stand_in_two_lines_whose_ends_are_seen() -> None:
    metrics = QFontMetrics(QFont())
    room = metrics.horizontalAdvance("Accept or lean toward")
    first = two_lines("Accept or lean toward the consequentialism of rules", metrics, room)
    second = two_lines("Accept or lean toward the consequentialism of acts", metrics, room)
    assert first[0] == second[0] == "Accept or lean toward"
    assert first[1].endswith("rules")
    assert second[1].endswith("acts")
    assert all(metrics.horizontalAdvance(line) <= room for line in (*first, *second))
    assert two_lines("x" * 180, metrics, room)[0].count("…") == 1
