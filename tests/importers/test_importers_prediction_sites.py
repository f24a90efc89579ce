"""PredictionBook, Manifold and Good Judgment Open: files made from their documentation."""

from __future__ import annotations

import io
import json
import os
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from surveyapp.domain.errors import UserError
from surveyapp.domain.moment import from_stored
from surveyapp.domain.prediction import Outcome, PredictionKind
from surveyapp.importers.prediction.plan import PredictionPlan, ReadOptions
from surveyapp.importers.prediction.registry import read_log, read_predictions


def plan(plain: Any, **options: Any) -> PredictionPlan:
    return read_log(json.dumps(plain).encode(), "log.json", options=ReadOptions(**options))


def response(**fields: Any) -> dict[str, Any]:
    said = {"comment": None, "confidence": 70, "created_at": "2019-01-02T10:00:00.000Z", "id": 11, "user_id": 1}
    return said | {"user_label": "ada"} | fields


def book(*responses: dict[str, Any], **fields: Any) -> dict[str, Any]:
    said: dict[str, Any] = {
        "created_at": "2019-01-02T10:00:00.000Z",
        "creator_label": "ada",
        "deadline": "2019-03-01T00:00:00.000Z",
    }
    said |= {"description": "Bus is late", "description_with_group": "[Commute] Bus is late", "id": 1, "uuid": "u-1"}
    said |= {"mean_confidence": 55, "outcome": None, "last_judgement_at": None, "visibility": "visible_to_creator"}
    said |= {"withdrawn": False} | fields
    return {"user": {"name": "ada", "user_id": 1}, "predictions": [said | {"responses": list(responses)}]}


def test_a_response_without_a_confidence_is_a_comment() -> None:
    found = plan(book(response(), response(confidence=None, comment="hm", user_label="bob"), response(confidence=170)))
    assert [(f.probability, f.comment) for f in found.forecasts] == [(0.7, ""), (None, "hm")]
    assert found.predictions[0].prediction.tags == ("Commute",)
    assert (found.people, found.me) == (("ada", "bob"), 0)
    assert [refused.rows for refused in found.refused] == [(1,)]


@pytest.mark.parametrize(
    ("said", "outcome"), [(True, Outcome.YES), (False, Outcome.NO), ("right", Outcome.YES), ("wrong", Outcome.NO)]
)
def test_it_was_known_when_it_was_judged(said: object, outcome: Outcome) -> None:
    found = plan(book(response(), outcome=said, last_judgement_at="2019-03-02T08:00:00.000Z"))
    (one,) = found.predictions[0].resolutions
    assert (one.outcome, one.known_at) == (outcome, datetime(2019, 3, 2, 8, tzinfo=UTC))


def test_withdrawn_predictions_and_unknown_outcomes() -> None:
    assert plan(book(response(), withdrawn=True)).predictions == ()
    assert plan(book(response(), outcome="unknown")).predictions[0].resolutions == ()


def test_a_comment_without_a_confidence_is_no_forecast() -> None:
    found = plan(book(response(), response(confidence=None, comment="hm", user_label="bob")))
    assert (len(found.forecasts), found.n_forecasts, dict(found.forecasts_of)) == (2, 1, {"ada": 1, "bob": 0})


_CSV = (
    "created_at,creator_id,creator_label,deadline,description_with_group,description,group_id,id,mean_confidence,"
    "outcome,prediction_group_id,last_judgement_at,updated_at,uuid,version,visibility,withdrawn\n"
    "2019-01-02 10:00:00 UTC,1,ada,2019-03-01 00:00:00 UTC,Rain,Rain,,1,55,true,,2019-03-02 08:00:00 UTC,"
    "2019-03-02 08:00:00 UTC,u-1,1,visible_to_everyone,false\n"
)


def test_the_means_of_the_csv_are_nobodys_own_unless_one_was_alone() -> None:
    crowd = read_log(_CSV.encode(), "my_predictions.csv")
    assert crowd.me is None
    assert crowd.people[crowd.forecasts[0].who] != "ada"
    assert "only the mean" in crowd.notes[0]
    own = read_log(_CSV.encode(), "my_predictions.csv", options=ReadOptions(alone=True))
    assert (own.people, own.me, own.forecasts[0].probability) == (("ada",), 0, 0.55)
    assert own.predictions[0].prediction.key == plan(book(response())).predictions[0].prediction.key


