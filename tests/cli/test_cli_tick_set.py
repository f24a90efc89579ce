"""A multiple choice over several columns on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_call import Call
from tick_example import HEADERS, MEDIA, OPTIONS, OTHER, csv_text, people, spread


@pytest.fixture
def workspace(call: Call, tmp_path: Path) -> Path:
    source = tmp_path / "spread.csv"
    source.write_text(csv_text(HEADERS, spread()), encoding="utf-8", newline="")
    told = call("import", source, "--workspace", tmp_path / "media.survey", "--wave", "2026")
    assert told.status == 0, told.err
    return tmp_path / "media.survey"


@pytest.mark.parametrize("name", [MEDIA, MEDIA.lower(), f"{MEDIA}#0"])
def test_it_is_asked_for_by_name(call: Call, workspace: Path, name: str) -> None:
    told = call("analyse", "--workspace", workspace, "--question", name, "--json")
    assert told.status == 0, told.err
    plain = json.loads(told.out)
    assert plain["question"] == MEDIA
    counts = {row["label"]: row["count"] for row in plain["rows"]}
    assert counts == {
        **{option: sum(option in ticked for _a, ticked, _o, _c in people()) for option in OPTIONS},
        OTHER: sum(bool(other) for _a, _t, other, _c in people()),
    }
    assert "later question" in plain["base_rule"]


def test_filters_and_everything(call: Call, workspace: Path) -> None:
    told = call("analyse", "--workspace", workspace, "--all", "--filter", f"{MEDIA} = Radio", "--json")
    assert told.status == 0, told.err
    plain = json.loads(told.out)
    assert [result["question"] for result in plain].count(MEDIA) == 1
    media = next(result for result in plain if result["question"] == MEDIA)
    radio = sum("Radio" in ticked for _a, ticked, _o, _c in people())
    assert next(row["count"] for row in media["rows"] if row["label"] == "Radio") == radio
    assert media["n"] == radio
    assert media["filters"][0]["filter"] == f"{MEDIA}: Radio"


def test_apart_and_together(call: Call, workspace: Path) -> None:
    listed = call("codebook", "--workspace", workspace)
    assert listed.out.count(f"option of {MEDIA}") == 5
    told = call("codebook", "--workspace", workspace, "--apart", MEDIA)
    assert (told.status, told.err.strip()) == (0, "5 questions changed.")
    assert call("analyse", "--workspace", workspace, "-q", f"{MEDIA}#0").status != 0
    columns = [f"{MEDIA} [{option}]" for option in OPTIONS]
    told = call("codebook", "--workspace", workspace, "--together", "Media", *columns)
    assert (told.status, told.err.strip()) == (0, "4 questions changed.")
    told = call("analyse", "--workspace", workspace, "-q", "Media", "--json")
    assert [row["label"] for row in json.loads(told.out)["rows"]] == list(OPTIONS)


def test_what_cannot_be_taken_together(call: Call, workspace: Path) -> None:
    one = call("codebook", "--workspace", workspace, "--together", "Media", "Radio")
    assert one.status != 0
    assert "at least two" in one.err
    twice = call("codebook", "--workspace", workspace, "--together", "More", MEDIA, "Radio")
    assert "already" in twice.err
    none = call("codebook", "--workspace", workspace, "--apart", "Games")
    assert "There are: " in none.err
    assert MEDIA in none.err
