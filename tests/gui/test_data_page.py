"""The Data page over stored waves: codebook, answers, problems; every change undone with Ctrl+Z."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from page_steps import press, settle
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from services_example import AGE, COMMENT, GENDER, PEOPLE, fill

from surveyapp.domain.question import Kind
from surveyapp.gui.app import Gui
from surveyapp.gui.dialogs.export_dialog import ExportChoice
from surveyapp.gui.dialogs.name_dialog import NameDialog
from surveyapp.gui.models.frame_model import CELL
from surveyapp.gui.pages.data.cell_popup import CellPopup
from surveyapp.gui.pages.data.page import DataPage
from surveyapp.gui.pages.data.wave_dialog import preview_codebook, rename_to
from surveyapp.gui.pages.data.wave_export import write_export
from surveyapp.gui.widgets.empty_state import EmptyState
from surveyapp.gui.widgets.label import Label
from surveyapp.services.codebook.column_edit import as_kind
from surveyapp.services.export import DataForm
from surveyapp.services.intake.importing import plan_import, run_import
from surveyapp.services.session import Session

CONTROL = Qt.KeyboardModifier.ControlModifier


def open_data(qtbot: QtBot, gui: Gui, tab: str = "codebook") -> DataPage:
    gui.shell.open_page("data", tab)
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, DataPage)
    return page


def position(session: Session, header: str) -> int:
    return session.find_question(1, header).position


def test_without_a_census_the_page_teaches(qtbot: QtBot, gui: Gui) -> None:
    page = open_data(qtbot, gui)
    empty = page.findChild(EmptyState)
    assert empty is not None
    assert empty.accessibleName() == "No census yet."
    words = [label.text() for label in empty.findChildren(Label)]
    assert "Drop a Google Forms export, a CSV or an Excel file." in words
    assert not page.wave_button.isVisible()


def test_the_codebook_lists_every_column(qtbot: QtBot, gui: Gui, session: Session) -> None:
    page = open_data(qtbot, gui)
    tab = page.codebook
    assert tab is not None
    assert len(tab.columns.rows) == len(session.codebook(1).questions)
    assert all(row.profile is not None for row in tab.columns.rows)
    assert page.wave_button.text() == "Census 2026"
    tab.columns.choose(position(session, AGE))
    assert page.explanation is not None
    assert page.explanation.title == session.find_question(1, AGE).title


def test_an_edit_is_stored_announced_and_undone(qtbot: QtBot, gui: Gui, session: Session) -> None:
    page = open_data(qtbot, gui)
    tab = page.codebook
    assert tab is not None
    tab.columns.choose(position(session, AGE))
    press(Qt.Key.Key_Return)
    assert page.inspector_widget is tab.editor
    field = tab.editor.findChild(QLineEdit, "unit")
    assert field is not None
    field.setFocus()
    QTest.keyClicks(field, "years")
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert session.find_question(1, AGE).unit == "years"
    assert gui.window.toast.text
    press(Qt.Key.Key_Escape)
    assert page.inspector_widget is None
    press(Qt.Key.Key_Z, CONTROL)
    settle(qtbot, gui)
    assert session.find_question(1, AGE).unit == ""


def test_another_kind_changes_the_row_and_its_bars(qtbot: QtBot, gui: Gui, session: Session) -> None:
    page = open_data(qtbot, gui)
    tab = page.codebook
    assert tab is not None
    place = position(session, GENDER)
    before = tab.columns.rows[place].profile
    tab.columns.choose(place)
    tab.change(lambda question: as_kind(question, Kind.TEXT))
    settle(qtbot, gui)
    row = tab.columns.rows[place]
    assert row.question.kind is Kind.TEXT
    assert row.profile is not None
    assert row.profile != before


def test_answers_of_a_closed_question_are_reordered(qtbot: QtBot, gui: Gui, session: Session) -> None:
    page = open_data(qtbot, gui)
    tab = page.codebook
    assert tab is not None
    labels = [choice.label for choice in session.find_question(1, GENDER).choices]
    tab.columns.choose(position(session, GENDER))
    tab.open_editor("answerList")
    press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    settle(qtbot, gui)
    after = [choice.label for choice in session.find_question(1, GENDER).choices]
    assert after == [labels[1], labels[0], *labels[2:]]
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.objectName() == "answerList"


def test_the_grid_shows_words_and_a_cell_is_edited(qtbot: QtBot, gui: Gui, session: Session) -> None:
    page = open_data(qtbot, gui, "answers")
    tab = page.answers
    assert tab is not None
    assert tab.table.frame.rowCount() == PEOPLE
    place = position(session, COMMENT)
    tab.table.choose(2, place)
    press(Qt.Key.Key_Return)
    popup = tab.findChild(CellPopup)
    assert popup is not None
    popup.text.setPlainText("edited by hand")
    QTest.keyClick(popup.text, Qt.Key.Key_Return)
    settle(qtbot, gui)
    cell = tab.table.frame.index(2, place).data(CELL)
    assert (cell.text, cell.underline) == ("edited by hand", True)
    assert cell.tip.startswith("In the file: ")
    assert tab.table.current_row == 2
    gui.context.actions.trigger("edit.undo")
    settle(qtbot, gui)
    assert not tab.table.frame.index(2, place).data(CELL).underline


def test_edits_in_a_hurry_are_all_shown(qtbot: QtBot, gui: Gui, session: Session) -> None:
    page = open_data(qtbot, gui, "answers")
    tab = page.answers
    assert tab is not None
    for header, text in ((COMMENT, "first"), (AGE, "44"), (COMMENT, "second")):
        tab._store(1, session.find_question(1, header), text, "")
    settle(qtbot, gui)
    shown = [tab.table.frame.index(1, position(session, header)).data(CELL).text for header in (COMMENT, AGE)]
    assert shown == ["second", "44"]


def test_an_answer_that_does_not_exist_is_refused(qtbot: QtBot, gui: Gui, session: Session) -> None:
    page = open_data(qtbot, gui, "answers")
    tab = page.answers
    assert tab is not None
    closed = next(
        question
        for question in session.codebook(1).questions
        if question.kind is Kind.SINGLE and not any(choice.other for choice in question.choices)
    )
    tab._store(0, closed, "no such answer", "")
    settle(qtbot, gui)
    assert "has no such answer. Nothing was changed." in gui.window.toast.text
    assert len(session.store.changes.list()) == 1


def test_sorting_finding_and_marked_people(qtbot: QtBot, gui: Gui, session: Session) -> None:
    page = open_data(qtbot, gui, "answers")
    tab = page.answers
    assert tab is not None
    grid = tab.grid
    assert grid is not None
    place = position(session, AGE)
    tab.table.frame.sort(place)
    ages = [grid.entry(tab.table.frame.source_row(n), place).value for n in range(PEOPLE)]
    numbers = [age for age in ages if isinstance(age, (int, float))]
    assert numbers == sorted(numbers)
    tab.tabs.set_current("marked")
    tab.tabs.chosen.emit("marked")
    assert tab.table.frame.rowCount() == len(grid.flags)
    tab.tabs.set_current("all")
    tab.tabs.chosen.emit("all")
    tab.finder.setText("Comment 0")
    qtbot.waitUntil(lambda: tab.table.frame.rowCount() < PEOPLE, timeout=5000)
    settle(qtbot, gui)
    assert tab.table.frame.rowCount() == int(grid.matching("comment 0").sum())


def test_a_stored_problem_is_fixed_and_taken_back(qtbot: QtBot, gui: Gui, session: Session) -> None:
    page = open_data(qtbot, gui, "problems")
    tab = page.problems
    assert tab is not None
    before = len(tab.list.items)
    press(Qt.Key.Key_1)
    settle(qtbot, gui)
    assert tab.list.items[0].settled
    assert sum(not item.settled for item in tab.list.items) == before - 1
    assert page.waiting() == before - 1
    tab.list.undone.emit(tab.list.items[0])
    settle(qtbot, gui)
    assert not any(item.settled for item in tab.list.items)
    assert len([change for change in session.store.changes.list() if not change.undone]) == 1


@pytest.mark.usefixtures("session")
def test_with_no_problem_left_the_way_to_the_decisions_is_told(qtbot: QtBot, gui: Gui) -> None:
    page = open_data(qtbot, gui, "problems")
    tab = page.problems
    assert tab is not None
    for _round in range(len(tab.list.items)):
        press(Qt.Key.Key_1)
        settle(qtbot, gui)
    assert all(item.settled for item in tab.list.items)
    assert page.explanation is not None
    assert "recipe" in page.explanation.words


@pytest.mark.usefixtures("session")
def test_enter_on_a_problem_opens_its_column(qtbot: QtBot, gui: Gui) -> None:
    page = open_data(qtbot, gui, "problems")
    tab = page.problems
    assert tab is not None
    item = next(item for item in tab.list.items if item.problem.column)
    tab.list.show_problem(item.problem)
    page.edit()
    settle(qtbot, gui)
    assert page.tab == "codebook"
    assert page.codebook is not None
    assert page.codebook.editing
    assert page.codebook.editor.questions[0].column == item.problem.column


def test_waves_are_switched_and_renamed(qtbot: QtBot, gui: Gui, session: Session) -> None:
    fill(session, wave="2024")
    page = open_data(qtbot, gui)
    page.show_wave(2)
    settle(qtbot, gui)
    assert page.wave_button.text() == "Census 2024"
    page.rename()
    dialog = gui.window.findChild(NameDialog)
    assert dialog is not None
    dialog.field.setText("2023")
    dialog.accept()
    settle(qtbot, gui)
    assert session.wave(2).name == "2023"
    assert page.wave_button.text() == "Census 2023"


def test_a_search_that_finds_nothing_in_another_wave_is_left(
    qtbot: QtBot, gui: Gui, session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "second.csv"
    path.write_text("Height,Town\n" + "".join(f"{150 + n},Hill\n" for n in range(20)), encoding="utf-8")
    other = run_import(session, plan_import(path), wave="2027").id
    page = open_data(qtbot, gui)
    tab = page.codebook
    assert tab is not None
    gui.shell.open_page("data", "codebook", wave_id=1)
    settle(qtbot, gui)
    tab.columns.finder.setText("old")
    gui.shell.open_page("data", "codebook", wave_id=other)
    settle(qtbot, gui)
    assert (tab.columns.finder.text(), len(tab.columns.rows)) == ("", 2)
    tab.columns.finder.setText("zebra")  # typed here, it stays
    settle(qtbot, gui)
    assert tab.columns.finder.text() == "zebra"


def test_a_taken_name_is_said(qtbot: QtBot, gui: Gui, session: Session) -> None:
    fill(session, wave="2024")
    page = open_data(qtbot, gui)
    rename_to(page, session, 2, "2026")
    settle(qtbot, gui)
    assert "There is a wave 2026 already" in gui.window.toast.text
    assert session.wave(2).name == "2024"


@pytest.mark.parametrize(
    "choice",
    [
        ExportChoice(DataForm.LABELS, ".csv"),
        ExportChoice(DataForm.CODES, ".xlsx"),
        ExportChoice(DataForm.EXACT, ".csv"),
        ExportChoice(DataForm.CODES, ".sav"),
        ExportChoice(None, ".xlsx"),
        ExportChoice(None, ".csv"),
        ExportChoice(None, ".json"),
    ],
)
def test_everything_goes_out(qtbot: QtBot, gui: Gui, session: Session, tmp_path: Path, choice: ExportChoice) -> None:
    page = open_data(qtbot, gui)
    path = tmp_path / f"out{choice.suffix}"
    write_export(page, session, 1, choice, path)
    settle(qtbot, gui)
    assert path.stat().st_size > 200
    count = "14 columns" if choice.form is None else f"{PEOPLE} rows"
    assert gui.window.toast.text == f"{path.name} written, {count}."


def test_a_saved_codebook_is_used_and_undone(qtbot: QtBot, gui: Gui, session: Session, tmp_path: Path) -> None:
    from surveyapp.services.codebook.mapping import write_mapping
    from surveyapp.services.codebook.stored import update_questions

    page = open_data(qtbot, gui)
    path = tmp_path / "mine.json"
    age = session.find_question(1, AGE)
    update_questions(session, 1, [replace(age, note="kept")])
    write_mapping(session, 1, path)
    update_questions(session, 1, [replace(age, note="")])
    settle(qtbot, gui)
    preview_codebook(page, page.wave_id, path)
    settle(qtbot, gui)
    assert session.find_question(1, AGE).note == ""
    gui.context.actions.trigger("codebook.use")
    settle(qtbot, gui)
    assert session.find_question(1, AGE).note == "kept"
    gui.context.actions.trigger("edit.undo")
    settle(qtbot, gui)
    assert session.find_question(1, AGE).note == ""


def test_undoing_the_import_empties_the_page(qtbot: QtBot, gui: Gui, session: Session) -> None:
    page = open_data(qtbot, gui)
    gui.context.actions.trigger("edit.undo")
    settle(qtbot, gui)
    assert session.waves() == []
    assert page.findChild(EmptyState) is not None
    gui.context.actions.trigger("edit.redo")
    settle(qtbot, gui)
    assert page.codebook is not None
    assert len(page.codebook.columns.rows) == 14


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize("size", [(1024, 680), (1440, 900), (2560, 1300)])
@pytest.mark.parametrize("text_size", [100, 200])
def test_every_control_has_a_name_at_any_size(qtbot: QtBot, gui: Gui, size: tuple[int, int], text_size: int) -> None:
    gui.context.theme.set_text_size(text_size)
    gui.window.resize(*size)
    for tab in ("codebook", "answers", "problems"):
        page = open_data(qtbot, gui, tab)
        if page.codebook is not None:
            page.codebook.open_editor()
        for widget in page.findChildren(QLineEdit):
            assert widget.accessibleName()
        if page.codebook is not None:
            for field in page.codebook.editor.findChildren(QLineEdit):
                assert field.accessibleName()
            page.codebook.close_editor()
    gui.context.theme.set_text_size(100)
