"""500 damaged files of every format: each gives a plan or a UserError, nothing else, in time."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from import_fuzz import ZIPPED, corpus, fuzzed, try_file

HANG_S = 60.0
"""A hang, not a slow machine: seconds are measured by tests/benchmarks/fuzz_import.py."""
BLOCKS, IN_BLOCK = 10, 50


@pytest.mark.parametrize("block", range(BLOCKS))
def test_damaged_files(block: int, tmp_path: Path) -> None:
    files = corpus()
    outcomes = set()
    for seed in range(block * IN_BLOCK, (block + 1) * IN_BLOCK):
        made = fuzzed(seed, files)
        path = tmp_path / made.name
        path.write_bytes(made.content)
        started = time.monotonic()
        outcomes.add(try_file(path))
        assert time.monotonic() - started < HANG_S, f"file {seed} hangs"
    assert outcomes == {"plan", "refused"}  # else the files are not odd enough, or too odd


def test_a_number_means_the_same_file() -> None:
    files = corpus()
    assert any(path.suffix in ZIPPED for path in files)
    assert [fuzzed(seed, files) for seed in range(40)] == [fuzzed(seed, files) for seed in range(40)]
