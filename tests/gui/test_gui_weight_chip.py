"""The weights of the base: chosen by keyboard, undone, gone with their scheme, and said where they do nothing."""

from __future__ import annotations

from dataclasses import replace

from page_steps import press, settle
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from services_example import GENDER, POPULATION
from weight_example import save_gender

from surveyapp.domain.question import AnswerKey, Kind
from surveyapp.gui.app import Gui
from surveyapp.gui.base_page import BasePage
from surveyapp.gui.pages.explore.page import ExplorePage
from surveyapp.gui.weight_source import WeightSource
from surveyapp.gui.widgets.message_panel import MessagePanel
from surveyapp.gui.widgets.pick_popup import PickPopup
from surveyapp.services.base_state import current_base
from surveyapp.services.change_log import undo
from surveyapp.services.codebook.answer_key import set_answer_key
from surveyapp.services.codebook.stored import update_questions
from surveyapp.services.session import Session
from surveyapp.services.weighting import remove_scheme, rename_scheme


def open_page(qtbot: QtBot, gui: Gui, name: str = "explore") -> BasePage:
    gui.window.activateWindow()
    gui.shell.open_page(name)
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, BasePage)
    return page


def weight(session: Session) -> str:
    base = current_base(session)
    assert base is not None
    return base.weight


def choose(qtbot: QtBot, gui: Gui, words: str) -> None:
    """W, type, Enter."""
    press(Qt.Key.Key_W)
    settle(qtbot, gui)
    popup = next(one for one in gui.window.findChildren(PickPopup) if one.isVisible())
    QTest.keyClicks(popup.field, words)
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    settle(qtbot, gui)


def test_weights_are_chosen_and_undone_by_keyboard(gui: Gui, session: Session, qtbot: QtBot) -> None:
    save_gender(session)
    page = open_page(qtbot, gui)
    assert page.bar.weight_chip.text() == "Unweighted"
    choose(qtbot, gui, "gen")
    assert weight(session) == "Gender"
    assert page.bar.weight_chip.text() == "Gender"
    assert "effective n" in page.bar.weight_chip.accessibleName()
    assert "people tell as much as" in page.bar.weight_chip.accessibleDescription()
    undo(session)
    settle(qtbot, gui)
    assert page.bar.weight_chip.text() == "Unweighted"
    choose(qtbot, gui, "gen")
    choose(qtbot, gui, "everybody")
    assert weight(session) == ""


def test_the_popover_says_what_each_scheme_makes_here(gui: Gui, session: Session, qtbot: QtBot) -> None:
    save_gender(session)
    open_page(qtbot, gui)
    press(Qt.Key.Key_W)
    settle(qtbot, gui)
    popup = next(one for one in gui.window.findChildren(PickPopup) if one.isVisible())
    details = {entry.title: entry.detail for entry in popup.entries()}
    assert details["Gender"].startswith("effective n ")
    popup.close()


def test_a_scheme_that_is_renamed_is_followed_and_one_that_is_gone_says_so(
    gui: Gui, session: Session, qtbot: QtBot
) -> None:
    save_gender(session)
    page = open_page(qtbot, gui)
    choose(qtbot, gui, "gen")
    rename_scheme(session, "Gender", "Equal genders")
    settle(qtbot, gui)
    assert page.bar.weight_chip.text() == "Equal genders"
    remove_scheme(session, "Equal genders")
    settle(qtbot, gui)
    panel = page.findChild(MessagePanel)
    assert panel is not None
    assert panel.accessibleName() == "The weights “Equal genders” are gone."
    assert QApplication.focusWidget() is panel.buttons[0]
    panel.buttons[1].click()
    settle(qtbot, gui)
    assert weight(session) == ""
    assert isinstance(page, ExplorePage)
    assert page.shown is not None


def test_weights_that_this_wave_cannot_make_say_why(gui: Gui, session: Session, qtbot: QtBot) -> None:
    save_gender(session)
    page = open_page(qtbot, gui)
    choose(qtbot, gui, "gen")
    question = session.find_question(1, GENDER)
    update_questions(session, 1, [replace(question, kind=Kind.TEXT, choices=())], label="Read as text")
    settle(qtbot, gui)
    panel = page.findChild(MessagePanel)
    assert panel is not None
    assert "Not weighted by “Gender”: Gender cannot be a margin" in panel.accessibleName()
    undo(session)
    settle(qtbot, gui)
    assert page.bar.weight_chip.text() == "Gender"
    assert "effective n" in page.bar.weight_chip.accessibleName()


def test_the_palette_weights_from_any_page(gui: Gui, session: Session, qtbot: QtBot) -> None:
    save_gender(session)
    gui.shell.open_page("home")
    source = WeightSource(gui.context)
    assert not source("")
    (entry,) = source("weight")
    assert entry.title == "Weight by Gender"
    entry.run()
    settle(qtbot, gui)
    assert weight(session) == "Gender"
    (entry,) = source("weight")
    entry.run()
    settle(qtbot, gui)
    assert weight(session) == ""


def test_the_drop_off_curve_says_that_it_counts_people(gui: Gui, session: Session, qtbot: QtBot) -> None:
    save_gender(session)
    page = open_page(qtbot, gui)
    choose(qtbot, gui, "gen")
    page.set_tab("drop_off")
    settle(qtbot, gui)
    assert page.bar.weight_chip.text() == "Unweighted here"
    page.set_tab("cross")
    settle(qtbot, gui)
    assert page.bar.weight_chip.text() == "Gender"


def test_calibration_says_that_it_has_no_weighted_form(gui: Gui, session: Session, qtbot: QtBot) -> None:
    save_gender(session)
    set_answer_key(session, 1, session.find_question(1, POPULATION), AnswerKey(value=38, tolerance=0.1))
    open_page(qtbot, gui)
    choose(qtbot, gui, "gen")
    page = open_page(qtbot, gui, "calibration")
    assert page.bar.weight_chip.text() == "Unweighted here"
    assert "no weighted form" in page.bar.weight_chip.accessibleDescription()
    remove_scheme(session, "Gender")
    settle(qtbot, gui)
    assert page.findChild(MessagePanel) is None
