"""surveyapp waves --changes: all questions, one, its composition, all waves; what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import change_example as example
import pytest
from command_call import Call
from services_example import new_session

from surveyapp.base.clock import Clock


@pytest.fixture
def path(tmp_path: Path, clock: Clock) -> Path:
    """A workspace with 2022, 2024 and 2026."""
    session = new_session(tmp_path / "w.survey", clock)
    for year in ("2022", "2024", "2026"):
        example.add_wave(session, tmp_path, year)
    session.close()
    return tmp_path / "w.survey"


def test_all_questions(call: Call, path: Path) -> None:
    told = call("waves", "-w", path, "--changes")
    assert told.status == 0, told.err
    assert "What moved from 2024 to 2026" in told.out
    assert "questions changed by more than chance (Benjamini-Hochberg)." in told.out
    plain = json.loads(call("waves", "-w", path, "--changes", "--json", "--sort", "form").out)
    assert plain["keys"][2] == example.DIET
    assert plain["waves"] == ["2024", "2026"]
    assert plain["n_compared"] == 5


def test_one_question_answer_by_answer_and_one_answer(call: Call, path: Path) -> None:
    told = call("waves", "-w", path, "--changes", "--question", example.DIET)
    assert told.status == 0, told.err
    assert "Vegan" in told.out
    asked = ("--question", example.DIET, "--answer", "vegan", "--from", "2022", "--json")
    plain = json.loads(call("waves", "-w", path, "--changes", *asked).out)
    assert plain["change"]["value"]["value"] == pytest.approx(0.2)
    held = json.loads(call("waves", "-w", path, "--changes", *asked, "--composition", example.GENDER).out)
    assert held["adjusted"]["by"] == [example.GENDER]
    men = json.loads(call("waves", "-w", path, "--changes", *asked, "--filter", "Gender = Man").out)
    assert (men["earlier"]["n"], men["later"]["n"]) == (100, 150)
    series = json.loads(call("waves", "-w", path, "--changes", "-q", example.AGE, "--all-waves", "--json").out)
    assert series["waves"] == ["2022", "2024", "2026"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--question", "Gender"), "belong to --changes"),
        (("--level", "0.9"), "belong to --changes"),
        (("--changes", "--composition", "Gender"), "are about one question"),
        (("--changes", "--confirm-all"), "Decide first"),
        (("--changes", "--question", "Nonsense"), "There is no question Nonsense"),
        (("--changes", "--question", "Gender", "--answer", "Mud"), "has no answer Mud"),
    ],
)
def test_what_is_refused(call: Call, path: Path, words: tuple[str, ...], said: str) -> None:
    told = call("waves", "-w", path, *words)
    assert (told.status, told.out) == (2, "")
    assert said in told.err
