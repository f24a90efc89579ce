"""The self-test of this installation, and what it says when something is broken."""

from __future__ import annotations

import json
import subprocess
import sys


def run(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "surveyapp", "self-test", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=180, check=False)


def test_it_passes_here(program_environment: dict[str, str]) -> None:
    done = run(program_environment)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("\nok ") == 4
    for name in ("surveyapp", "Python", "SQLite", "PySide6-Essentials", "secrets"):
        assert f"\n{name} " in f"\n{done.stdout}"


def test_a_broken_part_fails_it_and_the_rest_is_still_tried(program_environment: dict[str, str]) -> None:
    """The window's libraries are missing, as on a server: Qt cannot be imported."""
    blocked = "import sys; sys.modules['PySide6'] = None; from surveyapp.cli.main import main; sys.exit(main(%r))"
    script = "import subprocess, sys\nfrom surveyapp.cli import self_test\n" + (
        f"blocked = {blocked!r}\n"
        "run = subprocess.run\n"
        "def without_qt(command, **words):\n"
        "    return run([sys.executable, '-c', blocked % (command[3:],)], **words)\n"
        "subprocess.run = without_qt\n"
        "from surveyapp.cli.main import main\n"
        "sys.exit(main(['self-test', '--json']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=program_environment,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    told = json.loads(done.stdout)
    assert done.returncode == 1
    assert not told["passed"]
    assert [step["ok"] for step in told["steps"]] == [True, True, True, False]
