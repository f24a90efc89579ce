"""The popover that picks by typing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from surveyapp.gui.palette_source import PaletteEntry
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.pick_popup import PickPopup


def test_type_and_enter_picks(qtbot: QtBot, theme: Theme) -> None:
    picked: list[str] = []
    anchor = QWidget()
    qtbot.addWidget(anchor)
    anchor.show()
    names = ["Age", "Gender", "Political identification"]

    def find(_query: str) -> list[PaletteEntry]:
        return [PaletteEntry(group="Questions", title=n, run=lambda n=n: picked.append(n)) for n in names]  # type: ignore[misc]

    popup = PickPopup(theme, find, placeholder="Find a question", parent=anchor)
    popup.open_below(anchor)
    assert [entry.title for entry in popup.entries()] == names
    QTest.keyClicks(popup.field, "e")
    QTest.keyClick(popup.field, Qt.Key.Key_Down)
    assert popup.list.currentIndex().row() == 2
    QTest.keyClicks(popup.field, "nder")
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: picked == ["Gender"])


def test_nothing_fits_and_escape_closes(qtbot: QtBot, theme: Theme) -> None:
    anchor = QWidget()
    qtbot.addWidget(anchor)
    anchor.show()
    popup = PickPopup(theme, lambda _query: [], placeholder="Find a question", parent=anchor)
    popup.open_below(anchor)
    assert popup.entries() == []
    (words,) = (label for label in popup.findChildren(Label) if label.text() == "Nothing fits.")
    qtbot.waitUntil(
        lambda: words.isVisible() and 0 < words.y() - popup.field.geometry().bottom() < popup.field.height()
    )
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    QTest.keyClick(popup.field, Qt.Key.Key_Escape)
    assert popup.isHidden()


def test_where_only_typing_helps_that_is_said(qtbot: QtBot, theme: Theme) -> None:
    anchor = QWidget()
    qtbot.addWidget(anchor)
    anchor.show()
    popup = PickPopup(theme, lambda _query: [], placeholder="", parent=anchor)
    popup.ask("Read as … (a number)", "Type what it means.")
    popup.open_below(anchor)
    assert popup.field.placeholderText() == popup.field.accessibleName() == "Read as … (a number)"
    told = next(label for label in popup.findChildren(Label) if label.text() == "Type what it means.")
    QTest.keyClicks(popup.field, "x")
    assert told.text() == "Nothing fits."
    popup.field.clear()
    assert told.text() == "Type what it means."
    popup.close()
