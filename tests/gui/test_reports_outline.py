"""The outline of a report and the settings of its blocks, by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from reports_steps import begin_post, choose, kept, press, question, report_of, settle, titles

from surveyapp.domain.analysis import Base, ShowAs
from surveyapp.domain.errors import UserError
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.reports.outline_model import BLOCKS, PINS, OutlineRow
from surveyapp.gui.pages.reports.page import ReportsPage
from surveyapp.gui.widgets.button import Button
from surveyapp.services.change_log import undoable
from surveyapp.services.report.spec import pin, shelf
from surveyapp.services.session import Session

ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def session(gui: Gui, qtbot: QtBot, small: Session) -> Iterator[Session]:
    yield small
    settle(qtbot, gui)


@pytest.fixture
def page(gui: Gui, session: Session, qtbot: QtBot) -> ReportsPage:
    return begin_post(gui, session, qtbot)


# The outline


def test_alt_arrows_move_and_one_undo_brings_back(page: ReportsPage, gui: Gui, session: Session, qtbot: QtBot) -> None:
    before = report_of(page)
    age = choose(page, "Age")
    press(Qt.Key.Key_Down, ALT)
    assert titles(report_of(page))[-4:] == ["Colour", "Age", "Fruits", "Codebook"]
    press(Qt.Key.Key_Down, ALT)
    settle(qtbot, gui)
    assert titles(kept(session, page))[-4:] == ["Colour", "Fruits", "Age", "Codebook"]
    assert page.editor.block_id == age.id
    assert page.outline.list.selected_ids == [age.id]
    for _step in range(2):
        gui.context.actions.trigger("edit.undo")
        settle(qtbot, gui)
    assert report_of(page) == kept(session, page) == before


def test_a_drag_moves_blocks(page: ReportsPage, gui: Gui, session: Session, qtbot: QtBot) -> None:
    fruits = choose(page, "Fruits")
    listed = page.outline.list
    target = listed.visualRect(page.outline.model.index(0))
    data = QMimeData()
    data.setData(BLOCKS, fruits.id.encode())
    at = QPointF(target.center().x(), target.top() + 1)
    listed.dropEvent(
        QDropEvent(at, Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    )
    settle(qtbot, gui)
    assert titles(kept(session, page))[0] == "Fruits"


def test_del_removes_and_the_next_one_is_selected(page: ReportsPage, gui: Gui, session: Session, qtbot: QtBot) -> None:
    before = report_of(page)
    choose(page, "Colour")
    press(Qt.Key.Key_Delete)
    assert page.editor.block is not None
    assert page.editor.block.title == "Fruits"
    settle(qtbot, gui)
    assert gui.window.toast.text == "“Colour” removed."
    assert [row.block.title for row in _shelf_rows(page)] == ["Colour"]  # it waits again
    gui.window.toast.take_back()
    settle(qtbot, gui)
    assert kept(session, page) == before
    assert page.outline.shelf_model.rowCount() == 0


def _shelf_rows(page: ReportsPage) -> list[OutlineRow]:
    model = page.outline.shelf_model
    return [row for n in range(model.rowCount()) if (row := model.row(n)) is not None]


def test_pins_are_added_by_enter_and_by_drag_and_unpinned_by_del(
    page: ReportsPage, gui: Gui, session: Session, qtbot: QtBot
) -> None:
    for column in ("P(rain)", "Remark"):
        pin(session, question(column), title=column)
    settle(qtbot, gui)
    assert [row.block.title for row in _shelf_rows(page)] == ["P(rain)", "Remark"]
    choose(page, "Age")
    page.outline.shelf.setFocus()
    page.outline.shelf.setCurrentIndex(page.outline.shelf_model.index(0))
    press(Qt.Key.Key_Return)
    assert titles(report_of(page))[-5:] == ["Age", "P(rain)", "Colour", "Fruits", "Codebook"]
    settle(qtbot, gui)
    assert [row.block.title for row in _shelf_rows(page)] == ["Remark"]
    pinned = page.outline.shelf_model.row(0)
    assert pinned is not None
    data = QMimeData()
    data.setData(PINS, pinned.block.id.encode())
    listed = page.outline.list
    at = QPointF(listed.visualRect(page.outline.model.index(0)).bottomLeft())
    listed.dropEvent(
        QDropEvent(at, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    )
    settle(qtbot, gui)
    assert titles(kept(session, page))[1] == "Remark"
    page.commands.remove([kept(session, page).blocks[1].id])
    settle(qtbot, gui)
    page.outline.shelf.setFocus()
    page.outline.shelf.setCurrentIndex(page.outline.shelf_model.index(0))
    press(Qt.Key.Key_Delete)
    settle(qtbot, gui)
    waiting = shelf(session)
    assert waiting is not None
    assert "Remark" not in [block.title for block in waiting.blocks]


def test_f2_renames_in_place(page: ReportsPage, gui: Gui, session: Session, qtbot: QtBot) -> None:
    choose(page, "Colour")
    press(Qt.Key.Key_F2)
    field = page.outline.list.findChild(QLineEdit, "renameBlock")
    assert field is not None
    field.setText("Favourite colours")
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert "Favourite colours" in titles(kept(session, page))
    assert page.panel.caption.toPlainText() == "Favourite colours"


def test_a_figure_is_chosen_by_typing(page: ReportsPage, gui: Gui, session: Session, qtbot: QtBot) -> None:
    choose(page, "Age")
    gui.context.actions.trigger("reports.add_table")
    settle(qtbot, gui)
    popup = page.adder.popup
    assert popup is not None
    popup.field.setText("p(ra")
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "P(rain)" in titles(report_of(page)))
    settle(qtbot, gui)
    added = next(block for block in kept(session, page).blocks if block.title == "P(rain)")
    assert added.show is ShowAs.TABLE
    assert added.fingerprint
    assert titles(kept(session, page))[-5:] == ["Age", "P(rain)", "Colour", "Fruits", "Codebook"]


def test_enter_opens_the_source(page: ReportsPage, gui: Gui, qtbot: QtBot) -> None:
    choose(page, "Colour")
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert gui.shell.current == "explore"


# Settings of a block


def test_typing_is_seen_at_once_and_kept_as_one_change(
    page: ReportsPage, gui: Gui, session: Session, qtbot: QtBot
) -> None:
    n = len(session.store.changes.list())
    page.commands.add("text")
    settle(qtbot, gui)
    assert QApplication.focusWidget() is page.panel.text
    page.panel.text.insertPlainText("Two ")
    page.panel.text.insertPlainText("words")
    settle(qtbot, gui)
    preview = page.builder.preview
    assert preview is not None
    assert "Two words" in [block.text for block in preview.spec.blocks]
    assert "Two words" not in [block.text for block in kept(session, page).blocks]
    assert len(session.store.changes.list()) == n + 1
    assert page.pane.view.page == preview.page_of_block[page.editor.block_id]
    page.outline.list.setFocus()
    settle(qtbot, gui)
    assert "Two words" in [block.text for block in kept(session, page).blocks]
    assert len(session.store.changes.list()) == n + 2
    gui.context.actions.trigger("edit.undo")
    settle(qtbot, gui)
    assert page.panel.text.toPlainText() == ""


def test_what_is_typed_is_kept_when_the_window_closes(page: ReportsPage, session: Session) -> None:
    block = choose(page, "Age")
    page.editor.type_block(replace(block, text="Unsaved"), "Text written")
    page.close_page()
    assert "Unsaved" in [b.text for b in kept(session, page).blocks]


def test_what_is_typed_stays_where_it_cannot_be_kept(
    page: ReportsPage, gui: Gui, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    block = choose(page, "Age")
    page.editor.type_block(replace(block, text="An hour's work"), "Text written")

    def refuse(*_args: object, **_more: object) -> None:
        raise UserError("The disk is full.", "Make room.")

    with monkeypatch.context() as patch:
        patch.setattr("surveyapp.services.report.spec.save_report", refuse)
        page.editor.commit()
        settle(qtbot, gui)
    shown = page.editor.block
    assert shown is not None
    assert shown.text == "An hour's work"
    assert "An hour's work" not in [b.text for b in kept(session, page).blocks]
    choose(page, "Colour")  # there is room again
    settle(qtbot, gui)
    assert "An hour's work" in [b.text for b in kept(session, page).blocks]


def test_settings_change_the_block(page: ReportsPage, gui: Gui, session: Session, qtbot: QtBot) -> None:
    colour = choose(page, "Colour")
    settle(qtbot, gui)
    page.panel.show_as.move_by(1)
    page.panel.intervals.click()
    page.panel.counts.click()
    page.panel.order.move_by(1)
    settle(qtbot, gui)
    block = next(block for block in kept(session, page).blocks if block.id == colour.id)
    assert (block.show, block.intervals, block.counts, block.largest_first) == (ShowAs.TABLE, False, False, False)
    newest = undoable(session)
    assert newest is not None
    assert newest.label == "“Colour”: in the order asked"
    choose(page, "Age")
    assert page.panel.order.isHidden() or not page.panel.order.isVisible()


def test_a_changed_figure_is_marked_and_updated_by_u(
    page: ReportsPage, gui: Gui, session: Session, qtbot: QtBot
) -> None:
    colour = choose(page, "Colour")
    page.editor.edit_block(replace(colour, fingerprint="0" * 16), "older numbers")
    settle(qtbot, gui)
    row = page.outline.model.row(page.outline.model.position(colour.id))
    assert row is not None
    assert row.changed
    assert gui.context.actions.is_enabled("reports.update")
    page.outline.list.setFocus()
    press(Qt.Key.Key_U)
    settle(qtbot, gui)
    assert gui.window.toast.text == "1 figure updated."
    fresh = next(block for block in kept(session, page).blocks if block.id == colour.id)
    assert fresh.fingerprint == colour.fingerprint
    assert not gui.context.actions.is_enabled("reports.update")


def test_a_lost_block_says_why_and_can_be_removed(page: ReportsPage, gui: Gui, session: Session, qtbot: QtBot) -> None:
    colour = choose(page, "Colour")
    page.editor.edit_block(replace(colour, spec=question("Gone")), "lost")
    settle(qtbot, gui)
    assert page.pane.notices.texts()[0].startswith("1 block cannot be computed any more.")
    preview = page.builder.preview
    assert preview is not None
    assert preview.pages >= 3  # the rest still prints
    remove = page.panel.findChild(Button, "removeLost")
    assert remove is not None
    assert not remove.isHidden()
    remove.click()
    settle(qtbot, gui)
    assert "Colour" not in titles(kept(session, page))
    assert not any("cannot be computed" in text for text in page.pane.notices.texts())


def test_few_people_are_asked_about_beside_the_page(
    page: ReportsPage, gui: Gui, session: Session, qtbot: QtBot
) -> None:
    from surveyapp.domain.analysis import Condition, Operator

    base = Base(wave_id=1, conditions=(Condition(column="Age", operator=Operator.AT_MOST, values=("21",)),))
    colour = choose(page, "Colour")
    page.editor.edit_block(replace(colour, spec=replace(question("Colour"), base=base)), "few")
    settle(qtbot, gui)
    assert any("fewer than 5 people" in text for text in page.pane.notices.texts())
    assert page.panel.small.isVisible()
    hide = page.panel.findChild(Button, "hideSmall")
    assert hide is not None
    hide.click()
    settle(qtbot, gui)
    assert next(b for b in kept(session, page).blocks if b.id == colour.id).small_cells == "hide"
    assert not any("fewer than 5 people" in text for text in page.pane.notices.texts())
    assert page.panel.small.isVisible()  # and can be shown again


def test_in_a_narrow_window_the_settings_open_where_they_are_needed(page: ReportsPage, gui: Gui, qtbot: QtBot) -> None:
    gui.window.resize(1024, 680)
    settle(qtbot, gui)
    assert not page.panel.isVisible()
    page.commands.add("text")
    settle(qtbot, gui)
    assert page.panel.isVisible()
    assert QApplication.focusWidget() is page.panel.text
    assert page.pane.view.width() > 200
