"""Work in the background, without Qt: the window and the command line run the same functions."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Generic, TypeVar

from surveyapp.domain.errors import Cancelled

T = TypeVar("T")

_FREE_WORKERS = 2
_PAINT_S = 0.02
_MEET_S = 0.5


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: `done` of `total` units (0 = not known), and what it is doing in words."""

    done: int = 0
    total: int = 0
    text: str = ""


class JobContext:
    """All that a job knows of the outside: it reports, and learns that it was cancelled."""

    def __init__(self) -> None:
        self._cancelled = threading.Event()
        self._progress = Progress()

    @property
    def progress(self) -> Progress:
        """The latest report."""
        return self._progress

    @property
    def cancelled(self) -> bool:
        """Whether someone asked to stop."""
        return self._cancelled.is_set()

    def report(self, done: int, total: int = 0, text: str = "") -> None:
        """Keep the latest progress; raises Cancelled once the person has cancelled."""
        self._progress = Progress(done, total, text)
        self.check()

    def check(self) -> None:
        """Raise Cancelled once the person has cancelled."""
        if self._cancelled.is_set():
            raise Cancelled

    def let_paint(self) -> None:
        """Wait a moment, in which the window paints what changed; raises Cancelled as `check` does.

        For each of many small jobs in a row: beside a worker that computes, a paint takes three times as long.
        """
        self.wait(_PAINT_S)

    def wait(self, seconds: float) -> None:
        """Do nothing for so long, in case nobody wants it any more by then; raises Cancelled at once if so."""
        self._cancelled.wait(seconds)
        self.check()

    def cancel(self) -> None:
        """Ask the job to stop at its next report."""
        self._cancelled.set()


class Job(Generic[T]):
    """One running or finished piece of work."""

    def __init__(self, future: Future[T], context: JobContext) -> None:
        self.future = future
        self._context = context

    @property
    def progress(self) -> Progress:
        """The latest report of the job."""
        return self._context.progress

    def cancel(self) -> None:
        """Stop: at once if it has not begun, else at its next report. Its future then holds Cancelled."""
        self._context.cancel()
        self.future.cancel()


class Jobs:
    """Two executors: one worker for everything that writes the workspace, two for the rest."""

    def __init__(self) -> None:
        self._store = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        self._free = ThreadPoolExecutor(max_workers=_FREE_WORKERS, thread_name_prefix="free")
        self._lock = threading.Lock()
        self._running: set[JobContext] = set()

    def start_workers(self) -> None:
        """Start the threads now: `start` else waits for a new thread to run, which a busy interpreter delays."""
        for executor, n_workers in ((self._store, 1), (self._free, _FREE_WORKERS)):
            met = threading.Barrier(n_workers)  # nobody leaves until everybody is there, so each takes a thread
            for _worker in range(n_workers):
                executor.submit(_meet, met)

    def start(self, fn: Callable[[JobContext], T], *, store: bool = False) -> Job[T]:
        """Submit `fn`; with `store` it waits its turn behind all earlier store jobs."""
        context = JobContext()
        with self._lock:
            self._running.add(context)

        def run() -> T:
            context.check()
            return fn(context)

        def forget(_future: Future[T]) -> None:
            with self._lock:
                self._running.discard(context)

        future = (self._store if store else self._free).submit(run)
        future.add_done_callback(forget)
        return Job(future, context)

    def shutdown(self) -> None:
        """Cancel what runs, drop what waits, and return when every worker has ended."""
        with self._lock:
            running = list(self._running)
        for context in running:
            context.cancel()
        for executor in (self._free, self._store):
            executor.shutdown(wait=True, cancel_futures=True)


def _meet(met: threading.Barrier) -> None:
    """Wait for the others, but not for long: whoever is at work comes late, and nobody comes after `shutdown`."""
    with suppress(threading.BrokenBarrierError):
        met.wait(_MEET_S)
