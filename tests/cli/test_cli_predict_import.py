"""Prediction logs in and out by the command line: what was understood is told, what is missing is asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_call import Call

FATEBOOK = (
    "Question title,Forecast created by,Forecast (scale = 0-1),Forecast created at,Question created by,"
    "Question created at,Question resolve by,Resolution,Resolved at,Question tags\n"
    '"Rain?","Ada",0.15,2024-04-01 09:05:3,"Ada",2024-04-01 09:05:3,2024-05-05 22:00:0,"NO",2024-05-06 09:00:0,"home"\n'
    '"Rain?","Bob",0.35,2024-04-02 09:05:3,"Ada",2024-04-01 09:05:3,2024-05-05 22:00:0,"NO",2024-05-06 09:00:0,"home"\n'
    '"Rain?","Bob",35,2024-04-02 09:05:3,"Ada",2024-04-01 09:05:3,2024-05-05 22:00:0,"NO",2024-05-06 09:00:0,"home"\n'
)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "fatebook.csv"
    path.write_text(FATEBOOK, "utf-8")
    return path


def test_a_log_comes_in_once_and_goes_out_again(call: Call, log: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "mine.survey"
    told = call("predict", "import", log, "-w", workspace, "--me", "Ada", "--zone", "Europe/Prague", "--json")
    assert told.status == 0, told.err
    found = json.loads(told.out)
    assert (found["me"], found["people"], found["stored"]["forecasts"]) == ("Ada", {"Ada": 1, "Bob": 1}, 2)
    assert found["refused"][0]["rows"] == [4]
    assert "Europe/Prague" in told.err and "Not read, row 4" in told.err
    again = call("predict", "import", log, "-w", workspace, "--zone", "Europe/Prague")
    assert "1 was there already" in again.err and "You are Ada." in again.err  # remembered
    for name, options in (
        ("log.json", ()),
        ("log.csv", ()),
        ("log.xlsx", ()),
        ("fatebook-form.csv", ("--as", "fatebook")),
    ):
        out = call("predict", "export", tmp_path / name, "-w", workspace, "--private", *options)
        assert out.status == 0, out.err
        back = call("predict", "import", tmp_path / name, "-w", tmp_path / f"{name}.survey", "--json")
        assert back.status == 0, back.err
        assert json.loads(back.out)["predictions"] == 1
    call("predict", "log", "Guests", "--number", "10%=80, 90%=140", "-w", workspace)
    out = call("predict", "export", tmp_path / "form.csv", "-w", workspace, "--as", "fatebook", "--private")
    assert "1 prediction written" in out.err and "1 of the log left out" in out.err
    some = call("predict", "export", tmp_path / "shared.csv", "-w", workspace)  # what two people forecast is shared
    assert some.status == 0 and "1 is private and was left out" in some.err


def test_a_private_log_is_not_handed_on_unasked(call: Call, tmp_path: Path) -> None:
    workspace, path = tmp_path / "mine.survey", tmp_path / "private.csv"
    call("predict", "log", "Guests", "--number", "10%=80, 90%=140", "-w", workspace)
    refused = call("predict", "export", path, "-w", workspace)
    assert refused.status != 0 and "is private" in refused.err and "--private" in refused.err
    assert not path.exists()


def test_a_dry_run_stores_nothing(call: Call, log: Path, tmp_path: Path) -> None:
    told = call("predict", "import", log, "-w", tmp_path / "new.survey", "--dry-run")
    assert (told.status, (tmp_path / "new.survey").exists()) == (0, False)
    assert "1 prediction, 2 forecasts" in told.err


def test_a_spreadsheet_needs_to_say_its_columns_scale_and_day(call: Call, tmp_path: Path) -> None:
    path, workspace = tmp_path / "my.csv", tmp_path / "mine.survey"
    path.write_text("Claim here,how much\nA,0\nB,1\n", "utf-8")
    words = ["predict", "import", path, "-w", workspace, "--as", "spreadsheet"]
    columns = ["--column", "statement=Claim here", "--column", "probability=how much"]
    for more, said in (
        ([], "No column is known to hold"),
        (columns, "per cents"),
        ([*columns, "--scale", "percent"], "when forecasts were made"),
        ([*columns, "--scale", "percent", "--date", "soon"], "is no day"),
        (["--column", "statement"], "no “=”"),
        (["--column", "claim=A"], "nothing a column can hold"),
        (["--zone", "Nowhere/Else"], "is no zone"),
    ):
        told = call(*words, *more)
        assert (told.status, workspace.exists()) == (2, False)
        assert said in told.err
    told = call(*words, *columns, "--scale", "percent", "--date", "2026-01-15")
    assert (told.status, "2 new predictions, 2 forecasts" in told.err) == (0, True), told.err


def test_a_contest_gets_its_outcomes_from_its_key(call: Call, tmp_path: Path) -> None:
    contest, key, workspace = tmp_path / "contest.csv", tmp_path / "key.csv", tmp_path / "mine.survey"
    contest.write_text("ID,@1.Rain,@2.Snow,@3.Hail\na,50,60,70\nb,1,99,\n", "utf-8")
    key.write_text("question,outcome\n1,yes\n2,no\n", "utf-8")
    told = call("predict", "import", contest, "-w", workspace, "--date", "2026-01-15")
    assert "3 new predictions, 5 forecasts, 0 resolutions" in told.err
    told = call("predict", "import", contest, "-w", workspace, "--date", "2026-01-15", "--key", key)
    assert "0 new predictions, 0 forecasts, 2 resolutions; 3 were there already" in told.err


def test_somebody_who_is_not_in_the_file_cannot_be_me(call: Call, log: Path, tmp_path: Path) -> None:
    told = call("predict", "import", log, "-w", tmp_path / "new.survey", "--me", "Cay")
    assert (told.status, (tmp_path / "new.survey").exists()) == (2, False)
    assert "People in the file: Ada, Bob." in told.err


def test_options_that_do_not_add_up_are_told_and_kept(call: Call, tmp_path: Path) -> None:
    path, workspace = tmp_path / "my.csv", tmp_path / "mine.survey"
    path.write_text("Prediction,Option,Credence,Date\nWho?,A,80%,2024-01-05\nWho?,B,80%,2024-01-05\n", "utf-8")
    told = call("predict", "import", path, "-w", workspace, "--json")
    assert "Kept, but in no score, 2 rows (2, 3): The options exclude each other" in told.err
    found = json.loads(told.out)
    assert (found["unscored"][0]["rows"], found["stored"]["forecasts"]) == ([2, 3], 2)
