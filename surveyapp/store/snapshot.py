"""A sound copy of a workspace file, whatever is being written to it meanwhile."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.store.connecting import connect, connect_alone, quick_check
from surveyapp.store.fault import explain


def snapshot(source: Path, target: Path, *, alone: bool = False) -> None:
    """Copy a workspace, open or not, to `target`, which must not be open: nothing half-made ever has its name.

    Copying the file would leave out what stands in its journal. Raises UserError if there is no space, no right to
    write, or the copy is not sound; then `target` is as it was. `alone` says that the lock of `source` is held.
    """
    partial = target.with_name(target.name + ".partial")
    with in_words(), _removed_at_the_end(partial):
        reader = connect_alone(source) if alone else connect(source, mode="ro")
        with closing(reader) as old, closing(connect(partial, mode="rwc")) as new:
            old.backup(new)
            new.execute("PRAGMA journal_mode=DELETE")
        broken = quick_check(partial)
        if broken:
            raise UserError(_("The copy of the workspace is not sound."), _("Nothing was changed."), broken)
        partial.replace(target)


@contextmanager
def _removed_at_the_end(partial: Path) -> Iterator[None]:
    partial.unlink(missing_ok=True)  # of a process that was killed
    try:
        yield
    finally:
        for suffix in ("", "-journal"):
            partial.with_name(partial.name + suffix).unlink(missing_ok=True)


@contextmanager
def in_words() -> Iterator[None]:
    """Turn what the disk and SQLite say into UserError."""
    try:
        yield
    except sqlite3.Error as error:
        explained = explain(error)
        if explained is None:
            raise
        raise explained from error
    except OSError as error:
        raise UserError(
            _("“%(file)s” cannot be written.") % {"file": os.path.basename(error.filename or "")},  # noqa: PTH119
            _("Check the free space and your rights in this folder. Nothing was changed."),
            str(error.strerror),
        ) from error
