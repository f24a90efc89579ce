"""The tab Drop-off, by keyboard: curve, table, the selected question, pin and copy."""

from __future__ import annotations

import pytest
from page_steps import open_tab, press, settle
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from small_census import N

from surveyapp.domain.analysis import AnalysisKind
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.explore.drop_off_tab import DropOffTab
from surveyapp.services.report.spec import shelf
from surveyapp.services.session import Session


@pytest.fixture
def session(small: Session) -> Session:
    return small


@pytest.fixture
def tab(qtbot: QtBot, gui: Gui, session: Session) -> DropOffTab:
    assert session.waves()
    return open_tab(qtbot, gui, "explore", "drop_off", DropOffTab)


def test_the_finding_stands_above_the_curve(tab: DropOffTab) -> None:
    assert f"of {N} people" in tab.finding.text()
    assert tab.view.isVisible()
    assert tab.table.isHidden()
    assert tab.caption.text().startswith(f"n = {N} of {N} people.")


def test_arrows_walk_the_questions_and_t_shows_the_table(tab: DropOffTab, gui: Gui, qtbot: QtBot) -> None:
    tab.focus()
    press(Qt.Key.Key_Right)
    assert tab.view.selected_key() == "row:1"  # the focus stands on the first
    chosen = tab.chosen()
    assert chosen is not None
    assert "people were still there" in chosen.sentence
    press(Qt.Key.Key_T)
    settle(qtbot, gui)
    assert tab.table.isVisible()
    assert tab.view.isHidden()
    press(Qt.Key.Key_T)
    tab.escape()
    chosen = tab.chosen()
    assert chosen is not None
    assert chosen.sentence == tab.finding.text()


def test_it_is_pinned_and_copied(tab: DropOffTab, gui: Gui, session: Session, qtbot: QtBot) -> None:
    tab.focus()
    press(Qt.Key.Key_P)
    settle(qtbot, gui)
    kept = shelf(session)
    assert kept is not None
    spec = kept.blocks[-1].spec
    assert spec is not None
    assert spec.kind is AnalysisKind.DROP_OFF
    gui.context.actions.trigger("explore.copy")
    assert "Still there" in QGuiApplication.clipboard().text()
