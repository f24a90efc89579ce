"""Saved filters and derived questions from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_call import Call, plain
from services_example import AGE, GENDER, MOOD, PEOPLE

CENSUS = Path(__file__).parents[1] / "fixtures" / "import" / "google_forms.csv"


@pytest.fixture
def workspace(call: Call, tmp_path: Path) -> Path:
    path = tmp_path / "invented.survey"
    assert call("import", CENSUS, "--workspace", path, "--wave", "2026").status == 0
    return path


def test_a_filter_is_saved_listed_used_renamed_and_removed(call: Call, workspace: Path) -> None:
    of = ("--workspace", workspace)
    assert "No filter" in call("filter", *of).err
    told = call(
        "filter", *of, "--save", "Some", "--filter", f"{GENDER} = Female or {AGE} >= 40", "--filter", f"{AGE} answered"
    )
    assert told.status == 0, told.err
    assert told.out.startswith("Some: ")
    assert "Gender: Female or How old are you at least 40 (−" in told.out
    (listed,) = plain(call, "filter", *of)
    assert listed["n"] + sum(step["removed"] for step in listed["filters"]) == listed["total"] == PEOPLE
    asked = plain(call, "analyse", *of, "--question", MOOD, "--filter", "saved Some")
    assert asked["total"] == listed["n"]
    other = plain(call, "analyse", *of, "--question", MOOD, "--filter", "not (saved some)")
    assert other["total"] == PEOPLE - listed["n"]
    assert plain(call, "filter", *of, "--rename", "Some", "Few")[0]["name"] == "Few"
    assert "nothing saved as Some" in call("filter", *of, "--remove", "Some").err
    assert plain(call, "filter", *of, "--remove", "Few") == []
    assert call("check", *of, "--undo").status == 0
    assert [one["name"] for one in plain(call, "filter", *of)] == ["Few"]


def test_save_and_filter_belong_together(call: Call, workspace: Path) -> None:
    for words in (("--save", "Some"), ("--filter", f"{AGE} answered")):
        told = call("filter", "--workspace", workspace, *words)
        assert told.status == 2
        assert "belong together" in told.err
    told = call("filter", "--workspace", workspace, "--save", "Some", "--filter", "Nonsense = 1")
    assert (told.status, told.out) == (2, "")


def test_a_question_is_derived_listed_asked_renamed_and_removed(call: Call, workspace: Path) -> None:
    of = ("--workspace", workspace)
    assert "No question" in call("derive", *of).err
    made = ("derive", *of, "--save", "Age group", "--kind", "banded", "--of", AGE, "--edges", "25,35")
    told = call(*made)
    assert told.status == 0, told.err
    assert "25–34" in told.out
    assert plain(call, *made)["n"] == plain(call, "analyse", *of, "--question", "Age group")["n"]
    (listed,) = plain(call, "derive", *of)
    assert listed["words"] == "bands of How old are you at 25, 35"
    assert listed["derived"]["edges"] == [25.0, 35.0]
    assert call("derive", *of, "--rename", "Age group", "Band").out.startswith("Band: ")
    assert "There is nothing saved as Age group" in call("derive", *of, "--remove", "Age group").err
    assert plain(call, "derive", *of, "--remove", "Band") == []


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (("--kind", "grouped", "--of", GENDER, "--group", "W=Female"), "frequency"),
        (("--kind", "score", "--of", MOOD, "--of", AGE, "--reversed", MOOD, "--least", "1", "--sum"), "numeric"),
        (("--kind", "index", "--of", MOOD, "--of", AGE), "numeric"),
        (("--kind", "difference", "--of", AGE, "--of", MOOD), "numeric"),
        (("--kind", "log", "--of", AGE, "--offset", "1"), "numeric"),
        (("--kind", "standardised", "--of", AGE), "numeric"),
        (("--kind", "any_of", "--any", f"{GENDER} = Female", "--any", f"{AGE} >= 40"), "frequency"),
    ],
)
def test_every_kind_by_arguments_and_by_recipe(
    call: Call, workspace: Path, tmp_path: Path, words: tuple[str, ...], kind: str
) -> None:
    of = ("--workspace", workspace)
    first = plain(call, "derive", *of, "--save", "Made", *words)
    assert ("rows" in first) == (kind == "frequency")
    assert first["n"] > 0
    (listed,) = plain(call, "derive", *of)
    recipe = tmp_path / "recipe.json"
    recipe.write_text(json.dumps({"derived": listed["derived"] | {"name": "Again"}}), encoding="utf-8")
    again = plain(call, "derive", *of, "--recipe", recipe)
    assert {**again, "question": ""} == {**first, "question": ""}


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("--of", AGE), "belongs to --save"),
        (("--save", "A"), "needs --kind"),
        (("--save", "A", "--kind", "banded", "--of", AGE, "--edges", "3,2"), "not ascending"),
        (("--save", "A", "--kind", "banded", "--of", AGE), "not ascending"),
        (("--save", "A", "--kind", "grouped", "--of", GENDER, "--group", "W"), "not understood"),
        (("--save", "A", "--kind", "score", "--of", AGE, "--of", MOOD, "--reversed", GENDER), "not an item"),
        (("--save", "A", "--kind", "log", "--of", "Nonsense"), "no question Nonsense"),
        (("--recipe", "nowhere.json"), "cannot be read"),
    ],
)
def test_what_cannot_be_made_changes_nothing(call: Call, workspace: Path, words: tuple[str, ...], part: str) -> None:
    told = call("derive", "--workspace", workspace, *words)
    assert (told.status, told.out) == (2, "")
    assert part in told.err
    assert plain(call, "derive", "--workspace", workspace) == []
