"""Filters kept under a name: several chips that are used together, live wherever they are used."""

from __future__ import annotations

from dataclasses import replace

from surveyapp.base.i18n import _
from surveyapp.domain.analysis import Condition, Operator, SavedFilter
from surveyapp.domain.errors import UserError
from surveyapp.services.change_log import undo
from surveyapp.services.saved import Collection
from surveyapp.services.session import Session

FILTERS = Collection("filter", SavedFilter)


def save_filter(session: Session, saved: SavedFilter, *, replacing: str | None = None) -> None:
    """Keep a filter. Raises UserError without chips, or if one of them is a saved filter itself."""
    if not saved.conditions:
        raise UserError(_("There is no filter to save."), _("Add a filter first."))
    if any(part.operator is Operator.SAVED for chip in saved.conditions for part in chip.parts):
        raise UserError(
            _("A saved filter cannot be part of another."), _("Add its single filters, then save them together.")
        )
    label = _("Filter “%(name)s” saved") % {"name": saved.name}
    FILTERS.save(session, saved, label=label, replacing=replacing)


def rename_filter(session: Session, name: str, new: str) -> None:
    """Give a saved filter another name; bases, reports and recipes that use it follow. Raises UserError if there is
    none, or the new name is empty or taken."""
    saved = FILTERS.get(session, name)
    label = _("Filter “%(old)s” renamed “%(new)s”") % {"old": saved.name, "new": new.strip()}
    FILTERS.save(session, replace(saved, name=new.strip()), label=label, replacing=saved.name)


def remove_filter(session: Session, name: str) -> None:
    """Remove a saved filter; bases that use it say so until it is back."""
    FILTERS.remove(session, name, label=_("Filter “%(name)s” removed from the saved ones") % {"name": name})


def bring_back(session: Session, name: str) -> bool:
    """Undo the removal of a saved filter, whatever was done since; False if it can no longer be undone."""
    subject = f"filter:{name.casefold()}"
    for change in session.store.changes.active_after(0):
        if subject in change.subjects:
            if change.command.get("do") == "saved.set" and change.command.get("item") is None:
                undo(session, change.id)
                return True
            return False
    return False


def chip_of(saved: SavedFilter) -> Condition:
    """The chip that stands for a saved filter."""
    return Condition(operator=Operator.SAVED, values=(saved.name,))
