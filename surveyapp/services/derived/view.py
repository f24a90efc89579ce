"""Derived questions as they are shown: all of them with what they are made of, and what a recipe would give."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from surveyapp.domain.analysis import AnalysisSpec, Base, Condition
from surveyapp.domain.derived import Derived
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import DERIVED, Question
from surveyapp.services.analysis.run import base_of
from surveyapp.services.derived.question import RECIPES, compute, parts_of
from surveyapp.services.derived.text import recipe_words
from surveyapp.services.session import Session
from surveyapp.services.weighting import weights_of
from surveyapp.stats.question.describe import describe
from surveyapp.stats.result import Result


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedEntry:
    """A derived question in a wave: how it is made, its codebook entry, or why this wave has not got it."""

    recipe: Derived
    words: str
    question: Question | None = None
    fault: UserError | None = None


def list_derived(session: Session, wave_id: int) -> list[DerivedEntry]:
    """Every derived question of the workspace, in the order in which they were saved."""
    known = {question.column: question for question in session.codebook(wave_id).derived}
    return [_entry(session, wave_id, recipe, known.get(recipe.name)) for recipe in RECIPES.all(session)]


def _entry(session: Session, wave_id: int, recipe: Derived, question: Question | None) -> DerivedEntry:
    words = recipe_words(session, wave_id, recipe)
    fault: UserError | None = None
    try:
        if question is not None:
            session.dataset.answers(wave_id, question)  # kept in memory
        else:
            compute(session, wave_id, recipe)
    except UserError as error:
        fault = error
    return DerivedEntry(recipe=recipe, words=words, question=question, fault=fault)


def derived_of(session: Session, specs: Iterable[AnalysisSpec]) -> list[Question]:
    """The derived questions that analyses rest on, in their rows, columns and filters, each once; after each one those
    that it rests on itself. Their notes tell how they were made."""
    found: dict[tuple[int, str], Question] = {}
    for spec in specs:
        wave_id = spec.base.wave_id
        names = _names(session, wave_id, (*spec.columns, *spec.by), spec.base.conditions)
        for name in names:
            question = session.codebook(wave_id).at(name, DERIVED)
            if question is not None:
                found.setdefault((wave_id, name), question)
    return list(dict.fromkeys(found.values()))


def _names(session: Session, wave_id: int, keys: Iterable[str], conditions: tuple[Condition, ...]) -> list[str]:
    asked = [session.codebook(wave_id).find(key) for key in keys]
    names = [question.column for question in asked if question is not None and question.occurrence == DERIVED]
    names += [part.column for part in parts_of(session, conditions) if part.occurrence == DERIVED]
    for name in list(names):
        recipe = RECIPES.find(session, name)
        if recipe is not None:
            names += _names(session, wave_id, recipe.columns, recipe.conditions)
    return list(dict.fromkeys(names))


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The codebook entry that a recipe would have, and its result."""

    question: Question
    result: Result


def preview(session: Session, base: Base, recipe: Derived) -> Preview:
    """What a recipe, saved or not, gives for the people of a base. Raises UserError where it cannot be computed."""
    people = base_of(session, base)
    answers = compute(session, base.wave_id, recipe).take(people.mask)
    result = describe(answers, level=base.level, weights=weights_of(session, people))
    return Preview(question=answers.question, result=result)
