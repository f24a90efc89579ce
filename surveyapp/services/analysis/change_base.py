"""The people of each wave of a comparison: the same filters and weights in all, as far as the waves can."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from surveyapp.base.i18n import _
from surveyapp.domain.analysis import Base, Condition, Operator
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import DERIVED, Question
from surveyapp.domain.wave import Wave
from surveyapp.services.base_count import BaseCount, condition_words, holds_for
from surveyapp.services.session import Session
from surveyapp.services.wave_match.view import MatchedPair
from surveyapp.services.weighting import weights_of
from surveyapp.stats.weight.design import Weights

_FLAGS = (Operator.UNFLAGGED, Operator.FLAGGED)
Place = tuple[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class WavePeople:
    """The people of one wave who are compared; `weights` are None where all count alike."""

    wave: Wave
    people: BaseCount
    weights: Weights | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterThere:
    """A filter of the later wave in an earlier one: `there` is None where that wave cannot tell whom it keeps."""

    words: str
    there: Condition | None


def filters_there(session: Session, base: Base, wave_id: int, pairs: Iterable[MatchedPair]) -> tuple[FilterThere, ...]:
    """The filters of a base as an earlier wave asks them: by its own headers and answers."""
    by_place = {(pair.later.column, pair.later.occurrence): pair for pair in pairs if pair.confirmed}
    return tuple(
        FilterThere(
            words=condition_words(session, base, condition),
            there=_there(session, condition, wave_id, by_place),
        )
        for condition in base.conditions
    )


def waves_compared(
    session: Session, base: Base, earlier: Sequence[tuple[Wave, tuple[MatchedPair, ...]]]
) -> tuple[tuple[WavePeople, ...], tuple[str, ...]]:
    """The people of the earlier waves and last those of the base, and what has to be said of filters and weights.

    Weights are used if every wave can make them, else none are.
    """
    from surveyapp.services.analysis.run import base_of  # which knows the runners

    later = session.wave(base.wave_id)
    counted: list[tuple[Wave, BaseCount]] = []
    notes: list[str] = []
    for wave, pairs in earlier:
        filters = filters_there(session, base, wave.id, pairs)
        kept = tuple(one.there for one in filters if one.there is not None)
        counted.append((wave, base_of(session, replace(base, wave_id=wave.id, conditions=kept))))
        notes += [only_later_words(one, wave, later) for one in filters if one.there is None]
    counted.append((later, base_of(session, base)))
    weights: list[Weights | None] = [None] * len(counted)
    if base.weight:
        try:
            weights = [weights_of(session, people) for _wave, people in counted]
        except UserError as fault:
            words = _("Not weighted: not every wave can make the weights “%(name)s”. %(why)s")
            notes.append(words % {"name": base.weight, "why": fault.title})
    return (
        tuple(
            WavePeople(wave=wave, people=people, weights=own)
            for (wave, people), own in zip(counted, weights, strict=True)
        ),
        tuple(notes),
    )


def only_later_words(one: FilterThere, earlier: Wave, later: Wave) -> str:
    """That a filter holds on one side only."""
    words = _("“%(filter)s” holds in %(new)s only: it cannot be asked of %(old)s.")
    return words % {"filter": one.words, "new": later.name, "old": earlier.name}


def _there(
    session: Session, condition: Condition, wave_id: int, by_place: Mapping[Place, MatchedPair]
) -> Condition | None:
    parts = [_part_there(session, part, wave_id, by_place) for part in condition.parts]
    if any(part is None for part in parts):
        return None
    first, *others = (part for part in parts if part is not None)
    return replace(first, alternatives=tuple(others), negated=condition.negated)


def _part_there(
    session: Session, part: Condition, wave_id: int, by_place: Mapping[Place, MatchedPair]
) -> Condition | None:
    if part.operator in _FLAGS:
        return part
    if part.operator is Operator.SAVED or part.occurrence == DERIVED:
        return part if _holds_there(session, part, wave_id) else None
    pair = by_place.get((part.column, part.occurrence))
    if pair is None:
        return None
    values = _values_there(part, pair)
    if values is None:
        return None
    return replace(part, column=pair.earlier.column, occurrence=pair.earlier.occurrence, values=values)


def _holds_there(session: Session, part: Condition, wave_id: int) -> bool:
    """A saved filter or a derived question means the same in each wave that has what it is made of."""
    try:
        holds_for(session, wave_id, part)
    except UserError:
        return False
    return True


def _values_there(part: Condition, pair: MatchedPair) -> tuple[str, ...] | None:
    """What the earlier wave calls these answers; None if it lacks one of them."""
    if part.operator in (Operator.ANSWERED, Operator.MISSING) or not pair.later.choices:
        return part.values
    found: list[str] = []
    for value in part.values:
        labels = _labels_there(value, pair)
        if not labels:
            return None
        found += labels[:1] if part.operator in (Operator.AT_LEAST, Operator.AT_MOST) else labels
    return tuple(dict.fromkeys(found))


def _labels_there(label: str, pair: MatchedPair) -> list[str]:
    codes = {choice.code for choice in pair.later.choices if label in choice.texts}
    before = {a for a, b in pair.options if b in codes}
    found = [choice.label for choice in pair.earlier.choices if choice.code in before]
    return found or _missing_label(label, pair.earlier, pair.later)


def _missing_label(label: str, earlier: Question, later: Question) -> list[str]:
    """An answer that stands for none ("Prefer not to say") is in no pair; it is the one of that name."""
    if not any(label in choice.texts and choice.missing is not None for choice in later.choices):
        return []
    return [choice.label for choice in earlier.choices if label in choice.texts]
