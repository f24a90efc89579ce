"""Tables and splitters stand as the person left them, also after the program was closed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QSplitter, QWidget
from pytestqt.qtbot import QtBot

from surveyapp.gui.app import Gui
from surveyapp.gui.models.frame_model import Cell, Column
from surveyapp.gui.page_memory import PageMemory
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.frame_table import FrameTable
from surveyapp.gui.widgets.toast import Toast
from surveyapp.services.settings import SettingsStore


def columns() -> list[Column]:
    numbers = [3, 1, 2]
    return [
        Column(title="Name", width=100, cell=lambda row: Cell(text=f"row {row}")),
        Column(title="People", width=80, cell=lambda row: Cell(text=str(numbers[row])), keys=np.array(numbers)),
    ]


def shown(table: FrameTable) -> list[str]:
    return [table.frame.cell(row, 1).text for row in range(table.frame.rowCount())]


def test_widths_and_order_come_back(qtbot: QtBot, theme: Theme) -> None:
    first = FrameTable(theme, name="Codebook")
    qtbot.addWidget(first)
    first.set_frame(columns(), 3)
    assert first.arrangement() == {}
    with qtbot.waitSignals([first.arranged, first.arranged]):
        first.horizontalHeader().resizeSection(0, 210)
        first.horizontalHeader().sectionClicked.emit(1)
    state = first.arrangement()
    assert state == {"widths": {"Name": 210}, "sort": "People", "down": False}
    second = FrameTable(theme, name="Codebook")
    qtbot.addWidget(second)
    second.arrange(state)
    second.set_frame(columns(), 3)
    assert second.columnWidth(0) == 210
    assert shown(second) == ["1", "2", "3"]
    second.set_frame(columns(), 3)
    assert shown(second) == ["1", "2", "3"]
    second.arrange({"widths": {"Name": "wide", "Gone": 9}, "sort": "Gone"})
    assert second.columnWidth(0) == 100


def test_a_page_keeps_its_tables_and_splitters(gui: Gui, tmp_path: Path) -> None:
    page = gui.shell.page
    assert page is not None
    path = tmp_path / "settings.json"
    for expected in (None, 137):
        settings = SettingsStore(path)
        holder = QWidget(page)
        holder.resize(400, 300)
        splitter = QSplitter(Qt.Orientation.Horizontal, holder)
        splitter.setObjectName("sides")
        splitter.resize(400, 300)
        splitter.addWidget(QWidget())
        splitter.addWidget(QWidget())
        table = FrameTable(gui.context.theme, name="Answers", parent=holder)
        table.set_frame(columns(), 3)
        memory = PageMemory(settings, holder)
        memory.attend(page)
        memory.attend(page)
        if expected is None:
            splitter.setSizes([137, 400 - 137 - splitter.handleWidth()])
            splitter.splitterMoved.emit(137, 1)
            table.horizontalHeader().resizeSection(0, 333)
        else:
            assert splitter.sizes()[0] == expected
            assert table.columnWidth(0) == 333
        holder.setParent(None)
        holder.deleteLater()
        QApplication.processEvents()


def test_the_toast_fades_in_and_not_with_reduced_motion(qtbot: QtBot, theme: Theme) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(600, 400)
    host.show()
    toast = Toast(theme, host)
    toast.show_text("Imported.")
    assert toast._fade.duration() == 120
    veil = toast.graphicsEffect()
    qtbot.waitUntil(lambda: toast.graphicsEffect() is not veil)
    toast.show_text("")
    theme.set_comfort(reduced_motion=True, compact=False)
    shadow = toast.graphicsEffect()
    toast.show_text("Imported.")
    assert toast.graphicsEffect() is shadow
    toast.hide()
