"""What every tab of the Data page is: a view of one wave."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from surveyapp.gui.page import Page
from surveyapp.gui.page_tab import PageTab


class DataTab(PageTab[int]):
    """`column_wanted` (header, occurrence) asks for a column in the codebook, `texts_wanted` (header, occurrence,
    segment) for the texts of a question in Write-ins."""

    column_wanted = Signal(str, int)
    texts_wanted = Signal(str, int, str)

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(page, parent)
        self._wave_id = 0

    @property
    def wave_id(self) -> int:
        """The wave that is shown, 0 for none yet."""
        return self._wave_id
