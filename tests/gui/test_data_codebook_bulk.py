"""Several columns of the codebook at once: selected with the keyboard, changed together, taken back together."""

from __future__ import annotations

import pytest
from page_steps import open_tab, press, settle
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QMenu, QPushButton
from pytestqt.qtbot import QtBot
from services_example import AGE, COMMENT, GENDER, INCOME, MOOD, TRUST

from surveyapp.domain.question import Kind, Missing, RangeRule, Role
from surveyapp.domain.shown_if import write_bounds
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.data.codebook_tab import CodebookTab
from surveyapp.gui.pages.data.column_menu import missing_menu
from surveyapp.gui.pages.data.editor.pick import PickField
from surveyapp.gui.pages.data.page import DataPage
from surveyapp.gui.widgets.check_list import CheckList
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.pick_popup import PickPopup
from surveyapp.services.session import Session

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def tab(gui: Gui, session: Session, qtbot: QtBot) -> CodebookTab:
    assert session.waves()
    codebook = open_tab(qtbot, gui, "data", "codebook", CodebookTab)
    codebook.columns.focus_table()
    return codebook


def place(session: Session, header: str) -> int:
    return next(n for n, q in enumerate(session.codebook(1).questions) if q.column == header)


def items(session: Session) -> list[int]:
    return [n for n, q in enumerate(session.codebook(1).questions) if q.column.startswith(TRUST)]


def page_of(gui: Gui) -> DataPage:
    page = gui.shell.page
    assert isinstance(page, DataPage)
    return page


def enter(field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    press(Qt.Key.Key_Return)


def test_shift_selects_and_the_inspector_holds_the_editor(tab: CodebookTab, session: Session, gui: Gui) -> None:
    tab.columns.choose(place(session, AGE))
    assert page_of(gui).inspector_widget is None
    press(Qt.Key.Key_Down, SHIFT)
    press(Qt.Key.Key_Down, SHIFT)
    assert len(tab.selected_questions()) == 3
    assert page_of(gui).inspector_widget is tab.editor
    assert "3 columns" in [label.text() for label in tab.editor.findChildren(QLabel)]
    said = page_of(gui).explanation
    assert said is not None
    assert said.title == "3 columns"
    press(Qt.Key.Key_Escape)
    assert len(tab.selected_questions()) == 1
    assert page_of(gui).inspector_widget is None


def test_all_that_the_search_shows_is_left_out_in_one_change(
    tab: CodebookTab, session: Session, gui: Gui, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_Slash)
    QTest.keyClicks(tab.columns.finder, "trust")
    shown = tab.columns.table.frame.rowCount()
    assert shown == len(items(session)) > 1
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_A, CONTROL)
    press(Qt.Key.Key_O)
    settle(qtbot, gui)
    out = [q.column for q in session.codebook(1).questions if q.left_out]
    assert len(out) == shown
    assert gui.window.toast.text == f"{shown} columns left out"
    assert len(tab.selected_questions()) == shown, "the selection survives"
    press(Qt.Key.Key_Z, CONTROL)
    settle(qtbot, gui)
    assert not any(q.left_out for q in session.codebook(1).questions)


@pytest.mark.parametrize(
    ("words", "header"),
    [("old are", AGE), ("number old", AGE), ("female", GENDER), ("income", INCOME), ("text anything", COMMENT)],
)
def test_search_finds_header_kind_and_answers(tab: CodebookTab, session: Session, words: str, header: str) -> None:
    tab.columns.finder.setText(words)
    frame = tab.columns.table.frame
    found = [tab.columns.rows[frame.source_row(row)].question.column for row in range(frame.rowCount())]
    assert header in found
    assert len(found) < len(session.codebook(1).questions)


