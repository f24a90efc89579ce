"""Saved filters as they are shown: their single filters in words, each with how many people it removes."""

from __future__ import annotations

from dataclasses import dataclass

from surveyapp.base.i18n import _
from surveyapp.domain.analysis import Base, SavedFilter
from surveyapp.domain.errors import UserError
from surveyapp.services.base_count import FilterStep, count_base
from surveyapp.services.filter.fault import words_of
from surveyapp.services.filter.saved_filter import FILTERS
from surveyapp.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFilter:
    """A saved filter in a wave. `steps` are its single filters in turn, `n` the people they leave of `total`; with a
    `fault` they cannot be counted there."""

    saved: SavedFilter
    words: str
    total: int
    n: int = 0
    steps: tuple[FilterStep, ...] = ()
    fault: UserError | None = None


def list_filters(session: Session, wave_id: int) -> list[ListedFilter]:
    """Every saved filter, in the order in which they were saved, counted among all people of a wave."""
    return [_listed(session, wave_id, saved) for saved in FILTERS.all(session)]


def _listed(session: Session, wave_id: int, saved: SavedFilter) -> ListedFilter:
    base = Base(wave_id=wave_id, conditions=saved.conditions)
    words = _(" and ").join(words_of(session, base, condition) for condition in saved.conditions)
    try:
        counted = count_base(session, base)
    except UserError as fault:
        return ListedFilter(saved=saved, words=words, total=len(session.dataset.rows(wave_id)), fault=fault)
    return ListedFilter(saved=saved, words=words, total=counted.total, n=counted.n, steps=counted.steps)
