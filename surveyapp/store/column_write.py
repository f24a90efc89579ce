"""Writing coded columns: the wide table row by row, then what it cannot hold, question by question."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import compress
from typing import Any

import sqlalchemy as sa

from surveyapp.domain.column import CodedColumn
from surveyapp.store import data_table, schema
from surveyapp.store.cell import CellCodec, SqlValue


def sql_columns(column: CodedColumn, codec: CellCodec) -> list[Iterator[SqlValue]]:
    """One stream of SQL values per data column; each different entry is turned once."""
    values = [codec.to_sql(entry) for entry in column.entries]
    return [map([value[n] for value in values].__getitem__, column.index) for n in range(codec.width)]


def insert_answers(
    connection: sa.Connection,
    table: sa.Table,
    rows: Sequence[int],
    columns: Sequence[tuple[CodedColumn, CellCodec]],
    *,
    advance: Callable[[int], None],
) -> None:
    """Fill the data table; `advance` hears how many rows were written since it was last called."""
    streams = [stream for column, codec in columns for stream in sql_columns(column, codec)]
    for count in data_table.run_in_chunks(connection, data_table.insert_sql(table), zip(rows, *streams, strict=True)):
        advance(count)


def insert_raw(
    connection: sa.Connection, question_id: int, rows: Sequence[int], column: CodedColumn, codec: CellCodec
) -> None:
    """Write cell_raw and write_in of one question where the coded value does not say everything."""
    entries = column.entries
    special = [not codec.is_plain(entry) for entry in entries]
    if any(special):
        raw = [(entry.raw, entry.missing.value if entry.missing else None) for entry in entries]
        cells = compress(zip(rows, column.index, strict=True), map(special.__getitem__, column.index))
        _insert(connection, schema.cell_raw, ((question_id, row, *raw[number]) for row, number in cells))
    written = [bool(entry.write_in) for entry in entries]
    if any(written):
        texts = [(entry.write_in, entry.value if isinstance(entry.value, int) else None) for entry in entries]
        cells = compress(zip(rows, column.index, strict=True), map(written.__getitem__, column.index))
        _insert(connection, schema.write_in, ((question_id, row, *texts[number]) for row, number in cells))


def delete_raw(connection: sa.Connection, question_id: int, response_id: int | None = None) -> None:
    """Forget what cell_raw and write_in hold of a question, or of one of its cells."""
    for table in (schema.cell_raw, schema.write_in):
        statement = sa.delete(table).where(table.c.question_id == question_id)
        if response_id is not None:
            statement = statement.where(table.c.response_id == response_id)
        connection.execute(statement)


def _insert(connection: sa.Connection, table: sa.Table, rows: Iterator[tuple[Any, ...]]) -> None:
    for _count in data_table.run_in_chunks(connection, data_table.insert_sql(table), rows):
        pass
