"""The lists of predictions, their words, their stories, and the log of the sample community."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from surveyapp.domain.errors import UserError
from surveyapp.domain.prediction import Forecast, Outcome, Prediction, PredictionKind, Quantile, Visibility
from surveyapp.services.change_log import undo
from surveyapp.services.prediction.book import book_of
from surveyapp.services.prediction.listing import Section, count_due, due_predictions, listing_of, oldest_due
from surveyapp.services.prediction.log import edit, forecast, forecast_options, resolve, resolve_options, write_down
from surveyapp.services.prediction.story import story_of
from surveyapp.services.prediction.words import (
    deadline_words,
    due_words,
    fine_percent,
    range_words,
    short_range,
    value_words,
)
from surveyapp.services.sample_log import import_sample_log, sample_plan
from surveyapp.services.session import Session

NOW = datetime(2026, 11, 21, 14, 2, tzinfo=UTC)
CHOICE = PredictionKind.CHOICE


def said(session: Session, statement: str = "It rains.", share: float | None = 0.8, **fields: object) -> Prediction:
    now = session.clock()
    draft = Prediction(statement=statement, **({"created_at": now} | fields))  # type: ignore[arg-type]
    at = draft.created_at
    return write_down(session, draft, forecasts=() if share is None else (Forecast(at=at, probability=share),))


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (None, ""),
        (date(2026, 11, 21), "today"),
        (datetime(2026, 11, 21, 18, tzinfo=UTC), "today 18:00"),
        (date(2026, 11, 20), "yesterday"),
        (date(2026, 11, 19), "2 days ago"),
        (date(2026, 7, 1), "1 Jul"),
        (date(2025, 7, 1), "1 Jul 2025"),
        (date(2026, 11, 26), "26 Nov"),
        (date(2027, 1, 1), "1 Jan"),
        (date(2027, 11, 30), "30 Nov 2027"),
    ],
)
def test_a_date_is_told_as_people_tell_it(due: date | datetime | None, words: str) -> None:
    assert due_words(due, NOW) == words


def test_deadlines_ranges_and_shares_in_words() -> None:
    assert deadline_words(date(2026, 11, 21), NOW) == "today, 23:59 local time"
    assert deadline_words(date(2026, 11, 26), NOW) == "Thu 26 Nov 2026"
    assert deadline_words(None, NOW) == "none"
    number = Prediction(statement="x", created_at=NOW, kind=PredictionKind.NUMBER, unit="people")
    quantiles = (Quantile(level=0.1, value=900), Quantile(level=0.9, value=1900))
    assert range_words(number, quantiles) == "80\u202f%: 900 to 1,900 people"
    assert short_range(number, quantiles) == "900–1,900"
    assert range_words(number, quantiles[1:]) == "under 1,900 people: 90\u202f%"
    day = Prediction(statement="x", created_at=NOW, kind=PredictionKind.DATE)
    assert value_words(day, 20_000) == "4 Oct 2024"
    assert [fine_percent(p) for p in (0.15, 0.155, 0.9999, 0.0, 1 / 3)] == [
        "15\u202f%", "15.5\u202f%", "99.99\u202f%", "0\u202f%", "33.33\u202f%",
    ]  # fmt: skip


def test_due_open_stale_and_resolved_each_in_their_order(session: Session) -> None:
    today, now = session.clock().date(), session.clock()
    old = now - timedelta(days=100)
    late, due = said(session, "late", due=today - timedelta(days=2)), said(session, "due", due=today)
    undated, soon = said(session, "undated"), said(session, "soon", due=today + timedelta(days=1))
    stale = said(session, "stale", created_at=old, due=today + timedelta(days=200))
    again = said(session, "again", due=today + timedelta(days=9), review_on=today)
    right, wrong, void = (said(session, name, due=today) for name in ("right", "wrong", "void"))
    resolve(session, right.id, Outcome.YES)
    resolve(session, wrong.id, Outcome.NO)
    resolve(session, void.id, Outcome.VOID, reason="called off")
    found = listing_of(session)
    assert [row.prediction.id for row in found.of(Section.DUE)] == [late.id, due.id]
    assert [row.overdue for row in found.of(Section.DUE)] == [True, False]
    assert [row.prediction.id for row in found.of(Section.OPEN)] == [soon.id, undated.id]
    assert [row.prediction.id for row in found.of(Section.STALE)] == [again.id, stale.id]
    assert [(row.prediction.id, row.right) for row in found.of(Section.RESOLVED)] == [
        (void.id, None),
        (wrong.id, False),
        (right.id, True),
    ]
    assert [one.id for one in due_predictions(session)] == [late.id, due.id]
    assert count_due(session) == 2
    assert oldest_due(due_predictions(session), now) == today - timedelta(days=2)
    forecast(session, stale.id, probability=0.5)
    assert stale.id in [row.prediction.id for row in listing_of(session).of(Section.OPEN)]


def test_the_belief_of_a_row_is_the_last_of_ones_own(session: Session) -> None:
    one = said(session, share=0.2)
    forecast(session, one.id, probability=0.9)
    choice = said(session, share=None, kind=CHOICE, options=("Red", "Blue"))
    forecast_options(session, choice.id, {0: 0.3, 1: 0.7}, comment="polls")
    number = said(session, share=None, kind=PredictionKind.NUMBER)
    forecast(session, number.id, quantiles=(Quantile(level=0.1, value=1), Quantile(level=0.9, value=5)))
    other = session.store.predictions.add_forecasters(["Bela"])["Bela"]
    forecast(session, one.id, probability=0.1, by=other)
    rows = {row.prediction.id: row for row in listing_of(session).rows}
    assert (rows[one.id].share, rows[one.id].belief) == (0.9, "90\u202f%")
    assert rows[choice.id].belief == "Blue 70\u202f%"
    assert (rows[number.id].share, rows[number.id].belief) == (None, "1–5")
    forecast(session, one.id, withdrawn=True)
    assert {row.prediction.id: row for row in listing_of(session).rows}[one.id].belief == ""
    story = story_of(session, one.id)
    assert [share for _at, share in story.steps] == [0.2, 0.9, None]
    assert [(name, words) for name, words, _at in story.others] == [("Bela", "10\u202f%")]
    assert story_of(session, choice.id).shares == (0.3, 0.7)


def test_several_options_are_believed_and_settled_as_one_change(session: Session) -> None:
    one = said(session, share=None, kind=CHOICE, options=("a", "b", "c"), exclusive=False)
    forecast_options(session, one.id, {0: 0.5, 1: 0.9, 2: 0.1})
    resolve_options(session, one.id, [0, 1])
    assert [found.outcome for found in session.store.forecasts.resolutions(one.id)] == ["yes", "yes", "no"]
    (row,) = listing_of(session).rows
    assert row.outcome == "a, b"
    undo(session)
    assert book_of(session).is_open(one.id)
    assert len(book_of(session).columns.id) == 3
    undo(session)
    assert not len(book_of(session).columns.id)


def test_the_story_tells_edits_and_resolutions_with_their_old_words(session: Session) -> None:
    one = said(session)
    edit(session, one.id, statement="It rains a lot.")
    resolve(session, one.id, Outcome.NO)
    resolve(session, one.id, Outcome.YES, reason="the gauge")
    words = [(event.what, event.why) for event in story_of(session, one.id).events]
    assert ("resolved: yes", "the gauge") in words
    assert ("resolved: no", "") in words
    assert ("Statement changed: “It rains.” became “It rains a lot.”", "") in words
    with pytest.raises(UserError):
        story_of(session, 99)


def test_the_story_tells_dates_and_switches_in_words(session: Session) -> None:
    one = said(session, due=date(2026, 12, 3))
    edit(session, one.id, due=date(2026, 12, 24), influence=True, decider="Ada", visibility=Visibility.SHARED)
    edit(session, one.id, due=None, decider="Bela", review_on=date(2026, 12, 1), influence=False)
    words = {event.what for event in story_of(session, one.id).events}
    assert words > {
        "You will know by changed: “3 Dec 2026” became “24 Dec 2026”",
        "I can influence this: yes",
        "I can influence this: no",
        "Who decides: “Ada”",
        "Seen by changed: “you only” became “those you share it with”",
        "You will know by: “24 Dec 2026” taken away",
        "Who decides changed: “Ada” became “Bela”",
        "Look again on: “1 Dec 2026”",
    }


def test_the_sample_log_is_full_deterministic_and_as_of_today(session: Session) -> None:
    assert sample_plan(NOW) == sample_plan(NOW)
    done = import_sample_log(session)
    assert (done.n_new, done.n_resolutions) == (55, 38)
    found = listing_of(session)
    assert [len(found.of(section)) for section in Section] == [6, 11, 0, 38]
    assert book_of(session).me is not None and book_of(session).me.name == "Wren Ashby"  # type: ignore[union-attr]
    scored = [row for row in found.of(Section.RESOLVED) if row.right is not None]
    assert len(scored) > 30
    assert import_sample_log(session).n_new == 0, "a second time nothing is doubled"
