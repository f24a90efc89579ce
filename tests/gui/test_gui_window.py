"""The frame: names, keys, palette, toast, widths, focus, imports."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QScrollArea, QWidget
from pytestqt.qtbot import QtBot
from services_example import fill, new_session
from shiboken6 import delete

from surveyapp.base.clock import Clock
from surveyapp.domain.errors import UserError
from surveyapp.gui.app import Gui
from surveyapp.gui.main_window import pane_widths
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.row_button import RowButton
from surveyapp.gui.widgets.toast import keep_clear
from surveyapp.services.codebook.stored import count_waiting

HEAVY = ("statsmodels", "scipy", "reportlab", "alembic", "xlsxwriter", "pypdfium2", "pyreadstat")
CONTROL = Qt.KeyboardModifier.ControlModifier


def test_importing_the_window_leaves_heavy_libraries_out() -> None:
    code = (
        f"import sys, surveyapp.gui.app; print([m for m in {(*HEAVY, 'pandas', 'sqlalchemy')!r} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("width", "panes"),
    [(1024, (56, 0)), (1179, (56, 0)), (1180, (212, 312)), (1680, (212, 360)), (2560, (240, 400))],
)
def test_pane_widths(width: int, panes: tuple[int, int]) -> None:
    assert pane_widths(width) == panes


@pytest.mark.parametrize("page", ["home", "settings"])
def test_every_focusable_control_is_named(gui: Gui, page: str) -> None:
    gui.shell.open_page(page)
    unnamed = [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in gui.window.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.accessibleName()
        and not isinstance(widget, QScrollArea)
    ]
    assert unnamed == []


@pytest.mark.parametrize("page", ["home", "settings"])
def test_every_control_has_an_object_name(gui: Gui, page: str) -> None:
    gui.shell.open_page(page)
    focusable = [w for w in gui.window.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert [type(w).__name__ for w in focusable if not w.objectName() and not isinstance(w, QScrollArea)] == []


def test_narrow_window_has_icons_only(qtbot: QtBot, gui: Gui) -> None:
    gui.window.resize(1440, 900)
    qtbot.waitUntil(lambda: 205 <= gui.window.sidebar.width() <= 213)
    gui.window.resize(1024, 680)
    qtbot.waitUntil(lambda: gui.window.sidebar.width() == 56)
    assert gui.window.narrow
    gui.window.resize(1440, 900)
    qtbot.waitUntil(lambda: not gui.window.narrow)


def test_keys_open_pages_and_palette(gui: Gui) -> None:
    gui.shell.open_page("settings")
    assert gui.shell.current == "settings"
    QTest.keyClick(gui.window, Qt.Key.Key_1, CONTROL)
    assert gui.shell.current == "home"
    QTest.keyClick(gui.window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert gui.shell.current == "settings"
    QTest.keyClick(gui.window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert gui.shell.current == "home"
    QTest.keyClick(gui.window, Qt.Key.Key_K, CONTROL)
    assert gui.global_actions.palette.open


def test_palette_reaches_every_action(gui: Gui) -> None:
    palette = gui.global_actions.palette
    palette.open_with("")
    titles = {entry.title for entry in palette.entries()}
    wanted = {spec.title() for spec in gui.context.actions.specs() if spec.in_palette}
    assert wanted <= titles
    palette.dismiss()


def test_palette_tells_once_what_several_tabs_can_do(gui: Gui) -> None:
    """Three tabs of Explore copy their method: two of the lines were grey and said nothing."""
    gui.shell.open_page("explore")
    palette = gui.global_actions.palette
    palette.open_with("copy the method")
    assert [entry.title for entry in palette.entries()].count("Copy the method") == 1
    palette.dismiss()


def test_palette_by_keyboard_only(qtbot: QtBot, gui: Gui) -> None:
    palette = gui.global_actions.palette
    QTest.keyClick(gui.window, Qt.Key.Key_K, CONTROL)
    QTest.keyClicks(palette.field, "settings")
    assert palette.entries()[0].title == "Settings"
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: gui.shell.current == "settings")
    assert not palette.open
    gui.shell.go_back()
    before = gui.window.focusWidget()  # Home was filled again: its new button, not the one that is to go
    assert before is not None
    assert before.isVisible()
    QTest.keyClick(gui.window, Qt.Key.Key_K, CONTROL)
    QTest.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.open
    assert gui.window.focusWidget() is before


def test_palette_closes_where_what_had_the_focus_has_gone(qtbot: QtBot, gui: Gui) -> None:
    """The page filled itself again while the palette was open."""
    fleeting = Button(gui.context.theme, "Fleeting", parent=gui.window)
    fleeting.show()
    fleeting.setFocus()
    palette = gui.global_actions.palette
    QTest.keyClick(gui.window, Qt.Key.Key_K, CONTROL)
    delete(fleeting)
    QTest.keyClicks(palette.field, "settings")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: gui.shell.current == "settings")
    assert not palette.open


def test_question_mark_lists_the_keys(gui: Gui) -> None:
    palette = gui.global_actions.palette
    palette.open_with("?")
    assert palette.entries()
    assert all(entry.key for entry in palette.entries())
    palette.dismiss()


def test_toast_undo_by_key(gui: Gui) -> None:
    taken_back: list[str] = []
    gui.shell.toast("2,664 people imported.", lambda: taken_back.append("import"))
    assert gui.window.toast.text == "2,664 people imported."
    QTest.keyClick(gui.window, Qt.Key.Key_Z, CONTROL)
    assert taken_back == ["import"]
    assert gui.window.toast.text == ""
    QTest.keyClick(gui.window, Qt.Key.Key_Z, CONTROL)
    assert taken_back == ["import"]
    assert gui.window.toast.text == "Nothing to undo."


def test_text_size_keys_are_remembered(gui: Gui) -> None:
    QTest.keyClick(gui.window, Qt.Key.Key_Plus, CONTROL)
    assert gui.context.theme.text_size == 110
    QTest.keyClick(gui.window, Qt.Key.Key_Minus, CONTROL)
    QTest.keyClick(gui.window, Qt.Key.Key_Minus, CONTROL)
    assert gui.context.settings.value.text_size == 90


def test_user_error_takes_the_place_of_the_page(gui: Gui) -> None:
    gui.shell.show_error(UserError("The disk is full.", "Free 12 MB and press Retry."))
    panel = gui.window.stack.currentWidget()
    assert panel is not None
    assert panel.accessibleName() == "The disk is full."
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Space)
    assert gui.window.stack.currentWidget() is gui.shell.page


def test_a_toast_leaves_buttons_at_the_foot_free(gui: Gui) -> None:
    gui.shell.toast("Counted as Atheist.", lambda: None)
    usual = gui.window.toast.geometry()
    row = QWidget(gui.window)
    row.setGeometry(0, usual.top() + 4, gui.window.width(), 30)
    keep_clear(row)
    gui.shell.toast("Counted as Atheist.", lambda: None)
    assert gui.window.toast.geometry() == usual  # it is not shown
    row.show()
    gui.shell.toast("Counted as Atheist.", lambda: None)
    assert gui.window.toast.geometry().bottom() < row.geometry().top()
    row.hide()


def test_f6_goes_round_the_panes(gui: Gui) -> None:
    gui.shell.open_page("settings")
    seen = set()
    for _ in range(4):
        QTest.keyClick(gui.window, Qt.Key.Key_F6)
        focus = gui.window.focusWidget()
        assert focus is not None
        seen.add(gui.window.sidebar.isAncestorOf(focus))
    assert seen == {True, False}


def test_dropped_file_goes_to_the_preview(qtbot: QtBot, gui: Gui, tmp_path: Path) -> None:
    path = tmp_path / "census.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, keys, copy = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(300, 300), copy, data, buttons, keys)
    gui.window.dragEnterEvent(enter)
    assert enter.isAccepted()
    assert gui.window.drop_frame.isVisible()
    gui.window.files_dropped.disconnect()
    with qtbot.waitSignal(gui.window.files_dropped) as caught:
        gui.window.dropEvent(QDropEvent(QPointF(300, 300), copy, data, buttons, keys))
    assert caught.args == [(path,)]
    assert not gui.window.drop_frame.isVisible()


def test_window_title(gui: Gui) -> None:
    gui.shell.open_page("settings")
    assert gui.window.windowTitle() == "Settings – surveyapp"


def test_letters_can_be_switched_off(gui: Gui) -> None:
    actions = gui.context.actions
    assert not actions.action("edit.find_slash").shortcut().isEmpty()
    actions.set_letters(False)
    assert actions.action("edit.find_slash").shortcut().isEmpty()
    assert not actions.action("file.open").shortcut().isEmpty()


def test_menu_holds_every_menu_action(gui: Gui) -> None:
    gui.global_actions.menu.aboutToShow.emit()
    found = {action.objectName() for menu in (gui.global_actions.menu,) for action in menu.actions()}
    for action in gui.global_actions.menu.actions():
        menu = action.menu()
        if menu is not None:
            found |= {inner.objectName() for inner in menu.actions()}  # type: ignore[attr-defined]
    assert {spec.id for spec in gui.context.actions.specs() if spec.menu} <= found


def test_a_closed_menu_keeps_no_key_of_the_page(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    """Ctrl+E of Explore, kept in the menu opened there, made Ctrl+E of Correlations ambiguous: nothing came."""
    gui.context.set_session(new_session(tmp_path / "a.survey", clock))
    gui.shell.open_page("explore")
    menu = gui.global_actions.menu
    export = gui.context.actions.action("explore.export")
    menu.popup(QPoint(10, 10))
    assert any(isinstance(holder, QMenu) for holder in export.associatedObjects())
    menu.hide()
    qtbot.waitUntil(lambda: not any(isinstance(holder, QMenu) for holder in export.associatedObjects()))
    menu.popup(QPoint(10, 10))
    menu.hide()
    qtbot.waitUntil(lambda: not export.associatedObjects()[1:])


def test_enter_presses_the_button_with_the_focus(gui: Gui, qtbot: QtBot) -> None:
    gui.shell.open_page("home")
    pressed: list[str] = []
    page = gui.shell.page
    assert page is not None
    button, row = Button(gui.context.theme, "Do", parent=page), RowButton(gui.context.theme, "Row", parent=page)
    button.clicked.connect(lambda: pressed.append("Do"))
    row.clicked.connect(lambda: pressed.append("Row"))
    for widget in (button, row):
        widget.show()
        QTest.keyClick(widget, Qt.Key.Key_Return)
        QTest.keyClick(widget, Qt.Key.Key_Return, CONTROL)
    assert pressed == ["Do", "Row"]
    item = gui.window.sidebar.items["settings"]
    item.setFocus()
    QTest.keyClick(item, Qt.Key.Key_Enter)
    qtbot.waitUntil(lambda: gui.shell.current == "settings")


def test_what_waits_is_counted_before_its_page_is_made(qtbot: QtBot, gui: Gui, tmp_path: Path, clock: Clock) -> None:
    session = new_session(tmp_path / "a.survey", clock)
    fill(session)
    gui.context.set_session(session)
    assert "data" not in gui.shell.pages
    item = gui.window.sidebar.items["data"]
    expected = sum(count_waiting(session, wave.id) for wave in session.waves())
    assert expected > 0
    qtbot.waitUntil(lambda: item.accessibleDescription().startswith(f"{expected} "))


def test_a_job_is_cancelled_from_the_narrow_sidebar_too(gui: Gui) -> None:
    sidebar = gui.window.sidebar
    cancel = sidebar.findChild(Button, "cancelJob")
    assert cancel is not None
    sidebar.set_narrow(True)
    sidebar.show_job("Writing a.pdf")
    assert cancel.sizeHint().width() <= gui.context.theme.px(40)
    assert (cancel.toolTip(), cancel.accessibleName()) == ("Writing a.pdf", "Cancel")
    sidebar.set_narrow(False)
    assert cancel.sizeHint().width() > gui.context.theme.px(40)
