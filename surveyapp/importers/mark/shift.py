"""Rows whose cells slipped sideways: answers that belong to the question beside."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from surveyapp.domain.column import TextColumn
from surveyapp.importers.mark.memo import Memo
from surveyapp.importers.problem.run import counts_of, index_of
from surveyapp.importers.table import TextTable

MIN_CELLS = 4
"""So many slipped cells make a shifted row; one or two may be jokes."""

_COMMON = 0.02
_RARE = 0.015
_MOST_DIFFERENT = 2_000


def shifted_rows(table: TextTable, memo: Memo | None = None) -> NDArray[np.int64]:
    """Positions of responses with at least MIN_CELLS words that are hardly ever given to their question but commonly
    to the next one on the same side. Numbers prove nothing: they fit many questions."""
    memo = memo or Memo()
    columns = table.columns
    common = [memo.get("common", n, (column,), partial(_common, column)) for n, column in enumerate(columns)]
    shifted = np.zeros(len(table), dtype=np.bool_)
    for step in (-1, 1):
        slipped = np.zeros(len(table), dtype=np.int32)
        for place, column in enumerate(columns):
            if 0 <= place + step < len(common) and common[place + step]:
                beside = common[place + step]
                find = partial(_slipped, column, beside)
                slipped[memo.get(f"slipped {step}", place, (column, beside), find)] += 1
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


def _slipped(column: TextColumn, beside: frozenset[str]) -> NDArray[np.int64]:
    """Positions of the responses whose text is rare here and common beside."""
    if beside.isdisjoint(column.texts):
        return np.zeros(0, dtype=np.int64)
    most = _RARE * len(column)
    hits = [
        text in beside and count <= most for text, count in zip(column.texts, counts_of(column).tolist(), strict=True)
    ]
    return np.flatnonzero(np.array(hits, dtype=np.bool_)[index_of(column)])
