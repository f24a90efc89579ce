"""The bridge: callbacks on the main thread, dropped with their owner, faults told apart."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import wait
from typing import TypeVar

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from surveyapp.domain.errors import Cancelled, UserError
from surveyapp.gui.jobs import JobBridge
from surveyapp.services.jobs import Job, JobContext, Jobs, Progress

T = TypeVar("T")


@pytest.fixture
def bridge() -> Iterator[JobBridge]:
    """A bridge that is shut down after the test."""
    parent = QObject()
    made = JobBridge(Jobs(), parent)
    yield made
    made.shutdown()
    parent.deleteLater()


def test_done_comes_on_the_main_thread(qtbot: QtBot, bridge: JobBridge) -> None:
    seen: list[tuple[str, bool]] = []
    main = threading.current_thread()

    def work(_ctx: JobContext) -> str:
        return threading.current_thread().name

    bridge.start(work, done=lambda name: seen.append((name, threading.current_thread() is main)))
    qtbot.waitUntil(lambda: bool(seen), timeout=3000)
    assert seen[0][0].startswith("free")
    assert seen[0][1]


def test_user_error_goes_to_failed_or_to_the_signal(qtbot: QtBot, bridge: JobBridge) -> None:
    def work(_ctx: JobContext) -> None:
        raise UserError("The disk is full.", "Free 12 MB.")

    failed: list[UserError] = []
    bridge.start(work, done=lambda _result: None, failed=failed.append)
    qtbot.waitUntil(lambda: bool(failed), timeout=3000)
    with qtbot.waitSignal(bridge.user_failed) as caught:
        bridge.start(work, done=lambda _result: None)
    assert caught.args is not None
    assert caught.args[0].what_to_do == "Free 12 MB."


def test_fault_of_ours_goes_to_faulted(qtbot: QtBot, bridge: JobBridge) -> None:
    def work(_ctx: JobContext) -> None:
        raise ZeroDivisionError

    with qtbot.waitSignal(bridge.faulted) as caught:
        bridge.start(work, done=lambda _result: None)
    assert caught.args is not None
    assert isinstance(caught.args[0], ZeroDivisionError)


def test_callbacks_of_a_dropped_owner_are_forgotten(qtbot: QtBot, bridge: JobBridge) -> None:
    owner, hold, seen = QObject(), threading.Event(), list[str]()
    bridge.start(lambda _ctx: hold.wait(5), done=lambda _result: seen.append("dropped"), owner=owner)
    bridge.drop(owner)
    hold.set()
    bridge.start(lambda _ctx: 1, done=lambda _result: seen.append("kept"))
    qtbot.waitUntil(lambda: "kept" in seen, timeout=3000)
    assert not bridge.busy
    assert seen == ["kept"]
    owner.deleteLater()


def test_cancel_calls_cancelled(qtbot: QtBot, bridge: JobBridge) -> None:
    seen: list[str] = []

    def work(ctx: JobContext) -> None:
        while True:
            ctx.report(1, 2, "half")
            threading.Event().wait(0.005)

    bridge.start(work, done=lambda _result: seen.append("done"), cancelled=lambda: seen.append("cancelled"))
    bridge.cancel_all()
    qtbot.waitUntil(lambda: bool(seen), timeout=3000)
    assert seen == ["cancelled"]


def test_progress_is_shown_after_600_ms_and_then_idle(qtbot: QtBot, bridge: JobBridge) -> None:
    hold = threading.Event()

    def work(ctx: JobContext) -> None:
        ctx.report(3, 10, "rows")
        if not hold.wait(10):
            raise Cancelled

    with qtbot.waitSignal(bridge.progressed, timeout=5000) as caught:
        bridge.start(work, done=lambda _result: None, label="Reading")
    assert caught.args == ["Reading", Progress(3, 10, "rows")]
    with qtbot.waitSignal(bridge.idle, timeout=5000):
        hold.set()


class InstantJobs(Jobs):
    """Every job has ended before `start` returns."""

    def start(self, fn: Callable[[JobContext], T], *, store: bool = False) -> Job[T]:
        job = super().start(fn, store=store)
        wait([job.future])
        return job


def test_callbacks_never_come_within_the_call(qtbot: QtBot) -> None:
    parent = QObject()
    bridge = JobBridge(InstantJobs(), parent)
    seen: list[int] = []
    bridge.start(lambda _ctx: 7, done=seen.append)
    assert seen == []
    qtbot.waitUntil(lambda: seen == [7], timeout=3000)
    bridge.shutdown()
    parent.deleteLater()
