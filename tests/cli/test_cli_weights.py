"""Weights from the command line: made of a margins file or a column, listed, used, exported, renamed, removed."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_call import Call, plain
from services_example import GENDER, INCOME, MOOD, PEOPLE, POPULATION

CENSUS = Path(__file__).parents[1] / "fixtures" / "import" / "google_forms.csv"
SHARES = {"Female": 0.6, "Male": 0.3, "Non-binary": 0.1}


@pytest.fixture
def workspace(call: Call, tmp_path: Path) -> Path:
    path = tmp_path / "invented.survey"
    assert call("import", CENSUS, "--workspace", path, "--wave", "2026").status == 0
    return path


@pytest.fixture
def margins(tmp_path: Path) -> Path:
    path = tmp_path / "targets.csv"
    path.write_text("Gender,Female,60 %\n,Male,30 %\n,Non-binary,10 %\n", encoding="utf-8")
    return path


def test_margins_are_met_listed_used_exported_renamed_and_removed(call: Call, workspace: Path, margins: Path) -> None:
    of = ("--workspace", workspace)
    assert "No weights" in call("weights", *of).err
    told = call("weights", *of, "--name", "G", "--margins", margins)
    assert told.status == 0, told.err
    assert f"“G”: post-stratification, {PEOPLE} people weighted. Effective n" in told.out
    assert "60.0 %" in told.out.replace("\u202f", " ")
    (listed,) = plain(call, "weights", *of)
    assert listed["made"]["weighting"]["n_effective"] < PEOPLE
    asked = plain(call, "analyse", *of, "--question", GENDER, "--weight", "g")
    assert {row["label"]: round(row["share"], 9) for row in asked["rows"]} == SHARES
    assert asked["weighting"]["name"] == "G"
    assert "Weighted by G: effective n" in call("analyse", *of, "--question", MOOD, "--weight", "G").out
    exported = call("weights", *of, "--export", "G").out
    margins.write_text(exported, encoding="utf-8")
    again = plain(call, "weights", *of, "--name", "G again", "--margins", margins)
    assert again["weighting"]["n_effective"] == listed["made"]["weighting"]["n_effective"]
    assert call("weights", *of, "--rename", "G again", "Same").status == 0
    assert [one["name"] for one in plain(call, "weights", *of, "--remove", "Same")] == ["G"]
    assert call("check", *of, "--undo").status == 0
    assert [one["name"] for one in plain(call, "weights", *of)] == ["G", "Same"]


def test_a_column_is_taken_as_given_and_trimmed(call: Call, workspace: Path) -> None:
    of = ("--workspace", workspace)
    free = plain(call, "weights", *of, "--name", "P", "--column", POPULATION)
    held = plain(call, "weights", *of, "--name", "T", "--column", POPULATION, "--trim", "0.5", "2")
    assert held["largest"] < free["largest"]
    assert held["n_trimmed"] > 0
    assert "no margins" in call("weights", *of, "--export", "P").err
    assert "5 " in call("weights", *of, "--show", "P").out


def test_what_cannot_be_made_is_refused_and_nothing_is_kept(call: Call, workspace: Path, margins: Path) -> None:
    of = ("--workspace", workspace)
    margins.write_text("Gender,Female,60 %\n,Male,30 %\n", encoding="utf-8")
    told = call("weights", *of, "--name", "G", "--margins", margins)
    assert (told.status, told.out) == (2, "")
    assert "Gender add up to 90" in told.err
    for words in (("--name", "G"), ("--column", INCOME), ("--trim", "0.3", "3"), ("--margins", margins)):
        assert call("weights", *of, *words).status == 2
    assert call("weights", *of, "--name", "G", "--margins", margins.with_name("nowhere.csv")).status == 2
    assert call("weights", *of, "--show", "G").status == 2
    assert plain(call, "weights", *of) == []


def test_calibration_says_that_it_is_not_weighted(call: Call, workspace: Path, margins: Path) -> None:
    of = ("--workspace", workspace)
    assert call("weights", *of, "--name", "G", "--margins", margins).status == 0
    assert call("codebook", *of, "--key", f"{POPULATION}=38", "--tolerance", "0.1").status == 0
    told = call("analyse", *of, "--calibration", POPULATION, "--weight", "G")
    assert told.status == 0, told.err
    assert "calibration has no weighted form" in told.err
    report = workspace.with_suffix(".md")
    assert call("report", *of, "--weight", "G", "--output", report).status == 0
    text = report.read_text(encoding="utf-8")
    assert text.count("“G”: post-stratification") == 1
    assert "Nothing is weighted" not in text
    assert "calibration has no weighted form" in text


def test_drop_off_says_that_it_counts_people(call: Call, workspace: Path, margins: Path) -> None:
    of = ("--workspace", workspace)
    assert call("weights", *of, "--name", "G", "--margins", margins).status == 0
    told = call("analyse", *of, "--drop-off", "--weight", "G")
    assert told.status == 0
    assert "Unweighted: the curve counts people" in told.err
    assert "Unweighted" not in call("analyse", *of, "--drop-off").err
