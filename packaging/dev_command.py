"""The commands of dev.py, one function each."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from dev_display import has_display, names_display, virtual_display
from dev_environment import ensure_environment, program
from dev_lock import lock_dependencies
from dev_step import ROOT, CommandError, Outcome, report_outcomes, run_step
from dev_system import ensure_packages, find_missing

BUILD = ROOT / "build"
SAMPLE_WAVES = ("2024", "2026")
_TWO_AT_ONCE = ["-n", "2", "--dist", "worksteal"]
"""Two processes share the tests, each with a window of its own; who is done first takes from the other."""


def run(_words: argparse.Namespace) -> int:
    """The sample community in the window; without a display, the same job on the command line."""
    if names_display():
        ensure_packages(find_missing(window=True, display=True))
    ensure_environment()
    folder = BUILD / "run"
    environment = {"SURVEYAPP_PROFILE": str(folder / "profile")}
    if not has_display():
        return _run_headless(folder, environment)
    return _start([program("surveyapp"), "gui", "--sample"], environment)


def _run_headless(folder: Path, environment: dict[str, str]) -> int:
    """Import the sample waves, compute, write the report and say where it is."""
    print("No display here, so the sample goes through the command line.")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    workspace, report = folder / "riverside.sqlite", folder / "riverside.pdf"
    surveyapp = program("surveyapp")
    for wave in SAMPLE_WAVES:
        sample = ROOT / "resources" / "sample" / f"riverside-census-{wave}.csv"
        words: list[str | Path] = ["import", sample, "--workspace", workspace, "--wave", wave, "--name", "Riverside"]
        status = _start([surveyapp, *words], environment)
        if status != 0:
            return status
    # what no program can know: the right answer to the calibration question, given in persons by some
    key = ["--key", "Population of Europe, in millions=744", "--tolerance", "0.1", "--unit-factor", "1000000"]
    status = _start([surveyapp, "codebook", "--workspace", workspace, *key], environment)
    if status != 0:
        return status
    status = _start([surveyapp, "report", "--workspace", workspace, "--output", report], environment)
    if status == 0 and not report.is_file():
        raise CommandError("surveyapp report succeeded but wrote no file.")
    if status == 0:
        print(f"\nWorkspace: {workspace}\nReport:    {report} ({report.stat().st_size / 1024:.0f} KB)")
    return status


def test(_words: argparse.Namespace) -> int:
    """Every check, then the tests: outside the window with Qt blocked, the window, end to end under Xvfb."""
    ensure_packages(find_missing(window=True, display=True, programs=True))
    ensure_environment()
    outcomes = _check_steps()
    outcomes.append(_pytest("tests without Qt", ["-p", "no:pytest-qt", *_TWO_AT_ONCE], {"SURVEYAPP_NO_QT": "1"}))
    if (ROOT / "tests" / "gui").is_dir():
        outcomes.append(_pytest("tests of the window", ["tests/gui", *_TWO_AT_ONCE], {"QT_QPA_PLATFORM": "offscreen"}))
    if (ROOT / "tests" / "e2e").is_dir():
        with virtual_display() as environment:
            outcomes.append(_pytest("tests end to end", ["tests/e2e"], environment))
    return report_outcomes(outcomes)


def check(_words: argparse.Namespace) -> int:
    """Formatting, rules, types and layers."""
    ensure_environment()
    return report_outcomes(_check_steps())


def _check_steps() -> list[Outcome]:
    python = program("python")
    return [
        run_step("ruff check", [python, "-m", "ruff", "check", "."]),
        run_step("ruff format", [python, "-m", "ruff", "format", "--check", "."]),
        run_step("mypy", [python, "-m", "mypy"]),
        run_step("import-linter", [program("lint-imports"), "--no-logo"]),
    ]


def _pytest(name: str, arguments: Sequence[str], environment: dict[str, str]) -> Outcome:
    command = [str(program("python")), "-m", "pytest", "-q", *arguments]
    return run_step(name, command, environment={"LANGUAGE": "en", **environment})


def shots(words: argparse.Namespace) -> int:
    """The screenshot tour, offscreen."""
    ensure_packages(find_missing(window=True))
    ensure_environment()
    folder = Path(words.folder).absolute() if words.folder else BUILD / "shots"
    folder.mkdir(parents=True, exist_ok=True)
    environment = {"QT_QPA_PLATFORM": "offscreen", "SURVEYAPP_PROFILE": str(BUILD / "shots-profile")}
    return _start([program("python"), ROOT / "tests" / "gui" / "tour.py", folder], environment)


def bench(words: argparse.Namespace) -> int:
    """Every benchmark, or those named, one after another so that they do not disturb each other."""
    scripts = {path.stem.removeprefix("bench_"): path for path in (ROOT / "tests/benchmarks").glob("bench_*.py")}
    unknown = [name for name in words.names if name not in scripts]
    if unknown or not scripts:
        there = ", ".join(sorted(scripts)) or "none"
        raise CommandError(f"No such benchmark: {', '.join(unknown) or 'any'}. There are: {there}.", status=2)
    ensure_packages(find_missing(window=True))
    ensure_environment()
    environment = {
        "QT_QPA_PLATFORM": "offscreen",
        "SURVEYAPP_PROFILE": str(BUILD / "bench-profile"),
        "OPENBLAS_NUM_THREADS": "1",  # as surveyapp/__init__.py says: a benchmark imports numpy before it
    }
    chosen = words.names or sorted(scripts)
    return report_outcomes(
        [run_step(name, [program("python"), scripts[name]], environment=environment) for name in chosen]
    )


def migration(words: argparse.Namespace) -> int:
    """A new revision; it needs the environment, so it runs there."""
    ensure_environment()
    return _start([program("python"), ROOT / "packaging" / "dev_migration.py", words.slug], {})


def lock(words: argparse.Namespace) -> int:
    """The lock file, from pyproject.toml."""
    ensure_environment()
    return lock_dependencies(program("python"), upgrade=words.upgrade)


def _start(command: Sequence[str | Path], environment: dict[str, str]) -> int:
    """Run a program on this terminal and return its exit status."""
    sys.stdout.flush()
    return subprocess.run(
        [str(word) for word in command], env={**os.environ, **environment}, cwd=ROOT, check=False
    ).returncode


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "run": run,
    "test": test,
    "check": check,
    "shots": shots,
    "bench": bench,
    "migration": migration,
    "lock": lock,
}
