"""What page tests do: wait until all work is done, press keys as a person would."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from surveyapp.gui.app import Gui
from surveyapp.gui.page_tab import PageTab

Tab = TypeVar("Tab", bound=PageTab)  # type: ignore[type-arg]


def settle(qtbot: QtBot, gui: Gui) -> None:
    """Wait until no job runs and every notice was heard."""

    def quiet() -> bool:
        QApplication.processEvents()
        return not gui.context.jobs.busy

    for _round in range(4):  # a job may start others when it is done
        qtbot.waitUntil(quiet, timeout=20_000)


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
