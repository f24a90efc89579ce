"""Predictions, forecasts and outcomes that were removed or undone, deleted for good with the changes that hold their
texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from typing import Any

from surveyapp.base.i18n import _
from surveyapp.domain.change import Change
from surveyapp.services.prediction.change import ALL, FIELDS, GONE, NAME
from surveyapp.services.prediction.sealing import keep_deleted
from surveyapp.services.session import Session
from surveyapp.store.log_purge import HiddenRows, delete_hidden, find_hidden

_PREDICTION = re.compile(r"log:\d+/prediction:(\d+)")
_BATCH = re.compile(r"log:(\d+)")
_HELD = ("forecast", "resolution", "seal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """How many predictions, and how many forecasts, outcomes and seals of others, are hidden and still in the file."""

    predictions: int
    entries: int

    def __bool__(self) -> bool:
        return bool(self.predictions or self.entries)


def find_removed(session: Session) -> Removed:
    """What `purge_log` would delete."""
    return _counted(_hidden(session))


def purge_log(session: Session) -> Removed:
    """Delete what is hidden in the log, with the names of people who stand nowhere else, and forget the changes about
    it. Inside the caller's transaction; the file is not written anew yet. That seals were taken back stays known."""
    rows = _hidden(session)
    if not rows:
        return _counted(rows)
    keep_deleted(session)
    people = delete_hidden(session.store.connections, rows)
    for document in session.store.documents.list("comparison"):
        plain = document.plain
        if plain and any(one.get("uid") in rows.uids for one in plain.get("observations", ())):
            left = [one for one in plain["observations"] if one.get("uid") not in rows.uids]
            item = plain | {"observations": left}
            session.store.documents.save("comparison", document.name, item, None, id=document.id)
    for change in session.store.changes.all():
        label = _label_left(change, rows, people)
        if label:
            session.store.changes.forget(change, label=label, detail=_("deleted for good"))
    session.store.changes.abandon_undone()
    return _counted(rows)


def _hidden(session: Session) -> HiddenRows:
    """All that is hidden, but for what an active change hides and its undoing would show again."""
    rows = find_hidden(session.store.connections)
    if not rows:
        return rows
    needed: dict[str, set[int]] = {what: set() for what in _HELD}
    for change in session.store.changes.all():
        if not change.undone:
            for step in _steps(change):
                if step["do"] == GONE and step["what"] in needed:
                    needed[step["what"]].update(step["ids"])
    return replace(
        rows,
        forecasts=rows.forecasts - needed["forecast"],
        resolutions=rows.resolutions - needed["resolution"],
        seals=rows.seals - needed["seal"],
    )


def _label_left(change: Change, rows: HiddenRows, people: Set[int]) -> str:
    """What is left to say of a change that holds texts of what is gone, or cannot be done any more; "" for others."""
    named = {int(found[1]) for one in change.subjects if (found := _PREDICTION.fullmatch(one))}
    files = {int(found[1]) for one in change.subjects if (found := _BATCH.fullmatch(one))}
    steps = list(_steps(change))
    if named and not files and named <= rows.predictions:
        about_one = any(step["do"] == FIELDS or _is_of_one(step) for step in steps)
        return _("Belonged to a prediction that was deleted for good") if about_one else change.label
    if any(step["do"] == FIELDS and step["id"] in rows.predictions for step in steps):
        return change.label
    if files & rows.batches:
        return change.label
    gone = {"forecast": rows.forecasts, "resolution": rows.resolutions, "seal": rows.seals}
    if any(step["do"] == GONE and gone.get(step["what"], frozenset()) & set(step["ids"]) for step in steps):
        return change.label
    if any(step["do"] == NAME and step["id"] in people for step in steps):
        return _("Was about somebody who was deleted for good")
    return change.label if rows.uids and _mentions([change.command, change.inverse], rows.uids) else ""


def _is_of_one(step: dict[str, Any]) -> bool:
    """Whether the label of such a change holds a statement; of removed and sealed ones it counts them."""
    return bool(step["do"] == GONE and (step["what"] in ("forecast", "resolution") or len(step["ids"]) == 1))


def _steps(change: Change) -> Iterator[dict[str, Any]]:
    """The command and its inverse, those within others too; of a change that was forgotten nothing."""
    for one in (change.command, change.inverse):
        steps = one.get("steps", ()) if one["do"] == ALL else (one,)
        yield from (step for step in steps if "what" in step or "id" in step)


def _mentions(plain: Any, uids: Set[str]) -> bool:
    if isinstance(plain, dict):
        return plain.get("uid") in uids or any(_mentions(one, uids) for one in plain.values())
    return isinstance(plain, list) and any(_mentions(one, uids) for one in plain)


def _counted(rows: HiddenRows) -> Removed:
    return Removed(
        predictions=len(rows.predictions), entries=len(rows.forecasts) + len(rows.resolutions) + len(rows.seals)
    )
