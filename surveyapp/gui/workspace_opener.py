"""Opening, making and mending workspaces from the window; every outcome has its sentence and its buttons."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from surveyapp.base.i18n import _
from surveyapp.base.paths import documents_dir
from surveyapp.domain.errors import UserError
from surveyapp.gui.context import AppContext
from surveyapp.gui.saved_name import free_path
from surveyapp.services.jobs import JobContext

if TYPE_CHECKING:
    from surveyapp.gui.main_window import MainWindow
    from surveyapp.services.session import Session
    from surveyapp.services.workspace import NotOpened

SUFFIX = ".survey"
"""Workspace files are ordinary SQLite files with this ending."""

_LOGS = (".csv", ".json", ".jsonl", ".tsv", ".xlsx", ".zip")
Choice = tuple[str, Callable[[], object]]


class Frame(Protocol):
    """What the opener needs of the frame."""

    window: MainWindow

    def show_panel(self, title: str, what_to_do: str, choices: list[Choice], details: str = "") -> None:
        """A sentence with buttons in place of the page."""

    def close_panel(self) -> None:
        """Back to the page."""

    def open_page(self, page_id: str, tab: str = "", **arguments: object) -> None:
        """Show a page."""

    def toast(self, text: str, undo: Callable[[], object] | None = None) -> None:
        """One sentence."""


class WorkspaceOpener(QObject):
    """One workspace is open at a time; the next is opened before the old one is let go."""

    def __init__(self, context: AppContext, frame: Frame, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._frame = context, frame
        self._after: Callable[[], object] | None = None
        self._left: list[Session] = []
        """Workspaces that are not closed yet."""

    def open(self, path: Path, *, read_only: bool = False) -> None:
        """Open a file in the background; what stands in its way is shown with its ways out."""
        session, clock = self._context.session, self._context.clock
        if session is not None and session.path == path and not read_only:
            return

        def work(_ctx: JobContext) -> Session | NotOpened:
            from surveyapp.services.workspace import open_session

            return open_session(path, clock=clock, read_only=read_only)

        self._start(work, _("Opening %(name)s") % {"name": path.name})

    def open_last(self) -> None:
        """At start: the workspace of last time, if it is still there."""
        last = self._context.settings.value.last_workspace
        if last and Path(last).exists():
            self.open(Path(last))

    def recent(self) -> list[Path]:
        """The other workspaces of late that are still there, newest first."""
        session = self._context.session
        here = session.path if session is not None else None
        paths = [Path(name) for name in self._context.settings.value.recent]
        return [path for path in paths if path != here and path.exists()]

    def create(self, path: Path, *, name: str = "", then: Callable[[], object] | None = None) -> None:
        """Make a new workspace and open it."""
        clock = self._context.clock
        self._after = then

        def work(_ctx: JobContext) -> Session | NotOpened:
            from surveyapp.services.workspace import create_session

            path.parent.mkdir(parents=True, exist_ok=True)
            return create_session(path, name=name or path.stem, clock=clock)

        self._start(work, _("Making %(name)s") % {"name": path.name})

    def open_sample(self) -> None:
        """Look around: a workspace with the invented community Riverside."""
        clock = self._context.clock
        path = free_path(documents_dir() / f"Riverside{SUFFIX}")

        def work(ctx: JobContext) -> Session | NotOpened:
            from surveyapp.services.sample import create_sample

            path.parent.mkdir(parents=True, exist_ok=True)
            return create_sample(path, clock=clock, report=lambda done, total: ctx.report(done, total))

        self._start(work, _("Making the sample community"))

    def take_files(self, paths: tuple[Path, ...]) -> None:
        """Files were dropped or chosen: a workspace is opened, anything else is previewed, several files together."""
        workspace = next((path for path in paths if path.suffix == SUFFIX), None)
        if workspace is not None:
            self.open(workspace)
        elif paths:
            self._preview(*paths)

    def ask_open(self) -> None:
        """Ctrl+O: choose a file to preview, or a workspace."""
        names, _kind = QFileDialog.getOpenFileNames(
            self._frame.window, _("Open files"), str(self._folder()), ";;".join(file_kinds())
        )
        self.take_files(tuple(map(Path, names)))

    def ask_new(self) -> None:
        """Choose where a new workspace lies; its name is that of the community."""
        documents_dir().mkdir(parents=True, exist_ok=True)
        proposed = free_path(documents_dir() / f"{_('Community')}{SUFFIX}")
        name, _kind = QFileDialog.getSaveFileName(self._frame.window, _("New workspace"), str(proposed), f"*{SUFFIX}")
        if name:
            path = Path(name)
            self.create(path if path.suffix else path.with_suffix(SUFFIX))

    def show_place(self) -> None:
        """Open the folder that holds the file and its backups."""
        if self._context.session is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._context.session.path.parent)))

    def restore(self, path: Path, backup: Path | None) -> None:
        """Put a backup (None: the newest good one) in the place of the file, which is kept beside it; open it."""
        clock = self._context.clock
        session = self._context.session
        if session is not None and session.path == path:
            self._context.set_session(None)
            session.close()

        def work(_ctx: JobContext) -> Session | NotOpened:
            from surveyapp.services.backup import restore
            from surveyapp.services.workspace import open_session

            restore(path, backup, clock=clock)
            return open_session(path, clock=clock)

        self._start(work, _("Restoring %(name)s") % {"name": backup.name if backup else path.name})

    def _restore_newest(self, path: Path) -> None:
        self.restore(path, None)

    def _salvage(self, path: Path) -> None:
        clock = self._context.clock
        words: list[str] = []
        self._after = lambda: self._frame.toast(words[0])

        def work(_ctx: JobContext) -> Session | NotOpened:
            from surveyapp.services.backup import salvage_with_words
            from surveyapp.services.workspace import open_session

            target, sentence = salvage_with_words(path)
            words.append(sentence)
            return open_session(target, clock=clock)

        self._start(work, _("Reading %(name)s") % {"name": path.name})

    def refresh_head(self) -> None:
        """Name, counts, and where the data is, in the sidebar."""
        from surveyapp.gui.shell import count_words

        sidebar, session = self._frame.window.sidebar, self._context.session
        if session is None:
            sidebar.head.set_store("", "")
            sidebar.set_place(_("Local only"))
            return
        waves = session.waves()
        n_people, n_predictions = sum(wave.n_responses for wave in waves), session.store.predictions.count()
        sidebar.head.set_store(session.name, count_words(len(waves), n_people, n_predictions))
        newest = session.store.changes.newest_at()
        words = _("Local only · read-only") if session.read_only else _("Local only")
        if newest is not None and not session.read_only:
            zone = self._context.clock().tzinfo
            words = _("Local only · saved %(time)s") % {"time": newest.astimezone(zone).strftime("%H:%M")}
        sidebar.set_place(words)

    def _folder(self) -> Path:
        session = self._context.session
        return session.path.parent if session is not None else Path.home()

    def _start(self, work: Callable[[JobContext], Session | NotOpened], label: str) -> None:
        self._context.jobs.start(
            work, done=self._on_outcome, failed=self._on_failed, owner=self, label=label, store=True
        )

    def _on_failed(self, error: UserError) -> None:
        self._after = None
        self._frame.show_panel(error.title, error.what_to_do, [(_("Go on"), self._frame.close_panel)], error.details)

    def _on_outcome(self, outcome: Session | NotOpened) -> None:
        from surveyapp.services.session import Session
        from surveyapp.services.workspace import warning

        if not isinstance(outcome, Session):
            self._after = None
            self.show_obstacle(outcome)
            return
        before = self._context.session
        self._context.set_session(outcome)
        if before is not None:
            self._let_go(before)
        self._context.settings.add_recent(outcome.path)
        self._frame.close_panel()
        after, self._after = self._after, None
        if after is not None:
            after()
        caution = warning(outcome.path)
        if caution:
            self._frame.toast(caution)

    def _let_go(self, session: Session) -> None:
        """Close it in the worker: the backup of a large workspace takes seconds."""
        self._left.append(session)
        self._context.jobs.start(
            lambda _ctx: session.close(), done=lambda _none: self._left.remove(session), owner=self, store=True
        )

    def close_left(self) -> None:
        """The window goes and its workers have ended: close what none of them came to."""
        for session in self._left:
            session.close()

    def show_obstacle(self, outcome: NotOpened) -> None:
        """The sentence of a file that did not open, and its ways out."""
        from surveyapp.services.workspace import NeedsUpgrade, not_opened_error

        error = not_opened_error(outcome, zone=self._context.clock().tzinfo)
        choices = [*self._ways_out(outcome), (_("Go back"), self._frame.close_panel)]
        advice = error.what_to_do
        if isinstance(outcome, NeedsUpgrade):  # the sentence of the command line sends one here
            advice = _("A copy is kept first. Then it is upgraded and opened.")
        self._frame.show_panel(error.title, advice, choices, error.details)

    def _ways_out(self, outcome: NotOpened) -> list[Choice]:
        from surveyapp.services.obstacle import WayOut, ways_out

        path = outcome.path
        words: dict[WayOut, Choice] = {
            WayOut.UPGRADE: (_("Upgrade and open"), lambda: self._upgrade(path)),
            WayOut.READ_ONLY: (_("Open read-only"), lambda: self.open(path, read_only=True)),
            WayOut.RETRY: (_("Try again"), lambda: self.open(path)),
            WayOut.RESTORE: (_("Restore the newest backup"), lambda: self._restore_newest(path)),
            WayOut.SALVAGE: (_("Save what can be read"), lambda: self._salvage(path)),
            WayOut.CHOOSE: (_("Open a file"), self.ask_open),
            WayOut.PREVIEW: (_("Preview it as a census file"), lambda: self._preview(path)),
            WayOut.FOLDER: (_("Show the folder"), lambda: _show_folder(path)),
        }
        return [words[way] for way in ways_out(outcome)]

    def _preview(self, *paths: Path) -> None:
        """Show the Import page; without a workspace it makes one when the file is imported."""
        self._frame.close_panel()
        self._frame.open_page("import", paths=paths)

    def _upgrade(self, path: Path) -> None:
        clock = self._context.clock

        def work(_ctx: JobContext) -> Session | NotOpened:
            from surveyapp.services.workspace import open_session, upgrade

            upgrade(path, clock=clock)
            return open_session(path, clock=clock)

        self._start(work, _("Upgrading %(name)s") % {"name": path.name})


def file_kinds() -> list[str]:
    """The kinds of files that can be opened, as a file dialog lists them: all together first, then one by one."""
    from surveyapp.importers.codebook.registry import CODEBOOKS
    from surveyapp.importers.registry import IMPORTERS

    answers = [(spec.title(), spec.suffixes) for spec in IMPORTERS if spec.suffixes]
    codebooks = sorted({suffix for spec in CODEBOOKS for suffix in spec.suffixes})
    suffixes = (suffix for _title, own in answers for suffix in own)
    every = dict.fromkeys((*suffixes, *codebooks, *_LOGS, SUFFIX))
    kinds = [(_("Surveys, predictions, codebooks and workspaces"), tuple(every)), *answers]
    kinds += [(_("Prediction logs"), _LOGS), (_("Codebooks"), tuple(codebooks)), (_("Workspaces"), (SUFFIX,))]
    lines = [f"{title} ({' '.join(f'*{suffix}' for suffix in own)})" for title, own in kinds]
    return [*lines, _("All files (*)")]


def _show_folder(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
