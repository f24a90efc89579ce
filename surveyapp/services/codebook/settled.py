"""Problems of a stored wave that are settled, and the way back from each: also from what was decided in the preview."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from surveyapp.base.i18n import _
from surveyapp.domain.change import Change
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Question
from surveyapp.importers.problem.decision import settled_label
from surveyapp.services.change_log import perform, undo
from surveyapp.services.codebook.entry_patch import Patch, taken_off
from surveyapp.services.codebook.recoding import repair_command, update_command
from surveyapp.services.intake.decision_record import DecisionKey, decision_key, decisions_of
from surveyapp.services.intake.importing import mapping_of_wave
from surveyapp.services.session import Session
from surveyapp.store import ProblemStatus, StoredProblem

_DONE = ProblemStatus.DONE.value


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledProblem:
    """A problem that is settled, and what was done about it in words. `change` is what did it, None if it was decided
    before the import; `final` ones cannot be taken up again."""

    stored: StoredProblem
    label: str
    change: Change | None = None
    final: bool = False


def settled_problems(session: Session, wave_id: int) -> list[SettledProblem]:
    """Every settled problem of a wave, those decided before the import after those settled since."""
    changes: dict[int, Change] = {}
    for change in session.store.changes.active_after(0):
        command = change.command
        if command.get("wave_id") == wave_id and command.get("problem") and command.get("status") == _DONE:
            changes.setdefault(command["problem"], change)
    settled = [item for item in session.store.problems.list(wave_id) if item.status is not ProblemStatus.OPEN]
    since = [item for item in settled if item.id in changes]
    known = decisions_of(session, wave_id)
    return [
        *(SettledProblem(stored=item, label=changes[item.id].label, change=changes[item.id]) for item in since),
        *(_decided(item, known) for item in settled if item.id not in changes and item.resolution),
    ]


def take_up(session: Session, wave_id: int, settled: SettledProblem) -> list[Change]:
    """Open a problem again, with the codebook as if it had not been decided; returns what was undone or done.

    Raises UserError, with nothing changed, if that is no longer possible.
    """
    if settled.change is not None:
        return undo(session, settled.change.id)
    if settled.final:
        raise UserError(
            _("This was decided before the file was stored. Nothing was changed."),
            _("Undo the import and import the file again to decide otherwise."),
        )
    stored = settled.stored
    record = decisions_of(session, wave_id).get(decision_key(stored.problem), {})
    mapping = mapping_of_wave(session, wave_id)
    questions = _before(mapping.questions, record)
    pairs = [(now, then) for now, then in zip(mapping.questions, questions, strict=True) if now != then]
    opened, done = ProblemStatus.OPEN, ProblemStatus.DONE
    if repair := record.get("repair"):
        _ensure_same(mapping.repair_encoding == repair[1], _("The letters of the file"))
        after = replace(mapping, repair_encoding=repair[0], questions=questions)
        do = repair_command(wave_id, after, stored.id, opened)
        inverse = repair_command(wave_id, mapping, stored.id, done, resolution=stored.resolution)
    else:
        do = update_command(wave_id, [then for _now, then in pairs], stored.id, opened)
        inverse = update_command(wave_id, [now for now, _then in pairs], stored.id, done, resolution=stored.resolution)
    label = _("Taken up again: %(problem)s") % {"problem": stored.problem.title}
    return [perform(session, label=label, detail=session.wave(wave_id).title, do=do, inverse=inverse)]


def _decided(item: StoredProblem, known: dict[DecisionKey, dict[str, Any]]) -> SettledProblem:
    record = known.get(decision_key(item.problem))
    # Waves of an earlier version have no record; what was left as it is can be taken up again all the same.
    left = {fix.label for fix in item.problem.fixes if fix.action == "keep"}
    final = bool(record.get("final")) if record is not None else item.resolution not in left
    return SettledProblem(stored=item, label=settled_label(item.problem, item.resolution), final=final)


def _before(questions: Sequence[Question], record: dict[str, Any]) -> tuple[Question, ...]:
    patches: dict[tuple[str, int], Patch] = {
        (one["column"], one["occurrence"]): one["patch"] for one in record.get("changed", ())
    }
    after = []
    for question in questions:
        patch = patches.get((question.column, question.occurrence))
        entry = taken_off(question, patch) if patch is not None else question
        _ensure_same(entry is not None, f"“{question.title}”")
        after.append(entry or question)
    return tuple(after)


def _ensure_same(same: bool, name: str) -> None:
    if not same:
        raise UserError(
            _("%(name)s was changed since, where this was decided. Nothing was changed.") % {"name": name},
            _("Change it in the codebook instead."),
        )
