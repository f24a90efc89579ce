"""The menu under the store head (on macOS also the bar at the top of the screen), made from the registry."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QMenu

from surveyapp.base.i18n import _
from surveyapp.gui.actions import MenuName
from surveyapp.gui.context import AppContext
from surveyapp.gui.shell import WindowShell
from surveyapp.gui.widgets.plain_text import in_menu

_RECENT = 4


class MainMenu(QMenu):
    """Filled anew each time it opens: recent workspaces, then every action by its menu."""

    def __init__(self, context: AppContext, shell: WindowShell) -> None:
        super().__init__(shell.window)
        self._context, self._shell = context, shell
        self.setObjectName("mainMenu")
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self._fill)
        self.aboutToHide.connect(context.actions.wake)
        self.aboutToHide.connect(lambda: QTimer.singleShot(0, self, self._let_go_of_page))
        shell.window.sidebar.head.setMenu(self)
        if sys.platform == "darwin":
            self._fill_native_bar()

    def _fill(self) -> None:
        for old in self.findChildren(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly):
            old.deleteLater()
        self.clear()
        registry = self._context.actions
        self._add_recent()
        titles: list[tuple[MenuName, str]] = [
            ("file", ""),
            ("edit", _("Edit")),
            ("view", _("View")),
            ("go", _("Go")),
            ("page", _("This page")),
            ("help", _("Help")),
        ]
        specs = list(registry.specs()) + (list(registry.specs(self._shell.current)) if self._shell.current else [])
        for name, title in titles:
            chosen = [s for s in specs if s.menu == name or (name == "page" and s.page and not s.menu)]
            chosen.sort(key=lambda spec: spec.id == "file.quit")  # last, whoever adds what behind it
            if not chosen:
                continue
            target = self.addMenu(title) if title else self
            target.setObjectName(f"mainMenu.{name}" if title else self.objectName())
            for spec in chosen:
                target.addAction(registry.action(spec.id))
            if not title:
                self.addSeparator()

    def _let_go_of_page(self) -> None:
        """A closed menu still listens for the keys of its actions: Ctrl+E of this page and of the next would clash."""
        page = self.findChild(QMenu, "mainMenu.page", Qt.FindChildOption.FindDirectChildrenOnly)
        if page is not None:
            for action in page.actions():
                page.removeAction(action)

    def _add_recent(self) -> None:
        paths = self._shell.opener.recent()[:_RECENT]
        for path in paths:
            action = self.addAction(self._context.theme.icon("database"), in_menu(path.stem))
            action.setToolTip(str(path))
            action.triggered.connect(lambda _checked=False, chosen=path: self._shell.open_workspace(chosen))
        if paths:
            self.addSeparator()

    def _fill_native_bar(self) -> None:
        registry, bar = self._context.actions, self._shell.window.menuBar()
        titles = {"file": _("File"), "edit": _("Edit"), "view": _("View"), "go": _("Go"), "help": _("Help")}
        for name, title in titles.items():
            menu = bar.addMenu(title)
            for spec in registry.specs():
                if spec.menu == name:
                    menu.addAction(registry.action(spec.id))
