"""Garbage is collected where the window lives, and what stays for good is not looked through again and again."""

from __future__ import annotations

import gc
import weakref

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from surveyapp.gui.gc_guard import GcGuard


class _Knot:
    def __init__(self) -> None:
        self.me = self


def test_cycles_go_and_what_was_there_first_is_set_aside_once(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[str] = []
    monkeypatch.setattr(gc, "freeze", lambda: called.append("freeze"))  # the fixtures freeze for themselves
    monkeypatch.setattr(gc, "unfreeze", lambda: called.append("unfreeze"))
    thresholds, enabled = gc.get_threshold(), gc.isenabled()
    parent = QObject(qapp)
    gc.set_threshold(1, -1, -1)  # every look is a full collection
    try:
        guard = GcGuard(parent, interval_ms=60_000)
        assert not gc.isenabled()
        for _round in range(3):
            knot = weakref.ref(_Knot())
            assert knot() is not None
            guard._collect()
            assert knot() is None
        assert called == ["freeze"]
        guard.release()
        assert gc.isenabled()
        assert called == ["freeze", "unfreeze"]
    finally:
        gc.set_threshold(*thresholds)
        if not enabled:
            gc.disable()
        parent.deleteLater()


def test_what_a_job_built_in_great_number_is_not_looked_through(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[object] = []
    parent = QObject(qapp)
    enabled = gc.isenabled()
    try:
        guard = GcGuard(parent, interval_ms=60_000)
        monkeypatch.setattr(gc, "freeze", lambda: called.append("freeze"))
        monkeypatch.setattr(gc, "collect", called.append)
        monkeypatch.setattr(gc, "get_count", lambda: (200_000, 0, 0))
        guard._collect()
        monkeypatch.setattr(gc, "get_count", lambda: (1_000, 0, 0))
        guard._collect()
        assert called == ["freeze", 0]
    finally:
        monkeypatch.undo()
        guard.release()
        if not enabled:
            gc.disable()
        parent.deleteLater()
