"""Who is who when a file of predictions comes in: which of its people is "me", who bears a name that is taken.

The person at this workspace may be called otherwise in a file, and may say only later which of its people they are, or
correct it: forecasts that came before under the other name are moved then, never doubled.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from surveyapp.base.i18n import _
from surveyapp.domain.prediction import Forecaster
from surveyapp.importers.prediction.plan import PredictionPlan
from surveyapp.services.change_log import Command
from surveyapp.services.prediction.book import book_of
from surveyapp.services.prediction.change import set_me, set_name_in
from surveyapp.services.session import Session

_ONE_SITE = ("predictionbook_json", "predictionbook_table", "predictionbook_rows")
"""Formats of one site, where people bear the same names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """The ids of a plan's people, by position; `before` the ids under which an earlier import of such a file may have
    them. `do` and `inverse` say who is "me" now and was before; empty where that stays."""

    ids: tuple[int, ...]
    before: dict[int, int]
    do: tuple[Command, ...] = ()
    inverse: tuple[Command, ...] = ()


def name_of_me(session: Session, format_id: str) -> str:
    """The name under which the person at this workspace stood in the last file of that format."""
    return session.store.get_meta(f"me_in:{format_id}")


def recognised(session: Session, plan: PredictionPlan) -> PredictionPlan:
    """The plan with "me" where nobody said who it is: the name chosen for such a file before, or for another export of
    its site, else the own one, else whom the file calls its owner. Nobody where such a file was known before and this
    is somebody else's."""
    own, earlier = book_of(session).me, name_of_me(session, plan.source.format)
    elsewhere = (name_of_me(session, one) for one in _ONE_SITE if plan.source.format in _ONE_SITE)
    for name in (earlier, *elsewhere, own.name if own else ""):
        if name in plan.people:
            return replace(plan, me=plan.people.index(name))
    if earlier and plan.me is not None and plan.people[plan.me] != _("You"):
        return replace(plan, me=None)
    return plan


def identify(session: Session, plan: PredictionPlan) -> Identity:
    """Everybody of a plan, added where they are new, and "me" as the plan says. Inside a transaction."""
    log, own = session.store.predictions, book_of(session).me
    mine = "" if plan.me is None else plan.people[plan.me]
    earlier = name_of_me(session, plan.source.format)
    known = {one.name: one.id for one in log.forecasters()}
    corrected = own is not None and mine not in ("", own.name) and own.name == earlier and own.name in plan.people
    kept = None if corrected else own  # who is "me" before and after
    names = list(_names(plan, kept, mine))
    found = log.add_forecasters(name for place, name in enumerate(names) if kept is None or place != plan.me)
    ids = [kept.id if kept is not None and place == plan.me else found[name] for place, name in enumerate(names)]
    before = {}
    for place, name in enumerate(plan.people):
        others = {own.id} if own is not None and name == earlier else set[int]()
        if name == mine and name in known:
            others.add(known[name])
        others.discard(ids[place])
        if others:
            before[place] = others.pop()
    do, inverse = _said(session, plan, own, kept, ids)
    return Identity(ids=tuple(ids), before=before, do=do, inverse=inverse)


def _names(plan: PredictionPlan, own: Forecaster | None, mine: str) -> Iterator[str]:
    """Names in the log: somebody else who is called as "me" is called otherwise."""
    for name in plan.people:
        yield (
            _("%(name)s (%(site)s)") % {"name": name, "site": plan.title}
            if (own is not None and name == own.name and name != mine)
            else name
        )


def _said(
    session: Session, plan: PredictionPlan, own: Forecaster | None, kept: Forecaster | None, ids: Sequence[int]
) -> tuple[tuple[Command, ...], tuple[Command, ...]]:
    """Note who is "me"; how to say so again, and how to take it back.

    "Nobody", of a file that has who was, is an answer too.
    """
    log, format_id = session.store.predictions, plan.source.format
    mine, earlier = "" if plan.me is None else plan.people[plan.me], name_of_me(session, format_id)
    if plan.me is None and earlier not in plan.people:
        return (), ()
    do: list[Command] = []
    inverse: list[Command] = []
    if mine != earlier:
        session.store.set_meta(f"me_in:{format_id}", mine)
        do.append(set_name_in(format_id, mine))
        inverse.append(set_name_in(format_id, earlier))
    if kept is None and plan.me is not None:
        log.set_me(ids[plan.me])
        do.append(set_me(ids[plan.me]))
        inverse.append(set_me(own.id if own is not None else None))
    return tuple(do), tuple(inverse)
