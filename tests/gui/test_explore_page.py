"""Explore by keyboard: walk, find, table, filter, pin, copy, and what is said when nobody is left."""

from __future__ import annotations

from pathlib import Path

import pytest
from page_steps import press, settle, shown_tab
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from small_census import AGE, COLOUR, N, rows

from surveyapp.domain.analysis import Condition, Operator
from surveyapp.gui.app import Gui
from surveyapp.gui.filter_editor import FilterEditor
from surveyapp.gui.pages.explore.page import ExplorePage
from surveyapp.gui.pages.explore.questions_body import QuestionsBody
from surveyapp.gui.pages.explore.questions_tab import QuestionsTab
from surveyapp.gui.widgets.message_panel import MessagePanel
from surveyapp.gui.widgets.pick_popup import PickPopup
from surveyapp.gui.widgets.segmented import Segmented
from surveyapp.services.base_state import current_base
from surveyapp.services.change_log import undo
from surveyapp.services.report.spec import shelf
from surveyapp.services.session import Session
from surveyapp.stats.result import FrequencyTable, NumericSummary

CONTROL = Qt.KeyboardModifier.ControlModifier


def body_of(page: ExplorePage) -> QuestionsBody:
    assert isinstance(page.shown, QuestionsTab)
    return page.shown.body


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


def colours() -> dict[str, int]:
    return {name: sum(row[COLOUR] == name for row in rows()) for name in ("red", "green", "blue")}


def test_the_first_question_stands_there_with_its_base_line(page: ExplorePage) -> None:
    body = body_of(page)
    assert body.big.entry is not None
    assert body.big.entry.key == "Age"
    assert f"n = {N} of {N} people" in body.big.caption.text()
    assert not body.big.caption.isHidden()
    assert page.fact == "8 questions in 1 section"
    assert QApplication.focusWidget() is body.list
    assert [card.entry.key for card in body.small if card.entry] == ["Colour", "Fruits", "P(rain)", "grid:Views"]


def test_j_and_k_walk_and_the_slash_finds(page: ExplorePage, gui: Gui, qtbot: QtBot) -> None:
    body = body_of(page)
    press(Qt.Key.Key_J)
    settle(qtbot, gui)
    assert body.big.entry is not None
    assert body.big.entry.key == "Colour"
    press(Qt.Key.Key_K)
    settle(qtbot, gui)
    assert body.big.entry.key == "Age"
    press(Qt.Key.Key_Slash)
    assert QApplication.focusWidget() is body.finder
    QTest.keyClicks(body.finder, "rain")
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert body.big.entry.key == "P(rain)"
    assert QApplication.focusWidget() is body.list


def test_letters_in_the_find_field_are_letters(page: ExplorePage, gui: Gui, qtbot: QtBot) -> None:
    body = body_of(page)
    body.finder.setFocus()
    QTest.keyClicks(body.finder, "jpt")
    settle(qtbot, gui)
    assert body.finder.text() == "jpt"
    assert shelf(page.context.session) is None  # type: ignore[arg-type]


def test_enter_on_a_bar_filters_to_these_people(page: ExplorePage, session: Session, gui: Gui, qtbot: QtBot) -> None:
    body = body_of(page)
    shown_tab(gui, QuestionsTab).choose("Colour")
    settle(qtbot, gui)
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is body.big.view
    press(Qt.Key.Key_Down)
    assert page.explanation is not None
    chosen = page.explanation.title
    assert page.explanation.of == f"{colours()[chosen]} of 54 people"
    assert ("Blank", "6") in page.explanation.facts
    assert ("Method", "Wilson") in page.explanation.facts
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert conditions(session) == (Condition(column="Colour", operator=Operator.IS, values=(chosen,)),)
    assert page.counted is not None
    assert page.counted.n == colours()[chosen]
    assert page.explanation.title == chosen, "the selection survives the refresh"
    assert body.big.selected_key
    undo(session)
    settle(qtbot, gui)
    assert page.counted.n == N


def test_a_bar_of_numbers_filters_to_the_people_it_counts(page: ExplorePage, gui: Gui, qtbot: QtBot) -> None:
    body = body_of(page)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Right)
    number = int(body.big.selected_key)
    result = body.big.result
    assert isinstance(result, NumericSummary)
    expected = result.histogram.counts[number]
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert page.counted is not None
    assert page.counted.n == expected


def test_t_shows_the_table_and_a_row_explains_itself(page: ExplorePage, gui: Gui, qtbot: QtBot) -> None:
    body = body_of(page)
    shown_tab(gui, QuestionsTab).choose("Colour")
    settle(qtbot, gui)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_T)
    assert body.big.view.isHidden()
    assert not body.big.table.isHidden()
    assert QApplication.focusWidget() is body.big.table
    press(Qt.Key.Key_Down)
    result = body.big.result
    assert isinstance(result, FrequencyTable)
    assert page.explanation is not None
    assert page.explanation.value.startswith(f"{100 * colours()[page.explanation.title] / 54:.1f}")
    press(Qt.Key.Key_T)
    assert QApplication.focusWidget() is body.big.view
    assert body.big.view.selected_key() == body.big.selected_key


