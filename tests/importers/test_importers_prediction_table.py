"""Tables of predictions: somebody's own spreadsheet, Fatebook's import form, contests, games between two sides."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from surveyapp.domain.errors import UserError
from surveyapp.domain.moment import from_stored
from surveyapp.domain.prediction import Outcome, PredictionKind
from surveyapp.importers.prediction.belief import read_belief, scale_of
from surveyapp.importers.prediction.contest import read_key
from surveyapp.importers.prediction.plan import PredictionPlan, ReadOptions, Scale
from surveyapp.importers.prediction.registry import read_log, read_predictions

DAY = datetime(2024, 1, 5, tzinfo=UTC)


def plan(*lines: str, format_id: str = "", **options: Any) -> PredictionPlan:
    return read_log("\n".join(lines).encode(), "my.csv", options=ReadOptions(**options), format_id=format_id)


# Somebody's own spreadsheet


def test_columns_are_guessed_and_what_was_understood_is_said() -> None:
    found = plan(
        "Prediction,Credence,Date,Deadline,Outcome,Tags,Reason",
        "Rain,70%,2024-01-05,2024-02-01,yes,weather; home,clouds",
        "Rain,40%,2024-01-08,2024-02-01,yes,weather; home,",
        "Snow,5%,2024-01-06,,,,",
    )
    rain, snow = found.predictions
    assert [(f.prediction, f.probability, f.comment) for f in found.forecasts] == [
        (0, 0.7, "clouds"),
        (0, 0.4, ""),
        (1, 0.05, ""),
    ]
    assert (rain.prediction.due, rain.prediction.tags) == (date(2024, 2, 1), ("weather", "home"))
    assert [(r.outcome, r.known_at.isoformat()) for r in rain.resolutions] == [("yes", "2024-02-02T00:00:00+00:00")]
    assert (snow.resolutions, found.me, found.asks_scale, found.asks_date) == ((), 0, False, False)
    assert dict(found.columns)["probability"] == "Credence"
    assert any("names nobody" in note for note in found.notes)


def test_columns_that_are_not_read_are_named() -> None:
    found = plan("Claim,Credence,Date,Mood,Weather", "Rain,70%,2024-01-05,good,dull")
    assert "Not read are the columns Mood, Weather." in found.notes
    assert not any("Not read" in note for note in plan("Claim,Credence,Date", "Rain,70%,2024-01-05").notes)


@pytest.mark.parametrize(
    ("texts", "header", "scale"),
    [
        (["45", "0"], "", Scale.PERCENT),
        (["0.45", "1"], "", Scale.SHARE),
        (["0,45"], "", Scale.SHARE),
        (["0", "1"], "", None),
        (["0.5", "45"], "", None),
        (["0.5", "0.9"], "Forecast (%)", Scale.PERCENT),
        (["1"], "p (0-1)", Scale.SHARE),
        (["45%", ""], "", Scale.PERCENT),
        ([], "", None),
    ],
)
def test_the_scale_is_told_or_asked_for(texts: list[str], header: str, scale: Scale | None) -> None:
    assert scale_of(texts, header) is scale


@pytest.mark.parametrize(
    ("text", "scale", "share"),
    [
        ("45", Scale.PERCENT, 0.45),
        ("45 %", Scale.SHARE, 0.45),
        ("0,45", Scale.SHARE, 0.45),
        ("1 in 20", Scale.SHARE, 0.05),
        ("1.5", Scale.SHARE, None),
        ("-1", Scale.PERCENT, None),
        ("nan", Scale.SHARE, None),
        ("inf", Scale.SHARE, None),
        ("1e999", Scale.PERCENT, None),
        ("perhaps", Scale.PERCENT, None),
    ],
)
def test_a_belief_is_a_share_or_nothing(text: str, scale: Scale, share: float | None) -> None:
    assert read_belief(text, scale) == share


def test_an_undecidable_scale_is_asked_for_and_the_answer_taken() -> None:
    lines = "statement,probability,date", "A,0,2024-01-05", "B,1,2024-01-05"
    assert plan(*lines).asks_scale
    assert [f.probability for f in plan(*lines, scale=Scale.PERCENT).forecasts] == [0, 0.01]
    assert not plan(*lines, scale=Scale.SHARE).asks_scale


def test_a_table_without_days_asks_for_one() -> None:
    lines = "statement,probability", "A,20", "B,90"
    assert plan(*lines).asks_date
    found = plan(*lines, at=DAY)
    assert (found.asks_date, {from_stored(f.at) for f in found.forecasts}) == (False, {DAY})


def test_columns_can_be_said_and_taken_away() -> None:
    lines = "Behauptung,wie sicher,date,Wer", "A,20,3/4/2024,Ann", "A,30,25/4/2024,Bob"
    with pytest.raises(UserError, match="no prediction log"):
        plan(*lines)
    bare = plan(*lines, format_id="spreadsheet")
    assert (bare.predictions, bare.headers) == ((), ("Behauptung", "wie sicher", "date", "Wer"))
    said = (("statement", "Behauptung"), ("probability", "wie sicher"), ("who", "Wer"))
    found = plan(*lines, columns=said, format_id="spreadsheet")
    assert (found.people, found.me) == (("Ann", "Bob"), None)
    assert [from_stored(f.at).date() for f in found.forecasts] == [date(2024, 4, 3), date(2024, 4, 25)]
    assert plan(*lines, columns=(*said, ("date", "")), format_id="spreadsheet").asks_date
    for wrong in (("statement", "Nowhere"), ("nothing", "Wer")):
        with pytest.raises(UserError):
            plan(*lines, columns=(wrong,), format_id="spreadsheet")


def test_rows_that_cannot_be_read_are_told_and_the_others_come() -> None:
    found = plan(
        "statement,probability,date,outcome",
        "A,120,2024-01-05,",
        ",20,2024-01-05,",
        "B,20,the day before,",
        "C,20,2024-01-05,perhaps",
        "D,20,2024-01-05,n/a",
    )
    assert sorted(refused.rows for refused in found.refused) == [(2,), (3,), (4,), (5,)]
    assert len(found.forecasts) == 2
    (void,) = found.predictions[-1].resolutions
    assert (void.outcome, bool(void.reason)) == (Outcome.VOID, True)


def test_options_are_a_choice_whose_winner_may_be_named_either_way() -> None:
    header = "question,option,p,date,who,outcome"
    rows = "Who?,a,0.2,2024-01-05,Ann,{}", "Who?,b,0.8,2024-01-05,Ann,{}"
    for words in (("no", "yes"), ("b", "b")):
        found = plan(header, *(row.format(word) for row, word in zip(rows, words, strict=True)))
        (one,) = found.predictions
        assert (one.prediction.kind, one.prediction.options) == (PredictionKind.CHOICE, ("a", "b"))
        assert [(r.outcome, r.option) for r in one.resolutions] == [(Outcome.OPTION, 1)]
    both = plan(header, *(row.format("yes") for row in rows))
    assert both.predictions[0].prediction.exclusive is False


def test_the_zone_of_moments_without_one_is_the_persons_to_say() -> None:
    lines = "statement,probability,date", "A,20,2024-01-05 10:00"
    found = plan(*lines, zone=timezone(timedelta(hours=1)))
    assert from_stored(found.forecasts[0].at) == datetime(2024, 1, 5, 9, tzinfo=UTC)


# Fatebook's import form


def test_the_form_is_in_per_cent_and_any_other_outcome_is_ambiguous() -> None:
    found = plan(
        "questionTitle,forecast,qCreatedAt,fCreatedAt,resolveBy,resolution,resolvedAt,tags,notes",
        'Rain,1,2024-01-05T10:00:00+00:00,,2024-02-01,YES,2024-02-02T10:00:00+00:00,"a, b",why',
        "Snow,50%,2024-01-05T10:00:00+00:00,2024-01-06T10:00:00+00:00,,whatever,,,",
    )
    assert [f.probability for f in found.forecasts] == [0.01, 0.5]
    assert [from_stored(f.at).day for f in found.forecasts] == [5, 6]
    assert [one.resolutions[0].outcome for one in found.predictions] == [Outcome.YES, Outcome.AMBIGUOUS]
    assert (found.source.format, found.predictions[0].prediction.tags) == ("fatebook_form", ("a", "b"))


# A contest


CONTEST = (
    "ID,@1.Willitrain,@2.quotDALLEbut,@3.Third,Age",
    "_aa111,70,1,,30",
    "_bb222,5,99,x,40",
    ",50,,100,",
)


def test_a_wide_table_is_a_forecast_for_each_person_and_question() -> None:
    found = plan(*CONTEST, at=DAY)
    assert found.people == ("_aa111", "_bb222", "Row 4")
    assert [(f.who, f.prediction, f.probability) for f in found.forecasts] == [
        (0, 0, 0.7),
        (1, 0, 0.05),
        (2, 0, 0.5),
        (0, 1, 0.01),
        (1, 1, 0.99),
        (2, 2, 1.0),
    ]
    assert [(refused.rows) for refused in found.refused] == [(3,)]
    assert (found.me, found.asks_date) == (None, False)
    assert plan(*CONTEST).asks_date
    assert all(not one.resolutions for one in found.predictions)
    assert {one.prediction.visibility.value for one in found.predictions} == {"shared"}  # everybody was asked


def test_the_key_says_how_the_questions_came_out(tmp_path: Path) -> None:
    path = tmp_path / "key.csv"
    path.write_text(
        "question,outcome,statement,date\n@1.Willitrain,yes,Will it rain?,2024-02-01\n2,0,,\n3,,,\n9,yes,,\n", "utf-8"
    )
    found = plan(*CONTEST, at=DAY, key=read_key(path))
    first, second, third = found.predictions
    assert first.prediction.statement == "Will it rain?"
    assert [(r.outcome, r.known_at.date()) for r in first.resolutions] == [(Outcome.YES, date(2024, 2, 1))]
    assert [(r.outcome, r.known_at) for r in second.resolutions] == [(Outcome.NO, DAY + timedelta(days=1))]
    assert third.resolutions == ()
    assert any(note.endswith("not in the file: 9") for note in found.notes)


def test_another_table_is_no_key(tmp_path: Path) -> None:
    path = tmp_path / "key.csv"
    path.write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(UserError, match="no key"):
        read_key(path)


# Games


GAMES = "season,date,team1,team2,prob1,prob1_outcome,prob2,prob2_outcome"


def test_both_sides_of_a_game_are_one_prediction_and_a_tie_is_told() -> None:
    found = plan(
        GAMES,
        "2022,2022-06-16,Celtics,Warriors,0.74,0,0.26,1",
        "2022,2022-06-13,Bears,Lions,0.5,0.5,0.5,0.5",
        "2022,2022-06-12,Bears,Lions,0.5,,0.5,",
        "2022,2022-06-12,Bears,,0.5,1,0.5,0",
    )
    assert [(f.option, f.probability) for f in found.forecasts[:2]] == [(0, 0.74), (1, 0.26)]
    assert found.predictions[0].prediction.options == ("Celtics", "Warriors")
    outcomes = [[(r.outcome, r.option) for r in one.resolutions] for one in found.predictions]
    assert outcomes == [[(Outcome.OPTION, 1)], [(Outcome.AMBIGUOUS, None)], []]
    assert "0.5" in found.predictions[1].resolutions[0].reason
    assert any("neither 0 nor 1" in note for note in found.notes)
    assert (found.me, [refused.rows for refused in found.refused]) == (None, [(5,)])
    resolution = found.predictions[0].resolutions[0]
    assert from_stored(found.forecasts[0].at) < resolution.known_at


@pytest.mark.skipif("SURVEYAPP_TEST_DATA" not in os.environ, reason="needs SURVEYAPP_TEST_DATA")
def test_the_games_of_538_are_read_whole() -> None:
    folder = Path(os.environ["SURVEYAPP_TEST_DATA"]) / "predictions" / "538"
    for name, n, n_ties in (("nba_games.csv", 8886, 0), ("nfl_games.csv", 1889, 7)):
        found = read_predictions(folder / name)
        ties = [one for one in found.predictions if one.resolutions[0].outcome is Outcome.AMBIGUOUS]
        assert (len(found.predictions), len(found.forecasts), len(ties), found.refused) == (n, 2 * n, n_ties, ())
