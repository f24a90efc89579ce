"""An import killed at any moment leaves the workspace as it was."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import census_example as example
import pytest

from surveyapp.base.clock import Clock
from surveyapp.store import Opened, Store, open_workspace

SCRIPT = """
import sys
from array import array
from pathlib import Path
sys.path.insert(0, sys.argv[2])
import census_example as example
from surveyapp.base.clock import system_clock
from surveyapp.domain.question import Question
from surveyapp.store import open_workspace
store = open_workspace(Path(sys.argv[1]), clock=system_clock).store
texts = [example.text(f"answer {n} " * 20) for n in range(5000)]
odd = [example.Entry(raw=f"${n}", value=float(n)) for n in range(5000)]
columns = [example.column(Question(column=str(n)), texts) for n in range(1)] * 20
columns += [example.column(Question(column="money", kind=example.Kind.NUMBER), odd)] * 4
coded = example.wave(columns)
print("importing", flush=True)
store.waves.add(coded, mapping=example.mapping(coded), at=example.AT)
print("imported", flush=True)
sys.stdin.read()
"""
N_KILLS = 8


@pytest.fixture
def filled(store: Store) -> Store:
    coded = example.wave()
    store.waves.add(coded, mapping=example.mapping(coded), at=example.AT)
    store.close(backup=False)
    return store


def start_import(path: Path) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-c", SCRIPT, str(path), str(Path(example.__file__).parent)]
    process = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "importing\n"
    return process


def duration(path: Path) -> float:
    """How long the import takes here, in seconds."""
    with start_import(path) as process:
        assert process.stdout is not None
        began = time.perf_counter()
        assert process.stdout.readline() == "imported\n"
        took = time.perf_counter() - began
        process.kill()
    return took


def test_an_import_killed_at_random_moments(filled: Store, clock: Clock, tmp_path: Path) -> None:
    before = example.dump(filled.path)
    took = duration(Path(shutil.copy(filled.path, tmp_path / "measure.sqlite")))
    source = random.Random(20260314)
    journals = 0
    for number in range(N_KILLS):
        path = Path(shutil.copy(filled.path, tmp_path / f"{number}.sqlite"))
        with start_import(path) as process:
            time.sleep(source.uniform(0, 0.9) * took)
            process.kill()
            finished = process.stdout is not None and process.stdout.read() == "imported\n"
        wal = path.with_name(path.name + "-wal")
        journals += wal.exists() and wal.stat().st_size > 0
        opened = open_workspace(path, clock=clock)
        assert isinstance(opened, Opened)
        with opened.store as store:
            n_waves = len(store.waves.list())
            assert n_waves == 2 or (n_waves == 1 and not finished)
            if n_waves == 1:
                assert example.dump(path) == before
            else:  # committed, killed before it could say so
                assert len(store.answers.load(2)) == len(store.codebook.get(2).questions) == 24
            cells = [example.cells(column) for column in store.answers.load(1).values()]
        assert cells == [example.cells(column) for column in example.columns()]
    assert journals  # at least one kill met a half-written import


def test_a_kill_after_the_import_keeps_it(filled: Store, clock: Clock) -> None:
    duration(filled.path)
    opened = open_workspace(filled.path, clock=clock)
    assert isinstance(opened, Opened)
    with opened.store as store:
        assert [wave.n_responses for wave in store.waves.list()] == [8, 5000]
        assert len(store.answers.load(2)) == 24
