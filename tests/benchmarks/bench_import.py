"""Our whole import (read, propose, code, store) against pandas.read_csv and executemany of a wide text table.

Run: python tests/benchmarks/bench_import.py. 10,000 and 100,000 people x 150 questions of every kind, invented.
Medians of three, each run in a process of its own; peak memory is that of the process of our import. Aims: at most
twice the time, under 1 GB.
"""

from __future__ import annotations

import itertools
import json
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.census_file import write_census

N_COLUMNS = 150
SIZES = (10_000, 100_000)
RUNS = 3
AIM_RATIO, AIM_MB = 2.0, 1000.0


def main() -> None:
    """Print milliseconds, the ratio and the memory."""
    with tempfile.TemporaryDirectory() as name:
        for size in SIZES:
            source = Path(name) / f"census{size}.csv"
            write_census(source, size)
            runs = [(_measure("ours", source), _measure("theirs", source)) for _run in range(RUNS)]
            ours, theirs = ([run[side] for run in runs] for side in (0, 1))
            _print(size, source, ours, theirs)
            source.unlink()


def _print(size: int, source: Path, ours: list[dict[str, float]], theirs: list[dict[str, float]]) -> None:
    parts = {key: statistics.median(run[key] for run in ours) for key in ours[0]}
    reference = statistics.median(run["total"] for run in theirs)
    ratio = parts["total"] / reference
    sys.stdout.write(
        f"import of {size:,} x {N_COLUMNS} ({source.stat().st_size / 1e6:.0f} MB): {parts['total']:,.0f} ms "
        f"(read {parts['read']:,.0f}, propose {parts['propose']:,.0f}, store {parts['store']:,.0f}); "
        f"pandas + executemany {reference:,.0f} ms\n"
        f"  ratio {ratio:.2f}, {'within' if ratio <= AIM_RATIO else 'BEYOND'} the aim of {AIM_RATIO:.0f}; "
        f"peak memory {parts['peak_mb']:,.0f} MB, {'within' if parts['peak_mb'] < AIM_MB else 'BEYOND'} "
        f"the aim of {AIM_MB:,.0f} MB\n"
    )
    sys.stdout.flush()


def _measure(who: str, source: Path) -> dict[str, float]:
    done = subprocess.run([sys.executable, __file__, who, str(source)], capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _ours(source: Path) -> dict[str, float]:
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
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    ms = [(later - earlier) * 1000 for earlier, later in itertools.pairwise(times)]
    return {"read": ms[0], "propose": ms[1], "store": ms[2], "total": sum(ms), "peak_mb": peak}


def _theirs(source: Path) -> dict[str, float]:
    import pandas as pd

    target = source.with_suffix(".sqlite")
    start = time.perf_counter()
    frame = pd.read_csv(source)
    connection = sqlite3.connect(target)
    names = ", ".join(f"c{number} TEXT" for number in range(N_COLUMNS))
    connection.execute(f"CREATE TABLE wide ({names})")
    marks = ", ".join("?" * N_COLUMNS)
    connection.executemany(f"INSERT INTO wide VALUES ({marks})", frame.itertuples(index=False, name=None))
    connection.commit()
    total = (time.perf_counter() - start) * 1000
    connection.close()
    target.unlink()
    return {"total": total}


if __name__ == "__main__":
    if len(sys.argv) == 3:
        sys.stdout.write(json.dumps((_ours if sys.argv[1] == "ours" else _theirs)(Path(sys.argv[2]))))
    else:
        main()
