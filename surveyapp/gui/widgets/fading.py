"""What stands there grows pale while something newer is computed."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QGraphicsOpacityEffect, QWidget

_AFTER_MS = 120
_PALE = 0.6


class Fading(QObject):
    """Of one widget, and not at once: what comes within 120 ms does not flicker."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._effect = QGraphicsOpacityEffect(widget)
        self._effect.setOpacity(_PALE)
        self._effect.setEnabled(False)
        widget.setGraphicsEffect(self._effect)
        self._timer = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._timer.timeout.connect(lambda: self._effect.setEnabled(True))

    def start(self) -> None:
        """Something newer is on its way."""
        self._timer.start()

    def stop(self) -> None:
        """It is there, or will not come."""
        self._timer.stop()
        self._effect.setEnabled(False)
