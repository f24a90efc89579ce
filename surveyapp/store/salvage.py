"""Reading what can still be read of a damaged workspace."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.store import schema
from surveyapp.store.connecting import connect, connect_alone
from surveyapp.store.record import Salvage
from surveyapp.store.snapshot import in_words

_DATA = re.compile(r"data_w(\d+)")
_CHUNK = 1000
_LONGEST_STEP = 4096


def salvage(path: Path, target: Path) -> Salvage:
    """Copy every readable row of `path`, which is not touched, into a new workspace at `target`.

    Cells that belong to lost rows are left out. Raises UserError if `target` exists or cannot be written, or if not
    even the list of tables can be read (then only a backup helps).
    """
    if target.exists():
        raise UserError(_("“%(file)s” exists already.") % {"file": target.name}, _("Choose another name."))
    draft = target.with_name(target.name + ".partial")
    with in_words():
        try:
            draft.unlink(missing_ok=True)
            with closing(_connect_damaged(path)) as old, closing(connect(draft, mode="rwc")) as new:
                new.execute("BEGIN")
                found = _copy_all(old, new)
                new.execute("COMMIT")
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    return found


def _connect_damaged(path: Path) -> sqlite3.Connection:
    connection = connect_alone(path)
    connection.text_factory = lambda raw: raw.decode("utf-8", errors="replace")
    return connection


def _copy_all(old: sqlite3.Connection, new: sqlite3.Connection) -> Salvage:
    tables, others = _definitions(old)
    new.execute(f"PRAGMA application_id={schema.APPLICATION_ID}")
    new.execute(f"PRAGMA user_version={schema.FORMAT_MAJOR}")
    for sql in tables.values():
        new.execute(sql)
    rows, lost = {}, []
    for name in tables:
        copied, whole = _copy_table(old, new, name)
        rows[name] = copied
        if not whole:
            lost.append(name)
    for sql in others:
        new.execute(sql)
    _drop_orphans(new, tables)
    return Salvage(rows=rows, lost=tuple(lost))


def _definitions(old: sqlite3.Connection) -> tuple[dict[str, str], list[str]]:
    """CREATE TABLE by name, parents before children as they were made, and the indexes and views."""
    query = "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
    try:
        found = old.execute(query).fetchall()
    except sqlite3.DatabaseError as error:
        raise UserError(
            _("Nothing of this file can be read."), _("Restore a backup instead."), error.sqlite_errorname
        ) from error
    tables = {name: sql for kind, name, sql in found if kind == "table"}
    return tables, [sql for kind, _name, sql in found if kind != "table"]


def _copy_table(old: sqlite3.Connection, new: sqlite3.Connection, name: str) -> tuple[int, bool]:
    """Copies from both ends of the key towards the damage, then looks for islands; how many rows, and if all."""
    info = new.execute(f"PRAGMA table_info({name})").fetchall()
    key = [column[1] for column in sorted(info, key=lambda column: int(column[5])) if column[5]]
    table = sa.table(name, *(sa.column(column[1]) for column in info))
    insert = str(sa.insert(table).prefix_with("OR IGNORE").compile(dialect=sqlite.dialect()))
    whole = _copy_rows(old, new, insert, sa.select(table).order_by(*(table.c[part] for part in key)))
    if not whole:
        _copy_rows(old, new, insert, sa.select(table).order_by(*(table.c[part].desc() for part in key)))
        if len(key) == 1 and any(column[1] == key[0] and column[2] == "INTEGER" for column in info):
            _copy_islands(old, new, insert, table, key[0])
    return new.execute(str(sa.select(sa.func.count()).select_from(table))).fetchone()[0], whole


def _copy_rows(old: sqlite3.Connection, new: sqlite3.Connection, insert: str, query: sa.Select[Any]) -> bool:
    """Copy until the first unreadable row; whether there was none."""
    compiled = str(query.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))
    rows = _readable(old, compiled)
    whole = False
    while chunk := [row for _n, row in zip(range(_CHUNK), rows, strict=False)]:
        whole = chunk[-1] is _END
        new.executemany(insert, [row for row in chunk if row is not _END])
        if whole:
            break
    return whole


_END: Sequence[Any] = ()


def _readable(old: sqlite3.Connection, query: str) -> Iterator[Sequence[Any]]:
    """The rows up to the damage; _END comes last if there was no damage."""
    try:
        yield from old.execute(query)
    except sqlite3.DatabaseError:
        return
    yield _END


def _copy_islands(old: sqlite3.Connection, new: sqlite3.Connection, insert: str, table: Any, key: str) -> None:
    """Between two damaged places: jump forward by growing steps until something can be read again."""
    column = table.c[key]
    ids = [row[0] for row in new.execute(str(sa.select(column).order_by(column)))]
    gaps = [(low, high) for low, high in pairwise(ids) if high - low > 1]
    if not gaps:
        return
    low, high = max(gaps, key=lambda gap: gap[1] - gap[0])
    step = 1
    while low < high:
        query = sa.select(table).where(column > low, column < high).order_by(column)
        before = new.total_changes
        if _copy_rows(old, new, insert, query):
            return
        if new.total_changes > before:
            newest = sa.select(sa.func.max(column)).where(column < high)
            low = new.execute(str(newest.compile(compile_kwargs={"literal_binds": True}))).fetchone()[0]
            step = 1
        low, step = low + step, min(step * 2, _LONGEST_STEP)


def _drop_orphans(new: sqlite3.Connection, tables: dict[str, str]) -> None:
    """Delete rows whose parent was lost, parents first, and cells of responses that were lost."""
    for _round in range(3):  # wave, then question, then cells
        for name in tables:
            for link in new.execute(f"PRAGMA foreign_key_list({name})").fetchall():
                parent, child_column, parent_column = link[2], link[3], link[4] or "id"
                child = sa.table(name, sa.column(child_column))
                known = sa.select(sa.table(parent, sa.column(parent_column)).c[parent_column])
                lost = sa.and_(child.c[child_column].is_not(None), child.c[child_column].not_in(known))
                if link[6] == "SET NULL":
                    new.execute(str(sa.update(child).values({child_column: sa.null()}).where(lost)))
                else:
                    new.execute(str(sa.delete(child).where(lost)))
    for name in tables:
        match = _DATA.fullmatch(name)
        if match:
            _drop_cells_without_response(new, name, int(match[1]))


def _drop_cells_without_response(new: sqlite3.Connection, name: str, wave_id: int) -> None:
    responses = sa.select(sa.table(name, sa.column("response_id")).c.response_id)
    questions = sa.select(schema.question.c.id).where(schema.question.c.wave_id == wave_id)
    for table in (schema.cell_raw, schema.write_in):
        statement = sa.delete(table).where(table.c.question_id.in_(questions), table.c.response_id.not_in(responses))
        compiled = statement.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
        new.execute(str(compiled))
