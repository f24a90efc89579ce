"""Connections to a workspace file: how SQLite is set up, for reading and for writing."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa

_BUSY_MS = 5000


def uri(path: Path, **parameters: str) -> str:
    """A file URI with SQLite's parameters, such as mode="ro"."""
    query = "&".join(f"{key}={value}" for key, value in parameters.items())
    return f"file:{quote(path.absolute().as_posix())}?{query}"


def connect(path: Path, *, mode: str = "rw") -> sqlite3.Connection:
    """A connection without any transaction of its own; `mode` "rwc" makes the file.

    "ro" falls back to reading the bare file where the folder allows no shared-memory file beside it (a disc, a
    folder without the right to write), unless there is a journal that would then be overlooked.
    """
    connection = sqlite3.connect(uri(path, mode=mode), uri=True, isolation_level=None, check_same_thread=False)
    if mode != "ro":
        return connection
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY) or has_journal(path):
            raise
        return sqlite3.connect(
            uri(path, mode="ro", immutable="1"), uri=True, isolation_level=None, check_same_thread=False
        )
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def connect_alone(path: Path) -> sqlite3.Connection:
    """A connection for reading by who holds the lock: leaves no journal files beside a workspace that had none."""
    if path.with_name(path.name + "-journal").exists():  # of another program that crashed: it must be rolled back
        return connect(path)
    if path.with_name(path.name + "-wal").exists():
        return connect(path, mode="ro")
    return sqlite3.connect(uri(path, mode="ro", immutable="1"), uri=True, isolation_level=None)


def has_journal(path: Path) -> bool:
    """Whether changes stand beside the file that are not in it yet."""
    return any(_size(path.with_name(path.name + suffix)) > 0 for suffix in ("-wal", "-journal"))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def make_engine(path: Path, *, read_only: bool) -> sa.Engine:
    """An engine whose connections have foreign keys on; every transaction begins where SQLAlchemy says so."""
    engine = sa.create_engine(
        "sqlite://",
        creator=_creator(path, read_only=read_only),
        poolclass=sa.pool.QueuePool,
        hide_parameters=True,  # an answer must not get into a log through an error's text
    )
    sa.event.listen(engine, "begin", _begin)
    return engine


def _creator(path: Path, *, read_only: bool) -> Callable[[], sqlite3.Connection]:
    def create() -> sqlite3.Connection:
        connection = connect(path, mode="ro" if read_only else "rw")
        try:
            _set_up(connection, read_only=read_only)
        except BaseException:
            connection.close()
            raise
        return connection

    return create


def _set_up(connection: sqlite3.Connection, *, read_only: bool) -> None:
    connection.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
    connection.execute("PRAGMA foreign_keys=ON")  # outside any transaction: inside it would do nothing
    if connection.execute("PRAGMA foreign_keys").fetchone() != (1,):
        raise RuntimeError("SQLite was built without foreign keys")
    if read_only:
        connection.execute("PRAGMA query_only=ON")
    else:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")


def _begin(connection: sa.Connection) -> None:
    connection.exec_driver_sql(str(connection.get_execution_options().get("begin", "BEGIN")))


def quick_check(path: Path, *, alone: bool = False) -> str:
    """ "" if the file is sound, else SQLite's first sentence about what is not. Raises OperationalError if in use.

    `alone` says that the lock is held.
    """
    try:
        connection = connect_alone(path) if alone else connect(path, mode="ro")
        try:
            found: list[Any] = connection.execute("PRAGMA quick_check(1)").fetchall()
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise
        return str(error)
    return "" if found == [("ok",)] else str(found[0][0])


def sweep(path: Path) -> None:
    """Take away the empty journal that readers left beside a workspace: who only reads makes it and may not remove it.

    The last connection that may write does so when it closes; beside another one nothing happens. A journal that holds
    changes stays.
    """
    if has_journal(path) or not path.with_name(path.name + "-wal").exists():
        return
    with contextlib.suppress(sqlite3.Error), contextlib.closing(connect(path)) as connection:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()


def settle(path: Path) -> None:
    """Bring everything into the one file and leave no journal beside it, so that it can be replaced or moved.

    The lock must be held. Raises sqlite3.DatabaseError if the file is damaged or in use.
    """
    connection = connect(path)
    try:
        connection.execute("PRAGMA journal_mode=DELETE")
    finally:
        connection.close()
