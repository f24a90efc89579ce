"""import --link COLUMN: addresses replaced by a keyed hash, and the key brought along or saved."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from surveyapp.base.i18n import _
from surveyapp.cli.console import say
from surveyapp.domain.errors import UserError
from surveyapp.importers.hashing import decide_hash
from surveyapp.importers.matching import plain
from surveyapp.importers.plan import ImportPlan
from surveyapp.importers.problem.address import ADDRESSES
from surveyapp.importers.problem.decision import apply_fix
from surveyapp.services.pseudonym import (
    find_key,
    key_sentence,
    make_key,
    read_key_file,
    require_place,
    save_key,
    use_key,
)
from surveyapp.services.session import Session


def linked(plan: ImportPlan, names: Sequence[str]) -> ImportPlan:
    """The plan in which the columns of these names are to be hashed. Raises UserError for one that is not there."""
    for name in names:
        place = _place(plan, name)
        header, occurrence = plan.table.columns[place].header, plan.table.columns[place].occurrence
        asked = (p for p in plan.problems if p.kind == ADDRESSES and (p.column, p.occurrence) == (header, occurrence))
        problem = next(asked, None)
        plan = apply_fix(plan, problem, problem.fixes[0]) if problem is not None else decide_hash(plan, place)
    return plan


def _place(plan: ImportPlan, name: str) -> int:
    headers = [column.header for column in plan.table.columns]
    for key in (str, plain):
        places = [place for place, header in enumerate(headers) if key(header) == key(name)]
        if places:
            return places[0]
    near = ", ".join(header.strip() for header in headers if plain(name) and plain(name) in plain(header))
    advice = _("Near: %(names)s.") % {"names": near} if near else _("Write it as it stands in the first row.")
    raise UserError(_("There is no column %(name)s in the file. Nothing was stored.") % {"name": name}, advice)


def bring_key(session: Session, path: Path | None, *, new: bool = False) -> None:
    """Take the key from the file; if there is none, the workspace's (a `new` one instead of one that is lost) is saved
    there, for the owner of the file only.

    Raises UserError if it would be gone with this command, and with it every link to another year.
    """
    if path is None:
        require_place(session, new=new)
    if new and find_key(session) is None:
        make_key(session)
    if path is None:
        return
    if path.exists():
        use_key(session, read_key_file(path))
    else:
        save_key(session, path)


def tell_link(session: Session, path: Path | None) -> None:
    """Say where the key is; what is lost without it is said there."""
    if path is None:
        say(key_sentence(session))
    else:
        say(_("The key that links people over the years is in %(name)s. Keep it safe.") % {"name": str(path)})
