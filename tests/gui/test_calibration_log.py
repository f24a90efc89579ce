"""Calibration, My predictions: what is scored, the bins by keyboard, and what one does with it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from page_steps import press, settle
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from services_example import new_session
from small_census import small_session

from surveyapp.base.clock import Clock
from surveyapp.domain.analysis import AnalysisKind
from surveyapp.domain.prediction import Forecast, Outcome, Prediction
from surveyapp.domain.scope import CountingRule, Scope
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.calibration.log_body import LogBody
from surveyapp.gui.pages.calibration.page import CalibrationPage
from surveyapp.gui.pages.predictions.entries import entries_of
from surveyapp.gui.pages.predictions.page import PredictionsPage
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.empty_state import EmptyState
from surveyapp.services.prediction.listing import Row
from surveyapp.services.prediction.log import resolve, write_down
from surveyapp.services.prediction.scope_text import log_spec
from surveyapp.services.report.spec import shelf
from surveyapp.services.saved_analysis import spec_as_text
from surveyapp.services.session import Session

ALT = Qt.KeyboardModifier.AltModifier


def fill(session: Session, n: int, *, who: int | None = None) -> None:
    """Forecasts of 10, 40, 70 and 90 % a week apart, too sure of themselves."""
    for number in range(n):
        at = session.clock() - timedelta(days=400 - 3 * number)
        draft = Prediction(
            statement=f"Thing {number} happens", created_at=at, due=(at + timedelta(days=3)).date(), tags=("home",)
        )
        said = (0.1, 0.4, 0.7, 0.9)[number % 4]
        own = Forecast(at=at, probability=said, forecaster_id=who or 0)
        one = write_down(session, draft, forecasts=[own])
        outcome = Outcome.YES if (number * 7) % 10 < 5 + 4 * (said - 0.5) else Outcome.NO
        resolve(session, one.id, outcome, known_at=at + timedelta(days=4))


def open_log(gui: Gui, qtbot: QtBot, session: Session) -> CalibrationPage:
    gui.context.set_session(session)
    gui.window.activateWindow()
    gui.shell.open_page("calibration", "log")
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, CalibrationPage)
    return page


def filled(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock, n: int = 60) -> CalibrationPage:
    session = new_session(tmp_path / "log.survey", clock)
    fill(session, n)
    return open_log(gui, qtbot, session)


def test_without_a_workspace_there_is_nothing_to_choose(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    gui.window.activateWindow()
    gui.shell.open_page("calibration", "log")
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, CalibrationPage)
    assert page.log.bar.isHidden()
    gui.context.set_session(new_session(tmp_path / "Empty.survey", clock))
    settle(qtbot, gui)
    again = gui.shell.page
    assert isinstance(again, CalibrationPage)
    assert not again.log.bar.isHidden()


def body_of(page: CalibrationPage) -> LogBody:
    assert page.log.body is not None
    return page.log.body


def test_a_log_without_a_census_is_scored(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    page = filled(gui, qtbot, tmp_path, clock)
    body = body_of(page)
    assert body.verdict.text() == "You are strongly overconfident."
    assert body.badge.text().startswith("p ")
    assert page.log.bar.left_out.accessibleName() == "60 of 60 predictions."
    assert body.view.hasFocus() and not page.bar.isVisible()
    assert page.fact.startswith("Spiegelhalter z")
    assert gui.context.actions.is_enabled("calibration.pin")


def test_arrows_walk_the_bins_and_their_misses_are_listed(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    page = filled(gui, qtbot, tmp_path, clock)
    body = body_of(page)
    press(Qt.Key.Key_Left)
    settle(qtbot, gui)
    assert body.selected == "90" and body.table.current_key == "90"
    assert "were expected" in body.picked.text()
    assert body.misses.isVisible() and body.more.isVisible()
    assert page.explanation is not None and page.explanation.title.startswith("90–100")
    press(Qt.Key.Key_Escape)
    settle(qtbot, gui)
    assert body.selected == "" and not body.picked.isVisible()


def test_o_folds_l_takes_log_odds_and_m_goes_over_time(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    page = filled(gui, qtbot, tmp_path, clock)
    body = body_of(page)
    press(Qt.Key.Key_O)
    settle(qtbot, gui)
    assert page.log.scope.fold and page.log.bar.fold.text() == "Folded at 50 %"
    assert "Slope not computed: folded" in body.explanation.text()
    press(Qt.Key.Key_O)
    settle(qtbot, gui)
    press(Qt.Key.Key_L)
    settle(qtbot, gui)
    assert "log-odds" in body.caption.text()
    press(Qt.Key.Key_M)
    settle(qtbot, gui)
    assert body.diagram.title.text() == "Over time" and "a year" in body.caption.text()
    assert page.log.spec() == log_spec(Scope(), over_time=True)


def test_p_pins_what_is_shown_and_it_opens_again(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    page = filled(gui, qtbot, tmp_path, clock)
    press(Qt.Key.Key_P)
    settle(qtbot, gui)
    session = page.context.session
    assert session is not None
    waiting = shelf(session)
    assert waiting is not None and waiting.blocks[0].spec is not None
    assert waiting.blocks[0].spec.kind is AnalysisKind.LOG
    spec = log_spec(Scope(rule=CountingRule.EVERY, tags=("home",), n_bins=20))
    gui.shell.open_page("calibration", "log", spec=spec_as_text(spec))
    settle(qtbot, gui)
    assert page.log.scope == Scope(rule=CountingRule.EVERY, tags=("home",), n_bins=20)
    assert page.log.bar.rule.text() == "Every forecast" and page.log.bar.tags.text() == "home"
    assert page.log.bar.bins.text() == "Bins of 5"


def test_chips_choose_what_is_scored(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    page = filled(gui, qtbot, tmp_path, clock)
    menu = page.log.bar.counted.menu()
    menu.aboutToShow.emit()
    own = menu.actions()[0]
    assert own.isChecked()
    own.trigger()
    settle(qtbot, gui)
    assert not page.log.scope.own_resolved
    empty = page.findChild(EmptyState)
    assert empty is not None and empty.accessibleName() == "None of these predictions can be scored yet."
    assert "60 self-resolved" in page.log.bar.left_out.accessibleName()
    assert not gui.context.actions.is_enabled("calibration.pin")


def test_few_are_shown_without_a_verdict(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    body = body_of(filled(gui, qtbot, tmp_path, clock, n=12))
    assert body.verdict.text().startswith("12 scored forecasts. A verdict needs about 30; here is what there is.")
    assert body.badge.isHidden() and body.says.isHidden()
    assert body.table.isVisible()


def test_nobody_is_me_yet_and_everybody_can_be_scored(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    session = new_session(tmp_path / "log.survey", clock)
    ana = session.store.predictions.add_forecasters(["Ana"])["Ana"]
    fill(session, 8, who=ana)
    session.store.predictions.set_me(None)
    session.notify("log:me")
    page = open_log(gui, qtbot, session)
    empty = page.findChild(EmptyState)
    assert empty is not None and empty.accessibleName() == "Nobody here is “me” yet."
    button = page.findChild(Button, "scoreEverybody")
    assert button is not None
    button.click()
    settle(qtbot, gui)
    assert page.log.result is not None and page.log.result.calibration.n == 8
    assert page.log.bar.people.text() == "Everybody's predictions"


def test_an_empty_log_teaches(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    page = open_log(gui, qtbot, new_session(tmp_path / "log.survey", clock))
    empty = page.findChild(EmptyState)
    assert empty is not None and empty.accessibleName() == "No prediction yet."


def test_what_is_resolved_meanwhile_is_counted(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    page = filled(gui, qtbot, tmp_path, clock, n=8)
    assert page.context.session is not None
    fill(page.context.session, 4)
    settle(qtbot, gui)
    assert page.log.result is not None and page.log.result.calibration.n == 12


def test_the_census_keeps_its_tab_and_opens_first_without_a_prediction(
    gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock
) -> None:
    session = small_session(tmp_path, clock)
    gui.context.set_session(session)
    gui.window.activateWindow()
    gui.shell.open_page("calibration")
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, CalibrationPage) and page.tab == "census" and page.body is not None
    press(Qt.Key.Key_1, ALT)
    settle(qtbot, gui)
    assert page.on_log and page.log.view.isVisible() and page.bar.isHidden()
    press(Qt.Key.Key_2, ALT)
    settle(qtbot, gui)
    assert not page.log.view.isVisible() and page.body is not None and not page.bar.isHidden()


def test_how_it_was_computed_is_copied(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    filled(gui, qtbot, tmp_path, clock)
    gui.context.actions.trigger("calibration.method")
    settle(qtbot, gui)
    text = QGuiApplication.clipboard().text()
    assert "60 forecasts of 60 predictions" in text and "Thing" not in text


def test_enter_opens_the_predictions_of_the_bin_and_no_others(
    gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock
) -> None:
    filled(gui, qtbot, tmp_path, clock)
    press(Qt.Key.Key_Left)
    settle(qtbot, gui)
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, PredictionsPage) and page.tab == "resolved"
    entries = entries_of(page.listing, page.tab, only=page.filters.only) if page.listing is not None else []
    assert sum(isinstance(one, Row) for one in entries) == 15
    assert page.list.hasFocus()
    press(Qt.Key.Key_Escape)
    settle(qtbot, gui)
    assert not page.filters.only
