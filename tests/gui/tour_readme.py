"""The pictures of the README: Explore, the import preview and the report composer, small enough to be committed."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from pathlib import Path

from gui.tour import WIDE, Look, select_first_mark, settle, show
from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice

from surveyapp.base.paths import bundled
from surveyapp.gui.app import Gui
from surveyapp.services.base_state import current_base
from surveyapp.services.report_spec import full_report, save_report

LARGEST_BYTES = 200_000
COLOURS = 256


def take(gui: Gui, folder: Path) -> None:
    """Write the three pictures, 1440x900 in the light look, under 200 KB each."""
    folder.mkdir(parents=True, exist_ok=True)
    show(gui, Look("light", WIDE))
    gui.shell.open_page("explore")
    settle(gui)
    select_first_mark(gui)
    save(gui, folder / "explore.png")
    session = gui.context.session
    if session is None:
        raise RuntimeError("the pictures need the sample community")
    report = full_report(session, session.waves()[-1], base=current_base(session))
    kept = save_report(session, replace(report, name="Riverside census 2026"), label="Report made")
    gui.shell.open_page("reports", report=kept.id)
    save(gui, folder / "report.png")
    gui.shell.import_file(bundled("sample") / "riverside-census-2026.csv")
    save(gui, folder / "import.png")


def save(gui: Gui, path: Path) -> None:
    """The window with at most 256 colours, without which a picture of text is three times as large."""
    settle(gui)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    gui.window.grab().save(buffer, "PNG")
    plain = Image.open(io.BytesIO(buffer.data().data())).convert("RGB")
    plain.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    size = path.stat().st_size
    if size > LARGEST_BYTES:
        raise RuntimeError(f"{path.name} has {size} bytes")
    sys.stdout.write(f"{path.name} {size}\n")
