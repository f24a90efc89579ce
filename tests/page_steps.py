"""What page tests do: wait until all work is done, press keys as a person would."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from surveyapp.gui.app import Gui
from surveyapp.gui.page_tab import PageTab
from surveyapp.gui.soon import turns_wait
from surveyapp.gui.widgets.pick_popup import PickPopup

Tab = TypeVar("Tab", bound=PageTab)  # type: ignore[type-arg]


def settle(qtbot: QtBot, gui: Gui) -> None:
    """Wait until no job runs and every notice was heard."""

    def quiet() -> bool:
        QApplication.processEvents()
        return not gui.context.jobs.busy and not turns_wait()

    for _round in range(4):  # a job may start others when it is done
        qtbot.waitUntil(quiet, timeout=60_000)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """To whatever has the focus, as a person would."""
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifier)


def shown_tab(gui: Gui, kind: type[Tab]) -> Tab:
    """The tab in front, which must be of that kind."""
    tab = getattr(gui.shell.page, "shown", None)
    assert isinstance(tab, kind), tab
    return tab


def open_tab(qtbot: QtBot, gui: Gui, page: str, tab: str, kind: type[Tab], **arguments: object) -> Tab:
    """Open a page at a tab, which must be of that kind; the window is the active one and all work done."""
    gui.window.activateWindow()
    gui.shell.open_page(page, tab, **arguments)
    settle(qtbot, gui)
    return shown_tab(gui, kind)


def pick(gui: Gui, qtbot: QtBot, words: str) -> None:
    """Find a line by typing in the chooser that is open, and take it."""
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, PickPopup)
    QTest.keyClicks(popup.field, words)
    press(Qt.Key.Key_Return)
    gui.window.activateWindow()  # there is no window manager here that does it
    settle(qtbot, gui)


def choose_line(gui: Gui, qtbot: QtBot, words: str) -> None:
    """Go down the menu that is open to the line that starts with these words."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    for _step in menu.actions():
        active = menu.activeAction()
        if active is not None and active.text().startswith(words):
            break
        QTest.keyClick(menu, Qt.Key.Key_Down)
    active = menu.activeAction()
    assert active is not None
    assert active.text().startswith(words)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    gui.window.activateWindow()
    settle(qtbot, gui)
