"""Shares of a choice in a file that do not add up to 1: told, kept as they are, and in no score."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveyapp.domain.choice_sum import SaidOption, not_adding_up
from surveyapp.domain.errors import UserError
from surveyapp.domain.moment import to_stored
from surveyapp.domain.prediction import Forecast, Prediction, PredictionKind
from surveyapp.domain.scope import EVERYBODY, CountingRule, Scope
from surveyapp.importers.prediction.registry import read_log, read_predictions
from surveyapp.services.prediction.book import book_of
from surveyapp.services.prediction.counted import counted_words
from surveyapp.services.prediction.crowd import crowd_lines
from surveyapp.services.prediction.exporting import LogForm, export_log
from surveyapp.services.prediction.importing import import_predictions
from surveyapp.services.prediction.log import forecast, forecast_options, new_uid, write_down
from surveyapp.services.prediction.people import person_named
from surveyapp.services.prediction.selection import LeftOut, select
from surveyapp.services.prediction.story import story_of
from surveyapp.services.prediction.uneven import uneven_ids
from surveyapp.services.session import Session

HEADER = "Prediction,Option,Credence,Person,Date,Deadline,Outcome\n"
EVEN = (
    "Who wins?,Red,60%,Ada,2024-01-05,2024-02-01,yes\n"
    "Who wins?,Blue,30%,Ada,2024-01-05,2024-02-01,no\n"
    "Who wins?,Green,10%,Ada,2024-01-05,2024-02-01,no\n"
)
UNEVEN = EVEN.replace("Ada", "Bob").replace("30%", "90%")


def bring(session: Session, *rows: str) -> None:
    import_predictions(session, read_log((HEADER + "".join(rows)).encode(), "quiz.csv"))


def test_the_file_says_which_rows_and_nothing_is_lost(empty: Session) -> None:
    plan = read_log((HEADER + EVEN + UNEVEN).encode(), "quiz.csv")
    (told,) = plan.unscored
    assert (told.rows, plan.refused) == ((5, 6, 7), ())
    assert "add up" in told.reason
    import_predictions(empty, plan)
    assert sorted(book_of(empty).columns.probability) == [0.1, 0.1, 0.3, 0.6, 0.6, 0.9]


def test_no_score_uses_them(empty: Session) -> None:
    bring(empty, EVEN, UNEVEN)
    for rule in CountingRule:
        found = select(empty, Scope(people=(EVERYBODY,), rule=rule))
        assert sorted(zip(found.probability.tolist(), found.outcome.tolist(), strict=True)) == [
            (0.1, 0.0),
            (0.3, 0.0),
            (0.6, 1.0),
        ]
    alone = select(empty, Scope(people=("Bob",)))
    assert (len(alone), alone.n_predictions, alone.left_out) == (0, 1, {LeftOut.UNEVEN: 1})
    assert "1 whose options do not add up to 100 %" in counted_words(alone)
    assert {line.n for line in crowd_lines(empty)} == {1}


def test_an_earlier_word_that_can_be_so_holds(empty: Session) -> None:
    later = UNEVEN.replace("Bob", "Ada").replace("2024-01-05", "2024-01-09")
    bring(empty, EVEN, later)
    assert sorted(select(empty, Scope(people=("Ada",))).probability.tolist()) == [0.1, 0.3, 0.6]


def test_the_history_says_it(empty: Session) -> None:
    header = b"Prediction,Option,Credence,Date\n"
    mine = header + b"Who?,A,80%,2024-01-05\nWho?,B,80%,2024-01-05\nWho?,A,60%,2024-01-09\nWho?,B,40%,2024-01-09\n"
    import_predictions(empty, read_log(mine, "mine.csv"))
    (number,) = book_of(empty).predictions
    said = {event.what for event in story_of(empty, number).events}
    odd = "in no score: its options do not add up to 100 %"
    assert said == {"written", f"A 80\u202f%, {odd}", f"B 80\u202f%, {odd}", "A 60\u202f%", "B 40\u202f%"}


def test_they_go_out_and_come_back_as_they_are(empty: Session, tmp_path: Path) -> None:
    bring(empty, EVEN, UNEVEN)
    for form, name in ((LogForm.JSON, "log.json"), (LogForm.CSV, "log.csv")):
        export_log(empty, tmp_path / name, form=form, private=True)
        back = read_predictions(tmp_path / name)
        assert sorted(one.probability or 0 for one in back.forecasts) == [0.1, 0.1, 0.3, 0.6, 0.6, 0.9]
        assert sum(len(told.rows) for told in back.unscored) == (1 if form is LogForm.JSON else 3)


def test_options_that_may_all_happen_need_not_add_up(empty: Session) -> None:
    both = UNEVEN.replace(",no", ",yes")  # several came true: they do not exclude each other
    assert read_log((HEADER + both).encode(), "quiz.csv").unscored == ()
    bring(empty, both)
    assert len(select(empty, Scope(people=("Bob",)))) == 3


def test_options_that_a_site_dates_apart_are_said_together() -> None:
    header = (
        "Question title,Multiple choice option,Forecast created by,Forecast (scale = 0-1),Forecast created at,"
        "Question created by,Question created at,Question resolve by,Resolution,Resolved at\n"
    )
    row = '"Who?","{}","Ada",{},2024-04-01 09:05:{},"Ada",2024-04-01 09:05:3,2024-05-05 22:00:0,"{}",\n'
    rows = [row.format("Red", 0.8, 4, "YES"), row.format("Blue", 0.7, 31, "NO")]
    (told,) = read_log((header + "".join(rows)).encode(), "fatebook.csv").unscored
    assert told.rows == (2, 3)


SAID = st.tuples(st.integers(0, 1), st.integers(0, 1), st.integers(0, 40), st.integers(0, 2), st.integers(0, 10))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(SAID, min_size=1, max_size=24))
def test_a_log_at_once_gives_what_the_rule_gives(empty: Session, said: list[tuple[int, int, int, int, int]]) -> None:
    """Prediction, person, minute, option, tenths: the two ways to look for them agree."""
    log, now = empty.store.predictions, empty.clock()
    choice = Prediction(statement="Who?", kind=PredictionKind.CHOICE, options=("a", "b", "c"), created_at=now)
    ids = log.add([replace(choice, uid=new_uid()) for _n in range(2)])
    people = list(log.add_forecasters(["Ada", "Bob"]).values())
    drafts = [
        Forecast(
            prediction_id=ids[which],
            forecaster_id=people[who],
            at=now - timedelta(days=1) + timedelta(minutes=minute),
            probability=tenths / 10,
            option=option,
        )
        for which, who, minute, option, tenths in said
    ]
    first = empty.store.forecasts.add(drafts)
    empty.notify("log:0")
    plain = [
        SaidOption(
            one.prediction_id, one.forecaster_id, to_stored(one.at), place, one.option or 0, one.probability or 0.0
        )
        for place, one in enumerate(drafts)
    ]
    wanted = {first + place for place in not_adding_up(plain, dict.fromkeys(ids, 3))}
    assert {number for number in uneven_ids(empty) if number >= first} == wanted


def test_an_option_said_later_cannot_bring_all_over_a_hundred(empty: Session) -> None:
    one = write_down(
        empty,
        Prediction(
            statement="Who wins?",
            kind=PredictionKind.CHOICE,
            options=("Red", "Blue", "Green"),
            created_at=empty.clock(),
        ),
    )
    forecast(empty, one.id, probability=0.7, option=0)
    with pytest.raises(UserError, match="they are 120\u202f% together") as refused:
        forecast(empty, one.id, probability=0.5, option=1)
    assert refused.value.what_to_do == "Say how sure you are of these, too: Red."
    forecast(empty, one.id, probability=0.2, option=1)
    with pytest.raises(UserError, match="they are 95\u202f% together"):  # now all are said
        forecast(empty, one.id, probability=0.05, option=2)
    forecast_options(empty, one.id, {0: 0.3, 1: 0.6, 2: 0.1})
    forecast(empty, one.id, option=1, withdrawn=True)
    forecast(empty, one.id, probability=0.5, option=2)  # 30 and 50: the other is taken back
    assert len(book_of(empty).columns.probability) == 7
    other = person_named(empty, "Zoe").id
    forecast(empty, one.id, probability=0.9, option=1, by=other)  # nobody else's share counts


def test_what_a_file_said_is_put_right_all_at_once(empty: Session) -> None:
    bring(empty, UNEVEN.replace("yes", "").replace("no\n", "\n"))
    (one,) = book_of(empty).predictions.values()
    bob = person_named(empty, "Bob").id
    with pytest.raises(UserError, match="together"):
        forecast(empty, one.id, probability=0.2, option=2, by=bob)
    forecast_options(empty, one.id, {0: 0.6, 1: 0.3, 2: 0.1}, by=bob)
    assert len(book_of(empty).columns.probability) == 6
