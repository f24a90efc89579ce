"""Do something right after the present event: the one way to do so."""

from __future__ import annotations

from collections.abc import Callable
from weakref import WeakSet

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget


class _Turn:
    """Stands for a step that waits; the timer alone holds it."""


_turns: WeakSet[_Turn] = WeakSet()


def soon(widget: QWidget, work: Callable[[], object]) -> None:
    """Call `work` when the present event is over: it may replace the very widget that was clicked.

    The window is the context, not the widget: if the widget is replaced before that (a reading arrived in between),
    the click counts all the same. `work` must not touch the widget.
    """
    QTimer.singleShot(0, widget.window(), lambda: work() and None)


def soon_if_there(widget: QWidget, work: Callable[[], object]) -> None:
    """The same for work on `widget`, once its layout is up to date; nothing happens if it is deleted before that."""
    QTimer.singleShot(0, widget, lambda: work() and None)


def next_turn(owner: QObject, work: Callable[[], object]) -> None:
    """The same for one of several long steps: the window paints what the one before changed, and hears keys, first.
    Timers of 0 ms are no turns: two steps that follow each other so run in one."""
    turn = _Turn()
    _turns.add(turn)

    def run() -> None:
        _turns.discard(turn)
        work()

    QTimer.singleShot(1, owner, run)


def turns_wait() -> bool:
    """Whether any step waits for its turn; those of owners that are gone do not."""
    return bool(_turns)
