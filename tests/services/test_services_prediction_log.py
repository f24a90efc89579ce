"""The prediction log: everything is added, nothing overwritten, and every step can be taken back."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from surveyapp.domain.errors import UserError
from surveyapp.domain.prediction import Forecast, Outcome, Prediction, PredictionKind, Quantile, end_of
from surveyapp.services.change_log import redo, undo
from surveyapp.services.prediction.book import book_of, due_key, is_due, is_overdue, last_forecast
from surveyapp.services.prediction.log import edit, forecast, me, remove, resolve, write_down
from surveyapp.services.session import Session


def said(session: Session, **fields: object) -> Prediction:
    draft = Prediction(statement="It rains in Riverside.", created_at=session.clock(), **fields)  # type: ignore[arg-type]
    return write_down(session, draft, forecasts=[Forecast(at=session.clock(), probability=0.8)])


def test_a_prediction_is_written_forecast_settled_and_taken_back_step_by_step(session: Session) -> None:
    one = said(session, due=date(2027, 5, 5), tags=("home",))
    assert len(one.uid) == 32
    forecast(session, one.id, probability=0.9, comment="clouds")
    resolve(session, one.id, Outcome.YES, reason="wet")
    book = book_of(session)
    assert list(book.columns.probability) == [0.8, 0.9]
    assert not book.is_open(one.id)
    assert book.me is not None and book.me == me(session)
    undo(session)
    assert book_of(session).is_open(one.id)
    undo(session)
    assert list(book_of(session).columns.probability) == [0.8]
    undo(session)
    assert book_of(session).predictions == {}
    for _step in range(3):
        redo(session)
    assert list(book_of(session).columns.probability) == [0.8, 0.9]
    assert not book_of(session).is_open(one.id)


def test_undoing_the_statement_takes_what_rests_on_it_back_too(session: Session) -> None:
    one, other = said(session), said(session)
    forecast(session, one.id, probability=0.1)
    first = next(change for change in session.store.changes.all() if change.label.startswith("Predicted"))
    assert len(undo(session, first.id)) == 2
    assert list(book_of(session).predictions) == [other.id]


def test_a_resolution_is_a_log_and_can_be_taken_back_by_a_word(session: Session) -> None:
    one = said(session)
    resolve(session, one.id, Outcome.NO)
    resolve(session, one.id, Outcome.YES)
    assert book_of(session).resolution(one.id).outcome is Outcome.YES  # type: ignore[union-attr]
    resolve(session, one.id, Outcome.OPEN)
    assert book_of(session).is_open(one.id)
    assert [found.outcome for found in session.store.forecasts.resolutions(one.id)] == ["no", "yes", "open"]


def test_an_edit_shows_in_the_history_also_when_it_is_undone(session: Session) -> None:
    one = said(session, due=date(2027, 5, 5))
    after = edit(session, one.id, statement="It snows.", due=None, tags=("a", "b"))
    assert book_of(session).predictions[one.id] == after
    undo(session)
    assert book_of(session).predictions[one.id] == one
    edits = session.store.predictions.edits(one.id)
    assert [(change.field, change.old, change.new) for change in edits] == [
        ("statement", "It rains in Riverside.", "It snows."),
        ("due", "2027-05-05", ""),
        ("tags", "", "a; b"),
        ("statement", "It snows.", "It rains in Riverside."),
        ("due", "", "2027-05-05"),
        ("tags", "a; b", ""),
    ]


def test_removed_predictions_come_back_whole(session: Session) -> None:
    one = said(session)
    remove(session, [one.id])
    assert (book_of(session).predictions, list(book_of(session).columns.id)) == ({}, [])
    undo(session)
    assert list(book_of(session).columns.probability) == [0.8]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, {"probability": 1.1}),
        ({}, {"probability": 0.5, "option": 0}),
        ({}, {"quantiles": (Quantile(level=0.5, value=1.0),)}),
        ({"kind": PredictionKind.CHOICE, "options": ("a", "b")}, {"probability": 0.5, "option": 2}),
        ({"kind": PredictionKind.CHOICE, "options": ("a", "b")}, {"probability": 0.5}),
        ({"kind": PredictionKind.NUMBER}, {"probability": 0.5}),
        ({"kind": PredictionKind.NUMBER}, {"quantiles": (Quantile(level=0.9, value=1), Quantile(level=0.1, value=2))}),
        ({"kind": PredictionKind.DATE}, {"quantiles": (Quantile(level=1.0, value=1.0),)}),
    ],
)
def test_a_forecast_that_does_not_fit_is_refused_and_nothing_is_stored(
    session: Session, fields: dict[str, object], wrong: dict[str, object]
) -> None:
    one = write_down(session, Prediction(statement="x", created_at=session.clock(), **fields))  # type: ignore[arg-type]
    with pytest.raises(UserError):
        forecast(session, one.id, **wrong)  # type: ignore[arg-type]
    assert session.store.forecasts.all() == ()


def test_outcomes_fit_their_kind(session: Session) -> None:
    yes_no = said(session)
    many = Prediction(
        statement="x", created_at=session.clock(), kind=PredictionKind.CHOICE, options=("a", "b"), exclusive=False
    )
    either = write_down(session, many)
    resolve(session, either.id, Outcome.YES, option=1)
    resolve(session, either.id, Outcome.NO, option=0)
    assert book_of(session).resolution(either.id, 1).outcome is Outcome.YES  # type: ignore[union-attr]
    for prediction, outcome, more in [
        (yes_no, Outcome.OPTION, {"option": 0}),
        (yes_no, Outcome.VALUE, {"value": 1.0}),
        (yes_no, Outcome.SHARE, {"value": 1.5}),
        (yes_no, Outcome.VOID, {}),  # without a reason
        (either, Outcome.YES, {}),
        (either, Outcome.OPTION, {"option": 1}),
    ]:
        with pytest.raises(UserError):
            resolve(session, prediction.id, outcome, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "draft",
    [
        {"statement": "  "},
        {"statement": "x", "kind": PredictionKind.CHOICE, "options": ("a",)},
        {"statement": "x", "kind": PredictionKind.CHOICE, "options": ("a", "a")},
    ],
)
def test_a_statement_that_is_none_is_refused(session: Session, draft: dict[str, object]) -> None:
    with pytest.raises(UserError):
        write_down(session, Prediction(created_at=session.clock(), **draft))  # type: ignore[arg-type]


def test_a_day_is_due_all_day_and_overdue_at_its_end(session: Session) -> None:
    now = session.clock()
    today = Prediction(statement="x", created_at=now, due=now.date())
    assert (is_due(today, now), is_overdue(today, now)) == (True, False)
    end = end_of(now.date(), now.tzinfo)
    assert is_overdue(today, end)
    soon = Prediction(statement="x", created_at=now, due=now + timedelta(hours=1))
    assert (is_due(soon, now), is_due(soon, now + timedelta(hours=1))) == (False, True)
    never = Prediction(statement="x", created_at=now)
    assert max([never, soon, today], key=lambda one: due_key(one, now)) is never


def test_the_forecast_that_holds_is_the_last_one_unless_it_was_withdrawn(session: Session) -> None:
    one = said(session)
    own = me(session).id
    at = session.clock()
    forecast(session, one.id, comment="only words", at=at + timedelta(hours=1))
    found = last_forecast(session.store.forecasts.of(one.id), own)
    assert found is not None and found.probability == 0.8
    forecast(session, one.id, withdrawn=True, at=at + timedelta(hours=2))
    assert last_forecast(session.store.forecasts.of(one.id), own) is None


def test_nothing_is_written_into_a_file_open_for_reading(session: Session) -> None:
    session.store.connections.read_only = True
    with pytest.raises(UserError):
        said(session)
    session.store.connections.read_only = False


def test_moments_need_a_zone(session: Session) -> None:
    one = said(session)
    with pytest.raises(ValueError, match="zone"):
        forecast(session, one.id, probability=0.5, at=datetime(2026, 1, 1))  # noqa: DTZ001
