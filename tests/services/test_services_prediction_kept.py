"""What was found out about the log is kept until the log changes or one of its dates comes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from surveyapp.domain.prediction import Forecast, Outcome, Prediction, PredictionKind, Quantile
from surveyapp.domain.scope import EVERYBODY, Scope
from surveyapp.services.prediction.interval_score import interval_score
from surveyapp.services.prediction.kept import found_before, keep
from surveyapp.services.prediction.leaderboard import board
from surveyapp.services.prediction.log import forecast, resolve, write_down
from surveyapp.services.prediction.scoring import score
from surveyapp.services.prediction.selection import LeftOut
from surveyapp.services.session import Session

HOUR = timedelta(hours=1)
EVERYONE = Scope(people=(EVERYBODY,))


@pytest.fixture
def due(empty: Session) -> datetime:
    """The moment at which a prediction is due that came out before."""
    moment = empty.clock() + HOUR
    one = write_down(
        empty,
        Prediction(statement="It rains.", created_at=empty.clock() - 48 * HOUR, due=moment),
        forecasts=[Forecast(at=empty.clock() - 40 * HOUR, probability=0.8)],
    )
    resolve(empty, one.id, Outcome.YES, known_at=empty.clock() - 2 * HOUR)
    return moment


def test_scores_and_ranks_change_when_a_date_comes(
    empty: Session, due: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = score(empty, EVERYONE)
    assert score(empty, EVERYONE) is before
    assert board(empty, Scope(), min_n=1).left_out == {LeftOut.EARLY: 1}
    assert board(empty, Scope(), min_n=1) is board(empty, Scope(), min_n=1)
    monkeypatch.setattr(empty, "clock", lambda: due)
    assert score(empty, EVERYONE).result is not None and before.result is None
    assert board(empty, Scope(), min_n=1).n_forecasts == 1


def test_a_day_that_is_due_counts_from_its_beginning(empty: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    now = empty.clock()
    write_down(
        empty,
        Prediction(statement="It rains.", created_at=now, due=now.date() + timedelta(days=1)),
        forecasts=[Forecast(at=now, probability=0.8)],
    )
    assert score(empty, EVERYONE).selection.left_out == {LeftOut.OPEN: 1}
    midnight = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    monkeypatch.setattr(empty, "clock", lambda: midnight)
    assert score(empty, EVERYONE).selection.left_out == {LeftOut.DUE: 1}


def test_a_change_of_the_log_forgets_all(empty: Session) -> None:
    now = empty.clock()
    one = write_down(
        empty,
        Prediction(statement="How many come?", kind=PredictionKind.NUMBER, created_at=now - 48 * HOUR),
        forecasts=[Forecast(at=now - 9 * HOUR, quantiles=(Quantile(level=0.1, value=1), Quantile(level=0.9, value=5)))],
    )
    resolve(empty, one.id, Outcome.VALUE, value=3)
    before = interval_score(empty, EVERYONE)
    assert before.n_forecasts == 1 and interval_score(empty, EVERYONE) is before
    forecast(empty, one.id, withdrawn=True, at=now - 8 * HOUR)
    assert interval_score(empty, EVERYONE).n_forecasts == 0


def test_the_oldest_find_gives_way(empty: Session) -> None:
    found = found_before(empty, str)
    for number in range(40):
        keep(found, number, "x")
    assert list(found) == list(range(30, 40))
