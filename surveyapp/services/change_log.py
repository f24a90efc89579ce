"""Every change is data with its inverse: done, undone and redone by the same few commands.

A command is a dict with "do" and its arguments. Commands are looked up in COMMANDS, never built from text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from surveyapp.base.i18n import _
from surveyapp.domain.change import Change
from surveyapp.domain.errors import UserError
from surveyapp.services.session import Session

Command = dict[str, Any]
Apply = Callable[[Session, Command], tuple[str, ...]]
"""Carries out a command inside a transaction and returns the subjects it touched, which are then forgotten."""

COMMANDS: dict[str, Apply] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A change to be made: the sentence about it, what does it and what takes it back."""

    label: str
    detail: str
    do: Command
    inverse: Command


HOLDERS = (
    "analysis_text",
    "base_state",
    "cell.correction",
    "hidden_pair",
    "identity",
    "intake.importing",
    "prediction.change",
    "codebook.recoding",
    "report.spec",
    "saved",
    "wave_match.decision",
    "intake.wave_source",
)
"""The modules of services that register commands: a change of an earlier day may need any of them."""


def command(name: str) -> Callable[[Apply], Apply]:
    """Register what carries out the commands of that name."""

    def register(apply: Apply) -> Apply:
        COMMANDS[name] = apply
        return apply

    return register


def perform(session: Session, *, label: str, detail: str = "", do: Command, inverse: Command) -> Change:
    """Carry out a command and put it in the Changes list, in one transaction; then tell the listeners."""
    return perform_all(session, [Step(label=label, detail=detail, do=do, inverse=inverse)])[0]


def perform_all(session: Session, steps: Sequence[Step]) -> list[Change]:
    """The same for several commands, each a change of its own, in one transaction; the listeners are told once."""
    ensure_writable(session)
    with session.store.transaction():
        changes = []
        for step in steps:
            subjects = _apply(session, step.do)
            changes.append(
                record(
                    session, label=step.label, detail=step.detail, do=step.do, inverse=step.inverse, subjects=subjects
                )
            )
    if changes:
        session.notify(*dict.fromkeys(subject for change in changes for subject in change.subjects), "changes")
    return changes


def record(
    session: Session, *, label: str, detail: str, do: Command, inverse: Command, subjects: tuple[str, ...]
) -> Change:
    """Put a change that has already happened in the list (an import writes its data itself)."""
    change = Change(at=session.clock(), label=label, detail=detail, command=do, inverse=inverse, subjects=subjects)
    return session.store.changes.add(change)


def resting_on(session: Session, change: Change) -> list[Change]:
    """The later changes, newest first, that touch what `change` or one of them touched: they are undone with it."""
    return _resting(change, session.store.changes.active_after(change.id)[::-1])[::-1]


def _resting(change: Change, later: Sequence[Change]) -> list[Change]:
    """Those of the later changes, all oldest first, that rest on the change or on another that does.

    To touch a part is to touch the thing: "wave:1/question:12" is part of "wave:1".
    """
    touched, found = set(change.subjects), []
    for other in later:
        if any(subject in touched or subject.partition("/")[0] in touched for subject in other.subjects):
            touched.update(other.subjects)
            found.append(other)
    return found


def undo(session: Session, change_id: int | None = None) -> list[Change]:
    """Take back a change (the newest by default) and those resting on it, newest first; returns what was undone."""
    ensure_writable(session)
    change = _find(session, change_id) if change_id is not None else undoable(session)
    if change is None or change.undone:
        return []
    undone = [*resting_on(session, change), change]
    _run(session, [(item, item.inverse) for item in undone], undone=True)
    return undone


def redo(session: Session) -> Change | None:
    """Do the change that was undone last again, if nothing new was done since."""
    ensure_writable(session)
    change = redoable(session)
    if change is None:
        return None
    _run(session, [(change, change.command)], undone=False)
    return change


def redoable(session: Session) -> Change | None:
    """What redo would do: the first undone change after the last one in force, or an earlier one that it rests on."""
    change = session.store.changes.newest_undone()
    if change is None:
        return None
    waiting = [one for one in session.store.changes.waiting() if one.id <= change.id]
    needed = (one for n, one in enumerate(waiting) if change in _resting(one, waiting[n + 1 :]))
    return next(needed, change)


def undoable(session: Session) -> Change | None:
    """What undo would take back."""
    return session.store.changes.newest_active()


def _run(session: Session, steps: list[tuple[Change, Command]], *, undone: bool) -> None:
    subjects: set[str] = {"changes"}
    with session.store.transaction():
        for change, step in steps:
            subjects.update(_apply(session, step))
            session.store.changes.set_undone(change.id, undone)
    session.notify(*subjects)


def _apply(session: Session, step: Command) -> tuple[str, ...]:
    if step["do"] not in COMMANDS:
        for name in HOLDERS:
            import_module(f"surveyapp.services.{name}")
    if step["do"] not in COMMANDS:
        raise UserError(
            _("This change was made by a newer version of the program. Nothing was changed."),
            _("Update the program to undo or redo it."),
            step["do"],
        )
    subjects = COMMANDS[step["do"]](session, step)
    session.forget(*subjects)  # the next step of this transaction may read
    return subjects


def _find(session: Session, change_id: int) -> Change | None:
    try:
        return session.store.changes.get(change_id)
    except KeyError:
        return None


def ensure_writable(session: Session) -> None:
    """Raises UserError if the file is open for reading only."""
    if session.read_only:
        raise UserError(
            _("This file is open for reading only. Nothing was changed."),
            _("Open it again once no other program has it open and its folder can be written."),
        )
