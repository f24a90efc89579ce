"""What a person can do about a workspace file that did not open."""

from __future__ import annotations

from enum import StrEnum

from surveyapp.services.workspace import NotOpened
from surveyapp.store import Damaged, Locked, NeedsUpgrade, NotOurs, Reason, Unreachable


class WayOut(StrEnum):
    """One button of the message."""

    UPGRADE = "upgrade"
    READ_ONLY = "read_only"
    RETRY = "retry"
    RESTORE = "restore"
    SALVAGE = "salvage"
    CHOOSE = "choose"
    PREVIEW = "preview"
    FOLDER = "folder"


def ways_out(outcome: NotOpened) -> tuple[WayOut, ...]:
    """The ways out, the recommended one first; empty where nothing can be done here."""
    match outcome:
        case NeedsUpgrade():
            return (WayOut.UPGRADE,)
        case Locked():
            return (WayOut.READ_ONLY, WayOut.RETRY)
        case Damaged(newest_good_backup=backup):
            return (WayOut.RESTORE if backup is not None else WayOut.SALVAGE, WayOut.FOLDER)
        case NotOurs():
            return (WayOut.PREVIEW,)
        case Unreachable(reason=Reason.MISSING):
            return (WayOut.CHOOSE,)
        case Unreachable(reason=Reason.READ_ONLY_PLACE):
            return (WayOut.READ_ONLY, WayOut.FOLDER)
        case _:
            return (WayOut.FOLDER,)
