"""Calibration pairs of a census and their answer keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from surveyapp.base.i18n import _
from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base
from surveyapp.domain.change import Change
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import AnswerKey, Codebook, Question, Role
from surveyapp.services.analysis.subject import column_key, find_pair
from surveyapp.services.codebook.stored import update_questions
from surveyapp.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """An estimate and how sure people were of it."""

    estimate: Question
    confidence: Question

    @property
    def column(self) -> str:
        """How a specification names it."""
        return column_key(self.estimate)

    def spec(self, base: Base) -> AnalysisSpec:
        """What to ask about it."""
        return AnalysisSpec(kind=AnalysisKind.CALIBRATION, columns=(self.column,), base=base)


def list_pairs(codebook: Codebook) -> list[Pair]:
    """The complete pairs of a wave, in the order of the form; halves without the other are left out."""
    pairs = []
    for question in codebook.shown:
        if not question.pair or question.role is not Role.ESTIMATE:
            continue
        try:
            estimate, confidence = find_pair(codebook, question)
        except UserError:
            continue
        pairs.append(Pair(estimate=estimate, confidence=confidence))
    return pairs


def set_answer_key(session: Session, wave_id: int, estimate: Question, key: AnswerKey | None) -> Change | None:
    """Keep another key (or none) for an estimate, signed by whoever this workspace belongs to; None if it is the same.

    Raises UserError for a key that could judge nothing: a negative tolerance, a unit factor below 1.
    """
    if key is not None:
        key = replace(key, set_by=key.set_by or session.me)
        _ensure_sound(key)
    return update_questions(session, wave_id, [replace(estimate, key=key)])


def _ensure_sound(key: AnswerKey) -> None:
    if not 0 <= key.tolerance <= 10:
        raise UserError(_("The tolerance must lie between 0 and 1,000 %."), _("Type 10 for “within 10 %”."))
    if key.unit_factor != 0 and key.unit_factor <= 1:
        raise UserError(
            _("The unit rule needs a factor above 1."), _("Type 1000000 for persons instead of millions, or nothing.")
        )


def other_pair(pairs: Sequence[Pair], column: str) -> Pair | None:
    """The pair of that column, else the first; None without pairs."""
    return next((pair for pair in pairs if pair.column == column), pairs[0] if pairs else None)
