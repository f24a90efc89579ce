"""Opening and creating workspaces. Alembic is not needed for either."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from surveyapp.base.clock import Clock
from surveyapp.base.i18n import _
from surveyapp.base.version import program_version
from surveyapp.domain.errors import UserError
from surveyapp.store import schema
from surveyapp.store.backup import backup_dir, backups, newest_good_backup
from surveyapp.store.connecting import connect, connect_alone, has_journal, make_engine, quick_check, sweep
from surveyapp.store.connection import Connections
from surveyapp.store.header import looks_like, read_header
from surveyapp.store.lock import FileLock
from surveyapp.store.outcome import (
    Damaged,
    Locked,
    LockHolder,
    NeedsUpgrade,
    NotOurs,
    Opened,
    OpenResult,
    Reason,
    TooNew,
    Unreachable,
)
from surveyapp.store.snapshot import in_words
from surveyapp.store.store import Store

Refusal = NeedsUpgrade | TooNew | Locked | Damaged | NotOurs | Unreachable


def open_workspace(path: Path, *, clock: Clock, read_only: bool = False) -> OpenResult:
    """Open a workspace; every way it can go wrong is a result, none an exception.

    With `read_only` no lock is taken: it can be read beside a running window and in a folder without the right to
    write. Nothing in the file is changed before it is known to be ours, sound and of this revision.
    """
    refusal = _look_from_outside(path, read_only=read_only)
    if refusal is not None:
        return refusal
    lock = None if read_only else FileLock(path)
    try:
        holder = lock.acquire(clock()) if lock else None
    except OSError:
        return Unreachable(path, Reason.READ_ONLY_PLACE)
    if holder is not None:
        return Locked(path, holder)
    result: OpenResult | None = None
    try:
        result = _look_inside(path, alone=lock is not None) or _open(path, lock, clock=clock)
    except sqlite3.DatabaseError as error:
        result = _refusal_of(path, error)
    finally:
        if lock and not isinstance(result, Opened):
            lock.release()
        if read_only and not isinstance(result, Opened):
            sweep(path)
    return result


def _look_from_outside(path: Path, *, read_only: bool) -> Refusal | None:
    """What can be told without SQLite."""
    try:
        if path.is_dir():
            return Unreachable(path, Reason.IS_FOLDER)
        header = read_header(path)
    except FileNotFoundError:
        return Unreachable(path, Reason.MISSING)
    except OSError:
        return Unreachable(path, Reason.UNREADABLE)
    if not header.is_sqlite and backups(path):  # it was a workspace once
        return Damaged(path, newest_good_backup(path), _("The beginning of the file is overwritten."))
    if not header.is_sqlite or header.application_id != schema.APPLICATION_ID:
        return NotOurs(path, looks_like(path, header))
    writable = os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)
    if not writable and (not read_only or (has_journal(path) and not _has_shared_memory(path))):
        return Unreachable(path, Reason.READ_ONLY_PLACE)
    return None


def _has_shared_memory(path: Path) -> bool:
    return path.with_name(path.name + "-shm").exists()


def _look_inside(path: Path, *, alone: bool) -> Refusal | None:
    """Whether the content is sound and of a revision that this program knows."""
    broken = quick_check(path, alone=alone)
    if broken:
        return Damaged(path, newest_good_backup(path), broken)
    try:
        with closing(connect_alone(path) if alone else connect(path, mode="ro")) as connection:
            (major,) = connection.execute("PRAGMA user_version").fetchone()
            (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone() or ("",)
            written_by = _written_by(connection)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
            raise
        return Damaged(path, newest_good_backup(path), _("The table of the revision is missing."))
    if major > schema.FORMAT_MAJOR or revision not in schema.REVISIONS:
        return TooNew(path, written_by)
    if revision != schema.REVISIONS[-1]:
        return NeedsUpgrade(path, revision, backup_dir(path))
    return None


def _written_by(connection: sqlite3.Connection) -> str:
    try:
        row = connection.execute("SELECT value FROM meta WHERE key = 'written_by'").fetchone()
    except sqlite3.OperationalError:  # a later format may keep it elsewhere
        return ""
    return str(row[0]) if row else ""


def _refusal_of(path: Path, error: sqlite3.DatabaseError) -> Refusal:
    match error.sqlite_errorcode & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:  # another program than ours holds it
            return Locked(path, LockHolder(pid=0, host="", since=None))
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return Damaged(path, newest_good_backup(path), str(error))
        case sqlite3.SQLITE_READONLY:
            return Unreachable(path, Reason.READ_ONLY_PLACE)
        case _:
            return Unreachable(path, Reason.UNREADABLE)


def _open(path: Path, lock: FileLock | None, *, clock: Clock) -> Opened:
    engine = make_engine(path, read_only=lock is None)
    try:
        with engine.connect() as connection:
            connection.execute(sa.select(sa.func.count()).select_from(schema.meta))
    except sa.exc.DBAPIError as error:
        engine.dispose()
        raise error.orig if isinstance(error.orig, sqlite3.DatabaseError) else error from None
    return Opened(Store(path, Connections(engine, read_only=lock is None, clock=clock), lock))


def create_workspace(path: Path, *, name: str, me: str, clock: Clock) -> Store:
    """A new, empty workspace, open for writing. Raises UserError if the file exists or cannot be made."""
    draft = path.with_name(path.name + ".partial")
    with in_words():
        _check_free(path)
        try:
            draft.unlink(missing_ok=True)
            _build(draft, name=name, me=me, at=clock())
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    opened = open_workspace(path, clock=clock)
    if not isinstance(opened, Opened):
        raise UserError(_("The new workspace cannot be opened."), _("Choose another folder."), type(opened).__name__)
    return opened.store


def _check_free(path: Path) -> None:
    if path.exists():
        raise UserError(
            _("“%(file)s” exists already.") % {"file": path.name}, _("Open it, or choose another name for the new one.")
        )
    if not path.absolute().parent.is_dir():
        raise UserError(_("The folder for “%(file)s” does not exist.") % {"file": path.name}, _("Choose another one."))


def _build(path: Path, *, name: str, me: str, at: datetime) -> None:
    """The schema at its newest revision, as the migrations would make it."""
    engine = sa.create_engine(
        "sqlite://", creator=lambda: connect(path, mode="rwc"), poolclass=sa.pool.StaticPool, hide_parameters=True
    )
    facts = {
        "name": name,
        "me": me,
        "created_at": at.isoformat(),
        "created_by": program_version(),
        "written_by": program_version(),
    }
    version = sa.Table("alembic_version", sa.MetaData(), schema.revision_column())
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"PRAGMA application_id={schema.APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version={schema.FORMAT_MAJOR}")
            schema.metadata.create_all(connection)
            version.create(connection)
            connection.execute(sa.insert(version).values(version_num=schema.REVISIONS[-1]))
            connection.execute(sa.insert(schema.meta), [{"key": key, "value": value} for key, value in facts.items()])
    except sa.exc.DBAPIError as error:
        raise error.orig if isinstance(error.orig, sqlite3.Error) else error from None
    finally:
        engine.dispose()
