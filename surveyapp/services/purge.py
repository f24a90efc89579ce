"""Waves whose import was undone, deleted for good: their answers, files and changes leave the workspace."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import Any

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.change import Change
from surveyapp.services.session import Session
from surveyapp.store import backup_dir, backups

_BASE, _IMPORT = "base", "wave.set_removed"
_OF_QUESTIONS = ("question_id", "canonical_id", "earlier", "later")


@dataclass(frozen=True, slots=True, kw_only=True)
class Purged:
    """The titles of the waves that are gone, and the folder of backups, "" if there is none."""

    waves: tuple[str, ...]
    backups: str

    def sentences(self) -> tuple[str, ...]:
        """What was deleted, and where it still is."""
        n = len(self.waves)
        if not n:
            said = _("No import is undone: there was nothing to delete. The file was written anew.")
        else:
            said = ngettext(
                "%(n)s wave was deleted for good: %(waves)s.", "%(n)s waves were deleted for good: %(waves)s.", n
            )
            said = said % {"n": fmt_count(n), "waves": ", ".join(self.waves)}
        if not self.backups:
            return (said,)
        where = _("The backups in the folder “%(folder)s” beside the workspace may still hold what was deleted.")
        return said, where % {"folder": self.backups}


@dataclass(frozen=True, slots=True)
class _Gone:
    """The ids of what is deleted."""

    waves: Set[int]
    questions: Set[int]
    reports: Set[int]


def purge(session: Session) -> Purged:
    """Delete the waves whose import is undone, with all that rests on them; nothing that is undone can be redone then.

    No byte of them stays in the file or its journal. Raises UserError, with nothing deleted, if the workspace is open
    for reading only; after the deletion, if the file could not be written anew (the same again does that).
    """
    store = session.store
    with store.transaction():
        known = {wave.id: wave.title for wave in store.waves.list(include_removed=True)}
        waves = known.keys() - {wave.id for wave in store.waves.list()}
        if waves:
            _forget_changes(session, waves)
            _forget_base(session, waves)
            store.waves.purge_removed()
    store.compact()
    if waves:
        session.notify(*(f"wave:{wave_id}" for wave_id in sorted(waves)), "changes", "base")
    return Purged(
        waves=tuple(known[wave_id] for wave_id in sorted(waves)),
        backups=backup_dir(store.path).name if backups(store.path) else "",
    )


def _forget_changes(session: Session, waves: Set[int]) -> None:
    """What was done to these waves holds their texts too, and cannot be done again."""
    changes = session.store.changes.all()
    questions = {q.id for wave_id in waves for q in session.store.codebook.get(wave_id).questions}
    reports = {
        step["id"]
        for change in changes
        for step in (change.command, change.inverse)
        if step["do"] == "report.save" and "spec" in step and (step["spec"] or {}).get("wave_id") in waves
    }
    gone = _Gone(waves, questions, reports)
    label = _("Belonged to a wave that was deleted for good")
    for change in changes:
        if change.command["do"] == _IMPORT and _is_of(change, gone):
            session.store.changes.forget(change, label=change.label, detail=_("deleted for good"))
        elif _is_of(change, gone) or (change.undone and _mentions([change.command, change.inverse], waves)):
            session.store.changes.forget(change, label=label)
    session.store.changes.abandon_undone()


def _is_of(change: Change, gone: _Gone) -> bool:
    """Whether a change needs what is gone, to be undone or done again."""
    if any(subject.partition("/")[0] in {f"wave:{wave_id}" for wave_id in gone.waves} for subject in change.subjects):
        return True
    steps = [change.command, change.inverse]
    match change.command["do"]:
        case "report.save" | "report.patch":
            return any(step.get("id") in gone.reports for step in steps)
        case "base.set":
            return any((step.get("base") or {}).get("wave_id") in gone.waves for step in steps)
        case "match.set":
            return any(entry.get(key) in gone.questions for entry in _dicts(steps) for key in _OF_QUESTIONS)
    return False


def _mentions(plain: Any, waves: Set[int]) -> bool:
    return any(entry.get("wave_id") in waves for entry in _dicts(plain))


def _dicts(plain: Any) -> Iterator[dict[str, Any]]:
    """Every object in the data, also within others."""
    if isinstance(plain, dict):
        yield plain
        plain = list(plain.values())
    if isinstance(plain, list):
        for one in plain:
            yield from _dicts(one)


def _forget_base(session: Session, waves: Set[int]) -> None:
    """The base in use names answers in its conditions."""
    for document in session.store.documents.list(_BASE):
        if document.plain and document.plain.get("wave_id") in waves:
            session.store.documents.save(_BASE, _BASE, None, None, id=document.id)
