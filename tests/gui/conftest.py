"""Tests of the window run offscreen, and each leaves the application as it found it."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import change_example
import pytest
import wave_example
from association_example import pair_session
from prepared import Prepared, Preparing

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from page_steps import settle
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
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

    Only objects made since the last `gc.freeze()` are looked at, which keeps this to milliseconds.
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


@contextmanager
def collecting_afterwards() -> Iterator[None]:
    """Garbage is collected when asked, as in the window, never in the thread of a worker.

    What was there before is not looked through again, and nothing else is set aside: reading a file would bring all
    modules back into the search (0.1 s for each test), or hide what the test made from it.
    """
    gc.collect()  # what pytest held of the test before until its very end
    gc.freeze()
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(gc, "freeze", lambda: None)
            patch.setattr(gc, "unfreeze", lambda: None)
            yield
    finally:
        if was_enabled:
            gc.enable()


@pytest.fixture(autouse=True)
def nothing_left_behind(qapp: QApplication) -> Iterator[None]:
    """Close the widgets, deliver deletions, then fail on a widget, timer or thread left behind, by name."""
    before = set(qapp.topLevelWidgets())
    with collecting_afterwards():
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
    built.window.resize(1440, 900)
    built.shell.open_page("home")
    built.window.show()
    qtbot.waitExposed(built.window)
    yield built
    built.close()
    built.window.close()
    built.window.deleteLater()  # not sooner, as qtbot would: jobs that still run come to their end in it


def shown(gui: Gui, qtbot: QtBot, made: Session) -> Session:
    """Open in the active window, with all work done."""
    gui.context.set_session(made)
    gui.window.activateWindow()
    settle(qtbot, gui)
    return made


@pytest.fixture
def empty(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock, no_wave: Prepared) -> Session:
    """An empty workspace, open in the window."""
    return shown(gui, qtbot, no_wave.copy(tmp_path / "Invented.survey", clock))


@pytest.fixture
def session(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock, one_wave: Prepared) -> Iterator[Session]:
    """The census of invented people, open in the window. A file that needs another one overrides this."""
    made = one_wave.copy(tmp_path / "Invented.survey", clock)
    gui.context.set_session(made)
    yield made
    settle(qtbot, gui)


@pytest.fixture(scope="session")
def sixty_people(prepared: Preparing) -> Prepared:
    """A workspace with the census of sixty people."""
    return prepared(small_session)


@pytest.fixture
def small(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock, sixty_people: Prepared) -> Iterator[Session]:
    """The census of sixty people, open in the window."""
    made = sixty_people.copy(tmp_path / "small.survey", clock)
    gui.context.set_session(made)
    yield made
    settle(qtbot, gui)


@pytest.fixture(scope="session")
def pairs_of_questions(prepared: Preparing) -> Prepared:
    """A workspace with a census in which questions go together."""
    return prepared(pair_session)


@pytest.fixture
def pairs(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock, pairs_of_questions: Prepared) -> Iterator[Session]:
    """A census in which questions go together, open in the window."""
    made = pairs_of_questions.copy(tmp_path / "pairs.survey", clock)
    gui.context.set_session(made)
    yield made
    settle(qtbot, gui)


@pytest.fixture(scope="session")
def two_years(prepared: Preparing) -> Prepared:
    """Two years of a census in which questions were reworded."""
    return prepared(lambda folder, clock: wave_example.years_session(folder, clock, "2024", "2026"))


@pytest.fixture(scope="session")
def three_years(prepared: Preparing) -> Prepared:
    """Three years of a census whose answers changed."""
    return prepared(lambda folder, clock: change_example.years_session(folder, clock, "2022", "2024", "2026"))


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The light look at 100 %."""
    made = Theme(qapp, mode="light")
    yield made
    made.deleteLater()
