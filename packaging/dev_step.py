"""One step of a command: a program that is started, watched and timed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

_PYTEST_SUMMARY = re.compile(
    r"(?:no tests ran|\d+ (?:passed|failed|errors?|skipped|deselected|xfailed|xpassed)\b.*) in [\d.]+s"
)
_COUNT = re.compile(r"(\d+) (passed|failed|errors?|skipped|deselected|xfailed|xpassed|warnings?)\b")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class CommandError(Exception):
    """The command cannot go on; the text is a sentence for the person, with what to do."""

    def __init__(self, sentence: str, *, status: int = 1) -> None:
        super().__init__(sentence)
        self.status = status


@dataclass(frozen=True)
class Outcome:
    """How a step ended. `counts` is what pytest counted, empty for other programs."""

    name: str
    status: int
    seconds: float
    counts: dict[str, int] = field(default_factory=dict)
    summary: str = ""


def run_step(
    name: str, command: Sequence[str | Path], *, environment: Mapping[str, str] | None = None, echo: bool = True
) -> Outcome:
    """Run a program in the checkout, pass its output on line by line, and keep pytest's closing line."""
    if echo:
        print(f"\n--- {name}")
    started = time.monotonic()
    summary = ""
    with subprocess.Popen(
        [str(word) for word in command],
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "1", **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            sys.stdout.write(line)
            found = _PYTEST_SUMMARY.search(_COLOUR.sub("", line))
            summary = found.group() if found else summary
    return Outcome(name, process.returncode, time.monotonic() - started, count_outcomes(summary), summary)


def count_outcomes(summary: str) -> dict[str, int]:
    """The numbers in pytest's closing line: "3 passed, 1 skipped in 0.1s" -> {"passed": 3, "skipped": 1}."""
    counts: dict[str, int] = {}
    for number, word in _COUNT.findall(summary):
        key = {"error": "errors", "warning": "warnings"}.get(word, word)
        counts[key] = counts.get(key, 0) + int(number)
    return counts


def report_outcomes(outcomes: Sequence[Outcome]) -> int:
    """Print one table of the steps and, if there were tests, one line for all of them; 0 if all succeeded."""
    width = max(len(outcome.name) for outcome in outcomes)
    print("\n--- summary")
    for outcome in outcomes:
        verdict = "ok" if outcome.status == 0 else f"FAILED (exit status {outcome.status})"
        counted = f"  {outcome.summary}" if outcome.summary else ""
        print(f"{outcome.name:<{width}}  {outcome.seconds:6.1f} s  {verdict}{counted}")
    total: dict[str, int] = {}
    for outcome in outcomes:
        for word, number in outcome.counts.items():
            total[word] = total.get(word, 0) + number
    seconds = sum(outcome.seconds for outcome in outcomes)
    if total:
        print(f"=== {', '.join(f'{n} {word}' for word, n in total.items())} in {seconds:.2f}s ===")
    failed = [outcome.name for outcome in outcomes if outcome.status != 0]
    if failed:
        print(f"Failed: {', '.join(failed)}.")
    return 1 if failed else 0
