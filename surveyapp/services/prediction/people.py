"""The people of a prediction log: who forecasts, under which name, and which of them is "me"."""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.domain.prediction import Forecaster
from surveyapp.services.change_log import ensure_writable, perform
from surveyapp.services.prediction.book import book_of
from surveyapp.services.prediction.change import set_me, set_name
from surveyapp.services.session import Session


def person_named(session: Session, name: str) -> Forecaster:
    """The person of that name; added if nobody bears it. Raises UserError for an empty name.

    Big and small letters are the same, unless two bear names that only these tell apart.
    """
    ensure_writable(session)
    words = _checked(name)
    alike = [one for one in book_of(session).forecasters.values() if one.name.casefold() == words.casefold()]
    found = next((one for one in alike if one.name == words), None)
    if found is not None or len(alike) == 1:
        return found or alike[0]
    number = session.store.predictions.add_forecasters([words])[words]
    session.notify("log:people")
    return Forecaster(id=number, name=words)


def rename_person(session: Session, person: Forecaster, name: str) -> None:
    """Give somebody another name. Raises UserError if somebody else bears it: two people are not made one so."""
    words = _checked(name)
    if words == person.name:
        return
    perform(
        session,
        label=_("Renamed %(old)s to %(new)s") % {"old": person.name, "new": words},
        do=set_name(person.id, words),
        inverse=set_name(person.id, person.name),
    )


def set_person_me(session: Session, person: Forecaster | None) -> None:
    """Say which of them is the person at this workspace; None: nobody."""
    before = book_of(session).me
    if (before.id if before else None) == (person.id if person else None):
        return
    label = _("“Me” is %(name)s") % {"name": person.name} if person else _("“Me” is nobody")
    perform(
        session,
        label=label,
        do=set_me(person.id if person else None),
        inverse=set_me(before.id if before else None),
    )


def _checked(name: str) -> str:
    words = " ".join(name.split())
    if not words:
        raise UserError(_("A person needs a name."), _("A pseudonym will do."))
    return words
