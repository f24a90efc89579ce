"""Rows that hold no answers: the header once more (files pasted together), or a second header row of a form tool."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _
from surveyapp.domain.column import TextColumn
from surveyapp.domain.question import Kind
from surveyapp.domain.wave import Flag
from surveyapp.importers.cell.wording import clean
from surveyapp.importers.mark.mark import Mark, Places, Responses, union
from surveyapp.importers.mark.memo import Memo
from surveyapp.importers.problem.run import index_of
from surveyapp.importers.table import TextTable

_LEAST = 2
"""So many cells must repeat their header; in a file of one column one is enough."""
_SHARE = 0.5
_FIRST_ROWS = 3
_FORM_TEXT = 0.2
_TOOL = re.compile(r'^\{"ImportId":|^(?:Open-Ended Response|Response)$')
_READABLE = (Kind.NUMBER, Kind.PROBABILITY, Kind.SCALE, Kind.DATE)
_DIGIT = re.compile(r"\d")


def header_rows(responses: Responses) -> Places:
    """Positions of responses at least half of whose cells repeat their own header, or whose cells are those of a
    second header row."""
    if not len(responses):
        return np.zeros(0, dtype=np.int64)
    repeated = repeated_headers(responses.table, [question.text for question in responses.questions], responses.memo)
    return union(repeated, _titles(responses))


def repeated_headers(table: TextTable, wordings: Sequence[str] = (), memo: Memo | None = None) -> Places:
    """Positions of rows at least half of whose cells, and two at least, repeat the header of their column (or its
    wording). A column that holds its own header in many rows is a text of the form and tells nothing."""
    n = len(table)
    hits = np.zeros(n, dtype=np.int32)
    memo = memo or Memo()
    for place, column in enumerate(table.columns):
        wording = wordings[place] if wordings else ""
        here = memo.get("header", place, (column, wording), partial(_repeating, column, wording))
        if len(here) <= max(_FIRST_ROWS, _FORM_TEXT * n):
            hits[here] += 1
    some = np.flatnonzero(hits >= min(_LEAST, len(table.columns)))
    if not len(some):
        return some
    filled = np.zeros(len(some), dtype=np.int32)
    for column in table.columns:
        filled += np.array([bool(text.strip()) for text in column.texts], dtype=np.bool_)[index_of(column)[some]]
    return some[hits[some] >= _SHARE * filled]


def _repeating(column: TextColumn, wording: str) -> Places:
    """Who repeats the header of a column, or its wording."""
    own = {column.header, clean(column.header), wording} - {""}
    if own.isdisjoint(column.texts) and not any(map(_TOOL.match, column.texts[:_FIRST_ROWS])):
        return np.zeros(0, dtype=np.int64)
    repeats = np.array([text in own or bool(_TOOL.match(text)) for text in column.texts], dtype=np.bool_)
    return np.flatnonzero(repeats[index_of(column)])


def _titles(responses: Responses) -> Places:
    """Among the first rows: words in nearly all columns that else hold nothing but numbers or dates."""
    columns = [n for n, question in enumerate(responses.questions) if question.kind in _READABLE]
    found: list[int] = []
    for row in range(min(_FIRST_ROWS, len(responses)) if len(columns) >= _FIRST_ROWS else 0):
        words = [place for place in columns if _is_title(responses, place, row)]
        if len(words) < 0.8 * len(columns):
            break
        found.append(row)
    return np.array(found, dtype=np.int64)


def _is_title(responses: Responses, place: int, row: int) -> bool:
    cell = responses.cell(place, row)
    labels = {clean(text) for choice in responses.questions[place].choices for text in choice.texts}
    number = responses.table.columns[place].index[row]
    once = responses.counts(place)[number] == 1
    return bool(cell) and once and not _DIGIT.search(cell) and cell not in labels


def stray_headers(places: Places) -> Mark | None:
    """The mark for header rows."""
    if not len(places):
        return None
    return Mark(
        flag=Flag.STRAY_HEADER,
        places=places,
        evidence=(_("Their cells repeat the header: files may have been pasted together."),),
    )


def without(places: NDArray[np.int64], aside: Places) -> Places:
    """The places that are not aside."""
    found: Places = places[~np.isin(places, aside)] if len(aside) else places
    return found
