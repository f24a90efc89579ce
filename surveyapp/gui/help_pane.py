"""F1: the help page of the page one is on, in the right pane; and every help page in the palette."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from surveyapp.base.i18n import _
from surveyapp.gui.context import AppContext
from surveyapp.gui.help_text import CONTENTS, help_id, help_pages
from surveyapp.gui.main_window import MainWindow
from surveyapp.gui.palette_source import PaletteEntry
from surveyapp.gui.widgets.help_view import HelpView


class HelpPane(QObject):
    """Opens, follows the page that is shown, and closes; the focus goes back to where it was."""

    def __init__(self, context: AppContext, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._place = (CONTENTS, "")
        self._before: QWidget | None = None
        self.view = HelpView(context.theme, window)
        self.view.hide()
        window.add_help(self.view)
        self.view.closed.connect(self.close)

    @property
    def open(self) -> bool:
        """Whether help is shown."""
        return self._window.help_open

    def follow(self, page: str, tab: str) -> None:
        """Another page of the window came to the front."""
        if (page, tab) != self._place:
            self._place = (page, tab)
            if self.open:
                self.view.show_page(help_id(page, tab))

    def toggle(self) -> None:
        """F1: help for this page; once more closes it."""
        wanted = help_id(*self._place)
        if self.open and self.view.page_id == wanted:
            self.close()
        else:
            self.show_page(wanted)

    def show_page(self, page_id: str, *, section: str = "") -> None:
        """Open the pane on any help page."""
        if not self.open:
            self._before = QApplication.focusWidget()
            self._window.set_help_open(True)
        self.view.show_page(page_id, section=section)
        self.view.focus_text()

    def close(self) -> None:
        """Back to the page."""
        if not self.open:
            return
        inside = QApplication.focusWidget()
        held = inside is not None and self.view.isAncestorOf(inside)
        self._window.set_help_open(False)
        before, self._before = self._before, None
        if held and before is not None and isValid(before) and before.isVisible():
            before.setFocus()
        elif held:
            self._window.focus_page()

    def entries(self, query: str) -> Sequence[PaletteEntry]:
        """Pages and sections of help for the palette, once something is typed."""
        if not query.strip():
            return []
        entries = []
        for page in help_pages().values():
            entries.append(self._entry(page.id, page.title))
            entries += [self._entry(page.id, f"{page.title}: {section}", section) for section in page.sections]
        return entries

    def _entry(self, page_id: str, title: str, section: str = "") -> PaletteEntry:
        return PaletteEntry(
            group=_("Help"),
            title=title,
            icon="circle-help",
            last=True,
            run=lambda: self.show_page(page_id, section=section),
        )