def test_p_pins_and_the_toast_takes_it_back(page: ExplorePage, session: Session, gui: Gui, qtbot: QtBot) -> None:
    assert page.shown is not None
    press(Qt.Key.Key_P)
    settle(qtbot, gui)
    pinned = shelf(session)
    assert pinned is not None
    assert [block.title for block in pinned.blocks] == ["Age"]
    assert gui.window.toast.text == "“Age” pinned. Ctrl+9 shows it."
    gui.window.toast.take_back()
    settle(qtbot, gui)
    after = shelf(session)
    assert after is None or after.blocks == ()
    gui.context.actions.trigger("edit.redo")
    settle(qtbot, gui)
    again = shelf(session)
    assert again is not None
    assert again.blocks == pinned.blocks


@pytest.mark.usefixtures("page")
def test_copy_gives_table_and_picture_and_a_bar_its_sentence(gui: Gui, qtbot: QtBot) -> None:
    shown_tab(gui, QuestionsTab).choose("Colour")
    settle(qtbot, gui)
    press(Qt.Key.Key_C, CONTROL)
    data = QGuiApplication.clipboard().mimeData()
    assert data.hasImage()
    assert data.text().startswith("Answer\tPeople\tShare")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text().startswith("Colour: ")
    assert "of 54 people" in QGuiApplication.clipboard().text()


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.svg", "a.png", "a.pdf"])
def test_export_writes_what_the_ending_says(
    page: ExplorePage, gui: Gui, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(page.results, "ask_path", lambda _title: tmp_path / name)
    press(Qt.Key.Key_E, CONTROL)
    settle(qtbot, gui)
    assert (tmp_path / name).stat().st_size > 50
    assert gui.window.toast.text == f"{name} written."


def test_texts_are_counted_and_never_listed(page: ExplorePage, gui: Gui, qtbot: QtBot) -> None:
    shown_tab(gui, QuestionsTab).choose("Remark")
    settle(qtbot, gui)
    big = body_of(page).big
    assert big.words.text().startswith("15 people wrote something.")
    assert "remark 4" not in big.words.text()
    assert big.view.isHidden()
    assert big.table.isHidden()
    assert "n = 15 of 60 people" in big.caption.text()


def test_f_filters_by_typing_and_ticking(page: ExplorePage, session: Session, gui: Gui, qtbot: QtBot) -> None:
    assert page.shown is not None
    press(Qt.Key.Key_F)
    settle(qtbot, gui)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, PickPopup)
    QTest.keyClicks(popup.field, "colour")
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), FilterEditor))
    settle(qtbot, gui)
    editor = QApplication.activePopupWidget()
    assert isinstance(editor, FilterEditor)
    assert not editor.apply.isEnabled()
    QTest.keyClick(editor.comparison.list, Qt.Key.Key_Space)
    settle(qtbot, gui)
    (label,) = editor.comparison.list.checked()
    assert editor.leaves.text() == f"Leaves {colours()[label]} of {N} people."
    QTest.keyClick(editor.comparison.list, Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert conditions(session) == (Condition(column="Colour", operator=Operator.IS, values=(label,)),)


def test_a_chip_is_edited_and_backspace_removes_it(page: ExplorePage, session: Session, gui: Gui, qtbot: QtBot) -> None:
    age = Condition(column="Age", operator=Operator.AT_LEAST, values=("30",))
    page.add_filters([age])
    settle(qtbot, gui)
    older = sum(int(row[AGE]) >= 30 for row in rows())
    assert page.counted is not None
    assert page.counted.n == older
    page.bar.filter_chip(0).click()
    settle(qtbot, gui)
    editor = QApplication.activePopupWidget()
    assert isinstance(editor, FilterEditor)
    assert editor.comparison.number.text() == "30"
    editor.comparison.number.selectAll()
    QTest.keyClicks(editor.comparison.number, "x")
    settle(qtbot, gui)
    assert not editor.apply.isEnabled()
    editor.comparison.number.selectAll()
    QTest.keyClicks(editor.comparison.number, "32")
    settle(qtbot, gui)
    QTest.keyClick(editor.comparison.number, Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert [condition.values for condition in conditions(session)] == [("32",)]
    page.bar.filter_chip(0).setFocus()
    press(Qt.Key.Key_Backspace)
    settle(qtbot, gui)
    assert conditions(session) == ()


def test_nobody_left_says_which_filter_did_it_and_removes_it(
    page: ExplorePage, session: Session, gui: Gui, qtbot: QtBot
) -> None:
    young = Condition(column="Age", operator=Operator.AT_MOST, values=("30",))
    nobody = Condition(column="Age", operator=Operator.AT_LEAST, values=("99",))
    assert page.fact
    page.add_filters([young, nobody])
    settle(qtbot, gui)
    assert page.fact == "", "it is about results that are not there"
    left = sum(int(row[AGE]) <= 30 for row in rows())
    panel = page.findChild(MessagePanel)
    assert panel is not None
    assert panel.accessibleName() == "Nobody is left after these filters."
    assert panel.accessibleDescription() == f"“Age at least 99” removes the last {left}."
    panel.buttons[0].click()
    settle(qtbot, gui)
    assert conditions(session) == (young,)
    assert body_of(page).big.entry is not None


def test_level_and_base_hold_for_the_results(page: ExplorePage, session: Session, gui: Gui, qtbot: QtBot) -> None:
    shown_tab(gui, QuestionsTab).choose("Colour")
    page.bar.level_chosen.emit(0.99)
    settle(qtbot, gui)
    result = body_of(page).big.result
    assert isinstance(result, FrequencyTable)
    assert result.level == 0.99
    base = current_base(session)
    assert base is not None
    assert base.level == 0.99


def test_a_narrow_window_with_large_text_chooses_from_a_popup(page: ExplorePage, gui: Gui, qtbot: QtBot) -> None:
    body = body_of(page)
    gui.context.theme.set_text_size(200)
    gui.window.resize(1024, 680)
    qtbot.waitUntil(lambda: not body.has_list)
    assert not body.chooser.isHidden()
    body.chooser.click()
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, PickPopup)
    QTest.keyClicks(popup.field, "fruits")
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: body.big.entry is not None and body.big.entry.key == "Fruits")
    settle(qtbot, gui)
    gui.context.theme.set_text_size(100)