def market(**fields: Any) -> dict[str, Any]:
    said = {"id": "m1", "question": "Rain?", "outcomeType": "BINARY", "createdTime": 1_700_000_000_000}
    return said | {"closeTime": 1_710_000_000_000, "creatorUsername": "mm", "isResolved": False} | fields


def bet(**fields: Any) -> dict[str, Any]:
    said = {"id": "b1", "contractId": "m1", "userId": "u7", "createdTime": 1_700_000_100_000, "probAfter": 0.6}
    return said | {"amount": 10, "shares": 12} | fields


def test_a_price_is_taken_as_a_forecast_and_the_plan_says_so() -> None:
    bets = [bet(), bet(isRedemption=True), bet(amount=0, shares=0), bet(contractId="other"), bet(probAfter=7)]
    found = plan({"markets": [market()], "bets": bets})
    assert [(f.probability, from_stored(f.at)) for f in found.forecasts] == [
        (0.6, datetime(2023, 11, 14, 22, 15, tzinfo=UTC))
    ]
    assert "price" in found.notes[0]
    assert len(found.notes) == 4  # redeemed, unfilled, of another market
    assert [refused.rows for refused in found.refused] == [(5,)]
    assert found.me is None


@pytest.mark.parametrize(
    ("said", "outcome", "value"),
    [("YES", "yes", None), ("NO", "no", None), ("MKT", "share", 0.37), ("CANCEL", "void", None)],
)
def test_a_market_settles_also_at_a_probability(said: str, outcome: str, value: float | None) -> None:
    fields = {"isResolved": True, "resolution": said, "resolutionTime": 1_710_000_000_000}
    found = plan([market(**fields, resolutionProbability=0.37)])
    (one,) = found.predictions[0].resolutions
    assert (one.outcome, one.value) == (outcome, value)


def test_answers_of_a_market_are_options() -> None:
    answers = [{"id": "a", "text": "red"}, {"id": "b", "text": "blue"}]
    choice = market(
        outcomeType="MULTIPLE_CHOICE", answers=answers, isResolved=True, resolution="b", bets=[bet(answerId="b")]
    )
    found = plan(choice)
    assert found.predictions[0].prediction.options == ("red", "blue")
    assert [(r.outcome, r.option) for r in found.predictions[0].resolutions] == [(Outcome.OPTION, 1)]
    assert [f.option for f in found.forecasts] == [1]
    apart = plan(choice | {"shouldAnswersSumToOne": False, "answers": [answers[0] | {"resolution": "NO"}, answers[1]]})
    assert [(r.outcome, r.option) for r in apart.predictions[0].resolutions] == [(Outcome.NO, 0)]


def test_bets_alone_say_what_is_missing() -> None:
    with pytest.raises(UserError, match="without their markets"):
        plan([bet()])


def test_json_that_is_cut_off_is_said_to_be() -> None:
    with pytest.raises(UserError, match="damaged or cut off"):
        read_log(json.dumps(market()).encode()[:-5], "market.json")


@pytest.mark.parametrize("kind", ["PSEUDO_NUMERIC", "POLL", "STONK"])
def test_markets_without_probabilities_are_refused_by_name(kind: str) -> None:
    found = plan([market(outcomeType=kind, min=0, max=10), market(id="m2")])
    assert (len(found.predictions), found.refused[0].rows) == (1, (1,))
    assert ("the mean that is expected" if kind == "PSEUDO_NUMERIC" else kind) in found.refused[0].reason


@pytest.mark.parametrize("kind", ["MULTI_NUMERIC", "NUMBER", "DATE"])
def test_the_buckets_of_a_number_market_are_options(kind: str) -> None:
    """As common/multi-numeric.ts makes them: answers named by their range, settled by shares of answers."""
    answers = [{"id": "a", "text": "0-10", "midpoint": 5}, {"id": "b", "text": "10-20", "midpoint": 15}]
    settled = {"isResolved": True, "resolution": "MKT", "resolutions": {"a": 0, "b": 100}}
    found = plan([market(outcomeType=kind, answers=answers, unit="seats", **settled), bet(answerId="b", outcome="NO")])
    assert found.predictions[0].prediction.options == ("0-10", "10-20")
    assert [(r.outcome, r.option) for r in found.predictions[0].resolutions] == [(Outcome.OPTION, 1)]
    assert [(f.option, f.probability) for f in found.forecasts] == [(1, 0.6)]
    assert any("buckets" in note for note in found.notes)


