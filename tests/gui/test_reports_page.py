"""Reports by keyboard: begin, walk, move, remove, write, decide, export; the pages come from the PDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot
from small_census import small_session

from surveyapp.base.clock import Clock
from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base, Block, BlockKind, ReportSpec, ShowAs
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.reports.outline_model import BLOCKS, PINS, OutlineRow
from surveyapp.gui.pages.reports.page import ReportsPage
from surveyapp.gui.pages.reports.start_view import StartView
from surveyapp.gui.widgets.button import Button
from surveyapp.services.change_log import undoable
from surveyapp.services.report_spec import find_report, list_reports, pin, save_report, shelf
from surveyapp.services.report_template import Template
from surveyapp.services.session import Session

ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def settle(qtbot: QtBot, gui: Gui) -> None:
    """Wait until nothing is computed, drawn or on its way."""
    page = gui.shell.pages.get("reports")

    def quiet() -> bool:
        QApplication.processEvents()
        waiting = isinstance(page, ReportsPage) and (page.builder.busy or page.pane.view.asking)
        return not gui.context.jobs.busy and not waiting

    for _again in range(3):  # a result may ask for the next
        qtbot.waitUntil(quiet)


def question(column: str) -> AnalysisSpec:
    return AnalysisSpec(kind=AnalysisKind.QUESTION, columns=(column,), base=Base(wave_id=1))


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifier)


def report_of(page: ReportsPage) -> ReportSpec:
    assert page.editor.spec is not None
    return page.editor.spec


def kept(session: Session, page: ReportsPage) -> ReportSpec:
    found = find_report(session, report_of(page).id)
    assert found is not None
    return found


def titles(spec: ReportSpec) -> list[str]:
    return [block.title for block in spec.blocks]


@pytest.fixture
def session(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock) -> Iterator[Session]:
    made = small_session(tmp_path, clock)
    gui.context.set_session(made)
    yield made
    settle(qtbot, gui)


def open_page(gui: Gui, qtbot: QtBot) -> ReportsPage:
    gui.window.activateWindow()
    gui.shell.open_page("reports")
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, ReportsPage)
    return page


@pytest.fixture
def page(gui: Gui, session: Session, qtbot: QtBot) -> ReportsPage:
    """A results post of three pins is open."""
    for column in ("Age", "Colour", "Fruits"):
        pin(session, question(column), title=column)
    found = open_page(gui, qtbot)
    gui.context.actions.trigger("reports.begin")
    settle(qtbot, gui)
    assert titles(report_of(found))[-4:] == ["Age", "Colour", "Fruits", "Codebook"]
    return found


def choose(page: ReportsPage, title: str) -> Block:
    block = next(block for block in report_of(page).blocks if block.title == title)
    page.outline.list.setFocus()
    page.outline.list.setCurrentIndex(page.outline.model.index(page.outline.model.position(block.id)))
    assert page.editor.block_id == block.id
    return block


# Beginning


def test_without_a_census_the_page_leads_to_one(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    from surveyapp.services.workspace import create_session

    gui.context.set_session(create_session(tmp_path / "empty.survey", name="Empty", clock=clock))
    page = open_page(gui, qtbot)
    start = page.findChild(StartView)
    assert start is not None
    assert start.accessibleName() == "Nothing pinned yet."
    assert page.findChild(Button, "openFile") is not None
    assert not gui.context.actions.is_enabled("reports.new_everything")
    assert not gui.context.actions.is_enabled("reports.export")


def test_a_newcomer_gets_everything_with_one_key(gui: Gui, session: Session, qtbot: QtBot) -> None:
    page = open_page(gui, qtbot)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.objectName() == "template.everything"
    press(Qt.Key.Key_Return, CONTROL)
    settle(qtbot, gui)
    assert [spec.name for spec in list_reports(session)] == ["Report of everything"]
    assert report_of(page).name == page.head.name.text() == "Report of everything"
    assert "made" in gui.window.toast.text
    preview = page.builder.preview
    assert preview is not None
    assert not preview.draft
    assert page.outline.model.rowCount() == len(report_of(page).blocks)
    gui.window.toast.take_back()
    settle(qtbot, gui)
    assert page.editor.spec is None
    assert page.findChild(StartView) is not None


def test_pins_wait_on_the_shelf_and_are_placed_by_ctrl_enter(page: ReportsPage, session: Session) -> None:
    assert report_of(page).name == "Results post"
    waiting = shelf(session)
    assert waiting is not None
    assert len(waiting.blocks) == 3
    assert page.outline.shelf_model.rowCount() == 0  # all of them stand in the report
    assert QApplication.focusWidget() is page.outline.list


# Pages


def test_the_preview_is_the_pdf_and_marks_the_block(page: ReportsPage, gui: Gui, qtbot: QtBot) -> None:
    preview = page.builder.preview
    assert preview is not None
    view = page.pane.view
    assert view.n_pages == preview.pages >= 3
    fruits = choose(page, "Fruits")
    settle(qtbot, gui)
    where = preview.page_of_block[fruits.id]
    assert where > 1
    assert view.page == where
    assert view.has_image(where)
    row = page.outline.model.row(page.outline.model.position(fruits.id))
    assert row is not None
    assert row.page == where
    assert f"page {where} of {preview.pages}" in view.accessibleName()
    ink = page.theme.color("accent").name()
    image = view.viewport().grab().toImage()
    seen = {image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}
    assert len(seen) > 20  # letters and bars, not an empty sheet
    line = {image.pixelColor(image.width() // 2, y).name() for y in range(image.height())}
    assert ink in line | {image.pixelColor(x, image.height() // 2).name() for x in range(image.width())}


def test_a_click_on_the_page_selects_the_block(page: ReportsPage, gui: Gui, qtbot: QtBot) -> None:
    choose(page, "Colour")
    settle(qtbot, gui)
    preview = page.builder.preview
    assert preview is not None
    view = page.pane.view
    age = next(block for block in report_of(page).blocks if block.title == "Age")
    part = preview.extents[age.id][0]
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, view.point_of(part).toPoint()
    )
    assert page.editor.block_id == age.id


def test_zoom_steps_and_whole_page(page: ReportsPage, gui: Gui, qtbot: QtBot) -> None:
    view = page.pane.view
    view.setFocus()
    press(Qt.Key.Key_Plus)
    larger = view.zoom
    assert larger > 0
    press(Qt.Key.Key_Plus)
    assert view.zoom > larger
    press(Qt.Key.Key_Minus)
    assert view.zoom == larger
    gui.context.actions.trigger("reports.whole_page")
    assert view.zoom == 0
    view.go_to(3)
    assert view.page == 3
    gui.window.resize(1100, 700)
    settle(qtbot, gui)
    assert view.page == 3  # the place stays


def test_old_pages_stay_while_new_ones_are_made(page: ReportsPage, gui: Gui, qtbot: QtBot) -> None:
    before = page.builder.preview
    page.commands.add("text")
    assert page.builder.preview is before
    assert page.pane.view.has_image(page.pane.view.page)
    settle(qtbot, gui)
    after = page.builder.preview
    assert after is not None
    assert after is not before
    assert after.spec == report_of(page)


def test_markdown_is_shown_as_it_will_be_pasted(page: ReportsPage, gui: Gui, qtbot: QtBot) -> None:
    page.head.tabs.move_by(1)
    settle(qtbot, gui)
    text = page.pane.text.toPlainText()
    assert text.startswith("# Results post")
    assert "![" in text
    copy = page.findChild(Button, "copyMarkdown")
    assert copy is not None
    copy.click()
    assert QGuiApplication.clipboard().text() == text


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


# Reports


def test_the_report_is_renamed_in_the_header(page: ReportsPage, gui: Gui, session: Session, qtbot: QtBot) -> None:
    gui.context.actions.trigger("reports.rename")
    page.head.name.setText("Census post")
    QTest.keyClick(page.head.name, Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert kept(session, page).name == "Census post"
    assert kept(session, page).blocks[0].title == "Census post"


def test_reports_are_switched_copied_and_removed(page: ReportsPage, gui: Gui, session: Session, qtbot: QtBot) -> None:
    first = report_of(page)
    gui.context.actions.trigger("reports.duplicate")
    settle(qtbot, gui)
    assert [spec.name for spec in list_reports(session)] == ["Results post", "Results post 2"]
    assert report_of(page).name == "Results post 2"
    page.head.open_menu()
    menu = page.findChild(QMenu, "reportsMenu")
    assert menu is not None
    named = {action.text(): action for action in menu.actions()}
    assert named["Results post 2"].isChecked()
    named["Results post"].trigger()
    menu.close()
    settle(qtbot, gui)
    assert report_of(page).id == first.id
    gui.context.actions.trigger("reports.remove_report")
    settle(qtbot, gui)
    assert [spec.name for spec in list_reports(session)] == ["Results post 2"]
    assert report_of(page).name == "Results post 2"
    gui.window.toast.take_back()
    settle(qtbot, gui)
    assert len(list_reports(session)) == 2


def test_another_report_shows_from_elsewhere(page: ReportsPage, gui: Gui, session: Session, qtbot: QtBot) -> None:
    other = save_report(session, ReportSpec(name="Other", wave_id=1), label="made")
    gui.shell.open_page("reports", report=other.id)
    settle(qtbot, gui)
    assert report_of(page).name == "Other"
    assert page.panel.isEnabled()
    page.commands.add("heading")
    settle(qtbot, gui)
    assert [block.kind for block in kept(session, page).blocks] == [BlockKind.HEADING]


# Export


@pytest.mark.parametrize(
    ("form", "name", "said"),
    [
        ("pdf", "R.pdf", "pages"),
        ("markdown", "R.md", "figures"),
        ("xlsx", "R.xlsx", "tables"),
        ("csv", "R tables", "tables"),
    ],
)
def test_every_form_is_written_and_said(
    page: ReportsPage, gui: Gui, qtbot: QtBot, tmp_path: Path, form: str, name: str, said: str
) -> None:
    page.exporter.write(report_of(page), form, tmp_path / name)  # type: ignore[arg-type]
    settle(qtbot, gui)
    assert (tmp_path / name).exists()
    assert gui.window.toast.text.startswith(f"{name} written, ")
    assert gui.window.toast.text.endswith(f" {said}.")
    assert not gui.window.toast.take_back()  # Ctrl+Z does not open folders


def test_a_file_that_cannot_be_written_keeps_the_page(
    page: ReportsPage, gui: Gui, qtbot: QtBot, tmp_path: Path
) -> None:
    page.exporter.write(report_of(page), "pdf", tmp_path / "nowhere" / "R.pdf")
    settle(qtbot, gui)
    assert "does not exist" in page.pane.notices.texts()[0]
    assert gui.shell.current == "reports"
    page.exporter.write(report_of(page), "pdf", tmp_path / "R.pdf")
    settle(qtbot, gui)
    assert not any("does not exist" in text for text in page.pane.notices.texts())
    assert (tmp_path / "R.pdf").read_bytes().startswith(b"%PDF")


def test_ctrl_e_offers_the_forms_and_asks_where(page: ReportsPage, gui: Gui, qtbot: QtBot, tmp_path: Path) -> None:
    gui.context.actions.trigger("reports.export")
    menu = page.findChild(QMenu, "exportMenu")
    assert menu is not None
    assert menu.activeAction() is menu.actions()[0]
    menu.close()
    gui.context.actions.trigger("reports.export_pdf")
    dialog = page.exporter.dialog
    assert dialog is not None
    assert dialog.selectedFiles()[0].endswith("Results post.pdf")
    dialog.fileSelected.emit(str(tmp_path / "chosen.pdf"))
    dialog.close()
    settle(qtbot, gui)
    assert (tmp_path / "chosen.pdf").exists()


# Everything


def test_every_action_has_a_place_in_the_palette_and_a_reason(page: ReportsPage, gui: Gui) -> None:
    specs = list(gui.context.actions.specs("reports"))
    assert {f"reports.new_{template.value}" for template in Template} <= {spec.id for spec in specs}
    for spec in specs:
        assert spec.title()
        assert spec.why_not is not None
        assert spec.why_not()
    for widget in [page, page.panel]:
        for child in widget.findChildren(QWidget):
            if child.focusPolicy() & Qt.FocusPolicy.TabFocus and not child.isHidden():
                assert child.accessibleName(), f"{type(child).__name__} {child.objectName()} has no name"


def test_a_read_only_file_changes_nothing(
    page: ReportsPage, gui: Gui, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = report_of(page)
    monkeypatch.setattr(type(session), "read_only", property(lambda _self: True))
    choose(page, "Age")
    press(Qt.Key.Key_Delete)
    settle(qtbot, gui)
    assert report_of(page) == before
    assert "reading only" in gui.window.toast.text
