"""Backups of a workspace."""

from __future__ import annotations

from pathlib import Path

from surveyapp.base.clock import Clock
from surveyapp.store.record import Backup
from surveyapp.store.store import Store


def backups(path: Path) -> list[Backup]:
    """The backups of a workspace, newest first."""
    raise NotImplementedError


def make_backup(store: Store, *, kept: bool = False) -> Backup:
    """Copy the open workspace as it is now. Raises UserError if it cannot be written or the copy is not sound."""
    raise NotImplementedError


def restore_backup(path: Path, backup: Backup, *, clock: Clock) -> None:
    """Put a backup in the place of a workspace that is not open; what was there is kept as a backup."""
    raise NotImplementedError
