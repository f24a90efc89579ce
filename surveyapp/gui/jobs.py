"""The only bridge from futures to the main thread."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from surveyapp.domain.errors import Cancelled, UserError
from surveyapp.services.jobs import Job, JobContext, Jobs, Progress

T = TypeVar("T")

POLL_MS = 100
SHOW_AFTER_MS = 600


@dataclass(slots=True)
class _Entry:
    job: Job[Any]
    owner: QObject | None
    done: Callable[[Any], None]
    failed: Callable[[UserError], None] | None
    cancelled: Callable[[], None] | None
    label: str
    age_ms: int = 0


class JobBridge(QObject):
    """Starts jobs and brings their ends to the main thread.

    Callbacks belong to their `owner`; when it is destroyed or calls `drop`, they are forgotten and the job is
    cancelled. `progressed` carries the label and Progress of the oldest job that has run for 600 ms; `idle` follows
    when none is left. `user_failed` carries a UserError nobody handled, `faulted` every other exception.
    """

    progressed = Signal(str, object)
    idle = Signal()
    user_failed = Signal(object)
    faulted = Signal(object)
    _ended = Signal(int)

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._numbers = itertools.count(1)
        self._entries: dict[int, _Entry] = {}
        self._shown = False
        # Queued also for a job that ends before `start` returns: callbacks never come within the call.
        self._ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self._on_timer_timeout)

    def start(
        self,
        fn: Callable[[JobContext], T],
        *,
        done: Callable[[T], None],
        owner: QObject | None = None,
        failed: Callable[[UserError], None] | None = None,
        cancelled: Callable[[], None] | None = None,
        label: str = "",
        store: bool = False,
    ) -> Job[T]:
        """Run `fn(ctx)` in a worker and call `done(result)` on the main thread.

        `failed` gets UserErrors (without it they become a message panel); faults of ours always go to the crash
        dialog. `label` stands beside the Cancel button: "Reading census.csv".
        """
        number = next(self._numbers)
        job = self._jobs.start(fn, store=store)
        self._entries[number] = _Entry(job, owner, done, failed, cancelled, label)
        if owner is not None:
            owner.destroyed.connect(self._on_owner_destroyed)
        self._timer.start()

        def tell(_future: Future[T]) -> None:
            self._ended.emit(number)

        job.future.add_done_callback(tell)
        return job

    def start_workers(self) -> None:
        """Start the threads before the first job needs one."""
        self._jobs.start_workers()

    def drop(self, owner: QObject) -> None:
        """Forget the callbacks of `owner` and cancel its jobs."""
        for number in [number for number, entry in self._entries.items() if entry.owner is owner]:
            self._entries.pop(number).job.cancel()

    def cancel_all(self) -> None:
        """Cancel every running job; their `cancelled` callbacks are called."""
        for entry in self._entries.values():
            entry.job.cancel()

    @property
    def busy(self) -> bool:
        """Whether any job has not ended."""
        return bool(self._entries)

    def shutdown(self) -> None:
        """Cancel and wait; no callback is called afterwards."""
        self._entries.clear()
        self._timer.stop()
        self._jobs.shutdown()

    @Slot(int)
    def _on_ended(self, number: int) -> None:
        entry = self._entries.pop(number, None)
        if not self._entries:
            self._timer.stop()
            if self._shown:
                self._shown = False
                self.idle.emit()
        if entry is not None:
            self._deliver(entry)

    def _deliver(self, entry: _Entry) -> None:
        try:
            result = entry.job.future.result()
        except (Cancelled, CancelledError):
            if entry.cancelled is not None:
                entry.cancelled()
        except UserError as error:
            if entry.failed is not None:
                entry.failed(error)
            else:
                self.user_failed.emit(error)
        except Exception as error:  # noqa: BLE001 (a bug of ours in a worker; the crash dialog shows it)
            self.faulted.emit(error)
        else:
            entry.done(result)

    @Slot()
    def _on_timer_timeout(self) -> None:
        for entry in self._entries.values():
            entry.age_ms += POLL_MS
        oldest = next((entry for entry in self._entries.values() if entry.age_ms >= SHOW_AFTER_MS), None)
        if oldest is not None:
            self._shown = True
            progress: Progress = oldest.job.progress
            self.progressed.emit(oldest.label, progress)

    @Slot(QObject)
    def _on_owner_destroyed(self, owner: QObject) -> None:
        self.drop(owner)
