"""Long steps take turns."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from surveyapp.gui.soon import next_turn, turns_wait


class Painted(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.seen.append("paint")


def test_what_a_step_changed_is_painted_before_the_next_one(qtbot: QtBot) -> None:
    widget = Painted()
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitUntil(lambda: "paint" in widget.seen)
    widget.seen.clear()

    def step(number: int) -> None:
        widget.seen.append(str(number))
        widget.update()
        if number < 3:
            next_turn(widget, lambda: step(number + 1))

    next_turn(widget, lambda: step(1))
    qtbot.waitUntil(lambda: widget.seen[-2:] == ["3", "paint"])
    assert widget.seen == ["1", "paint", "2", "paint", "3", "paint"]


def test_a_step_goes_with_its_owner(qtbot: QtBot) -> None:
    owner, other = QObject(), QObject()
    seen: list[str] = []
    next_turn(owner, lambda: seen.append("late"))
    delete(owner)
    assert not turns_wait()
    next_turn(other, lambda: seen.append("there"))
    assert turns_wait()
    qtbot.waitUntil(lambda: not turns_wait())
    assert seen == ["there"]
