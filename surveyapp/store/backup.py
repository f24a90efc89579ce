"""Backups of a workspace, in `<file>.backups` beside it, thinned as they grow old."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from surveyapp.base.clock import Clock
from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.store.connecting import quick_check, settle
from surveyapp.store.lock import held_lock
from surveyapp.store.record import Backup
from surveyapp.store.snapshot import in_words, snapshot
from surveyapp.store.store import Store

_NAME = re.compile(r"(\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d)(?:_\d+)?(_kept)?\.sqlite")  # UTC
_TIME = "%Y-%m-%d_%H-%M-%S"
_NEWEST = 3
_PERIODS = (("%Y-%m-%d", 7), ("%G-%V", 5), ("%Y-%m", 12))  # a copy of each of so many days, weeks, months


def backup_dir(path: Path) -> Path:
    """The folder of a workspace's backups; made with the first one."""
    return path.with_name(path.name + ".backups")


def backups(path: Path) -> list[Backup]:
    """The backups of a workspace, newest first. Whether they are sound is not looked at."""
    found = []
    for file in _files(backup_dir(path)):
        match = _NAME.fullmatch(file.name)
        if match:
            at = datetime.strptime(match[1], _TIME).replace(tzinfo=UTC)
            found.append(Backup(path=file, at=at, size=file.stat().st_size, kept=bool(match[2])))
    return sorted(found, key=lambda backup: (backup.at, len(backup.path.name), backup.path.name), reverse=True)


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def newest_good_backup(path: Path) -> Path | None:
    """The newest backup that is sound."""
    return next((backup.path for backup in backups(path) if _is_sound(backup.path)), None)


def _is_sound(path: Path) -> bool:
    try:
        return quick_check(path) == ""
    except sqlite3.Error:  # it cannot be read at all
        return False


def make_backup(store: Store, *, kept: bool = False) -> Backup:
    """Copy the open workspace as it is now, then thin the older backups. A kept one is never thinned.

    Raises UserError if it cannot be written or the copy is not sound; no earlier backup is touched then.
    """
    before, store.connections.changed = store.connections.changed, False  # what is written meanwhile is not in it
    try:
        return back_up_file(store.path, at=store.connections.clock(), kept=kept)
    except BaseException:
        store.connections.changed |= before
        raise


def back_up_file(path: Path, *, at: datetime, kept: bool, alone: bool = False) -> Backup:
    """The same for a file that need not be open; `alone` says that its lock is held."""
    target = _free_name(path, at=at, suffix="_kept.sqlite" if kept else ".sqlite")
    snapshot(path, target, alone=alone)
    for old in superfluous(backups(path)):
        old.path.unlink(missing_ok=True)
    return Backup(path=target, at=at.astimezone(UTC).replace(microsecond=0), size=target.stat().st_size, kept=kept)


def _free_name(path: Path, *, at: datetime, suffix: str) -> Path:
    folder = backup_dir(path)
    with in_words():
        folder.mkdir(exist_ok=True)
    stem = at.astimezone(UTC).strftime(_TIME)
    taken = [0]
    for file in _files(folder):
        match = re.match(re.escape(stem) + r"(?:_(\d+))?(?:_kept)?\.(?:sqlite|damaged)", file.name)
        if match:
            taken.append(int(match[1] or 1))
    number = max(taken) + 1  # beyond all of this second, also where thinning has freed a name: the order tells the age
    return folder / (stem + (f"_{number}" if number > 1 else "") + suffix)


def superfluous(found: Sequence[Backup]) -> list[Backup]:
    """Those that thinning removes: not kept, not among the newest, not the newest of a recent day, week or month."""
    newest_first = sorted((backup for backup in found if not backup.kept), key=lambda backup: backup.at, reverse=True)
    wanted = {backup.path for backup in newest_first[:_NEWEST]}
    for form, count in _PERIODS:
        periods: dict[str, Path] = {}
        for backup in newest_first:
            periods.setdefault(backup.at.strftime(form), backup.path)
        wanted.update(list(periods.values())[:count])
    return [backup for backup in newest_first if backup.path not in wanted]


def restore_backup(path: Path, backup: Backup, *, clock: Clock) -> None:
    """Put a backup in the place of a workspace that is not open; what was there is kept among the backups.

    A damaged workspace is kept byte by byte under a name ending in ".damaged". Raises UserError, and changes
    nothing, if the workspace is open somewhere or the backup is not sound.
    """
    with held_lock(path, clock()), in_words():
        if not _is_sound(backup.path):
            raise UserError(_("This backup is damaged."), _("Choose an older one. Nothing was changed."))
        draft = path.with_name(path.name + ".restoring")
        snapshot(backup.path, draft)
        try:
            if path.exists():
                _put_aside(path, at=clock())
            for left_over in journals(path):  # a journal beside the new file would bring the old rows back
                left_over.unlink(missing_ok=True)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)


def _put_aside(path: Path, *, at: datetime) -> None:
    """Keep what is in the place now, and fold its journal into it if it is sound."""
    if quick_check(path, alone=True) == "":
        back_up_file(path, at=at, kept=True, alone=True)
        settle(path)
        return
    target = _free_name(path, at=at, suffix=".damaged")
    shutil.copy2(path, target)
    for journal in journals(path):
        if journal.exists():
            shutil.copy2(journal, target.with_name(target.name + journal.name.removeprefix(path.name)))


def journals(path: Path) -> Iterator[Path]:
    """The files that SQLite may leave beside a workspace."""
    return (path.with_name(path.name + suffix) for suffix in ("-wal", "-shm", "-journal"))
