"""What a page remembers without doing anything for it: how its tables are arranged and where its splitters stand."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QObject, Qt
from PySide6.QtWidgets import QSplitter

from surveyapp.gui.page import Page
from surveyapp.gui.widgets.frame_table import FrameTable
from surveyapp.services.settings import SettingsStore

_KNOWN = "remembered"


class PageMemory(QObject):
    """Gives tables and splitters of a page their state when they are first met, and keeps what the person changes.

    A table is known by its accessible name, a splitter by its object name; those without are left alone.
    """

    def __init__(self, settings: SettingsStore, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings

    def attend(self, page: Page) -> None:
        """Call when the page is shown and when its content may have been built."""
        for table in page.findChildren(FrameTable):
            if table.accessibleName() and self._is_new(table):
                self._attend_table(page.spec.id, table)
        for splitter in page.findChildren(QSplitter):
            if splitter.objectName() and self._is_new(splitter):
                self._attend_splitter(page.spec.id, splitter)

    def _is_new(self, widget: FrameTable | QSplitter) -> bool:
        known = bool(widget.property(_KNOWN))
        widget.setProperty(_KNOWN, True)
        return not known

    def _attend_table(self, page_id: str, table: FrameTable) -> None:
        key = f"table:{table.accessibleName()}"
        state = self._settings.page_state(page_id).get(key)
        if isinstance(state, dict):
            table.arrange(state)
        table.arranged.connect(lambda: self._keep(page_id, key, table.arrangement()))

    def _attend_splitter(self, page_id: str, splitter: QSplitter) -> None:
        way = "h" if splitter.orientation() is Qt.Orientation.Horizontal else "v"
        key = f"splitter:{splitter.objectName()}:{way}"
        state = self._settings.page_state(page_id).get(key)
        if isinstance(state, str):
            splitter.restoreState(QByteArray.fromHex(state.encode("ascii", "ignore")))
        splitter.splitterMoved.connect(lambda: self._keep(page_id, key, bytes(splitter.saveState().data()).hex()))

    def _keep(self, page_id: str, key: str, value: object) -> None:
        self._settings.save_page_state(page_id, {**self._settings.page_state(page_id), key: value})
