"""The recipe of a wave in the window: read, searched, copied, written, checked, and single steps taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from page_steps import open_tab, press, settle
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot
from services_example import AGE, GENDER

from surveyapp.domain.question import MissingCode
from surveyapp.gui.app import Gui
from surveyapp.gui.dialogs.export_dialog import ExportDialog
from surveyapp.gui.pages.data.page import DataPage
from surveyapp.gui.pages.data.rebuild_card import RebuildCard
from surveyapp.gui.pages.data.recipe_list import RecipeList
from surveyapp.gui.pages.data.recipe_model import RecipeLine
from surveyapp.gui.pages.data.recipe_tab import RecipeTab
from surveyapp.gui.pages.data.wave_export import write_plain
from surveyapp.gui.theme import Theme
from surveyapp.services.cell.correction import edit_cell
from surveyapp.services.codebook.stored import update_questions
from surveyapp.services.intake.rebuild import Difference, Rebuilt, What
from surveyapp.services.recipe.build import recipe_text
from surveyapp.services.session import Session

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def session(session: Session) -> Session:
    """With two changes in its recipe."""
    update_questions(session, 1, [replace(session.find_question(1, AGE), low=30.0, high=40.0)])
    update_questions(session, 1, [replace(session.find_question(1, GENDER), section="Us")])
    return session


@pytest.fixture
def tab(gui: Gui, session: Session, qtbot: QtBot) -> RecipeTab:
    assert session.waves()
    shown = open_tab(qtbot, gui, "data", "recipe", RecipeTab)
    shown.focus()
    return shown


def choose(tab: RecipeTab, words: str) -> RecipeLine:
    for row, line in enumerate(tab.list.recipe.lines):
        if line.step is not None and words in line.step.sentence:
            tab.list.setCurrentIndex(tab.list.recipe.index(row))
            return line
    raise AssertionError(words)


def test_the_page_says_what_the_text_says(tab: RecipeTab, session: Session) -> None:
    text = recipe_text(session, 1)
    for line in tab.list.recipe.lines:
        assert (line.part if line.step is None else line.step.sentence) in text.replace("\\", "")  # nothing is markup
    assert text.count("\n- ") == sum(line.step is not None for line in tab.list.recipe.lines)


def test_alt_6_opens_it(tab: RecipeTab, gui: Gui, qtbot: QtBot) -> None:
    page = gui.shell.page
    assert isinstance(page, DataPage)
    gui.shell.open_page("data", "codebook")
    settle(qtbot, gui)
    press(Qt.Key.Key_6, Qt.KeyboardModifier.AltModifier)
    settle(qtbot, gui)
    assert page.shown is tab


def test_keys_walk_over_titles(tab: RecipeTab) -> None:
    assert tab.list.current is not None
    seen = {tab.list.currentIndex().row()}
    for _step in range(40):
        press(Qt.Key.Key_J)
        assert tab.list.current is not None
        seen.add(tab.list.currentIndex().row())
    assert seen == {n for n, line in enumerate(tab.list.recipe.lines) if line.step is not None}
    press(Qt.Key.Key_K)
    assert tab.list.currentIndex().row() < max(seen)


def test_enter_opens_the_column(tab: RecipeTab, session: Session, gui: Gui, qtbot: QtBot) -> None:
    line = choose(tab, "out of range")
    assert line.name == session.find_question(1, AGE).title
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, DataPage)
    assert page.codebook is not None
    assert [question.column for question in page.codebook.selected_questions()] == [AGE]


def test_the_names_and_undo_are_found_under_the_mouse(tab: RecipeTab, session: Session, gui: Gui, qtbot: QtBot) -> None:
    line = choose(tab, "Bounds of")
    delegate, index = tab.list.step_delegate, tab.list.currentIndex()
    row = QRectF(tab.list.visualRect(index))
    links = [delegate.link_at(line, row, QPointF(row.left() + x, row.top() + 14)) for x in range(0, 400, 4)]
    names = {link.name for link in links if link is not None}
    assert names == {session.find_question(1, AGE).title}
    assert links[0] is None
    assert any(delegate.on_undo(line, row, QPointF(x, row.top() + 12)) for x in range(0, tab.list.width(), 4))
    place = next(n for n, link in enumerate(links) if link is not None)
    at = QPoint(round(row.left()) + 4 * place + 6, round(row.top()) + 14)
    QTest.mouseClick(tab.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, DataPage)
    assert page.codebook is not None


def test_search_narrows_and_copy_takes_what_is_shown(tab: RecipeTab, gui: Gui) -> None:
    press(Qt.Key.Key_Slash)
    QTest.keyClicks(tab.finder, "out of range")
    assert [line.step is None for line in tab.list.recipe.lines] == [True, False]
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_C, CONTROL)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("# How Census 2026 was cleaned\n\n## Numbers\n\n- ")
    assert copied.count("\n- ") == 1
    assert gui.window.toast.text == "1 step copied as Markdown."
    tab.finder.setText("nothing has these words")
    assert tab.list.current is None
    assert "No step fits." in [label.text() for label in tab.findChildren(QLabel) if label.isVisible()]


def test_u_takes_a_decision_back(tab: RecipeTab, session: Session, gui: Gui, qtbot: QtBot) -> None:
    choose(tab, "moved to section Us")
    press(Qt.Key.Key_U)
    settle(qtbot, gui)
    assert session.find_question(1, GENDER).section != "Us"
    assert session.find_question(1, AGE).low == 30.0
    assert not any(line.step and "section Us" in line.step.sentence for line in tab.list.recipe.lines)
    choose(tab, "out of range")
    press(Qt.Key.Key_U)
    assert "no change of its own" in gui.window.toast.text


def test_what_rests_on_it_is_asked_for(tab: RecipeTab, session: Session, gui: Gui, qtbot: QtBot) -> None:
    age = session.find_question(1, AGE)
    update_questions(session, 1, [replace(age, missing_codes=(MissingCode(text="35"),))])
    settle(qtbot, gui)
    choose(tab, "Bounds of")
    press(Qt.Key.Key_U)
    settle(qtbot, gui)
    dialog = next(dialog for dialog in gui.window.findChildren(QDialog) if dialog.objectName() == "undoDialog")
    assert session.find_question(1, AGE).low == 30.0
    dialog.accept()
    settle(qtbot, gui)
    assert session.find_question(1, AGE).low != 30.0
    assert not session.find_question(1, AGE).missing_codes


def test_the_wave_is_rebuilt_and_compared(tab: RecipeTab, session: Session, gui: Gui, qtbot: QtBot) -> None:
    row = session.store.answers.rows(1)[0]
    edit_cell(session, 1, row, session.find_question(1, AGE), "33", "typo")
    settle(qtbot, gui)
    tab.focus()
    press(Qt.Key.Key_C)
    settle(qtbot, gui)
    assert tab.result.isVisible()
    assert any("identical" in label.text() for label in tab.result.findChildren(QLabel))
    update_questions(session, 1, [replace(session.find_question(1, AGE), unit="years")])
    settle(qtbot, gui)
    assert not tab.result.isVisible(), "the check was of another state"


def test_differences_are_listed(qtbot: QtBot, theme: Theme, session: Session) -> None:
    card = RebuildCard(theme, None)  # type: ignore[arg-type]
    qtbot.addWidget(card)
    several = tuple(Difference(what=What.CELLS, column=f"Q{n}", count=2, rows=(2, 3)) for n in range(9))
    card.show_result(Rebuilt(wave=session.wave(1), n_rows=60, n_columns=14, differences=several))
    words = [label.text() for label in card.findChildren(QLabel)]
    assert any("9 differences" in text for text in words)
    assert "“Q0”: 2 cells (rows 2, 3)" in words
    assert "and 3 more" in words


@pytest.mark.parametrize(
    ("line", "what", "suffix"),
    [
        ("codebook.xlsx", "codebook", ".xlsx"),
        ("codebook.csv", "codebook", ".csv"),
        ("mapping.json", "decisions", ".json"),
        ("recipe.md", "recipe", ".md"),
    ],
)
def test_files_go_out(
    tab: RecipeTab, session: Session, gui: Gui, qtbot: QtBot, tmp_path: Path, line: str, what: str, suffix: str
) -> None:
    dialog = ExportDialog(gui.context.theme, "Export", gui.window)
    dialog.pick(line)
    choice = dialog.choice
    dialog.deleteLater()
    assert (choice.form, choice.what, choice.suffix) == (None, what, suffix)
    path = tmp_path / f"out{suffix}"
    page = gui.shell.page
    assert isinstance(page, DataPage)
    write_plain(page, session, tab._wave_id, what, path)
    settle(qtbot, gui)
    assert path.stat().st_size > 500
    assert gui.window.toast.text.startswith(f"out{suffix} written, ")
    if what == "recipe":
        assert path.read_text(encoding="utf-8") == recipe_text(session, 1)


def test_a_click_outside_does_nothing(tab: RecipeTab, session: Session) -> None:
    before = session.codebook(1)
    empty = RecipeList(tab._page.theme, tab)
    QTest.mouseClick(empty.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert empty.current is None
    assert session.codebook(1) == before
    empty.deleteLater()
