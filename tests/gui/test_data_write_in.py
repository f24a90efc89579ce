"""The tab Write-ins: texts coded by typing, suggestions taken, each step undone; by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from page_steps import open_tab, press, settle, shown_tab
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot
from services_example import new_session
from write_in_example import entries, fill, rows, write_file

from surveyapp.base.clock import Clock
from surveyapp.domain.question import Kind, Question
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.data.codebook_tab import CodebookTab
from surveyapp.gui.pages.data.page import DataPage
from surveyapp.gui.pages.data.write_in.tab import WriteInTab
from surveyapp.gui.pages.data.write_in.text_pane import TextPane
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.empty_state import EmptyState
from surveyapp.gui.widgets.pick_popup import PickPopup
from surveyapp.services.codebook.stored import update_questions
from surveyapp.services.intake.importing import plan_import, run_import
from surveyapp.services.session import Session
from surveyapp.services.tidy.item import Stand, TidyText, TidyView
from surveyapp.services.tidy.reading import load_tidy

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def session(gui: Gui, tmp_path: Path, clock: Clock) -> Iterator[Session]:
    made = new_session(tmp_path / "Invented.survey", clock)
    fill(made, tmp_path)
    gui.context.set_session(made)
    yield made


def open_write_ins(qtbot: QtBot, gui: Gui, title: str = "") -> WriteInTab:
    tab = open_tab(qtbot, gui, "data", "write_ins", WriteInTab)
    if title:
        key = next(one.key for one in tab.questions if one.question.title == title)
        tab.list.choose(key)
        tab.open_texts(*key)
        settle(qtbot, gui)
    tab.focus()
    return tab


def popup(tab: WriteInTab) -> PickPopup:
    found = tab.findChild(PickPopup)
    assert found is not None
    return found


def stand(session: Session, text: str) -> TidyText:
    view = load_tidy(session, 1, ("Faith", 0))
    return next(one for one in view.texts if text in one.texts)


def waiting_texts(tab: WriteInTab) -> list[str]:
    assert tab.view is not None
    return [one.text for one in tab.view.texts if one.waiting]


@pytest.mark.usefixtures("session")
def test_the_tab_starts_with_the_first_question_that_has_something(qtbot: QtBot, gui: Gui) -> None:
    gui.shell.open_page("data", "codebook")
    settle(qtbot, gui)
    press(Qt.Key.Key_4, ALT)
    settle(qtbot, gui)
    tab = shown_tab(gui, WriteInTab)
    assert tab.view is not None
    assert tab.view.question.title == "Faith"
    assert tab.pane.tabs.current == "open"
    assert all(button.isEnabled() for button in tab.pane.findChildren(Button) if button.isVisible())
    assert waiting_texts(tab) == ["nothing really", "Jedi", "None of it"]
    assert QApplication.focusWidget() is tab.pane.table
    assert gui.shell.page is not None
    assert gui.shell.page.explanation is not None
    assert gui.shell.page.explanation.title == "nothing really"


def test_two_texts_are_coded_by_typing_and_the_cursor_moves_on(qtbot: QtBot, gui: Gui, session: Session) -> None:
    tab = open_write_ins(qtbot, gui, "Faith")
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Space)
    assert tab.pane.table.n_ticked == 2
    press(Qt.Key.Key_G)
    settle(qtbot, gui)
    QTest.keyClicks(popup(tab).field, "ath")
    QTest.keyClick(popup(tab).field, Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert stand(session, "Jedi").counts_as == "Atheist"
    assert stand(session, "Nothing really").counts_as == "Atheist"
    assert gui.window.toast.text == "3 write-ins coded as Atheist"
    row = tab.pane.current_text()
    assert row is not None
    assert row.text == "None of it"
    assert tab.pane.table.n_ticked == 0
    assert QApplication.focusWidget() is tab.pane.table
    press(Qt.Key.Key_Z, CONTROL)
    settle(qtbot, gui)
    assert stand(session, "Jedi").stand is Stand.OPEN


def test_enter_opens_the_field_and_makes_a_new_answer(qtbot: QtBot, gui: Gui, session: Session) -> None:
    tab = open_write_ins(qtbot, gui, "Faith")
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    titles = [entry.title for entry in popup(tab).entries()]
    assert titles[:3] == ["Theist", "Atheist", "Other"]
    QTest.keyClicks(popup(tab).field, "Nothing in particular")
    assert [entry.title for entry in popup(tab).entries()] == ["New answer “Nothing in particular”"]
    QTest.keyClick(popup(tab).field, Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert stand(session, "nothing really").counts_as == "Nothing in particular"


def test_escape_leaves_the_field_and_unticks(qtbot: QtBot, gui: Gui, session: Session) -> None:
    tab = open_write_ins(qtbot, gui, "Faith")
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_G)
    settle(qtbot, gui)
    QTest.keyClick(popup(tab).field, Qt.Key.Key_Escape)
    assert not popup(tab).isVisible()
    tab.focus()
    press(Qt.Key.Key_Escape)
    assert tab.pane.table.n_ticked == 0
    assert stand(session, "Jedi").stand is Stand.OPEN


def test_a_accepts_and_shift_a_takes_all_sure_ones(qtbot: QtBot, gui: Gui, session: Session, tmp_path: Path) -> None:
    faiths = ["Theist"] * 6 + ["Atheist"] * 9 + ["theist", "ATHEIST", "atheist.", "Jedi", "Theists"]
    path = write_file(tmp_path / "2027.csv", rows(faiths))
    wave = run_import(session, plan_import(path), wave="2027", survey="Census").id
    update_questions(session, wave, entries(session.codebook(wave).questions))
    settle(qtbot, gui)
    gui.shell.open_page("data", "write_ins", wave_id=wave)
    tab = open_write_ins(qtbot, gui, "Faith")
    assert tab.wave_id == wave
    assert tab.view is not None
    sure = {one.text: one.suggestion for one in tab.view.texts if one.sure}
    assert sure == {"ATHEIST": "Atheist", "theist": "Theist"}
    press(Qt.Key.Key_A, SHIFT)
    settle(qtbot, gui)
    assert tab.view is not None
    assert not [one for one in tab.view.texts if one.sure]
    rest = {one.text: one.suggestion for one in tab.view.texts if one.waiting}
    assert rest == {"Jedi": "", "Theists": "Theist"}
    tab.pane.table.choose_text("Theists")
    press(Qt.Key.Key_A)
    settle(qtbot, gui)
    assert waiting_texts(tab) == ["Jedi"]
    press(Qt.Key.Key_A)
    assert gui.window.toast.text == "Nothing is suggested for this text."
    press(Qt.Key.Key_A, SHIFT)
    assert gui.window.toast.text == "No suggestion is sure. A takes one at a time."
    for left in (["Jedi", "Theists"], ["ATHEIST", "Jedi", "Theists", "theist"]):
        press(Qt.Key.Key_Z, CONTROL)
        settle(qtbot, gui)
        assert sorted(waiting_texts(tab)) == left


def test_m_says_why_there_is_no_answer_and_u_takes_it_back(qtbot: QtBot, gui: Gui, session: Session) -> None:
    tab = open_write_ins(qtbot, gui, "Faith")
    tab.pane.table.choose_text("None of it")
    press(Qt.Key.Key_M)
    menu = tab.findChild(QMenu, "missingMenu")
    assert menu is not None
    actions: list[QAction] = menu.actions()
    assert [action.text() for action in actions] == ["Blank", "Did not want to say", "Not shown", "Unreadable"]
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert stand(session, "None of it").stand is Stand.MISSING
    tab.pane.show_segment("done")
    tab.pane.table.choose_text("None of it")
    gui.context.actions.trigger("texts.uncode")  # offscreen, a menu takes the window's activity with it
    settle(qtbot, gui)
    assert stand(session, "None of it").stand is Stand.OPEN


def test_r_renames_the_answer(qtbot: QtBot, gui: Gui, session: Session) -> None:
    tab = open_write_ins(qtbot, gui, "Faith")
    tab.pane.show_segment("all")
    tab.pane.table.choose_text("Atheist")
    press(Qt.Key.Key_R)
    settle(qtbot, gui)
    assert popup(tab).field.text() == "Atheist"
    popup(tab).field.setText("No god")
    QTest.keyClick(popup(tab).field, Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert "No god" in [choice.label for choice in load_tidy(session, 1, ("Faith", 0)).targets]


@pytest.mark.usefixtures("session")
def test_a_taken_name_is_refused_in_words(qtbot: QtBot, gui: Gui) -> None:
    tab = open_write_ins(qtbot, gui, "Faith")
    tab.pane.show_segment("all")
    tab.pane.table.choose_text("Atheist")
    press(Qt.Key.Key_R)
    settle(qtbot, gui)
    popup(tab).field.setText("Theist")
    QTest.keyClick(popup(tab).field, Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert "already" in gui.window.toast.text


@pytest.mark.usefixtures("session")
def test_n_goes_to_the_next_question_with_something_left(qtbot: QtBot, gui: Gui) -> None:
    tab = open_write_ins(qtbot, gui, "Faith")
    press(Qt.Key.Key_J)
    assert tab.pane.table.currentIndex().row() == 1
    press(Qt.Key.Key_N)
    settle(qtbot, gui)
    assert tab.view is not None
    assert tab.view.question.title == "Home"
    assert tab.pane.table.currentIndex().row() <= 0  # another question begins at its top
    press(Qt.Key.Key_N, SHIFT)
    settle(qtbot, gui)
    assert tab.view is not None
    assert tab.view.question.title == "Faith"


def test_quick_steps_do_not_undo_each_other(qtbot: QtBot, gui: Gui, session: Session) -> None:
    tab = open_write_ins(qtbot, gui, "Faith")
    assert tab.view is not None
    found = {one.text: one for one in tab.view.texts}
    for text, label in (("Jedi", "Theist"), ("None of it", "Atheist")):  # the second before the first was read back
        tab.commands.code_as([found[text]], label)
    settle(qtbot, gui)
    assert stand(session, "Jedi").counts_as == "Theist"
    assert stand(session, "None of it").counts_as == "Atheist"


@pytest.mark.usefixtures("session")
def test_segments_and_search_narrow_the_texts(qtbot: QtBot, gui: Gui) -> None:
    tab = open_write_ins(qtbot, gui, "Faith")
    tab.pane.show_segment("all")
    assert tab.pane.table.frame.rowCount() == 5
    tab.pane.finder.setText("jed")
    assert tab.pane.table.frame.rowCount() == 1
    tab.pane.finder.setText("nothing of the kind")
    assert tab.pane.table.frame.rowCount() == 0
    tab.pane.finder.clear()
    tab.pane.show_segment("done")
    assert tab.pane.table.frame.rowCount() == 0


@pytest.mark.usefixtures("session")
def test_letters_belong_to_the_tab_that_is_shown(qtbot: QtBot, gui: Gui) -> None:
    tab = open_write_ins(qtbot, gui, "Faith")
    actions = gui.context.actions
    assert actions.action("texts.rename").shortcut().toString() == "R"
    assert actions.action("data.role").shortcut().isEmpty()
    gui.shell.open_page("data", "codebook")
    settle(qtbot, gui)
    assert actions.action("data.role").shortcut().toString() == "R"
    assert actions.action("texts.rename").shortcut().isEmpty()
    actions.set_letters(False)
    gui.shell.open_page("data", "write_ins")
    settle(qtbot, gui)
    assert actions.action("texts.rename").shortcut().isEmpty()
    assert tab.keys()


@pytest.mark.usefixtures("session")
def test_the_column_editor_leads_to_the_texts(qtbot: QtBot, gui: Gui) -> None:
    gui.shell.open_page("data", "codebook")
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, DataPage)
    codebook = page.shown
    assert isinstance(codebook, CodebookTab)
    codebook.columns.choose(
        next(n for n, row in enumerate(codebook.columns.rows) if row.question.column == "Home [Other]")
    )
    codebook.focus()
    press(Qt.Key.Key_W)
    settle(qtbot, gui)
    tab = page.shown
    assert isinstance(tab, WriteInTab)
    assert tab.view is not None
    assert tab.view.question.column == "Home"


@pytest.mark.usefixtures("session")
def test_every_control_has_a_name(qtbot: QtBot, gui: Gui) -> None:
    tab = open_write_ins(qtbot, gui, "Faith")
    nameless = [
        widget
        for widget in tab.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus and not widget.accessibleName()
    ]
    assert nameless == []
    assert tab.pane.table.accessibleName() == "Texts"


@pytest.mark.usefixtures("session")
def test_a_narrow_window_has_a_chooser_in_place_of_the_list(qtbot: QtBot, gui: Gui) -> None:
    tab = open_write_ins(qtbot, gui, "Faith")
    gui.context.theme.set_text_size(200)
    gui.window.resize(1024, 680)
    settle(qtbot, gui)
    assert not tab.side.isVisible()
    assert tab.pane.chooser.isVisible()
    assert tab.pane.chooser.text() == "Faith"
    tab.pane.chooser.click()
    settle(qtbot, gui)
    assert "Home" in [entry.title for entry in popup(tab).entries()]
    popup(tab).close()


def test_a_census_without_texts_says_so(qtbot: QtBot, gui: Gui, tmp_path: Path, clock: Clock) -> None:
    made = new_session(tmp_path / "Plain.survey", clock)
    path = tmp_path / "plain.csv"
    path.write_text("\n".join(["Id,Diet", *(f"{n},{'Meat' if n % 2 else 'Plants'}" for n in range(1, 31))]), "utf-8")
    run_import(made, plan_import(path), wave="2026")
    gui.context.set_session(made)
    gui.shell.open_page("data", "write_ins")
    settle(qtbot, gui)
    tab = shown_tab(gui, WriteInTab)
    shown = [empty for empty in tab.findChildren(EmptyState) if empty.isVisible()]
    assert [empty.accessibleName() for empty in shown] == ["Nothing to tidy"]
    assert tab.view is None
    assert "Nothing to tidy" in tab.fact


def test_two_thousand_texts_do_not_hold_the_window_up(qtbot: QtBot, theme: Theme) -> None:
    texts = tuple(
        TidyText(
            text=f"text number {n}", texts=(f"text number {n}",), count=2000 - n, stand=Stand.OPEN, counts_as="Other"
        )
        for n in range(2000)
    )
    desk = QWidget()
    qtbot.addWidget(desk)
    desk.resize(900, 700)
    pane = TextPane(theme, desk)
    pane.resize(900, 700)
    desk.show()
    view = TidyView(question=Question(column="Which?", kind=Kind.SINGLE), texts=texts)
    pane.show_view(view)
    assert pane.table.frame.rowCount() == len(texts)
    pane.finder.setText("99")
    assert pane.table.frame.rowCount() == sum("99" in text.text for text in texts)
    pane.finder.clear()
    pane.table.toggle()
    pane.show_view(view, text="text number 1500")
    QApplication.processEvents()
    assert pane.table.frame.rowCount() == len(texts)
