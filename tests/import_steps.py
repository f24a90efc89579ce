"""What a person does in the import preview, for tests of the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from services_example import CENSUS

from surveyapp.gui.app import Gui
from surveyapp.gui.pages.data.import_page import ImportPage
from surveyapp.gui.pages.data.preview_view import PreviewView
from surveyapp.gui.soon import turns_wait


def settle(qtbot: QtBot, gui: Gui) -> None:
    """Wait until no job runs and every notice was heard."""

    def quiet() -> bool:
        QApplication.processEvents()
        page = gui.shell.page
        return not gui.context.jobs.busy and not turns_wait() and not (isinstance(page, ImportPage) and page.building)

    for _round in range(3):
        qtbot.waitUntil(quiet, timeout=60_000)
    # processEvents leaves these behind, and findChild would find what was replaced
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """To whatever has the focus, as a person would."""
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifier)


def preview(qtbot: QtBot, gui: Gui, path: Path = CENSUS) -> tuple[ImportPage, PreviewView]:
    gui.shell.import_file(path)
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, ImportPage)
    assert page.view is not None
    return page, page.view


def place_of(view: PreviewView, header: str) -> int:
    return view.preview.plan.position(header)
