"""What was undone or removed, deleted for good: the answers, files and changes of a wave, or of a file added to one,
and what is hidden in the prediction log."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Set
from dataclasses import dataclass
from typing import Any

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.change import Change
from surveyapp.services.prediction.purging import find_removed, purge_log
from surveyapp.services.session import Session
from surveyapp.store import backup_dir, backups

_BASE, _IMPORT, _ADDITION = "base", "wave.set_removed", "wave.source"
_OF_QUESTIONS = ("question_id", "canonical_id", "earlier", "later")


@dataclass(frozen=True, slots=True, kw_only=True)
class Purged:
    """What is gone: the titles of the waves, how many files added to others, how many predictions, and how many
    forecasts and outcomes of others; `backups` is their folder, "" if there is none."""

    waves: tuple[str, ...]
    files: int
    backups: str
    predictions: int = 0
    entries: int = 0

    def sentences(self) -> tuple[str, ...]:
        """What was deleted, and where it still is."""
        said = []
        if n := len(self.waves):
            words = ngettext(
                "%(n)s wave was deleted for good: %(waves)s.", "%(n)s waves were deleted for good: %(waves)s.", n
            )
            said.append(words % {"n": fmt_count(n), "waves": ", ".join(self.waves)})
        if self.files:
            words = ngettext(
                "%(n)s file added to a wave was deleted for good.",
                "%(n)s files added to waves were deleted for good.",
                self.files,
            )
            said.append(words % {"n": fmt_count(self.files)})
        if self.predictions:
            words = ngettext(
                "%(n)s prediction was deleted for good.", "%(n)s predictions were deleted for good.", self.predictions
            )
            said.append(words % {"n": fmt_count(self.predictions)})
        if self.entries:
            words = ngettext(
                "%(n)s forecast, outcome or seal that was taken back was deleted for good.",
                "%(n)s forecasts, outcomes and seals that were taken back were deleted for good.",
                self.entries,
            )
            said.append(words % {"n": fmt_count(self.entries)})
        if not said:
            words = _("Nothing is undone or removed: there was nothing to delete. The file was written anew.")
            said.append(words)
        if self.backups:
            where = _("The backups in the folder “%(folder)s” beside the workspace may still hold what was deleted.")
            said.append(where % {"folder": self.backups})
        return tuple(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """What is undone or removed and still in the file: the titles of the waves, how many files added to others, how
    many predictions, and how many forecasts and outcomes of others."""

    waves: tuple[str, ...]
    files: int
    predictions: int = 0
    entries: int = 0

    def __bool__(self) -> bool:
        return bool(self.waves or self.files or self.predictions or self.entries)


def find_undone(session: Session) -> Undone:
    """What `purge` would delete."""
    shown = {wave.id for wave in session.waves()}
    hidden = [wave.title for wave in session.store.waves.list(include_removed=True) if wave.id not in shown]
    log = find_removed(session)
    return Undone(
        waves=tuple(hidden),
        files=len(_undone_additions(session.store.changes.all(), shown)),
        predictions=log.predictions,
        entries=log.entries,
    )


@dataclass(frozen=True, slots=True)
class _Gone:
    """The ids of what is deleted."""

    waves: Set[int]
    questions: Set[int]
    reports: Set[int]


def purge(session: Session) -> Purged:
    """Delete the waves whose import is undone, and files whose addition to a wave is, with all that rests on them, and
    what is hidden in the prediction log; nothing that is undone can be redone then.

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
        n_files = _delete_additions(session)
        log = purge_log(session)
    try:
        store.compact()
    finally:  # deleted it is in any case
        if waves or n_files or log:
            touched = (*(f"wave:{wave_id}" for wave_id in sorted(waves)), *(("log", "comparison") if log else ()))
            session.notify(*touched, "changes", "base")
    return Purged(
        waves=tuple(known[wave_id] for wave_id in sorted(waves)),
        files=n_files,
        backups=backup_dir(store.path).name if backups(store.path) else "",
        predictions=log.predictions,
        entries=log.entries,
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


def _undone_additions(changes: Iterable[Change], waves: Collection[int]) -> list[Change]:
    """The undone changes that put another file into one of these waves and have not been forgotten."""
    return [change for change in changes if change.undone and _wave_of(change) in waves]


def _wave_of(change: Change) -> int:
    """The wave that a change put another file into; 0 if it is of another kind, or forgotten."""
    return int(change.command.get("wave_id", 0)) if change.command["do"] == _ADDITION else 0


def _delete_additions(session: Session) -> int:
    """Delete the files whose addition is undone, with the changes of what they brought; how many."""
    store = session.store
    changes = store.changes.all()
    shown = {wave.id: wave for wave in store.waves.list()}
    undone = _undone_additions(changes, shown)
    for wave_id in {_wave_of(change) for change in undone}:
        active = [change for change in changes if not change.undone and _wave_of(change) == wave_id]
        needed = {step["sha256"] for change in active for step in (change.command, change.inverse)}
        store.waves.keep_only(wave_id, {shown[wave_id].source_sha256, *needed})
        store.answers.forget_edits_of_gone(wave_id)
        first = min(change.id for change in undone if _wave_of(change) == wave_id)
        for change in changes:
            if change.undone and change.id >= first and _is_of(change, _Gone({wave_id}, set(), set())):
                label = change.label if change in undone else _("Belonged to a file that was deleted for good")
                store.changes.forget(change, label=label, detail=_("deleted for good"))
    if undone:
        store.changes.abandon_undone()
    return len(undone)


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
