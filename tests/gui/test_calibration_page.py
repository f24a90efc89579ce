"""Calibration of a census pair: the key, the numbers, the brackets by keyboard."""

from __future__ import annotations

from pathlib import Path

from page_steps import press, settle
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from small_census import ESTIMATE, small_session

from surveyapp.base.clock import Clock
from surveyapp.domain.question import AnswerKey
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.calibration.body import CalibrationBody
from surveyapp.gui.pages.calibration.page import CalibrationPage
from surveyapp.gui.widgets.empty_state import EmptyState
from surveyapp.services.codebook.answer_key import set_answer_key
from surveyapp.services.report.spec import shelf
from surveyapp.services.session import Session

ALT = Qt.KeyboardModifier.AltModifier
KEY = AnswerKey(value=739, tolerance=0.1, unit_factor=1e6)


def open_page(gui: Gui, qtbot: QtBot, session: Session) -> CalibrationPage:
    gui.context.set_session(session)
    gui.window.activateWindow()
    gui.shell.open_page("calibration")
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, CalibrationPage)
    return page


def body_of(page: CalibrationPage) -> CalibrationBody:
    assert page.body is not None
    return page.body


def scored(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock) -> tuple[CalibrationPage, Session]:
    session = small_session(tmp_path, clock)
    set_answer_key(session, 1, session.codebook(1).questions[ESTIMATE], KEY)
    return open_page(gui, qtbot, session), session


def test_without_a_pair_the_page_teaches_how_to_mark_one(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    page = open_page(gui, qtbot, small_session(tmp_path, clock, pair=False))
    empty = page.findChild(EmptyState)
    assert empty is not None
    assert empty.accessibleName() == "No calibration pair in this census yet."
    assert not gui.context.actions.is_enabled("calibration.pin")


def test_a_pair_without_a_key_waits_in_the_editor(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    session = small_session(tmp_path, clock)
    page = open_page(gui, qtbot, session)
    body = body_of(page)
    assert body.results.isHidden()
    assert body.key.value.hasFocus()
    QTest.keyClicks(body.key.value, "739")
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    key = session.codebook(1).questions[ESTIMATE].key
    assert key == AnswerKey(value=739, tolerance=0.1, set_by="Sam")
    assert not body.results.isHidden()
    assert body.view.hasFocus()
    gui.window.toast.take_back()
    settle(qtbot, gui)
    assert session.codebook(1).questions[ESTIMATE].key is None
    assert body.results.isHidden()


def test_the_unit_rule_counts_what_it_repaired(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    page, session = scored(gui, qtbot, tmp_path, clock)
    body = body_of(page)
    assert "15 of 60 estimates were given in the smaller unit and divided." in body.key.about.text()
    assert "Set by Sam." in body.key.about.text()
    body.key.factor.setFocus()
    body.key.factor.selectAll()
    QTest.keyClicks(body.key.factor, "oops")
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert body.key.fault.text() == "“oops” is not a number."
    assert session.codebook(1).questions[ESTIMATE].key is not None
    body.key.factor.selectAll()
    QTest.keyClicks(body.key.factor, "0.5")
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert body.key.fault.text().startswith("The unit rule needs a factor above 1.")


def test_arrows_walk_brackets_and_the_table_follows(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    page, _session = scored(gui, qtbot, tmp_path, clock)
    body = body_of(page)
    assert body.view.hasFocus()
    assert page.explanation is not None
    assert page.explanation.value.startswith("75")
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Right)
    assert body.selected == "30"
    assert body.table.current_key == "30"
    assert page.explanation.of == "15 of 15 people were right"
    assert ("Expected to be right", "5") in page.explanation.facts  # 15 people at 30 % are 4.5
    body.table.setFocus()
    press(Qt.Key.Key_Down)
    assert body.selected == "60"
    assert body.view.selected_key() == "60"
    assert page.explanation.of == "0 of 15 people were right"
    page.on_escape()
    assert body.selected == ""
    assert page.explanation.value.startswith("75")


def test_stats_name_their_scale(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    page, _session = scored(gui, qtbot, tmp_path, clock)
    captions = [label.text() for label in body_of(page).scores.captions]
    assert captions[0].startswith("0–1 scale, 0.188 is always saying 75")
    assert "on this question" in body_of(page).verdict.text()


def test_p_pins_the_pair(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    _page, session = scored(gui, qtbot, tmp_path, clock)
    press(Qt.Key.Key_P)
    settle(qtbot, gui)
    pinned = shelf(session)
    assert pinned is not None
    assert pinned.blocks[0].title.startswith("Calibration: ")


def test_alt_2_is_census(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    page, _session = scored(gui, qtbot, tmp_path, clock)
    assert page.header.tab == "census"
    gui.window.sidebar.setFocus()
    QTest.keyClick(gui.window, Qt.Key.Key_2, ALT)
    assert body_of(page).view.hasFocus()


def test_a_filter_travels_from_explore(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    from surveyapp.domain.analysis import Condition, Operator

    page, _session = scored(gui, qtbot, tmp_path, clock)
    gui.shell.open_page("explore")
    settle(qtbot, gui)
    explore = gui.shell.page
    assert explore is not None
    explore.add_filters([Condition(column="Colour", operator=Operator.ANSWERED)])  # type: ignore[attr-defined]
    settle(qtbot, gui)
    gui.shell.open_page("calibration")
    settle(qtbot, gui)
    assert page.counted is not None
    assert page.counted.n == 54
    assert "n = 54 of 54 people" in body_of(page).caption.text()
