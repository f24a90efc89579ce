"""Pairs of questions a person does not want to see in the screen: kept by their names for every wave, undoable."""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.domain.change import Change
from surveyapp.services.change_log import Command, command, perform
from surveyapp.services.session import Session

_KIND = "hidden_pair"


def hidden_pairs(session: Session) -> frozenset[frozenset[str]]:
    """The hidden pairs, each two keys of variables (`services.analysis.screen.variable_key`)."""
    return frozenset(frozenset(pair) for pair in _stored(session))


def hide_pair(session: Session, first: str, second: str, *, title: str) -> Change | None:
    """Hide a pair; `title` names it in the Changes list. None if it is hidden already."""
    if frozenset((first, second)) in hidden_pairs(session):
        return None
    label = _("Pair %(title)s hidden") % {"title": title}
    return perform(session, label=label, do=_set(first, second, True), inverse=_set(first, second, False))


def show_pair(session: Session, first: str, second: str, *, title: str) -> Change | None:
    """List a hidden pair again. None if it is not hidden."""
    if frozenset((first, second)) not in hidden_pairs(session):
        return None
    label = _("Pair %(title)s shown again") % {"title": title}
    return perform(session, label=label, do=_set(first, second, False), inverse=_set(first, second, True))


def _stored(session: Session) -> list[list[str]]:
    documents = session.store.documents.list(_KIND)
    return [list(pair) for pair in documents[0].plain] if documents and documents[0].plain else []


def _set(first: str, second: str, hidden: bool) -> Command:
    return {"do": "pair.hide", "pair": sorted((first, second)), "hidden": hidden}


@command("pair.hide")
def _apply(session: Session, step: Command) -> tuple[str, ...]:
    pair = list(step["pair"])
    pairs = [known for known in _stored(session) if known != pair]
    if step["hidden"]:
        pairs.append(pair)
    documents = session.store.documents.list(_KIND)
    session.store.documents.save(_KIND, _KIND, sorted(pairs), None, id=documents[0].id if documents else None)
    return (f"{_KIND}:{' + '.join(pair)}",)
