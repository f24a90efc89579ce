"""Merging answers and coding write-ins on the command line, and the next file that needs no asking."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_call import Call
from write_in_example import FAITHS, fill, rows, write_file

from surveyapp.base.clock import Clock
from surveyapp.services.workspace import create_session


@pytest.fixture
def path(tmp_path: Path, clock: Clock) -> Path:
    """A workspace with the census of write_in_example."""
    path = tmp_path / "w.survey"
    session = create_session(path, name="Invented", clock=clock)
    fill(session, tmp_path)
    session.close()
    return path


def test_what_was_written_in(call: Call, path: Path) -> None:
    lines = call("codebook", "-w", path, "--write-ins").out.splitlines()
    assert lines[0] == "Faith\t3 texts\t5 people"
    assert call("codebook", "-w", path, "--write-ins", "Faith").out.splitlines() == [
        "3\tnothing really",
        "1\tJedi",
        "1\tNone of it",
    ]
    told = json.loads(call("codebook", "-w", path, "--write-ins", "Home", "--json").out)
    assert [(one["text"], one["count"]) for one in told["open"]] == [("a boat", 2), ("my parents' house", 1)]
    assert len(json.loads(call("codebook", "-w", path, "--write-ins", "--json").out)) == 4
    assert call("codebook", "-w", path, "--write-ins", "Respondent ID").out == "Nothing was written in.\n"


def test_merging_and_the_next_file(call: Call, path: Path, tmp_path: Path) -> None:
    merges = ("--merge", "Faith=atheist<-nothing really|Nothing really", "--merge", "Faith=Other<-Jedi")
    told = call("codebook", "-w", path, *merges, "--merge", "What do you read?=Blogs<-my friends' blogs")
    assert told.status == 0
    assert told.err.splitlines()[-1] == "1 write-in coded as Blogs"
    lines = call("codebook", "-w", path, "--write-ins", "Faith").out.splitlines()
    assert lines == [
        "1\tNone of it",
        "2\tnothing really\t→ Atheist",
        "1\tJedi\t→ Other",
        "1\tNothing really\t→ Atheist",
    ]
    mapping = tmp_path / "decisions.json"
    assert call("codebook", "-w", path, "--mapping-out", mapping).status == 0
    later = write_file(tmp_path / "2027.csv", rows(["nothing really", "Jedi", "Pastafarian", *FAITHS[3:]]))
    assert call("import", later, "-w", path, "--wave", "2027", "--mapping", mapping).status == 0
    lines = call("codebook", "-w", path, "--wave", "2027", "--write-ins", "Faith").out.splitlines()
    assert lines[:2] == ["1\tNone of it", "1\tPastafarian"]
    assert lines[2] == "3\tnothing really\t→ Atheist"


WRONG = ["Faith", "Faith=Atheist", "Faith<-x", "Faith=<-x", "Faith=Atheist<-", "Gone=Atheist<-x", "Respondent ID=1<-2"]


@pytest.mark.parametrize("wrong", [*WRONG, "What do you read?=Nothing<-books"])
def test_what_is_not_understood_changes_nothing(call: Call, path: Path, wrong: str) -> None:
    told = call("codebook", "-w", path, "--merge", "Faith=Atheist<-Jedi", "--merge", wrong)
    assert told.status == 2
    assert told.err
    assert "1\tJedi" in call("codebook", "-w", path, "--write-ins", "Faith").out.splitlines()
