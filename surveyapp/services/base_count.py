"""Whom a base leaves: each condition in turn, with how many people it removed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _
from surveyapp.domain.analysis import Base, Condition, Operator
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Missing, Question
from surveyapp.domain.wave import Flag
from surveyapp.reports.reading import missing_words
from surveyapp.services.filter.saved_filter import FILTERS
from surveyapp.services.session import Session
from surveyapp.stats.mask import holds


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterStep:
    """One condition, how many people it removed of those left before it, and its words; `in_full` also says what a
    saved filter holds, for where nobody can look it up."""

    condition: Condition
    removed: int
    words: str
    in_full: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseCount:
    """The people of a base: `mask` has the shape (n,) of the wave, `steps` the conditions in order."""

    base: Base
    total: int
    n: int
    steps: tuple[FilterStep, ...]
    mask: NDArray[np.bool_]


def count_base(session: Session, base: Base) -> BaseCount:
    """Apply the conditions of a base one after the other."""
    rows = session.dataset.rows(base.wave_id)
    mask = np.ones(len(rows), dtype=np.bool_)
    steps = []
    for condition in base.conditions:
        kept = mask & holds_for(session, base.wave_id, condition)
        removed = int(mask.sum() - kept.sum())
        words, full = condition_words(session, base, condition), condition_words(session, base, condition, full=True)
        steps.append(FilterStep(condition=condition, removed=removed, words=words, in_full=full))
        mask = kept
    return BaseCount(base=base, total=len(rows), n=int(mask.sum()), steps=tuple(steps), mask=mask)


def condition_words(session: Session, base: Base, condition: Condition, *, full: bool = False) -> str:
    """A condition as its chip reads: "Consented", "Age at least 18", "Not (Gender: Female or Age at least 18)".

    With `full` a saved filter is followed by what it holds: "Regulars (Meetups: Often and Age at least 18)".
    """
    words = _(" or ").join(_part_words(session, base, part, full=full) for part in condition.parts)
    return _("Not (%(words)s)") % {"words": words} if condition.negated else words


def _part_words(session: Session, base: Base, condition: Condition, *, full: bool) -> str:
    if condition.operator is Operator.SAVED:
        return ", ".join(_saved_words(session, base, name) if full else name for name in condition.values)
    if condition.operator in (Operator.UNFLAGGED, Operator.FLAGGED):
        if condition.operator is Operator.UNFLAGGED and condition.values == (Flag.NO_CONSENT.value,):
            return _("Consented")
        if condition.operator is Operator.UNFLAGGED and condition.values == (Flag.ATTENTION.value,):
            return _("Attention check")
        words = " / ".join(flag_words(Flag(value)) for value in condition.values)
        return (_("Only %(flag)s") if condition.operator is Operator.FLAGGED else _("Without %(flag)s")) % {
            "flag": words
        }
    name = condition_question(session, base.wave_id, condition).title
    values = ", ".join(condition.values)
    match condition.operator:
        case Operator.IS:
            return _("%(question)s: %(values)s") % {"question": name, "values": values}
        case Operator.IS_NOT:
            return _("%(question)s: not %(values)s") % {"question": name, "values": values}
        case Operator.AT_LEAST:
            return _("%(question)s at least %(values)s") % {"question": name, "values": values}
        case Operator.AT_MOST:
            return _("%(question)s at most %(values)s") % {"question": name, "values": values}
        case Operator.ANSWERED:
            return _("%(question)s answered") % {"question": name}
        case _:
            return _missing_words(name, condition.values)


def _saved_words(session: Session, base: Base, name: str) -> str:
    saved = FILTERS.find(session, name)
    if saved is None:
        return name
    words = _(" and ").join(condition_words(session, base, condition) for condition in saved.conditions)
    return _("%(name)s (%(words)s)") % {"name": name, "words": words}


def _missing_words(name: str, values: tuple[str, ...]) -> str:
    if not values:
        return _("%(question)s not answered") % {"question": name}
    states = _(" or ").join(missing_words(Missing(value)) for value in values)
    return _("%(question)s: %(states)s") % {"question": name, "states": states}


def flag_words(flag: Flag) -> str:
    """What a flag is called in lists."""
    return {
        Flag.IDENTICAL: _("identical rows"),
        Flag.ATTENTION: _("failed attention check"),
        Flag.NO_CONSENT: _("no consent"),
        Flag.SHIFTED: _("shifted rows"),
        Flag.NEAR_IDENTICAL: _("nearly identical rows"),
        Flag.STRAY_HEADER: _("repeated header rows"),
        Flag.TEST_ROW: _("test rows"),
        Flag.BOT: _("bots"),
        Flag.STRAIGHT_LINED: _("straight-lined batteries"),
        Flag.TOO_FAST: _("answered too fast"),
        Flag.INCOMPLETE: _("not sent to the end"),
    }[flag]


def condition_question(session: Session, wave_id: int, condition: Condition) -> Question:
    """The question a condition is about, also a multiple choice over columns. Raises UserError if the wave lacks it."""
    question = session.codebook(wave_id).at(condition.column, condition.occurrence)
    if question is not None:
        return question
    raise UserError(
        _("The filter asks for %(column)s, which this wave does not have.") % {"column": condition.column},
        _("Remove the filter or choose another wave."),
    )


def holds_for(session: Session, wave_id: int, condition: Condition) -> NDArray[np.bool_]:
    """Shape (n,): for whom of the wave a chip holds."""
    found = np.zeros(len(session.dataset.rows(wave_id)), dtype=np.bool_)
    for part in condition.parts:
        found |= _part_holds(session, wave_id, part)
    return ~found if condition.negated else found


def _part_holds(session: Session, wave_id: int, condition: Condition) -> NDArray[np.bool_]:
    if condition.operator is Operator.SAVED:
        return _saved_holds(session, wave_id, condition)
    if condition.operator in (Operator.UNFLAGGED, Operator.FLAGGED):
        flagged = np.zeros(len(session.dataset.rows(wave_id)), dtype=np.bool_)
        flags = session.store.flags.get(wave_id)
        for value in condition.values:
            flagged |= np.isin(session.dataset.rows(wave_id), flags.get(Flag(value), ()))
        return flagged if condition.operator is Operator.FLAGGED else ~flagged
    question = condition_question(session, wave_id, condition)
    return holds(condition, session.dataset.answers(wave_id, question))


def _saved_holds(session: Session, wave_id: int, condition: Condition) -> NDArray[np.bool_]:
    """For whom one of the saved filters leaves. They hold no saved filters themselves, so this ends."""
    found = np.zeros(len(session.dataset.rows(wave_id)), dtype=np.bool_)
    for name in condition.values:
        saved = FILTERS.find(session, name)
        if saved is None:
            raise UserError(
                _("The saved filter “%(name)s” is gone.") % {"name": name},
                _("Remove it from the base, or undo its removal."),
            )
        inside = np.ones_like(found)
        for each in saved.conditions:
            inside &= holds_for(session, wave_id, each)
        found |= inside
    return found
