"""Correlations led to from elsewhere: a pair asked for, pins opened, others held constant, limits of the last visit."""

from __future__ import annotations

import pytest
from page_steps import open_tab, press, settle, shown_tab
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base
from surveyapp.gui.analysis_place import place_of
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.correlations.matrix_tab import MatrixTab
from surveyapp.gui.pages.correlations.page import CorrelationsPage
from surveyapp.gui.pages.correlations.question_picker import QuestionPicker
from surveyapp.gui.pages.correlations.screen_tab import ScreenTab
from surveyapp.gui.question_source import QuestionSource
from surveyapp.services.report.spec import shelf
from surveyapp.services.saved_analysis import spec_as_text
from surveyapp.services.session import Session


@pytest.fixture
def session(pairs: Session) -> Session:
    return pairs


def hurry(tab: ScreenTab, qtbot: QtBot, gui: Gui) -> None:
    """The pair under the cursor is computed at once, so that no test ends while that waits."""
    tab.rest.setInterval(0)
    settle(qtbot, gui)


def test_a_pair_can_be_asked_for_from_elsewhere(session: Session, gui: Gui, qtbot: QtBot) -> None:
    assert session.waves()
    tab = open_tab(qtbot, gui, "correlations", "screen", ScreenTab, first="Colour", second="Diet")
    assert tab.in_pair
    assert "Cramér" in tab.pane.caption.text()


def test_a_with_b_in_the_palette_opens_the_pair(session: Session, gui: Gui, qtbot: QtBot) -> None:
    assert session.waves()
    found = QuestionSource(gui.context)("colour with diet")
    assert found[0].group == "Correlations"
    assert found[0].title == "Colour with Diet"
    found[0].run()
    settle(qtbot, gui)
    tab = shown_tab(gui, ScreenTab)
    assert tab.in_pair
    assert tab.pane.title.text() == "Colour and Diet"
    assert not any(entry.group == "Correlations" for entry in QuestionSource(gui.context)("colour with "))


def test_what_goes_with_a_question_is_asked_in_the_palette(session: Session, gui: Gui, qtbot: QtBot) -> None:
    assert session.waves()
    source = QuestionSource(gui.context)
    for query in ("what goes with colour", "What else goes with “Colour”?"):
        assert [entry.title for entry in source(query)] == ["What goes with Colour"]
    assert source("what goes with nothing like it") == []
    source("what goes with colour")[0].run()
    settle(qtbot, gui)
    tab = shown_tab(gui, ScreenTab)
    assert tab.asked == "Colour"
    assert not tab.in_pair


def test_a_pinned_result_opens_where_it_was_made(session: Session, gui: Gui, qtbot: QtBot) -> None:
    base = Base(wave_id=1)
    pair = AnalysisSpec(kind=AnalysisKind.PAIR, columns=("Colour",), by=("Diet",), base=base)
    screen = AnalysisSpec(kind=AnalysisKind.SCREEN, columns=("Age",), base=base, options=(("effect", "0.2"),))
    matrix = AnalysisSpec(kind=AnalysisKind.MATRIX, columns=("Age", "Mood"), base=base)
    tab = open_tab(qtbot, gui, "correlations", "screen", ScreenTab, spec=spec_as_text(pair))
    assert tab.in_pair
    opened = open_tab(qtbot, gui, "correlations", "screen", ScreenTab, spec=spec_as_text(screen))
    hurry(opened, qtbot, gui)
    chosen = opened.chosen()
    assert chosen is not None
    assert chosen.spec == screen
    other = open_tab(qtbot, gui, "correlations", "matrix", MatrixTab, spec=spec_as_text(matrix))
    chosen = other.chosen()
    assert chosen is not None
    assert chosen.spec == matrix
    assert [place_of(spec) is not None for spec in (pair, screen, matrix)] == [True] * 3
    assert session.waves()


