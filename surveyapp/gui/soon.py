"""Do something right after the present event: the one way to do so."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget


def soon(widget: QWidget, work: Callable[[], object]) -> None:
    """Call `work` when the present event is over: it may replace the very widget that was clicked.

    The window is the context, not the widget: if the widget is replaced before that (a reading arrived in between),
    the click counts all the same. `work` must not touch the widget.
    """
    QTimer.singleShot(0, widget.window(), lambda: work() and None)


def soon_if_there(widget: QWidget, work: Callable[[], object]) -> None:
    """The same for work on `widget`, once its layout is up to date; nothing happens if it is deleted before that."""
    QTimer.singleShot(0, widget, lambda: work() and None)
