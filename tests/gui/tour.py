"""The screenshot tour: every page, light and dark, narrow and wide, at 100 and 200 %, with the sample community.

Run by `packaging/dev.py shots FOLDER`. The pictures are the review: look at them.
"""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from surveyapp.base.clock import fixed_clock
from surveyapp.gui.app import Gui, build
from surveyapp.gui.theme import Mode
from surveyapp.services.sample import create_sample

NARROW, WIDE = (1024, 680), (1440, 900)
SETTLED_S, LONGEST_S = 0.4, 20.0


@dataclass(frozen=True, slots=True)
class Look:
    """One way to look at every page."""

    mode: Mode
    size: tuple[int, int]
    text_size: int = 100

    @property
    def name(self) -> str:
        """For the file name."""
        return f"{self.size[0]}x{self.size[1]}-{self.mode}-{self.text_size}"


LOOKS = (
    Look("light", WIDE),
    Look("dark", WIDE),
    Look("light", NARROW),
    Look("dark", NARROW),
    Look("light", WIDE, 200),
    Look("dark", NARROW, 200),
)


def main(folder: Path) -> int:
    """Take the pictures; the exit status."""
    app = QApplication([])
    moment = datetime.fromisoformat("2026-11-21T14:02:00+01:00")
    with tempfile.TemporaryDirectory() as place:
        gui = build(app, clock=fixed_clock(moment))
        gui.window.show()
        for stop in [spec.id for spec in gui.shell.specs.values()]:
            _picture(gui, folder / f"empty-{stop}.png", page=stop)
        session = create_sample(Path(place) / "riverside.survey", clock=fixed_clock(moment))
        gui.context.set_session(session)
        for look in LOOKS:
            _tour(gui, look, folder)
        gui.close()
        gui.window.close()
    return 0


def _tour(gui: Gui, look: Look, folder: Path) -> None:
    gui.context.theme.set_mode(look.mode)
    gui.context.theme.set_text_size(look.text_size)
    gui.window.resize(*look.size)
    for page_id, spec in gui.shell.specs.items():
        for tab in [tab.id for tab in spec.tabs] or [""]:
            name = f"{page_id}-{tab}" if tab else page_id
            _picture(gui, folder / f"{name}-{look.name}.png", page=page_id, tab=tab)
    gui.context.actions.trigger("go.palette")
    _picture(gui, folder / f"palette-{look.name}.png")
    gui.shell.close_all()


def _picture(gui: Gui, path: Path, *, page: str = "", tab: str = "") -> None:
    if page:
        gui.shell.open_page(page, tab)
    _settle(gui)
    gui.window.grab().save(str(path))
    sys.stdout.write(f"{path.name}\n")


def _settle(gui: Gui) -> None:
    """Let jobs end and the window be quiet for a moment."""
    end, quiet_since = time.monotonic() + LONGEST_S, time.monotonic()
    while time.monotonic() < end and time.monotonic() - quiet_since < SETTLED_S:
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if gui.context.jobs.busy:
            quiet_since = time.monotonic()
        time.sleep(0.01)


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
