"""Odd and damaged files by the thousand through all importers.

Run: python tests/benchmarks/fuzz_import.py [FIRST [COUNT]]. Prints outcomes, the slowest file and the most memory;
status 1, with the numbers of the files, if one raised anything but a UserError or took over 5 s or 1 GB.
`python tests/benchmarks/fuzz_import.py 123 1` tries file 123 alone.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
import traceback
from collections import Counter
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from import_fuzz import corpus, fuzzed, try_file

COUNT = 20_000
BLOCK = 100
LIMIT_S, LIMIT_MB = 5.0, 1024.0


def main(words: list[str]) -> int:
    """Try the files; 1 if any failed."""
    first, count = (int(words[0]) if words else 0), (int(words[1]) if len(words) > 1 else COUNT)
    blocks = [range(start, min(start + BLOCK, first + count)) for start in range(first, first + count, BLOCK)]
    outcomes: Counter[str] = Counter()
    slowest, most_mb, bad = (0.0, 0), 0.0, []
    with get_context("spawn").Pool(min(os.cpu_count() or 1, len(blocks)), maxtasksperchild=5) as pool:
        for found in pool.imap(_block, blocks):
            for seed, outcome, seconds, megabytes in found:
                outcomes[outcome.split("\n")[0]] += 1
                slowest, most_mb = max(slowest, (seconds, seed)), max(most_mb, megabytes)
                if outcome not in ("plan", "refused") or seconds > LIMIT_S or megabytes > LIMIT_MB:
                    bad.append(seed)
                    sys.stdout.write(f"file {seed}: {seconds:.1f} s, {megabytes:.0f} MB, {outcome}\n")
    kinds = ", ".join(f"{name} {n:,}" for name, n in outcomes.most_common())
    sys.stdout.write(
        f"{count:,} files: {kinds}; slowest {slowest[0]:.2f} s (file {slowest[1]}), most memory {most_mb:.0f} MB\n"
    )
    return 1 if bad else 0


def _block(seeds: range) -> list[tuple[int, str, float, float]]:
    files, found, peak = corpus(), [], _peak_mb()
    with tempfile.TemporaryDirectory() as folder:
        for seed in seeds:
            made = fuzzed(seed, files)
            path = Path(folder) / made.name
            path.write_bytes(made.content)
            started = time.monotonic()
            try:
                outcome = try_file(path)
            except Exception:  # noqa: BLE001 (what is being looked for)
                outcome = traceback.format_exc(limit=-3)
            before, peak = peak, _peak_mb()
            found.append((seed, outcome, time.monotonic() - started, peak if peak > before else 0.0))
            path.unlink()
    return found


def _peak_mb() -> float:
    """The most memory this process or one of its children ever had."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(kind).ru_maxrss for kind in kinds) / 1024


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
