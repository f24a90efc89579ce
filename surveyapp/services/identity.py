"""Whose workspace it is: the community's name and who "me" is, for answer keys and, later, predictions."""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.services.change_log import Command, command, perform
from surveyapp.services.session import Session


def rename_community(session: Session, name: str) -> None:
    """Another name for the community; undo gives the old one back. Raises UserError for an empty one."""
    if not name.strip():
        raise UserError(_("The community needs a name."))
    _set(session, "name", name.strip(), label=_("The community is now called %(name)s") % {"name": name.strip()})


def set_me(session: Session, name: str) -> None:
    """Who "me" is in this workspace; undo gives the old name back."""
    _set(session, "me", name.strip(), label=_("You are now called %(name)s here") % {"name": name.strip() or "–"})


def _set(session: Session, key: str, value: str, *, label: str) -> None:
    before = session.store.get_meta(key)
    if before != value:
        perform(session, label=label, do=_step(key, value), inverse=_step(key, before))


def _step(key: str, value: str) -> Command:
    return {"do": "identity.set", "key": key, "value": value}


@command("identity.set")
def _apply_set(session: Session, step: Command) -> tuple[str, ...]:
    session.store.set_meta(step["key"], step["value"])
    return (f"identity:{step['key']}",)
