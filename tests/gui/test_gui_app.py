"""The composition root in its own process: it starts, opens, closes cleanly, and keeps the size."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from surveyapp.base.clock import Clock
from surveyapp.services.workspace import create_session

CODE = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
import surveyapp.gui.app as app
build = app.build
def build_and_close(*args, **more):
    gui = build(*args, **more)
    gui.window.resize(1200, 700)
    def look():
        if gui.context.session is not None and not gui.context.jobs.busy:
            print(gui.window.windowTitle())
            gui.window.close()
    timer = QTimer(gui.window, interval=50)
    timer.timeout.connect(look)
    timer.start()
    return gui
app.build = build_and_close
sys.exit(app.run(workspace=Path(sys.argv[1]), qt_options=["-platform", "offscreen"]))
"""


def test_start_open_and_quit(tmp_path: Path, profile: Path, clock: Clock) -> None:
    path = tmp_path / "Riverside.survey"
    create_session(path, name="Riverside", clock=clock).close()
    done = subprocess.run(
        [sys.executable, "-c", CODE, str(path)],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "Home – Riverside – surveyapp"
    stored = json.loads((profile / "settings.json").read_text(encoding="utf-8"))["settings"]
    assert stored["window_size"] == [1200, 700]
    assert stored["last_workspace"] == str(path)
    assert not (profile / "crash.log").exists()
