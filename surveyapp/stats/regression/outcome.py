"""The outcome of a regression as numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.question import Choice, Kind, Missing, Question
from surveyapp.stats.answers import MISSING_CODES, Answers
from surveyapp.stats.count import reasons
from surveyapp.stats.regression.spec import Model, Outcome

_BLANK = MISSING_CODES[Missing.BLANK]

_AFFIRMATIVE = frozenset({"yes", "y", "true", "ja", "oui", "sí", "si", "da", "да", "sim", "tak"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """`y`, shape (m,): the number, 0 / 1 for a logit, the step from 0 for an ordinal model; meaningless where `why`,
    shape (m,), says that there is no answer. `steps` are the labels of an ordinal outcome, `yes` what 1 means."""

    y: NDArray[np.float64]
    why: NDArray[np.int8]
    steps: tuple[str, ...] = ()
    yes: str = ""


class RefusalError(Exception):
    """Why there is no model, in a translated sentence."""


def real_choices(answers: Answers) -> tuple[Choice, ...]:
    """The choices that are answers."""
    return tuple(choice for choice in answers.question.choices if choice.missing is None)


def scores_of(answers: Answers) -> NDArray[np.float64]:
    """The place of each answer among the choices of the codebook, from 1; 0 where there is none."""
    scores = np.zeros(len(answers))
    for place, choice in enumerate(real_choices(answers), 1):
        scores[answers.values == choice.code] = place
    return scores


def why_of(answers: Answers, seen: NDArray[np.bool_] | None) -> NDArray[np.int8]:
    """Reasons without an answer; who saw a multiple choice and ticked nothing has answered it."""
    why = reasons(answers)
    if seen is None or answers.question.kind is not Kind.MULTI:
        return why
    if seen.shape != why.shape:
        raise ValueError("seen must have one entry per person")
    return np.where(seen & (why == _BLANK), np.int8(0), why).astype(np.int8)


def is_ordered(answers: Answers) -> bool:
    """Whether the choices have an order."""
    return has_order(answers.question)


def natural_model(outcome: Outcome) -> Model:
    """The model that fits the kind of the outcome."""
    return usual_model(outcome.answers.question, has_yes=bool(outcome.yes))


def usual_model(question: Question, *, has_yes: bool) -> Model:
    """The model for an outcome; where somebody said which answers count as yes, it is about these."""
    if question.kind in (Kind.NUMBER, Kind.PROBABILITY):
        return Model.LINEAR
    n_real = sum(choice.missing is None for choice in question.choices)
    if has_order(question) and not has_yes and n_real > 2:
        return Model.ORDINAL
    return Model.LOGIT


def has_order(question: Question) -> bool:
    """Whether the choices have an order."""
    return question.kind is Kind.SCALE or (question.kind is Kind.SINGLE and question.ordered)


def read_outcome(outcome: Outcome, model: Model) -> Target:
    """The outcome for that model. Raises RefusalError where the question cannot be one."""
    why = why_of(outcome.answers, outcome.seen)
    match model:
        case Model.LINEAR:
            return _as_number(outcome.answers, why)
        case Model.POISSON:
            return _as_count(outcome.answers, why)
        case Model.LOGIT:
            return _as_yes(outcome, why)
        case Model.ORDINAL:
            return _as_step(outcome.answers, why)


def _as_number(answers: Answers, why: NDArray[np.int8]) -> Target:
    if answers.question.kind in (Kind.NUMBER, Kind.PROBABILITY):
        return Target(y=np.where(why == 0, answers.values, 0.0), why=why)
    if is_ordered(answers):
        return Target(y=scores_of(answers), why=why)
    raise RefusalError(_("Not computed: %(question)s is neither a number nor ordered.") % _title(answers))


def _as_count(answers: Answers, why: NDArray[np.int8]) -> Target:
    if answers.question.kind is not Kind.NUMBER:
        raise RefusalError(_("Not computed: %(question)s is not a number that counts something.") % _title(answers))
    y = np.where(why == 0, answers.values, 0.0)
    bad = int(np.count_nonzero((y < 0) | (y != np.floor(y))))
    if bad:
        words = ngettext(
            "Not computed: %(n)s answer to %(question)s is not a whole number from 0 on, so it is no count.",
            "Not computed: %(n)s answers to %(question)s are not whole numbers from 0 on, so they are no counts.",
            bad,
        )
        raise RefusalError(words % (_title(answers) | {"n": fmt_count(bad)}))
    return Target(y=y, why=why)


def _as_yes(outcome: Outcome, why: NDArray[np.int8]) -> Target:
    answers = outcome.answers
    choices = real_choices(answers)
    if not (answers.is_closed or answers.question.kind is Kind.MULTI):
        raise RefusalError(_("Not computed: %(question)s has no answers that could count as yes.") % _title(answers))
    yes = [choice for choice in choices if choice.code in outcome.yes] or _natural_yes(answers, choices)
    if not yes or (len(yes) == len(choices) and answers.is_closed):
        raise RefusalError(_("Not computed: choose which answers to %(question)s count as yes.") % _title(answers))
    if answers.is_closed:
        y = np.isin(answers.values, [choice.code for choice in yes])
    else:
        y = np.asarray(answers.values[:, [answers.question.choices.index(choice) for choice in yes]].any(axis=1))
    return Target(y=y.astype(np.float64), why=why, yes=_(" or ").join(choice.label for choice in yes))


def _natural_yes(answers: Answers, choices: tuple[Choice, ...]) -> list[Choice]:
    if answers.question.kind is Kind.TICK:
        return [choice for choice in choices if choice.code == 1]
    if len(choices) != 2 or not answers.is_closed:
        return []
    # a list may begin with "No": odds of a no read as the opposite of what was asked
    said = [choice for choice in choices if choice.label.strip().casefold() in _AFFIRMATIVE]
    return said if len(said) == 1 else list(choices[:1])


def _as_step(answers: Answers, why: NDArray[np.int8]) -> Target:
    if not is_ordered(answers):
        raise RefusalError(_("Not computed: the answers to %(question)s have no order.") % _title(answers))
    labels = tuple(choice.label for choice in real_choices(answers))
    return Target(y=scores_of(answers) - 1, why=why, steps=labels)


def _title(answers: Answers) -> dict[str, str]:
    return {"question": f"“{answers.question.title}”"}
