"""Cross-tabs of invented people, computed as the program does, and awkward ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from figure_examples import ARABIC, CHINESE, HEBREW, LONG

from surveyapp.domain.question import Choice, Kind, Question
from surveyapp.stats.answers import Answers
from surveyapp.stats.table.cross import cross_table
from surveyapp.stats.table.nest import nested
from surveyapp.stats.table.result import CrossTable
from surveyapp.stats.table.side import Side, side_of
from surveyapp.stats.table.view import Percent, View

AGES = ("Under 20", "20–24", "25–29", "30–39", "40+")
POLITICS = ("Liberal", "Social democratic", "Libertarian", "Left of social democracy", "Conservative", "Other")
COUNTS = (
    (33, 135, 198, 271, 140),
    (33, 140, 158, 155, 87),
    (19, 98, 147, 170, 74),
    (20, 56, 38, 33, 12),
    (4, 21, 23, 34, 25),
    (12, 48, 47, 41, 14),
)


def question(title: str, labels: Sequence[str], codes: Sequence[int], *, ordered: bool = False) -> Side:
    """Everybody's answer to a single choice."""
    choices = tuple(Choice(code=code, label=label) for code, label in enumerate(labels))
    asked = Question(column=title, name=title, kind=Kind.SINGLE, choices=choices, ordered=ordered)
    values = np.asarray(codes, dtype=np.int32)
    side = side_of(Answers(question=asked, values=values, missing=np.zeros(len(values), dtype=np.int8)))
    assert isinstance(side, Side)
    return side


def cross(
    counts: Sequence[Sequence[int]] = COUNTS,
    *,
    rows: Sequence[str] = POLITICS,
    columns: Sequence[str] = AGES,
    steps: bool = True,
    percent: Percent = Percent.COLUMN,
) -> CrossTable:
    """The cross-tab whose counts these are."""
    table = np.array(counts)
    row, column = np.divmod(np.repeat(np.arange(table.size), table.ravel()), table.shape[1])
    sides = question("Politics", rows, row.tolist()), question("Age group", columns, column.tolist(), ordered=steps)
    found = cross_table(sides[0], [sides[1]])
    assert isinstance(found, CrossTable)
    return replace(found, view=View(steps=steps, percent=percent))


def groups() -> CrossTable:
    """Columns without an order."""
    return cross(columns=("Mill", "Quay", "Weir", "Old town", "Elsewhere"), steps=False)


def awkward() -> CrossTable:
    """Labels of any length and script, and rows of nobody."""
    labels = [LONG, HEBREW, ARABIC, CHINESE, "x" * 180]
    counts = [[3, 1, 0, 9], [0, 0, 0, 0], [12, 40, 7, 1], [1, 1, 1, 1], [0, 0, 30, 2]]
    return cross(counts, rows=labels, columns=labels[:4], steps=False)


def awkward_steps() -> CrossTable:
    """The same in the order of steps."""
    found = awkward()
    return replace(found, view=replace(found.view, steps=True))


def large() -> CrossTable:
    """More rows and columns than can be drawn."""
    rng = np.random.default_rng(5)
    names = [f"Answer number {number}" for number in range(40)]
    return cross(rng.integers(0, 9, (40, 40)).tolist(), rows=names, columns=names, steps=False)


def within() -> CrossTable:
    """Three questions: politics by age within gender."""
    rng = np.random.default_rng(7)
    n = 600
    rows = question("Politics", POLITICS, rng.integers(0, 6, n).tolist())
    age = question("Age group", AGES, rng.integers(0, 5, n).tolist(), ordered=True)
    gender = question("Gender", ("Female", "Male"), rng.integers(0, 2, n).tolist())
    columns = nested(gender, age)
    assert isinstance(columns, Side)
    found = cross_table(rows, [columns])
    assert isinstance(found, CrossTable)
    return found


def banner() -> CrossTable:
    """Two questions side by side."""
    rng = np.random.default_rng(8)
    n = 300
    rows = question("Politics", POLITICS, rng.integers(0, 6, n).tolist())
    age = question("Age group", AGES, rng.integers(0, 5, n).tolist(), ordered=True)
    gender = question("Gender", ("Female", "Male"), rng.integers(0, 2, n).tolist())
    found = cross_table(rows, [gender, age])
    assert isinstance(found, CrossTable)
    return found
