"""Steps that say which texts are no answer, and of whom a question was not asked."""

from __future__ import annotations

from collections.abc import Sequence

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.question import Missing, MissingCode
from surveyapp.domain.recipe import RecipeStep
from surveyapp.importers.cell.reading import stands_for
from surveyapp.services.recipe.effect import Effect
from surveyapp.services.recipe.words import about, ended, missing_words, names


def blank_steps(effects: Sequence[Effect]) -> list[RecipeStep]:
    """One step for each text that means no answer, with the questions it holds in; then the conditional questions."""
    rules: dict[MissingCode, list[Effect]] = {}
    for effect in effects:
        for code in effect.question.missing_codes:
            if code.meaning is not Missing.UNREADABLE:  # cells of slipped rows: counted, but what one person wrote
                rules.setdefault(code, []).append(effect)
    steps = [_rule(code, found) for code, found in rules.items()]
    return [*steps, *(_conditional(effect) for effect in effects if effect.question.shown_if is not None)]


def _rule(code: MissingCode, effects: Sequence[Effect]) -> RecipeStep:
    count = sum(_coded(effect, code) for effect in effects)
    words = ngettext(
        "“%(text)s” is read as “%(meaning)s” in %(n)s question, %(cells)s times in all: %(names)s.",
        "“%(text)s” is read as “%(meaning)s” in %(n)s questions, %(cells)s times in all: %(names)s.",
        len(effects),
    )
    sentence = words % {
        "text": code.text,
        "meaning": missing_words(code.meaning),
        "n": fmt_count(len(effects)),
        "cells": fmt_count(count),
        "names": names([effect.question.title for effect in effects]),
    }
    reason = ""
    if code.only_with_neighbours:
        reason = _("Only where a person gave it in all questions beside too; a lone one is an answer.")
    step = RecipeStep(sentence=ended(sentence), reason=reason, count=count)
    return about(effects[0].question, step) if len(effects) == 1 else step


def _coded(effect: Effect, code: MissingCode) -> int:
    texts = {text for text, _n in effect.texts() if stands_for(effect.question, code, text)}
    return effect.count(lambda entry: entry.missing is code.meaning and entry.raw.strip() in texts)


def _conditional(effect: Effect) -> RecipeStep:
    shown = effect.question.shown_if
    assert shown is not None  # asked by the caller
    count = effect.missing(Missing.NOT_SHOWN)
    sentence = _("“%(question)s” was asked only of people who answered %(answers)s to “%(parent)s”.") % {
        "question": effect.question.title,
        "answers": " / ".join(f"“{label}”" for label in shown.labels),
        "parent": " ".join(shown.column.split()),
    }
    words = ngettext("%(n)s blank counts as not shown.", "%(n)s blanks count as not shown.", count)
    return about(effect.question, RecipeStep(sentence=sentence, reason=words % {"n": fmt_count(count)}, count=count))
