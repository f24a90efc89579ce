"""SQLite's failures that are the world's fault, in words."""

from __future__ import annotations

import sqlite3

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError


def explain(error: BaseException) -> UserError | None:
    """The sentence for a full disk, a read-only or locked file, a damaged one; None if it is a bug of ours."""
    code = getattr(error, "sqlite_errorcode", None)
    details = getattr(error, "sqlite_errorname", "") or type(error).__name__
    if code is None:
        return None
    match code & 0xFF:
        case sqlite3.SQLITE_FULL:
            title, what = _("There is no space left on the disk."), _("Free some space and try again.")
        case sqlite3.SQLITE_READONLY:
            title = _("The workspace file cannot be written.")
            what = _("Check its permissions, or copy it to a folder of yours and open the copy.")
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            title = _("Another program is writing to this workspace.")
            what = _("Close the other program and try again.")
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            title, what = _("The workspace file is damaged."), _("Close it and open it again to restore a backup.")
        case sqlite3.SQLITE_TOOBIG:
            title, what = _("A piece of this file is larger than 1 GB."), _("Split the file and import the parts.")
        case sqlite3.SQLITE_IOERR | sqlite3.SQLITE_CANTOPEN:
            title = _("The disk or folder of the workspace cannot be reached.")
            what = _("Check that the drive is connected and that you may write there, then try again.")
        case _:
            return None
    return UserError(title, _("%(what)s Nothing was changed.") % {"what": what}, details)
