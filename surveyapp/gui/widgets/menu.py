"""Menus that are made when they are opened."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QWidget


def passing_menu(parent: QWidget, name: str) -> QMenu:
    """A menu of that object name which is deleted once it is closed; what was chosen in it still runs."""
    menu = QMenu(parent)
    menu.setObjectName(name)
    menu.aboutToHide.connect(menu.deleteLater)
    return menu