def test_old_bets_name_their_answer_as_the_outcome() -> None:
    free = market(outcomeType="FREE_RESPONSE", answers=[{"id": "1", "text": "red"}, {"id": "2", "text": "blue"}])
    shared = free | {"isResolved": True, "resolution": "MKT", "resolutions": {"1": 50, "2": 50}}
    found = plan([shared, bet(outcome="2"), bet(id="b2", outcome="9")])
    assert [f.option for f in found.forecasts] == [1]
    assert (len(found.refused), found.predictions[0].resolutions[0].outcome) == (1, Outcome.AMBIGUOUS)


def test_json_in_utf_16_is_read() -> None:
    content = json.dumps([market(question="Déšť?"), bet()], ensure_ascii=False).encode("utf-16")
    assert read_log(content, "log.json").predictions[0].prediction.statement == "Déšť?"


PROBLEM = {"problem_id": 5, "title": "Who wins?", "url": "https://x.invalid/5", "options": ["A", "B", "C"]}
PROBLEM |= {"correct_answer": "B", "metadata": {"end_date": "2024-02-01T00:00:00Z"}}
SAID = {"problem_id": 5, "username": "kim", "timestamp": "2024-01-01T09:00:00Z", "prediction": [0.2, 0.5, 0.3]}


def test_shares_stand_in_the_order_of_the_options() -> None:
    found = plan({"problems": [PROBLEM], "predictions": [SAID, SAID | {"prediction": [0.9, 0.9, 0.9]}]})
    assert [(f.option, f.probability) for f in found.forecasts] == [(0, 0.2), (1, 0.5), (2, 0.3)]
    (one,) = found.predictions
    assert (one.prediction.kind, one.resolutions[0].option) == (PredictionKind.CHOICE, 1)
    assert (found.refused[0].rows, found.me) == ((2,), 0)


def test_yes_and_no_are_one_probability() -> None:
    problem = PROBLEM | {"options": ["No", "Yes"], "correct_answer": "No"}
    found = plan([problem, SAID | {"prediction": [0.2, 0.8]}])
    assert [(f.option, f.probability) for f in found.forecasts] == [(None, 0.8)]
    assert found.predictions[0].resolutions[0].outcome is Outcome.NO


def test_two_files_in_one_zip_are_read_together() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("problems.json", json.dumps([PROBLEM]))
        archive.writestr("predictions.jsonl", "\n".join(json.dumps(one) for one in (SAID, SAID)))
    found = read_log(target.getvalue(), "gjo.zip")
    assert (len(found.predictions), len(found.forecasts)) == (1, 6)


@pytest.mark.skipif("SURVEYAPP_TEST_DATA" not in os.environ, reason="needs SURVEYAPP_TEST_DATA")
def test_the_sample_exports_have_the_counts_they_should() -> None:
    folder = Path(os.environ["SURVEYAPP_TEST_DATA"]) / "predictions" / "formats"
    wanted = json.loads((folder / "expected_fixtures.json").read_text("utf-8"))
    found, said = (
        read_predictions(folder / "predictionbook_my_predictions.json"),
        wanted["predictionbook_my_predictions.json"],
    )
    sure = [one for one in found.forecasts if one.probability is not None]
    assert len(found.predictions) == said["predictions"]
    assert len(sure) == said["credences"]
    assert sum(one.who == found.me for one in sure) == said["own_credences"]
    assert len(found.forecasts) - len(sure) == said["comment_only_responses"]
    assert sum(bool(one.resolutions) for one in found.predictions) == said["resolved"]
    table = read_predictions(folder / "predictionbook_my_predictions.csv")
    assert len(table.predictions) == wanted["predictionbook_my_predictions.csv"]["rows"]
    assert table.me is None
