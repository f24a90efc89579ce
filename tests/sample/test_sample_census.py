"""The sample community: the files are what the generator makes, and hold the dirt they are known for."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from surveyapp.base.paths import bundled

ROOT = Path(__file__).resolve().parents[2]
YEARS = (2024, 2026)
Table = list[list[str]]


def _read(year: int) -> Table:
    content = (bundled("sample") / f"riverside-census-{year}.csv").read_bytes().decode("utf-8")
    return list(csv.reader(io.StringIO(content, newline=""), strict=True))


def _column(table: Table, header: str) -> list[str]:
    at = table[0].index(header)
    return [row[at] for row in table[1:]]


@pytest.fixture(scope="module")
def waves() -> dict[int, Table]:
    return {year: _read(year) for year in YEARS}


def test_generator_makes_the_same_bytes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(ROOT / "packaging/sample/make.py"), str(tmp_path)], check=True, timeout=120)
    made = sorted(path.name for path in tmp_path.iterdir())
    assert made == sorted(path.name for path in bundled("sample").glob("*.csv"))
    for name in made:
        assert (tmp_path / name).read_bytes() == (bundled("sample") / name).read_bytes(), name


@pytest.mark.parametrize(("year", "rows"), [(2024, 907), (2026, 1213)])
def test_shape(waves: dict[int, Table], year: int, rows: int) -> None:
    table = waves[year]
    assert len(table) - 1 == rows
    assert {len(row) for row in table} == {107}
    assert len(set(table[0])) == 107, "a header occurs twice"


def test_one_header_was_reworded(waves: dict[int, Table]) -> None:
    pairs = [(old, new) for old, new in zip(waves[2024][0], waves[2026][0], strict=True) if old != new]
    assert pairs == [("Profession", "What do you do for work?")]


@pytest.mark.parametrize(("year", "twice", "blank"), [(2024, 3, 0), (2026, 6, 1)])
def test_identical_and_blank_rows(waves: dict[int, Table], year: int, twice: int, blank: int) -> None:
    counts = Counter(tuple(row) for row in waves[year][1:] if any(row))
    assert sum(count - 1 for count in counts.values()) == twice
    assert sum(not any(row) for row in waves[year][1:]) == blank


@pytest.mark.parametrize("year", YEARS)
def test_stale_column_is_empty(waves: dict[int, Table], year: int) -> None:
    assert set(_column(waves[year], "I have read the introduction (old)")) == {""}


@pytest.mark.parametrize(("year", "shifted"), [(2024, 3), (2026, 7)])
def test_shifted_rows(waves: dict[int, Table], year: int, shifted: int) -> None:
    status = {"Single", "In a relationship", "Married or in a civil union"}
    assert sum(cell in status for cell in _column(waves[year], "Relationship style")) == shifted


@pytest.mark.parametrize(
    ("year", "read_as", "was", "broken"), [(2024, "mac_roman", "cp1252", 7), (2026, "cp1252", "utf-8", 11)]
)
def test_mojibake_can_be_undone(waves: dict[int, Table], year: int, read_as: str, was: str, broken: int) -> None:
    """The broken cells become ordinary words again by the opposite round trip."""

    def undone(cell: str) -> str:
        try:
            return cell.encode(read_as).decode(was)
        except UnicodeError:
            return cell

    # letters and dashes that no text of Riverside has in that place
    signs = re.compile("[‰ˆ„ÛÏ]| ñ " if year == 2024 else "[ÃâÐ]")
    cells = [cell for row in waves[year][1:] for cell in row if undone(cell) != cell]
    assert sum(bool(signs.search(cell)) for cell in cells) == broken


@pytest.mark.parametrize(("year", "people"), [(2024, 70), (2026, 0)])
def test_zeros_that_were_blanks(waves: dict[int, Table], year: int, people: int) -> None:
    """In the first wave whoever left the probabilities out has 0 in all fifteen, and no attention check."""
    at = [n for n, header in enumerate(waves[year][0]) if header.startswith("P(")]
    assert len(at) == 15
    once = {tuple(row) for row in waves[year][1:] if all(row[n] == "0" for n in at)}
    assert len(once) == people


def test_awkward_cells(waves: dict[int, Table]) -> None:
    cells = [cell for row in waves[2026][1:] for cell in row]
    for sign in "=+-@":
        assert any(cell.startswith(sign) and len(cell) > 1 for cell in cells), sign
    assert any("\n" in cell and '"' in cell for cell in cells)
    assert sum("\u00a0" in cell for cell in cells) >= 20
    text = "".join(cells)
    for script in ("ł", "Я", "ї", "λ", "ש", "谢", "ش", "დ", "👍"):
        assert script.casefold() in text.casefold(), script


@pytest.mark.parametrize(("year", "addresses"), [(2024, 0), (2026, 3)])
def test_addresses_are_nobodys(waves: dict[int, Table], year: int, addresses: int) -> None:
    found = [a for row in waves[year][1:] for cell in row for a in re.findall(r"[\w.+-]+@[\w.-]+\w", cell)]
    assert len(found) == addresses
    assert all(address.endswith("example.org") for address in found)
    links = [link for row in waves[year][1:] for cell in row for link in re.findall(r"https?://([\w.-]+)", cell)]
    assert set(links) <= {"example.org"}


@pytest.mark.parametrize("year", YEARS)
def test_people_are_too_sure_of_europe(waves: dict[int, Table], year: int) -> None:
    typed = _column(waves[year], "Population of Europe, in millions")
    sure = _column(waves[year], "Europe: how sure are you that you are within 10 %, 0–100?")
    pairs = [
        (float(t) / (1e6 if float(t) > 1e5 else 1), float(s))
        for t, s in zip(typed, sure, strict=True)
        if re.fullmatch(r"\d+", t) and re.fullmatch(r"\d+", s) and float(s) <= 100
    ]
    right = sum(abs(value - 744) <= 74.4 for value, _ in pairs) / len(pairs)
    confidence = sum(s for _, s in pairs) / len(pairs) / 100
    assert len(pairs) > 500
    assert 0.03 < confidence - right < 0.2


def test_tokens_link_people_over_the_waves(waves: dict[int, Table]) -> None:
    tokens = [{token for token in _column(waves[year], "Return token (optional)") if token} for year in YEARS]
    assert len(tokens[0] & tokens[1]) > 50


def test_ticks_hold_commas(waves: dict[int, Table]) -> None:
    asked = "Which of these causes have you given money or time to?"
    option = "Local community, neighbours or shelter"
    assert any(cell.startswith("Global poverty;") for cell in _column(waves[2024], asked))
    assert any(f", {option}" in cell for cell in _column(waves[2026], asked))
    assert any(cell == option for cell in _column(waves[2026], asked))
