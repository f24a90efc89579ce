"""data_w<id>: the coded answers of one wave, one column per question, and its view in words.

Column names are ours (q12, q12_3); names people gave appear only as quoted names in the view.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateTable

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Codebook, Kind, Question
from surveyapp.store.cell import CellCodec
from surveyapp.store.schema import choice

MAX_COLUMNS = 1900
"""SQLite stops at 2,000; a few are left for a later program."""

_DIALECT = sqlite.dialect()
_LONGEST_NAME = 120


def data_name(wave_id: int) -> str:
    """The name of a wave's data table."""
    return f"data_w{wave_id}"


def data_table(wave_id: int, columns: Iterable[sa.Column[Any]], *, name: str = "") -> sa.Table:
    """The data table with these columns, typed strictly; not yet in the file."""
    key = sa.Column("response_id", sa.Integer, primary_key=True, autoincrement=False)
    return sa.Table(name or data_name(wave_id), sa.MetaData(), key, *columns, sqlite_strict=True)


def check_width(codecs: Iterable[CellCodec]) -> None:
    """Raises UserError if the questions need more columns than a table can have."""
    width = sum(codec.width for codec in codecs)
    if width > MAX_COLUMNS:
        raise UserError(
            _("This file needs %(width)s columns; a workspace holds up to %(most)s per file.")
            % {"width": width, "most": MAX_COLUMNS},
            _("Read multiple-choice questions with many options as text, or split the file."),
        )


def create(connection: sa.Connection, table: sa.Table) -> None:
    """Make the table."""
    connection.execute(CreateTable(table))


def insert_sql(table: sa.Table, names: Sequence[str] | None = None) -> str:
    """INSERT with one question mark per column, of those `names` alone, which are in the order of the table."""
    # written out: as an expression, two hundred columns take as long to compile as ten thousand cells to store
    columns = ", ".join(map(_DIALECT.identifier_preparer.quote, table.c.keys() if names is None else names))
    marks = ", ".join("?" * len(table.c if names is None else names))
    return f"INSERT INTO {table.name} ({columns}) VALUES ({marks})"  # noqa: S608 (names are ours)


def run_in_chunks(
    connection: sa.Connection, sql: str, rows: Iterable[tuple[Any, ...]], *, size: int = 1000
) -> Iterator[int]:
    """executemany, chunk by chunk; yields how many rows each chunk had."""
    iterator = iter(rows)
    while chunk := list(islice(iterator, size)):
        connection.exec_driver_sql(sql, chunk)
        yield len(chunk)


def insert_rows(connection: sa.Connection, table: sa.Table, rows: Iterable[tuple[Any, ...]]) -> None:
    """Rows with a value for every column, in the order of the table."""
    for _count in run_in_chunks(connection, insert_sql(table), rows):
        pass


def update_column_values(
    connection: sa.Connection, table: sa.Table, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]
) -> None:
    """Set columns row by row; each row is the new values, then the response id."""
    if not columns:
        return
    statement = sa.update(table).values({name: sa.bindparam(f"new_{n}") for n, name in enumerate(columns)})
    statement = statement.where(table.c.response_id == sa.bindparam("row"))
    compiled = statement.compile(dialect=_DIALECT)
    order = [f"new_{n}" for n in range(len(columns))] + ["row"]
    assert compiled.positiontup == order  # the rows are positional
    for _count in run_in_chunks(connection, str(compiled), rows):
        pass


def reshape(connection: sa.Connection, wave_id: int, old: sa.Table, new_columns: Sequence[sa.Column[Any]]) -> sa.Table:
    """Give the data table other columns; what both have (by name and type) keeps its values, the rest is NULL.

    The label view must not exist meanwhile. One pass over the table, however many columns go.
    """
    wanted = {column.name: column for column in new_columns}
    had = {column.name: column for column in old.c if column.name != "response_id"}
    same = [name for name in wanted if name in had and str(had[name].type) == str(wanted[name].type)]
    if len(same) == len(had):  # only additions: nothing is rewritten
        for name, column in wanted.items():
            if name not in had:
                quoted = _DIALECT.identifier_preparer.quote(name)  # a code may be negative: "q12_-1"
                connection.exec_driver_sql(f"ALTER TABLE {old.name} ADD COLUMN {quoted} {column.type}")
        return data_table(wave_id, new_columns)
    draft = data_table(wave_id, [sa.Column(column.name, column.type) for column in new_columns], name=old.name + "_new")
    create(connection, draft)
    kept = ["response_id", *same]
    connection.execute(sa.insert(draft).from_select(kept, sa.select(*(old.c[name] for name in kept))))
    connection.exec_driver_sql(f"DROP TABLE {old.name}")
    connection.exec_driver_sql(f"ALTER TABLE {draft.name} RENAME TO {old.name}")
    return data_table(wave_id, new_columns)


def drop_view(connection: sa.Connection, wave_id: int) -> None:
    """Remove the view in words."""
    connection.exec_driver_sql(f"DROP VIEW IF EXISTS {data_name(wave_id)}_labels")


def create_view(connection: sa.Connection, wave_id: int, codebook: Codebook) -> None:
    """Make the view data_w<id>_labels anew: titles as column names, labels instead of codes, 1 for a tick."""
    names = _Names()
    shown = [f"response_id AS {names.add('response_id')}"]
    for question in codebook.questions:
        shown.extend(_shown(question, names))
    drop_view(connection, wave_id)
    # Written out: as an expression it takes a fifth of the time of storing a small wave. Nothing of what people wrote
    # is in it but names, quoted as identifiers; a view cannot have parameters.
    name = data_name(wave_id)
    connection.exec_driver_sql(f"CREATE VIEW {name}_labels AS SELECT {', '.join(shown)} FROM {name}")  # noqa: S608


def _shown(question: Question, names: _Names) -> Iterator[str]:
    """The columns of the view that show a question: of what stands in the codebook only quoted names."""
    codec = CellCodec(question, no_rendering(question))
    columns = [_quoted(column.name) for column in codec.columns(question.id)]
    if question.kind is Kind.MULTI:
        labels = {entry.code: entry.label for entry in question.choices}
        for code, column in zip(codec.codes, columns, strict=True):
            yield f"{column} AS {names.add(f'{question.title}: {labels[code]}')}"
    elif question.kind in (Kind.SINGLE, Kind.SCALE, Kind.TICK) and question.choices:
        chosen = f"question_id = {question.id:d} AND code = {columns[0]}"
        yield f"(SELECT label FROM {choice.name} WHERE {chosen}) AS {names.add(question.title)}"  # noqa: S608
    elif columns:
        yield f"{columns[0]} AS {names.add(question.title)}"


def no_rendering(question: Question) -> dict[str, Any]:
    """Columns do not depend on the rendering; this saves choosing one."""
    return {"texts": [], "sign": "", "form": "iso" if question.kind is Kind.DATE else "plain"}


class _Names:
    """Names for the columns of a view: one line, not too long, different even without regard to case."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def add(self, wanted: str) -> str:
        """`wanted` in quotes, with a number behind it if it was given before."""
        plain = "".join(sign if sign.isprintable() else " " for sign in wanted)
        base = " ".join(plain.split())[:_LONGEST_NAME] or "?"
        name, number = base, 1
        while name.casefold() in self._taken:
            number += 1
            name = f"{base} ({number})"
        self._taken.add(name.casefold())
        return _quoted(name)


def _quoted(name: str) -> str:
    """The name as an identifier of SQL."""
    return _DIALECT.identifier_preparer.quote_identifier(name)
