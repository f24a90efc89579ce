"""Filters by keyboard: alternatives, the contrary, states of missing, ordered answers, and those kept under a name."""

from __future__ import annotations

import pytest
from page_steps import press, settle
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from small_census import AGE, COLOUR, N, rows

from surveyapp.domain.analysis import Condition, Operator, SavedFilter, any_of
from surveyapp.gui.app import Gui
from surveyapp.gui.filter_editor import FilterEditor
from surveyapp.gui.filter_source import FilterSource
from surveyapp.gui.pages.explore.page import ExplorePage
from surveyapp.gui.saved_filter_card import SavedFilterCard
from surveyapp.gui.widgets.chip import Chip
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.message_panel import MessagePanel
from surveyapp.gui.widgets.pick_popup import PickPopup
from surveyapp.services.base_state import current_base
from surveyapp.services.change_log import undo
from surveyapp.services.filter.saved_filter import FILTERS, chip_of, remove_filter, save_filter
from surveyapp.services.session import Session

CONTROL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
RED = Condition(column="Colour", operator=Operator.IS, values=("red",))
GROWN = Condition(column="Age", operator=Operator.AT_LEAST, values=("30",))
SAVED = SavedFilter(name="Grown reds", conditions=(RED, GROWN))


@pytest.fixture
def session(small: Session) -> Session:
    return small


@pytest.fixture
def page(gui: Gui, session: Session, qtbot: QtBot) -> ExplorePage:
    assert session.waves()
    gui.window.activateWindow()
    gui.shell.open_page("explore")
    settle(qtbot, gui)
    found = gui.shell.page
    assert isinstance(found, ExplorePage)
    return found


def conditions(session: Session) -> tuple[Condition, ...]:
    base = current_base(session)
    assert base is not None
    return base.conditions


def editor_in_front(qtbot: QtBot, gui: Gui) -> FilterEditor:
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), FilterEditor))
    settle(qtbot, gui)
    found = QApplication.activePopupWidget()
    assert isinstance(found, FilterEditor)
    return found


def picker_in_front(qtbot: QtBot, gui: Gui) -> PickPopup:
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), PickPopup))
    settle(qtbot, gui)
    found = QApplication.activePopupWidget()
    assert isinstance(found, PickPopup)
    return found


def choose(popup: PickPopup, words: str) -> None:
    QTest.keyClicks(popup.field, words)
    QTest.keyClick(popup.field, Qt.Key.Key_Return)


def chips(editor: FilterEditor) -> list[str]:
    return [chip.accessibleName() for chip in editor.findChildren(Chip) if not chip.isHidden()]


def test_or_and_not_by_keyboard_alone(page: ExplorePage, session: Session, gui: Gui, qtbot: QtBot) -> None:
    press(Qt.Key.Key_F)
    choose(picker_in_front(qtbot, gui), "colour")
    editor = editor_in_front(qtbot, gui)
    press(Qt.Key.Key_Space)
    (label,) = editor.comparison.list.checked()
    press(Qt.Key.Key_Return, CONTROL)
    choose(picker_in_front(qtbot, gui), "age")
    editor = editor_in_front(qtbot, gui)
    assert editor.comparison.title == "Age"
    QTest.keyClicks(editor.comparison.number, "30")
    settle(qtbot, gui)
    either = sum(row[COLOUR] == label or int(row[AGE]) >= 30 for row in rows())
    assert editor.leaves.text() == f"Leaves {either} of {N} people."
    press(Qt.Key.Key_N, ALT)
    settle(qtbot, gui)
    assert editor.contrary.isChecked()
    assert editor.leaves.text() == f"Leaves {N - either} of {N} people."
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    coloured = Condition(column="Colour", operator=Operator.IS, values=(label,))
    assert conditions(session) == (any_of([coloured, GROWN], negated=True),)
    assert page.bar.filter_chip(0).text() == f"Not (Colour: {label} or Age at least 30)"
    assert page.counted is not None
    assert page.counted.n == N - either


@pytest.mark.parametrize(
    ("words", "chip"),
    [
        ("age >= 30", "Age at least 30"),
        ("colour = RED or age <= 22", "Colour: red or Age at most 22"),
        ("not (colour blank)", "Not (Colour: blank)"),
    ],
)
def test_a_whole_filter_is_typed(
    page: ExplorePage, session: Session, gui: Gui, qtbot: QtBot, words: str, chip: str
) -> None:
    press(Qt.Key.Key_F)
    popup = picker_in_front(qtbot, gui)
    QTest.keyClicks(popup.field, words)
    qtbot.waitUntil(lambda: bool(popup.entries()) and popup.entries()[0].group == "As typed")
    settle(qtbot, gui)
    assert popup.entries()[0].title == chip
    left = popup.entries()[0].detail
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert page.bar.filter_chip(0).text() == chip
    assert page.counted is not None
    assert left == f"leaves {page.counted.n}"
    assert len(conditions(session)) == 1


