"""Sealing in the window: a code on the clipboard, opened and checked, without a dialog; dates and sheets as files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from page_steps import settle
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from surveyapp.domain.prediction import Forecast, Outcome, Prediction, Visibility
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.predictions.page import PredictionsPage
from surveyapp.gui.pages.predictions.private_dialog import PrivateDialog
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.switch import Switch
from surveyapp.services.change_log import undo
from surveyapp.services.prediction.log import resolve, write_down
from surveyapp.services.prediction.seal_text import digests_in, verify
from surveyapp.services.prediction.sealing import seals_of
from surveyapp.services.session import Session

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def session(empty: Session) -> Session:
    return empty


def said(
    session: Session, share: float | None = 0.8, visibility: Visibility = Visibility.PRIVATE, what: str = "It rains"
) -> Prediction:
    now = session.clock()
    draft = Prediction(statement=f"{what} in Riverside", created_at=now, due=date(2027, 5, 5), visibility=visibility)
    return write_down(session, draft, forecasts=() if share is None else (Forecast(at=now, probability=share),))


def opened_page(qtbot: QtBot, gui: Gui, one: Prediction) -> PredictionsPage:
    gui.shell.open_page("predictions", "all", prediction=one.id)
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, PredictionsPage)
    gui.shell.show_inspector(True)
    settle(qtbot, gui)
    return page


def click(page: PredictionsPage, name: str) -> None:
    button = page.side.seal.findChild(Button, name)
    assert button is not None, name
    button.click()


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def test_sealed_copied_opened_and_taken_back(qtbot: QtBot, gui: Gui, session: Session) -> None:
    one = said(session)
    page = opened_page(qtbot, gui, one)
    panel = page.side.seal
    assert panel.can_seal
    click(page, "sealPrediction")
    field = panel.findChild(QLineEdit, "sealDay")
    assert field is not None
    QTest.keyClicks(field, "yesterday or so")
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert seals_of(session) == (), "a day that cannot be read seals nothing"
    field.setText("1 May 2027")
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle(qtbot, gui)
    (held,) = seals_of(session)
    assert held.opens_on == date(2027, 5, 1)
    assert digests_in(clipboard()) == (held.digest,)
    assert "Riverside" not in clipboard()
    assert panel.is_closed
    assert not panel.can_seal
    QGuiApplication.clipboard().clear()
    click(page, "copySeal")
    settle(qtbot, gui)
    assert digests_in(clipboard()) == (held.digest,)
    click(page, "openSeal")
    settle(qtbot, gui)
    assert [found.fits for found in verify(clipboard(), promised=[held.digest])] == [True]
    assert not panel.is_closed
    undo(session)
    settle(qtbot, gui)
    assert panel.is_closed


def test_nothing_is_offered_where_nothing_can_be_sealed(qtbot: QtBot, gui: Gui, session: Session) -> None:
    bare, done = said(session, None), said(session)
    resolve(session, done.id, Outcome.YES)
    for one in (bare, done):
        page = opened_page(qtbot, gui, one)
        assert page.row is not None
        assert page.row.prediction.id == one.id
        assert page.side.seal.isHidden()
        assert not gui.context.actions.is_enabled("predictions.seal")


def test_a_seal_on_the_clipboard_is_checked(
    qtbot: QtBot, gui: Gui, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened_page(qtbot, gui, said(session))
    told: list[str] = []
    monkeypatch.setattr(page.context.shell, "toast", lambda text, *_more: told.append(text))
    page.side.seal.seal(None)
    settle(qtbot, gui)
    page.side.seal.open()
    settle(qtbot, gui)
    gui.context.actions.trigger("predictions.verify_seal")
    assert told[-1].startswith("It fits.")
    QGuiApplication.clipboard().setText(clipboard().replace("0.8", "0.9"))
    gui.context.actions.trigger("predictions.verify_seal")
    assert "does not fit" in told[-1]
    QGuiApplication.clipboard().setText("nothing")
    gui.context.actions.trigger("predictions.verify_seal")
    assert "no opened seal" in told[-1]


def test_dates_and_sheet_are_written(
    qtbot: QtBot, gui: Gui, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened_page(qtbot, gui, said(session, visibility=Visibility.PUBLIC))
    for name, action in (("dates.ics", "calendar"), ("me.pdf", "sheet")):
        path = tmp_path / name
        monkeypatch.setattr(
            QFileDialog, "getSaveFileName", lambda *_args, chosen=path: (str(chosen.with_suffix("")), "")
        )
        gui.context.actions.trigger(f"predictions.{action}")
        settle(qtbot, gui)
        assert path.read_bytes()[:5] in (b"BEGIN", b"%PDF-")
    assert gui.window.toast.text == "me.pdf written. None of these predictions can be scored yet."


@pytest.mark.parametrize(
    ("kind", "name"),
    [("json", "log.json"), ("spreadsheets", "log.xlsx"), ("exact", "log.csv"), ("Fatebook", "log.csv")],
)
def test_the_whole_log_is_written_as_the_kind_says(
    qtbot: QtBot,
    gui: Gui,
    session: Session,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    name: str,
) -> None:
    opened_page(qtbot, gui, said(session, visibility=Visibility.SHARED))

    def ask(*arguments: object) -> tuple[str, str]:
        return str(tmp_path / "log.json"), next(one for one in str(arguments[3]).split(";;") if kind in one)

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    gui.context.actions.trigger("predictions.export")
    settle(qtbot, gui)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("log")] == [name]
    assert "1 prediction written" in gui.window.toast.text


def test_private_predictions_go_along_only_with_a_second_word(
    qtbot: QtBot, gui: Gui, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened_page(qtbot, gui, said(session, visibility=Visibility.SHARED))
    said(session, what="It snows")
    path = tmp_path / "log.csv"
    kind = "A row for each forecast, exact (*.csv)"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), kind))
    for private, told in ((False, "1 is private and was left out."), (True, "1 of them is private.")):
        gui.context.actions.trigger("predictions.export")
        dialog = gui.window.findChild(PrivateDialog)
        assert dialog is not None and dialog.go.isEnabled()
        assert "1 of 2 predictions is private" in [label.text() for label in dialog.findChildren(Label)]
        dialog.findChildren(Switch)[0].setChecked(private)
        dialog.go.click()
        settle(qtbot, gui)
        assert told in gui.window.toast.text
        assert ("It snows" in path.read_text("utf-8-sig")) is private
        qtbot.waitUntil(lambda: gui.window.findChild(PrivateDialog) is None)  # it goes once Qt has time


def test_where_all_are_private_the_switch_comes_first(
    qtbot: QtBot, gui: Gui, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened_page(qtbot, gui, said(session))
    chosen = (str(tmp_path / "log.csv"), "My predictions for Fatebook (*.csv)")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: chosen)
    gui.context.actions.trigger("predictions.export")
    dialog = gui.window.findChild(PrivateDialog)
    assert dialog is not None and not dialog.go.isEnabled() and dialog.go.toolTip()
    dialog.findChildren(Switch)[0].setChecked(True)
    assert dialog.go.isEnabled()
    dialog.reject()
    settle(qtbot, gui)
    assert not (tmp_path / "log.csv").exists()
