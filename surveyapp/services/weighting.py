"""Weighting schemes of the workspace, and the weights they make in a wave."""

from __future__ import annotations

from dataclasses import dataclass, replace

from surveyapp.base.i18n import _
from surveyapp.domain.analysis import OF_THE_LOG, AnalysisKind, AnalysisSpec, Base, Operator
from surveyapp.domain.errors import UserError
from surveyapp.domain.weight import MarginQuestion, WeightScheme
from surveyapp.services.base_count import BaseCount, count_base
from surveyapp.services.base_state import current_base
from surveyapp.services.saved import Collection
from surveyapp.services.session import Session
from surveyapp.stats.answers import Answers
from surveyapp.stats.estimate import Weighting
from surveyapp.stats.weight.design import Weights
from surveyapp.stats.weight.kish import weighting_of
from surveyapp.stats.weight.make import make_weights, needed
from surveyapp.stats.weight.result import Weighted, WeightingResult

SCHEMES = Collection("weight", WeightScheme)
_UNWEIGHTED = OF_THE_LOG | {AnalysisKind.CALIBRATION, AnalysisKind.TIMELINE, AnalysisKind.DROP_OFF}
_MOST_KEPT = 40
"""Weights kept in memory; a preview makes one set for each target that is typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedScheme:
    """A saved scheme, and what it makes in a wave, or why it makes nothing there."""

    scheme: WeightScheme
    made: WeightingResult | None = None
    fault: UserError | None = None


def save_scheme(session: Session, base: Base, scheme: WeightScheme, *, replacing: str | None = None) -> Weighted:
    """Keep a scheme that makes weights in the wave of a base, and return them.

    Raises UserError, with nothing kept, where it makes none (the sentence names the margin).
    """
    made = make(session, base, scheme)
    label = _("Weights “%(name)s” saved") % {"name": scheme.name}
    SCHEMES.save(session, scheme, label=label, replacing=replacing)
    return made


def rename_scheme(session: Session, name: str, new: str) -> None:
    """Give a scheme another name; bases, reports and analyses that use it follow. Raises UserError if there is none, or
    the new name is empty or taken."""
    scheme = SCHEMES.get(session, name)
    label = _("Weights “%(old)s” renamed “%(new)s”") % {"old": scheme.name, "new": new.strip()}
    SCHEMES.save(session, replace(scheme, name=new.strip()), label=label, replacing=scheme.name)


def remove_scheme(session: Session, name: str) -> None:
    """Remove a scheme; bases that use it say so until it is back."""
    SCHEMES.remove(session, name, label=_("Weights “%(name)s” removed") % {"name": name})


def list_schemes(session: Session, base: Base) -> tuple[ListedScheme, ...]:
    """Every scheme with what it makes of the wave of a base."""
    return tuple(_listed(session, base, scheme) for scheme in SCHEMES.all(session))


def _listed(session: Session, base: Base, scheme: WeightScheme) -> ListedScheme:
    try:
        return ListedScheme(scheme=scheme, made=make(session, base, scheme).result)
    except UserError as fault:
        return ListedScheme(scheme=scheme, fault=fault)


def weighting_base(session: Session, wave_id: int) -> Base:
    """Among whom weights of a wave are made for a person who looks at it: the base in force, where it is about that
    wave, else everybody."""
    base = current_base(session)
    return base if base is not None and base.wave_id == wave_id else Base(wave_id=wave_id)


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
        for oldest in list(session.weights)[: max(0, len(session.weights) - _MOST_KEPT)]:
            session.weights.pop(oldest, None)
        known = session.weights[key] = make_weights(scheme, answers, among=count_base(session, among).mask)
    return known


def weights_of(session: Session, people: BaseCount) -> Weights | None:
    """The weights of the people of a base; None where everybody counts once. Raises UserError as `make` does, and if
    the scheme is gone."""
    name = people.base.weight
    if not name:
        return None
    scheme = SCHEMES.find(session, name)
    if scheme is None:
        raise UserError(
            _("The weights “%(name)s” are gone.") % {"name": name},
            _("Bring them back with Undo, choose others, or count everybody once."),
        )
    return make(session, people.base, scheme).weights.take(people.mask)


def weighting_now(session: Session, people: BaseCount) -> Weighting | None:
    """What the weights of a base do to a number about all its people; None without weights. Raises as `weights_of`."""
    weights = weights_of(session, people)
    return weighting_of(weights) if weights is not None else None


def unweighted_words(spec: AnalysisSpec) -> str:
    """That an analysis has no weighted form, where its base asks for weights; else ""."""
    if not spec.base.weight or spec.kind not in _UNWEIGHTED:
        return ""
    if spec.kind is AnalysisKind.CALIBRATION:
        return _("Unweighted: calibration has no weighted form here; everybody counts once.")
    if spec.kind is AnalysisKind.DROP_OFF:
        return _("Unweighted: the curve counts people who are still answering.")
    if spec.kind in OF_THE_LOG:
        return _("Unweighted: scores of forecasts have no weighted form here; everybody counts once.")
    return _("Unweighted: responses over time are counted, not weighted.")


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
