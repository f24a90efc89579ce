"""Derived questions in words, and read from what people type: edges, groups, whole recipes as JSON."""

from __future__ import annotations

import json
import math
import re
from dataclasses import replace

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_number
from surveyapp.domain.analysis import Base, Condition
from surveyapp.domain.codec import from_plain
from surveyapp.domain.derived import Derived, DerivedKind, Group
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Question
from surveyapp.services.derived.question import RECIPES
from surveyapp.services.filter.fault import words_of
from surveyapp.services.session import Session


def kind_words(kind: DerivedKind) -> str:
    """What a way to derive a question is called in lists."""
    return {
        DerivedKind.GROUPED: _("Groups of answers"),
        DerivedKind.BANDED: _("Bands of a number"),
        DerivedKind.SCORE: _("Score of items"),
        DerivedKind.INDEX: _("Index of different scales"),
        DerivedKind.DIFFERENCE: _("Difference"),
        DerivedKind.ANY_OF: _("Any of several conditions"),
        DerivedKind.LOG: _("Logarithm"),
        DerivedKind.STANDARDISED: _("Standardised"),
    }[kind]


def recipe_words(session: Session, wave_id: int, recipe: Derived) -> str:
    """How a derived question is made, in one line: "bands of Age at 18, 25, 35"."""
    titles = [_title(session, wave_id, key) for key in recipe.columns]
    first, last = (titles[0], titles[-1]) if titles else ("", "")
    match recipe.kind:
        case DerivedKind.GROUPED:
            labels = ", ".join(group.label for group in recipe.groups)
            return _("answers to %(question)s in groups: %(labels)s") % {"question": first, "labels": labels}
        case DerivedKind.BANDED:
            values = {"question": first, "edges": edges_as_text(recipe.edges)}
            return _("bands of %(question)s at %(edges)s") % values
        case DerivedKind.SCORE | DerivedKind.INDEX:
            return _items_words(recipe)
        case DerivedKind.DIFFERENCE:
            return _("%(first)s less %(second)s") % {"first": first, "second": last}
        case DerivedKind.LOG if recipe.offset:
            values = {"question": first, "offset": fmt_number(recipe.offset)}
            return _("logarithm to base 10 of %(question)s + %(offset)s") % values
        case DerivedKind.LOG:
            return _("logarithm to base 10 of %(question)s") % {"question": first}
        case DerivedKind.STANDARDISED:
            return _("%(question)s with mean 0 and standard deviation 1") % {"question": first}
        case _:
            return _("yes for whom one holds: %(words)s") % {"words": _conditions(session, wave_id, recipe.conditions)}


def with_words(session: Session, wave_id: int, questions: tuple[Question, ...]) -> tuple[Question, ...]:
    """Derived questions whose note begins with how they are made."""
    recipes = {recipe.name: recipe for recipe in RECIPES.all(session)} if questions else {}
    return tuple(
        replace(question, note=_told(recipe_words(session, wave_id, recipes[question.column]), question.note))
        for question in questions
    )


def _told(words: str, note: str) -> str:
    first = f"{words[:1].upper()}{words[1:]}."
    return f"{first} {note}".strip()


def _items_words(recipe: Derived) -> str:
    n, turned = len(recipe.columns), len(recipe.reversed_columns)
    if recipe.kind is DerivedKind.INDEX:
        words = ngettext("mean of %(n)s standardised item", "mean of %(n)s standardised items", n)
    elif recipe.summed:
        words = ngettext("sum of %(n)s item", "sum of %(n)s items", n)
    else:
        words = ngettext("mean of %(n)s item", "mean of %(n)s items", n)
    parts = [words % {"n": n}]
    if turned:
        parts.append(ngettext("%(n)s reversed", "%(n)s reversed", turned) % {"n": turned})
    if recipe.least_answered:
        least = recipe.least_answered
        parts.append(ngettext("at least %(n)s answered", "at least %(n)s answered", least) % {"n": least})
    return ", ".join(parts)


def _title(session: Session, wave_id: int, key: str) -> str:
    question = session.codebook(wave_id).find(key)
    return question.title if question is not None else key


def _conditions(session: Session, wave_id: int, conditions: tuple[Condition, ...]) -> str:
    return _(" or ").join(words_of(session, Base(wave_id=wave_id), condition) for condition in conditions)


_EDGE = re.compile(r"[^\s;]+")


def edges_of_text(text: str) -> tuple[float, ...]:
    """Ascending edges as one types them: "18, 25, 35", "18 25 35"; with a decimal comma "1,5; 2,5".

    Raises UserError for what is no number, and where an edge is not above the one before.
    """
    words = text.strip().rstrip(",;")
    words = words.replace(",", ".") if ";" in words else re.sub(r",(?=\s|\d)|,$", " ", words)
    edges = tuple(_edge(word) for word in _EDGE.findall(words))
    if not edges or sorted(set(edges)) != list(edges):
        raise UserError(_("The edges of the bands are not ascending."), _("Type them as 18, 25, 35."))
    return edges


def _edge(word: str) -> float:
    try:
        value = float(word.replace("\N{MINUS SIGN}", "-").replace("_", "x"))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise UserError(_("%(word)s is no number.") % {"word": word}, _("Type the edges as 18, 25, 35."))
    return value


def edges_as_text(edges: tuple[float, ...]) -> str:
    """As one would type them."""
    return ", ".join(f"{edge:.15g}" for edge in edges)


def group_of_text(text: str) -> Group:
    """ "Women=Female|F" as a group. Raises UserError for any other text."""
    label, sign, members = text.partition("=")
    answers = tuple(member.strip() for member in members.split("|") if member.strip())
    if not sign or not label.strip() or not answers:
        raise UserError(
            _("The group %(text)s is not understood.") % {"text": text}, _('Write "Group=answer|another answer".')
        )
    return Group(label=label.strip(), members=answers)


def recipe_from_text(text: str) -> Derived:
    """The recipe in an entry that `derive --json` writes. Raises UserError for any other; nothing in it is executed."""
    try:
        return from_plain(Derived, json.loads(text)["derived"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UserError(
            _("This is not a recipe of a derived question."), _("`surveyapp derive --json` writes some.")
        ) from error
