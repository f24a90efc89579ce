"""surveyapp waves: what is the same, decisions, who came back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import wave_example as example
from command_call import Call
from services_example import new_session

from surveyapp.base.clock import Clock
from surveyapp.importers.problem.decision import apply_fix
from surveyapp.services.intake.importing import mapping_of_wave, plan_import, run_import


@pytest.fixture
def path(tmp_path: Path, clock: Clock) -> Path:
    """A workspace with 2024 and 2026."""
    session = new_session(tmp_path / "w.survey", clock)
    for year in ("2024", "2026"):
        example.add_wave(session, tmp_path, year)
    session.close()
    return tmp_path / "w.survey"


def test_the_list(call: Call, path: Path) -> None:
    told = call("waves", "-w", path)
    assert told.status == 0
    lines = told.out.splitlines()
    assert lines[0] == "2024 → 2026: 4 questions matched, 4 to confirm"
    assert f"  reworded\t{example.CAREER_2024}\t→ {example.CAREER_2026}" in lines
    assert f"  options changed\t{example.MEETUP}\t→ {example.MEETUP}" in lines
    assert lines[lines.index("Only in 2026 (1)") + 1] == f"  {example.TOWN}"
    assert lines[-1] == "2024 has no linked column: nobody can be followed from or to it."


def test_both_wordings_of_what_the_codebook_took_over(call: Call, tmp_path: Path, clock: Clock) -> None:
    session = new_session(tmp_path / "w.survey", clock)
    first = example.add_wave(session, tmp_path, "2024")
    plan = plan_import(example.write_wave(tmp_path, "2026"), mapping=mapping_of_wave(session, first))
    problem = next(p for p in plan.problems if p.column == example.CAREER_2026 and p.kind == "reworded")
    run_import(session, apply_fix(plan, problem, problem.fixes[0]), wave="2026", survey="Census")
    session.close()
    told = call("waves", "-w", tmp_path / "w.survey").out
    assert f"  reworded\t{example.CAREER_2024}\t→ {example.CAREER_2026}" in told.splitlines()


def test_decisions_and_json(call: Call, path: Path) -> None:
    told = call("waves", "-w", path, "--confirm", f"{example.JOB_2026}={example.JOB_2024}", "--confirm", example.MEETUP)
    assert (told.status, "in other words" in told.err, "with other answers" in told.err) == (0, True, True)
    call("waves", "-w", path, "--confirm", example.CAREER_2026, "--how", "same")
    call("waves", "-w", path, "--not-same", f"{example.GRID} [Your neighbours]")
    plain = json.loads(call("waves", "-w", path, "--from", "2024", "--to", "2026", "--json").out)
    states = {one["later"]: (one["how"], one["state"]) for one in plain["matched"]}
    assert states[example.JOB_2026] == ("reworded", "confirmed")
    assert states[example.MEETUP] == ("options_changed", "confirmed")
    assert states[example.CAREER_2026] == ("same", "confirmed")
    assert f"{example.GRID} [Your neighbours]" in plain["only_later"]
    assert (plain["from"], plain["to"], plain["returning"]) == ("2024", "2026", None)
    assert "Nothing differs." in call("waves", "-w", path, "--confirm", example.MEETUP).err


def test_all_that_is_left_is_confirmed_at_once(call: Call, path: Path) -> None:
    told = call("waves", "-w", path, "--not-same", example.CAREER_2026, "--confirm-all")
    assert told.status == 0
    assert "3 proposed pairs of 2024 and 2026 confirmed" in told.err
    plain = json.loads(call("waves", "-w", path, "--json").out)
    assert {one["state"] for one in plain["matched"]} == {"sure", "confirmed"}
    assert example.CAREER_2026 in plain["only_later"]
    assert "Nothing is proposed." in call("waves", "-w", path, "--confirm-all").err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--confirm", f"{example.TOWN}"), "Nothing is proposed for"),
        (("--confirm", "Nonsense=Profession"), "There is no question Nonsense"),
        (("--confirm", f"{example.JOB_2026}=Nonsense"), "There is no question Nonsense"),
        (("--confirm", "Timestamp"), "is no question that people were asked"),
        (("--how", "same"), "--how belongs to --confirm"),
        (("--from", "2026"), "These are the same wave"),
        (("--from", "1999"), "There is no wave 1999"),
    ],
)
def test_what_is_refused(call: Call, path: Path, words: tuple[str, ...], said: str) -> None:
    told = call("waves", "-w", path, *words)
    assert told.status == 2
    assert said in told.err


def test_one_wave_only(call: Call, tmp_path: Path, clock: Clock) -> None:
    session = new_session(tmp_path / "one.survey", clock)
    example.add_wave(session, tmp_path, "2026")
    session.close()
    assert call("waves", "-w", tmp_path / "one.survey").err.startswith("One wave so far.")
    assert "example: surveyapp waves" in call("waves", "--help").out
