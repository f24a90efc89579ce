"""Saved analyses from the command line: kept, computed, written as text and read in another workspace."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_call import Call, plain
from services_example import AGE, GENDER, MOOD

CENSUS = Path(__file__).parents[1] / "fixtures" / "import" / "google_forms.csv"


@pytest.fixture
def workspace(call: Call, tmp_path: Path) -> Path:
    path = tmp_path / "invented.survey"
    assert call("import", CENSUS, "--workspace", path, "--wave", "2026").status == 0
    return path


def test_saved_listed_computed_renamed_and_removed(call: Call, workspace: Path) -> None:
    of = ("--workspace", workspace)
    assert "No analysis is saved yet." in call("saved", *of).err
    (one,) = plain(call, "saved", *of, "--save", "Mood of some", "--question", MOOD, "--filter", f"{AGE} >= 30")
    assert one["name"] == "Mood of some"
    assert "1 filter" in one["words"]
    asked = plain(call, "analyse", *of, "--saved", "mood OF some")
    assert asked == plain(call, "analyse", *of, "--question", MOOD, "--filter", f"{AGE} >= 30")
    told = call("analyse", *of, "--saved", "Mood of some", "--level", "0.9")
    assert (told.status, "its own filters" in told.err) == (2, True)
    assert call("saved", *of, "--rename", "Mood of some", "Mood").out.startswith("Mood: ")
    assert call("saved", *of, "--save", "Nothing").status == 2
    assert plain(call, "saved", *of, "--remove", "mood") == []
    assert call("analyse", *of, "--saved", "Mood").status == 2
    listed = call("check", *of, "--changes").out.splitlines()
    assert not [line for line in listed if line.rstrip().endswith(",")], "nothing is told after a comma"
    undone = call("check", *of, "--undo")
    assert undone.status == 0
    assert not [line for line in (undone.out + undone.err).splitlines() if line.rstrip().endswith(",")]
    assert [one["name"] for one in plain(call, "saved", *of)] == ["Mood"]


def test_text_brings_what_it_uses(call: Call, workspace: Path, tmp_path: Path) -> None:
    of, other = ("--workspace", workspace), tmp_path / "other.survey"
    assert call("filter", *of, "--save", "Grown", "--filter", f"{AGE} >= 30").status == 0
    assert call("derive", *of, "--save", "Band", "--kind", "banded", "--of", AGE, "--edges", "30,45").status == 0
    words = ("--cross", GENDER, "--by", "Band", "--filter", "saved Grown")
    assert call("saved", *of, "--save", "Bands", *words).status == 0
    text = tmp_path / "bands.json"
    text.write_text(call("saved", *of, "--export", "Bands").out, encoding="utf-8")
    assert call("import", CENSUS, "--workspace", other, "--wave", "2027").status == 0
    told = call("saved", "--workspace", other, "--read", "Bands", text)
    assert told.status == 0, told.err
    assert "“Band”, “Grown” brought with an analysis" in told.err
    here = plain(call, "analyse", *of, "--saved", "Bands")
    assert plain(call, "analyse", "--workspace", other, "--saved", "Bands") == here
    assert call("saved", "--workspace", other, "--read", "Again", tmp_path / "none.json").status == 2
    text.write_text("nothing", encoding="utf-8")
    assert "not a saved analysis" in call("saved", "--workspace", other, "--read", "Again", text).err
