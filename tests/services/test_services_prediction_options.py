"""Predictions with options that do not exclude each other: how they came out, and that options keep their places."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from surveyapp.domain.errors import UserError
from surveyapp.domain.prediction import Forecast, Outcome, Prediction, PredictionKind
from surveyapp.domain.scope import Scope
from surveyapp.services.prediction.book import book_of
from surveyapp.services.prediction.comparing import compare, of_people
from surveyapp.services.prediction.crowd import crowd_lines
from surveyapp.services.prediction.exporting import LogForm, export_log
from surveyapp.services.prediction.listing import listing_of
from surveyapp.services.prediction.log import (
    edit,
    forecast,
    forecast_all,
    me,
    resolve,
    resolve_options,
    write_down,
)
from surveyapp.services.prediction.people import person_named
from surveyapp.services.prediction.selection import LeftOut, select
from surveyapp.services.prediction.story import story_of
from surveyapp.services.session import Session

DAY = timedelta(days=1)


def beliefs(session: Session, *shares: float) -> list[Forecast]:
    at = session.clock() - 99 * DAY
    return [Forecast(at=at, probability=share, option=place) for place, share in enumerate(shares)]


@pytest.fixture
def several(empty: Session) -> Prediction:
    """Which of three open; known to have come out twenty days after the date."""
    at = empty.clock() - 100 * DAY
    draft = Prediction(
        statement="Which cafés open?",
        kind=PredictionKind.CHOICE,
        options=("Alma", "Bean", "Crema"),
        exclusive=False,
        created_at=at,
        due=(at + 10 * DAY).date(),
    )
    return write_down(empty, draft, forecasts=beliefs(empty, 0.8, 0.3, 0.1))


def settle(session: Session, one: Prediction, *happened: int) -> None:
    resolve_options(session, one.id, set(happened), known_at=session.clock() - 80 * DAY)


def test_what_is_opened_again_is_in_no_score(empty: Session, several: Prediction) -> None:
    settle(empty, several, 0)
    assert select(empty, Scope()).outcome.tolist() == [1, 0, 0]
    resolve(empty, several.id, Outcome.OPEN)
    assert book_of(empty).is_open(several.id) and book_of(empty).holding(several.id) == ()
    assert (len(select(empty, Scope())), select(empty, Scope()).left_out) == (0, {LeftOut.OVERDUE: 1})
    assert {line.outcome for line in crowd_lines(empty)} == {None}


def test_void_ends_what_was_said_of_the_options_and_the_other_way_round(
    empty: Session, several: Prediction, tmp_path_factory: pytest.TempPathFactory
) -> None:
    settle(empty, several, 0)
    resolve(empty, several.id, Outcome.VOID, reason="the street is closed")
    assert (len(select(empty, Scope())), select(empty, Scope()).left_out) == (0, {LeftOut.VOID: 1})
    path = tmp_path_factory.mktemp("log") / "log.csv"
    export_log(empty, path, form=LogForm.CSV, private=True)
    assert "void" in path.read_text("utf-8") and ",yes," not in path.read_text("utf-8")
    settle(empty, several, 1, 2)
    assert select(empty, Scope()).outcome.tolist() == [0, 1, 1]
    assert listing_of(empty).rows[0].outcome == "Bean, Crema"


def test_the_outcome_in_words_names_what_happened(empty: Session, several: Prediction) -> None:
    assert story_of(empty, several.id).outcome == ""
    settle(empty, several, 0, 2)
    assert (story_of(empty, several.id).outcome, listing_of(empty).rows[0].outcome) == ("Alma, Crema", "Alma, Crema")
    resolve(empty, several.id, Outcome.AMBIGUOUS, option=1, reason="half a door")
    assert story_of(empty, several.id).outcome == "Alma, Crema, Bean: ambiguous"
    settle(empty, several)
    assert story_of(empty, several.id).outcome == "none of them"
    resolve(empty, several.id, Outcome.VOID, reason="the street is closed")
    assert story_of(empty, several.id).outcome == "void"


def test_each_option_is_compared_with_how_it_came_out(empty: Session, several: Prediction) -> None:
    forecast_all(empty, several.id, beliefs(empty, 0.5, 0.5, 0.5), by=person_named(empty, "Ben").id)
    settle(empty, several, 0)
    lines = compare(empty, of_people(empty, me(empty).name, "Ben")).lines
    assert {line.observation.option: line.outcome for line in lines} == {0: True, 1: False, 2: False}


def test_only_an_option_can_be_withdrawn(empty: Session, several: Prediction) -> None:
    with pytest.raises(UserError, match="no such option"):
        forecast(empty, several.id, withdrawn=True)
    forecast(empty, several.id, withdrawn=True, option=0)
    assert [line.option for line in crowd_lines(empty)] == [1, 2]


@pytest.mark.parametrize("options", [("Alma", "Bean"), ("Bean", "Alma", "Crema"), ("Dolce", "Alma", "Bean", "Crema")])
def test_options_with_forecasts_are_neither_left_out_nor_moved(
    empty: Session, several: Prediction, options: tuple[str, ...]
) -> None:
    with pytest.raises(UserError, match="by their place"):
        edit(empty, several.id, options=options)
    assert book_of(empty).predictions[several.id].options == several.options


def test_options_are_renamed_added_and_before_any_forecast_changed_at_will(empty: Session, several: Prediction) -> None:
    edit(empty, several.id, options=("Alma", "The Bean", "Crema", "Dolce"))
    assert [line.words for line in crowd_lines(empty)][1] == "Which cafés open? – The Bean"
    bare = write_down(empty, replace(several, uid=""))
    assert edit(empty, bare.id, options=("Bean", "Alma")).options == ("Bean", "Alma")
