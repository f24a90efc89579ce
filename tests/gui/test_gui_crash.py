"""Faults: reports without values, two sentences for the world's faults, crash.log."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from surveyapp.domain.errors import UserError
from surveyapp.gui.crash import CrashDialog, FaultCatcher, crash_file
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button


def fail_with_secret() -> None:
    answer = "my secret answer"
    raise ValueError(f"cannot read {answer}")


def test_report_holds_frames_but_no_values(qtbot: QtBot) -> None:
    parent = QObject()
    catcher = FaultCatcher(parent)
    catcher.page = "explore"
    catcher.note_action("census.import")
    with qtbot.waitSignal(catcher.faulted) as caught, pytest.raises(ValueError, match="secret") as error:
        try:
            fail_with_secret()
        except ValueError as raised:
            catcher.take(raised)
            raise
    assert caught.args is not None
    report = str(caught.args[0])
    assert "fail_with_secret" in report
    assert "ValueError" in report
    assert "census.import" in report
    assert "explore" in report
    assert "secret answer" not in report
    del error
    parent.deleteLater()


def test_user_error_is_no_fault(qtbot: QtBot) -> None:
    parent = QObject()
    catcher = FaultCatcher(parent)
    with qtbot.waitSignal(catcher.user_failed), qtbot.assertNotEmitted(catcher.faulted):
        catcher.take(UserError("The file is locked."))
    parent.deleteLater()


def test_exception_in_a_thread_is_posted_to_the_main_thread(qtbot: QtBot) -> None:
    parent = QObject()
    catcher = FaultCatcher(parent)
    seen: list[bool] = []
    main = threading.current_thread()
    catcher.faulted.connect(lambda _report: seen.append(threading.current_thread() is main))
    catcher.install()
    try:
        worker = threading.Thread(target=fail_with_secret)
        worker.start()
        worker.join()
        qtbot.waitUntil(lambda: bool(seen), timeout=3000)
    finally:
        catcher.uninstall()
    assert seen == [True]
    parent.deleteLater()


def test_crash_log_of_the_last_run_is_offered() -> None:
    parent = QObject()
    crash_file().parent.mkdir(parents=True)
    crash_file().write_text("Fatal Python error: Segmentation fault", encoding="utf-8")
    catcher = FaultCatcher(parent)
    assert "Segmentation fault" in catcher.watch_crashes()
    catcher.uninstall()
    assert not crash_file().exists()
    parent.deleteLater()


def test_dialog_copies_the_report(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    dialog = CrashDialog(theme, "surveyapp 1\nframes", window)
    button = dialog.findChild(Button, "copyReport")
    assert button is not None
    button.click()
    assert QGuiApplication.clipboard().text() == "surveyapp 1\nframes"
