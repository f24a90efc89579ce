"""Tables without headers: the two that a program collected from PredictionBook, and somebody's own."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import pytest

from surveyapp.domain.errors import UserError
from surveyapp.domain.moment import from_stored
from surveyapp.domain.prediction import Outcome
from surveyapp.importers.prediction import predictionbook_rows
from surveyapp.importers.prediction.plan import PredictionPlan, ReadOptions
from surveyapp.importers.prediction.registry import read_log
from surveyapp.importers.prediction.registry_spec import File

# As jbeshir/predictionbook-extractor writes them (cli/main.go); the year 1 is a deadline it could not read.
PREDICTIONS = (
    '1,1262304000,1293840000,0.55,2,1,ada,"Rain, or ""snow"""\n'
    "2,1262304000,-62135596800,0,0,0,bob,Open one\n"
    "3,1262390400,1293840000,0.9,1,2,ada,Wrong one\n"
)
RESPONSES = (
    "1,1262304000,0.7,ada,\n"
    '1,1262390400,0.4,bob,"hm, no"\n'
    "1,1262390500,NaN,bob,just words\n"
    "3,1262390400,0.9,ada,\n"
    "9,1262390400,0.9,ada,\n"
)


def both() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("responses.csv", RESPONSES)
        archive.writestr("predictions.csv", PREDICTIONS)
    return target.getvalue()


def test_both_tables_in_one_zip_give_everybodys_own_forecasts() -> None:
    found = read_log(both(), "predictionbook.zip")
    said = [(f.prediction, found.people[f.who], f.probability, f.comment) for f in found.forecasts]
    assert said == [
        (0, "ada", 0.7, ""),
        (0, "bob", 0.4, "hm, no"),
        (0, "bob", None, "just words"),
        (2, "ada", 0.9, ""),
    ]
    assert from_stored(found.forecasts[0].at) == datetime(2010, 1, 1, tzinfo=UTC)
    outcomes = [[r.outcome for r in one.resolutions] for one in found.predictions]
    assert outcomes == [[Outcome.YES], [], [Outcome.NO]]
    assert (found.predictions[0].prediction.statement, found.predictions[1].prediction.due) == ('Rain, or "snow"', None)
    assert [one.rows for one in found.refused] == [(5,)]
    assert found.me is None


def test_the_table_of_predictions_alone_holds_a_crowds_means() -> None:
    found = read_log(PREDICTIONS.encode(), "pb.csv")
    assert [(found.people[f.who], f.probability) for f in found.forecasts] == [
        ("Mean on PredictionBook", 0.55),
        ("Mean on PredictionBook", 0.9),
    ]
    assert "only the mean" in found.notes[0]
    alone = read_log(PREDICTIONS.encode(), "pb.csv", options=ReadOptions(alone=True, me="ada"))
    assert [(alone.people[f.who], f.probability) for f in alone.forecasts] == [
        ("Mean on PredictionBook", 0.55),  # of two wagers
        ("ada", 0.9),
    ]


def test_responses_alone_say_what_is_missing() -> None:
    with pytest.raises(UserError, match="without their predictions"):
        read_log(RESPONSES.encode(), "responses.csv")


@pytest.mark.parametrize("row", ["1,Rain,0.7,ada,\n", "1,2024,0.7,ada,x\n", "Id,Created,Confidence,User,Comment\n"])
def test_other_tables_of_five_columns_are_not_taken_for_them(row: str) -> None:
    with pytest.raises(UserError, match="no prediction log we know"):
        read_log((row + RESPONSES).encode(), "any.csv")


OWN = "\nRain tomorrow,70,2024-01-05,yes\nSnow in May,5,2024-01-06,no\nSnow in May,10,2024-01-07,no\n"


def own(*columns: tuple[str, str], headed: bool = False) -> PredictionPlan:
    return read_log(OWN.encode(), "own.csv", options=ReadOptions(headed=headed, columns=columns))


def test_the_first_row_of_a_table_is_data_if_somebody_says_so() -> None:
    bare = own()
    assert bare.headers == ("Column 1", "Column 2", "Column 3", "Column 4")
    assert bare.examples == ("Rain tomorrow", "70", "2024-01-05", "yes")
    assert bare.predictions == ()
    found = own(("statement", "Column 1"), ("probability", "Column 2"), ("date", "Column 3"), ("outcome", "Column 4"))
    assert [one.prediction.statement for one in found.predictions] == ["Rain tomorrow", "Snow in May"]
    assert [one.probability for one in found.forecasts] == [0.7, 0.05, 0.1]
    refused = own(("statement", "Column 1"), ("probability", "Column 4"))
    assert refused.refused[0].rows == (2, 3, 4)  # as a spreadsheet numbers them: a blank row comes first


def test_a_header_that_is_an_answer_too_stands_once_among_the_texts() -> None:
    found = own(("statement", "Column 4"), ("probability", "Column 2"), ("date", "Column 3"))
    assert [one.prediction.statement for one in found.predictions] == ["yes", "no"]
    with pytest.raises(UserError, match="no column “Column 1”"):
        own(("statement", "Column 1"), headed=True)


def test_of_a_file_that_is_none_of_them_only_the_first_rows_are_decoded() -> None:
    class Watched(bytes):
        def decode(self, *_arguments: str) -> str:
            raise AssertionError

    file = File(Watched(b"name,share\n" + b"Ada,0.7\n" * 100_000), "any.csv")
    assert predictionbook_rows.SPEC.sniff(file) == 0.0


def test_a_table_whose_end_is_no_utf8_is_none_of_them() -> None:
    file = File(RESPONSES.encode() * 10_000 + "1,1262304000,0.7,José,\n".encode("latin-1"), "any.csv")
    assert predictionbook_rows.SPEC.sniff(file) == 0.0
