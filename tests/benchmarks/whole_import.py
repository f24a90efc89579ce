"""Our whole import of a file (read, propose, code, store), and another program's, each in a process of its own."""

from __future__ import annotations

import itertools
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

RUNS = 3
AIM_RATIO = 2.0

Parts = dict[str, float]
"""Milliseconds of each part, and of "total"; ours tells "peak_mb" too."""


def medians(script: str, who: str, source: Path) -> Parts:
    """The medians of RUNS processes of that script, each of which calls `answer`."""
    command = [sys.executable, script, who, str(source)]
    runs: list[Parts] = [
        json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout) for _run in range(RUNS)
    ]
    return {key: statistics.median(run[key] for run in runs) for key in runs[0]}


def answer(words: Sequence[str], theirs: Callable[[Path], Parts]) -> None:
    """What such a process prints; `words` are its arguments."""
    who, source = words
    sys.stdout.write(json.dumps((ours if who == "ours" else theirs)(Path(source))))


def ours(source: Path) -> Parts:
    """Import the file into a new workspace beside it, which is removed again. The peak is the higher one of this
    process and its children."""
    import resource

    from surveyapp.base.clock import system_clock
    from surveyapp.importers.plan import propose
    from surveyapp.importers.registry import read_table
    from surveyapp.services.intake.importing import run_import
    from surveyapp.services.workspace import create_session

    session = create_session(source.with_suffix(".survey"), name="Benchmark", clock=system_clock)
    try:
        times = [time.perf_counter()]
        table = read_table(source)
        times.append(time.perf_counter())
        plan = propose(table)
        times.append(time.perf_counter())
        run_import(session, plan, wave="1")
        times.append(time.perf_counter())
    finally:
        session.store.close(backup=False)
        session.path.unlink()
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    ms = [(later - earlier) * 1000 for earlier, later in itertools.pairwise(times)]
    peak_mb = peak / (1024 if sys.platform != "darwin" else 1024**2)
    return {"read": ms[0], "propose": ms[1], "store": ms[2], "total": sum(ms), "peak_mb": peak_mb}


def told(parts: Parts) -> str:
    """ "1,200 ms (read 300, propose 400, store 500; peak memory 210 MB)"."""
    return (
        f"{parts['total']:,.0f} ms (read {parts['read']:,.0f}, propose {parts['propose']:,.0f}, "
        f"store {parts['store']:,.0f}; peak memory {parts['peak_mb']:,.0f} MB)"
    )


def verdict(value: float, aim: float) -> str:
    """Whether a measured value is within the aim."""
    return "within" if value <= aim else "BEYOND"
