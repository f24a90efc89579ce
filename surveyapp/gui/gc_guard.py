"""Garbage is collected on the GUI thread only."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

from surveyapp.base.garbage import is_put_off

_VERY_MANY = 20_000
"""New objects that take about 10 ms to look through."""


class GcGuard(QObject):
    """Collect garbage on the GUI thread only.

    A cycle holding a QObject, collected in a worker thread, destroys it there and crashes:
    https://tschoenfelder.de/blog/pyqt_gc

    What is alive after the first full collection (modules, the window) stays for good and is not looked through again:
    each further full collection then takes a fraction of the 50 ms or more that the window would stand still. So does
    what a job built since the last second, if it is very much (the log that was read, the plan of an import): it goes
    when nobody refers to it any more, as nearly everything does, but is not looked through for cycles.
    """

    def __init__(self, parent: QObject, interval_ms: int = 1000) -> None:
        super().__init__(parent)
        gc.disable()
        self._frozen = False
        self._thresholds = gc.get_threshold()
        timer = QTimer(self, interval=interval_ms)
        timer.timeout.connect(self._collect)
        timer.start()

    def release(self) -> None:
        """Give collection back to the interpreter (the window has gone)."""
        gc.unfreeze()
        gc.enable()

    def _collect(self) -> None:
        if is_put_off():
            return
        if gc.get_count()[0] > _VERY_MANY:
            gc.freeze()
            return
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > self._thresholds[generation]:
                gc.collect(generation)
                if generation == 2 and not self._frozen:
                    self._frozen = True
                    gc.freeze()
                return
