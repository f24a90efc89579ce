"""Ctrl+E and Ctrl+K also work in a text field that would take them for itself, as those of X11 do."""

from __future__ import annotations

import pytest
from import_steps import press, settle
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from surveyapp.gui.app import Gui

CONTROL = Qt.KeyboardModifier.ControlModifier


class GreedyField(QLineEdit):
    """A field as on X11: Ctrl+E and Ctrl+K move and delete; Ctrl+Z is a field's own everywhere."""

    def event(self, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return super().event(event)
        if event.modifiers() != CONTROL or event.key() not in (Qt.Key.Key_E, Qt.Key.Key_K, Qt.Key.Key_Z):
            return super().event(event)
        event.accept()
        return True


def field_in(qtbot: QtBot, parent: QWidget) -> GreedyField:
    field = GreedyField(parent)
    field.setGeometry(0, 0, 80, 24)
    field.show()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    return field


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize("where", ["page", "inspector"])
def test_export_works_while_a_field_has_the_focus(
    qtbot: QtBot, gui: Gui, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    gui.shell.open_page("data")
    settle(qtbot, gui)
    done: list[str] = []
    gui.context.actions.triggered.connect(done.append)
    monkeypatch.setattr("surveyapp.gui.pages.data.page.ask_export", lambda *_given: None)
    page = gui.shell.page
    assert page is not None
    field_in(qtbot, page if where == "page" else gui.window.inspector)
    press(Qt.Key.Key_E, CONTROL)
    assert done == ["data.export"]
    press(Qt.Key.Key_K, CONTROL)
    assert gui.global_actions.palette.open
    gui.global_actions.palette.dismiss()


@pytest.mark.usefixtures("session")
def test_undo_is_the_field_s_own_while_something_was_typed_in_it(qtbot: QtBot, gui: Gui) -> None:
    """What a toast offers to take back (Ctrl Z) can be taken back with the focus in the field that was just saved."""
    gui.shell.open_page("data")
    settle(qtbot, gui)
    done: list[str] = []
    gui.context.actions.triggered.connect(done.append)
    page = gui.shell.page
    assert page is not None
    field = field_in(qtbot, page)
    QTest.keyClicks(field, "typed")
    QTest.keyClick(field, Qt.Key.Key_Z, CONTROL)
    assert "edit.undo" not in done
    field.undo()
    press(Qt.Key.Key_Z, CONTROL)  # one time more than there is to take back
    assert "edit.undo" not in done
    field.setText("as it is kept")
    press(Qt.Key.Key_Z, CONTROL)
    assert done.count("edit.undo") == 1
    settle(qtbot, gui)
    field.setFocus()
    press(Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert done.count("edit.redo") == 1
    settle(qtbot, gui)


def test_keys_of_tabs_are_silent_before_one_is_shown(gui: Gui) -> None:
    """Explore has M in three tabs: without a workspace none of them is shown, and the key meant all of them."""
    gui.shell.open_page("explore")
    keys = [action.shortcut().toString() for action in gui.shell.page.actions()] if gui.shell.page is not None else []
    assert keys.count("M") == 0
    assert keys.count("T") == 1
