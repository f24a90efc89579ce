"""Ctrl+N: a prediction from any page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from surveyapp.base.i18n import _
from surveyapp.base.paths import documents_dir
from surveyapp.gui.actions import ActionSpec
from surveyapp.gui.context import AppContext
from surveyapp.gui.saved_name import free_path
from surveyapp.gui.shell import WindowShell
from surveyapp.gui.workspace_opener import SUFFIX

if TYPE_CHECKING:
    from surveyapp.gui.capture.panel import CapturePanel


class CaptureAnywhere(QObject):
    """Adds the action; the panel is made when it is first wanted. A page with a line of its own takes the focus."""

    def __init__(self, context: AppContext, shell: WindowShell) -> None:
        super().__init__(shell)
        self._context, self._shell = context, shell
        self._panel: CapturePanel | None = None
        context.make_workspace = self.make_workspace
        context.actions.add(
            ActionSpec(
                id="predict.new",
                title=lambda: _("Predict something"),
                shortcut="Ctrl+N",
                icon="plus",
                menu="file",
                foot=lambda: _("predict"),
                enabled=self._can_write,
                why_not=lambda: _("This file is open for reading only."),
            ),
            self.start,
            shell.window,
        )
        context.actions.add(
            ActionSpec(
                id="predict.form",
                title=lambda: _("Predict with all details"),
                icon="list-checks",
                enabled=self._can_write,
                why_not=lambda: _("This file is open for reading only."),
            ),
            lambda: self.panel.open_form(),
            shell.window,
        )

    @property
    def panel(self) -> CapturePanel:
        """The panel of this window."""
        if self._panel is None:
            from surveyapp.gui.capture.panel import CapturePanel  # not before it is wanted: the window shows first

            self._panel = CapturePanel(self._context, self._shell.window)
            self._panel.line.saved.connect(self._panel.dismiss)
        return self._panel

    def start(self) -> None:
        """Begin a prediction where the person is."""
        page = self._shell.page
        if self._panel is not None and self._panel.open:
            self._panel.line.focus()
        elif page is None or not page.capture_here():
            self.panel.open_line()

    def make_workspace(self, then: Callable[[], object]) -> None:
        """The first prediction makes the workspace it is kept in, as the first census would."""
        path = free_path(documents_dir() / f"{_('Predictions')}{SUFFIX}")
        self._shell.opener.create(path, then=then)

    def _can_write(self) -> bool:
        return self._context.session is None or not self._context.session.read_only
