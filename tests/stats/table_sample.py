"""Answers made of a table of counts, for the tests of cross-tabs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from surveyapp.domain.question import Choice, Kind, Question
from surveyapp.stats.answers import Answers
from surveyapp.stats.table.cross import cross_table
from surveyapp.stats.table.result import Association, CrossTable
from surveyapp.stats.table.side import Side, side_of
from surveyapp.stats.weight.design import Weights

B = ((33, 50, 41, 19), (12, 24, 70, 44), (31, 25, 30, 61))
"""Three rows by four columns, 440 people; the table of most reference numbers from R."""


def pair_of(
    counts: Sequence[Sequence[int]], *, ordered: bool = False, titles: tuple[str, str] = ("Politics", "Age")
) -> tuple[Answers, Answers]:
    """Two questions whose cross-tab is `counts`; choices are r0, r1 ... and c0, c1 ..."""
    table = np.array(counts)
    places = np.repeat(np.arange(table.size), table.ravel())
    row, column = np.divmod(places, table.shape[1])
    return (
        coded(titles[0], row, [f"r{n}" for n in range(table.shape[0])], ordered=ordered),
        coded(titles[1], column, [f"c{n}" for n in range(table.shape[1])], ordered=ordered),
    )


def coded(
    title: str,
    values: Sequence[int] | NDArray[np.integer],
    labels: Sequence[str],
    *,
    ordered: bool = False,
) -> Answers:
    """A single choice that everybody answered."""
    choices = tuple(Choice(code=code, label=label) for code, label in enumerate(labels))
    question = Question(column=title, name=title, kind=Kind.SINGLE, choices=choices, ordered=ordered)
    codes = np.asarray(values, dtype=np.int32)
    return Answers(question=question, values=codes, missing=np.zeros(len(codes), dtype=np.int8))


def crossed(counts: Sequence[Sequence[int]], *, ordered: bool = False, weights: Weights | None = None) -> CrossTable:
    """The cross-tab of `counts`."""
    rows, columns = pair_of(counts, ordered=ordered)
    table = cross_table(side_of(rows), [side_of(columns)], weights=weights)
    assert isinstance(table, CrossTable)
    return table


def association(table: CrossTable, group: int = 0) -> Association:
    """What was found in a group, which must have been tested."""
    found = table.groups[group].association
    assert isinstance(found, Association)
    return found


def side(answers: Answers) -> Side:
    """A side that must exist."""
    found = side_of(answers)
    assert isinstance(found, Side)
    return found
