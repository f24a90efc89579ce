"""A workspace that holds predictions and no census: Home, Reports, Calibration and Predictions do its job."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from page_steps import press, settle
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from services_example import new_session

from surveyapp.base.clock import Clock
from surveyapp.domain.analysis import AnalysisKind
from surveyapp.domain.prediction import Forecast, Outcome, Prediction
from surveyapp.domain.scope import EVERYBODY, Scope
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.calibration.page import CalibrationPage
from surveyapp.gui.pages.home.calibration_card import CalibrationCard
from surveyapp.gui.pages.predictions.page import PredictionsPage
from surveyapp.gui.pages.reports.page import ReportsPage
from surveyapp.gui.pages.reports.start_view import StartView
from surveyapp.gui.sheet_export import write_sheets_of
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.empty_state import EmptyState
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.row_button import RowButton
from surveyapp.services.prediction.log import resolve, write_down
from surveyapp.services.report.spec import list_reports
from surveyapp.services.session import Session


@pytest.fixture
def session(tmp_path: Path, clock: Clock) -> Session:
    return new_session(tmp_path / "Log.survey", clock)


def fill(session: Session, n: int, *, who: int = 0, come_out: bool = True) -> None:
    for number in range(n):
        at = session.clock() - timedelta(days=300 - 5 * number)
        draft = Prediction(statement=f"Thing {number} happens", created_at=at, due=(at + timedelta(days=3)).date())
        said = (0.1, 0.4, 0.7, 0.9)[number % 4]
        one = write_down(session, draft, forecasts=[Forecast(at=at, probability=said, forecaster_id=who)])
        if come_out:
            outcome = Outcome.YES if number % 10 < 8 * said else Outcome.NO
            resolve(session, one.id, outcome, known_at=at + timedelta(days=4))


def open_page(gui: Gui, qtbot: QtBot, session: Session, page: str) -> None:
    gui.context.set_session(session)
    gui.window.activateWindow()
    gui.shell.open_page(page)
    settle(qtbot, gui)


def words(gui: Gui) -> list[str]:
    page = gui.shell.page
    assert page is not None
    return [label.text() for label in page.findChildren(Label) if label.isVisible()]


# Home


def test_home_leads_to_predictions_and_says_how_one_does(gui: Gui, qtbot: QtBot, session: Session) -> None:
    fill(session, 40)
    open_page(gui, qtbot, session, "home")
    page = gui.shell.page
    assert page is not None
    assert "40 predictions, 40 came out." in words(gui)
    rows = {row.objectName(): row.text() for row in page.findChildren(RowButton)}
    assert "continue.explore" not in rows and "continue.data" not in rows
    assert rows["continue.reports"] == "Write a report of the predictions"
    card = page.findChild(CalibrationCard)
    assert card is not None
    assert "Your calibration" in words(gui) and "n 40" in words(gui)
    card.open_wanted.emit()
    settle(qtbot, gui)
    assert gui.shell.current == "calibration" and gui.shell.page is not None and gui.shell.page.tab == "log"


# Reports


def reports(gui: Gui, qtbot: QtBot, session: Session) -> tuple[ReportsPage, StartView]:
    open_page(gui, qtbot, session, "reports")
    page = gui.shell.page
    assert isinstance(page, ReportsPage) and page.start is not None
    return page, page.start


def test_reports_offers_the_log_a_sheet_and_a_prediction(gui: Gui, qtbot: QtBot, session: Session) -> None:
    fill(session, 40)
    page, start = reports(gui, qtbot, session)
    names = {row.objectName(): row for row in start.findChildren(RowButton)}
    assert set(names) == {"template.summary", "template.calibration", "personSheets", "predict"}
    assert not any("census" in text for text in words(gui))
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, gui)
    (report,) = list_reports(session)
    kinds = [block.spec.kind for block in report.blocks if block.spec is not None]
    assert kinds == [AnalysisKind.LOG]  # everybody's is mine
    assert page.builder.preview is not None and not page.builder.preview.problems


def test_a_sheet_is_written_from_the_window(gui: Gui, qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    fill(session, 40)
    page, _start = reports(gui, qtbot, session)
    write_sheets_of(page, Scope(people=(EVERYBODY,)), tmp_path / "people.pdf")
    settle(qtbot, gui)
    assert (tmp_path / "people.pdf").read_bytes().startswith(b"%PDF")
    assert gui.window.toast.text == "people.pdf written, 1 page."
    write_sheets_of(page, Scope(people=(EVERYBODY,)), tmp_path / "people.txt")
    settle(qtbot, gui)
    assert not (tmp_path / "people.txt").exists()


def test_without_a_score_reports_leads_to_what_waits(gui: Gui, qtbot: QtBot, session: Session) -> None:
    fill(session, 3, come_out=False)
    _page, start = reports(gui, qtbot, session)
    assert start.accessibleName() == "Nothing to report yet."
    focus = QApplication.focusWidget()
    assert focus is not None and focus.objectName() == "openPredictions"
    assert any("3 are written down" in text for text in words(gui))
    assert not gui.context.actions.is_enabled("reports.new_everything")
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert gui.shell.current == "predictions"


def test_an_empty_workspace_can_begin_with_a_prediction(gui: Gui, qtbot: QtBot, session: Session) -> None:
    _page, start = reports(gui, qtbot, session)
    assert [button.objectName() for button in start.findChildren(Button)] == ["openFile", "predict"]


# Calibration


def test_others_are_scored_where_mine_cannot_be(gui: Gui, qtbot: QtBot, session: Session) -> None:
    ana = session.store.predictions.add_forecasters(["Ana"])["Ana"]
    fill(session, 12, who=ana)
    at = session.clock()
    draft = Prediction(statement="Mine is open", created_at=at)
    write_down(session, draft, forecasts=[Forecast(at=at, probability=0.7)])
    open_page(gui, qtbot, session, "calibration")
    page = gui.shell.page
    assert isinstance(page, CalibrationPage)
    empty = page.findChild(EmptyState)
    assert empty is not None and empty.accessibleName() == "None of these predictions can be scored yet."
    button = page.findChild(Button, "scoreEverybody")
    assert button is not None
    button.click()
    settle(qtbot, gui)
    assert page.log.result is not None and page.log.result.calibration.n == 12


def test_with_nobody_scored_there_is_no_such_button(gui: Gui, qtbot: QtBot, session: Session) -> None:
    fill(session, 2, come_out=False)
    open_page(gui, qtbot, session, "calibration")
    page = gui.shell.page
    assert page is not None and page.findChild(Button, "scoreEverybody") is None


# Predictions


def test_another_workspace_opens_on_what_is_to_do(
    gui: Gui, qtbot: QtBot, session: Session, tmp_path: Path, clock: Clock
) -> None:
    fill(session, 2)
    open_page(gui, qtbot, session, "predictions")
    page = gui.shell.page
    assert isinstance(page, PredictionsPage)
    page.set_tab("all")
    settle(qtbot, gui)
    other = new_session(tmp_path / "Other.survey", clock)
    fill(other, 2, come_out=False)
    gui.context.set_session(other)
    settle(qtbot, gui)
    assert page.tab == "todo"
    rows = page.list.rows
    assert sum(rows.at(row) is not None for row in range(rows.rowCount())) == 2
    session.close()
