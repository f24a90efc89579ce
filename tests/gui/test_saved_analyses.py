"""Analyses kept under a name, by keyboard: saved, opened with their people, renamed, removed, undone, as text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from page_steps import open_tab, press, settle, shown_tab
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base, Condition, Operator, SavedFilter
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.correlations.regression.tab import RegressionTab
from surveyapp.gui.pages.correlations.screen_tab import ScreenTab
from surveyapp.gui.pages.explore.cross.tab import CrossTab
from surveyapp.gui.saved_analysis_card import SavedAnalysisCard
from surveyapp.services.analysis_text import analysis_as_text
from surveyapp.services.base_state import current_base, use_base
from surveyapp.services.change_log import undo
from surveyapp.services.filter.saved_filter import FILTERS, chip_of, remove_filter, save_filter
from surveyapp.services.saved_analysis import ANALYSES, list_analyses, spec_from_text
from surveyapp.services.session import Session

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
RED = Condition(column="Colour", operator=Operator.IS_NOT, values=("red",))


@pytest.fixture
def session(small: Session) -> Session:
    return small


def regression(gui: Gui, qtbot: QtBot) -> RegressionTab:
    tab = open_tab(qtbot, gui, "correlations", "regression", RegressionTab, outcome="Age", by=["P(rain)"])
    tab.focus()
    return tab


def card(gui: Gui, qtbot: QtBot) -> SavedAnalysisCard:
    press(Qt.Key.Key_S, SHIFT)
    settle(qtbot, gui)
    found = QApplication.activePopupWidget()
    assert isinstance(found, SavedAnalysisCard)
    return found


def save(gui: Gui, qtbot: QtBot, name: str) -> SavedAnalysisCard:
    found = card(gui, qtbot)
    QTest.keyClicks(found.name, name)
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    return found


def set_filters(session: Session, gui: Gui, qtbot: QtBot, *conditions: Condition) -> None:
    base = current_base(session)
    assert base is not None
    use_base(session, replace(base, conditions=conditions))
    settle(qtbot, gui)


def test_saved_and_opened_with_its_filters(session: Session, gui: Gui, qtbot: QtBot) -> None:
    set_filters(session, gui, qtbot, RED)
    tab = regression(gui, qtbot)
    save(gui, qtbot, "Age and rain")
    assert [saved.name for saved in ANALYSES.all(session)] == ["Age and rain"]
    (listed,) = list_analyses(session)
    assert listed.words == "What goes with Age, Census 2026, 1 filter"
    press(Qt.Key.Key_Escape)
    gui.window.activateWindow()
    set_filters(session, gui, qtbot)
    tab.set_ask(tab.ask.adding("Colour"))
    settle(qtbot, gui)
    tab.focus()
    found = card(gui, qtbot)
    found.list.setFocus()
    press(Qt.Key.Key_Return)
    gui.window.activateWindow()
    settle(qtbot, gui)
    assert tab.ask.predictors == ("P(rain)",)
    base = current_base(session)
    assert base is not None
    assert base.conditions == (RED,)
    undo(session)
    settle(qtbot, gui)
    after = current_base(session)
    assert after is not None
    assert after.conditions == ()


def test_renamed_replaced_removed_and_undone(session: Session, gui: Gui, qtbot: QtBot) -> None:
    regression(gui, qtbot)
    found = save(gui, qtbot, "One")
    assert QApplication.focusWidget() is found.list
    press(Qt.Key.Key_F2)
    QTest.keyClicks(found.name, "Two")
    assert found.save.text() == "Rename"
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert [saved.name for saved in ANALYSES.all(session)] == ["Two"]
    found.name.setFocus()
    QTest.keyClicks(found.name, "two")
    assert "would be replaced" in found.hint.text()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Delete)
    settle(qtbot, gui)
    assert ANALYSES.all(session) == []
    undo(session)
    assert [saved.name for saved in ANALYSES.all(session)] == ["Two"]
    press(Qt.Key.Key_Escape)


def test_copied_as_text_and_pasted_from_another_page(session: Session, gui: Gui, qtbot: QtBot) -> None:
    tab = regression(gui, qtbot)
    found = save(gui, qtbot, "One")
    assert QApplication.focusWidget() is found.list
    press(Qt.Key.Key_C, CONTROL)
    settle(qtbot, gui)
    text = QGuiApplication.clipboard().text()
    assert spec_from_text(text, wave_id=1) == ANALYSES.get(session, "One").spec
    press(Qt.Key.Key_Escape)
    gui.window.activateWindow()
    tab.set_ask(tab.ask.adding("Colour"))
    cross = open_tab(qtbot, gui, "explore", "cross", CrossTab, rows=["Colour"], by=["Views [Parks]"])
    cross.focus()
    card(gui, qtbot)
    press(Qt.Key.Key_V, CONTROL)
    gui.window.activateWindow()
    settle(qtbot, gui)
    assert shown_tab(gui, RegressionTab).ask.predictors == ("P(rain)",)


def test_text_of_another_workspace_brings_its_filter_or_says_what_lacks(
    session: Session, gui: Gui, qtbot: QtBot
) -> None:
    regression(gui, qtbot)
    save_filter(session, SavedFilter(name="Bright", conditions=(RED,)))
    base = Base(wave_id=1, conditions=(chip_of(FILTERS.get(session, "Bright")),))
    spec = AnalysisSpec(kind=AnalysisKind.PAIR, columns=("Age",), by=("P(rain)",), base=base)
    text = analysis_as_text(session, spec)
    remove_filter(session, "Bright")
    settle(qtbot, gui)
    found = card(gui, qtbot)
    QGuiApplication.clipboard().setText(text.replace('"Age"', '"Hat size"'))
    press(Qt.Key.Key_V, CONTROL)
    settle(qtbot, gui)
    assert found.hint.isVisible()
    assert "It does not ask “Hat size”." in found.hint.text()
    assert FILTERS.all(session) == []
    QGuiApplication.clipboard().setText(text)
    press(Qt.Key.Key_V, CONTROL)
    gui.window.activateWindow()
    settle(qtbot, gui)
    assert [saved.name for saved in FILTERS.all(session)] == ["Bright"]
    chosen = shown_tab(gui, ScreenTab).chosen()
    assert chosen is not None
    assert chosen.spec == spec


def test_other_text_is_just_typed(session: Session, gui: Gui, qtbot: QtBot) -> None:
    regression(gui, qtbot)
    found = card(gui, qtbot)
    QGuiApplication.clipboard().setText('{"analysis": {"kind": "__import__(\'os\')"}}')
    press(Qt.Key.Key_V, CONTROL)
    assert found.isVisible()
    assert found.name.text().startswith('{"analysis"')
    assert ANALYSES.all(session) == []
    press(Qt.Key.Key_Escape)
