"""What every tab of the page Waves is: a view of two waves."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from surveyapp.gui.page import Page
from surveyapp.services.session import Session


class WavesTab(QWidget):
    """`explained` carries what the inspector says (Explanation or None)."""

    explained = Signal(object)

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = page
        self._pair = (0, 0)

    @property
    def _session(self) -> Session:
        session = self._page.context.session
        assert session is not None  # the page shows no tabs without one
        return session

    def show_waves(self, earlier: int, later: int) -> None:
        """Read two waves, or read them again."""
        raise NotImplementedError

    def keys(self) -> list[tuple[str, str]]:
        """What the foot line says of this tab: key and what it does."""
        return []

    def fact(self) -> str:
        """The one honest fact of the foot line."""
        return ""

    def find_here(self) -> None:
        """Ctrl+F and /."""

    def focus(self) -> None:
        """Put the focus where work starts."""
        self.setFocus()

    def undo_here(self) -> bool:
        """Ctrl+Z: take back what is not stored yet."""
        return False
