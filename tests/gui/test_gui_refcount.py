"""PySide6 6.12.0 on Python 3.11 loses a reference to None per turn of the event loop, and aborts after thousands."""

from __future__ import annotations

import sys

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

TURNS = 500
TOLERANCE = 50  # other code takes and gives back a few references meanwhile


def references() -> tuple[int, int, int]:
    return sys.getrefcount(None), sys.getrefcount(True), sys.getrefcount(False)


def assert_kept(before: tuple[int, int, int]) -> None:
    lost = [was - now for was, now in zip(before, references(), strict=True)]
    assert max(lost) < TOLERANCE, f"references to None, True, False lost in {TURNS} turns: {lost}"


def test_processing_events_keeps_the_references_to_none(qapp: QApplication) -> None:
    before = references()
    for _ in range(TURNS):
        QCoreApplication.processEvents()
    assert_kept(before)
    assert qapp is QCoreApplication.instance()


def test_event_loops_keep_the_references_to_none(qapp: QApplication) -> None:
    loop = QEventLoop(qapp)
    before = references()
    for _ in range(TURNS):
        QTimer.singleShot(0, loop.quit)
        loop.exec()
    assert_kept(before)
    loop.deleteLater()


def test_painting_keeps_the_references_to_none(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    before = references()
    for _ in range(TURNS):
        widget.update()
        widget.repaint()
    assert_kept(before)
