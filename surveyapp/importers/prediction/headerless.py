"""The columns of somebody's own table: what they are called, by number where the first row is data; what is in them."""

from __future__ import annotations

from array import array
from dataclasses import replace
from itertools import chain

from surveyapp.base.i18n import _
from surveyapp.domain.column import TextColumn
from surveyapp.importers.table import TextTable

_LONGEST = 32
"""Characters of an example."""
_LOOKED_AT = 50
"""Rows in which an example is looked for, in their order."""


def headers_of(table: TextTable) -> tuple[str, ...]:
    """What its columns are called, each name once."""
    return tuple(dict.fromkeys(filter(None, (column.header.strip() for column in table.columns))))


def examples_of(table: TextTable) -> tuple[str, ...]:
    """A cell of each of these columns, "" of an empty one: the first that says something."""
    found: dict[str, str] = {}
    for column in table.columns:
        cells = chain((column.texts[number] for number in column.index[:_LOOKED_AT]), column.texts)
        text = next((plain for cell in cells if (plain := " ".join(cell.split()))), "")
        found.setdefault(column.header.strip(), text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…")
    found.pop("", None)
    return tuple(found.values())


def without_header(table: TextTable) -> TextTable:
    """The table with what was taken for its header as its first row."""
    blank = set(table.blank_rows)
    number = next(n for n in range(1, table.rows[0] + 1) if n not in blank)
    columns = tuple(_with_first(column, n) for n, column in enumerate(table.columns, start=1))
    return replace(table, columns=columns, rows=array("i", [number, *table.rows]))


def _with_first(column: TextColumn, number: int) -> TextColumn:
    texts = list(column.texts)
    if column.header not in texts:
        texts.append(column.header)
    index = array(column.index.typecode, [texts.index(column.header)])
    return TextColumn(header=_("Column %(n)s") % {"n": number}, occurrence=1, index=index + column.index, texts=texts)
