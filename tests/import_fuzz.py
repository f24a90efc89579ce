"""Damaged and odd files for the importers: mutations of every fixture, and files made of nothing but noise.

Seeded: the same number gives the same file. Used by the tests (some hundred) and by tests/benchmarks/fuzz_import.py
(as many as one likes).
"""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from surveyapp.domain.errors import UserError
from surveyapp.importers.codebook.registry import read_codebook
from surveyapp.importers.coding import code_wave
from surveyapp.importers.plan import propose
from surveyapp.importers.problem.decision import apply_fix
from surveyapp.importers.registry import read_table

FIXTURES = Path(__file__).parent / "fixtures"
ZIPPED = (".xlsx", ".ods", ".zip")
SIGNS = (
    *(sign.encode() for sign in ('"', ",", ";", "\n", "\r\n", "\r", "\0", "\t", "{", "<", "&", "[", "]", "\\", "'")),
    *(text.encode() for text in ("=1+1", "0", "N/A", "\u00a0", "😀", "\u202e", "1e999", "-99", "1" * 400)),
    b"\xff\xfe",
    b"\xef\xbb\xbf",
)


@dataclass(frozen=True, kw_only=True)
class Fuzzed:
    """A file to try: a name with the suffix that the importers see, and its bytes."""

    name: str
    content: bytes


def corpus() -> list[Path]:
    """Every fixture that is data or a codebook, smallest first so that a number means the same file for long."""
    found = [*(FIXTURES / "import").rglob("*"), *(FIXTURES / "forms").rglob("*")]
    return sorted(path for path in found if path.is_file() and path.suffix not in (".py", ".json", ".md"))


def fuzzed(seed: int, files: list[Path]) -> Fuzzed:
    """The file of that number."""
    rng = random.Random(seed)
    path = rng.choice(files)
    kind = rng.random()
    if kind < 0.06:
        return Fuzzed(name=f"noise{rng.choice(files).suffix}", content=_noise(rng))
    content = path.read_bytes()
    if kind < 0.12:  # a file under another's name
        return Fuzzed(name=f"other{rng.choice(files).suffix}", content=content)
    if path.suffix in ZIPPED and rng.random() < 0.7:
        return Fuzzed(name=path.name, content=_inside(content, rng))
    return Fuzzed(name=path.name, content=_mutated(content, rng))


def _noise(rng: random.Random) -> bytes:
    size = rng.choice([0, 1, 3, 100, 4_000])
    if rng.random() < 0.5:
        return rng.randbytes(size)
    return b"".join(rng.choice([*SIGNS, b"a", b"Yes", b"12", b" "]) for _n in range(size))


def _mutated(content: bytes, rng: random.Random) -> bytes:
    """A few random injuries to the bytes, or to the lines."""
    data = bytearray(content)
    for _injury in range(rng.randint(1, 6)):
        rng.choice(_INJURIES)(data, rng.randrange(len(data)) if data else 0, rng)
    return bytes(data)


def _flip(data: bytearray, place: int, rng: random.Random) -> None:
    data[place : place + 1] = rng.randbytes(1)


def _cut(data: bytearray, place: int, rng: random.Random) -> None:
    del data[place : place + rng.randint(1, 200)]


def _sign(data: bytearray, place: int, rng: random.Random) -> None:
    data[place:place] = rng.choice(SIGNS)


def _repeat(data: bytearray, place: int, rng: random.Random) -> None:
    data[place:place] = data[place : place + rng.randint(1, 300)] * rng.choice([1, 1, 2, 30])


def _end(data: bytearray, place: int, rng: random.Random) -> None:
    if rng.random() < 0.3:
        del data[place:]


def _junk(data: bytearray, place: int, rng: random.Random) -> None:
    data[place:place] = rng.randbytes(rng.randint(1, 30))


def _lines(data: bytearray, _place: int, rng: random.Random) -> None:
    lines = bytes(data).split(b"\n")
    rng.shuffle(lines) if rng.random() < 0.5 else lines.insert(rng.randrange(len(lines) + 1), lines[0])
    data[:] = b"\n".join(lines)


_INJURIES: list[Callable[[bytearray, int, random.Random], object]] = [_flip, _cut, _sign, _repeat, _end, _junk, _lines]


def _inside(content: bytes, rng: random.Random) -> bytes:
    """An archive whose members are injured and packed again, so that the injury reaches the reader behind unzip."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        members = old.infolist()
        hurt = {rng.randrange(len(members)) for _n in range(rng.randint(1, 3))} if members else set()
        for n, member in enumerate(members):
            data = old.read(member)
            if n in hurt:
                if rng.random() < 0.15:
                    continue
                data = _mutated(data, rng)
            new.writestr(member.filename, data)
    return out.getvalue()


def try_file(path: Path) -> str:
    """Import a file as far as storing goes, and read it as a codebook; "plan" or "refused". Anything else raises."""
    try:
        read_codebook(path)
    except UserError as error:
        assert error.title
    try:
        plan = propose(read_table(path))
        for problem in plan.problems[:3]:
            for fix in problem.fixes[:1]:
                plan = apply_fix(plan, problem, fix)
        wave = code_wave(plan, name="1")
    except UserError as error:
        assert error.title
        return "refused"
    assert len(wave.rows) == len(plan.table)
    assert len(wave.columns) == len(plan.table.columns)
    return "plan"
