"""How long a whole import takes, from file to committed wave, against pandas.read_csv plus a wide text table.

Run: python tests/benchmarks/bench_import.py [responses ...]
The reference reads the file with pandas' default settings and writes every cell as TEXT with one executemany into a
fresh SQLite file with the same journal settings. Medians of three, taken in turn; the peak of memory is that of a
process of its own which does nothing but the import (or the reference).
"""

from __future__ import annotations

import multiprocessing
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.census_file import write_census

AT = datetime(2026, 11, 21, tzinfo=UTC)
ROUNDS = 3
Times = dict[str, float]


def ours(source: Path, target: Path) -> Times:
    """Seconds of each step of the program's own import."""
    from surveyapp.importers.coding import code_wave
    from surveyapp.importers.plan import propose
    from surveyapp.importers.registry import read_table
    from surveyapp.store.opening import create_workspace

    store = create_workspace(target, name="Benchmark", me="", clock=lambda: AT)
    laps = [time.perf_counter()]
    table = read_table(source)
    laps.append(time.perf_counter())
    plan = propose(table)
    laps.append(time.perf_counter())
    coded = code_wave(plan, name="2026")
    laps.append(time.perf_counter())
    store.waves.add(coded, mapping=plan.mapping, at=AT)
    laps.append(time.perf_counter())
    store.close()
    steps = ("read", "propose", "code", "add")
    return {step: laps[n + 1] - laps[n] for n, step in enumerate(steps)} | {"whole": laps[-1] - laps[0]}


def reference(source: Path, target: Path) -> Times:
    """Seconds of pandas.read_csv and of writing the frame as text."""
    import pandas as pd

    with closing(sqlite3.connect(target, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        laps = [time.perf_counter()]
        frame = pd.read_csv(source, low_memory=False)
        laps.append(time.perf_counter())
        names = ", ".join(f"c{n} TEXT" for n in range(frame.shape[1]))
        connection.execute(f"CREATE TABLE t ({names})")
        connection.execute("BEGIN")
        marks = ", ".join("?" * frame.shape[1])
        rows = zip(*(_plain(frame[column]) for column in frame), strict=True)
        connection.executemany(f"INSERT INTO t VALUES ({marks})", rows)
        connection.execute("COMMIT")
        laps.append(time.perf_counter())
    return {"read_csv": laps[1] - laps[0], "executemany": laps[2] - laps[1], "whole": laps[2] - laps[0]}


def _plain(series: object) -> list[object]:
    import pandas as pd

    assert isinstance(series, pd.Series)
    return [None if cell != cell else cell for cell in series.tolist()]


def _child(work: Callable[[Path, Path], Times], source: Path, target: Path, answer: object) -> None:
    import resource

    times = work(source, target)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    answer.put(times | {"peak_mb": peak})  # type: ignore[attr-defined]


def measured(work: Callable[[Path, Path], Times], source: Path) -> Times:
    """One run in a process of its own, its peak of memory among the answers."""
    context = multiprocessing.get_context("spawn")
    answer = context.Queue()
    with tempfile.TemporaryDirectory() as folder:
        process = context.Process(target=_child, args=(work, source, Path(folder) / "a.survey", answer))
        process.start()
        times: Times = answer.get(timeout=600)
        process.join()
    return times


def medians(runs: list[Times]) -> Times:
    """The median of each step."""
    return {step: statistics.median(run[step] for run in runs) for step in runs[0]}


def main() -> None:
    """Print seconds, memory and ratios."""
    for size in [int(text) for text in sys.argv[1:]] or [10_000, 100_000]:
        with tempfile.TemporaryDirectory() as folder:
            source = write_census(Path(folder) / "census.csv", size)
            runs = [(measured(ours, source), measured(reference, source)) for _round in range(ROUNDS)]
            sys.stdout.write(f"{size:,} responses, {source.stat().st_size / 1e6:.0f} MB\n")
        mine, theirs = (medians([pair[side] for pair in runs]) for side in (0, 1))
        for name, times in (("ours", mine), ("reference", theirs)):
            steps = ", ".join(f"{step} {value:.2f} s" for step, value in times.items() if step != "peak_mb")
            sys.stdout.write(f"  {name}: {steps}; peak {times['peak_mb']:.0f} MB\n")
        sys.stdout.write(f"  ratio {mine['whole'] / theirs['whole']:.2f}\n")


if __name__ == "__main__":
    main()
