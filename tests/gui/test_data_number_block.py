"""The bounds of a number in the editor of a column."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from surveyapp.domain.question import Kind, Question
from surveyapp.gui.pages.data.editor.edit import Editing
from surveyapp.gui.pages.data.editor.number import NumberBlock
from surveyapp.gui.theme import Theme


@pytest.mark.parametrize(("typed", "low"), [("1,000", 1000.0), ("0.5", 0.5), ("-3", -3.0), ("", None)])
def test_a_bound_is_the_number_that_was_typed(qtbot: QtBot, theme: Theme, typed: str, low: float | None) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    question = Question(id=1, column="Income", name="Income", kind=Kind.NUMBER, low=7.0)
    stored: list[tuple[Question, ...]] = []
    edit = Editing((question,), parent)
    edit.stored.connect(stored.append)
    block = NumberBlock(theme, [question], edit, parent)
    field = block.findChild(QLineEdit, "low")
    assert field is not None and field.text() == "7"
    field.clear()
    QTest.keyClicks(field, typed)
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(stored), timeout=2000)
    assert [entry.low for (entry,) in stored] == [low]
