"""The import preview, by keyboard: fix, edit, take back, store; and every way in which nothing is stored."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from import_steps import place_of, press, preview, settle
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QToolButton
from pytestqt.qtbot import QtBot
from services_example import AGE, CENSUS, PEOPLE, fill, new_session

from surveyapp.base.clock import Clock
from surveyapp.base.paths import documents_dir
from surveyapp.domain.errors import Cancelled, UserError
from surveyapp.domain.question import Kind, Role
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.data.encoding_panel import EncodingPanel
from surveyapp.gui.pages.data.fix_button import FixButton
from surveyapp.gui.pages.data.import_page import ImportPage
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.message_panel import MessagePanel
from surveyapp.services.sample import sample_file
from surveyapp.services.session import Session

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def session(empty: Session) -> Session:
    return empty


@pytest.mark.usefixtures("session")
def test_the_preview_shows_every_column_and_opens_the_first_problem(qtbot: QtBot, gui: Gui) -> None:
    page, view = preview(qtbot, gui)
    assert len(view.columns.rows) == 14
    assert all(row.profile is not None for row in view.columns.rows)
    assert page.import_button.text() == f"Import {PEOPLE} people"
    assert page.name.text() == "2026"
    assert isinstance(QApplication.focusWidget(), FixButton)
    assert view.problems.current is view.problems.items[0]


def test_fix_by_number_and_take_it_back(qtbot: QtBot, gui: Gui, session: Session) -> None:
    _page, view = preview(qtbot, gui)
    before = [item.key for item in view.problems.items]
    press(Qt.Key.Key_1)
    settle(qtbot, gui)
    assert view.problems.items[0].settled
    assert view.problems.current is view.problems.items[1]
    assert len(view.preview.steps) == 1
    press(Qt.Key.Key_Z, CONTROL)
    settle(qtbot, gui)
    assert not view.preview.steps
    assert [item.key for item in view.problems.items] == before
    assert not any(item.settled for item in view.problems.items)
    assert session.store.changes.list() == ()


@pytest.mark.usefixtures("session")
def test_all_recommended_by_one_key_and_taken_back_one_by_one(qtbot: QtBot, gui: Gui) -> None:
    _page, view = preview(qtbot, gui, sample_file("2026"))
    n = view.problems.n_recommended
    assert n > 1
    assert view.problems.accept_button.isVisible()
    assert str(n) in view.problems.accept_button.text()
    press(Qt.Key.Key_A)
    settle(qtbot, gui)
    assert sum(bool(item.settled) for item in view.problems.items) == n
    assert view.problems.n_recommended == 0
    assert view.problems.accept_button.text() == f"Leave the {view.problems.n_left} as they are"
    focus = QApplication.focusWidget()
    assert focus is not None
    assert view.problems.isAncestorOf(focus)
    press(Qt.Key.Key_Z, CONTROL)
    settle(qtbot, gui)
    press(Qt.Key.Key_Z, CONTROL)
    settle(qtbot, gui)
    assert view.problems.n_recommended == 2
    view.problems.accept_button.click()
    settle(qtbot, gui)
    assert len(view.preview.steps) == n


@pytest.mark.usefixtures("session")
def test_two_fixes_in_a_hurry_are_both_taken_and_the_first_undone_alone(qtbot: QtBot, gui: Gui) -> None:
    _page, view = preview(qtbot, gui)
    first, second = view.problems.items[:2]
    view.problems.fixed.emit(first, 0)
    view.problems.fixed.emit(second, 0)
    settle(qtbot, gui)
    assert len(view.preview.steps) == 2
    undo = next(button for button in view.problems.findChildren(Button, "undoFix"))
    undo.click()
    settle(qtbot, gui)
    assert [step.problem for step in view.preview.steps] == [second.problem]


@pytest.mark.usefixtures("session")
def test_j_and_k_walk_and_enter_opens_the_column(qtbot: QtBot, gui: Gui) -> None:
    _page, view = preview(qtbot, gui)
    press(Qt.Key.Key_J)
    assert view.problems.current is view.problems.items[1]
    press(Qt.Key.Key_K)
    assert view.problems.current is view.problems.items[0]
    item = next(n for n, item in enumerate(view.problems.items) if item.problem.column)
    for _step in range(item):
        press(Qt.Key.Key_J)
    press(Qt.Key.Key_Return)
    assert view.editing
    assert view.editor.questions[0].column == view.problems.items[item].problem.column
    press(Qt.Key.Key_Escape)
    assert not view.editing
    assert gui.shell.current == "import"


@pytest.mark.usefixtures("session")
def test_the_kind_by_its_menu_and_ctrl_z(qtbot: QtBot, gui: Gui) -> None:
    _page, view = preview(qtbot, gui)
    view.columns.choose(place_of(view, AGE))
    view.columns.focus_table()
    press(Qt.Key.Key_Y)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.text() == "Text").trigger()
    menu.close()
    settle(qtbot, gui)
    question = view.preview.plan.mapping.questions[place_of(view, AGE)]
    assert question.kind is Kind.TEXT
    assert view.columns.rows[place_of(view, AGE)].changed
    assert view.columns.rows[place_of(view, AGE)].profile is not None
    gui.context.actions.trigger("edit.undo")  # offscreen, nothing has the focus after a menu
    settle(qtbot, gui)
    assert view.preview.plan.mapping.questions[place_of(view, AGE)].kind is Kind.NUMBER


@pytest.mark.usefixtures("session")
def test_several_columns_get_a_section_together(qtbot: QtBot, gui: Gui) -> None:
    _page, view = preview(qtbot, gui)
    view.columns.choose(1)
    view.columns.focus_table()
    press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(Qt.Key.Key_S)
    field = view.editor.findChild(QLineEdit, "section")
    assert field is not None
    assert QApplication.focusWidget() is field
    field.selectAll()
    QTest.keyClicks(field, "About you")
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    sections = [question.section for question in view.preview.plan.mapping.questions]
    assert sections[1:4] == ["About you"] * 3
    assert "About you" not in (sections[0], sections[4])
    assert len(view.preview.steps) == 1


@pytest.mark.usefixtures("session")
def test_a_pair_gets_its_key_in_the_editor(qtbot: QtBot, gui: Gui) -> None:
    _page, view = preview(qtbot, gui)
    questions = view.preview.plan.mapping.questions
    place = next(n for n, q in enumerate(questions) if q.role is Role.ESTIMATE)
    view.columns.choose(place)
    view.open_editor()
    field = view.editor.findChild(QLineEdit, "keyValue")
    assert field is not None
    field.setText("84")
    field.editingFinished.emit()
    settle(qtbot, gui)
    field = view.editor.findChild(QLineEdit, "tolerance")
    assert field is not None
    field.setText("5")
    field.editingFinished.emit()
    settle(qtbot, gui)
    key = view.preview.plan.mapping.questions[place].key
    assert key is not None
    assert (key.value, key.tolerance) == (84.0, 0.05)
    profile = view.columns.rows[place].profile
    assert profile is not None
    assert "key 84" in profile.role


def test_ctrl_enter_imports_and_the_toast_takes_it_back(qtbot: QtBot, gui: Gui, session: Session) -> None:
    page, _view = preview(qtbot, gui)
    page.name.setText("2026")
    press(Qt.Key.Key_Return, CONTROL)
    settle(qtbot, gui)
    assert [wave.name for wave in session.waves()] == ["2026"]
    assert gui.shell.current == "data"
    assert gui.window.toast.text == f"{PEOPLE} people imported."
    assert gui.window.toast.take_back()
    settle(qtbot, gui)
    assert session.waves() == []


def test_decisions_reach_the_wave_and_open_problems_stay(qtbot: QtBot, gui: Gui, session: Session) -> None:
    page, view = preview(qtbot, gui)
    view.columns.choose(place_of(view, AGE))
    view.toggle_left_out()
    settle(qtbot, gui)
    waiting = [item.problem for item in view.problems.items]
    page.store()
    settle(qtbot, gui)
    wave = session.waves()[0]
    assert session.find_question(wave.id, AGE).left_out
    assert [item.problem for item in session.store.problems.list(wave.id)] == waiting


def test_a_taken_name_is_said_before_anything_is_stored(qtbot: QtBot, gui: Gui, session: Session) -> None:
    fill(session)
    page, view = preview(qtbot, gui)
    page.name.setText("2026")
    page.store()
    settle(qtbot, gui)
    assert "There is a wave 2026 already" in gui.window.toast.text
    assert page.view is view
    assert len(session.waves()) == 1


def test_the_earlier_codebook_is_offered_and_used(qtbot: QtBot, gui: Gui, session: Session) -> None:
    fill(session)
    page, view = preview(qtbot, gui)
    assert page.codebook_button.isVisible()
    assert page.codebook_button.text() == "Use the 2026 codebook"
    page.codebook_button.click()
    settle(qtbot, gui)
    assert len(view.preview.plan.matched) == 14
    assert not page.codebook_button.isVisible()


def test_a_file_that_is_no_table_gets_a_sentence(qtbot: QtBot, gui: Gui, session: Session, tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    path.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3 stream\x00\x01\x02")
    gui.shell.import_file(path)
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, ImportPage)
    panel = page.findChild(MessagePanel)
    assert panel is not None
    assert "PDF" in panel.accessibleName()
    assert page.view is None
    assert session.waves() == []
    panel.buttons[-1].click()
    assert gui.shell.current == "data"


@pytest.mark.usefixtures("session")
def test_the_letters_are_asked_about_and_one_reading_is_picked(qtbot: QtBot, gui: Gui, tmp_path: Path) -> None:
    from surveyapp.importers.table import EncodingCandidate, EncodingChoice

    path = tmp_path / "letters.csv"
    path.write_bytes("name,age\nZo\u00eb,30\nRen\u00e9,31\n".encode("cp1252"))
    gui.shell.open_page("import")
    page = gui.shell.page
    assert isinstance(page, ImportPage)
    page._paths = (path,)
    candidates = tuple(
        EncodingCandidate(encoding=name, title=name, sample=(sample,))
        for name, sample in (("cp1252", "Zo\u00eb"), ("mac_roman", "Zo\u00cb"), ("cp1251", "Zo\u043b"))
    )
    page._on_read_failed(EncodingChoice("Which letters are right?", "Pick one.", candidates))
    panel = page.findChild(EncodingPanel)
    assert panel is not None
    assert len(panel.buttons) == 3
    panel.buttons[0].click()
    settle(qtbot, gui)
    assert page.view is not None
    assert "Zo\u00eb" in page.view.preview.plan.table.columns[0].texts


@pytest.mark.usefixtures("session")
def test_several_sheets_are_a_menu(qtbot: QtBot, gui: Gui) -> None:
    page, view = preview(qtbot, gui, CENSUS.with_name("google_forms.xlsx"))
    sheets = view.preview.plan.table.sheets
    assert page.sheet_button.isVisible() == (len(sheets) > 1)
    if len(sheets) > 1:
        assert page.sheet_button.text() == view.preview.plan.table.sheet


def test_cancel_leaves_the_workspace_and_offers_the_way_back(qtbot: QtBot, gui: Gui, session: Session) -> None:
    page, view = preview(qtbot, gui)
    press(Qt.Key.Key_Escape)
    settle(qtbot, gui)
    assert gui.shell.current == "data"
    assert "Nothing was stored" in gui.window.toast.text
    assert session.waves() == []
    assert gui.window.toast.take_back()
    assert gui.shell.current == "import"
    assert page.view is view


def test_cancelled_reading_stores_nothing(qtbot: QtBot, gui: Gui, session: Session) -> None:
    gui.shell.import_file(CENSUS)
    page = gui.shell.page
    assert isinstance(page, ImportPage)
    page.leave()
    settle(qtbot, gui)
    assert session.waves() == []
    assert page.view is None or gui.shell.current == "import"


def test_without_a_workspace_one_is_made_when_the_file_is_imported(qtbot: QtBot, gui: Gui) -> None:
    page, _view = preview(qtbot, gui)
    assert not documents_dir().exists() or not list(documents_dir().glob("*.survey"))
    page.store()
    settle(qtbot, gui)
    made = gui.context.session
    assert made is not None
    assert made.path == documents_dir() / "google_forms.survey"
    assert [wave.n_responses for wave in made.waves()] == [PEOPLE]


@pytest.mark.usefixtures("session")
def test_the_header_grows_with_the_text(qtbot: QtBot, gui: Gui) -> None:
    page, _view = preview(qtbot, gui)
    before = page.name.height()
    crumb = page.header.findChild(QToolButton, "crumb")
    assert crumb is not None
    small = crumb.font().pointSizeF()
    page.theme.set_text_size(200)
    assert page.name.height() == 2 * before
    assert crumb.font().pointSizeF() == pytest.approx(2 * small)


@pytest.mark.usefixtures("session")
def test_find_narrows_the_columns(qtbot: QtBot, gui: Gui) -> None:
    _page, view = preview(qtbot, gui)
    press(Qt.Key.Key_Slash)
    assert QApplication.focusWidget() is view.columns.finder
    QTest.keyClicks(view.columns.finder, "trust")
    assert view.columns.table.frame.rowCount() == 3
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is view.columns.table


@pytest.mark.parametrize("fault", [Cancelled(), UserError("The disk is full.", "Free 12 MB.")])
def test_a_workspace_made_for_a_failed_import_is_gone_again(
    qtbot: QtBot, gui: Gui, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    page, view = preview(qtbot, gui)

    def fail(*_arguments: object, **_named: object) -> None:
        raise fault

    monkeypatch.setattr("surveyapp.services.intake.importing.run_import", fail)
    page.store()
    settle(qtbot, gui)
    assert gui.context.session is None
    assert list(documents_dir().rglob("*.survey*")) == []
    assert page.view is view
    assert page.import_button.isEnabled()
    if isinstance(fault, UserError):
        panel = gui.window.stack.currentWidget()
        assert isinstance(panel, MessagePanel)
        panel.buttons[0].click()
    else:
        assert gui.window.toast.text == "Cancelled. Nothing was stored."
    assert gui.shell.page is page


@pytest.mark.usefixtures("session")
def test_columns_of_one_problem_are_opened_together(qtbot: QtBot, gui: Gui) -> None:
    _page, view = preview(qtbot, gui)
    view.columns.choose_all([1, 3, 5])
    view.open_editor()
    assert [question.position for question in view.editor.questions] == [1, 3, 5]
    view.change(lambda question: replace(question, sensitive=True))
    settle(qtbot, gui)
    assert [view.preview.plan.mapping.questions[n].sensitive for n in (1, 3, 5)] == [True] * 3


def test_another_workspace_has_no_codebook_of_the_first(
    qtbot: QtBot, gui: Gui, session: Session, tmp_path: Path, clock: Clock
) -> None:
    fill(session)
    page, view = preview(qtbot, gui)
    assert page.codebook_button.isVisible()
    gui.context.set_session(new_session(tmp_path / "Other.survey", clock))
    session.close()
    settle(qtbot, gui)
    assert page.view is view
    assert not page.codebook_button.isVisible()
    page.store()
    settle(qtbot, gui)
    assert gui.context.session is not None
    assert [wave.n_responses for wave in gui.context.session.waves()] == [PEOPLE]
