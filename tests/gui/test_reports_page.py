"""Reports: begin, see the pages of the PDF, switch, copy and remove reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot
from reports_steps import begin_post, choose, kept, open_page, press, report_of, settle

from surveyapp.base.clock import Clock
from surveyapp.domain.analysis import BlockKind, ReportSpec
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.reports.page import ReportsPage
from surveyapp.gui.pages.reports.start_view import StartView
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.label import Label
from surveyapp.services.report.spec import list_reports, save_report, shelf
from surveyapp.services.report.template import Template
from surveyapp.services.session import Session

ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def session(gui: Gui, qtbot: QtBot, small: Session) -> Iterator[Session]:
    yield small
    settle(qtbot, gui)


@pytest.fixture
def page(gui: Gui, session: Session, qtbot: QtBot) -> ReportsPage:
    return begin_post(gui, session, qtbot)


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
    assert page.start is not None
    words = f"Or begin with everything in {session.waves()[-1].title}."
    assert any(words in label.text() for label in page.start.findChildren(Label))
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
    assert where in view._images
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
    assert page.pane.view.page in page.pane.view._images
    settle(qtbot, gui)
    after = page.builder.preview
    assert after is not None
    assert after is not before
    assert after.spec == report_of(page)


def test_markdown_is_shown_as_it_will_be_pasted(page: ReportsPage, gui: Gui, qtbot: QtBot) -> None:
    page.head.tabs.move_by(1)
    settle(qtbot, gui)
    text = page.pane.text.toPlainText()
    assert text.startswith("# Census 2026: results")
    assert "![" in text
    copy = page.findChild(Button, "copyMarkdown")
    assert copy is not None
    copy.click()
    assert QGuiApplication.clipboard().text() == text


# Reports


def test_the_report_is_renamed_in_the_header(page: ReportsPage, gui: Gui, session: Session, qtbot: QtBot) -> None:
    rename(gui, page, "Census post", qtbot)
    renamed = kept(session, page)
    assert renamed.name == "Census post"
    assert renamed.blocks[0].title == "Census post"  # nobody had given it a title of its own
    own = replace(renamed.blocks[0], title="Who we are")
    page.editor.edit(replace(renamed, blocks=(own, *renamed.blocks[1:])), "Title typed")
    rename(gui, page, "Census again", qtbot)
    assert kept(session, page).name == "Census again"
    assert kept(session, page).blocks[0].title == "Who we are"


def rename(gui: Gui, page: ReportsPage, name: str, qtbot: QtBot) -> None:
    """As a person would, in the header."""
    gui.context.actions.trigger("reports.rename")
    page.head.name.setText(name)
    QTest.keyClick(page.head.name, Qt.Key.Key_Return)
    settle(qtbot, gui)


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
