"""The real program with an ear for the test: answers JSON lines on stdin about what is on the screen.

It presses no button of the window: clicks come from outside, as from a person's mouse. It only posts what a bare X
server cannot (a drop of a file; nothing there could be its source), tells where things are, and takes pictures.
"""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, Qt, QUrl, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMenu, QWidget

from surveyapp.gui.app import Gui, build
from surveyapp.gui.gc_guard import GcGuard


class Ear(QObject):
    """Carries the lines of stdin to the main thread."""

    heard = Signal(str)

    def listen(self) -> None:
        """Until stdin ends; then the window closes."""
        for line in sys.stdin:
            self.heard.emit(line)
        self.heard.emit('{"do": "quit"}')


class Driver:
    """What the test may ask."""

    def __init__(self, app: QApplication, gui: Gui) -> None:
        self._app, self._gui = app, gui
        self._mime: list[QMimeData] = []

    def answer(self, line: str) -> None:
        """Do one command and print its answer."""
        asked = json.loads(line)
        found = getattr(self, f"do_{asked['do']}")(**{key: value for key, value in asked.items() if key != "do"})
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()

    def do_drop(self, path: str) -> bool:
        """Post a drag that enters the window and a drop of a file."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(path)])
        self._mime.append(mime)  # events do not own it
        middle = self._gui.window.rect().center()
        copy, left, plain = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        self._app.postEvent(self._gui.window, QDragEnterEvent(middle, copy, mime, left, plain))
        self._app.postEvent(self._gui.window, QDropEvent(QPointF(middle), copy, mime, left, plain))
        return True

    def do_where(self, name: str) -> list[int] | None:
        """The middle of what has this object name, on the screen; None unless it can be clicked now."""
        for widget in self._app.allWidgets():
            if isinstance(widget, QMenu) and widget.isVisible():
                for action in widget.actions():
                    if action.objectName() == name:
                        return _point(widget.mapToGlobal(widget.actionGeometry(action).center()))
            if widget.objectName() == name and widget.isVisible() and widget.isEnabled() and _is_open(widget):
                return _point(widget.mapToGlobal(widget.rect().center()))
        return None

    def do_file_name(self, path: str) -> bool:
        """Put a path into the file dialog that is open."""
        for dialog in self._app.findChildren(QFileDialog) + self._gui.window.findChildren(QFileDialog):
            for field in dialog.findChildren(QLineEdit):
                field.setText(path)
                return True
        return False

    def do_save_button(self) -> list[int] | None:
        """The middle of the button that ends the file dialog."""
        from PySide6.QtWidgets import QDialogButtonBox

        for dialog in self._gui.window.findChildren(QFileDialog):
            box = dialog.findChild(QDialogButtonBox)
            button = box.button(QDialogButtonBox.StandardButton.Save) if box is not None else None
            if button is not None and button.isVisible() and button.isEnabled():
                return _point(button.mapToGlobal(button.rect().center()))
        return None

    def do_state(self) -> dict[str, Any]:
        """The page, the waves, the reports, and whether anything still runs."""
        from surveyapp.services.report.spec import list_reports

        session = self._gui.context.session
        return {
            "page": self._gui.shell.current,
            "waves": [wave.name for wave in session.waves()] if session else [],
            "people": sum(wave.n_responses for wave in session.waves()) if session else 0,
            "reports": len(list_reports(session)) if session else 0,
            "workspace": str(session.path) if session else "",
            "busy": self._gui.context.jobs.busy,
        }

    def do_picture(self, path: str) -> bool:
        """The whole screen as PNG."""
        return self._gui.window.screen().grabWindow(0).save(path)

    def do_quit(self) -> bool:
        """Close the window as its close button does."""
        self._gui.window.close()
        self._app.quit()
        return True


def _is_open(widget: QWidget) -> bool:
    """Whether it is seen and no dialog or menu stands before it."""
    modal = QApplication.activeModalWidget()
    return not widget.visibleRegion().isEmpty() and (modal is None or modal is widget.window())


def _point(point: QPoint) -> list[int]:
    return [point.x(), point.y()]


def main() -> int:
    """Run the window until the test asks to quit."""
    app = QApplication([sys.argv[0]])
    guard = GcGuard(app)
    gui = build(app)
    gui.faults.install()
    gui.faults.faulted.connect(lambda report: sys.stderr.write(f"FAULT\n{report}\n"))
    gui.shell.open_page("home")
    gui.window.show()
    if len(sys.argv) > 1:
        gui.shell.import_file(Path(sys.argv[1]))
    driver, ear = Driver(app, gui), Ear()
    ear.heard.connect(driver.answer, Qt.ConnectionType.QueuedConnection)
    threading.Thread(target=ear.listen, daemon=True).start()
    status = app.exec()
    gui.close()
    gui.faults.uninstall()
    guard.release()
    return status


if __name__ == "__main__":
    raise SystemExit(main())
