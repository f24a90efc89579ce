"""Small words that several steps of a recipe use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.domain.question import Missing, Question
from surveyapp.domain.recipe import RecipeStep

MOST_NAMES = 12
SHOWN_FROM = 5
"""A text is quoted if at least so many people gave it: a rarer one could name a person."""


def names(listed: Sequence[str]) -> str:
    """A list for a sentence; the codebook has those that are too many for it."""
    shown = ", ".join(listed[:MOST_NAMES])
    rest = len(listed) - MOST_NAMES
    return _("%(names)s and %(n)s more") % {"names": shown, "n": fmt_count(rest)} if rest > 0 else shown


def about(question: Question, step: RecipeStep) -> RecipeStep:
    """The step with the column it is about."""
    return replace(step, column=question.column, occurrence=question.occurrence)


def ended(sentence: str) -> str:
    """One mark at the end, where the last name was cut."""
    return sentence.replace("….", "…")


def missing_words(meaning: Missing) -> str:
    """What a missing code means, for "is read as ..."."""
    return {
        Missing.BLANK: _("no answer"),
        Missing.NOT_SHOWN: _("not shown"),
        Missing.REFUSED: _("did not want to say"),
        Missing.UNREADABLE: _("unreadable"),
        Missing.OUT_OF_RANGE: _("out of range"),
    }[meaning]
