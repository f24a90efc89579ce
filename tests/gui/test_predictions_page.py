"""The Predictions page by keyboard only: what is due is settled, beliefs are added, nothing is overwritten."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from page_steps import press, settle
from prediction_steps import enter, open_predictions, outcomes, said, type_in
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from surveyapp.base.clock import Clock
from surveyapp.domain.errors import UserError
from surveyapp.domain.prediction import Forecast, Outcome, Prediction, PredictionKind
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.predictions import hand_out
from surveyapp.gui.pages.predictions.list_delegate import ROW
from surveyapp.services.prediction.book import book_of
from surveyapp.services.prediction.log import resolve, write_down
from surveyapp.services.session import Session
from surveyapp.services.workspace import open_session

pytestmark = pytest.mark.usefixtures("qapp")

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def session(empty: Session) -> Session:
    return empty


def test_what_is_refused_is_chosen_again(
    qtbot: QtBot, gui: Gui, session: Session, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = clock().date()
    first, second = (said(session, f"Thing {n} happens", due=day - timedelta(days=3 - n)) for n in (1, 2))
    page = open_predictions(qtbot, gui, resolve=True)

    def refuse(*_given: object, **_named: object) -> None:
        raise UserError("The disk is full.", "")

    with monkeypatch.context() as patch:
        patch.setattr("surveyapp.services.prediction.log.resolve", refuse)
        press(Qt.Key.Key_Y)
        settle(qtbot, gui)
    assert page.row is not None and page.row.prediction.id == first.id
    press(Qt.Key.Key_Y)
    settle(qtbot, gui)
    assert outcomes(session, first) == [Outcome.YES] and page.row.prediction.id == second.id


def test_a_day_to_come_is_told_before_it_is_kept(qtbot: QtBot, gui: Gui, session: Session, clock: Clock) -> None:
    one = said(session, "The library opens", share=None, kind=PredictionKind.DATE, due=clock().date())
    page = open_predictions(qtbot, gui, resolve=True)
    press(Qt.Key.Key_Y)
    enter(qtbot, gui, "5 May")
    assert outcomes(session, one) == [] and page.list.strip is not None
    assert page.list.strip.field.text() == "5 May"


def test_due_ones_are_settled_by_one_key_each(qtbot: QtBot, gui: Gui, session: Session, clock: Clock) -> None:
    today = clock().date()
    days = (today - timedelta(days=2), today - timedelta(days=1), today, today + timedelta(days=3))
    made = [said(session, f"Thing {n} happens", due=day) for n, day in enumerate(days)]
    page = open_predictions(qtbot, gui, resolve=True)
    assert [page.header.tab, page.waiting()] == ["todo", 3]
    assert page.row is not None and page.row.prediction == made[0]
    press(Qt.Key.Key_Y)
    settle(qtbot, gui)
    assert outcomes(session, made[0]) == [Outcome.YES]
    assert gui.window.toast.text == "Resolved: yes. 2 left that are due."
    assert page.row is not None and page.row.prediction.id == made[1].id, "on to the next"
    press(Qt.Key.Key_N)
    settle(qtbot, gui)
    press(Qt.Key.Key_V)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert outcomes(session, made[2]) == [], "void needs a reason"
    enter(qtbot, gui, "called off")
    assert outcomes(session, made[2]) == [Outcome.VOID]
    assert session.store.forecasts.resolutions(made[2].id)[0].reason == "called off"
    assert gui.window.toast.text == "Resolved: void, in no score. Nothing is due."
    assert page.waiting() == 0
    press(Qt.Key.Key_Z, CTRL)
    settle(qtbot, gui)
    assert book_of(session).is_open(made[2].id)
    assert page.waiting() == 1


def test_after_the_last_one_nothing_is_told_of_it(qtbot: QtBot, gui: Gui, session: Session, clock: Clock) -> None:
    one = said(session, "The grant comes", due=clock().date())
    page = open_predictions(qtbot, gui, resolve=True)
    assert page.explanation is not None and page.explanation.title == one.statement
    press(Qt.Key.Key_Y)
    settle(qtbot, gui)
    assert page.row is None and page.explanation is None


def test_later_and_escape(qtbot: QtBot, gui: Gui, session: Session, clock: Clock) -> None:
    one = said(session, "The grant comes", due=clock().date())
    page = open_predictions(qtbot, gui)
    page.focus_list()
    press(Qt.Key.Key_A)
    press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is page.list
    press(Qt.Key.Key_W)
    enter(qtbot, gui, "in 3 weeks")
    assert book_of(session).predictions[one.id].due == clock().date() + timedelta(weeks=3)
    assert session.store.predictions.edits(one.id)[0].field == "due"
    assert page.waiting() == 0


def test_credence_is_added_never_overwritten(qtbot: QtBot, gui: Gui, session: Session, clock: Clock) -> None:
    one = said(session, "The grant comes", 0.6, due=clock().date())
    page = open_predictions(qtbot, gui)
    page.focus_list()
    press(Qt.Key.Key_E)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    field.selectAll()
    type_in("9:1")
    assert page.side.belief.credence.slider.value() == 90
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert [found.probability for found in session.store.forecasts.of(one.id)] == [0.6, 0.9]
    assert page.side.story is not None and page.side.story.n_own == 2
    assert QApplication.focusWidget() is page.list


@pytest.mark.parametrize(
    ("kind", "options", "keys", "expected"),
    [
        (PredictionKind.CHOICE, ("Red", "Blue"), "2", (Outcome.OPTION, 1, None)),
        (PredictionKind.NUMBER, (), "Y", (Outcome.VALUE, None, 1234.5)),
        (PredictionKind.DATE, (), "Y", (Outcome.VALUE, None, float((date(2026, 3, 12) - date(1970, 1, 1)).days))),
    ],
)
def test_other_kinds_are_settled_too(
    qtbot: QtBot,
    gui: Gui,
    session: Session,
    clock: Clock,
    kind: PredictionKind,
    options: tuple[str, ...],
    keys: str,
    expected: tuple[Outcome, int | None, float | None],
) -> None:
    one = said(session, "What comes", None, due=clock().date(), kind=kind, options=options)
    page = open_predictions(qtbot, gui)
    page.focus_list()
    type_in(keys)
    if kind is not PredictionKind.CHOICE:
        type_in("1 234,5" if kind is PredictionKind.NUMBER else "12 March 2026")
        press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    (found,) = session.store.forecasts.resolutions(one.id)
    assert (found.outcome, found.option, found.value) == expected


def test_the_sheet_has_its_place_beside_what_came_out(
    qtbot: QtBot, gui: Gui, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    said(session, "It rains", 0.7)
    page = open_predictions(qtbot, gui)
    assert page.sheet_button.isHidden()
    press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    settle(qtbot, gui)
    assert page.sheet_button.isVisible()
    written: list[object] = []
    monkeypatch.setattr(hand_out, "write_sheet", written.append)
    page.sheet_button.click()
    assert written == [page]
    press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    settle(qtbot, gui)
    assert page.sheet_button.isHidden()


def test_a_resolved_one_can_be_opened_again(qtbot: QtBot, gui: Gui, session: Session) -> None:
    one = said(session, "The grant comes")
    resolve(session, one.id, Outcome.NO)
    page = open_predictions(qtbot, gui)
    press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    settle(qtbot, gui)
    assert page.tab == "resolved"
    page.focus_list()
    press(Qt.Key.Key_O)
    settle(qtbot, gui)
    assert outcomes(session, one) == [Outcome.NO, Outcome.OPEN]
    assert book_of(session).is_open(one.id)


def test_del_removes_and_the_toast_brings_it_back(qtbot: QtBot, gui: Gui, session: Session) -> None:
    one, other = said(session, "The grant comes"), said(session, "The post is read")
    page = open_predictions(qtbot, gui)
    page.focus_list()
    press(Qt.Key.Key_Delete)
    settle(qtbot, gui)
    assert list(book_of(session).predictions) == [other.id]
    assert page.row is not None and page.row.prediction.id == other.id
    assert gui.window.toast.take_back()
    settle(qtbot, gui)
    assert set(book_of(session).predictions) == {one.id, other.id}


def test_tags_and_words_filter_the_list(qtbot: QtBot, gui: Gui, session: Session) -> None:
    said(session, "The grant comes", tags=("work",))
    said(session, "The post is read", tags=("census",))
    page = open_predictions(qtbot, gui)
    page.focus_list()
    press(Qt.Key.Key_NumberSign)
    enter(qtbot, gui, "census")
    assert page.filters.tag == "census"
    assert page.list.rows.rowCount() == 2
    gui.window.activateWindow()
    settle(qtbot, gui)
    page.focus_list()
    press(Qt.Key.Key_Escape)
    settle(qtbot, gui)
    assert page.list.rows.rowCount() == 3
    press(Qt.Key.Key_Slash)
    type_in("grant")
    assert page.list.rows.rowCount() == 2
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.list


def test_an_empty_log_teaches_and_a_file_for_reading_only_says_so(
    qtbot: QtBot, gui: Gui, session: Session, clock: Clock
) -> None:
    page = open_predictions(qtbot, gui)
    assert page._stack.currentWidget() is page._empty
    said(session, "The grant comes")
    settle(qtbot, gui)
    assert page.row is not None
    path = session.path
    gui.context.set_session(None)
    session.close()
    shut = open_session(path, clock=clock, read_only=True)
    assert isinstance(shut, Session)
    gui.context.set_session(shut)
    settle(qtbot, gui)
    page = open_predictions(qtbot, gui)
    assert page.line.edit.isReadOnly()
    assert page.row is not None and page.list.strip is None
    page.focus_list()
    press(Qt.Key.Key_Y)
    settle(qtbot, gui)
    assert book_of(shut).is_open(page.row.prediction.id)


def test_what_somebody_else_believes_stands_beside_ones_own(qtbot: QtBot, gui: Gui, session: Session) -> None:
    one = said(session, "The grant comes", 0.6)
    page = open_predictions(qtbot, gui)
    page.focus_list()
    press(Qt.Key.Key_S)
    type_in("Esme")
    page.side.belief.credence.focus()
    enter(qtbot, gui, "35")
    assert gui.window.toast.text == "Recorded for Esme."
    assert page.side.story is not None
    assert [(name, words) for name, words, _at in page.side.story.others] == [("Esme", "35\u202f%")]
    assert page.side.story.share == 0.6
    assert [found.probability for found in session.store.forecasts.of(one.id)] == [0.6, 0.35]


def test_a_choice_of_somebody_else_does_not_widen_the_side(qtbot: QtBot, gui: Gui, session: Session) -> None:
    esme = session.store.predictions.add_forecasters(["Esme"])["Esme"]
    options = tuple(f"Team {name} of the northern league" for name in "ABCD")
    draft = Prediction(statement="Who wins?", kind=PredictionKind.CHOICE, options=options, created_at=session.clock())
    theirs = [Forecast(at=session.clock(), probability=0.25, option=n, forecaster_id=esme) for n in range(4)]
    write_down(session, draft, forecasts=theirs)
    page = open_predictions(qtbot, gui)
    page.focus_list()
    settle(qtbot, gui)
    assert page.side.story is not None and len(page.side.story.others) == 1
    assert page.side.minimumSizeHint().width() <= 320


def test_quick_keys_each_meet_the_next_one(qtbot: QtBot, gui: Gui, session: Session, clock: Clock) -> None:
    made = [said(session, f"Thing {n} happens", due=clock().date()) for n in range(4)]
    page = open_predictions(qtbot, gui, resolve=True)
    for key in (Qt.Key.Key_Y, Qt.Key.Key_N, Qt.Key.Key_Y, Qt.Key.Key_N, Qt.Key.Key_Y):
        press(key)  # without waiting for what the one before stores
    settle(qtbot, gui)
    found = [outcomes(session, one) for one in made]
    assert found == [[Outcome.YES], [Outcome.NO], [Outcome.YES], [Outcome.NO]], "and one key too many does nothing"
    assert page.waiting() == 0


def test_a_row_is_no_higher_for_a_heading_that_stood_in_its_place(
    qtbot: QtBot, gui: Gui, session: Session, clock: Clock
) -> None:
    """The second heading of the first tab stands in the fourth row; under the second tab that is a prediction."""
    today = clock().date()
    for n in range(2):
        said(session, f"Thing {n} is due", due=today)
    said(session, "A thing is open", due=today + timedelta(days=3))
    for n in range(5):
        one = said(session, f"Thing {n} happened", due=today - timedelta(days=n + 1))
        resolve(session, one.id, Outcome.YES, known_at=clock())
    page = open_predictions(qtbot, gui, resolve=True)
    gui.shell.open_page("predictions", "resolved")
    settle(qtbot, gui)
    plain = [n for n in range(page.list.rows.rowCount()) if page.list.rows.at(n) not in (None, page.row)]
    assert len(plain) == 4
    assert {page.list.rowHeight(n) for n in plain} == {gui.context.theme.px(ROW)}
