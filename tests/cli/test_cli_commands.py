"""Every sub-command: results on stdout, sentences on stderr, 0 / 1 / 2, at full precision."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from command_call import Call
from services_example import AGE, CAUSES, COMMENT, GENDER, MOOD, POPULATION, TRUST

from surveyapp.base.clock import system_clock
from surveyapp.base.fault import log_file
from surveyapp.cli import analyse
from surveyapp.cli.console import put
from surveyapp.cli.main import summaries
from surveyapp.services.analysis.subject import question_spec
from surveyapp.services.report.spec import full_report, pin, save_report
from surveyapp.services.workspace import require_session

CENSUS = Path(__file__).parents[1] / "fixtures" / "import" / "google_forms.csv"


@pytest.fixture
def workspace(call: Call, tmp_path: Path) -> Path:
    path = tmp_path / "invented.survey"
    told = call("import", CENSUS, "--workspace", path, "--wave", "2026")
    assert told.status == 0, told.err
    assert told.out == ""
    return path


def result(call: Call, *words: object) -> Any:
    told = call(*words, "--json")
    assert told.status == 0, told.err
    return json.loads(told.out)


@pytest.mark.parametrize("command", sorted(summaries()))
def test_every_command_has_help_with_an_example(call: Call, command: str) -> None:
    told = call(command, "--help")
    assert (told.status, told.err) == (0, "")
    assert f"example: surveyapp {command}" in told.out


@pytest.mark.parametrize("words", [(), ("nonsense",), ("analyse",), ("import", "a.csv"), ("report", "--work", "x")])
def test_wrong_words_are_the_inputs_fault(call: Call, words: tuple[str, ...]) -> None:
    told = call(*words)
    assert (told.status, told.out) == (2, "")
    assert "usage:" in told.err


def test_an_import_tells_what_it_did(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "w.survey"
    told = result(call, "import", CENSUS, "--workspace", path, "--wave", "2026")
    assert (told["wave"], told["people"], told["columns"]) == ("2026", 60, 14)
    assert {problem["kind"] for problem in told["problems"]} >= {"unit_mix", "attention"}
    again = call("import", CENSUS, "--workspace", path, "--wave", "2026")
    assert again.status == 2
    assert "2026 already" in again.err


def test_zero_proposals_are_taken_and_told(call: Call, tmp_path: Path) -> None:
    source, path = tmp_path / "zeros.csv", tmp_path / "w.survey"
    rows = "\n".join(f"{n},{20 + n % 40 if n % 9 else 0}" for n in range(90))
    source.write_text(f"Respondent ID,How old are you?\n{rows}", encoding="utf-8")
    told = call("import", source, "--workspace", path, "--wave", "1", "--json")
    assert [problem["kind"] for problem in json.loads(told.out)["applied"]] == ["zero_impossible"]
    assert "0 cannot be an answer" in told.err
    assert "0 lies outside what can be answered there." in told.err
    age = result(call, "analyse", "-w", path, "-q", "How old are you?")
    assert age["missing"] == {"blank": 10}


def test_a_mapping_goes_out_and_in(call: Call, workspace: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "decisions.json"
    assert call("codebook", "-w", workspace, "--mapping-out", mapping).status == 0
    plain = json.loads(mapping.read_text(encoding="utf-8"))
    assert plain["format"] == 1
    for question in plain["questions"]:
        question["section"] = "Everything"
    mapping.write_text(json.dumps(plain), encoding="utf-8")
    assert call("import", CENSUS, "-w", workspace, "--wave", "2027", "--mapping", mapping).status == 0
    assert {q["section"] for q in result(call, "codebook", "-w", workspace, "--wave", "2027")} == {"Everything"}
    assert call("codebook", "-w", workspace, "--wave", "2026", "--apply", mapping).status == 0
    assert {q["section"] for q in result(call, "codebook", "-w", workspace, "--wave", "2026")} == {"Everything"}
    assert call("codebook", "-w", workspace).out.count("\n") == 14


@pytest.mark.parametrize("name", [AGE, GENDER, CAUSES, MOOD, COMMENT, POPULATION, "q1"])
def test_the_json_of_a_question(call: Call, workspace: Path, name: str) -> None:
    plain = result(call, "analyse", "--workspace", workspace, "--wave", "2026", "--question", name)
    assert {"question", "kind", "base", "n", "missing", "method", "level"} <= set(plain)
    assert plain["level"] == 0.95
    assert plain["n"] + sum(plain["missing"].values()) == plain["total"] == 60
    for row in plain.get("rows", ()):
        assert {"label", "count", "share", "low", "high"} <= set(row)
        assert 0 <= row["low"] <= row["share"] <= row["high"] <= 1
    if plain["kind"] == "single":
        assert sum(row["count"] for row in plain["rows"]) == plain["n"]
        assert all(row["share"] == row["count"] / plain["n"] for row in plain["rows"])


def test_other_analyses(call: Call, workspace: Path) -> None:
    assert len(result(call, "analyse", "-w", workspace, "--grid", TRUST)["items"]) == 3
    assert result(call, "analyse", "-w", workspace, "--timeline")["points"]
    assert "no answer key" in result(call, "analyse", "-w", workspace, "--calibration", POPULATION)["reason"]
    everything = result(call, "analyse", "-w", workspace, "--all")
    assert len(everything) > 5
    told = call("analyse", "-w", workspace, "--all")
    assert told.status == 0
    assert told.err == ""


def test_filters_and_levels(call: Call, workspace: Path) -> None:
    words = ("analyse", "-w", workspace, "-q", AGE, "--filter", f"{GENDER} = Female", "--usual-filters")
    plain = result(call, *words, "--level", "0.8")
    assert plain["level"] == 0.8
    assert len(plain["filters"]) == 3
    assert plain["total"] == 60 - sum(step["removed"] for step in plain["filters"])
    assert "−" in call(*words).out
    for wrong in ("2", "nan", "0.1"):
        assert call("analyse", "-w", workspace, "-q", AGE, "--level", wrong).status == 2
    for wrong in ("Shoe size = 3", f"{GENDER} = Martian", "nonsense"):
        told = call("analyse", "-w", workspace, "-q", AGE, "--filter", wrong)
        assert (told.status, told.out) == (2, "")


@pytest.mark.parametrize(
    "words", [("-q", "Shoe size"), ("--grid", "none"), ("--calibration", AGE), ("-q", AGE, "--wave", "1999")]
)
def test_what_is_not_there(call: Call, workspace: Path, words: tuple[str, ...]) -> None:
    told = call("analyse", "-w", workspace, *words)
    assert (told.status, told.out) == (2, "")
    assert told.err


def test_an_answer_key(call: Call, workspace: Path) -> None:
    key = ("codebook", "-w", workspace, "--key", f"{POPULATION}=41", "--tolerance", "0.05", "--unit-factor", "1e6")
    assert call(*key).status == 0
    scored = result(call, "analyse", "-w", workspace, "--calibration", POPULATION)
    assert (scored["key_value"], scored["key_tolerance"], scored["unit_repaired"]) == (41.0, 0.05, 6)
    assert call("codebook", "-w", workspace, "--key", f"{POPULATION}=").status == 0
    assert "reason" in result(call, "analyse", "-w", workspace, "--calibration", POPULATION)
    for wrong in ("41", f"{POPULATION}=many", f"{AGE}=3", "Shoe size=3", "How sure are you of your answer, 0-100?=3"):
        assert call("codebook", "-w", workspace, "--key", wrong).status == 2
    assert call("codebook", "-w", workspace, "--key", f"{POPULATION}=41", "--tolerance", "-1").status == 2


def test_reports(call: Call, workspace: Path, tmp_path: Path) -> None:
    out = tmp_path / "r.pdf"
    assert call("report", "--workspace", workspace, "--output", out).status == 0
    first = out.read_bytes()
    assert call("report", "--workspace", workspace, "--output", out, "--template", "everything").status == 0
    assert first.startswith(b"%PDF-")
    assert call("report", "-w", workspace, "-o", tmp_path / "r.md", "--filter", f"{AGE} >= 30").status == 0
    assert (tmp_path / "r.md").exists()
    for wrong in (("-o", tmp_path / "r.txt"), (), ("--report", "none", "-o", out), ("-o", tmp_path / "none" / "r.pdf")):
        assert call("report", "-w", workspace, *wrong).status == 2
    assert call("report", "-w", workspace, "--template", "calibration", "-o", tmp_path / "c.pdf").status == 2
    assert not (tmp_path / "c.pdf").exists()


def test_kept_reports_and_pins_are_listed(call: Call, workspace: Path, tmp_path: Path) -> None:
    assert "no report" in call("report", "-w", workspace, "--list").err
    session = require_session(workspace, clock=system_clock)
    save_report(session, full_report(session, session.wave(1), name="Results post"), label="made")
    question = session.find_question(1, MOOD)
    pin(session, question_spec(question, full_report(session, session.wave(1)).blocks[3].spec.base), title="Mood")  # type: ignore[union-attr]
    session.close()
    told = call("report", "-w", workspace, "--list").out
    assert "Results post" in told
    assert "Mood" in told
    assert len(result(call, "report", "-w", workspace, "--list")["pins"]) == 1
    told = result(call, "report", "-w", workspace, "--report", "Results post", "-o", tmp_path / "r.pdf")
    assert told["report"] == "Results post"
    assert call("report", "-w", workspace, "--template", "results", "-o", tmp_path / "p.pdf").status == 0
    mixed = ("--report", "Results post", "--filter", f"{AGE} >= 30", "-o", tmp_path / "x.pdf")
    assert call("report", "-w", workspace, *mixed).status == 2


def test_exports(call: Call, workspace: Path, tmp_path: Path) -> None:
    for name, words in {
        "a.csv": (),
        "a.xlsx": (),
        "codes.csv": ("--codes",),
        "exact.csv": ("--exact",),
        "tables.xlsx": ("--tables",),
        "one.csv": ("-q", GENDER),
        "one.svg": ("-q", GENDER),
        "one.png": ("--grid", TRUST),
        "one.pdf": ("--timeline",),
    }.items():
        told = call("export", "-w", workspace, "-o", tmp_path / name, *words)
        assert (told.status, told.out) == (0, ""), told.err
        assert (tmp_path / name).stat().st_size > 100
    for name, words in {
        "x.txt": (),
        "x.svg": (),
        "x.csv": ("--tables",),
        "y.xlsx": ("--exact",),
        "z.csv": ("-q", GENDER, "--codes"),
    }.items():
        assert call("export", "-w", workspace, "-o", tmp_path / name, *words).status == 2
        assert not (tmp_path / name).exists()


def too_new(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


def older(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096 : 9 * 4096] = b"\xa5" * (8 * 4096)
    path.write_bytes(content)


def foreign(path: Path) -> None:
    path.write_text("a,b\n1,2\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "state"),
    [(too_new, "too_new"), (damage, "damaged"), (foreign, "not_ours"), (Path.unlink, "unreachable")],
)
def test_check_tells_what_stands_in_the_way(
    call: Call, workspace: Path, spoil: Callable[[Path], None], state: str
) -> None:
    shutil.rmtree(workspace.with_name(workspace.name + ".backups"), ignore_errors=True)
    spoil(workspace)
    told = call("check", "-w", workspace, "--json")
    assert told.status == 2
    assert json.loads(told.out)["state"] == state
    assert len(told.err.strip().splitlines()) == 2
    for command in (("analyse", "-q", AGE), ("report", "-o", "r.pdf"), ("export", "-o", "a.csv"), ("codebook",)):
        assert call(command[0], "-w", workspace, *command[1:]).status == 2
    if state != "unreachable":
        assert call("import", CENSUS, "-w", workspace, "--wave", "2").status == 2


def test_check_upgrades(call: Call, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from surveyapp.store import schema

    monkeypatch.setattr(schema, "REVISIONS", ("0000", *schema.REVISIONS))
    older(workspace)
    told = call("check", "-w", workspace, "--json")
    assert (told.status, json.loads(told.out)["state"]) == (2, "needs_upgrade")
    assert "check --upgrade" in told.err


def test_check_of_a_sound_workspace(call: Call, workspace: Path) -> None:
    told = result(call, "check", "-w", workspace)
    assert told["state"] == "opened"
    assert told["waves"][0]["flags"] == {"attention": 4, "no_consent": 5}
    assert "is sound" in call("check", "-w", workspace).out
    assert call("check", "-w", workspace, "--upgrade").status == 0


def test_a_damaged_workspace_is_restored_and_salvaged(call: Call, workspace: Path) -> None:
    call("import", CENSUS, "-w", workspace, "--wave", "2")
    damage(workspace)
    assert json.loads(call("check", "-w", workspace, "--json").out)["state"] == "damaged"
    assert call("check", "-w", workspace, "--salvage").status == 0
    assert (workspace.parent / "invented saved.survey").exists()
    assert call("check", "-w", workspace, "--restore").status == 0
    assert result(call, "check", "-w", workspace)["state"] == "opened"
    assert call("check", "-w", workspace.parent / "none.survey", "--salvage").status == 2


def test_changes_undo_redo(call: Call, workspace: Path) -> None:
    call("codebook", "-w", workspace, "--key", f"{POPULATION}=41")
    assert [change["undone"] for change in result(call, "check", "-w", workspace, "--changes")] == [False, False]
    assert call("check", "-w", workspace, "--undo", "1").status == 0
    assert call("analyse", "-w", workspace, "-q", AGE).status == 2
    assert call("check", "-w", workspace, "--undo").status == 2
    assert call("check", "-w", workspace, "--redo").status == 0
    assert call("check", "-w", workspace, "--redo").status == 0
    assert call("check", "-w", workspace, "--redo").status == 2
    assert "(undone)" not in call("check", "-w", workspace, "--changes").out


def test_purge(call: Call, workspace: Path) -> None:
    assert result(call, "check", "-w", workspace, "--purge")["waves"] == []
    assert call("check", "-w", workspace, "--undo", "1").status == 0
    told = call("check", "-w", workspace, "--purge")
    assert told.status == 0
    assert "1 wave was deleted for good" in told.err
    assert f"{workspace.name}.backups" in told.err
    assert call("check", "-w", workspace, "--redo").status == 2
    assert "deleted for good" in call("check", "-w", workspace, "--changes").out


def test_purge_takes_removed_predictions_along(call: Call, workspace: Path) -> None:
    assert call("predict", "log", "80% rain on the fair", "-w", workspace).status == 0
    assert call("predict", "remove", "1", "-w", workspace).status == 0
    assert result(call, "check", "-w", workspace, "--purge")["predictions"] == 1
    assert b"rain on the fair" not in workspace.read_bytes()
    assert result(call, "check", "-w", workspace, "--purge")["predictions"] == 0


def test_beside_an_open_window(call: Call, workspace: Path, tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from surveyapp.base.clock import system_clock;"
        "from surveyapp.services.workspace import require_session;"
        "session = require_session(Path(sys.argv[1]), clock=system_clock);"
        "print('open', flush=True); sys.stdin.readline(); session.close()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(workspace)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as window:
        assert window.stdout is not None
        assert window.stdout.readline() == "open\n"
        told = call("import", CENSUS, "-w", workspace, "--wave", "2")
        assert told.status == 2
        assert "Another copy of the program has invented.survey open" in told.err
        assert call("codebook", "-w", workspace, "--key", f"{POPULATION}=41").status == 2
        assert call("check", "-w", workspace, "--purge").status == 2
        assert call("analyse", "-w", workspace, "-q", AGE).status == 0
        assert call("report", "-w", workspace, "-o", tmp_path / "r.pdf").status == 0
        assert call("export", "-w", workspace, "-o", tmp_path / "a.csv").status == 0
        state = result(call, "check", "-w", workspace)
        assert state["state"] == "locked"
        assert state["waves"]
        window.communicate("\n")


def test_a_fault_of_ours(call: Call, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object) -> object:
        raise KeyError("the answer of a person")

    monkeypatch.setattr(analyse, "run_analysis", broken)
    told = call("analyse", "-w", workspace, "-q", AGE)
    assert (told.status, told.out) == (1, "")
    assert len(told.err.strip().splitlines()) == 1
    text = log_file().read_text(encoding="utf-8")
    assert "KeyError" in text
    assert "analyse.py" in text
    assert "the answer of a person" not in text + told.err
    assert "Traceback" in call("--debug", "analyse", "-w", workspace, "-q", AGE).err
    assert "Traceback" in call("analyse", "-w", workspace, "-q", AGE, "--debug").err


def test_answers_do_not_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    put("a\x1b[31mred\x9b2J\r\tb\n")
    assert capsys.readouterr().out == "a\ufffd[31mred\ufffd2J\ufffd\tb\n\n"


def test_output_that_cannot_be_written(workspace: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    words = [sys.executable, "-m", "surveyapp", "codebook", "-w", str(workspace)]
    with open("/dev/full", "w") as full:  # noqa: PTH123
        done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert "could not be written" in done.stderr
    shell = subprocess.run(
        f"{' '.join(words)} | true; exit ${{PIPESTATUS[0]}}",
        shell=True,
        executable="/bin/bash",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (shell.returncode, shell.stderr) == (0, "")


def test_a_stdout_that_knows_no_such_letters(workspace: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "LANGUAGE": "en"}
    for words in (["codebook"], ["codebook", "--json"], ["check"]):
        done = subprocess.run(
            [sys.executable, "-m", "surveyapp", words[0], "-w", str(workspace), *words[1:]],
            env=environment, capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert done.stdout.isascii()


def test_language_of_numbers(call: Call, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from surveyapp.base import number

    monkeypatch.setattr(number, "install", lambda: number.__dict__.__setitem__("_marks", (".", ",")))
    assert "," in call("analyse", "-w", workspace, "-q", AGE).out
    monkeypatch.undo()
    number.install("en")