def test_others_are_held_constant_in_a_pair(gui: Gui, qtbot: QtBot, session: Session) -> None:
    tab = open_tab(qtbot, gui, "correlations", "screen", ScreenTab, first="Books", second="Mood")
    hurry(tab, qtbot, gui)
    press(Qt.Key.Key_G)
    picker = QApplication.activePopupWidget()
    assert isinstance(picker, QuestionPicker)
    assert "Remark" not in (words := [item.text for item in picker._items])
    assert "Books" not in words
    QTest.keyClicks(picker.field, "age")
    QTest.keyClick(picker.field, Qt.Key.Key_Down)
    QTest.keyClick(picker.list, Qt.Key.Key_Space)
    QTest.keyClick(picker.list, Qt.Key.Key_Return)
    gui.window.activateWindow()
    settle(qtbot, gui)
    assert list(tab.pane.given.chips) == ["Age"]
    assert tab.pane.title.text() == "Books and Mood, given Age"
    assert "Among people alike in “Age”" in tab.pane.words.text()
    measures = [tab.pane.measures.frame.cell(row, 0).text for row in range(tab.pane.measures.frame.rowCount())]
    assert "partial Spearman's ρ, given Age" in measures
    assert QApplication.focusWidget() is tab.pane.view
    press(Qt.Key.Key_P)
    settle(qtbot, gui)
    held = shelf(session)
    assert held is not None
    assert held.blocks[-1].title == "Books and Mood, given Age"
    spec = held.blocks[-1].spec
    assert spec is not None
    assert spec.by == ("Mood", "Age")
    press(Qt.Key.Key_M)
    settle(qtbot, gui)
    assert "degrees of freedom less" in QGuiApplication.clipboard().text()
    words_there, arguments = tab.place()
    tab.pane.given.chips["Age"].setFocus()
    press(Qt.Key.Key_Backspace)
    settle(qtbot, gui)
    assert not tab.pane.given.chips
    assert tab.pane.title.text() == "Books and Mood"
    assert "Among people alike" not in tab.pane.words.text()
    tab.open_at(**arguments)
    settle(qtbot, gui)
    assert tab.place()[0] == words_there
    place = place_of(spec)
    assert place is not None
    press(Qt.Key.Key_Escape)
    again = open_tab(qtbot, gui, place.page, place.tab, ScreenTab, **place.arguments)
    assert again.pane.title.text() == "Books and Mood, given Age"


def test_what_cannot_be_held_constant_is_said_on_the_card(gui: Gui, qtbot: QtBot, session: Session) -> None:
    assert session.waves()
    tab = open_tab(qtbot, gui, "correlations", "screen", ScreenTab, first="Colour", second="Diet", given=("Age",))
    hurry(tab, qtbot, gui)
    assert "A regression takes any." in tab.pane.words.text()
    assert tab.pane.given.chips["Age"].accessibleName() == "Held constant: Age"


@pytest.mark.usefixtures("session")
def test_alt_a_ticks_only_what_was_found(gui: Gui, qtbot: QtBot) -> None:
    tab = open_tab(qtbot, gui, "correlations", "matrix", MatrixTab)
    press(Qt.Key.Key_Slash)
    picker = QApplication.activePopupWidget()
    assert isinstance(picker, QuestionPicker)
    assert picker.only.text() == "Untick all"
    QTest.keyClick(picker.field, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    assert picker.list.checked() == []
    assert not picker.take.isEnabled()
    QTest.keyClicks(picker.field, "oo")
    assert picker.only.text() == "Only these"
    QTest.keyClick(picker.field, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(picker.field, Qt.Key.Key_Return)
    gui.window.activateWindow()
    settle(qtbot, gui)
    chosen = tab.chosen()
    assert chosen is not None
    assert chosen.spec.columns == ("Books", "Mood")


def test_limits_and_views_are_those_of_the_last_visit(gui: Gui, qtbot: QtBot, session: Session) -> None:
    assert session.waves()
    tab = open_tab(qtbot, gui, "correlations", "screen", ScreenTab)
    tab.bar.option_chosen.emit("effect", "0.2")
    settle(qtbot, gui)
    gui.context.actions.trigger("correlations.toggle")
    matrix = open_tab(qtbot, gui, "correlations", "matrix", MatrixTab)
    matrix._on_option("measure", "pearson")
    settle(qtbot, gui)
    gui.context.settings.save_page_state(
        "correlations", {**gui.context.settings.page_state("correlations"), "matrix_order": "nonsense"}
    )
    page = gui.shell.pages["correlations"]
    assert isinstance(page, CorrelationsPage)
    again = ScreenTab(page, page)
    assert dict(again.spec(Base(wave_id=1)).options) == {"effect": "0.2"}
    assert again.body._as_chart
    other = MatrixTab(page, page)
    assert dict(other.spec(Base(wave_id=1)).options) == {"measure": "pearson"}
    again.deleteLater()
    other.deleteLater()
