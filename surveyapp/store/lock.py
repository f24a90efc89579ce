"""One writer per workspace: `<file>.lock`, freed by the system when its process ends, however it ends."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import socket
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.store.outcome import LockHolder

_NOBODY = LockHolder(pid=0, host="", since=None)
_BYTE = 1 << 30  # Windows locks are mandatory: lock a byte nobody reads


def lock_path(path: Path) -> Path:
    """The lock file of a workspace."""
    return path.with_name(path.name + ".lock")


class FileLock:
    """A lock that is held from acquire() to release(). Raises OSError where no lock file can be written."""

    def __init__(self, path: Path) -> None:
        self.path = lock_path(path)
        self._file: IO[str] | None = None

    def acquire(self, at: datetime) -> LockHolder | None:
        """None if the lock is ours now, else who has it."""
        while True:
            file = self.path.open("a+", encoding="utf-8")
            try:
                if not _try_lock(file):
                    holder = _read_holder(file)
                    file.close()
                    return holder
            except BaseException:
                file.close()
                raise
            if _is_current(file, self.path):
                break
            file.close()  # the holder before us removed it between our open and our lock
        file.seek(0)
        file.truncate()
        json.dump({"pid": os.getpid(), "host": socket.gethostname(), "since": at.isoformat()}, file)
        file.flush()
        self._file = file
        return None

    def release(self) -> None:
        """Let go; harmless when not held."""
        if self._file is None:
            return
        file, self._file = self._file, None
        if sys.platform == "win32":
            file.close()
            with contextlib.suppress(OSError):
                self.path.unlink()
        else:
            with contextlib.suppress(OSError):
                self.path.unlink()  # before the lock goes: see _is_current
            file.close()

    def __enter__(self) -> FileLock:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.release()


@contextlib.contextmanager
def held_lock(path: Path, at: datetime) -> Iterator[None]:
    """Hold the lock of a workspace. Raises UserError if another has it or no lock can be made there."""
    lock = FileLock(path)
    try:
        holder = lock.acquire(at)
    except OSError as error:
        raise UserError(
            _("The folder of the workspace cannot be written."),
            _("Check that the drive is connected and that you may write there."),
            str(error.strerror),
        ) from error
    if holder is not None:
        raise UserError(
            _("“%(file)s” is open elsewhere.") % {"file": path.name},
            _("Close it there first (process %(pid)s on %(host)s).") % {"pid": holder.pid, "host": holder.host or "?"},
        )
    with lock:
        yield


def _try_lock(file: IO[str]) -> bool:
    if sys.platform == "win32":
        import msvcrt

        file.seek(_BYTE)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
            return False
        if error.errno not in (errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS):
            raise
        # a file system without locks (some network folders): SQLite's own locking has to do
    return True


def _is_current(file: IO[str], path: Path) -> bool:
    try:
        mine, there = os.fstat(file.fileno()), path.stat()
    except OSError:
        return False
    return (mine.st_dev, mine.st_ino) == (there.st_dev, there.st_ino)


def _read_holder(file: IO[str]) -> LockHolder:
    try:
        file.seek(0)
        plain = json.loads(file.read())
        return LockHolder(pid=plain["pid"], host=plain["host"], since=datetime.fromisoformat(plain["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return _NOBODY  # caught between lock and first line
