"""What can be chosen for a regression: models of an outcome, codings and reference answers of a predictor."""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.domain.question import Kind, Question
from surveyapp.stats.regression.outcome import has_order, usual_model
from surveyapp.stats.regression.spec import Coding, Model

Named = tuple[str, str]
"""A value of an option and its words."""


def models_of(question: Question) -> tuple[Model, ...]:
    """The models that an outcome can have."""
    match question.kind:
        case Kind.NUMBER:
            return (Model.LINEAR, Model.POISSON)
        case Kind.PROBABILITY:
            return (Model.LINEAR,)
        case _:
            return (Model.ORDINAL, Model.LINEAR, Model.LOGIT) if has_order(question) else (Model.LOGIT,)


def model_in_force(question: Question, *, model: str, yes: str) -> Model:
    """The chosen model, or the one that fits the outcome."""
    return Model(model) if model in set(Model) else usual_model(question, has_yes=bool(yes))


def model_words(model: Model) -> str:
    """What a model is called in a menu."""
    return {
        Model.LINEAR: _("linear"),
        Model.LOGIT: _("logistic"),
        Model.ORDINAL: _("ordinal logistic"),
        Model.POISSON: _("Poisson, for counts"),
    }[model]


def codings_of(question: Question) -> tuple[Named, ...]:
    """How the answers of a predictor can enter; the first, with an empty value, is the usual one."""
    match question.kind:
        case Kind.NUMBER | Kind.PROBABILITY:
            return (("", _("as it is")), (Coding.STANDARDISED.value, _("in standard deviations")))
        case Kind.MULTI:
            return (("", _("each answer ticked or not")),)
        case Kind.SCALE:
            return (
                ("", _("as steps of the scale")),
                (Coding.STANDARDISED.value, _("in standard deviations")),
                (Coding.INDICATORS.value, _("each answer by itself")),
            )
        case _ if has_order(question):
            return (("", _("each answer by itself")), (Coding.SCORES.value, _("as steps in their order")))
        case _:
            return (("", _("each answer by itself")),)


def has_reference(question: Question, coding: str) -> bool:
    """Whether the answers are compared with one of them."""
    if question.kind in (Kind.SINGLE, Kind.TICK):
        return coding in ("", Coding.INDICATORS)
    return question.kind is Kind.SCALE and coding == Coding.INDICATORS


def answers_of(question: Question) -> tuple[str, ...]:
    """The labels that are answers: what can be the reference, or count as yes."""
    return tuple(choice.label for choice in question.choices if choice.missing is None)


def asks_yes(question: Question, model: Model) -> bool:
    """Whether it has to be said, or can be, which answers count as yes."""
    return model is Model.LOGIT and question.kind is not Kind.TICK and bool(answers_of(question))
