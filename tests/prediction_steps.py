"""What tests of predictions do: write some down, open the page, type."""

from __future__ import annotations

from page_steps import press, settle
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from surveyapp.domain.prediction import Forecast, Outcome, Prediction
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.predictions.page import PredictionsPage
from surveyapp.services.prediction.log import write_down
from surveyapp.services.session import Session


def open_predictions(qtbot: QtBot, gui: Gui, **arguments: object) -> PredictionsPage:
    gui.shell.open_page("predictions", "todo", **arguments)
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, PredictionsPage)
    return page


def type_in(text: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, text)


def enter(qtbot: QtBot, gui: Gui, text: str) -> None:
    """Type it into what has the focus, press Enter and wait until all work is done."""
    type_in(text)
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)


def said(session: Session, statement: str, share: float | None = 0.8, **fields: object) -> Prediction:
    now = session.clock()
    draft = Prediction(statement=statement, created_at=now, **fields)  # type: ignore[arg-type]
    return write_down(session, draft, forecasts=() if share is None else (Forecast(at=now, probability=share),))


def outcomes(session: Session, one: Prediction) -> list[Outcome]:
    return [found.outcome for found in session.store.forecasts.resolutions(one.id)]
