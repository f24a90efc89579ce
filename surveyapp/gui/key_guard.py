"""Before the window closes: a key for links that nothing keeps is offered to be saved once more."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.gui.context import AppContext
from surveyapp.gui.shell import WindowShell

if TYPE_CHECKING:
    from surveyapp.services.session import Session


class KeyGuard(QObject):
    """Asks once: who closes the window again means it."""

    def __init__(self, context: AppContext, shell: WindowShell) -> None:
        super().__init__(shell.window)
        self._context, self._shell = context, shell
        self._asked = False
        shell.window.holds_back = self.holds_back

    def holds_back(self) -> bool:
        """Whether the window stays, with the question in it."""
        from surveyapp.services.pseudonym import would_lose_key

        session = self._context.session
        if self._asked or session is None or not would_lose_key(session):
            return False
        self._asked = True
        self._shell.show_panel(
            _("The key for links is only in memory."),
            _("Without it nobody of this census can be linked to another year, and it cannot be made again."),
            [
                (_("Save the key…"), lambda: self._save(session)),
                (_("Quit without it"), self._shell.window.close),
                (_("Go on"), self._go_on),
            ],
        )
        return True

    def _go_on(self) -> None:
        self._asked = False
        self._shell.close_panel()

    def _save(self, session: Session) -> None:
        from surveyapp.services.pseudonym import save_key

        window = self._shell.window
        name, _kind = QFileDialog.getSaveFileName(window, _("Save the key"), str(session.path.with_suffix(".key")))
        if not name:
            return
        try:
            save_key(session, Path(name))
        except UserError as error:
            self._asked = False
            self._shell.show_error(error)
            return
        window.close()
