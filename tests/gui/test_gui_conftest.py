"""The guard against things left behind sees what it should: run here on inner test files."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

LEAKS = """
import gc, threading
import pytest
from PySide6.QtCore import QThread, QTimer
from PySide6.QtWidgets import QWidget
KEPT = []
def start(timer):
    timer.setObjectName("ticker"); timer.start(1000)
def test_widget(qapp):
    w = QWidget(); w.setObjectName("orphan"); w.show(); KEPT.append(w)
def test_timer(qapp):
    t = QTimer(); start(t); KEPT.append(t)
def test_timer_of_the_application(qapp):
    start(QTimer(qapp))
def test_timer_set_aside_by_a_reader(qapp):
    t = QTimer(); start(t); KEPT.append(t); gc.freeze()
def test_thread(qapp):
    t = QThread(); t.setObjectName("spinner"); t.start(); KEPT.append(t)
def test_python_thread(qapp):
    threading.Thread(target=threading.Event().wait, name="pythonic", daemon=True).start()
def test_nothing(qapp):
    pass
"""
NAMED = {
    "test_widget": "orphan",
    "test_timer": "ticker",
    "test_timer_of_the_application": "ticker",
    "test_timer_set_aside_by_a_reader": "ticker",
    "test_thread": "spinner",
    "test_python_thread": "pythonic",
}
CLEAN = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QMainWindow, QWidget
def test_clean(qtbot):
    window = QMainWindow(); qtbot.addWidget(window)
    timer = QTimer(window); timer.start(10)
    window.setCentralWidget(QComboBox(window)); window.show()
    cycle = QWidget(); cycle.me = cycle; cycle.show()
    later = QWidget(); later.deleteLater()
def test_after(qtbot):
    pass
"""


@pytest.fixture
def inner(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A small project that uses our two conftest files and our settings."""
    tests = Path(__file__).parents[1]
    for name in ("conftest.py", "memory_keyring.py", "page_steps.py", "services_example.py"):
        (pytester.path / name).write_text((tests / name).read_text(encoding="utf-8"), encoding="utf-8")
    (pytester.path / "gui").mkdir()
    guard = (tests / "gui" / "conftest.py").read_text(encoding="utf-8")
    (pytester.path / "gui" / "conftest.py").write_text(guard, encoding="utf-8")
    pytester.makeini("[pytest]\nfilterwarnings = error\nqt_log_level_fail = WARNING\nqt_log_ignore = ^This plugin\n")
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setenv("PYTHONPATH", str(tests))  # what our conftest takes from its neighbours
    return pytester


def test_each_thing_left_behind_fails_its_test_by_name(inner: pytest.Pytester) -> None:
    (inner.path / "gui" / "test_leak.py").write_text(LEAKS, encoding="utf-8")
    result = inner.runpytest_subprocess("-p", "no:cacheprovider", "-p", "no:randomly", "-q")
    result.assert_outcomes(passed=len(NAMED) + 1, errors=len(NAMED))
    for test, name in NAMED.items():
        result.stdout.fnmatch_lines([f"* ERROR at teardown of {test} *", f"*left behind: *{name}*"], consecutive=True)


def test_a_clean_test_passes(inner: pytest.Pytester) -> None:
    (inner.path / "gui" / "test_clean.py").write_text(CLEAN, encoding="utf-8")
    result = inner.runpytest_subprocess("-p", "no:cacheprovider", "-q")
    result.assert_outcomes(passed=2)
    assert result.ret == 0