def test_what_is_typed_and_not_understood_says_why(page: ExplorePage, gui: Gui, qtbot: QtBot) -> None:
    assert page.counted is not None
    press(Qt.Key.Key_F)
    popup = picker_in_front(qtbot, gui)
    QTest.keyClicks(popup.field, "colour = purple")
    qtbot.waitUntil(lambda: bool(popup.entries()))
    why, advice = popup.entries()
    assert why.title == "Colour has no answer purple."
    assert advice.title.startswith("There are: ")
    assert not why.enabled and not advice.enabled


def test_parts_of_a_chip_are_counted_edited_and_removed(
    page: ExplorePage, session: Session, gui: Gui, qtbot: QtBot
) -> None:
    blue = Condition(column="Colour", operator=Operator.IS, values=("blue",))
    page.add_filters([any_of([RED, GROWN, blue])])
    settle(qtbot, gui)
    page.bar.filter_chip(0).click()
    editor = editor_in_front(qtbot, gui)
    red, grown = sum(row[COLOUR] == "red" for row in rows()), sum(int(row[AGE]) >= 30 for row in rows())
    blues = sum(row[COLOUR] == "blue" for row in rows())
    assert chips(editor) == [f"Colour: red {red}", f"Age at least 30 {grown}", f"Colour: blue {blues}"]
    second = next(chip for chip in editor.findChildren(Chip) if chip.text().startswith("Age"))
    second.click()
    settle(qtbot, gui)
    assert editor.comparison.number.text() == "30"
    editor.comparison.number.setText("")
    third = next(chip for chip in editor.findChildren(Chip) if chip.text() == "Colour: blue" and not chip.isHidden())
    third.click()  # nothing is lost: the part in front must be whole first
    assert editor.comparison.title == "Age"
    assert "first" in editor.leaves.text()
    editor.comparison.number.setText("32")
    settle(qtbot, gui)
    third.setFocus()
    press(Qt.Key.Key_Backspace)
    settle(qtbot, gui)
    assert chips(editor) == [f"Colour: red {red}", f"Age at least 32 {sum(int(row[AGE]) >= 32 for row in rows())}"]
    editor.apply.click()
    settle(qtbot, gui)
    assert conditions(session) == (any_of([RED, Condition(column="Age", operator=Operator.AT_LEAST, values=("32",))]),)


def test_the_part_in_front_is_removed_too(page: ExplorePage, session: Session, gui: Gui, qtbot: QtBot) -> None:
    page.add_filters([any_of([RED, GROWN], negated=True)])
    settle(qtbot, gui)
    page.bar.filter_chip(0).click()
    editor = editor_in_front(qtbot, gui)
    front = next(chip for chip in editor.findChildren(Chip) if chip.text() == "Colour: red")
    front.setFocus()
    press(Qt.Key.Key_Delete)
    settle(qtbot, gui)
    assert editor.comparison.title == "Age"
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert conditions(session) == (any_of([GROWN], negated=True),)


def test_states_of_missing_are_ticked(page: ExplorePage, session: Session, gui: Gui, qtbot: QtBot) -> None:
    blank = sum(row[COLOUR] == "" for row in rows())
    page.add_filters([Condition(column="Colour", operator=Operator.MISSING)])
    settle(qtbot, gui)
    page.bar.filter_chip(0).click()
    editor = editor_in_front(qtbot, gui)
    assert QApplication.focusWidget() is editor.comparison.states
    assert editor.leaves.text() == f"Leaves {blank} of {N} people."
    press(Qt.Key.Key_Space)
    settle(qtbot, gui)
    assert editor.comparison.states.checked() == ["blank"]
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert conditions(session) == (Condition(column="Colour", operator=Operator.MISSING, values=("blank",)),)
    assert page.bar.filter_chip(0).text() == "Colour: blank"


def test_ordered_answers_are_compared_by_one_of_them(
    page: ExplorePage, session: Session, gui: Gui, qtbot: QtBot
) -> None:
    parks = Condition(column="Views [Parks]", operator=Operator.IS, values=("against", "neither"))
    page.add_filters([parks])
    settle(qtbot, gui)
    page.bar.filter_chip(0).click()
    editor = editor_in_front(qtbot, gui)
    assert editor.comparison.list.checked() == ["against", "neither"]
    editor.comparison.operators.setFocus()
    editor.comparison.operators.move_by(2)
    settle(qtbot, gui)
    assert editor.comparison.operator is Operator.AT_LEAST
    assert editor.comparison.list.checked() == ["against"]
    editor.comparison.list.setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Space)
    assert editor.comparison.list.checked() == ["neither"]
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert conditions(session) == (Condition(column="Views [Parks]", operator=Operator.AT_LEAST, values=("neither",)),)


