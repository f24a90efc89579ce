"""Seals that come with our own files: those of new predictions, and those made or opened since of known ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from surveyapp.domain.prediction import Seal
from surveyapp.importers.prediction.plan import PredictionPlan
from surveyapp.services.change_log import Command
from surveyapp.services.prediction.change import SEALS_DELETED, note_seals, set_gone, set_opened
from surveyapp.services.session import Session


@dataclass(frozen=True, slots=True)
class FileSeals:
    """What a file brought beside new predictions: ids of seals added to known ones, those opened since, when, and the
    digests of those taken back in its log."""

    added: tuple[int, ...]
    opened: tuple[tuple[int, datetime], ...]
    taken_back: tuple[str, ...] = ()

    def steps(self, subjects: Sequence[str], *, back: bool) -> list[Command]:
        """What brings them in, or with `back` takes them out again."""
        found = [set_gone("seal", self.added, back, subjects)] if self.added else []
        if self.taken_back:
            found.append(note_seals(self.taken_back, gone=back))
        return [*found, *(set_opened([number], None if back else at, subjects) for number, at in self.opened)]


def store_seals(session: Session, plan: PredictionPlan, matched: Mapping[int, int], ids: Sequence[int]) -> FileSeals:
    """Keep the seals of a plan that are not there yet; one is known by its digest. `matched` are the places of known
    predictions, `ids` the id of each place."""
    log = session.store.predictions
    there = {(one.prediction_id, one.digest): one for one in log.seals()} if matched else {}
    of_new: list[Seal] = []
    of_known: list[Seal] = []
    opened = []
    for place, planned in enumerate(plan.predictions):
        for one in planned.seals:
            known = there.get((ids[place], one.digest))
            if known is None:
                (of_known if place in matched else of_new).append(replace(one, prediction_id=ids[place]))
            elif known.opened_at is None and one.opened_at is not None:
                opened.append((known.id, one.opened_at))
    log.add_seals(of_new)
    for number, at in opened:
        log.set_opened([number], at)
    kept = set(session.store.get_meta(SEALS_DELETED).split())
    new = tuple(one for one in plan.seals_taken_back if one not in kept)
    if new:
        session.store.set_meta(SEALS_DELETED, " ".join(sorted({*kept, *new})))
    return FileSeals(tuple(log.add_seals(of_known)), tuple(opened), new)