def test_role_and_section_of_several(tab: CodebookTab, session: Session, gui: Gui, qtbot: QtBot) -> None:
    tab.columns.choose_all(items(session))
    press(Qt.Key.Key_S)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    assert field.objectName() == "section"
    enter(field, "Society")
    settle(qtbot, gui)
    assert {session.codebook(1).questions[n].section for n in items(session)} == {"Society"}
    assert gui.window.toast.text == f"{len(items(session))} columns moved to section Society"
    tab.change(lambda question: question)
    settle(qtbot, gui)
    assert session.codebook(1).questions[items(session)[0]].role is Role.PLAIN


def test_the_menu_of_missing_codes_has_four_meanings(
    tab: CodebookTab, session: Session, gui: Gui, qtbot: QtBot
) -> None:
    places = [place(session, AGE), place(session, INCOME)]
    tab.columns.choose_all(places)
    menu = missing_menu(tab.selected_questions(), tab.change, tab, QPoint(0, 0))
    own = next(sub for sub in menu.findChildren(QMenu) if sub.title() == "“N/A” is")
    assert [action.text() for action in own.actions()] == ["blank", "not shown", "refused", "unreadable"]
    own.actions()[2].trigger()
    menu.close()
    settle(qtbot, gui)
    for n in places:
        codes = session.codebook(1).questions[n].missing_codes
        assert [code.meaning for code in codes if code.text == "N/A"] == [Missing.REFUSED]


def test_answers_are_taken_over_from_another_column(tab: CodebookTab, session: Session, gui: Gui, qtbot: QtBot) -> None:
    first, *others = items(session)
    tab.columns.choose(first)
    tab.open_editor("answerList")
    turn = tab.editor.findChild(QPushButton, "answersReversed")
    assert turn is not None
    turn.click()
    settle(qtbot, gui)
    wanted = [choice.label for choice in session.codebook(1).questions[first].choices]
    tab.columns.choose_all(others)
    tab.open_editor("answersOf")
    field = QApplication.focusWidget()
    assert isinstance(field, PickField)
    press(Qt.Key.Key_Space)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, PickPopup)
    QTest.keyClicks(popup.field, session.codebook(1).questions[first].title)
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: gui.window.toast.text.startswith("Answers of"))
    settle(qtbot, gui)
    for n in others:
        assert [choice.label for choice in session.codebook(1).questions[n].choices] == wanted
    gui.context.actions.trigger("edit.undo")
    settle(qtbot, gui)
    assert [c.label for c in session.codebook(1).questions[others[0]].choices] == wanted[::-1]


def test_b_makes_and_unmakes_a_battery(tab: CodebookTab, session: Session, gui: Gui, qtbot: QtBot) -> None:
    tab.columns.choose(0)
    press(Qt.Key.Key_B)
    settle(qtbot, gui)
    assert gui.window.toast.text == "Select the columns of the battery first."
    tab.columns.choose_all(items(session))
    press(Qt.Key.Key_B)
    settle(qtbot, gui)
    assert not any(session.codebook(1).questions[n].grid for n in items(session))
    button = tab.editor.findChild(QPushButton, "oneBattery")
    assert button is not None
    assert button.text() == "One battery"
    button.click()
    qtbot.waitUntil(lambda: gui.window.toast.text.endswith("columns taken as one battery"))
    settle(qtbot, gui)
    assert len({session.codebook(1).questions[n].grid for n in items(session)}) == 1
    tab.columns.choose_all([place(session, COMMENT), *items(session)])
    press(Qt.Key.Key_B)
    settle(qtbot, gui)
    assert "no item of a battery" in gui.window.toast.text


def test_bounds_of_several_and_what_they_would_do(tab: CodebookTab, session: Session, gui: Gui, qtbot: QtBot) -> None:
    places = [place(session, AGE), place(session, INCOME)]
    tab.columns.choose_all(places)
    tab.open_editor("low")
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    field.setText("30")
    qtbot.waitUntil(lambda: tab.editor.findChild(QLabel, "effect") is not None)
    effect = tab.editor.findChild(QLabel, "effect")
    assert effect is not None
    before = session.codebook(1).questions
    assert effect.text().startswith("Would change ")
    assert session.codebook(1).questions == before
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert [session.codebook(1).questions[n].low for n in places] == [30, 30]
    assert gui.window.toast.text == "Unit or bounds of 2 columns changed"


