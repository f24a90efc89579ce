"""One PredictionBook log from its JSON and from tables collected from its pages is one log."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime
from typing import Any

import pytest

from surveyapp.domain.prediction import Outcome, Visibility
from surveyapp.importers.prediction.plan import PredictionPlan
from surveyapp.importers.prediction.registry import read_log
from surveyapp.services.change_log import undo
from surveyapp.services.prediction.book import book_of
from surveyapp.services.prediction.identity import recognised
from surveyapp.services.prediction.importing import import_predictions, known_words
from surveyapp.services.prediction.log import edit
from surveyapp.services.session import Session

CREATED, DUE = datetime(2019, 1, 2, 10, tzinfo=UTC), datetime(2019, 3, 1, tzinfo=UTC)
SECOND = int(CREATED.timestamp())


def from_json(**fields: Any) -> PredictionPlan:
    """Bus is late: 70 % by Ada, 40 % by Bob, a comment; it came out."""
    said = [(70, "", "ada", 11), (40, "well", "bob", 12), (None, "hm", "bob", 13)]
    one = {
        "created_at": "2019-01-02T10:00:00.250Z",
        "creator_label": "ada",
        "deadline": "2019-03-01T00:00:00.000Z",
        "description": "Bus is late",
        "description_with_group": "[Commute] Bus is late",
        "id": 977,
        "uuid": "u-1",
        "outcome": True,
        "last_judgement_at": "2019-03-02T08:00:00.000Z",
        "visibility": "visible_to_creator",
        "withdrawn": False,
        "responses": [
            {
                "comment": comment or None,
                "confidence": confidence,
                "created_at": "2019-01-02T10:00:00.750Z",
                "id": number,
                "user_label": who,
            }
            for confidence, comment, who, number in said
        ],
    } | fields
    content = json.dumps({"user": {"name": "ada"}, "predictions": [one]}).encode()
    return read_log(content, "predictionbook.json")


def collected(*, outcome: int = 1, title: str = "Bus is late", more: str = "") -> PredictionPlan:
    """The same, as a program read it from the pages of the site."""
    predictions = f"4711,{SECOND},{int(DUE.timestamp())},0.55,2,{outcome},ada,{title}\n"
    responses = f"4711,{SECOND},0.7,ada,\n4711,{SECOND},0.4,bob,well\n4711,{SECOND},NaN,bob,hm\n{more}"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("predictions.csv", predictions)
        archive.writestr("responses.csv", responses)
    return read_log(buffer.getvalue(), "predictionbook.zip")


def counts(session: Session) -> tuple[int, int, int]:
    book = book_of(session)
    forecasts, outcomes = session.store.forecasts.all(), session.store.forecasts.resolutions()
    return len(book.predictions), len(forecasts), len(outcomes)


@pytest.mark.parametrize("json_first", [True, False])
def test_one_log_from_both_is_not_doubled(empty: Session, *, json_first: bool) -> None:
    plans = [from_json, collected] if json_first else [collected, from_json]
    import_predictions(empty, recognised(empty, plans[0]()))
    before = counts(empty)
    assert before == (1, 3, 1)
    assert "All of it is known" in known_words(empty, plans[1]())
    for make in (plans[1], plans[0], plans[1]):
        import_predictions(empty, recognised(empty, make()))
        assert counts(empty) == before
    (one,) = book_of(empty).predictions.values()
    assert one.tags == ("Commute",)
    assert one.visibility is Visibility.PRIVATE  # the pages hold public ones only: the JSON knows better
    undo(empty)
    undo(empty)
    undo(empty)
    assert counts(empty) == before


def test_what_only_one_of_them_has_comes_in(empty: Session) -> None:
    import_predictions(empty, from_json(outcome=None))
    import_predictions(empty, recognised(empty, collected(more=f"4711,{SECOND + 60},0.9,ada,later\n")))
    assert counts(empty) == (1, 4, 1)
    (one,) = book_of(empty).predictions.values()
    found = book_of(empty).resolution(one.id)
    assert found is not None and found.outcome is Outcome.YES


def test_a_statement_that_was_edited_here_is_known(empty: Session) -> None:
    import_predictions(empty, from_json())
    (one,) = book_of(empty).predictions.values()
    edit(empty, one.id, statement="The bus is late")
    import_predictions(empty, recognised(empty, collected()))
    assert counts(empty) == (1, 3, 1)
    (one,) = book_of(empty).predictions.values()
    assert one.statement == "The bus is late"


def test_another_statement_at_that_second_is_another(empty: Session) -> None:
    import_predictions(empty, from_json())
    import_predictions(empty, collected(title="Train is late"))
    assert counts(empty)[0] == 2


def test_two_alike_are_not_told_apart(empty: Session) -> None:
    first = from_json()
    twice = read_log(
        json.dumps(
            [json.loads(first.source.content)["predictions"][0] | {"uuid": name} for name in ("u-1", "u-2")]
        ).encode(),
        "predictionbook.json",
    )
    import_predictions(empty, twice)
    import_predictions(empty, recognised(empty, collected()))
    assert counts(empty)[0] == 3
