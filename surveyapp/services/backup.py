"""Backups of a workspace, as the window and the command line use them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from surveyapp.base.clock import Clock
from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.errors import UserError
from surveyapp.services.session import Session
from surveyapp.store import backups, make_backup, restore_backup, salvage


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupLine:
    """One backup: where it lies, when it was made (with zone), its bytes, and whether it is kept for good."""

    path: Path
    at: datetime
    size: int
    kept: bool


def list_backups(path: Path) -> list[BackupLine]:
    """The backups of the workspace at `path`, newest first."""
    return [BackupLine(path=item.path, at=item.at, size=item.size, kept=item.kept) for item in backups(path)]


def back_up(session: Session) -> BackupLine:
    """Make a backup now. Raises UserError if it cannot be written."""
    made = make_backup(session.store, kept=True)
    return BackupLine(path=made.path, at=made.at, size=made.size, kept=made.kept)


def restore(path: Path, backup: Path | None, *, clock: Clock) -> None:
    """Put `backup` (None: the newest) in the place of a workspace that is not open; the present file is kept.

    Raises UserError if there is no such backup.
    """
    for item in backups(path):
        if backup is None or item.path == backup:
            restore_backup(path, item, clock=clock)
            return
    raise UserError(
        _("This backup is no longer there."), _("Nothing was changed. Look into the folder of the backups.")
    )


def salvage_copy(path: Path) -> Path:
    """Save what can be read of a damaged workspace into a new file beside it; returns the new file."""
    return salvage_with_words(path)[0]


def salvage_with_words(path: Path) -> tuple[Path, str]:
    """The same, with a sentence about what was saved and whether anything was lost."""
    number, target = 2, path.with_name(f"{path.stem} saved{path.suffix}")
    while target.exists():
        target = path.with_name(f"{path.stem} saved {number}{path.suffix}")
        number += 1
    found = salvage(path, target)
    n_people = sum(rows for table, rows in found.rows.items() if table.startswith("data_w"))
    people = ngettext("The answers of %(n)s person", "The answers of %(n)s people", n_people) % {
        "n": fmt_count(n_people)
    }
    if found.lost:
        n_lost = len(found.lost)
        lost = ngettext("%(n)s table has lost rows", "%(n)s tables have lost rows", n_lost) % {"n": n_lost}
        return target, _("%(people)s were saved into %(file)s; %(lost)s.") % {
            "people": people,
            "file": target.name,
            "lost": lost,
        }
    return target, _("%(people)s were saved into %(file)s. Nothing was lost.") % {"people": people, "file": target.name}
