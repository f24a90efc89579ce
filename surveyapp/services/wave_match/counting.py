"""How many people gave each answer, where a comparison of two waves needs it."""

from __future__ import annotations

import numpy as np

from surveyapp.domain.question import Kind
from surveyapp.services.session import Session
from surveyapp.services.wave_match.unit import Unit


def count_options(session: Session, unit: Unit) -> dict[str, int]:
    """People by label of the answer they gave; a tick each where several may be chosen."""
    answers = session.dataset.answers(unit.wave_id, unit.question)
    given = answers.values[answers.answered]
    if unit.question.kind is Kind.MULTI:
        totals = given.sum(axis=0) if len(given) else np.zeros(len(unit.question.choices), dtype=np.int64)
        return {choice.label: int(n) for choice, n in zip(unit.question.choices, totals, strict=True)}
    if unit.question.kind not in (Kind.SINGLE, Kind.SCALE):
        return {}
    codes, totals = np.unique(given, return_counts=True)
    found = dict(zip(codes.tolist(), totals.tolist(), strict=True))
    return {choice.label: int(found.get(choice.code, 0)) for choice in unit.question.choices}


def count_answered(session: Session, unit: Unit) -> int:
    """How many people answered at all."""
    return int(session.dataset.answers(unit.wave_id, unit.question).answered.sum())
