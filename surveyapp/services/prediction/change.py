"""Whatever changes the prediction log, as commands: rows are added once, then only hidden or shown again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from surveyapp.base.i18n import _
from surveyapp.domain.codec import from_plain, to_plain
from surveyapp.domain.errors import UserError
from surveyapp.domain.prediction import Prediction, StatementEdit
from surveyapp.services.change_log import COMMANDS, Command, command
from surveyapp.services.session import Session

GONE = "log.set_gone"
FIELDS = "log.set_fields"
ALL = "log.all"
ME = "log.set_me"
NAME = "log.set_name"
NAME_IN = "log.set_name_in"
OPENED = "log.set_opened"
CODES = "log.note_seals"
SEALS_DELETED = "seals_deleted"
"""Where the digests of seals are kept that are deleted for good, or were taken back in the log of a file."""


def set_gone(what: str, ids: Sequence[int], gone: bool, subjects: Iterable[str]) -> Command:
    """Hide rows of a table ("prediction", "forecast", "resolution", "seal", "batch"), or show them again."""
    return {"do": GONE, "what": what, "ids": list(ids), "gone": gone, "subjects": list(subjects)}


def set_fields(before: Prediction, after: Prediction) -> Command:
    """Give a prediction the fields in which `after` differs; each is noted as an edit."""
    plain = to_plain(after)
    changed = [item.name for item in fields(Prediction) if getattr(before, item.name) != getattr(after, item.name)]
    return {"do": FIELDS, "id": before.id, "fields": {name: plain.get(name) for name in changed}}


def set_me(forecaster_id: int | None) -> Command:
    """Say who the person at this workspace is; None for nobody."""
    return {"do": ME, "id": forecaster_id}


def set_name(forecaster_id: int, name: str) -> Command:
    """Give somebody another name."""
    return {"do": NAME, "id": forecaster_id, "name": name}


def set_name_in(format_id: str, name: str) -> Command:
    """Note under which name the person at this workspace stands in files of a format; "" for none."""
    return {"do": NAME_IN, "format": format_id, "name": name}


def set_opened(seal_ids: Sequence[int], at: datetime | None, subjects: Iterable[str]) -> Command:
    """Note that seals were opened at that moment, or with None that they were not."""
    moment = None if at is None else at.isoformat()
    return {"do": OPENED, "ids": list(seal_ids), "at": moment, "subjects": list(subjects)}


def note_seals(digests: Sequence[str], *, gone: bool) -> Command:
    """Note that seals with these digests were taken back elsewhere, or with `gone` forget it."""
    return {"do": CODES, "digests": list(digests), "gone": gone}


def all_of(steps: Iterable[Command]) -> Command:
    """Several of these commands, one after the other."""
    return {"do": ALL, "steps": list(steps)}


def subject(prediction: Prediction) -> str:
    """What a change of this prediction touches: a part of the file it came with, if it came with one."""
    return f"log:{prediction.batch_id or 0}/prediction:{prediction.id}"


def edited(prediction: Prediction, changes: dict[str, Any]) -> Prediction:
    """The prediction with these fields, plain as in to_plain; None is the field's default."""
    plain = to_plain(prediction) | changes
    return from_plain(Prediction, {name: value for name, value in plain.items() if value is not None})


@command(GONE)
def _apply_gone(session: Session, step: Command) -> tuple[str, ...]:
    at = session.clock() if step["gone"] else None
    log, ids = session.store.predictions, step["ids"]
    match step["what"]:
        case "prediction":
            log.set_removed(ids, at)
        case "forecast":
            session.store.forecasts.set_removed(ids, at)
        case "resolution":
            session.store.forecasts.set_resolution_removed(ids, at)
        case "seal":
            log.remove_seals(ids, at)
        case "batch":
            for batch_id in ids:
                log.set_batch_removed(batch_id, at)
        case _:
            raise ValueError(step["what"])
    return tuple(step["subjects"])


def edits_between(before: Prediction, after: Prediction, at: datetime) -> list[StatementEdit]:
    """What was changed, field by field, as text."""
    old, new = to_plain(before), to_plain(after)
    return [
        StatementEdit(
            prediction_id=before.id, field=name, old=as_text(old.get(name)), new=as_text(new.get(name)), at=at
        )
        for name in (item.name for item in fields(Prediction))
        if old.get(name) != new.get(name)
    ]


@command(ALL)
def _apply_all(session: Session, step: Command) -> tuple[str, ...]:
    return tuple(subject for one in step["steps"] for subject in COMMANDS[one["do"]](session, one))


@command(FIELDS)
def _apply_fields(session: Session, step: Command) -> tuple[str, ...]:
    before = session.store.predictions.get(step["id"])
    after = edited(before, step["fields"])
    session.store.predictions.update(after, edits_between(before, after, session.clock()))
    return (subject(before),)


@command(ME)
def _apply_me(session: Session, step: Command) -> tuple[str, ...]:
    session.store.predictions.set_me(step["id"])
    return ("log:me",)


@command(NAME)
def _apply_name(session: Session, step: Command) -> tuple[str, ...]:
    for one in session.store.predictions.forecasters():
        if one.name == step["name"] and one.id != step["id"]:  # came in between, with a file or a forecast
            raise UserError(_("Somebody else is called %(name)s.") % {"name": one.name}, _("Nothing was changed."))
    session.store.predictions.rename_forecaster(step["id"], step["name"])
    return (f"log:person:{step['id']}",)


@command(NAME_IN)
def _apply_name_in(session: Session, step: Command) -> tuple[str, ...]:
    session.store.set_meta(f"me_in:{step['format']}", step["name"])
    return ("log:me",)


@command(OPENED)
def _apply_opened(session: Session, step: Command) -> tuple[str, ...]:
    at = None if step["at"] is None else datetime.fromisoformat(step["at"])
    session.store.predictions.set_opened(step["ids"], at)
    return tuple(step["subjects"])


@command(CODES)
def _apply_codes(session: Session, step: Command) -> tuple[str, ...]:
    kept = set(session.store.get_meta(SEALS_DELETED).split())
    kept = kept - set(step["digests"]) if step["gone"] else kept | set(step["digests"])
    session.store.set_meta(SEALS_DELETED, " ".join(sorted(kept)))
    return ("log:seals",)


def as_text(value: Any) -> str:
    """A plain value as edits keep it."""
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)
