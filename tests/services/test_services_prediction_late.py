"""What is marked at once: forecasts that came after the fact, and seals."""

from __future__ import annotations

from datetime import timedelta

from surveyapp.domain.prediction import Forecast, Outcome, Prediction
from surveyapp.domain.scope import CountingRule, Scope
from surveyapp.services.change_log import undo
from surveyapp.services.prediction.book import book_of
from surveyapp.services.prediction.late import is_late, known_from
from surveyapp.services.prediction.listing import listing_of
from surveyapp.services.prediction.log import edit, forecast, resolve, write_down
from surveyapp.services.prediction.sealing import open_seals, seal
from surveyapp.services.prediction.selection import select
from surveyapp.services.prediction.story import story_of
from surveyapp.services.session import Session

DAY = timedelta(days=1)


def overdue(session: Session) -> Prediction:
    """Written twenty days ago, due ten days ago, forecast in time."""
    at = session.clock() - 20 * DAY
    draft = Prediction(statement="It rains.", created_at=at, due=(at + 10 * DAY).date())
    return write_down(session, draft, forecasts=[Forecast(at=at, probability=0.7)])


def whats(session: Session, one: Prediction) -> list[str]:
    return [event.what for event in story_of(session, one.id).events]


def test_a_forecast_after_the_date_is_marked_before_it_came_out(session: Session) -> None:
    one = overdue(session)
    (row,) = listing_of(session).rows
    assert (row.late, story_of(session, one.id).late) == (False, False)
    forecast(session, one.id, probability=0.95)
    (row,) = listing_of(session).rows
    assert (row.late, story_of(session, one.id).late, row.outcome) == (True, True, "")
    assert whats(session, one)[0] == "95\u202f%, after the fact: in no score"
    assert "70\u202f%" in whats(session, one)
    edit(session, one.id, due=(session.clock() + DAY).date())  # it is known later than it was thought
    assert not listing_of(session).rows[0].late


def test_a_forecast_after_it_was_known_is_marked_too(session: Session) -> None:
    one = overdue(session)
    edit(session, one.id, due=(session.clock() + 9 * DAY).date())
    forecast(session, one.id, probability=0.9, at=session.clock() - 3 * DAY)
    assert not story_of(session, one.id).late
    resolve(session, one.id, Outcome.YES, known_at=session.clock() - 5 * DAY)
    assert story_of(session, one.id).late
    undo(session)
    assert not story_of(session, one.id).late


def test_what_is_marked_is_what_no_score_has(session: Session) -> None:
    one = overdue(session)
    moments = [session.clock() - days * DAY for days in (15, 9.5, 9, 1)]
    for at in moments:
        forecast(session, one.id, probability=0.6, at=at)
    resolve(session, one.id, Outcome.YES, known_at=session.clock() - DAY)
    book, zone = book_of(session), session.clock().tzinfo
    scored = select(session, Scope(rule=CountingRule.EVERY))
    ids = {found.id for found in session.store.forecasts.of(one.id) if not is_late(book, one, found.at, zone)}
    assert set(scored.forecast.tolist()) == ids
    assert 0 < len(ids) < 5


def test_without_a_date_nothing_is_late_until_it_is_known(session: Session) -> None:
    one = write_down(session, Prediction(statement="It snows.", created_at=session.clock()))
    assert known_from(book_of(session), one, session.clock().tzinfo) is None


def test_seals_show_in_the_list_and_in_the_history(session: Session) -> None:
    one = overdue(session)
    edit(session, one.id, due=(session.clock() + 9 * DAY).date())
    (made,) = seal(session, [one.id], opens_on=(session.clock() + 5 * DAY).date())
    assert listing_of(session).rows[0].sealed
    assert made.opens_on is not None
    assert any(what.startswith("sealed, to be opened on ") for what in whats(session, one))
    open_seals(session, [one.id], early=True)
    assert not listing_of(session).rows[0].sealed
    assert "seal opened" in whats(session, one)
    undo(session)
    undo(session)
    assert not any("seal" in what for what in whats(session, one))
