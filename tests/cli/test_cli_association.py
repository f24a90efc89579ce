"""surveyapp analyse --screen, --pair, --matrix: tables for people, everything for programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from association_example import pair_session
from command_call import Call

from surveyapp.base.clock import Clock


@pytest.fixture
def workspace(tmp_path: Path, clock: Clock) -> Path:
    session = pair_session(tmp_path, clock)
    path = session.path
    session.close()
    return path


def as_json(call: Call, workspace: Path, *words: str) -> Any:
    told = call("analyse", "--workspace", workspace, *words, "--json")
    assert told.status == 0, told.err
    return json.loads(told.out)


def test_the_screen_of_all_pairs(call: Call, workspace: Path) -> None:
    told = call("analyse", "--workspace", workspace, "--screen")
    assert told.status == 0, told.err
    lines = told.out.splitlines()
    assert lines[0] == "Everything with everything"
    assert "pairs stand out." in told.out
    assert "1 sensitive question is left out: Faith." in told.out
    plain = as_json(call, workspace, "--screen")
    assert plain["n_tested"] == len([pair for pair in plain["pairs"] if pair["p"] is not None]) == 27
    assert {"first", "second", "measure", "effect", "low", "high", "n", "p", "q"} <= set(plain["pairs"][0])


def test_one_question_with_everything(call: Call, workspace: Path) -> None:
    told = call("analyse", "--workspace", workspace, "--screen", "age")
    assert told.out.startswith("“Age” with everything\n")
    assert as_json(call, workspace, "--screen", "Age")["asked"] == ["Age"]
    refused = call("analyse", "--workspace", workspace, "--screen", "Faith")
    assert refused.status == 2
    assert "takes no part in the screen" in refused.err


def test_a_pair(call: Call, workspace: Path) -> None:
    told = call("analyse", "--workspace", workspace, "--pair", "Age", "Books")
    assert told.status == 0, told.err
    assert told.out.startswith("Age and Books\n")
    assert "Spearman" in told.out
    plain = as_json(call, workspace, "--pair", "Colour", "Diet")
    assert plain["association"]["measure"] == "cramer"
    assert sorted(plain["picture"]["rows"]) == ["blue", "green", "red"]
    assert call("analyse", "--workspace", workspace, "--pair", "Age").status == 2
    missing = call("analyse", "--workspace", workspace, "--pair", "Age", "nonsense")
    assert missing.status == 2
    assert "nonsense" in missing.err


def test_a_matrix(call: Call, workspace: Path) -> None:
    told = call("analyse", "--workspace", workspace, "--matrix", "Age", "Books", "Mood")
    assert told.status == 0, told.err
    assert "3 of 3 correlations stand out" in told.out
    plain = as_json(call, workspace, "--matrix", "Age", "Books", "Mood")
    assert plain["labels"] == ["Age", "Books", "Mood"]
    assert plain["cells"][0][0]["value"]["value"] == 1.0
    alone = call("analyse", "--workspace", workspace, "--matrix", "Colour")
    assert alone.status == 0
    assert "needs at least two questions that are numbers or ordered" in alone.out
