"""500 damaged files: each gives a plan or a UserError, nothing else, in time."""

from __future__ import annotations

import random
import time

import pytest
from import_fixture import files

from surveyapp.domain.errors import UserError
from surveyapp.importers.coding import code_wave
from surveyapp.importers.file import delimited
from surveyapp.importers.plan import propose
from surveyapp.importers.registry import read_table
from surveyapp.importers.table import no_report

TEXT_FILES = [path for path in files() if path.suffix in (".csv", ".tsv")]
BINARY_FILES = [path for path in files() if path.suffix not in (".csv", ".tsv")]


def mutate(content: bytes, rng: random.Random) -> bytes:
    """A few random injuries."""
    data = bytearray(content)
    for _injury in range(rng.randint(1, 6)):
        place = rng.randrange(len(data)) if data else 0
        match rng.randrange(6):
            case 0:
                data[place : place + 1] = bytes([rng.randrange(256)])
            case 1:
                del data[place : place + rng.randint(1, 200)]
            case 2:
                data[place:place] = rng.choice([b'"', b",", b";", b"\n", b"\r", b"\0", b"\xff\xfe", b"\t", b"=1", b"0"])
            case 3:
                data[place:place] = data[place : place + rng.randint(1, 300)]
            case 4:
                data = data[:place] if rng.random() < 0.3 else data
            case 5:
                data[place:place] = bytes(rng.randrange(256) for _byte in range(rng.randint(1, 30)))
    return bytes(data)


@pytest.mark.parametrize("block", range(10))
def test_damaged_text_files(block: int) -> None:
    rng = random.Random(1000 + block)
    for _n in range(50):
        content = mutate(rng.choice(TEXT_FILES).read_bytes(), rng)
        started = time.monotonic()
        try:
            table = delimited.read(content, "a.csv", report=no_report, encoding=None, sheet=None)
            wave = code_wave(propose(table), name="1")
        except UserError as error:
            assert error.title
        else:
            assert len(wave.rows) == len(table)
        assert time.monotonic() - started < 10


def test_damaged_spreadsheets(tmp_path: object) -> None:
    from pathlib import Path

    rng = random.Random(7)
    for n in range(12):
        source = BINARY_FILES[n % len(BINARY_FILES)]
        path = Path(str(tmp_path)) / f"{n}{source.suffix}"
        path.write_bytes(mutate(source.read_bytes(), rng))
        try:
            assert propose(read_table(path)).mapping.questions
        except UserError as error:
            assert error.title
