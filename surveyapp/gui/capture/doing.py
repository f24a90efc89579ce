"""Changes of the prediction log: made in a worker, told in one sentence with Undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject

from surveyapp.base.i18n import _
from surveyapp.gui.context import AppContext
from surveyapp.services.jobs import Job, JobContext

if TYPE_CHECKING:
    from surveyapp.domain.change import Change
    from surveyapp.services.session import Session

T = TypeVar("T")


class Doer:
    """What a widget does to the log; the callbacks belong to `owner`."""

    def __init__(self, context: AppContext, owner: QObject) -> None:
        self._context, self._owner = context, owner
        self._job: Job[Any] | None = None

    @property
    def can_write(self) -> bool:
        """Whether a workspace is open for writing."""
        session = self._context.session
        return session is not None and not session.read_only

    @property
    def busy(self) -> bool:
        """Whether the last change is still under way: not told yet, and neither refused nor failed."""
        if self._job is None:
            return False
        future = self._job.future
        return not future.done() or not (future.cancelled() or future.exception() is not None)

    def do(
        self,
        work: Callable[[Session], T],
        said: Callable[[T], str],
        done: Callable[[T], None] | None = None,
        failed: Callable[[], None] | None = None,
    ) -> None:
        """Carry out one change; `said` is the sentence about it, "" for none. An error becomes a sentence too."""
        session = self._context.session
        if session is None or session.read_only:
            self._context.shell.toast(_("This file is open for reading only. Nothing was changed."))
            return

        def run(_ctx: JobContext) -> tuple[T, Change | None]:
            from surveyapp.services.change_log import undoable

            before = undoable(session)
            made = work(session)
            newest = undoable(session)
            return made, newest if newest is not None and (before is None or newest.id != before.id) else None

        def deliver(found: tuple[T, Change | None]) -> None:
            self._job = None
            made, change = found
            words = said(made)
            if words:
                undo = None if change is None else lambda: self.take_back(change.id)
                self._context.shell.toast(words, undo)
            if done is not None:
                done(made)

        def fail(error: Exception) -> None:
            self._context.shell.toast(str(error).replace("\n", " "))
            if failed is not None:
                failed()

        self._job = self._context.jobs.start(run, done=deliver, failed=fail, owner=self._owner, store=True)

    def take_back(self, change_id: int) -> None:
        """Undo one change."""
        session = self._context.session
        if session is None:
            return

        def work(_ctx: JobContext) -> list[Change]:
            from surveyapp.services.change_log import undo

            return undo(session, change_id)

        def done(changes: list[Change]) -> None:
            labels = "; ".join(change.label for change in changes)
            self._context.shell.toast(_("Taken back: %(labels)s") % {"labels": labels} if changes else "")

        self._context.jobs.start(work, done=done, owner=self._owner, store=True)
