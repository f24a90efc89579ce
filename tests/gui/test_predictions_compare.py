"""Compare two, as a person uses it: with the keyboard alone, and what is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from page_steps import press, settle
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from services_example import new_session

from surveyapp.base.clock import Clock
from surveyapp.domain.prediction import Forecast, Prediction
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.predictions.compare_page import ComparePage
from surveyapp.gui.pages.predictions.compare_view import CompareView
from surveyapp.services.change_log import undo
from surveyapp.services.prediction.comparing import COMPARISONS
from surveyapp.services.prediction.log import write_down
from surveyapp.services.session import Session


@pytest.fixture
def session(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock) -> Iterator[Session]:
    """A log in which Ada, who is me, and Boris forecast two things, and Cora one."""
    made = new_session(tmp_path / "Log.survey", clock)
    now = clock() - timedelta(days=3)
    ids = made.store.predictions.add_forecasters(["Ada", "Boris", "Cora"])
    made.store.predictions.set_me(ids["Ada"])
    made.notify("log:people")
    for words, said in (("Rain", {"Ada": 0.9, "Boris": 0.2, "Cora": 0.9}), ("Snow", {"Ada": 0.5, "Boris": 0.5})):
        forecasts = [Forecast(at=now, probability=p, forecaster_id=ids[name]) for name, p in said.items()]
        write_down(made, Prediction(statement=words, created_at=now), forecasts=forecasts)
    gui.context.set_session(made)
    settle(qtbot, gui)
    yield made


@pytest.fixture
def page(gui: Gui, qtbot: QtBot, session: Session) -> ComparePage:
    assert gui.context.session is session
    gui.window.activateWindow()
    gui.shell.open_page("compare")
    settle(qtbot, gui)
    found = gui.shell.page
    assert isinstance(found, ComparePage)
    return found


def test_it_is_a_key_away_from_the_predictions(page: ComparePage, gui: Gui, qtbot: QtBot) -> None:
    page.leave()
    settle(qtbot, gui)
    assert gui.shell.current == "predictions"
    gui.context.actions.trigger("predictions.compare")
    settle(qtbot, gui)
    assert gui.shell.page is page
    page.on_escape()
    assert gui.shell.current == "predictions"


def view_of(page: ComparePage) -> CompareView:
    assert page.view is not None
    return page.view


def rows(page: ComparePage) -> list[list[str]]:
    frame = view_of(page).table.frame
    return [[frame.cell(row, column).text for column in range(5)] for row in range(frame.rowCount())]


def type_in(words: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, words)


def test_two_people_are_ranked_marked_and_undone_by_keys(
    page: ComparePage, gui: Gui, qtbot: QtBot, session: Session
) -> None:
    press(Qt.Key.Key_C)
    settle(qtbot, gui)
    assert rows(page) == [
        ["Rain", "90\u202f%", "20\u202f%", "3.58", ""],
        ["Snow", "50\u202f%", "50\u202f%", "0.00", ""],
    ]
    assert view_of(page).sentence.text().startswith("They part on 1 of 2 observations.")
    press(Qt.Key.Key_1)
    settle(qtbot, gui)
    press(Qt.Key.Key_2)
    settle(qtbot, gui)
    assert rows(page)[0][4] == "both"
    assert page.explanation is not None and page.explanation.kind == "Double crux"
    assert "look good to both" in page.explanation.words
    assert "Ada takes yes at any odds under 9 : 1" in page.explanation.words
    press(Qt.Key.Key_B)
    settle(qtbot, gui)
    assert rows(page)[0][4] == ""
    undo(session)
    settle(qtbot, gui)
    assert rows(page)[0][4] == "both"


def test_another_person_is_chosen_and_who_stood_there_changes_places(page: ComparePage, gui: Gui, qtbot: QtBot) -> None:
    page.start_people()
    settle(qtbot, gui)
    entries = {entry.title: entry for entry in view_of(page)._entries(1)}
    assert list(entries) == ["Ada", "Boris", "Cora"]
    entries["Cora"].run()
    settle(qtbot, gui)
    assert [row[0] for row in rows(page)] == ["Rain"]
    assert "Add an observation" in view_of(page).sentence.text()
    {entry.title: entry for entry in view_of(page)._entries(1)}["Ada"].run()
    settle(qtbot, gui)
    assert page.comparison is not None
    assert (page.comparison.first, page.comparison.second) == ("Cora", "Ada")


def test_two_hypotheses_are_written_with_the_keyboard_alone(
    page: ComparePage, gui: Gui, qtbot: QtBot, session: Session
) -> None:
    press(Qt.Key.Key_N)
    settle(qtbot, gui)
    type_in("Strike")
    press(Qt.Key.Key_Return)
    type_in("Holiday")
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert [one.name for one in COMPARISONS.all(session)] == ["Strike and Holiday"]
    view = view_of(page)
    assert QApplication.focusWidget() is view.text, "Enter leads to what must be said next"
    assert view.entry.y() < view.table.mapTo(view, QPoint(0, 0)).y(), "no toast lies over what is typed"
    for words, first, second in (("No bus comes", "80%", "1:4"), ("Shops are closed", "10", "90")):
        type_in(words)
        press(Qt.Key.Key_Tab)
        type_in(first)
        press(Qt.Key.Key_Tab)
        type_in(second)
        press(Qt.Key.Key_Return)
        settle(qtbot, gui)
        assert QApplication.focusWidget() is view.text
    assert [row[0] for row in rows(page)] == ["Shops are closed", "No bus comes"]
    view.table.setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert view.text.text() == "No bus comes"
    assert view.add_button.text() == "Change"
    view.first.setText("99%")
    view.first.setFocus()
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert [row[0] for row in rows(page)] == ["No bus comes", "Shops are closed"]
    view.table.setFocus()
    view.table.choose(1)
    press(Qt.Key.Key_Delete)
    settle(qtbot, gui)
    assert [one.text for one in COMPARISONS.get(session, "Strike and Holiday").observations] == ["No bus comes"]
    undo(session)
    settle(qtbot, gui)
    assert len(rows(page)) == 2


def test_from_two_people_to_two_hypotheses_by_one_key(page: ComparePage, gui: Gui, qtbot: QtBot) -> None:
    press(Qt.Key.Key_C)
    settle(qtbot, gui)
    assert QApplication.focusWidget() is view_of(page).table
    press(Qt.Key.Key_N)
    settle(qtbot, gui)
    focus = QApplication.focusWidget()
    assert focus is not None and focus.objectName() == "compareName1"


def test_what_is_no_probability_is_said_and_nothing_is_lost(page: ComparePage, gui: Gui, qtbot: QtBot) -> None:
    page.start_new()
    settle(qtbot, gui)
    view = view_of(page)
    view.text.setText("No bus comes")
    view.first.setText("perhaps")
    view.add_button.click()
    assert view.sentence.text() == "“perhaps” is no probability. Write it as 80%, 0.8 or 4:1."
    assert view.text.text() == "No bus comes"


def test_a_kept_one_is_opened_copied_written_and_removed(
    page: ComparePage, gui: Gui, qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    page.start_people()
    settle(qtbot, gui)
    view_of(page).table.choose(0)
    page.toggle(first=True)
    settle(qtbot, gui)
    gui.shell.open_page("compare", name="Ada and Boris")
    settle(qtbot, gui)
    page.copy()
    assert QGuiApplication.clipboard().text().startswith("# Ada and Boris")
    page.write(tmp_path / "out.md")
    settle(qtbot, gui)
    assert (tmp_path / "out.md").read_text(encoding="utf-8") == page.text()
    assert [one.title for one in page._entries("")] == ["Ada and Boris"]
    page.remove()
    settle(qtbot, gui)
    assert COMPARISONS.all(session) == []
    assert page.view is None


def test_the_page_without_people_says_what_it_needs(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    gui.context.set_session(new_session(tmp_path / "Empty.survey", clock))
    gui.shell.open_page("compare")
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, ComparePage)
    page.start_people()
    assert "Two people must have made forecasts" in gui.window.toast.text


def test_without_a_workspace_two_hypotheses_make_one(
    gui: Gui, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("surveyapp.gui.capture.anywhere.documents_dir", lambda: tmp_path)
    gui.window.activateWindow()
    gui.shell.open_page("compare")
    settle(qtbot, gui)
    gui.context.actions.trigger("compare.new")
    qtbot.waitUntil(lambda: gui.context.session is not None, timeout=10_000)
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, ComparePage)
    assert page.view is not None and page.view.isVisible()
    type_in("Strike")
    press(Qt.Key.Key_Return)
    type_in("Holiday")
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert gui.context.session is not None
    assert [one.name for one in COMPARISONS.all(gui.context.session)] == ["Strike and Holiday"]
