"""Rows whose cells slipped sideways: answers that belong to the question beside."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from surveyapp.domain.column import TextColumn
from surveyapp.importers.problem.run import counts_of, index_of
from surveyapp.importers.table import TextTable

MIN_CELLS = 4
"""So many slipped cells make a shifted row; one or two may be jokes."""

_COMMON = 0.02
_RARE = 0.015
_MOST_DIFFERENT = 2_000


def shifted_rows(table: TextTable) -> NDArray[np.int64]:
    """Positions of responses with at least MIN_CELLS words that are hardly ever given to their question but commonly
    to the next one on the same side. Numbers prove nothing: they fit many questions."""
    common = [_common(column) for column in table.columns]
    shifted = np.zeros(len(table), dtype=np.bool_)
    for step in (-1, 1):
        slipped = np.zeros(len(table), dtype=np.int32)
        for place, column in enumerate(table.columns):
            if 0 <= place + step < len(common) and common[place + step]:
                slipped += _slipped(column, common[place + step])
        shifted |= slipped >= MIN_CELLS
    return np.flatnonzero(shifted)


def _common(column: TextColumn) -> frozenset[str]:
    """The words that a good part of the people gave."""
    if len(column.texts) > _MOST_DIFFERENT:
        return frozenset()
    least = max(3.0, _COMMON * len(column))
    return frozenset(
        text
        for text, count in zip(column.texts, counts_of(column).tolist(), strict=True)
        if count >= least and any(map(str.isalpha, text))
    )


def _slipped(column: TextColumn, beside: frozenset[str]) -> NDArray[np.int32]:
    """1 for each response whose text is rare here and common beside, shape (n,)."""
    if beside.isdisjoint(column.texts):
        return np.zeros(len(column), dtype=np.int32)
    most = _RARE * len(column)
    hits = np.array(
        [
            text in beside and count <= most
            for text, count in zip(column.texts, counts_of(column).tolist(), strict=True)
        ],
        dtype=np.int32,
    )
    found: NDArray[np.int32] = hits[index_of(column)]
    return found