def test_several_numbers_are_typed(page: ExplorePage, session: Session, gui: Gui, qtbot: QtBot) -> None:
    page.add_filters([Condition(column="Age", operator=Operator.IS, values=("20",))])
    settle(qtbot, gui)
    page.bar.filter_chip(0).click()
    editor = editor_in_front(qtbot, gui)
    editor.comparison.number.setText("20; 21,0")
    settle(qtbot, gui)
    some = sum(int(row[AGE]) in (20, 21) for row in rows())
    assert editor.leaves.text() == f"Leaves {some} of {N} people."
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert conditions(session)[0].values == ("20", "21.0")


def test_filters_in_force_are_saved_used_renamed_and_removed(
    page: ExplorePage, session: Session, gui: Gui, qtbot: QtBot
) -> None:
    page.add_filters([RED, GROWN])
    settle(qtbot, gui)
    press(Qt.Key.Key_F, SHIFT)
    settle(qtbot, gui)
    card = QApplication.activePopupWidget()
    assert isinstance(card, SavedFilterCard)
    assert card.name.placeholderText() == "Name for the 2 filters in force"
    assert not card.save.isEnabled()
    QTest.keyClicks(card.name, "Grown reds")
    QTest.keyClick(card.name, Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert FILTERS.all(session) == [SAVED]
    both = sum(row[COLOUR] == "red" and int(row[AGE]) >= 30 for row in rows())
    (line,) = card.list.lines
    assert (line.title, line.second, line.mark_words) == ("Grown reds", "Colour: red and Age at least 30", str(both))
    assert QApplication.focusWidget() is card.list
    press(Qt.Key.Key_F2)
    assert card.name.selectedText() == "Grown reds"
    QTest.keyClicks(card.name, "Reds")
    QTest.keyClick(card.name, Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert [saved.name for saved in FILTERS.all(session)] == ["Reds"]
    press(Qt.Key.Key_Delete)
    settle(qtbot, gui)
    assert FILTERS.all(session) == []
    undo(session)
    card.close()
    page.remove_filter(0)
    settle(qtbot, gui)
    page.remove_filter(0)
    settle(qtbot, gui)
    press(Qt.Key.Key_F)
    popup = picker_in_front(qtbot, gui)
    assert (popup.entries()[0].title, popup.entries()[0].detail) == ("Reds", f"leaves {both}")
    choose(popup, "reds")
    settle(qtbot, gui)
    assert conditions(session) == (chip_of(SavedFilter(name="Reds", conditions=())),)
    assert page.counted is not None
    assert page.counted.n == both


def test_the_palette_uses_a_saved_filter_and_the_chip_tells_what_it_holds(
    page: ExplorePage, session: Session, gui: Gui, qtbot: QtBot
) -> None:
    save_filter(session, SAVED)
    settle(qtbot, gui)
    gui.shell.open_page("home")
    assert FilterSource(gui.context, gui.shell)("") == []
    (entry,) = FilterSource(gui.context, gui.shell)("grown")
    entry.run()
    settle(qtbot, gui)
    assert gui.shell.page is page
    assert conditions(session) == (chip_of(SAVED),)
    chip = page.bar.filter_chip(0)
    assert chip.tip == "Grown reds (Colour: red and Age at least 30)"
    assert chip.accessibleDescription().startswith(chip.tip)


def test_a_saved_filter_is_taken_apart(page: ExplorePage, session: Session, gui: Gui, qtbot: QtBot) -> None:
    save_filter(session, SAVED)
    page.add_filters([chip_of(SAVED)])
    settle(qtbot, gui)
    page.bar.filter_chip(0).click()
    editor = editor_in_front(qtbot, gui)
    assert editor.comparison.title == "Grown reds"
    editor.apart.click()
    settle(qtbot, gui)
    assert conditions(session) == SAVED.conditions


@pytest.mark.parametrize("way", ["back", "remove"])
def test_a_saved_filter_that_is_gone_says_so_with_a_way_out(
    page: ExplorePage, session: Session, gui: Gui, qtbot: QtBot, way: str
) -> None:
    save_filter(session, SAVED)
    page.add_filters([chip_of(SAVED), RED])
    settle(qtbot, gui)
    remove_filter(session, "Grown reds")
    settle(qtbot, gui)
    (panel,) = [found for found in page.findChildren(MessagePanel) if not found.isHidden()]
    assert panel.accessibleName() == "The saved filter “Grown reds” is gone."
    words = [button.text() for button in panel.buttons]
    assert words == ["Remove this filter", "Bring “Grown reds” back", "Remove all filters"]
    assert page.bar.filter_chip(1).text() == "Colour: red"
    people = page.bar.findChild(Label, "peopleLeft")
    assert people is not None
    assert people.text() == ""  # not the number of before
    panel.buttons[1 if way == "back" else 0].click()
    settle(qtbot, gui)
    assert page.counted is not None
    both = sum(row[COLOUR] == "red" and int(row[AGE]) >= 30 for row in rows())
    assert page.counted.n == (both if way == "back" else sum(row[COLOUR] == "red" for row in rows()))
    assert conditions(session) == ((chip_of(SAVED), RED) if way == "back" else (RED,))
