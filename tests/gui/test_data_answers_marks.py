"""The answers of a wave: one mark at a time, the history of a cell, the same correction for equal cells."""

from __future__ import annotations

from collections import Counter

import pytest
from page_steps import open_tab, press, settle
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QMenu
from pytestqt.qtbot import QtBot
from services_example import AGE

from surveyapp.domain.wave import Flag
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.data.answers_tab import AnswersTab, capital
from surveyapp.gui.pages.data.cell_popup import CellPopup
from surveyapp.gui.pages.data.history_popup import HistoryPopup
from surveyapp.gui.pages.data.page import DataPage
from surveyapp.services.answer_grid import flag_words
from surveyapp.services.cell.correction import edit_cell, edited_cells
from surveyapp.services.session import Session


@pytest.fixture
def tab(gui: Gui, session: Session, qtbot: QtBot) -> AnswersTab:
    assert session.waves()
    answers = open_tab(qtbot, gui, "data", "answers", AnswersTab)
    answers.focus()
    return answers


def place(session: Session, header: str) -> int:
    return next(n for n, q in enumerate(session.codebook(1).questions) if q.column == header)


def common_age(session: Session) -> tuple[str, int, int]:
    """The commonest text, how often it comes, and the first person who gave it."""
    age = session.find_question(1, AGE)
    column = session.store.answers.load(1, [age.id])[age.id]
    raws = [column.entries[n].raw for n in column.index]
    text, n = Counter(raw for raw in raws if raw).most_common(1)[0]
    return text, n, raws.index(text)


def test_m_lists_each_mark_with_its_count(tab: AnswersTab, session: Session) -> None:
    flags = {flag: rows for flag, rows in session.store.flags.get(1).items() if rows}
    assert len(flags) > 1
    press(Qt.Key.Key_M)
    menu = tab.findChild(QMenu, "marksMenu")
    assert menu is not None
    own = {action.text() for action in menu.actions()}
    people = len({row for rows in flags.values() for row in rows})
    assert own == {
        f"Any mark   {people}",
        *(f"{capital(flag_words(flag))}   {len(rows)}" for flag, rows in flags.items()),
    }
    wanted = next(flag for flag in Flag if flag in flags)
    next(action for action in menu.actions() if action.text().startswith(capital(flag_words(wanted)))).trigger()
    menu.close()
    assert tab.table.frame.rowCount() == len(flags[wanted])
    assert tab.mark_button.isVisible()
    assert tab.mark_button.text() == capital(flag_words(wanted))
    tab.show_mark(None)
    assert tab.table.frame.rowCount() == people


def test_h_shows_what_stood_there(tab: AnswersTab, session: Session, gui: Gui, qtbot: QtBot) -> None:
    text, _n, person = common_age(session)
    row = session.store.answers.rows(1)[person]
    edit_cell(session, 1, row, session.find_question(1, AGE), "44", "was a typo")
    settle(qtbot, gui)
    tab.table.choose(person, place(session, AGE))
    press(Qt.Key.Key_H)
    settle(qtbot, gui)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, HistoryPopup)
    words = [label.text() for label in popup.findChildren(QLabel)]
    assert words.index("Corrected by hand") < words.index("In the file")
    assert {"“44”", "was a typo", f"“{text}”"} <= set(words)
    QTest.keyClick(popup, Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None


def test_equal_cells_are_corrected_together(tab: AnswersTab, session: Session, gui: Gui, qtbot: QtBot) -> None:
    text, n, person = common_age(session)
    assert n > 1
    tab.table.choose(person, place(session, AGE))
    press(Qt.Key.Key_Return)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, CellPopup)
    both = popup.findChild(QCheckBox, "allEqual")
    assert both is not None
    assert both.text() == f"All {n} cells that read this"
    both.setChecked(True)
    popup.text.setPlainText("77")
    QTest.keyClick(popup.text, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(session.find_question(1, AGE).replacements))
    settle(qtbot, gui)
    (one,) = session.find_question(1, AGE).replacements
    assert (one.text, one.becomes) == (text, "77")
    assert not edited_cells(session, 1)
    assert gui.window.toast.text == f"{n} equal cells of “{session.find_question(1, AGE).title}” corrected"
    gui.context.actions.trigger("edit.undo")
    settle(qtbot, gui)
    assert not session.find_question(1, AGE).replacements


def test_one_cell_alone_stays_an_edit(tab: AnswersTab, session: Session, gui: Gui, qtbot: QtBot) -> None:
    _text, _n, person = common_age(session)
    tab.table.choose(person, place(session, AGE))
    press(Qt.Key.Key_Return)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, CellPopup)
    popup.text.setPlainText("77")
    QTest.keyClick(popup.text, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(edited_cells(session, 1)))
    settle(qtbot, gui)
    assert not session.find_question(1, AGE).replacements
    assert len(edited_cells(session, 1)) == 1


def test_c_opens_the_column(tab: AnswersTab, session: Session, gui: Gui, qtbot: QtBot) -> None:
    tab.table.choose(0, place(session, AGE))
    press(Qt.Key.Key_C)
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, DataPage)
    assert page.codebook is not None
    assert [question.column for question in page.codebook.selected_questions()] == [AGE]
