"""The connections of an open workspace: many readers, one writer, every failure in words."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import sqlalchemy as sa

from surveyapp.base.clock import Clock
from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.store.fault import explain
from surveyapp.store.snapshot import in_words


class Connections:
    """Hands out connections. Writes run one after another; a read inside a transaction sees its writes.

    Readers are not held up by a writer (WAL) and see one state of the file from their first statement on.
    """

    def __init__(self, engine: sa.Engine, *, read_only: bool, clock: Clock) -> None:
        self.engine = engine
        self.read_only = read_only
        self.clock = clock
        self.changed = False
        """Whether anything was committed since the last backup."""
        self.taken_back = 0
        """Counts the transactions and savepoints that were taken back: what was read inside them never was."""
        self._writer = threading.RLock()
        self._here = threading.local()

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A connection for reading: this thread's transaction if there is one."""
        current = getattr(self._here, "connection", None)
        if current is not None:
            yield current
            return
        try:
            with self.engine.connect() as connection:
                yield connection
        except sa.exc.DBAPIError as error:
            _raise_explained(error)

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """BEGIN IMMEDIATE ... COMMIT; nested ones are savepoints. Any exception takes the whole block back.

        Raises UserError when the disk is full, the file read-only or another program holds it.
        """
        if self.read_only:
            raise UserError(
                _("This workspace is open for reading only."),
                _("Close it where else it is open, or copy the file to a folder of yours, then open it again."),
            )
        with self._writer:
            current = getattr(self._here, "connection", None)
            try:
                if current is not None:
                    yield from _nested(current)
                else:
                    yield from self._outermost()
            except BaseException as error:
                self.taken_back += 1
                if isinstance(error, sa.exc.DBAPIError):
                    _raise_explained(error)
                raise

    def compact(self) -> None:
        """Write the file anew without what was deleted, and leave nothing of it in the journal either.

        Raises UserError if there is no space, the file is read-only, or another program reads it.
        """
        with self.write():
            pass  # whether it may be written at all
        with self._writer, in_words():
            connection = self.engine.raw_connection()
            try:
                cursor = connection.cursor()
                cursor.execute("VACUUM")
                busy, *_pages = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                cursor.close()
            finally:
                connection.close()
        if busy:
            raise UserError(
                _("Another program reads this workspace: what was deleted is not out of its journal yet."),
                _("Close it there, then do the same again."),
            )

    def _outermost(self) -> Iterator[sa.Connection]:
        with self.engine.connect().execution_options(begin="BEGIN IMMEDIATE") as connection, connection.begin():
            before = _total_changes(connection)
            self._here.connection = connection
            try:
                yield connection
            finally:
                self._here.connection = None
            if not _in_transaction(connection):  # somebody went on after the disk was full
                raise RuntimeError("SQLite has taken the transaction back")
            changed = _total_changes(connection) != before
        self.changed = self.changed or changed


def _nested(connection: sa.Connection) -> Iterator[sa.Connection]:
    """A savepoint. On a full disk SQLite takes the whole transaction back, and the savepoint with it."""
    savepoint = connection.begin_nested()
    try:
        yield connection
    except BaseException:
        if _in_transaction(connection):
            savepoint.rollback()
        raise
    savepoint.commit()


def _in_transaction(connection: sa.Connection) -> bool:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver.in_transaction


def _total_changes(connection: sa.Connection) -> int:
    return int(connection.exec_driver_sql("SELECT total_changes()").scalar_one())


def _raise_explained(error: sa.exc.DBAPIError) -> NoReturn:
    explained = explain(error.orig) if error.orig is not None else None
    if explained is None:
        raise error
    raise explained from error
