"""The pictures of the README: Explore, the import preview and the report composer, small enough to be committed."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from pathlib import Path

from gui.tour import WIDE, Look, select_first_mark, settle, show
from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtWidgets import QAbstractItemView

from surveyapp.base.paths import bundled
from surveyapp.gui.app import Gui
from surveyapp.services.analysis.subject import column_key
from surveyapp.services.base_state import current_base
from surveyapp.services.change_log import redo, undo
from surveyapp.services.report.spec import full_report, save_report

LARGEST_BYTES = 200_000
COLOURS = 256
QUESTION = "Education"


def take(gui: Gui, folder: Path) -> None:
    """Write the three pictures, 1440x900 in the light look, under 200 KB each."""
    folder.mkdir(parents=True, exist_ok=True)
    show(gui, Look("light", WIDE))
    session = gui.context.session
    if session is None:
        raise RuntimeError("the pictures need the sample community")
    undo(session)  # the newest wave: its file is new again
    gui.shell.import_file(bundled("sample") / "riverside-census-2026.csv")
    save(gui, folder / "import.png")
    redo(session)
    gui.shell.open_page("explore")
    settle(gui)
    question = next(q for q in session.codebook(session.waves()[-1].id).shown if q.title == QUESTION)
    gui.shell.open_page("explore", question=column_key(question))
    settle(gui)
    select_first_mark(gui, title=question.text or question.title)
    save(gui, folder / "explore.png")
    report = full_report(session, session.waves()[-1], base=current_base(session))
    kept = save_report(session, replace(report, name="Riverside census 2026"), label="Report made")
    gui.shell.open_page("reports", report=kept.id)
    settle(gui)
    _choose_block(gui, QUESTION)
    save(gui, folder / "report.png")


def _choose_block(gui: Gui, title: str) -> None:
    """Select a block in the outline of the report, so that its page and its settings are shown."""
    outline = gui.window.stack.findChild(QAbstractItemView, "outlineList")
    if outline is None:
        raise RuntimeError("the Reports page shows no outline")
    model = outline.model()
    outline.setCurrentIndex(model.match(model.index(0, 0), Qt.ItemDataRole.DisplayRole, title)[0])


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
