"""A real window opens on the display: the platform plugin finds every system library it needs."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
label = QLabel("here")
label.resize(200, 100)
label.show()
def look():
    picture = label.screen().grabWindow(label.winId())
    print(QGuiApplication.platformName(), label.isVisible(), not picture.isNull() and picture.width() > 0)
    app.quit()
QTimer.singleShot(300, look)
sys.exit(app.exec())
"""


def test_a_window_opens_and_is_painted(window_environment: dict[str, str]) -> None:
    result = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=window_environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert result.returncode == 0, result.stderr
    platform, visible, painted = result.stdout.split()
    assert (visible, painted) == ("True", "True")
    if sys.platform.startswith("linux"):
        assert platform == "xcb"
