"""The window for a moment, for the self-test: opened on a workspace, painted, closed."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop
from PySide6.QtWidgets import QApplication

from surveyapp.gui.app import build
from surveyapp.gui.gc_guard import GcGuard


def show_once(workspace: Path, *, limit_s: float) -> tuple[int, int]:
    """Width and height of what was painted. Raises RuntimeError if the workspace does not open or nothing is seen."""
    app = QApplication([sys.argv[0]])
    guard = GcGuard(app)
    gui = build(app)
    try:
        gui.shell.open_page("home")
        gui.window.show()
        gui.shell.open_workspace(workspace.absolute())
        deadline = time.monotonic() + limit_s
        while gui.context.session is None:
            if time.monotonic() > deadline:
                raise RuntimeError("the workspace did not open in time")
            app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, QDeadlineTimer(50))
        app.processEvents()
        picture = gui.window.grab().toImage()
        colours = {picture.pixel(x, y) for x in range(0, picture.width(), 16) for y in range(0, picture.height(), 16)}
        if len(colours) < 3:
            raise RuntimeError("the window was not painted")
        return picture.width(), picture.height()
    finally:
        gui.close()
        guard.release()
