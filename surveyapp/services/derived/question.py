"""Derived questions: kept as recipes of the workspace, there in every wave that has what they are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _
from surveyapp.domain.analysis import Condition, Operator
from surveyapp.domain.derived import Derived, DerivedKind
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import DERIVED, WHOLE, Codebook, Question
from surveyapp.services.analysis.subject import question_of_key
from surveyapp.services.base_count import condition_question, holds_for
from surveyapp.services.filter.saved_filter import FILTERS
from surveyapp.services.saved import Collection
from surveyapp.services.session import Session
from surveyapp.stats.answers import Answers
from surveyapp.stats.derive.derive import derive, derived_question, ensure_sound

RECIPES = Collection("derived", Derived)
Place = tuple[str, int]
"""A question by header and occurrence."""


def save_derived(session: Session, wave_id: int, recipe: Derived, *, replacing: str | None = None) -> None:
    """Keep a derived question, tried on a wave. Raises UserError, with nothing kept, where it cannot be computed
    there, is made of itself, or bears the name of a question."""
    _ensure_no_question(session, wave_id, recipe.name)
    old = replacing if replacing is not None else recipe.name
    _ensure_not_of_itself(session, wave_id, recipe, frozenset({recipe.name.casefold(), old.casefold()}))
    compute(session, wave_id, recipe)
    label = _("Derived question “%(name)s” saved") % {"name": recipe.name}
    RECIPES.save(session, recipe, label=label, replacing=replacing)


def rename_derived(session: Session, name: str, new: str) -> None:
    """Give a derived question another name; whatever asks it follows. Raises UserError if there is none, or the new
    name is empty, taken, or that of a question of the form."""
    recipe, wanted = RECIPES.get(session, name), new.strip()
    for wave in session.waves():
        _ensure_no_question(session, wave.id, wanted)
    label = _("Derived question “%(old)s” renamed “%(new)s”") % {"old": recipe.name, "new": wanted}
    RECIPES.save(session, replace(recipe, name=wanted), label=label, replacing=recipe.name)


def _ensure_no_question(session: Session, wave_id: int, name: str) -> None:
    asked = session.dataset.codebook(wave_id).find(name)
    if asked is not None:
        raise UserError(_("%(name)s is a question of the form.") % {"name": asked.title}, _("Choose another name."))


def remove_derived(session: Session, name: str) -> None:
    """Remove a derived question; what uses it says so until it is back."""
    RECIPES.remove(session, name, label=_("Derived question “%(name)s” removed") % {"name": name})


def derived_questions(session: Session, wave_id: int) -> tuple[Question, ...]:
    """The derived questions of a wave, in the order in which they were saved: those whose recipe it can follow.

    A recipe may rest on another one, wherever that stands.
    """
    codebook = session.dataset.codebook(wave_id)
    waiting, found = RECIPES.all(session), dict[str, Question]()
    while waiting:
        left = []
        for recipe in waiting:
            question = _entry(replace(codebook, derived=tuple(found.values())), recipe)
            if question is None:
                left.append(recipe)
            else:
                found[recipe.name] = question
        if len(left) == len(waiting):  # this wave has not got what they are made of
            break
        waiting = left
    return tuple(found[recipe.name] for recipe in RECIPES.all(session) if recipe.name in found)


def _entry(codebook: Codebook, recipe: Derived) -> Question | None:
    questions = [codebook.find(key) for key in recipe.columns]
    parts = [part for condition in recipe.conditions for part in condition.parts if part.column]
    questions += [codebook.at(part.column, part.occurrence) for part in parts]
    known = [question for question in questions if question is not None]
    if len(known) < len(questions):
        return None
    try:
        return derived_question(recipe, known if recipe.columns else [])
    except UserError:
        return None


def derived_answers(session: Session, wave_id: int, name: str) -> Answers:
    """The answers to a derived question by its name. Raises UserError if there is none, or not in this wave."""
    return compute(session, wave_id, RECIPES.get(session, name))


def compute(session: Session, wave_id: int, recipe: Derived) -> Answers:
    """The answers to a derived question. Raises UserError where the wave lacks something or the recipe is unsound."""
    questions = [question_of_key(session, wave_id, key) for key in recipe.columns]
    ensure_sound(recipe, questions)
    held: NDArray[np.bool_] | None = None
    if recipe.kind is DerivedKind.ANY_OF:
        questions = list(dict.fromkeys(_asked_by(session, wave_id, recipe)))
        held = np.zeros(len(session.dataset.rows(wave_id)), dtype=np.bool_)
        for condition in recipe.conditions:
            held |= holds_for(session, wave_id, condition)
    return derive(recipe, [session.dataset.answers(wave_id, question) for question in questions], held)


def _asked_by(session: Session, wave_id: int, recipe: Derived) -> Iterator[Question]:
    """The questions its conditions ask, those of saved filters too."""
    for part in parts_of(session, recipe.conditions):
        if part.column:
            yield condition_question(session, wave_id, part)


def roots_of(session: Session, wave_id: int, question: Question) -> frozenset[Place]:
    """What a question is made of in the end: questions of the form by header and occurrence, a multiple choice over
    columns as one; of such a question, itself."""
    place = _place(session, wave_id, question)
    recipe = RECIPES.find(session, question.column) if question.occurrence == DERIVED else None
    if recipe is None:
        return frozenset({place})
    asked = [question_of_key(session, wave_id, key) for key in recipe.columns]
    asked += _asked_by(session, wave_id, recipe)
    return frozenset().union(*(roots_of(session, wave_id, each) for each in asked))


def _place(session: Session, wave_id: int, question: Question) -> Place:
    """A column of a multiple choice stands for the whole."""
    own = session.codebook(wave_id).at(question.multi, WHOLE) if question.multi else None
    question = own or question
    return question.column, question.occurrence


def parts_of(session: Session, conditions: tuple[Condition, ...]) -> Iterator[Condition]:
    """The single comparisons of conditions, those of saved filters too. Raises UserError if one of these is gone."""
    for condition in conditions:
        for part in condition.parts:
            if part.operator is Operator.SAVED:
                for name in part.values:
                    yield from parts_of(session, FILTERS.get(session, name).conditions)
            else:
                yield part


def _ensure_not_of_itself(session: Session, wave_id: int, recipe: Derived, above: frozenset[str]) -> None:
    names = [part.column for part in parts_of(session, recipe.conditions) if part.occurrence == DERIVED]
    for key in recipe.columns:
        question = session.codebook(wave_id).find(key)
        if question is not None and question.occurrence == DERIVED:
            names.append(question.column)
    for name in names:
        if name.casefold() in above:
            raise UserError(
                _("%(name)s would be made of itself.") % {"name": recipe.name}, _("Choose other questions.")
            )
        inner = RECIPES.find(session, name)
        if inner is not None:
            _ensure_not_of_itself(session, wave_id, inner, above | {name.casefold()})
