"""The form is filled in by Tab alone, whatever is asked; the list has its ends; panels follow the window."""

from __future__ import annotations

from datetime import timedelta

import pytest
from page_steps import press, settle
from prediction_steps import enter, open_predictions, said, type_in
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from surveyapp.base.clock import Clock
from surveyapp.domain.prediction import Forecast, Prediction
from surveyapp.gui.app import Gui
from surveyapp.gui.capture.panel import CapturePanel
from surveyapp.gui.pages.predictions.list_model import Heading
from surveyapp.gui.widgets.button import Button
from surveyapp.services.prediction.book import book_of
from surveyapp.services.prediction.log import write_down
from surveyapp.services.session import Session

pytestmark = pytest.mark.usefixtures("qapp")

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def session(empty: Session) -> Session:
    return empty


def tab_to(name: str) -> None:
    """Tab until the field of that name has the focus; fails after a round of the form."""
    for _press in range(40):
        press(Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        if focus is not None and focus.objectName() == name:
            return
    pytest.fail(f"Tab does not lead to {name}")


def walk(n: int) -> list[str]:
    """Where Tab leads."""
    found = []
    for _press in range(n):
        press(Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        found.append(focus.objectName() if focus is not None else "")
    return found


@pytest.mark.usefixtures("session")
def test_tab_leads_through_ranges_in_the_order_of_the_form(qtbot: QtBot, gui: Gui) -> None:
    page = open_predictions(qtbot, gui)
    page.open_form()
    form = page.panel.form
    type_in("People who come")
    form.kind.move_by(2)
    fields = ["quantile250", "quantile750", "quantile100", "quantile900", "quantile50", "quantile950"]
    assert walk(9) == ["form.unit", "segment", *fields, "form.due"]
    form.ranges.form.move_by(1)
    assert walk(6) == ["quantile50", "quantile250", "quantile500", "quantile750", "quantile950", "form.due"]


@pytest.mark.usefixtures("session")
def test_tab_leads_through_options_in_the_order_of_the_form(qtbot: QtBot, gui: Gui) -> None:
    page = open_predictions(qtbot, gui)
    page.open_form()
    form = page.panel.form
    type_in("Who brings the cake")
    form.kind.move_by(1)
    tab_to("form.options")
    type_in("Esme, Ivana")
    tab_to("option0")
    type_in("60")
    assert walk(2) == ["option1", "form.due"]


def test_in_the_pane_tab_leads_from_the_options_to_why_and_whose(qtbot: QtBot, gui: Gui, session: Session) -> None:
    from surveyapp.domain.prediction import PredictionKind

    said(session, "Who brings the cake", None, kind=PredictionKind.CHOICE, options=("Esme", "Ivana"))
    page = open_predictions(qtbot, gui)
    page.focus_list()
    press(Qt.Key.Key_E)
    type_in("60")
    assert walk(3) == ["option1", "beliefReason", "beliefWho"]


def test_options_over_a_hundred_are_told_at_once_and_not_recorded(qtbot: QtBot, gui: Gui, session: Session) -> None:
    from surveyapp.domain.prediction import PredictionKind
    from surveyapp.gui.capture.option_entry import OptionEntry

    options = ("Esme", "Ivana", "Jo")
    said(session, "Who brings the cake", None, kind=PredictionKind.CHOICE, options=options)
    page = open_predictions(qtbot, gui)
    page.focus_list()
    press(Qt.Key.Key_E)
    type_in("60")
    tab_to("option1")
    type_in("70")
    entry = QApplication.focusWidget()
    while entry is not None and not isinstance(entry, OptionEntry):
        entry = entry.parentWidget()
    assert entry is not None
    assert entry.words.text() == "These options exclude each other, but together they are 130\u202f%."
    press(Qt.Key.Key_Return)
    assert not len(book_of(session).columns.probability)


@pytest.mark.usefixtures("session")
def test_tab_goes_round_within_the_panel(qtbot: QtBot, gui: Gui) -> None:
    page = open_predictions(qtbot, gui)
    page.open_form()
    panel = page.panel
    tab_to("formSave")
    for key, name in ((Qt.Key.Key_Tab, "form.statement"), (Qt.Key.Key_Backtab, "formSave")):
        press(key, SHIFT if key == Qt.Key.Key_Backtab else Qt.KeyboardModifier.NoModifier)
        focus = QApplication.focusWidget()
        assert focus is not None and focus.objectName() == name
        assert panel.isAncestorOf(focus)


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize("form", [True, False])
def test_no_page_is_changed_behind_the_panel(qtbot: QtBot, gui: Gui, *, form: bool) -> None:
    gui.shell.open_page("home")
    settle(qtbot, gui)
    press(Qt.Key.Key_N, CTRL)
    if form:
        press(Qt.Key.Key_Return, SHIFT)
    panel = gui.window.findChild(CapturePanel)
    assert panel is not None and panel.open
    for key in (Qt.Key.Key_6, Qt.Key.Key_K, Qt.Key.Key_N):
        press(key, CTRL)
    settle(qtbot, gui)
    assert gui.shell.page is not None and gui.shell.page.spec.id == "home"
    assert not gui.global_actions.palette.open
    focus = QApplication.focusWidget()
    assert focus is not None and panel.isAncestorOf(focus)
    press(Qt.Key.Key_Escape)
    assert not panel.open


@pytest.mark.usefixtures("session")
def test_no_page_is_changed_behind_the_palette(qtbot: QtBot, gui: Gui) -> None:
    gui.shell.open_page("home")
    settle(qtbot, gui)
    press(Qt.Key.Key_K, CTRL)
    press(Qt.Key.Key_7, CTRL)
    settle(qtbot, gui)
    assert gui.shell.page is not None and gui.shell.page.spec.id == "home"
    assert gui.global_actions.palette.open
    press(Qt.Key.Key_Escape)
    assert not gui.global_actions.palette.open


@pytest.mark.usefixtures("session")
def test_the_form_begins_at_its_top(qtbot: QtBot, gui: Gui) -> None:
    gui.window.resize(1024, 680)
    page = open_predictions(qtbot, gui)
    page.open_form()
    settle(qtbot, gui)
    area = page.panel.form.findChild(QScrollArea)
    assert area is not None
    bar = area.verticalScrollBar()
    assert bar.maximum() > 0
    bar.setValue(bar.maximum())
    press(Qt.Key.Key_Escape)
    page.open_form()
    settle(qtbot, gui)
    assert bar.value() == 0


def test_home_and_end_lead_to_the_ends_of_the_list(qtbot: QtBot, gui: Gui, session: Session) -> None:
    made = [said(session, f"The parcel number {number} arrives") for number in range(5)]
    page = open_predictions(qtbot, gui)
    page.focus_list()
    listed = [one.prediction.id for one in map(page.list.rows.at, range(page.list.rows.rowCount())) if one is not None]
    assert set(listed) == {one.id for one in made}
    press(Qt.Key.Key_End)
    assert page.list.current is not None and page.list.current.prediction.id == listed[-1]
    press(Qt.Key.Key_Home)
    assert page.list.current.prediction.id == listed[0]


def test_the_panel_follows_a_window_that_gets_smaller(qtbot: QtBot, gui: Gui, session: Session) -> None:
    gui.window.resize(1440, 900)
    page = open_predictions(qtbot, gui)
    page.open_form()
    settle(qtbot, gui)
    gui.window.resize(1024, 680)
    settle(qtbot, gui)
    panel = gui.window.findChild(CapturePanel)
    assert panel is not None
    save: QWidget = panel.form.button
    corner = save.mapTo(gui.window, save.rect().bottomRight())
    assert gui.window.rect().contains(corner), "Save can be reached"
    press(Qt.Key.Key_Escape)
    assert not book_of(session).predictions


def test_enter_on_the_slider_records_what_it_shows(qtbot: QtBot, gui: Gui, session: Session) -> None:
    said(session, "The parcel arrives", 0.5)
    page = open_predictions(qtbot, gui)
    page.focus_list()
    page.side.belief.credence.slider.setFocus()
    for _press in range(7):
        press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert [round(float(p), 2) for p in book_of(session).columns.probability] == [0.5, 0.57]


def test_what_is_still_believed_can_be_said_again(qtbot: QtBot, gui: Gui, session: Session, clock: Clock) -> None:
    old = clock() - timedelta(days=100)
    draft = Prediction(statement="The bridge opens", created_at=old, due=(clock() + timedelta(days=200)).date())
    write_down(session, draft, forecasts=[Forecast(at=old, probability=0.7)])
    page = open_predictions(qtbot, gui)
    assert [one.title for one in page.list.rows.entries if isinstance(one, Heading)] == ["To look at again"]
    page.focus_list()
    press(Qt.Key.Key_E)
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert [round(float(p), 2) for p in book_of(session).columns.probability] == [0.7, 0.7]
    assert [one.title for one in page.list.rows.entries if isinstance(one, Heading)] == ["Open"]
    press(Qt.Key.Key_E)
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert len(book_of(session).columns.probability) == 2, "not twice on one day"
    assert QApplication.focusWidget() is page.list


def test_tab_marks_what_one_can_bring_about(qtbot: QtBot, gui: Gui, session: Session) -> None:
    page = open_predictions(qtbot, gui)
    page.line.focus()
    type_in("I run 10 km in under 50 minutes 60% by 30 September 2027")
    fix = page.line.findChild(Button, "captureFix")
    assert fix is not None
    qtbot.waitUntil(lambda: fix.isVisible() and "influence" in fix.text(), timeout=5000)
    press(Qt.Key.Key_Tab)
    cross = page.line.findChild(Button, "noInfluence")
    assert cross is not None
    cross.click()
    assert cross.isHidden()
    qtbot.waitUntil(lambda: fix.isVisible() and "influence" in fix.text(), timeout=5000)
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    enter(qtbot, gui, "The parcel arrives 60% by 30 September 2027")
    own, other = book_of(session).predictions.values()
    assert (own.influence, other.influence) == (True, False)


@pytest.mark.usefixtures("session")
def test_the_form_tells_the_bet_from_either_side(qtbot: QtBot, gui: Gui) -> None:
    page = open_predictions(qtbot, gui)
    page.line.focus()
    type_in("The parcel arrives 3:1 by friday")
    press(Qt.Key.Key_Return, SHIFT)
    settle(qtbot, gui)
    entry = page.panel.form.credence
    assert entry.words.text() == "You would stake 3 to win 1 on yes, or 1 to win 3 on no."
    entry.focus()
    type_in("50")
    assert entry.words.text() == "You would stake 1 to win 1 on either side."
    press(Qt.Key.Key_Escape)
