"""Fatebook's CSV, every generation of headers; the counts of the sample files are in formats.md's fixtures."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from surveyapp.domain.errors import UserError
from surveyapp.domain.moment import from_stored
from surveyapp.domain.prediction import Outcome, PredictionKind, Visibility
from surveyapp.importers.prediction.plan import PredictionPlan, ReadOptions
from surveyapp.importers.prediction.registry import read_log, read_predictions

NEW = (
    "Question title,Multiple choice option,Forecast created by,Forecast (scale = 0-1),Forecast created at,"
    "Question created by,Question created at,Question resolve by,Resolution,Resolved at,Question notes,"
    "Question shared with,Question shared publicly,Question comments,Question tags"
)
OLD = (
    "Question title,Forecast created by,Forecast (scale = 0-1),Forecast created at,Question created by,"
    "Question created at,Question resolve by,Question resolution,Question resolved at,Question notes"
)


def plan(header: str, *rows: str, **options: object) -> PredictionPlan:
    return read_log("\n".join([header, *rows]).encode(), "x.csv", options=ReadOptions(**options))  # type: ignore[arg-type]


def row(**cells: str) -> str:
    said = {"title": "Rain?", "option": "", "who": "Ada", "p": "0.5", "at": "2024-04-01 09:05:3", "by": "Ada"}
    said |= {"created": "2024-04-01 09:05:3", "due": "2024-05-05 22:00:0", "out": "", "known": "", "notes": ""}
    said |= {"shared": "", "public": "false", "comments": "", "tags": ""} | cells
    return ",".join(f'"{cell}"' for cell in said.values())


def test_a_row_says_everything_it_knows() -> None:
    found = plan(
        NEW,
        row(out="NO", known="2024-05-06 07:00:9", notes="line\nline", shared="Bob", comments="Bob: low", tags="a; b"),
    )
    (one,) = found.predictions
    said = one.prediction
    assert (said.statement, said.kind, said.tags) == ("Rain?", PredictionKind.YES_NO, ("a", "b"))
    assert said.created_at == datetime(2024, 4, 1, 9, 5, 3, tzinfo=UTC)
    assert said.due == datetime(2024, 5, 5, 22, tzinfo=UTC)
    assert said.visibility is Visibility.SHARED
    assert "line\nline" in said.background and "Bob: low" in said.background
    assert [(r.outcome, r.known_at.isoformat()) for r in one.resolutions] == [("no", "2024-05-06T07:00:09+00:00")]
    assert [(f.probability, from_stored(f.at)) for f in found.forecasts] == [(0.5, said.created_at)]
    assert (found.me, found.people, found.source.format) == (0, ("Ada",), "fatebook")


def test_what_several_forecast_is_shared_and_what_one_did_is_private() -> None:
    alone = plan(NEW, row(), row(p="0.6", at="2024-04-02 09:05:3"))
    assert [one.prediction.visibility for one in alone.predictions] == [Visibility.PRIVATE]
    assert [one.prediction.visibility for one in plan(NEW, row(), row(who="Bob")).predictions] == [Visibility.SHARED]
    assert [one.prediction.visibility for one in plan(NEW, row(public="true")).predictions] == [Visibility.PUBLIC]


def test_older_headers_and_another_zone() -> None:
    line = "Rain?,Ada,0.5,2023-01-01 10:00:0,Ada,2023-01-01 10:00:0,2023-02-01 10:00:0,YES,2023-02-02 10:00:0,"
    found = plan(OLD, line, zone=timezone(timedelta(hours=2)))
    assert found.predictions[0].prediction.created_at == datetime(2023, 1, 1, 8, tzinfo=UTC)
    assert [r.outcome for r in found.predictions[0].resolutions] == [Outcome.YES]


def test_options_exclude_each_other_unless_two_came_true() -> None:
    one = plan(NEW, row(option="a", out="NO"), row(option="b", out="YES"), row(option="a", who="Bob", out="NO"))
    assert (one.predictions[0].prediction.options, one.predictions[0].prediction.exclusive) == (("a", "b"), True)
    assert [(r.outcome, r.option) for r in one.predictions[0].resolutions] == [(Outcome.OPTION, 1)]
    assert [f.option for f in one.forecasts] == [0, 1, 0]
    two = plan(NEW, row(option="a", out="YES"), row(option="b", out="YES"), row(option="c", out="NO"))
    assert two.predictions[0].prediction.exclusive is False
    assert [(r.outcome, r.option) for r in two.predictions[0].resolutions] == [("yes", 0), ("yes", 1), ("no", 2)]
    unclear = plan(NEW, row(option="a", out="AMBIGUOUS"), row(option="b", out="AMBIGUOUS"))
    assert [r.outcome for r in unclear.predictions[0].resolutions] == [Outcome.AMBIGUOUS]


def test_a_title_twice_is_two_questions_if_they_were_made_at_other_times() -> None:
    assert len(plan(NEW, row(), row(created="2024-04-02 09:00:0")).predictions) == 2


def test_what_cannot_be_read_is_told_with_its_row() -> None:
    found = plan(NEW, row(p="45"), row(p="x"), row(at="yesterday"), row(created="", title="No date?"), row(p=""))
    assert {refused.rows for refused in found.refused} == {(2, 3), (4,), (5,)}
    assert (len(found.predictions), len(found.forecasts)) == (1, 0)


def test_who_is_me_is_not_guessed_among_several() -> None:
    rows = row(), row(who="Bob")
    assert plan(NEW, *rows).me is None
    assert plan(NEW, *rows, me="Bob").me == 1


def test_another_table_is_no_prediction_log() -> None:
    with pytest.raises(UserError, match="no prediction log"):
        plan("a,b", "1,2")


@pytest.mark.skipif("SURVEYAPP_TEST_DATA" not in os.environ, reason="needs SURVEYAPP_TEST_DATA")
def test_the_sample_exports_have_the_counts_they_should() -> None:
    folder = Path(os.environ["SURVEYAPP_TEST_DATA"]) / "predictions" / "formats"
    wanted = json.loads((folder / "expected_fixtures.json").read_text("utf-8"))
    for name in ("fatebook_export.csv", "fatebook_tournament_export.csv"):
        found = read_predictions(folder / name)
        assert (len(found.forecasts), len(found.predictions)) == (wanted[name]["rows"], wanted[name]["questions"])
    whole = read_predictions(folder / "fatebook_export.csv")
    assert list(whole.people) == wanted["fatebook_export.csv"]["forecasters"]
    first = min(forecast.at for forecast in whole.forecasts)
    assert (
        from_stored(first).isoformat().replace("+00:00", "Z")
        == wanted["fatebook_export.csv"]["first_forecast_created_at_utc"]
    )
