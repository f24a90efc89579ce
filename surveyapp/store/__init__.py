"""The workspace: one SQLite file, its tables, its repositories, its opening, upgrading, locking and backups."""

from surveyapp.store.backup import backup_dir, backups, make_backup, restore_backup
from surveyapp.store.opening import create_workspace, open_workspace
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
from surveyapp.store.place import store_warning
from surveyapp.store.record import Backup, CellEdit, Document, ProblemStatus, QuestionLink, Salvage, StoredProblem
from surveyapp.store.salvage import salvage
from surveyapp.store.store import Store
from surveyapp.store.upgrade import create_first_revision, upgrade_workspace

__all__ = [
    "Backup",
    "CellEdit",
    "Damaged",
    "Document",
    "LockHolder",
    "Locked",
    "NeedsUpgrade",
    "NotOurs",
    "OpenResult",
    "Opened",
    "ProblemStatus",
    "QuestionLink",
    "Reason",
    "Salvage",
    "Store",
    "StoredProblem",
    "TooNew",
    "Unreachable",
    "backup_dir",
    "backups",
    "create_first_revision",
    "create_workspace",
    "make_backup",
    "open_workspace",
    "restore_backup",
    "salvage",
    "store_warning",
    "upgrade_workspace",
]
