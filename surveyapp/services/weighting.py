"""Weighting schemes of the workspace, and the weights they make in a wave."""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.domain.analysis import Base, Operator
from surveyapp.domain.errors import UserError
from surveyapp.domain.weight import MarginQuestion, WeightScheme
from surveyapp.services.base_count import BaseCount, count_base
from surveyapp.services.saved import Collection
from surveyapp.services.session import Session
from surveyapp.stats.answers import Answers
from surveyapp.stats.weight.design import Weights
from surveyapp.stats.weight.make import make_weights, needed
from surveyapp.stats.weight.result import Weighted

SCHEMES = Collection("weight", WeightScheme)


def save_scheme(session: Session, base: Base, scheme: WeightScheme, *, replacing: str | None = None) -> Weighted:
    """Keep a scheme that makes weights in the wave of a base, and return them.

    Raises UserError, with nothing kept, where it makes none (the sentence names the margin).
    """
    made = make(session, base, scheme)
    label = _("Weights “%(name)s” saved") % {"name": scheme.name}
    SCHEMES.save(session, scheme, label=label, replacing=replacing)
    return made


def remove_scheme(session: Session, name: str) -> None:
    """Remove a scheme; bases that use it say so until it is back."""
    SCHEMES.remove(session, name, label=_("Weights “%(name)s” removed") % {"name": name})


def cleaned(base: Base) -> Base:
    """Who is weighted in the wave of a base: everybody but the rows that its flags leave out (bots, identical rows, no
    consent). Other filters choose among the weighted people and do not change their weights."""
    flags = (Operator.UNFLAGGED, Operator.FLAGGED)
    kept = tuple(chip for chip in base.conditions if all(part.operator in flags for part in chip.parts))
    return Base(wave_id=base.wave_id, conditions=kept)


def make(session: Session, base: Base, scheme: WeightScheme) -> Weighted:
    """The weights of a scheme in the wave of a base, kept in memory until the data change.

    Raises UserError where the wave lacks a question of a margin, and WeightingError where no weights meet them.
    """
    among = cleaned(base)
    key = (among.wave_id, among.conditions, scheme, session.dataset.version(base.wave_id))
    known = session.weights.get(key)
    if known is None:
        answers = {_key(asked): _answers(session, base.wave_id, asked) for asked in needed(scheme)}
        known = session.weights[key] = make_weights(scheme, answers, among=count_base(session, among).mask)
    return known


def weights_of(session: Session, people: BaseCount) -> Weights | None:
    """The weights of the people of a base; None where everybody counts once. Raises UserError as `make` does, and if
    the scheme is gone."""
    name = people.base.weight
    if not name:
        return None
    return make(session, people.base, SCHEMES.get(session, name)).weights.take(people.mask)


def _key(asked: MarginQuestion) -> tuple[str, int]:
    return asked.column, asked.occurrence


def _answers(session: Session, wave_id: int, asked: MarginQuestion) -> Answers:
    question = session.codebook(wave_id).at(asked.column, asked.occurrence)
    if question is None:
        raise UserError(
            _("This wave does not ask %(column)s, which the weights need.") % {"column": asked.column},
            _("Choose other weights, or none."),
        )
    return session.dataset.answers(wave_id, question)
