"""An invented census of any size as CSV: 150 columns of the usual kinds, with the usual dirt.

60 single choices, 30 ratings, 20 numbers, 16 probabilities, 6 multiple choices, 12 free texts, 4 dates, an id and a
consent. Some 12 % of the cells are blank, 1 % of the numbers are written in words or with signs.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import accumulate
from pathlib import Path

START = datetime(2026, 11, 1, 9, 30)  # noqa: DTZ001 (local time, as forms write it)
WORDS = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "that",
    "it",
    "was",
    "for",
    "on",
    "with",
    "as",
    "at",
    "by",
    "from",
    "this",
    "have",
    "not",
    "are",
    "but",
    "had",
    "when",
    "which",
    "they",
    "there",
    "been",
    "one",
    "all",
    "were",
    "so",
    "if",
    "out",
    "up",
    "more",
    "then",
    "some",
    "could",
    "time",
    "people",
    "year",
    "way",
    "thought",
    "question",
    "answer",
    "naïve",
    "café",
    "reason",
    "group",
]
LABELS = ("Yes", "No", "Unsure", "Never", "Rarely", "Sometimes", "Often", "Always", "Other", "None of these")

Cells = Iterator[str]


def columns(rng: random.Random, n: int) -> dict[str, Cells]:
    """Header and cells of every column, in the order of the file."""
    found: dict[str, Cells] = {
        "Response ID": map(str, range(1, n + 1)),
        "Timestamp": (str(START + timedelta(seconds=37 * row)) for row in range(n)),
        "May we publish your answers?": _choice(rng, n, ["Yes", "Yes, but not my texts", "No"], blank=0.0),
    }
    makers: list[tuple[int, str, Callable[[int], Cells]]] = [
        (60, "Which of these describes you in matter %s?", lambda i: _choice(rng, n, _labels(i))),
        (30, "How satisfied are you with %s?", lambda i: _choice(rng, n, [str(s) for s in range(1, 6 + 5 * (i % 2))])),
        (20, "Number of things of sort %s", lambda i: _number(rng, n, i)),
        (16, "P(statement %s)", lambda _i: _choice(rng, n, ["0", "0.1", *map(str, range(1, 101))])),
        (6, "Tick all that apply to %s", lambda i: _ticks(rng, n, 5 + i)),
        (12, "What would you say about %s?", lambda i: _text(rng, n, 0.04 + 0.02 * i)),
        (3, "Date of event %s", lambda i: _date(rng, n, i)),
    ]
    for count, header, maker in makers:
        for i in range(count):
            found[header % f"{WORDS[i % len(WORDS)]} {i + 1}"] = maker(i)
    return found


def write_census(path: Path, n_rows: int) -> Path:
    """The file with so many responses, comma-separated, UTF-8, CRLF."""
    cells = columns(random.Random(2026), n_rows)
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(cells)
        writer.writerows(zip(*cells.values(), strict=True))
    return path


def _labels(i: int) -> list[str]:
    return [f"{label} ({i + 1})" if i % 3 else label for label in LABELS[: 2 + i % 9]]


def _choice(rng: random.Random, n: int, labels: list[str], *, blank: float = 0.12) -> Cells:
    """The first labels more often than the last."""
    weights = list(accumulate([blank * len(labels), *(2.0 / (1 + 0.15 * place) for place in range(len(labels)))]))
    return iter(rng.choices(["", *labels], cum_weights=weights, k=n))


def _number(rng: random.Random, n: int, i: int) -> Cells:
    dirty = ("about 30", "don't know", "£4,800", "20-30", "~12", "1.5k", "40+")
    for _row in range(n):
        chance = rng.random()
        if chance < 0.12:
            yield ""
        elif chance < 0.13:
            yield rng.choice(dirty)
        else:
            yield str(round(rng.lognormvariate(2 + i % 5, 1))) if i % 4 else f"{rng.gauss(170, 10):.1f}"


def _ticks(rng: random.Random, n: int, size: int) -> Cells:
    options = [f"{WORDS[place].capitalize()} things{', all of them' * (place == 2)}" for place in range(size)]
    for _row in range(n):
        ticked = [option for option in options if rng.random() < 0.3]
        yield ", ".join([*ticked, "my own words"] if rng.random() < 0.02 else ticked)


def _text(rng: random.Random, n: int, share: float) -> Cells:
    for _row in range(n):
        if rng.random() > share:
            yield ""
        else:
            sign = "\n" if rng.random() < 0.1 else ", "
            yield sign.join(" ".join(rng.choices(WORDS, k=6)) for _part in range(rng.randint(1, 5)))


def _date(rng: random.Random, n: int, i: int) -> Cells:
    for _row in range(n):
        day = START - timedelta(days=rng.randrange(4000))
        yield "" if rng.random() < 0.12 else f"{day:%m/%d/%Y}" if i else f"{day:%Y-%m-%d}"
