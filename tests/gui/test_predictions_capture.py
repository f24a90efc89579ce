"""Predictions are written down from anywhere by keyboard only: the line, the panel, the form."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from page_steps import press, settle
from prediction_steps import enter, open_predictions, said, type_in
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from surveyapp.gui.app import Gui
from surveyapp.gui.capture.panel import CapturePanel
from surveyapp.gui.capture.said import Said
from surveyapp.gui.pages.predictions.page import PredictionsPage
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.row_button import RowButton
from surveyapp.services.prediction.book import book_of
from surveyapp.services.session import Session

pytestmark = pytest.mark.usefixtures("qapp")

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def session(empty: Session) -> Session:
    return empty


def test_ten_predictions_in_a_row_without_the_mouse(qtbot: QtBot, gui: Gui, session: Session) -> None:
    page = open_predictions(qtbot, gui)
    press(Qt.Key.Key_N, CTRL)
    for number in range(10):
        type_in(f"At least {number + 20} people come to the meetup 7{number}% by friday #meetup")
        press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    kept = list(book_of(session).predictions.values())
    assert next(one.statement for one in kept).startswith("At least 20 people come to the meetup by 20 March 2026")
    assert {one.due for one in kept} == {date(2026, 3, 20)}
    assert [round(p, 2) for p in book_of(session).columns.probability] == [round(0.7 + n / 100, 2) for n in range(10)]
    assert page.line.line == ""
    assert QApplication.focusWidget() is page.line.edit, "the next one can be typed at once"
    assert page.list.rows.rowCount() == 11
    assert gui.window.toast.text == "Prediction saved. You will know: Fri 20 Mar 2026."
    press(Qt.Key.Key_Z, CTRL)
    settle(qtbot, gui)
    assert len(book_of(session).predictions) == 9


def test_what_is_understood_lights_up_and_advice_is_one_key_away(qtbot: QtBot, gui: Gui, session: Session) -> None:
    page = open_predictions(qtbot, gui)
    page.line.focus()
    type_in("It rains in Prague 3:1")
    fix = page.line.findChild(Button, "captureFix")
    assert fix is not None
    qtbot.waitUntil(fix.isVisible, timeout=5000)
    assert page.line.advice_words.isVisible()
    before = page.line.line
    press(Qt.Key.Key_Tab)
    assert page.line.line != before, "Tab takes the repair"
    assert page.line.line.startswith("It rains in Prague")
    assert QApplication.focusWidget() is page.line.edit
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    (one,) = book_of(session).predictions.values()
    assert one.due is not None
    assert list(book_of(session).columns.probability) == [0.75]


def test_a_condition_stands_beside_the_statement_until_it_is_put_back(qtbot: QtBot, gui: Gui, session: Session) -> None:
    page = open_predictions(qtbot, gui)
    press(Qt.Key.Key_N, CTRL)
    type_in("If it rains, the picnic moves indoors 80% by friday @Ada")
    settle(qtbot, gui)
    chips = [chip.accessibleName() for chip in page.line.findChildren(Said) if chip.isVisible()]
    assert "Only if it rains" in chips
    keep = page.line.findChild(Button, "keepCondition")
    assert keep is not None and "keep it in the sentence" in keep.accessibleName()
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    (one,) = book_of(session).predictions.values()
    assert (one.statement, one.condition) == ("The picnic moves indoors by 20 March 2026", "it rains")
    type_in("If it rains, the picnic moves indoors 80% by friday @Ada")
    keep = page.line.findChild(Button, "keepCondition")
    assert keep is not None
    keep.click()
    assert page.line.findChild(Button, "keepCondition") is None or not keep.isVisible()
    assert QApplication.focusWidget() is page.line.edit
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    last = list(book_of(session).predictions.values())[-1]
    assert (last.statement, last.condition) == ("If it rains, the picnic moves indoors by 20 March 2026", "")
    type_in("If it snows")
    page.line.clear()
    type_in("If it snows, the road closes by friday 60%")
    assert page.line.written() is not None and page.line.written().prediction.condition == "it snows"  # type: ignore[union-attr]


def test_without_a_belief_enter_is_asked_for_twice(qtbot: QtBot, gui: Gui, session: Session) -> None:
    page = open_predictions(qtbot, gui)
    page.line.focus()
    enter(qtbot, gui, "The parcel arrives by friday")
    assert not book_of(session).predictions
    assert "How sure are you?" in page.line.advice_words.text()
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert len(book_of(session).predictions) == 1


def test_a_date_that_has_passed_is_kept_apart(qtbot: QtBot, gui: Gui, session: Session) -> None:
    page = open_predictions(qtbot, gui)
    page.line.focus()
    enter(qtbot, gui, "It rained in Prague 60% by 3 March 2025")
    (one,) = book_of(session).predictions.values()
    assert one.retrodiction
    assert "stays out of calibration" in gui.window.toast.text


def test_capture_over_any_page_gives_the_focus_back(qtbot: QtBot, gui: Gui, session: Session) -> None:
    gui.shell.open_page("home")
    settle(qtbot, gui)
    before = gui.window.focusWidget()
    press(Qt.Key.Key_N, CTRL)
    panel = gui.window.findChild(CapturePanel)
    assert panel is not None and panel.open
    type_in("The parcel arrives 70% by friday")
    press(Qt.Key.Key_Escape)
    assert not panel.open
    assert gui.window.focusWidget() is before
    press(Qt.Key.Key_N, CTRL)
    assert panel.line.line == "The parcel arrives 70% by friday", "Esc loses nothing"
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert not panel.open
    assert len(book_of(session).predictions) == 1
    home = gui.shell.page
    assert home is not None
    row = home.findChild(RowButton, "homeCapture")
    assert row is not None
    row.click()
    assert panel.open


def test_the_form_takes_what_the_line_says_and_edits_keep_the_old_words(
    qtbot: QtBot, gui: Gui, session: Session
) -> None:
    page = open_predictions(qtbot, gui)
    page.line.focus()
    type_in("At least 20 people come 75% by friday #meetup")
    press(Qt.Key.Key_Return, SHIFT)
    settle(qtbot, gui)
    type_in("19 names or fewer")
    press(Qt.Key.Key_Return, CTRL)
    settle(qtbot, gui)
    (one,) = book_of(session).predictions.values()
    assert (one.no_means, one.tags) == ("19 names or fewer", ("meetup",))
    assert page.line.line == ""
    page.focus_list()
    press(Qt.Key.Key_Return)
    form = page.panel.form
    assert form.statement.text == one.statement
    form.statement.focus()
    enter(qtbot, gui, "At least 25 people come")
    assert book_of(session).predictions[one.id].statement == "At least 25 people come"
    (edit,) = session.store.predictions.edits(one.id)
    assert (edit.field, edit.old) == ("statement", one.statement)
    assert list(book_of(session).columns.probability) == [0.75]


def test_the_form_writes_ranges_options_and_conditions(qtbot: QtBot, gui: Gui, session: Session) -> None:
    page = open_predictions(qtbot, gui)
    page.open_form()
    form = page.panel.form
    form.statement.set_text("People who come")
    form.kind.move_by(2)
    form.unit.set_text("people")
    form.condition.set_text("it does not rain")
    form.ranges.focus()
    type_in("120")
    form.save()
    assert "two ends" in form.trouble.text()
    press(Qt.Key.Key_Tab)
    type_in("180")
    form.save()
    settle(qtbot, gui)
    (one,) = book_of(session).predictions.values()
    (found,) = session.store.forecasts.of(one.id)
    assert [(q.level, q.value) for q in found.quantiles] == [(0.25, 120.0), (0.75, 180.0)]
    assert (one.condition, one.unit) == ("it does not rain", "people")
    page.open_form()
    form.statement.set_text("Who brings the cake")
    form.kind.move_by(1)
    form.options.focus()
    type_in("Esme, Ivana")
    form.shares.focus()
    type_in("60")
    press(Qt.Key.Key_Tab)
    type_in("2:3")
    form.save()
    settle(qtbot, gui)
    other = list(book_of(session).predictions.values())[-1]
    assert other.options == ("Esme", "Ivana")
    assert [(f.option, f.probability) for f in session.store.forecasts.of(other.id)] == [(0, 0.6), (1, 0.4)]


def test_save_pressed_twice_keeps_one_and_a_refusal_lets_go(qtbot: QtBot, gui: Gui, session: Session) -> None:
    page = open_predictions(qtbot, gui)
    page.open_form()
    form = page.panel.form
    form.statement.set_text("Who brings the cake")
    form.kind.move_by(1)
    form.options.focus()
    type_in("Esme, Ivana")
    form.shares.focus()
    type_in("60")
    press(Qt.Key.Key_Tab)
    type_in("40")
    form.save()
    form.save()
    settle(qtbot, gui)
    assert len(book_of(session).predictions) == 1
    page.edit()
    form.options.set_text("Ivana, Esme")
    form.save()
    settle(qtbot, gui)
    assert "by their place" in gui.window.toast.text and page.panel.open
    form.options.set_text("Esme, Ivana, nobody")
    form.save()
    settle(qtbot, gui)
    (one,) = book_of(session).predictions.values()
    assert one.options == ("Esme", "Ivana", "nobody")


def test_a_line_that_is_refused_comes_back_before_what_was_typed_since(
    qtbot: QtBot, gui: Gui, session: Session
) -> None:
    page = open_predictions(qtbot, gui)
    page.line.focus()
    type_in("Who wins: Red 80%, Blue 50%")
    press(Qt.Key.Key_Return)
    type_in("80% snow")
    settle(qtbot, gui)
    assert book_of(session).predictions == {}
    assert page.line.line == "Who wins: Red 80%, Blue 50% 80% snow"


def test_without_a_workspace_the_first_prediction_makes_one(
    qtbot: QtBot, gui: Gui, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("surveyapp.gui.capture.anywhere.documents_dir", lambda: tmp_path)
    gui.window.activateWindow()
    settle(qtbot, gui)
    press(Qt.Key.Key_N, CTRL)
    type_in("The parcel arrives 70% by friday")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: gui.context.session is not None, timeout=10_000)
    settle(qtbot, gui)
    assert gui.context.session is not None
    (one,) = book_of(gui.context.session).predictions.values()
    assert one.statement.startswith("The parcel arrives")
    assert (tmp_path / "Predictions.survey").exists()


def test_the_form_gives_advice_and_takes_the_repair(qtbot: QtBot, gui: Gui, session: Session) -> None:
    page = open_predictions(qtbot, gui)
    page.open_form()
    form = page.panel.form
    form.statement.focus()
    type_in("The bridge opens by 3 December 2026")
    form.due.focus()
    type_in("1 December 2026")
    qtbot.waitUntil(lambda: "after the deadline" in form.advice.words.text(), timeout=5000)
    assert form.advice.button.isVisible()
    form.advice.button.click()
    assert form.due.day == date(2026, 12, 3)
    form.credence.focus()
    enter(qtbot, gui, "80")
    (one,) = book_of(session).predictions.values()
    assert one.due == date(2026, 12, 3)


def test_what_is_there_already_gets_a_forecast_instead(qtbot: QtBot, gui: Gui, session: Session) -> None:
    one = said(session, "At least 20 people come to the meetup by 20 March 2026", 0.6, due=date(2026, 3, 20))
    said(session, "The museum opens by 20 March 2026", 0.6, due=date(2026, 3, 20))
    page = open_predictions(qtbot, gui)
    page.line.focus()
    type_in("At least 20 people come to our meetup by 20 March 2026 75%")
    qtbot.waitUntil(lambda: "nearly the same" in page.line.advice_words.text())
    press(Qt.Key.Key_Tab)
    settle(qtbot, gui)
    assert page.row is not None and page.row.prediction.id == one.id
    assert page.line.line == "" and page.side.belief.credence.share == 0.75
    assert QApplication.focusWidget() is page.side.belief.credence.percent
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert [found.probability for found in session.store.forecasts.of(one.id)] == [0.6, 0.75]
    assert len(book_of(session).predictions) == 2
    page.line.focus()
    press(Qt.Key.Key_Z, CTRL)
    assert page.line.line.startswith("At least 20 people come to our meetup"), "what was typed is not lost"


def test_the_form_goes_to_what_is_there_already_too(qtbot: QtBot, gui: Gui, session: Session) -> None:
    one = said(session, "At least 20 people come to the meetup", 0.6)
    gui.shell.open_page("home")
    settle(qtbot, gui)
    press(Qt.Key.Key_N, CTRL)
    panel = gui.window.findChild(CapturePanel)
    assert panel is not None
    press(Qt.Key.Key_Return, SHIFT)
    form = panel.form
    form.statement.set_text("At least 20 people come to our meetup")
    qtbot.waitUntil(lambda: "nearly the same" in form.advice.words.text())
    assert form.advice.button.accessibleName() == "Add a forecast to it"
    form.advice.button.click()
    settle(qtbot, gui)
    assert not panel.open and isinstance(gui.shell.page, PredictionsPage)
    assert gui.shell.page.row is not None and gui.shell.page.row.prediction.id == one.id
    assert QApplication.focusWidget() is gui.shell.page.side.belief.credence.percent
    gui.shell.page.edit()
    settle(qtbot, gui)
    assert "nearly the same" not in gui.shell.page.panel.form.advice.words.text()


def test_the_palette_finds_a_prediction(qtbot: QtBot, gui: Gui, session: Session) -> None:
    one = said(session, "The grant comes before the summer")
    said(session, "The post is read")
    open_predictions(qtbot, gui)
    gui.shell.open_page("home")
    settle(qtbot, gui)
    palette = gui.global_actions.palette
    palette.open_with("grant summer")
    (entry,) = [entry for entry in palette.entries() if entry.group == "Predictions"]
    entry.run()
    palette.dismiss()
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, PredictionsPage)
    assert page.row is not None and page.row.prediction.id == one.id


def test_the_line_of_the_page_makes_a_workspace_too(
    qtbot: QtBot, gui: Gui, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("surveyapp.gui.capture.anywhere.documents_dir", lambda: tmp_path)
    gui.window.activateWindow()
    page = open_predictions(qtbot, gui)
    assert QApplication.focusWidget() is page.line.edit
    type_in("The parcel arrives 70% by friday")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: gui.context.session is not None, timeout=10_000)
    settle(qtbot, gui)
    assert page.row is not None and page.row.prediction.statement.startswith("The parcel arrives")
    assert page.place() == ("", {"prediction": page.row.prediction.id})  # settings keep no words of a log


@pytest.mark.usefixtures("session")
def test_advice_has_room_for_its_words_beside_any_chips(qtbot: QtBot, gui: Gui) -> None:
    gui.window.resize(1024, 680)
    page = open_predictions(qtbot, gui)
    page.line.focus()
    type_in("80% the ferry sails on time if it rains by 5 May #home")
    qtbot.waitUntil(lambda: "who decides" in page.line.advice_words.text())
    qtbot.waitUntil(lambda: page.line.advice_words.width() >= 260)
