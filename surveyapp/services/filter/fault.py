"""Filters that cannot be applied: which they are, why, and what they are called all the same."""

from __future__ import annotations

from dataclasses import dataclass

from surveyapp.base.i18n import _
from surveyapp.domain.analysis import Base, Condition, Operator
from surveyapp.domain.errors import UserError
from surveyapp.services.base_count import condition_words, holds_for
from surveyapp.services.filter.saved_filter import FILTERS
from surveyapp.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterFault:
    """The filter of that number in its base, and what is wrong with it."""

    number: int
    error: UserError
    gone: str = ""
    """The name of the saved filter that is no longer kept, if that is the fault."""


def filter_faults(session: Session, base: Base) -> list[FilterFault]:
    """The filters of a base that its wave cannot follow: a question or a saved filter is gone."""
    found = []
    for number, condition in enumerate(base.conditions):
        try:
            holds_for(session, base.wave_id, condition)
        except UserError as error:
            found.append(FilterFault(number=number, error=error, gone=_gone(session, condition)))
    return found


def _gone(session: Session, condition: Condition) -> str:
    named = (name for part in condition.parts if part.operator is Operator.SAVED for name in part.values)
    return next((name for name in named if FILTERS.find(session, name) is None), "")


def words_of(session: Session, base: Base, condition: Condition) -> str:
    """As a chip reads, or by the names it uses where the wave does not know them."""
    try:
        return condition_words(session, base, condition)
    except UserError:
        words = _(" or ").join(part.column or ", ".join(part.values) for part in condition.parts)
        return _("Not (%(words)s)") % {"words": words} if condition.negated else words
