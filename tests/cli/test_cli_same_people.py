"""import says so when most of the people are in a wave of the workspace already, under other columns."""

from __future__ import annotations

import json
from pathlib import Path

import several_files as files
from command_call import Call

TOOL = ["Start time", "Mail", "Q1", "Q2", "Q3", "Q4_1", "Q4_2", "Q4_3", "Q5"]


def test_the_same_people_are_named(call: Call, tmp_path: Path) -> None:
    workspace = tmp_path / "a.survey"
    march = files.write(tmp_path / "march.csv", files.people(range(50)))
    tool = files.write(tmp_path / "tool.csv", files.people(range(2, 60)), TOOL)
    told = call("import", march, "-w", workspace, "--wave", "2026", "--json")
    assert (told.status, json.loads(told.out)["same_people"]) == (0, None)
    assert "already" not in told.err
    told = call("import", tool, "-w", workspace, "--wave", "2026 again", "--json")
    assert (told.status, json.loads(told.out)["same_people"]) == (0, {"wave": "2026", "n": 48, "sure": True})
    assert "48 of 58 people are in Census 2026 already" in told.err
