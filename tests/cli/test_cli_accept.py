"""The command line takes what the window's key A takes, and gives the kept file back."""

from __future__ import annotations

import json
from pathlib import Path

from command_call import Call
from services_example import CENSUS


def test_every_recommended_decision_is_taken_on_request(call: Call, tmp_path: Path) -> None:
    told = call("import", CENSUS, "--workspace", tmp_path / "a.survey", "--json")
    careful = json.loads(told.out)
    accepted = json.loads(call("import", CENSUS, "--workspace", tmp_path / "b.survey", "--accept", "--json").out)
    asked = {problem["kind"] for problem in careful["problems"] if problem["severity"] == "decide"}
    assert "unit_mix" in asked
    assert "unit_mix" in {problem["kind"] for problem in accepted["applied"]}
    assert "unit_mix" not in {problem["kind"] for problem in accepted["problems"]}
    recipe = call("codebook", "--workspace", tmp_path / "b.survey", "--recipe").out
    assert "was divided by 1,000,000" in recipe or "were divided by 1,000,000" in recipe


def test_the_kept_file_comes_back_byte_for_byte(call: Call, tmp_path: Path) -> None:
    assert call("import", CENSUS, "--workspace", tmp_path / "a.survey", "--accept").status == 0
    told = call("export", "--workspace", tmp_path / "a.survey", "--original", "--output", tmp_path / "again.csv")
    assert told.status == 0
    assert (tmp_path / "again.csv").read_bytes() == CENSUS.read_bytes()