def test_what_is_typed_belongs_to_its_own_column(tab: CodebookTab, session: Session, gui: Gui, qtbot: QtBot) -> None:
    age, income = place(session, AGE), place(session, INCOME)
    tab.columns.choose(age)
    tab.open_editor("unit")
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "years")
    before = session.codebook(1).questions[income].unit
    tab.columns.choose(income)  # as a click on another row does
    settle(qtbot, gui)
    assert session.codebook(1).questions[age].unit == "years"
    assert session.codebook(1).questions[income].unit == before


def test_a_text_is_read_as_another(tab: CodebookTab, session: Session, gui: Gui, qtbot: QtBot) -> None:
    tab.columns.choose(place(session, INCOME))
    tab.open_editor("replaceText")
    for name, text in (("replaceText", "about a lot"), ("replaceBecomes", "90000")):
        field = tab.editor.findChild(QLineEdit, name)
        assert field is not None
        enter(field, text)
    settle(qtbot, gui)
    (one,) = session.codebook(1).questions[place(session, INCOME)].replacements
    assert (one.text, one.becomes) == ("about a lot", "90000")
    (remove,) = tab.editor.findChildren(QPushButton, "remove")
    assert remove.accessibleName() == "Read “about a lot” as it was typed"
    remove.click()
    qtbot.waitUntil(lambda: not session.codebook(1).questions[place(session, INCOME)].replacements)
    settle(qtbot, gui)


def test_ranges_limits_and_rates(tab: CodebookTab, session: Session, gui: Gui, qtbot: QtBot) -> None:
    tab.columns.choose(place(session, INCOME))
    tab.open_editor("ranges")
    menu = tab.editor.findChild(QPushButton, "ranges")
    assert menu is not None
    action = next(a for a in menu.findChildren(QMenu)[0].actions() if a.text() == "their middle")
    action.trigger()
    qtbot.waitUntil(lambda: session.codebook(1).questions[place(session, INCOME)].ranges is RangeRule.MIDDLE)
    settle(qtbot, gui)
    limits = tab.editor.findChild(QCheckBox, "limits")
    assert limits is not None
    limits.click()
    qtbot.waitUntil(lambda: session.codebook(1).questions[place(session, INCOME)].limits)
    settle(qtbot, gui)
    note = tab.editor.findChild(Label, "rateNote")
    assert note is not None
    assert note.text().endswith("one of the other currency is worth.")
    for name, text in (("rateUnit", "GBP"), ("rateFactor", "1.17")):
        field = tab.editor.findChild(QLineEdit, name)
        assert field is not None
        field.setText(text)
    assert note.text() == f"“1,000 GBP” is read as 1,170 {session.find_question(1, INCOME).unit}."
    for name, text in (("rateUnit", "GBP"), ("rateFactor", "1.17")):
        field = tab.editor.findChild(QLineEdit, name)
        assert field is not None
        enter(field, text)
    settle(qtbot, gui)
    (rate,) = session.codebook(1).questions[place(session, INCOME)].rates
    assert (rate.unit, rate.factor) == ("GBP", 1.17)


def test_asked_only_of_some(tab: CodebookTab, session: Session, gui: Gui, qtbot: QtBot) -> None:
    tab.columns.choose(place(session, COMMENT))
    tab.open_editor("shownIf")
    press(Qt.Key.Key_Space)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, PickPopup)
    QTest.keyClicks(popup.field, session.find_question(1, GENDER).title)
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tab.editor.findChild(CheckList, "shownAnswers") is not None)
    answers = tab.editor.findChild(CheckList, "shownAnswers")
    assert answers is not None
    QTest.keyClick(answers, Qt.Key.Key_Space)
    (label,) = answers.checked()
    QTest.keyClick(answers, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.find_question(1, COMMENT).shown_if is not None)
    settle(qtbot, gui)
    shown = session.find_question(1, COMMENT).shown_if
    assert shown is not None
    assert (shown.column, shown.labels) == (GENDER, (label,))


