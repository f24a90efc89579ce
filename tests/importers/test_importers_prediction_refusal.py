"""Files that are no logs, or damaged ones: the sentence says what is wrong and what to do."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from surveyapp.domain.errors import UserError
from surveyapp.importers.prediction.plan import ReadOptions
from surveyapp.importers.prediction.registry import UnknownLog, read_log, read_predictions


def packed(**members: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in members.items():
            archive.writestr(f"{name}.csv", text)
    return target.getvalue()


QUESTIONS = "Question ID,Question Title,Question Type,CP Reveal Time\n1,Rain?,binary,\n"


@pytest.mark.parametrize(
    ("content", "name", "title"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x01", "log.csv", "starts like a PNG"),
        (b'{"predictions": [{"a": 1}, ', "log.json", "damaged or cut off"),
        ('{"predictions": [{"a": 1}, '.encode("utf-16"), "log.json", "damaged or cut off"),
        (packed(question_data=QUESTIONS)[:60], "metaculus.zip", "damaged or cut off"),
        (packed(question_data=QUESTIONS), "metaculus.zip", "holds no forecast_data.csv"),
        (packed(forecast_data="Question ID\n1\n"), "metaculus.zip", "holds no question_data.csv"),
        (QUESTIONS.encode(), "question_data.csv", "one file of a Metaculus download"),
        (packed(README="x"), "any.zip", "no prediction log we know"),
        (b"a,b\n1,2\n", "any.csv", "no prediction log we know"),
        (b"Prediction,Credence,Date\n", "mine.csv", "header but no answers"),
    ],
    ids=range(10),
)
def test_what_is_wrong_is_said(content: bytes, name: str, title: str) -> None:
    with pytest.raises(UserError, match=title) as refused:
        read_log(content, name)
    assert refused.value.what_to_do


def test_an_empty_file_may_be_one_of_fatebook_without_forecasts(tmp_path: Path) -> None:
    path = tmp_path / "fatebook.csv"
    path.write_bytes(b"")
    with pytest.raises(UserError, match="empty") as refused:
        read_predictions(path)
    assert "no forecast" in refused.value.what_to_do


def test_whoever_says_the_columns_says_that_it_is_a_table_of_their_own() -> None:
    content = b"A,B\nRain,70\nSnow,5\n"
    with pytest.raises(UnknownLog):
        read_log(content, "mine.csv")
    said = (("statement", "A"), ("probability", "B"))
    found = read_log(content, "mine.csv", options=ReadOptions(columns=said))
    assert [one.prediction.statement for one in found.predictions] == ["Rain", "Snow"]


def test_a_table_in_an_old_encoding_is_read_and_the_plan_says_how() -> None:
    words = "Будет снег"
    found = read_log(f"Prediction;Credence;Date\n{words};40%;05.01.2024\n".encode("koi8-r"), "log.csv")
    assert found.predictions[0].prediction.statement == words
    assert "KOI8-R" in found.notes[-1]
