"""Our whole import (read, propose, code, store) against pandas.read_csv and executemany of a wide text table.

Run: python tests/benchmarks/bench_import.py. 10,000 and 100,000 people x 150 questions of every kind, invented.
Medians of three, each run in a process of its own; peak memory is that of our import. Aims: at most
twice the time, under 1 GB.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.census_file import write_census
from benchmarks.whole_import import AIM_RATIO, Parts, answer, medians, told, verdict

N_COLUMNS = 150
SIZES = (10_000, 100_000)
AIM_MB = 1000.0


def main() -> None:
    """Print milliseconds, the ratio and the memory."""
    with tempfile.TemporaryDirectory() as name:
        for size in SIZES:
            source = Path(name) / f"census{size}.csv"
            write_census(source, size)
            ours, theirs = (medians(__file__, who, source) for who in ("ours", "theirs"))
            ratio = ours["total"] / theirs["total"]
            sys.stdout.write(
                f"import of {size:,} x {N_COLUMNS} ({source.stat().st_size / 1e6:.0f} MB): {told(ours)}; "
                f"pandas + executemany {theirs['total']:,.0f} ms\n"
                f"  ratio {ratio:.2f}, {verdict(ratio, AIM_RATIO)} the aim of {AIM_RATIO:.0f}; "
                f"memory {verdict(ours['peak_mb'], AIM_MB)} the aim of {AIM_MB:,.0f} MB\n"
            )
            sys.stdout.flush()
            source.unlink()


def _theirs(source: Path) -> Parts:
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
    answer(sys.argv[1:], _theirs) if len(sys.argv) == 3 else main()
