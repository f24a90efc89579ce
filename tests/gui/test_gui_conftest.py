"""The guard against things left behind sees what it should: run here on inner test files."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

LEAKS = {
    "widget": "from PySide6.QtWidgets import QWidget\nW = []\ndef test_leak(qapp):\n"
    "    w = QWidget(); w.setObjectName('orphan'); w.show(); W.append(w)\n",
    "timer": "from PySide6.QtCore import QTimer\nT = []\ndef test_leak(qapp):\n"
    "    t = QTimer(interval=1000); t.setObjectName('ticker'); t.start(); T.append(t)\n",
    "timer of the application": "from PySide6.QtCore import QTimer\ndef test_leak(qapp):\n"
    "    t = QTimer(qapp); t.setObjectName('ticker'); t.start(1000)\n",
    "thread": "from PySide6.QtCore import QThread\nT = []\ndef test_leak(qapp):\n"
    "    t = QThread(); t.setObjectName('spinner'); t.start(); T.append(t)\n",
    "python thread": "import threading\ndef test_leak(qapp):\n"
    "    threading.Thread(target=threading.Event().wait, name='pythonic', daemon=True).start()\n",
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


@pytest.mark.parametrize("kind", LEAKS)
def test_a_thing_left_behind_fails_by_name(inner: pytest.Pytester, kind: str) -> None:
    (inner.path / "gui" / "test_leak.py").write_text(LEAKS[kind], encoding="utf-8")
    result = inner.runpytest_subprocess("-p", "no:cacheprovider", "-q")
    assert result.ret != 0
    name = {"widget": "orphan", "thread": "spinner", "python thread": "pythonic"}.get(kind, "ticker")
    result.stdout.fnmatch_lines([f"*left behind: *{name}*"])


def test_a_clean_test_passes(inner: pytest.Pytester) -> None:
    (inner.path / "gui" / "test_clean.py").write_text(CLEAN, encoding="utf-8")
    result = inner.runpytest_subprocess("-p", "no:cacheprovider", "-q")
    result.assert_outcomes(passed=2)
    assert result.ret == 0
