"""Which forecasts are scored, and what is left out and said."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from surveyapp.domain.errors import UserError
from surveyapp.domain.prediction import Forecast, Outcome, Prediction, PredictionKind
from surveyapp.domain.scope import EVERYBODY, CountingRule, Scope
from surveyapp.importers.prediction.plan import ReadOptions
from surveyapp.importers.prediction.registry import read_predictions
from surveyapp.services.prediction.counted import counted_words
from surveyapp.services.prediction.importing import import_predictions
from surveyapp.services.prediction.log import forecast, me, resolve, write_down
from surveyapp.services.prediction.scoring import score
from surveyapp.services.prediction.selection import LeftOut, Selection, select
from surveyapp.services.session import Session

DAY = timedelta(days=1)


@pytest.fixture
def start(empty: Session) -> datetime:
    """A year before now."""
    return empty.clock() - 365 * DAY


def said(session: Session, at: datetime, *credences: float, **fields: object) -> Prediction:
    """A prediction due after ten days, forecast on the first days."""
    fields = {"due": (at + 10 * DAY).date()} | fields
    draft = Prediction(statement="It rains.", created_at=at, **fields)  # type: ignore[arg-type]
    forecasts = [Forecast(at=at + n * DAY, probability=p) for n, p in enumerate(credences)]
    return write_down(session, draft, forecasts=forecasts)


def settled(session: Session, at: datetime, outcome: Outcome, *credences: float, **fields: object) -> Prediction:
    one = said(session, at, *credences, **fields)
    resolve(session, one.id, outcome, known_at=at + 11 * DAY, reason="seen")
    return one


def pairs(found: Selection) -> list[tuple[float, float]]:
    return list(zip(found.probability.tolist(), found.outcome.tolist(), strict=True))


def test_the_last_forecast_before_the_date_counts_or_every_one(empty: Session, start: datetime) -> None:
    one = settled(empty, start, Outcome.YES, 0.6, 0.7, 0.8)
    forecast(empty, one.id, probability=0.99, at=start + 11 * DAY)  # after the date: not counted
    assert pairs(select(empty, Scope())) == [(0.8, 1.0)]
    assert pairs(select(empty, Scope(rule=CountingRule.EVERY))) == [(0.6, 1.0), (0.7, 1.0), (0.8, 1.0)]


def test_time_weights_are_shares_of_the_time_from_the_first_forecast_to_the_date(
    empty: Session, start: datetime
) -> None:
    one = said(empty, start, 0.6, 0.7, due=start + 10 * DAY)
    resolve(empty, one.id, Outcome.NO, known_at=start + 4 * DAY)  # known before the date: the time ends then
    found = select(empty, Scope(rule=CountingRule.TIME_WEIGHTED))
    assert found.weight.tolist() == pytest.approx([0.25, 0.75])


def test_what_was_replaced_in_the_same_moment_has_no_weight(empty: Session, start: datetime) -> None:
    for outcome in (Outcome.YES, Outcome.NO, Outcome.YES):
        forecasts = [Forecast(at=start, probability=p) for p in (0.2, 0.8)]
        draft = Prediction(statement="It rains.", created_at=start, due=(start + 10 * DAY).date())
        one = write_down(empty, draft, forecasts=forecasts)
        resolve(empty, one.id, outcome, known_at=start + 11 * DAY)
    found = score(empty, Scope(rule=CountingRule.TIME_WEIGHTED))
    assert found.selection.probability.tolist() == [0.8] * 3
    assert found.result is not None and found.result.calibration.n == 3


def test_what_is_left_out_is_counted(empty: Session, start: datetime) -> None:
    now = empty.clock()
    settled(empty, start, Outcome.YES, 0.8)
    said(empty, start, 0.5)  # overdue
    said(empty, now, 0.5)  # open
    settled(empty, start, Outcome.VOID, 0.5)
    settled(empty, start, Outcome.AMBIGUOUS, 0.5)
    resolve(empty, said(empty, start, 0.5).id, Outcome.SHARE, value=0.25)
    settled(empty, start, Outcome.YES, 0.5, retrodiction=True)
    resolve(empty, said(empty, now - 2 * DAY, 0.9, due=now + DAY).id, Outcome.YES)  # before its date
    late = said(empty, start)
    forecast(empty, late.id, probability=0.9, at=start + 20 * DAY)
    resolve(empty, late.id, Outcome.YES, known_at=start + 21 * DAY)
    gone = said(empty, start, 0.9)
    forecast(empty, gone.id, withdrawn=True, at=start + 2 * DAY)
    resolve(empty, gone.id, Outcome.YES, known_at=start + 11 * DAY)
    found = select(empty, Scope())
    assert pairs(found) == [(0.8, 1.0)]
    assert found.left_out == {
        LeftOut.OVERDUE: 1,
        LeftOut.OPEN: 1,
        LeftOut.VOID: 1,
        LeftOut.AMBIGUOUS: 1,
        LeftOut.SHARE: 1,
        LeftOut.RETRODICTED: 2,
        LeftOut.EARLY: 1,
        LeftOut.WITHDRAWN: 1,
    }
    assert found.n_predictions == 10
    assert len(select(empty, Scope(early=True))) == 2


def test_tags_people_and_time(empty: Session, start: datetime) -> None:
    one = settled(empty, start, Outcome.YES, 0.8, tags=("home", "x"))
    settled(empty, start + 100 * DAY, Outcome.NO, 0.3, tags=("work",))
    bob = empty.store.predictions.add_forecasters(["Bob"])["Bob"]
    forecast(empty, one.id, probability=0.1, by=bob, at=start)
    assert pairs(select(empty, Scope(tags=("home",)))) == [(0.8, 1.0)]
    assert pairs(select(empty, Scope(people=("Bob",)))) == [(0.1, 1.0)]
    assert len(select(empty, Scope(people=(EVERYBODY,)))) == 3
    assert pairs(select(empty, Scope(since=(start + 50 * DAY).date()))) == [(0.3, 0.0)]
    with pytest.raises(UserError, match="Nobody called Eve"):
        select(empty, Scope(people=("Eve",)))


def test_who_resolved_stands_beside_and_can_be_left_out(empty: Session, start: datetime) -> None:
    settled(empty, start, Outcome.YES, 0.8)
    other = said(empty, start, 0.4)
    bob = empty.store.predictions.add_forecasters(["Bob"])["Bob"]
    resolve(empty, other.id, Outcome.NO, by=bob, known_at=start + 11 * DAY)
    assert select(empty, Scope()).n_own_resolved == 1
    strict = select(empty, Scope(own_resolved=False))
    assert pairs(strict) == [(0.4, 0.0)]
    assert strict.left_out == {LeftOut.OWN_RESOLVED: 1}


def test_options_are_events_and_two_sides_of_one_event_are_one_forecast(empty: Session, start: datetime) -> None:
    fields = {"kind": PredictionKind.CHOICE, "due": (start + 10 * DAY).date()}
    two = write_down(empty, Prediction(statement="x", created_at=start, options=("a", "b"), **fields))  # type: ignore[arg-type]
    three = write_down(empty, Prediction(statement="y", created_at=start, options=("a", "b", "c"), **fields))  # type: ignore[arg-type]
    for one, credences in ((two, (0.7, 0.3)), (three, (0.5, 0.3, 0.2))):
        for option, p in enumerate(credences):
            forecast(empty, one.id, probability=p, option=option, at=start)
        resolve(empty, one.id, Outcome.OPTION, option=1, known_at=start + 11 * DAY)
    found = select(empty, Scope())
    assert pairs(found) == [(0.7, 0.0), (0.5, 0.0), (0.3, 1.0), (0.2, 0.0)]
    assert found.two_sided and not select(empty, Scope(people=(EVERYBODY,), tags=("none",))).two_sided
    assert "the first is one" in counted_words(found)
    scored = score(empty, Scope()).result
    assert scored is not None and scored.counting.endswith("two sides that exclude each other the one named first.")


def test_an_empty_log_has_nothing_to_score(empty: Session) -> None:
    assert len(select(empty, Scope())) == 0
    assert len(select(empty, Scope(people=(EVERYBODY,)))) == 0


def test_the_order_of_the_rows_changes_nothing(empty: Session, start: datetime) -> None:
    one = said(empty, start)
    for n in (3, 1, 2, 0):
        forecast(empty, one.id, probability=0.1 + n / 10, at=start + n * DAY)
    resolve(empty, one.id, Outcome.YES, known_at=start + 11 * DAY)
    assert pairs(select(empty, Scope())) == [(0.4, 1.0)]


@pytest.mark.skipif("SURVEYAPP_TEST_DATA" not in os.environ, reason="needs SURVEYAPP_TEST_DATA")
def test_the_sample_export_scores_as_the_sites_own_formula_says(empty: Session) -> None:
    folder = Path(os.environ["SURVEYAPP_TEST_DATA"]) / "predictions" / "formats"
    wanted = json.loads((folder / "expected_fixtures.json").read_text("utf-8"))["fatebook_export.csv"]
    import_predictions(empty, read_predictions(folder / "fatebook_export.csv", options=ReadOptions(me="Ada Test")))
    for rule, name in ((CountingRule.EVERY, "every_update"), (CountingRule.LAST, "last_update")):
        found = select(empty, Scope(rule=rule))
        binary = found.option < 0
        own = np.mean((found.probability[binary] - found.outcome[binary]) ** 2)
        assert own == pytest.approx(wanted[f"{name}_brier_0_1_own_binary"], abs=1e-9)
        choice = found.option >= 0
        total = float(np.sum((found.probability[choice] - found.outcome[choice]) ** 2))
        assert total == pytest.approx(wanted["mcq_brier_sum_over_options"])
    assert me(empty).name == "Ada Test"
    assert datetime(2024, 5, 6, 7, 0, 9, tzinfo=UTC) < empty.clock()
