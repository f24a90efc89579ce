"""What every tab of the Data page is: a view of one wave that is read when shown, and again when it changed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from surveyapp.domain.change import Change
from surveyapp.gui.explanation import Explanation
from surveyapp.gui.page import Page
from surveyapp.services.session import Session


class DataTab(QWidget):
    """`explained` carries what the inspector says (Explanation or None), `column_wanted` (header, occurrence) asks for
    a column in the codebook, `texts_wanted` (header, occurrence, segment) for the texts of a question in Write-ins."""

    explained = Signal(object)
    column_wanted = Signal(str, int)
    texts_wanted = Signal(str, int, str)

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = page
        self._wave_id = 0
        self.explanation: Explanation | None = None

    @property
    def _session(self) -> Session:
        session = self._page.context.session
        assert session is not None  # the page shows no tabs without one
        return session

    @property
    def wave_id(self) -> int:
        """The wave that is shown, 0 for none yet."""
        return self._wave_id

    def show_wave(self, wave_id: int, question_ids: frozenset[int] | None = None) -> None:
        """Read a wave, or read it again; `question_ids` are those that changed, None for all."""
        raise NotImplementedError

    def keys(self) -> list[tuple[str, str]]:
        """What the foot line says of this tab: key and what it does."""
        return []

    def edit(self) -> None:
        """Enter."""

    def escape(self) -> None:
        """Esc, when nothing lies above the page."""

    def find_here(self) -> None:
        """Ctrl+F and /."""

    def focus(self) -> None:
        """Put the focus where work starts."""
        self.setFocus()

    def announce(self, change: Change | None, otherwise: str = "") -> None:
        """Tell of a change with Undo, or that there was nothing to do."""
        actions, shell = self._page.context.actions, self._page.context.shell
        if change is not None:
            shell.toast(change.label, lambda: actions.trigger("edit.undo"))
        elif otherwise:
            shell.toast(otherwise)


TabFactory = Callable[[Page, QWidget], DataTab]
