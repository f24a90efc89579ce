"""Files as a whole in the import preview: several exports, a wave that is there, codebooks, tables of an archive."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from import_steps import press, preview, settle
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from services_example import CENSUS, PEOPLE, fill

from surveyapp.gui.app import Gui
from surveyapp.gui.pages.data.codebook_use_page import CodebookUsePage
from surveyapp.gui.pages.data.file_words import CODEBOOK, CONTINUES, SEVERAL
from surveyapp.gui.pages.data.fix_button import FixButton
from surveyapp.gui.pages.data.import_page import ImportPage
from surveyapp.gui.pages.data.preview_view import PreviewView
from surveyapp.gui.pages.data.table_panel import TablePanel
from surveyapp.gui.widgets.message_panel import MessagePanel
from surveyapp.gui.widgets.text_diff import TextDiff
from surveyapp.gui.workspace_opener import file_kinds
from surveyapp.services.codebook.mapping import write_mapping
from surveyapp.services.intake.arrival import Together
from surveyapp.services.session import Session

CONTROL = Qt.KeyboardModifier.ControlModifier
LIMESURVEY = Path(__file__).parents[1] / "fixtures" / "forms" / "limesurvey"


@pytest.fixture
def session(empty: Session) -> Session:
    return empty


def _lines() -> list[str]:
    """The census line by line; its cells hold no line breaks."""
    return CENSUS.read_text(encoding="utf-8").splitlines()


def _write(path: Path, lines: list[str]) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _open(qtbot: QtBot, gui: Gui, *paths: Path) -> tuple[ImportPage, PreviewView]:
    gui.shell.import_files(paths)
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, ImportPage)
    assert page.view is not None
    return page, page.view


def _kinds(view: PreviewView) -> list[str]:
    return [item.problem.kind for item in view.problems.items if item.asked]


def test_two_exports_are_one_wave_or_only_the_first(qtbot: QtBot, gui: Gui, session: Session, tmp_path: Path) -> None:
    lines = _lines()
    one = _write(tmp_path / "a.csv", lines[:31])
    other = _write(tmp_path / "b.csv", [lines[0], *lines[31:]])
    page, view = _open(qtbot, gui, other, one)
    assert page.file_title == "a.csv + b.csv"
    assert _kinds(view) == [SEVERAL]
    asked = view.problems.current
    assert asked is view.problems.items[0]
    assert asked.problem.title == "Two exports of the same survey? 14 of 14 columns match."
    assert isinstance(QApplication.focusWidget(), FixButton)
    press(Qt.Key.Key_3)
    settle(qtbot, gui)
    first = page.view
    assert first is not None
    assert first.questions.arrival.together is Together.FIRST
    n = len(first.preview.plan.table)
    assert page.import_button.text() == f"Import {n} people"
    assert first.problems.items[0].settled == f"Only a.csv is read: {n} people"
    press(Qt.Key.Key_Z, CONTROL)
    settle(qtbot, gui)
    assert page.import_button.text() == f"Import {PEOPLE} people"
    page.store()
    settle(qtbot, gui)
    assert [wave.n_responses for wave in session.waves()] == [PEOPLE]


def test_a_longer_export_goes_into_its_wave_and_comes_out_again(
    qtbot: QtBot, gui: Gui, session: Session, tmp_path: Path
) -> None:
    lines = _lines()
    gui.shell.import_file(_write(tmp_path / "may.csv", lines[:51]))
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, ImportPage)
    page.store()
    settle(qtbot, gui)
    wave = session.waves()[0]
    page, view = _open(qtbot, gui, _write(tmp_path / "june.csv", lines))
    assert _kinds(view) == [CONTINUES]
    assert view.problems.current is view.problems.items[0]
    assert f"Add to {wave.title}, or a new wave?" == view.problems.items[0].problem.title
    new = f"{PEOPLE - wave.n_responses} new people"
    assert new in view.problems.items[0].problem.detail
    press(Qt.Key.Key_Return, CONTROL)
    settle(qtbot, gui)
    assert "Say first" in gui.window.toast.text
    press(Qt.Key.Key_1)
    settle(qtbot, gui)
    assert page.import_button.text() == f"Add {new.replace('new ', '')} to {wave.title}"
    assert not page.name.isVisible()
    assert new in [item.problem.title for item in view.problems.items]
    press(Qt.Key.Key_Return, CONTROL)
    settle(qtbot, gui)
    assert gui.shell.current == "data"
    assert session.wave(wave.id).n_responses == PEOPLE
    assert new in gui.window.toast.text
    assert gui.window.toast.take_back()
    settle(qtbot, gui)
    assert session.wave(wave.id).n_responses == wave.n_responses


def test_the_answer_is_taken_back_and_a_new_wave_made(qtbot: QtBot, gui: Gui, session: Session) -> None:
    fill(session)
    page, view = preview(qtbot, gui)
    assert view.problems.items[0].problem.title == "Census 2026 holds all of this already"
    fixes = view.problems.items[0].problem.fixes
    assert [fix.label for fix in fixes] == ["Do not import it", "A new wave", "Add all as new people"]
    press(Qt.Key.Key_2)
    settle(qtbot, gui)
    assert view.problems.items[0].settled
    view.problems.undone.emit(view.problems.items[0])
    settle(qtbot, gui)
    assert not view.problems.items[0].settled
    view.problems.fixed.emit(view.problems.items[0], 1)
    page.name.setText("again")
    page.store()
    settle(qtbot, gui)
    assert [wave.name for wave in session.waves()] == ["2026", "again"]


def test_a_file_that_is_there_already_is_not_imported_again(qtbot: QtBot, gui: Gui, session: Session) -> None:
    fill(session)
    preview(qtbot, gui)
    press(Qt.Key.Key_1)
    settle(qtbot, gui)
    assert gui.shell.current != "import"
    assert [wave.name for wave in session.waves()] == ["2026"]


def test_columns_of_a_file_that_is_added_are_left_to_the_wave(
    qtbot: QtBot, gui: Gui, session: Session, tmp_path: Path
) -> None:
    lines = _lines()
    fill(session)
    _page, view = _open(qtbot, gui, _write(tmp_path / "more.csv", [*lines[:51], *lines[1:3]]))
    view.problems.fixed.emit(view.problems.items[0], 0)
    settle(qtbot, gui)
    if view.questions.adds is None:  # proposed as another wave: say that it is the same
        number = next(n for n, fix in enumerate(view.problems.items[0].problem.fixes) if fix.action == "update")
        view.questions.take_back(view.problems.items[0])
        view.problems.fixed.emit(view.problems.items[0], number)
        settle(qtbot, gui)
    steps = len(view.preview.steps)
    view.columns.choose(2)
    view.toggle_left_out()
    settle(qtbot, gui)
    assert len(view.preview.steps) == steps
    assert "The codebook of Census 2026 holds here" in gui.window.toast.text
    assert view.take_back()
    settle(qtbot, gui)
    assert view.questions.adds is None


@pytest.mark.usefixtures("session")
def test_a_codebook_beside_is_used_by_one_key_and_taken_back(qtbot: QtBot, gui: Gui, tmp_path: Path) -> None:
    for name in ("code_full.csv", "structure.lss"):
        shutil.copy(LIMESURVEY / name, tmp_path / name)
    _page, view = _open(qtbot, gui, tmp_path / "code_full.csv")
    assert _kinds(view) == [CODEBOOK]
    assert view.problems.items[0].problem.title == "structure.lss lies beside it. Use it?"
    press(Qt.Key.Key_1)
    settle(qtbot, gui)
    assert view.preview.plan.matched
    assert view.problems.items[0].settled == "Codebook structure.lss used"
    press(Qt.Key.Key_Z, CONTROL)
    settle(qtbot, gui)
    assert not view.preview.plan.matched
    assert not view.problems.items[0].settled


@pytest.mark.usefixtures("session")
def test_a_codebook_dropped_with_the_answers_is_used(qtbot: QtBot, gui: Gui) -> None:
    page, view = _open(qtbot, gui, LIMESURVEY / "structure.lss", LIMESURVEY / "code_full.csv")
    assert page.file_title == "code_full.csv"
    assert view.preview.plan.matched
    assert view.problems.items[0].settled == "Codebook structure.lss used"


@pytest.mark.usefixtures("session")
def test_a_codebook_dropped_on_a_preview_is_for_it(qtbot: QtBot, gui: Gui, tmp_path: Path) -> None:
    answers = Path(shutil.copy(LIMESURVEY / "code_full.csv", tmp_path / "answers.csv"))
    _page, view = _open(qtbot, gui, answers)
    assert not view.preview.plan.matched
    gui.shell.import_files((LIMESURVEY / "structure.lss",))
    settle(qtbot, gui)
    assert view.preview.plan.matched


@pytest.mark.usefixtures("session")
def test_a_codebook_alone_is_told(qtbot: QtBot, gui: Gui) -> None:
    gui.shell.import_files((LIMESURVEY / "structure.lss",))
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, ImportPage)
    panel = page.findChild(MessagePanel)
    assert panel is not None
    assert "is a codebook" in panel.accessibleName()
    assert [button.text() for button in panel.buttons] == ["Open another file", "Back"]


def test_a_codebook_that_was_edited_is_given_back_by_opening_it(
    qtbot: QtBot, gui: Gui, session: Session, tmp_path: Path
) -> None:
    wave = session.wave(fill(session))
    path = tmp_path / "edited.xlsx"
    write_mapping(session, wave.id, path)
    gui.shell.import_files((path,))
    settle(qtbot, gui)
    reading = gui.shell.page
    assert isinstance(reading, ImportPage)
    panel = reading.findChild(MessagePanel)
    assert panel is not None
    n = len(session.codebook(wave.id).questions)
    assert panel.buttons[0].text() == f"Use it for {wave.title}: {n} of {n} questions"
    panel.buttons[0].click()
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, CodebookUsePage)
    assert page.view is not None
    assert page.view.n_taken == 0  # nothing was changed in it


@pytest.mark.usefixtures("session")
def test_tables_of_an_archive_are_chosen_in_place(qtbot: QtBot, gui: Gui, tmp_path: Path) -> None:
    archive = tmp_path / "both.zip"
    with zipfile.ZipFile(archive, "w") as target:
        target.writestr("people.csv", "Age,Pet,Town\n30,cat,Mill\n31,dog,Quay\n")
        target.writestr("rooms.csv", "Room,Windows,Heating\nhall,2,gas\nloft,1,wood\n")
    gui.shell.import_files((archive,))
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, ImportPage)
    panel = page.findChild(TablePanel)
    assert panel is not None
    assert [button.text() for button in panel.buttons] == ["people.csv", "rooms.csv", "All of them, one under another"]
    assert QApplication.focusWidget() is panel.buttons[0]
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert page.sheet_button.text() == "people.csv"
    assert page.import_button.text() == "Import 2 people"
    page._read_sheets(("people.csv", "rooms.csv"))
    settle(qtbot, gui)
    assert page.sheet_button.text() == "All tables"
    assert page.import_button.text() == "Import 4 people"


@pytest.mark.usefixtures("session")
def test_two_wordings_stand_under_each_other(qtbot: QtBot, gui: Gui, tmp_path: Path) -> None:
    head = "Response ID,What do you think of the {} bridge in town?\n"
    one, other = tmp_path / "a.csv", tmp_path / "b.csv"
    one.write_text(head.format("new") + "1,fine\n2,good\n", encoding="utf-8")
    other.write_text(head.format("old") + "11,bad\n12,dull\n", encoding="utf-8")
    _page, view = _open(qtbot, gui, one, other)
    item = next(item for item in view.problems.items if item.problem.kind == "similar_columns")
    view.problems.show_problem(item.problem)
    diff = view.problems.findChild(TextDiff)
    assert diff is not None
    assert diff.accessibleDescription() == "new / old"
    press(Qt.Key.Key_1)
    settle(qtbot, gui)
    assert len(view.preview.plan.table.columns) == 2


def test_a_comparison_that_cannot_be_made_stands_in_no_ones_way(
    qtbot: QtBot, gui: Gui, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    from surveyapp.domain.errors import UserError

    fill(session)

    def fail(*_arguments: object, **_named: object) -> None:
        raise UserError("The key is not on this computer.", "Bring it.")

    monkeypatch.setattr("surveyapp.services.intake.adding.plan_addition_of", fail)
    page, view = preview(qtbot, gui)
    assert view.problems.items[0].problem.title == "Not compared with Census 2026"
    assert "The key is not on this computer" in view.problems.items[0].problem.detail
    page.name.setText("next")
    page.store()
    settle(qtbot, gui)
    assert len(session.waves()) == 2


def test_the_file_dialog_lists_every_format() -> None:
    kinds = file_kinds()
    for suffix in ("csv", "tsv", "txt", "xlsx", "xls", "ods", "sav", "zsav", "dta", "zip", "lss", "json", "survey"):
        assert f"*.{suffix}" in kinds[0], suffix
    assert kinds[-1] == "All files (*)"


def test_next_years_census_is_a_new_wave_without_asking(qtbot: QtBot, gui: Gui, session: Session) -> None:
    from surveyapp.services.sample import sample_file

    page, _view = preview(qtbot, gui, sample_file("2024"))
    page.store()
    settle(qtbot, gui)
    page, view = preview(qtbot, gui, sample_file("2026"))
    asked = view.problems.items[0]
    assert asked.problem.kind == CONTINUES
    assert [fix.label for fix in asked.problem.fixes] == ["A new wave", "Add all as new people"]
    assert view.problems.current is not asked
    page.store()
    settle(qtbot, gui)
    assert [wave.name for wave in session.waves()] == ["2024", "2026"]
