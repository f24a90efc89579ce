"""Open, make and mend workspace files. What can come of opening is told apart; only an opened one has a session."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import tzinfo
from pathlib import Path

from surveyapp.base.clock import Clock
from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.services.session import Session
from surveyapp.store import (
    Damaged,
    Locked,
    NeedsUpgrade,
    NotOurs,
    Opened,
    Reason,
    TooNew,
    Unreachable,
    create_workspace,
    open_workspace,
    store_warning,
    upgrade_workspace,
)

__all__ = [
    "Damaged",
    "Locked",
    "NeedsUpgrade",
    "NotOpened",
    "NotOurs",
    "Reason",
    "TooNew",
    "Unreachable",
    "create_session",
    "discard_new",
    "new_session",
    "not_opened_error",
    "open_session",
    "require_session",
    "upgrade",
    "warning",
]


NotOpened = NeedsUpgrade | TooNew | Locked | Damaged | NotOurs | Unreachable


def open_session(path: Path, *, clock: Clock, read_only: bool = False) -> Session | NotOpened:
    """A session, or what stands in the way. Never raises for the state of the file."""
    outcome = open_workspace(path, clock=clock, read_only=read_only)
    if isinstance(outcome, Opened):
        return Session(outcome.store, clock=clock)
    return outcome


def create_session(path: Path, *, name: str, clock: Clock, me: str = "") -> Session:
    """A new, empty workspace. Raises UserError if the file exists or cannot be made.

    Nobody is "me" until the person says so in Settings: the name the computer knows would end up in reports.
    """
    return Session(create_workspace(path, name=name, me=me, clock=clock), clock=clock)


def discard_new(session: Session) -> None:
    """Close a workspace that was only just made and leave nothing of it: its first import failed."""
    session.store.close(backup=False)
    for suffix in ("", "-wal", "-shm", "-journal"):
        session.path.with_name(session.path.name + suffix).unlink(missing_ok=True)


@contextmanager
def new_session(path: Path, *, name: str, clock: Clock) -> Iterator[Session]:
    """A new workspace that is closed at the end, and of which nothing is left if its first work fails."""
    session = create_session(path, name=name, clock=clock)
    try:
        yield session
    except BaseException:
        discard_new(session)
        raise
    session.close()


def require_session(path: Path, *, clock: Clock, read_only: bool = False) -> Session:
    """A session, or a UserError with the sentence of what stands in the way (for the command line)."""
    outcome = open_session(path, clock=clock, read_only=read_only)
    if isinstance(outcome, Session):
        return outcome
    raise not_opened_error(outcome)


def not_opened_error(outcome: NotOpened, *, zone: tzinfo | None = None) -> UserError:
    """The two sentences for a file that did not open; times in `zone` (None: that of the computer)."""
    name = outcome.path.name
    match outcome:
        case NeedsUpgrade():
            return UserError(
                _("%(name)s was made by an earlier version.") % {"name": name},
                _("Open it in the window, or run `surveyapp check --upgrade`: a copy is kept, then it is upgraded."),
            )
        case TooNew(written_by=version):
            return UserError(
                _("%(name)s was made by a newer version (%(version)s).") % {"name": name, "version": version or "?"},
                _("Update the program to open it; nothing was changed."),
            )
        case Locked(by=holder):
            since = holder.since.astimezone(zone).strftime("%H:%M") if holder.since else "?"
            return UserError(
                _("Another copy of the program has %(name)s open (since %(since)s).") % {"name": name, "since": since},
                _("Close it there, or open the file read-only."),
                f"pid {holder.pid}, {holder.host}",
            )
        case Damaged(newest_good_backup=backup):
            advice = (
                _("A good backup exists: %(backup)s. Restore it; the damaged file will be kept beside it.")
                % {"backup": backup.name}
                if backup
                else _("There is no good backup. What can be read can be saved into a new file.")
            )
            return UserError(_("%(name)s is damaged.") % {"name": name}, advice, outcome.reason)
        case NotOurs(looks_like=kind):
            return UserError(
                _("%(name)s is not a workspace: it looks like %(kind)s.") % {"name": name, "kind": kind},
                _("To read a census file, import it into a workspace."),
            )
        case Unreachable(reason=reason):
            return UserError(_("%(name)s cannot be opened.") % {"name": name}, _unreachable_words(reason))


def _unreachable_words(reason: Reason) -> str:
    return {
        Reason.MISSING: _("There is no such file. Was it moved or renamed?"),
        Reason.UNREADABLE: _("You have no permission to read it."),
        Reason.READ_ONLY_PLACE: _("Nothing can be written there. Copy it to a folder of yours, or open it read-only."),
        Reason.IS_FOLDER: _("It is a folder."),
    }[reason]


def upgrade(path: Path, *, clock: Clock) -> None:
    """Upgrade a file of an earlier version by copy and swap; the earlier file is kept as a backup."""
    upgrade_workspace(path, clock=clock)


def warning(path: Path) -> str | None:
    """A sentence if the file lies where two computers may write it at once."""
    return store_warning(path)
