"""What the frame hands to every page: looks, jobs, clock, settings, actions, the open workspace and the shell."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, Signal

from surveyapp.base.clock import Clock, system_clock
from surveyapp.gui.actions import ActionRegistry
from surveyapp.gui.explanation import Explanation
from surveyapp.gui.jobs import JobBridge
from surveyapp.gui.palette_source import PaletteSource
from surveyapp.gui.theme import Theme
from surveyapp.services.settings import SettingsStore

if TYPE_CHECKING:
    from pathlib import Path

    from surveyapp.domain.errors import UserError
    from surveyapp.services.session import ChangeNotice, Session


class Shell(Protocol):
    """What a page may ask of the frame. Pages never call each other."""

    def open_page(self, page_id: str, tab: str = "", **arguments: object) -> None:
        """Show a page, on `tab` if given; `arguments` reach its `on_opened`."""

    def prepare_page(self, page_id: str) -> None:
        """Make a page that is opened next, in a turn of its own: made and shown in one, it holds the window up."""

    def toast(
        self, text: str, undo: Callable[[], object] | None = None, link: tuple[str, Callable[[], object]] | None = None
    ) -> None:
        """One sentence at the bottom, for 8 s, with Undo if there is a way back, or with `link` (words, what it does).

        An empty text takes away what is shown: its Undo no longer is the newest change.
        """

    def show_error(self, error: UserError) -> None:
        """Show the two sentences of a UserError."""

    def explain(self, explanation: Explanation | None) -> None:
        """Show this in the inspector, or its empty sentence."""

    def show_inspector(self, wanted: bool) -> None:
        """Open the right pane for work in it, wherever it is closed; False gives the person's own choice back."""

    def refresh_foot(self) -> None:
        """Read the keys and the fact of the current page again."""

    def refresh_counts(self) -> None:
        """Read the counts of the sidebar and the store head again."""

    def import_file(self, path: Path) -> None:
        """Preview a file in the Import sub-page of Data."""

    def import_files(self, paths: tuple[Path, ...]) -> None:
        """Preview several files together."""

    def open_workspace(self, path: Path) -> None:
        """Close the open workspace and open another."""

    def restore_backup(self, path: Path, backup: Path) -> None:
        """Put a backup in the place of a workspace, whose present state is kept, and open it."""


class AppContext(QObject):
    """The things that live as long as the window.

    `session_opened` fires after another workspace (or none) is open, `session_changed` with a ChangeNotice after
    every change; both always on the main thread. Pages may add to `palette_sources`.
    """

    session_opened = Signal()
    session_changed = Signal(object)
    _noticed = Signal(object)

    def __init__(
        self,
        *,
        theme: Theme,
        jobs: JobBridge,
        actions: ActionRegistry,
        settings: SettingsStore,
        clock: Clock = system_clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.jobs = jobs
        self.actions = actions
        self.settings = settings
        self.clock = clock
        self.shell: Shell
        self.palette_sources: list[PaletteSource] = []
        self.make_workspace: Callable[[Callable[[], object]], object] | None = None
        """Makes a workspace where none is open and then does what it is given: the first prediction needs one."""
        self._session: Session | None = None
        self._unsubscribe: Callable[[], None] | None = None
        # Changes are announced on the thread that made them; the queued signal brings them here.
        self._noticed.connect(self.session_changed, Qt.ConnectionType.QueuedConnection)

    @property
    def session(self) -> Session | None:
        """The open workspace, or None before the first one."""
        return self._session

    def set_session(self, session: Session | None) -> None:
        """Use another workspace; the caller closes the old one."""
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        self._session = session
        if session is not None:
            self._unsubscribe = session.subscribe(self._on_session_notice)
        self.session_opened.emit()

    def _on_session_notice(self, notice: ChangeNotice) -> None:
        self._noticed.emit(notice)
