"""Menus that are made when they are opened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from surveyapp.gui.widgets.plain_text import in_menu


def passing_menu(parent: QWidget, name: str) -> QMenu:
    """A menu of that object name which is deleted once it is closed; what was chosen in it still runs."""
    menu = QMenu(parent)
    menu.setObjectName(name)
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def add_tick(menu: QMenu, words: str, on: bool, run: Callable[[], object]) -> None:
    """A line that is ticked or not; choosing it runs. An & in the words stays one."""
    action = QAction(in_menu(words), menu, checkable=True, checked=on)
    action.triggered.connect(lambda _on=False: run())
    menu.addAction(action)


def open_below(menu: QMenu, anchor: QWidget) -> None:
    """Open it; the keyboard starts at its first line that can be chosen."""
    menu.popup(anchor.mapToGlobal(QPoint(0, anchor.height() + 4)))
    for action in menu.actions():
        if action.isEnabled() and not action.isSeparator():
            menu.setActiveAction(action)
            return