def test_the_palette_opens_a_question(page: ExplorePage, gui: Gui, qtbot: QtBot) -> None:
    gui.shell.open_page("home")
    found = [entry for source in gui.context.palette_sources for entry in source("fruits")]
    next(entry for entry in found if entry.title == "Fruits").run()
    settle(qtbot, gui)
    assert gui.shell.page is page
    big = body_of(page).big
    assert big.entry is not None
    assert big.entry.key == "Fruits"


def test_every_focusable_control_is_named(page: ExplorePage) -> None:
    from PySide6.QtWidgets import QScrollArea, QWidget

    unnamed = [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in page.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (widget.accessibleName() and widget.objectName())
        and not isinstance(widget, QScrollArea)
    ]
    assert unnamed == []


@pytest.mark.usefixtures("page")
def test_a_menu_that_greyed_an_action_does_not_silence_its_key(session: Session, gui: Gui, qtbot: QtBot) -> None:
    shown_tab(gui, QuestionsTab).choose("Remark")
    gui.context.actions.action("explore.pin").setEnabled(False)
    gui.context.actions.wake()
    settle(qtbot, gui)
    press(Qt.Key.Key_P)
    settle(qtbot, gui)
    pinned = shelf(session)
    assert pinned is not None
    assert [block.title for block in pinned.blocks] == ["Remark"]


def test_the_context_menu_of_a_figure_offers_what_can_be_done(page: ExplorePage, gui: Gui, qtbot: QtBot) -> None:
    big = body_of(page).big
    menu = page.results.menu_of(big.view, ("filter_to", "pin"))
    assert [action.isEnabled() for action in menu.actions()] == [False, True]
    menu.deleteLater()
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Right)
    menu = page.results.menu_of(big.view, ("filter_to", "pin"))
    menu.actions()[0].trigger()
    settle(qtbot, gui)
    assert page.counted is not None
    assert page.counted.n < N
    menu.deleteLater()


def test_the_method_of_intervals_is_that_of_settings_and_is_pinned(
    page: ExplorePage, gui: Gui, session: Session, qtbot: QtBot
) -> None:
    body = body_of(page)
    assert isinstance(page.shown, QuestionsTab)
    page.shown.choose("Colour")
    settle(qtbot, gui)
    assert "Wilson" in body.big.caption.text()
    gui.shell.open_page("settings")
    settle(qtbot, gui)
    (methods,) = (one for one in gui.window.findChildren(Segmented) if one.accessibleName() == "Intervals of shares")
    assert methods.current == "wilson"
    methods.chosen.emit("jeffreys")
    gui.shell.open_page("explore")
    settle(qtbot, gui)
    assert "Jeffreys" in body.big.caption.text()
    gui.context.actions.trigger("explore.pin")
    settle(qtbot, gui)
    pinned = shelf(session)
    assert pinned is not None
    assert [block.spec.option("interval") for block in pinned.blocks if block.spec] == ["jeffreys"]
