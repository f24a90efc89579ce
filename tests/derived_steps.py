"""What tests of the page of derived questions do: open it, wait for its preview, look at it, choose by typing."""

from __future__ import annotations

from page_steps import settle
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from surveyapp.domain.derived import Derived
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.derived.page import DerivedPage
from surveyapp.gui.pages.derived.view import DerivedView
from surveyapp.gui.widgets.pick_popup import PickPopup
from surveyapp.stats.result import FrequencyTable


def opened(gui: Gui, qtbot: QtBot, question: str = "") -> DerivedPage:
    gui.shell.open_page("derived", question=question)
    settle(qtbot, gui)
    wait_for_preview(gui, qtbot)
    page = gui.shell.page
    assert isinstance(page, DerivedPage)
    return page


def wait_for_preview(gui: Gui, qtbot: QtBot) -> None:
    page = gui.shell.page
    assert isinstance(page, DerivedPage)
    qtbot.waitUntil(lambda: not page._timer.isActive())
    settle(qtbot, gui)


def view_of(page: DerivedPage) -> DerivedView:
    assert page._view is not None
    return page._view


def shares(page: DerivedPage) -> dict[str, int]:
    result = view_of(page).card.result
    assert isinstance(result, FrequencyTable)
    assert not view_of(page).card.isHidden()
    return {row.label: row.count for row in result.rows}


def recipe(page: DerivedPage) -> Derived:
    return view_of(page).form.recipe


def popup() -> PickPopup:
    found = QApplication.activePopupWidget()
    assert isinstance(found, PickPopup)
    return found


def choose(qtbot: QtBot, gui: Gui, words: str) -> None:
    settle(qtbot, gui)
    QTest.keyClicks(popup().field, words)
    QTest.keyClick(popup().field, Qt.Key.Key_Return)
    settle(qtbot, gui)
