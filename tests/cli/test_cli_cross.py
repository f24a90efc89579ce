"""Cross-tabs from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_call import Call
from services_example import AGE, CAUSES, CENSUS, GENDER, MOOD


@pytest.fixture
def workspace(call: Call, tmp_path: Path) -> Path:
    path = tmp_path / "invented.survey"
    assert call("import", CENSUS, "--workspace", path, "--wave", "2026").status == 0
    return path


def test_a_table_in_words_and_as_json(call: Call, workspace: Path) -> None:
    told = call("analyse", "-w", workspace, "--cross", MOOD, "--by", GENDER)
    assert told.status == 0, told.err
    assert "Column %" in told.out
    assert "Base: answered both" in told.out
    assert "(a)" in told.out
    arrows = call("analyse", "-w", workspace, "--cross", MOOD, "--by", GENDER, "--arrows").out
    assert "Arrows: adjusted residual beyond" in arrows
    assert "Arrows" not in told.out
    assert "(a)" not in call("analyse", "-w", workspace, "--cross", MOOD, "--by", GENDER, "--no-letters").out
    assert "Row %" in call("analyse", "-w", workspace, "--cross", MOOD, "--by", GENDER, "--percent", "row").out
    plain = json.loads(call("analyse", "-w", workspace, "--cross", MOOD, "--by", GENDER, "--json").out)
    assert plain["n"] + sum(plain["missing"].values()) == plain["total"] == 60
    assert sum(line[-1] for line in plain["counts"]) == plain["n"]


def test_several_questions(call: Call, workspace: Path) -> None:
    deep = json.loads(call("analyse", "-w", workspace, "--cross", CAUSES, "--by", GENDER, "--by", MOOD, "--json").out)
    assert deep["row_kind"] == "many"
    assert len({head["group"] for head in deep["columns"]}) > 2
    beside = call("analyse", "-w", workspace, "--cross", CAUSES, "--by", GENDER, "--by", MOOD, "--side-by-side")
    assert beside.status == 0
    assert "Gender: Male" in beside.out


def test_nets_and_edges(call: Call, workspace: Path) -> None:
    told = call(
        "analyse",
        "-w",
        workspace,
        "--cross",
        GENDER,
        "--by",
        AGE,
        "--edges",
        f"{AGE}=25,35",
        "--net",
        "M or F=Male|Female",
    )
    assert told.status == 0, told.err
    assert "Net: M or F" in told.out
    assert "25–34" in told.out


@pytest.mark.parametrize(
    "words",
    [
        ("--cross", GENDER),
        ("--cross", "Nothing", "--by", GENDER),
        ("--question", GENDER, "--by", MOOD),
        ("--cross", GENDER, "--by", MOOD, "--net", "A=Nobody"),
        ("--cross", GENDER, "--by", MOOD, "--net", "A"),
        ("--cross", GENDER, "--by", AGE, "--edges", f"{AGE}=young"),
        ("--cross", GENDER, "--by", AGE, "--edges", f"{AGE}=every 0.01"),
        ("--cross", GENDER, "--by", MOOD, "--edges", f"{AGE}=every 10"),
    ],
)
def test_what_cannot_be_is_said(call: Call, workspace: Path, words: tuple[str, ...]) -> None:
    told = call("analyse", "-w", workspace, *words)
    assert told.status == 2
    assert told.err.strip()
    assert "Traceback" not in told.err


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".svg", ".png", ".pdf"])
def test_exported(call: Call, workspace: Path, tmp_path: Path, ending: str) -> None:
    output = tmp_path / f"cross{ending}"
    told = call("export", "-w", workspace, "--cross", MOOD, "--by", GENDER, "-o", output)
    assert told.status == 0, told.err
    assert output.stat().st_size > 500
    assert "shows fewer than 5 people; pinned to a report, it can be hidden." in told.err or (
        "show fewer than 5 people; pinned to a report, they can be hidden." in told.err
    )


def test_means_by_group(call: Call, workspace: Path, tmp_path: Path) -> None:
    told = call("analyse", "-w", workspace, "--means", AGE, "--by", GENDER)
    assert told.status == 0, told.err
    assert "Mean" in told.out
    assert "pairs differ" in told.out
    plain = json.loads(call("analyse", "-w", workspace, "--means", AGE, "--by", GENDER, "--json").out)
    assert sum(row["n"] for row in plain["rows"]) == plain["n"]
    output = tmp_path / "means.svg"
    assert call("export", "-w", workspace, "--means", AGE, "--by", GENDER, "-o", output).status == 0
    assert call("analyse", "-w", workspace, "--means", AGE).status == 2
    more = call(
        "analyse", "-w", workspace, "--means", AGE, "--by", GENDER, "--option", "pairs=all", "--option", "show=boxes"
    )
    assert "All pairs of groups: Games and Howell" in more.out
    assert "Upper quartile" in more.out
    wrong = call("analyse", "-w", workspace, "--means", AGE, "--by", GENDER, "--option", "show=pies")
    assert (wrong.status, wrong.out) == (2, "")
    assert "There are: means, boxes." in wrong.err


def test_a_multiple_choice_has_one_base_in_tables_pairs_and_means(call: Call, workspace: Path) -> None:
    def told(*words: str) -> int:
        return int(json.loads(call("analyse", "-w", workspace, *words, "--json").out)["n"])

    assert told("--pair", CAUSES, GENDER) == told("--cross", CAUSES, "--by", GENDER)
    assert told("--means", AGE, "--by", CAUSES) == told("--pair", AGE, CAUSES)
    control = ("--control", CAUSES, "--by", GENDER, "--option", "us=Female", "--option", "answers=Animals")
    assert told(*control) == told("--cross", CAUSES, "--by", GENDER)
    assert told("--pair", CAUSES, GENDER) > told("--pair", CAUSES, GENDER, "--filter", f"{CAUSES} answered")
