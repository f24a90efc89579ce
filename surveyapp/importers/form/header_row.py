"""Header rows beyond the first, which some tools write."""

from __future__ import annotations

from array import array
from dataclasses import replace

import numpy as np

from surveyapp.domain.column import TextColumn
from surveyapp.importers.refusal import header_only
from surveyapp.importers.table import TextTable


def cell(table: TextTable, place: int, response: int) -> str:
    """One cell as typed, by positions from 0."""
    column = table.columns[place]
    return column.texts[column.index[response]]


def row_texts(table: TextTable, response: int) -> list[str]:
    """All cells of one row."""
    return [cell(table, place, response) for place in range(len(table.columns))]


def take_rows(table: TextTable, count: int) -> tuple[list[list[str]], TextTable]:
    """The first `count` rows below the header as texts, and the table without them.

    Raises UserError if no row is left.
    """
    if len(table) <= count:
        raise header_only()
    taken = [row_texts(table, response) for response in range(count)]
    columns = tuple(_without_first(column, count) for column in table.columns)
    return taken, replace(table, columns=columns, rows=table.rows[count:])


def _without_first(column: TextColumn, count: int) -> TextColumn:
    """The column without its first rows, and without texts that stood only there."""
    index = np.array(column.index[count:], dtype=np.int32)
    used = np.bincount(index, minlength=len(column.texts)) > 0
    numbering = (np.cumsum(used) - 1).astype(np.int32)
    texts = [text for text, is_used in zip(column.texts, used.tolist(), strict=True) if is_used]
    return replace(column, index=array("i", numbering[index].tobytes()), texts=texts)