def test_texts_of_an_answer_are_added_and_split_off(tab: CodebookTab, session: Session, gui: Gui, qtbot: QtBot) -> None:
    tab.columns.choose(place(session, GENDER))
    tab.open_editor("newAlias")
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    n = len(session.find_question(1, GENDER).choices)
    enter(field, "w.")
    settle(qtbot, gui)
    assert session.find_question(1, GENDER).choices[0].aliases == ("w.",)
    remove = tab.editor.findChild(QPushButton, "remove")
    assert remove is not None
    assert remove.accessibleName().startswith("Split off: “w.”")
    remove.click()
    qtbot.waitUntil(lambda: len(session.find_question(1, GENDER).choices) == n + 1)
    settle(qtbot, gui)
    assert [c.label for c in session.find_question(1, GENDER).choices if c.label == "w."] == ["w."]


def test_an_answer_gets_another_name_and_a_taken_one_is_refused(
    tab: CodebookTab, session: Session, gui: Gui, qtbot: QtBot
) -> None:
    first, second = session.find_question(1, GENDER).choices[:2]
    tab.columns.choose(place(session, GENDER))
    tab.open_editor("answerLabel")
    field = tab.editor.findChild(QLineEdit, "answerLabel")
    assert field is not None
    enter(field, second.label)
    qtbot.waitUntil(lambda: bool(gui.window.toast.text))
    assert session.find_question(1, GENDER).choices[0] == first
    enter(field, "Called anew")
    qtbot.waitUntil(lambda: session.find_question(1, GENDER).choices[0].label == "Called anew")
    settle(qtbot, gui)
    assert first.label in session.find_question(1, GENDER).choices[0].aliases


def test_mood_may_be_closed_kinds_only(tab: CodebookTab, session: Session) -> None:
    tab.columns.choose_all([place(session, AGE), place(session, GENDER)])
    assert tab.editor.findChild(QCheckBox, "allOrdered") is None
    tab.columns.choose_all([place(session, MOOD), place(session, GENDER)])
    assert tab.editor.findChild(QCheckBox, "allOrdered") is not None
    assert session.find_question(1, MOOD).kind in (Kind.SCALE, Kind.SINGLE)


def test_asked_only_of_those_with_a_number(tab: CodebookTab, session: Session, gui: Gui, qtbot: QtBot) -> None:
    tab.columns.choose(place(session, COMMENT))
    tab.open_editor("shownIf")
    press(Qt.Key.Key_Space)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, PickPopup)
    QTest.keyClicks(popup.field, session.find_question(1, AGE).title)
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tab.editor.findChild(QLineEdit, "shownBounds") is not None)
    settle(qtbot, gui)
    field = tab.editor.findChild(QLineEdit, "shownBounds")
    assert field is not None
    assert tab.editor.window().focusWidget() is field  # ready to be typed in
    for typed, done in (
        ("over thirty", lambda: "no bound of a number" in gui.window.toast.text),
        (">= 30 and < 60", lambda: session.find_question(1, COMMENT).shown_if is not None),
    ):
        assert session.find_question(1, COMMENT).shown_if is None
        field.selectAll()
        QTest.keyClicks(field, typed)
        QTest.keyClick(field, Qt.Key.Key_Return)
        qtbot.waitUntil(done)
    settle(qtbot, gui)
    shown = session.find_question(1, COMMENT).shown_if
    assert shown is not None
    assert (shown.column, shown.labels, write_bounds(shown.bounds)) == (AGE, (), ">= 30, < 60")
    tab.open_editor("shownBounds")
    again = tab.editor.findChild(QLineEdit, "shownBounds")
    assert again is not None
    assert again.text() == ">= 30, < 60"
    again.clear()
    QTest.keyClick(again, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.find_question(1, COMMENT).shown_if is None)
    settle(qtbot, gui)
