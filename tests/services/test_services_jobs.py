"""Jobs: results, faults, cancelling, order of store jobs, shutdown."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError

import pytest

from surveyapp.domain.errors import Cancelled
from surveyapp.services.jobs import JobContext, Jobs, Progress


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    """Executors that are shut down after the test."""
    made = Jobs()
    yield made
    made.shutdown()


def test_result_and_latest_progress(jobs: Jobs) -> None:
    def work(ctx: JobContext) -> int:
        ctx.report(1, 3, "one")
        ctx.report(2, 3, "two")
        return 42

    job = jobs.start(work)
    assert job.future.result(timeout=5) == 42
    assert job.progress == Progress(2, 3, "two")


def test_exception_reaches_the_future(jobs: Jobs) -> None:
    def work(_ctx: JobContext) -> None:
        raise KeyError("broken")

    with pytest.raises(KeyError):
        jobs.start(work).future.result(timeout=5)


def test_cancel_stops_at_the_next_report(jobs: Jobs) -> None:
    started, go_on = threading.Event(), threading.Event()

    def work(ctx: JobContext) -> str:
        started.set()
        go_on.wait(5)
        ctx.report(1)
        return "not reached"

    job = jobs.start(work)
    assert started.wait(5)
    job.cancel()
    go_on.set()
    with pytest.raises(Cancelled):
        job.future.result(timeout=5)


def test_store_jobs_run_one_after_another(jobs: Jobs) -> None:
    running, most, lock = 0, 0, threading.Lock()

    def work(_ctx: JobContext) -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        threading.Event().wait(0.01)
        with lock:
            running -= 1

    for job in [jobs.start(work, store=True) for _ in range(5)]:
        job.future.result(timeout=5)
    assert most == 1


def test_waiting_job_that_is_cancelled_never_runs(jobs: Jobs) -> None:
    hold, ran = threading.Event(), []
    first = jobs.start(lambda _ctx: hold.wait(5), store=True)
    second = jobs.start(lambda _ctx: ran.append(1), store=True)
    second.cancel()
    hold.set()
    first.future.result(timeout=5)
    with pytest.raises((Cancelled, CancelledError)):
        second.future.result(timeout=5)
    assert ran == []


def test_shutdown_cancels_what_runs() -> None:
    jobs, started = Jobs(), threading.Event()

    def work(ctx: JobContext) -> None:
        started.set()
        while True:
            ctx.report(0)

    job = jobs.start(work)
    assert started.wait(5)
    jobs.shutdown()
    with pytest.raises(Cancelled):
        job.future.result(timeout=5)


def test_started_workers_wait_for_work(jobs: Jobs) -> None:
    jobs.start_workers()
    names = {jobs.start(lambda _ctx: threading.current_thread().name, store=True).future.result(timeout=5)}
    assert names == {"store_0"}
    threads = {thread.name for thread in threading.enumerate()}
    assert {"store_0", "free_0", "free_1"} <= threads


def test_shutdown_does_not_wait_for_workers_that_wait_for_each_other() -> None:
    """The window was closed while a file was read, right after its start: one worker waited for the other for ever."""
    jobs = Jobs()
    began = threading.Event()

    def read(ctx: JobContext) -> None:
        began.set()
        ctx.wait(60)

    jobs.start(read)
    assert began.wait(10)
    jobs.start_workers()
    while jobs._free._work_queue.qsize() > 1:  # until the free worker waits for the one that reads
        threading.Event().wait(0.01)
    ended = threading.Thread(target=jobs.shutdown, daemon=True)
    ended.start()
    ended.join(20)
    assert not ended.is_alive()
