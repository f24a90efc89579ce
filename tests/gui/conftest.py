"""Tests of the window run offscreen, and each leaves the application as it found it."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from page_steps import settle
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from services_example import fill, new_session
from shiboken6 import delete, isValid
from small_census import small_session

from surveyapp.base.clock import Clock
from surveyapp.gui.app import Gui, build
from surveyapp.gui.theme import Theme
from surveyapp.services.session import Session

OWNED_BY_QT = {"QTipLabel", "QDesktopScreenWidget"}
"""Top-level widgets that Qt makes for itself and keeps."""


def deliver_deletes() -> None:
    """Carry out every deleteLater(): outside an event loop nobody else does."""
    for _ in range(3):  # a deleted parent may post the deletion of others
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()


def close_widgets(before: set[QWidget]) -> None:
    """Close what the test opened (a function of its own: the fixture must hold no reference to a widget)."""
    for widget in QApplication.topLevelWidgets():
        if widget not in before:
            widget.close()


def describe(thing: QObject) -> str:
    """Class, object name and window title, as far as there are any."""
    title = thing.windowTitle() if isinstance(thing, QWidget) else ""
    words = [type(thing).__name__, thing.objectName(), f"“{title}”" if title else ""]
    return " ".join(word for word in words if word)


def find_left_behind(before: set[QWidget]) -> list[QObject]:
    """Top-level widgets, running timers and threads that the test made and that are still there.

    Only objects made since the last `gc.freeze()` are looked at, which keeps this to a millisecond.
    """
    left: list[QObject] = [
        widget
        for widget in QApplication.topLevelWidgets()
        if widget not in before and widget.metaObject().className() not in OWNED_BY_QT
    ]
    for thing in gc.get_objects():
        running = (isinstance(thing, QTimer) and isValid(thing) and thing.isActive()) or (
            isinstance(thing, QThread) and isValid(thing) and thing.isRunning()
        )
        if running:
            left.append(thing)
    return left


def remove(thing: QObject) -> None:
    """Take away what was left behind, so that the next test is not blamed for it."""
    if not isValid(thing):
        return
    if isinstance(thing, QThread):
        thing.quit()
        thing.wait(2000)
    elif isinstance(thing, QTimer):
        thing.stop()
    elif isinstance(thing, QWidget):
        delete(thing)


@pytest.fixture(autouse=True)
def nothing_left_behind(qapp: QApplication) -> Iterator[None]:
    """Close the widgets, deliver deletions, then fail on a widget, timer or thread left behind, by name."""
    before = set(qapp.topLevelWidgets())
    gc.freeze()
    yield
    close_widgets(before)
    QThreadPool.globalInstance().waitForDone(2000)
    deliver_deletes()
    gc.collect()
    deliver_deletes()
    left = find_left_behind(before)
    if left:
        names = ", ".join(sorted(describe(thing) for thing in left))
        for thing in left:
            remove(thing)
        pytest.fail(f"left behind: {names}", pytrace=False)


@pytest.fixture
def gui(qtbot: QtBot, qapp: QApplication, clock: Clock) -> Iterator[Gui]:
    """The whole window, shown at 1440x900 in the light look, with no workspace open."""
    built = build(qapp, clock=clock)
    built.context.theme.set_mode("light")
    qtbot.addWidget(built.window)
    built.window.resize(1440, 900)
    built.shell.open_page("home")
    built.window.show()
    qtbot.waitExposed(built.window)
    yield built
    built.close()


@pytest.fixture
def session(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock) -> Iterator[Session]:
    """The census of invented people, open in the window. A file that needs another one overrides this."""
    made = new_session(tmp_path / "Invented.survey", clock)
    fill(made)
    gui.context.set_session(made)
    yield made
    settle(qtbot, gui)


@pytest.fixture
def small(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock) -> Iterator[Session]:
    """The census of sixty people, open in the window."""
    made = small_session(tmp_path, clock)
    gui.context.set_session(made)
    yield made
    settle(qtbot, gui)


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The light look at 100 %."""
    made = Theme(qapp, mode="light")
    yield made
    made.deleteLater()
