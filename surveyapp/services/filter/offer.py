"""What one can filter by, with how many people each filter would leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from surveyapp.domain.analysis import Base, Condition, Operator
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Kind, Question, Role
from surveyapp.domain.wave import Flag
from surveyapp.services.analysis.run import base_of
from surveyapp.services.base_count import condition_words, count_base
from surveyapp.services.base_state import proposed_conditions
from surveyapp.services.session import Session

CLOSED = (Kind.SINGLE, Kind.SCALE, Kind.MULTI, Kind.TICK)
_NAMES_PEOPLE = (Role.RESPONSE_ID, Role.EMAIL, Role.DISPLAY)
COMPARED = (Kind.NUMBER, Kind.PROBABILITY, Kind.DATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterOffer:
    """A condition, how its chip would read, and how many people it would leave (None: it cannot be applied)."""

    condition: Condition
    words: str
    left: int | None


def offer_filters(session: Session, base: Base, conditions: Sequence[Condition]) -> list[FilterOffer]:
    """Each condition added alone to `base`."""
    mask = base_of(session, base).mask
    offers = []
    for condition in conditions:
        left: int | None
        try:
            alone = count_base(session, Base(wave_id=base.wave_id, conditions=(condition,)))
            left = int(np.count_nonzero(alone.mask & mask))
        except UserError:
            left = None
        offers.append(FilterOffer(condition=condition, words=condition_words(session, base, condition), left=left))
    return offers


def common_filters(session: Session, base: Base) -> list[Condition]:
    """The proposed filters and those on flags that anybody has, without those in force."""
    flags = session.store.flags.get(base.wave_id)
    proposed = proposed_conditions(session, base.wave_id)
    found = [
        Condition(operator=operator, values=(flag.value,))
        for flag in Flag
        if flags.get(flag)
        for operator in (Operator.UNFLAGGED, Operator.FLAGGED)
    ]
    return [c for c in [*proposed, *(c for c in found if c not in proposed)] if c not in base.conditions]


def filterable(session: Session, wave_id: int) -> list[Question]:
    """The questions one can filter by, in the order of the form, and what the form noted of a response."""
    return [
        question
        for question in session.codebook(wave_id).asked
        if question.kind is not Kind.IDENTIFIER and question.role not in _NAMES_PEOPLE
    ]


def question_condition(question: Question, operator: Operator, values: tuple[str, ...] = ()) -> Condition:
    """A condition on a question."""
    return Condition(column=question.column, occurrence=question.occurrence, operator=operator, values=values)


def operators_of(question: Question) -> tuple[Operator, ...]:
    """How a question can be compared, the usual way first; free text only by whether there is an answer."""
    state = (Operator.ANSWERED, Operator.MISSING)
    alike, ordered = (Operator.IS, Operator.IS_NOT), (Operator.AT_LEAST, Operator.AT_MOST)
    if question.kind is Kind.SCALE or (question.kind is Kind.SINGLE and question.ordered):
        return (*alike, *ordered, *state)
    if question.kind in CLOSED:
        return (*alike, *state)
    if question.kind in COMPARED:
        return (*ordered, *alike, *state)
    return state


def without(base: Base, number: int) -> Base:
    """The base without its filter of that number."""
    return replace(base, conditions=tuple(c for n, c in enumerate(base.conditions) if n != number))


def with_conditions(base: Base, conditions: Sequence[Condition], *, number: int | None = None) -> Base:
    """The base with these filters added, or in the place of filter `number`; none stands there twice."""
    kept = list(base.conditions)
    at = len(kept) if number is None else number
    new = [c for c in conditions if c not in kept[:at] + kept[at + (number is not None) :]]
    kept[at : at + (number is not None)] = new
    return replace(base, conditions=tuple(kept))


def people_of_bin(
    session: Session, base: Base, question: Question, *, low: float | None, high: float | None
) -> list[Condition]:
    """The filters that leave the people whose number lies in [low, high), or beyond an open end (None).

    The bounds become the smallest and largest number given there, so that a filter reads "at least 20", "at most 24".
    """
    answers = session.dataset.answers(base.wave_id, question).take(base_of(session, base).mask)
    values = answers.values[answers.answered].astype(np.float64)
    inside = values[(values >= (-np.inf if low is None else low)) & (values < (np.inf if high is None else high))]
    if not len(inside):
        return []
    bounds = []
    if low is not None:
        bounds.append((Operator.AT_LEAST, float(inside.min())))
    if high is not None:
        bounds.append((Operator.AT_MOST, float(inside.max())))
    return [question_condition(question, operator, (_number_text(value),)) for operator, value in bounds]


def _number_text(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
