"""The table: sorting keeps the selection, filtering, keys, text for the clipboard."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from surveyapp.gui.models.frame_model import Cell, Column, FrameModel
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.frame_table import FrameTable

NAMES = ["Cara", "Ann", "Bob", "Dan"]
AGES = np.array([30, 50, 20, 20])


def columns() -> list[Column]:
    return [
        Column(title="Name", cell=lambda row: Cell(text=NAMES[row], second="who"), keys=np.array(NAMES), stretch=True),
        Column(title="Age", cell=lambda row: Cell(text=str(AGES[row]), before="ab"), keys=AGES, align="right"),
        Column(title="Mark", cell=lambda row: Cell(spark=(1.0, 2.0), badge="changed" if row else "")),
    ]


def shown(model: FrameModel) -> list[str]:
    return [model.cell(row, 0).text for row in range(model.rowCount())]


@pytest.fixture
def table(qtbot: QtBot, theme: Theme) -> FrameTable:
    """Four people, shown and focused."""
    made = FrameTable(theme, name="People", two_lines=True)
    qtbot.addWidget(made)
    made.set_frame(columns(), 4)
    made.resize(500, 300)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_sort_is_stable_and_keeps_persistent_indexes() -> None:
    model = FrameModel(columns(), 4)
    bob = QPersistentModelIndex(model.index(2, 0))
    model.sort(1)
    assert shown(model) == ["Bob", "Dan", "Cara", "Ann"]
    assert bob.data() == "Bob"
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert shown(model)[0] == "Ann"


def test_filter_keeps_the_order_and_maps_rows() -> None:
    model = FrameModel(columns(), 4)
    model.sort(0)
    model.show_only(AGES < 40)
    assert shown(model) == ["Bob", "Cara", "Dan"]
    assert model.source_row(0) == 2
    assert model.view_row(1) == -1
    model.show_only(np.zeros(4, dtype=bool))
    assert model.rowCount() == 0


def test_column_without_keys_is_not_sorted() -> None:
    model = FrameModel(columns(), 4)
    model.sort(2)
    assert shown(model) == NAMES


def test_keys(qtbot: QtBot, table: FrameTable) -> None:
    table.choose(0)
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.current_row == 1
    with qtbot.waitSignal(table.row_activated) as caught:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert caught.args == [1]
    QTest.keyClick(table, Qt.Key.Key_D)  # a letter is a command, not a jump to Dan
    assert table.current_row == 1
    table.step(1)
    assert table.current_row == 2


def test_copy_is_tab_separated(table: FrameTable) -> None:
    table.choose(1)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Name\tAge\tMark\nAnn\t50\tchanged"


def test_new_data_keeps_the_current_row(table: FrameTable) -> None:
    table.choose(3)
    table.set_frame(columns(), 4)
    assert table.current_row == 3
    table.set_frame([], 0)
    assert table.current_row == -1


def test_tab_leaves_the_table(qtbot: QtBot, theme: Theme) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    table = FrameTable(theme, name="People", parent=holder)
    table.set_frame(columns(), 4)
    other = QWidget(holder)
    other.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    holder.show()
    qtbot.waitExposed(holder)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Tab)
    assert holder.focusWidget() is other
