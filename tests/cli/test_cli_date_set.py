"""Columns as one date by command line: joined, asked, exported, taken apart, rebuilt."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_call import Call, plain
from date_example import N, born_file


@pytest.fixture
def workspace(call: Call, tmp_path: Path) -> Path:
    path = tmp_path / "born.survey"
    told = call("import", born_file(tmp_path), "--workspace", path, "--wave", "2026")
    assert told.status == 0, told.err
    return path


def _joined(call: Call, workspace: Path) -> None:
    told = call("codebook", "--workspace", workspace, "--date", "Born", "Birth day", "Birth year", "Birth month")
    assert told.status == 0, told.err
    assert "3 questions changed." in told.out + told.err


def test_columns_become_one_date_and_are_taken_apart(call: Call, workspace: Path) -> None:
    _joined(call, workspace)
    listed = call("codebook", "--workspace", workspace).out
    assert "year of “Born”" in listed
    assert "day of “Born”" in listed
    assert (
        "“Born” is made of Birth year, Birth month, Birth day"
        in call("codebook", "--workspace", workspace, "--recipe").out
    )
    asked = plain(call, "analyse", "--workspace", workspace, "--question", "Born")
    assert asked["n"] == N - 2
    rebuilt = call("check", "--workspace", workspace, "--rebuild")
    assert rebuilt.status == 0, rebuilt.err
    apart = call("codebook", "--workspace", workspace, "--apart", "Born")
    assert "3 questions changed." in apart.out + apart.err
    assert "Born”" not in call("codebook", "--workspace", workspace).out


def test_the_mapping_of_one_file_joins_the_next(call: Call, workspace: Path, tmp_path: Path) -> None:
    _joined(call, workspace)
    decisions = tmp_path / "decisions.json"
    assert call("codebook", "--workspace", workspace, "--mapping-out", decisions).status == 0
    other = tmp_path / "next.survey"
    told = call("import", tmp_path / "born.csv", "--workspace", other, "--wave", "2027", "--mapping", decisions)
    assert told.status == 0, told.err
    assert plain(call, "analyse", "--workspace", other, "--question", "Born")["n"] == N - 2


def test_what_is_no_date_is_refused(call: Call, workspace: Path) -> None:
    one = call("codebook", "--workspace", workspace, "--date", "Born", "Birth day")
    assert one.status != 0
    assert "A date has two or three columns" in one.err
    _joined(call, workspace)
    twice = call("codebook", "--workspace", workspace, "--date", "More", "Born", "Town")
    assert "stands in several columns already" in twice.err
