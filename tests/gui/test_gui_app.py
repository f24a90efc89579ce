"""The composition root in its own process: it starts, opens, closes cleanly however it is asked to, keeps the size."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from surveyapp.base.clock import Clock
from surveyapp.services.workspace import create_session

CODE = """
import os, signal, sys
from pathlib import Path
from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QGuiApplication
import surveyapp.gui.app as app
def plainly(gui):
    gui.window.close()
def by_signal(gui):
    os.kill(os.getpid(), signal.SIGTERM)
def with_a_copy(gui):
    data = QMimeData()
    data.setText("50 %")
    QGuiApplication.clipboard().setMimeData(data)
    gui.window.close()
def with_a_preview(gui):
    page = gui.shell.pages.get("import")
    if page is None:
        gui.shell.import_file(Path(sys.argv[3]))
    elif page.job is None and page.view is not None:
        page.forget()  # as when it is read again: the window closes meanwhile
        page.job = page.run_job(lambda ctx: ctx.wait(60), print)
        gui.window.close()
build = app.build
def build_and_close(*args, **more):
    gui = build(*args, **more)
    gui.window.resize(1200, 700)
    def look():
        if gui.context.session is not None and not gui.context.jobs.busy:
            globals()[sys.argv[2]](gui)
    timer = QTimer(gui.window, interval=50)
    timer.timeout.connect(look)
    timer.start()
    gui.window.closing.connect(timer.stop)
    return gui
app.build = build_and_close
sys.exit(app.run(workspace=Path(sys.argv[1]), qt_options=["-platform", "offscreen"]))
"""


def _run(way: str, tmp_path: Path, clock: Clock) -> tuple[int, str]:
    """Exit status and what was written to stderr by a window that opens a workspace and is closed that way."""
    path, census = tmp_path / "Riverside.survey", tmp_path / "census.csv"
    create_session(path, name="Riverside", clock=clock).close()
    census.write_text("Age,Town\n" + "31,Aš\n40,Brno\n" * 40, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", CODE, str(path), way, str(census)],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        check=False,
    )
    return done.returncode, done.stderr


def test_start_open_and_quit(tmp_path: Path, profile: Path, clock: Clock) -> None:
    assert _run("plainly", tmp_path, clock) == (0, "")
    stored = json.loads((profile / "settings.json").read_text(encoding="utf-8"))["settings"]
    assert stored["window_size"] == [1200, 700]
    assert stored["last_workspace"] == str(tmp_path / "Riverside.survey")
    assert not (profile / "crash.log").exists()


@pytest.mark.usefixtures("profile")
def test_what_was_copied_does_not_outlive_python(tmp_path: Path, clock: Clock) -> None:
    """Qt deletes it after the interpreter has gone, which crashes."""
    assert _run("with_a_copy", tmp_path, clock) == (0, "")


@pytest.mark.usefixtures("profile")
def test_a_preview_asks_for_nothing_while_the_window_closes(tmp_path: Path, clock: Clock) -> None:
    assert _run("with_a_preview", tmp_path, clock) == (0, "")


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGTERM there")
def test_asked_to_end_by_the_system_closes_in_order(tmp_path: Path, profile: Path, clock: Clock) -> None:
    assert _run("by_signal", tmp_path, clock) == (0, "")
    assert not (profile / "crash.log").exists()
