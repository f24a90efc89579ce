"""What is marked on the page Predictions: forecasts after the fact, seals, and the day on which it was known."""

from __future__ import annotations

from datetime import timedelta

import pytest
from page_steps import press, settle
from prediction_steps import enter, open_predictions, outcomes, said, type_in
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from surveyapp.base.clock import Clock
from surveyapp.domain.prediction import Prediction
from surveyapp.gui.app import Gui
from surveyapp.gui.widgets.label import Label
from surveyapp.services.prediction.log import edit, forecast, write_down
from surveyapp.services.prediction.sealing import seal
from surveyapp.services.session import Session

pytestmark = pytest.mark.usefixtures("qapp")

DAY = timedelta(days=1)


@pytest.fixture
def session(empty: Session) -> Session:
    return empty


def test_what_is_sealed_or_late_is_marked_in_the_list(qtbot: QtBot, gui: Gui, session: Session, clock: Clock) -> None:
    today = clock().date()
    sealed = said(session, "The tower opens", due=today + 9 * DAY)
    seal(session, [sealed.id])
    late = said(session, "The bridge opens", due=today - 2 * DAY)
    said(session, "The library opens", due=today + 9 * DAY)
    page = open_predictions(qtbot, gui)
    rows = page.list.rows
    words = [str(rows.data(rows.index(row), Qt.ItemDataRole.AccessibleTextRole)) for row in range(rows.rowCount())]
    assert [word for word in words if "Sealed" in word] == [word for word in words if "tower" in word]
    assert [word for word in words if "after the fact" in word] == [word for word in words if "bridge" in word]
    tip = rows.data(rows.index(rows.row_of(sealed.id)), Qt.ItemDataRole.ToolTipRole)
    assert tip == "The tower opens\nSealed"
    page.list.choose(late.id)
    settle(qtbot, gui)
    assert any("after the fact: in no score" in label.text() for label in page.side.findChildren(Label))


def test_a_forecast_after_the_date_is_told(qtbot: QtBot, gui: Gui, session: Session, clock: Clock) -> None:
    one = said(session, "The bridge opens", share=None, due=clock().date() - 2 * DAY)
    page = open_predictions(qtbot, gui, resolve=True)
    gui.shell.show_inspector(True)
    settle(qtbot, gui)
    press(Qt.Key.Key_E)
    enter(qtbot, gui, "80")
    assert len(session.store.forecasts.of(one.id)) == 1
    assert gui.window.toast.text.startswith("Recorded: 80\u202f%. It came after the fact")
    assert page.side.story is not None and page.side.story.late


def test_the_day_on_which_it_was_known_goes_before_the_outcome(
    qtbot: QtBot, gui: Gui, session: Session, clock: Clock
) -> None:
    today = clock().date()
    one = said(session, "Ada moves", due=today)
    edit(session, one.id, due=today)
    forecast(session, one.id, probability=0.9, at=clock() - timedelta(hours=1))
    page = open_predictions(qtbot, gui, resolve=True)
    press(Qt.Key.Key_D)
    strip = page.list.strip
    assert strip is not None
    type_in("in 3 weeks")
    press(Qt.Key.Key_Return)
    assert strip.field.isVisible() and outcomes(session, one) == []
    strip.field.clear()
    enter(qtbot, gui, "3 days ago")
    known = today - 3 * DAY
    assert not strip.field.isVisible()
    assert page.list.strip is strip and page.list.hasFocus()
    press(Qt.Key.Key_Y)
    settle(qtbot, gui)
    (resolution,) = session.store.forecasts.resolutions(one.id)
    assert resolution.known_at.date() == known
    assert "It was known on" in gui.window.toast.text
    gui.shell.open_page("predictions", "resolved", prediction=one.id)
    settle(qtbot, gui)
    words = [label.text() for label in page.side.findChildren(Label)]
    assert any("after the fact" in text for text in words)
    assert any("resolved: yes, known on" in text for text in words)


def test_the_day_can_be_emptied_again(qtbot: QtBot, gui: Gui, session: Session, clock: Clock) -> None:
    one = said(session, "Ada moves", due=clock().date())
    open_predictions(qtbot, gui, resolve=True)
    for text in ("yesterday", ""):
        press(Qt.Key.Key_D)
        enter(qtbot, gui, text)
    press(Qt.Key.Key_N)
    settle(qtbot, gui)
    (resolution,) = session.store.forecasts.resolutions(one.id)
    assert resolution.known_at == clock()


def test_an_overdue_one_is_edited_without_being_called_looked_up(
    qtbot: QtBot, gui: Gui, session: Session, clock: Clock
) -> None:
    written = clock() - 20 * DAY
    draft = Prediction(statement="Ada moves", created_at=written, due=(written + 3 * DAY).date())
    write_down(session, draft)
    page = open_predictions(qtbot, gui, resolve=True)
    page.edit()
    settle(qtbot, gui)
    form = page.panel.form
    assert "has passed" not in form.due.note.text() and "has passed" not in form.advice.words.text()
    page.open_form()
    form.due.set_text("2020-05-05")
    assert "has passed" in form.due.note.text()
