"""A prediction log that is opened: what it is stands there before it is stored, and the keyboard is enough."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from import_fuzz import FIXTURES
from page_steps import press, settle
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from surveyapp.base.clock import Clock
from surveyapp.domain.prediction import Forecast, Prediction, PredictionKind, Quantile
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.data.import_page import ImportPage
from surveyapp.gui.pages.predictions import import_page
from surveyapp.gui.pages.predictions.import_page import PredictionImportPage
from surveyapp.gui.pages.predictions.import_side import ImportSide
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.message_panel import MessagePanel
from surveyapp.services.prediction.book import book_of
from surveyapp.services.prediction.exporting import LogForm, export_log
from surveyapp.services.prediction.importing import import_predictions
from surveyapp.services.prediction.log import me, write_down
from surveyapp.services.session import Session
from surveyapp.services.workspace import require_session

LOGS = FIXTURES / "predictions"
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def session(empty: Session) -> Session:
    return empty


def opened(qtbot: QtBot, gui: Gui, path: Path) -> tuple[PredictionImportPage, ImportSide]:
    """Drop a file; what only looks like a log is said to be one."""
    gui.window.activateWindow()
    gui.shell.import_file(path)
    settle(qtbot, gui)
    if isinstance(gui.shell.page, ImportPage):
        panel = gui.shell.page.findChild(MessagePanel)
        assert panel is not None
        panel.buttons[0].click()
        settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, PredictionImportPage)
    assert page.side is not None
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return page, page.side


def pick(qtbot: QtBot, gui: Gui, words: str) -> None:
    """Open the field that has the focus, type, take the first that is found."""
    press(Qt.Key.Key_Space)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, words)
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    gui.window.activateWindow()
    settle(qtbot, gui)


def texts(side: ImportSide) -> str:
    return "\n".join(label.text() for label in side.findChildren(Label) if label.isVisibleTo(side))


def test_who_is_me_is_asked_and_the_log_comes_in_and_goes_again(qtbot: QtBot, gui: Gui, session: Session) -> None:
    page, side = opened(qtbot, gui, LOGS / "fatebook.csv")
    assert page.import_button.text() == "Import 2 predictions"
    assert QApplication.focusWidget() is side.me.field
    press(Qt.Key.Key_Return, CONTROL)
    settle(qtbot, gui)
    assert book_of(session).predictions == {}  # nobody has said who they are
    pick(qtbot, gui, "Bob")
    assert side.me.field.text() == "Bob"
    press(Qt.Key.Key_Return, CONTROL)
    settle(qtbot, gui)
    assert (len(book_of(session).predictions), me(session).name) == (2, "Bob")
    assert gui.shell.page is not page
    shown = [label.text() for label in gui.window.findChildren(Label) if label.isVisible()]
    assert "Me" not in shown[shown.index("Who decides") + 1]  # the file does not say
    assert gui.window.toast.text.startswith("Imported: 2 new predictions")
    gui.window.toast.take_back()
    settle(qtbot, gui)
    assert book_of(session).predictions == {}


def test_the_second_time_me_is_known_and_only_what_is_new_comes(qtbot: QtBot, gui: Gui, session: Session) -> None:
    page, side = opened(qtbot, gui, LOGS / "fatebook.csv")
    pick(qtbot, gui, "Ada")
    assert page.plan is not None
    import_predictions(session, page.plan)
    page, side = opened(qtbot, gui, LOGS / "fatebook.csv")
    assert (side.me.field.text(), side.open_choice) == ("Ada", None)
    assert page.import_button.hasFocus()
    assert "All of it is known" in texts(side)
    page.store()
    settle(qtbot, gui)
    assert "2 were there already" in gui.window.toast.text


@pytest.mark.usefixtures("session")
def test_what_is_not_read_is_told_with_its_rows(qtbot: QtBot, gui: Gui) -> None:
    page, side = opened(qtbot, gui, LOGS / "contest.csv")
    words = texts(side)
    assert "Not read, in 1 row" in words and "Row 3" in words and "whole per cents" in words
    side.use_key(LOGS / "contest_key.csv")
    settle(qtbot, gui)
    assert page.table is not None and page.plan is not None
    assert [bool(one.resolutions) for one in page.plan.predictions] == [True, True, False]


def test_a_spreadsheet_is_asked_for_what_it_does_not_say(
    qtbot: QtBot, gui: Gui, session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("Behauptung,wie\nRegen,0\nSchnee,1\n", "utf-8")
    gui.shell.open_page("import_log", path=path)
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, PredictionImportPage)
    panel = page.findChild(MessagePanel)
    assert panel is not None and panel.buttons[0].text() == "Say which column is what"
    panel.buttons[0].click()
    settle(qtbot, gui)
    side = page.side
    assert side is not None and not page.import_button.isEnabled()
    for asked, answer in (("statement", "Beh"), ("probability", "wie"), ("scale", "Per cents"), ("day", "2026-01-15")):
        choice = side.open_choice
        assert choice is not None and choice.objectName() == f"choice-{asked}"
        assert QApplication.focusWidget() is choice.field
        pick(qtbot, gui, answer)
        page.focus_first()
    assert side.open_choice is None
    page.store()
    settle(qtbot, gui)
    assert sorted(book_of(session).columns.probability) == [0, 0.01]


@pytest.mark.usefixtures("session")
def test_the_first_row_can_be_data_and_columns_show_what_is_in_them(qtbot: QtBot, gui: Gui, tmp_path: Path) -> None:
    path = tmp_path / "bare.csv"
    path.write_text("Rain,70,2024-01-05\nSnow,5,2024-01-06\n", "utf-8")
    gui.shell.open_page("import_log", path=path, format_id="spreadsheet")
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, PredictionImportPage) and page.side is not None
    side = page.side
    assert side.headed.isVisibleTo(side) and side.headed.isChecked()
    pick(qtbot, gui, "Rain")
    side.headed.click()
    settle(qtbot, gui)
    page.focus_first()
    press(Qt.Key.Key_Space)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    press(Qt.Key.Key_Escape)
    assert page.plan is not None and page.plan.examples == ("Rain", "70", "2024-01-05")
    for answer in ("Column 1", "Column 2"):
        page.focus_first()
        pick(qtbot, gui, answer)
    assert [one.prediction.statement for one in page.plan.predictions] == ["Rain", "Snow"]


@pytest.mark.usefixtures("session")
def test_whether_means_are_mine_is_asked_only_where_there_are_means(qtbot: QtBot, gui: Gui) -> None:
    _page, side = opened(qtbot, gui, LOGS / "predictionbook_rows.csv")
    assert side.alone.isVisibleTo(side) and not side.me.open
    _page, side = opened(qtbot, gui, LOGS / "predictionbook_rows.zip")
    assert not side.alone.isVisibleTo(side) and side.me.open
    assert "sheet" not in texts(side)


def test_a_zone_can_be_typed(qtbot: QtBot, gui: Gui, session: Session) -> None:
    page, side = opened(qtbot, gui, LOGS / "fatebook.csv")
    side.zone.field.setFocus()
    pick(qtbot, gui, "+05:30")
    assert page.plan is not None
    assert "UTC+05:30" in page.plan.zone
    assert page.plan.predictions[0].prediction.created_at.isoformat().endswith("+05:30")
    assert not session.store.predictions.batches()


@pytest.mark.usefixtures("session")
def test_the_means_of_predictionbook_are_mine_only_if_i_say_so(qtbot: QtBot, gui: Gui) -> None:
    page, side = opened(qtbot, gui, LOGS / "predictionbook.csv")
    assert "only the mean" in texts(side) and page.plan is not None and page.plan.me is None
    side.alone.click()
    settle(qtbot, gui)
    assert page.plan.people == ("ada",) and page.plan.me == 0


@pytest.mark.usefixtures("session")
def test_a_table_that_may_be_a_census_can_be_taken_as_one(qtbot: QtBot, gui: Gui) -> None:
    gui.shell.import_file(LOGS / "spreadsheet.csv")
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, ImportPage)
    panel = page.findChild(MessagePanel)
    assert panel is not None and "log of predictions" in panel.accessibleName()
    panel.buttons[1].click()
    qtbot.waitUntil(lambda: page.view is not None and page.view.complete, timeout=15_000)
    assert page.import_button.text() == "Import 3 people"


@pytest.mark.usefixtures("session")
def test_a_workbook_is_looked_into_once_it_is_read(qtbot: QtBot, gui: Gui, tmp_path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "mine.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ("Prediction", "Probability", "Deadline", "Outcome", "Date"))
        sheet.write_row(1, 0, ("Rain", 0.7, "", "yes", "2024-01-05"))
    page, side = opened(qtbot, gui, tmp_path / "mine.xlsx")
    assert page.plan is not None
    assert ([f.probability for f in page.plan.forecasts], side.open_choice) == ([0.7], None)


@pytest.mark.usefixtures("session")
def test_options_that_do_not_add_up_are_told_with_their_rows(qtbot: QtBot, gui: Gui, tmp_path: Path) -> None:
    rows = "Prediction,Option,Probability,Date\nWho?,A,80%,2024-01-05\nWho?,B,80%,2024-01-05\n"
    (tmp_path / "mine.csv").write_text(rows, "utf-8")
    _page, side = opened(qtbot, gui, tmp_path / "mine.csv")
    words = texts(side)
    assert "2 rows are kept, but in no score" in words and "Rows 2, 3" in words
    assert "Not read" not in words


@pytest.mark.usefixtures("session")
def test_leaving_stores_nothing_and_the_preview_can_be_taken_up_again(qtbot: QtBot, gui: Gui) -> None:
    page, _side = opened(qtbot, gui, LOGS / "manifold.json")
    press(Qt.Key.Key_Escape)
    settle(qtbot, gui)
    assert gui.shell.page is not page
    gui.window.toast.take_back()
    settle(qtbot, gui)
    assert gui.shell.page is page and page.plan is not None


@pytest.mark.usefixtures("session")
def test_a_damaged_log_is_a_sentence(qtbot: QtBot, gui: Gui, tmp_path: Path) -> None:
    path = tmp_path / "log.json"
    path.write_text('{"predictions": [', "utf-8")
    gui.shell.open_page("import_log", path=path)
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, PredictionImportPage) and page.plan is None
    panel = page.findChild(MessagePanel)
    assert panel is not None and "damaged" in panel.accessibleName()
    assert [button.text() for button in panel.buttons] == ["Open another file", "Back"]  # no table, no census either


def test_what_cannot_be_stored_is_not_offered(qtbot: QtBot, gui: Gui, session: Session, clock: Clock) -> None:
    path = session.path
    gui.context.set_session(None)
    session.close()
    gui.context.set_session(require_session(path, clock=clock, read_only=True))
    page, _side = opened(qtbot, gui, LOGS / "predictionbook.json")
    assert page.plan is not None and not page.import_button.isEnabled()
    press(Qt.Key.Key_Return, CONTROL)
    settle(qtbot, gui)
    assert gui.shell.page is page and page.job is None
    assert "reading only" in page.import_button.toolTip()


def test_without_a_workspace_one_is_made(qtbot: QtBot, gui: Gui) -> None:
    page, _side = opened(qtbot, gui, LOGS / "predictionbook.json")
    page.store()
    settle(qtbot, gui)
    session = gui.context.session
    assert session is not None
    assert len(book_of(session).predictions) == 1
    session.close()


def test_the_last_range_is_told_by_its_ends(qtbot: QtBot, gui: Gui, session: Session, tmp_path: Path) -> None:
    now = session.clock()
    draft = Prediction(statement="Guests at the solstice", created_at=now, kind=PredictionKind.NUMBER)
    write_down(
        session,
        draft,
        forecasts=(Forecast(at=now, quantiles=(Quantile(level=0.1, value=120), Quantile(level=0.9, value=180))),),
    )
    export_log(session, tmp_path / "log.json", form=LogForm.JSON)
    page, _side = opened(qtbot, gui, tmp_path / "log.json")
    assert page.table is not None
    assert page.table.model().index(0, 2).data() == "120 – 180"


@pytest.mark.usefixtures("session")
def test_forecasts_that_are_shown_no_more_are_freed_in_a_worker(
    qtbot: QtBot, gui: Gui, monkeypatch: pytest.MonkeyPatch
) -> None:
    freed: list[tuple[bool, int]] = []

    def let_go(items: list[object]) -> None:
        freed.append((threading.current_thread() is threading.main_thread(), len(items)))

    monkeypatch.setattr(import_page, "let_go", let_go)
    page, _side = opened(qtbot, gui, LOGS / "fatebook.csv")
    assert page.plan is not None
    n = len(page.plan.forecasts)
    page.open_import(LOGS / "fatebook.csv")
    qtbot.waitUntil(lambda: bool(freed))
    settle(qtbot, gui)
    assert freed == [(False, n)]
