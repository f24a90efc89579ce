"""An invented census in several files: a first export, a longer one, other people, the next year."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

HEADERS = ["Timestamp", "E-mail", "How old are you?", "Colour?", "Fruits", "P(rain)", "P(snow)", "P(hail)", "Remark"]
TIME, MAIL, AGE, COLOUR, FRUITS, RAIN, SNOW, HAIL, REMARK = range(9)


def person(n: int, *, year: int = 2026) -> list[str]:
    """Everybody has a mail of their own; every ninth left the probabilities blank, which the form gives as 0."""
    blank = n % 9 == 4
    return [
        f"{year}-03-{1 + n % 28:02d} 10:{n % 60:02d}:{n // 60:02d}",
        f"person{n}@example.org",
        str(20 + (n * 7) % 45),
        ["red", "green", "blue"][(n * 5 + n // 7) % 3],
        ["apple", "apple, pear", "pear, plum", ""][n % 4],
        *(["0", "0", "0"] if blank else [str((n * 13) % 101), str((n * 29) % 101), str((n * 31 + 5) % 101)]),
        f"remark {n}" if n % 3 else "",
    ]


def people(numbers: Sequence[int], *, year: int = 2026) -> list[list[str]]:
    """Their rows."""
    return [person(n, year=year) for n in numbers]


def write(path: Path, rows: Sequence[Sequence[str]], headers: Sequence[str] = HEADERS) -> Path:
    """A CSV of these rows."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([headers, *rows])
    return path
