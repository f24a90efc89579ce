"""What can come of opening a workspace; opening never raises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from surveyapp.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class LockHolder:
    """Who holds a workspace: process, computer, and since when (None if the lock file does not tell)."""

    pid: int
    host: str
    since: datetime | None


class Reason(StrEnum):
    """Why a file cannot be reached."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    READ_ONLY_PLACE = "read_only_place"
    IS_FOLDER = "is_folder"


@dataclass(frozen=True, slots=True)
class Opened:
    """The workspace is open; close the store when done."""

    store: Store


@dataclass(frozen=True, slots=True)
class NeedsUpgrade:
    """An older revision: upgrade_workspace first. The copy it makes before goes to `backup_dir`."""

    path: Path
    revision: str
    backup_dir: Path


@dataclass(frozen=True, slots=True)
class TooNew:
    """Written by a later program of version `written_by` ("" if the file does not tell)."""

    path: Path
    written_by: str


@dataclass(frozen=True, slots=True)
class Locked:
    """Another window or command has it open for writing; it can still be opened read-only."""

    path: Path
    by: LockHolder


@dataclass(frozen=True, slots=True)
class Damaged:
    """The content is broken; nothing was touched. `reason` is SQLite's first sentence about it."""

    path: Path
    newest_good_backup: Path | None
    reason: str


@dataclass(frozen=True, slots=True)
class NotOurs:
    """Not a workspace; `looks_like` says in words what it seems to be."""

    path: Path
    looks_like: str


@dataclass(frozen=True, slots=True)
class Unreachable:
    """There is nothing to open, or no right to."""

    path: Path
    reason: Reason


OpenResult = Opened | NeedsUpgrade | TooNew | Locked | Damaged | NotOurs | Unreachable
