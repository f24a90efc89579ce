"""surveyapp check --workspace W [--upgrade | --restore | --salvage | --rebuild | --changes | --undo [N] | --redo |
--purge]"""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from surveyapp.base.clock import system_clock
from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_people
from surveyapp.cli.console import Progress, add_json, add_workspace, put, put_json, reading, say, writing
from surveyapp.domain.change import Change
from surveyapp.domain.codec import to_plain
from surveyapp.domain.errors import UserError
from surveyapp.domain.wave import Wave
from surveyapp.services.backup import list_backups, restore, salvage_copy
from surveyapp.services.change_log import redo, undo
from surveyapp.services.codebook.stored import open_problems
from surveyapp.services.intake.rebuild import Rebuilt, check_rebuild
from surveyapp.services.purge import purge
from surveyapp.services.session import Session
from surveyapp.services.settings import SettingsStore
from surveyapp.services.workspace import (
    Damaged,
    Locked,
    NeedsUpgrade,
    NotOpened,
    NotOurs,
    Reason,
    TooNew,
    Unreachable,
    not_opened_error,
    open_session,
    upgrade,
    warning,
)

_STATES: dict[type[object], str] = {
    Session: "opened",
    NeedsUpgrade: "needs_upgrade",
    TooNew: "too_new",
    Locked: "locked",
    Damaged: "damaged",
    NotOurs: "not_ours",
    Unreachable: "unreachable",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `check`."""
    add_workspace(parser)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--upgrade", action="store_true", help=_("upgrade an earlier file; a copy is kept"))
    what.add_argument("--restore", action="store_true", help=_("put the newest good backup in its place; it is kept"))
    what.add_argument("--salvage", action="store_true", help=_("save what a damaged file still holds into a new one"))
    what.add_argument("--changes", action="store_true", help=_("list what was done to the workspace"))
    what.add_argument(
        "--undo",
        type=int,
        nargs="?",
        const=0,
        metavar="NUMBER",
        help=_("take back the newest change, or the one of that number in --changes with all that rest on it"),
    )
    what.add_argument(
        "--rebuild",
        action="store_true",
        help=_("make every wave anew from its kept file and its recipe, and compare; the status is 1 if one differs"),
    )
    what.add_argument("--redo", action="store_true", help=_("do again what was undone last"))
    what.add_argument(
        "--purge",
        action="store_true",
        help=_(
            "delete for good the waves and added files whose import was undone, and predictions and forecasts that "
            "were removed or undone; backups are not touched"
        ),
    )
    add_json(parser)
    parser.description = _(
        "Look whether a workspace is sound, and what in its waves asks for a look. A workspace that is open in a "
        "window, or lies where nothing can be written, is read all the same; the state is told."
    )
    parser.epilog = _("example: surveyapp check --workspace riverside.survey")


def run(args: argparse.Namespace) -> int:
    """Do what was asked for; without anything, say how the workspace is."""
    if args.changes:
        return _list_changes(args)
    if args.rebuild:
        return _rebuild(args)
    if args.undo is not None or args.redo:
        return _undo_or_redo(args)
    if args.purge:
        return _purge(args)
    if args.salvage:
        return _salvage(args.workspace)
    _mend(args)
    outcome = open_session(args.workspace, clock=system_clock)
    state, reason = _STATES[type(outcome)], ""
    if not isinstance(outcome, Session):
        reason = str(not_opened_error(outcome))
        readable = _read_only(outcome)
        if readable is None:
            if args.json:
                put_json({"state": state, "reason": reason, "backups": _backups(args.workspace)})
            raise not_opened_error(outcome)
        outcome = readable
        say(reason)
    try:
        if args.json:
            put_json({"state": state, "reason": reason, **_plain(outcome), "backups": _backups(args.workspace)})
        else:
            _tell(outcome)
    finally:
        outcome.close()
    caution = warning(args.workspace)
    if caution:
        say(caution)
    return 0


def _read_only(outcome: NotOpened) -> Session | None:
    """A workspace that only cannot be written, opened for reading."""
    in_the_way = isinstance(outcome, Locked) or (
        isinstance(outcome, Unreachable) and outcome.reason is Reason.READ_ONLY_PLACE
    )
    readable = open_session(outcome.path, clock=system_clock, read_only=True) if in_the_way else None
    return readable if isinstance(readable, Session) else None


def _mend(args: argparse.Namespace) -> None:
    if args.upgrade and isinstance(open_session(args.workspace, clock=system_clock, read_only=True), NeedsUpgrade):
        upgrade(args.workspace, clock=system_clock)
        say(_("Upgraded. A copy of the earlier file was kept."))
    if args.restore:
        outcome = open_session(args.workspace, clock=system_clock, read_only=True)
        backup = outcome.newest_good_backup if isinstance(outcome, Damaged) else None
        restore(args.workspace, backup, clock=system_clock)
        say(_("The backup is in place; the file that was there is kept among the backups."))


def _salvage(path: Path) -> int:
    if not path.is_file():
        raise UserError(_("There is no such file."), _("Was it moved or renamed?"))
    say(_("What could be read is in %(name)s.") % {"name": salvage_copy(path)})
    return 0


def _plain(session: Session) -> dict[str, Any]:
    return {
        "name": session.name,
        "waves": [
            {
                "wave": wave.name,
                "survey": wave.survey,
                "people": wave.n_responses,
                "questions": len(session.codebook(wave.id).questions),
                "source": wave.source_name,
                "source_sha256": wave.source_sha256,
                "flags": {flag.value: len(rows) for flag, rows in session.store.flags.get(wave.id).items()},
                "problems": [to_plain(item.problem) for item in open_problems(session, wave.id)],
            }
            for wave in session.waves()
        ],
    }


def _backups(path: Path) -> list[dict[str, Any]]:
    return [
        {"file": line.path.name, "at": line.at.isoformat(), "bytes": line.size, "kept": line.kept}
        for line in list_backups(path)
    ]


def _tell(session: Session) -> None:
    put(_("%(name)s is sound.") % {"name": session.path.name})
    for wave in session.waves():
        problems = open_problems(session, wave.id)
        n, k = len(session.codebook(wave.id).questions), len(problems)
        put(
            _("%(wave)s: %(people)s, %(questions)s, %(problems)s to look at")
            % {
                "wave": wave.title,
                "people": fmt_people(wave.n_responses),
                "questions": ngettext("%(n)s question", "%(n)s questions", n) % {"n": fmt_count(n)},
                "problems": ngettext("%(n)s thing", "%(n)s things", k) % {"n": fmt_count(k)},
            }
        )
        for item in problems:
            put(f"  {item.problem.title}")


def _rebuild(args: argparse.Namespace) -> int:
    """Nothing is changed: the waves are made anew in memory."""
    with reading(args.workspace) as session, Progress(_("Rebuilding")) as progress:
        made = [_rebuilt(session, wave, progress) for wave in session.waves()]
    if args.json:
        put_json([one if isinstance(one, dict) else _plain_rebuilt(one) for one in made])
    for one in [] if args.json else made:
        put(f"{one['wave']}: {one['reason']}" if isinstance(one, dict) else one.sentence())
        for difference in () if isinstance(one, dict) else one.differences:
            put(f"  {difference.sentence()}")
    if not made:
        say(_("There is no wave in this workspace yet."))
    return 0 if all(isinstance(one, Rebuilt) and one.identical for one in made) else 1


def _rebuilt(session: Session, wave: Wave, progress: Progress) -> Rebuilt | dict[str, Any]:
    """The comparison; why there is none, where the kept file is lost or cannot be read."""
    try:
        return check_rebuild(session, wave.id, report=progress)
    except UserError as error:
        return {"wave": wave.name, "identical": False, "reason": str(error)}


def _plain_rebuilt(made: Rebuilt) -> dict[str, Any]:
    return {
        "wave": made.wave.name,
        "rows": made.n_rows,
        "columns": made.n_columns,
        "identical": made.identical,
        "differences": [to_plain(difference) for difference in made.differences],
    }


def _list_changes(args: argparse.Namespace) -> int:
    with reading(args.workspace) as session:
        changes = session.store.changes.list()
    if args.json:
        put_json([_plain_change(change) for change in changes])
        return 0
    for change in changes:
        undone = "  " + _("(undone)") if change.undone else ""
        put(f"{change.id}\t{change.at.astimezone():%Y-%m-%d %H:%M}\t{_words(change)}{undone}")
    if not changes:
        say(_("Nothing was changed yet."))
    return 0


def _words(change: Change) -> str:
    """What was done, and where if that is told."""
    return ", ".join(filter(None, (change.label, change.detail)))


def _plain_change(change: Change) -> dict[str, Any]:
    return {
        "number": change.id,
        "at": change.at.isoformat(),
        "label": change.label,
        "detail": change.detail,
        "undone": change.undone,
    }


def _purge(args: argparse.Namespace) -> int:
    with writing(args.workspace) as session:
        purged, path = purge(session), session.path
    SettingsStore().forget_workspace(path)  # the window remembers what was looked at
    if args.json:
        put_json(asdict(purged))
    for sentence in purged.sentences():
        say(sentence)
    return 0


def _undo_or_redo(args: argparse.Namespace) -> int:
    with writing(args.workspace) as session:
        if args.redo:
            again = redo(session)
            done = [again] if again else []
        else:
            done = undo(session, args.undo or None)
    if not done:
        raise UserError(_("There is nothing to redo.") if args.redo else _("There is nothing to undo."))
    n = len(done)
    if not args.redo:
        say(ngettext("%(n)s change undone:", "%(n)s changes undone:", n) % {"n": fmt_count(n)})
    for change in done:
        say(f"  {_words(change)}")
    return 0
