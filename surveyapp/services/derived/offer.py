"""What a derived question can be made of, and what is proposed while one makes it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from surveyapp.base.i18n import _, plain
from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base
from surveyapp.domain.derived import Derived, DerivedKind
from surveyapp.domain.question import DERIVED, Codebook, Kind, Question
from surveyapp.services.analysis.run import base_of, run_analysis
from surveyapp.services.analysis.subject import column_key
from surveyapp.services.session import Session
from surveyapp.stats.answers import Answers
from surveyapp.stats.count import reasons
from surveyapp.stats.derive.score import numbers_of
from surveyapp.stats.result import FrequencyTable

_LISTED = (Kind.SINGLE, Kind.SCALE, Kind.TICK)
_NUMBERS = (Kind.NUMBER, Kind.PROBABILITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Battery:
    """Items that share their answers, to be taken at once."""

    title: str
    questions: tuple[Question, ...]


def fits(question: Question, kind: DerivedKind) -> bool:
    """Whether a question of that kind can be made of this one."""
    if kind is DerivedKind.GROUPED:
        return question.kind in _LISTED
    ordered = question.kind is Kind.SCALE or (question.kind is Kind.SINGLE and question.ordered)
    return kind is not DerivedKind.ANY_OF and (question.kind in (*_NUMBERS, Kind.TICK) or ordered)


def fitting(codebook: Codebook, kind: DerivedKind, *, name: str = "") -> list[Question]:
    """The questions that a derived one can be made of, in the order of the form; not the one called `name` itself."""
    return [
        question
        for question in codebook.asked
        if fits(question, kind) and not (question.occurrence == DERIVED and question.column == name)
    ]


def batteries(codebook: Codebook, kind: DerivedKind) -> list[Battery]:
    """The batteries of the form whose items all fit."""
    names = dict.fromkeys(question.grid for question in codebook.shown if question.grid)
    found = []
    for name in names:
        items = tuple(question for question in codebook.of_grid(name) if not question.left_out)
        if len(items) > 1 and all(fits(question, kind) for question in items):
            found.append(Battery(title=name, questions=items))
    return found


def first_kind(question: Question) -> DerivedKind:
    """What one most likely makes of a question."""
    if question.kind in _NUMBERS:
        return DerivedKind.BANDED
    return DerivedKind.GROUPED if question.kind in _LISTED else DerivedKind.ANY_OF


def proposed_name(codebook: Codebook, recipe: Derived) -> str:
    """A name for a recipe that has none yet, which no question bears; "" while it is about nothing."""
    questions = [codebook.find(key) for key in recipe.columns]
    titles = [question.title for question in questions if question is not None]
    words = {
        DerivedKind.GROUPED: _("%(first)s, grouped"),
        DerivedKind.BANDED: _("%(first)s, in bands"),
        DerivedKind.SCORE: _("Score of %(first)s and others"),
        DerivedKind.INDEX: _("Index of %(first)s and others"),
        DerivedKind.DIFFERENCE: _("%(first)s less %(last)s"),
        DerivedKind.LOG: _("log %(first)s"),
        DerivedKind.STANDARDISED: _("%(first)s, standardised"),
        DerivedKind.ANY_OF: _("Any of these"),
    }[recipe.kind]
    if len(titles) < (2 if recipe.kind is DerivedKind.DIFFERENCE else recipe.kind is not DerivedKind.ANY_OF):
        return ""
    values = {"first": titles[0], "last": titles[-1]} if titles else {}
    name, n = plain(words % values), 1
    while codebook.find(name if n == 1 else f"{name} {n}") is not None:
        n += 1
    return name if n == 1 else f"{name} {n}"


def lacking(recipe: Derived) -> str:
    """What is still to be chosen before a recipe can be computed, "" for nothing."""
    n = len(recipe.columns)
    match recipe.kind:
        case DerivedKind.ANY_OF:
            return "" if recipe.conditions else _("Add a condition.")
        case DerivedKind.SCORE | DerivedKind.INDEX:
            return "" if n > 1 else _("Add two items or more.")
        case DerivedKind.DIFFERENCE:
            return "" if n > 1 else _("Choose two questions.")
        case DerivedKind.GROUPED if n:
            return "" if recipe.groups else _("Tick answers that belong together and give them a name.")
        case _:
            return "" if n else _("Choose a question.")


def answer_counts(session: Session, base: Base, question: Question) -> dict[str, int]:
    """How many people of a base gave each answer of a closed question."""
    spec = AnalysisSpec(kind=AnalysisKind.QUESTION, columns=(column_key(question),), base=base)
    result = run_analysis(session, spec)
    return {row.label: row.count for row in result.rows} if isinstance(result, FrequencyTable) else {}


def proposed_edges(session: Session, base: Base, question: Question) -> tuple[float, ...]:
    """Edges at round numbers that leave about as many people of a base in each of five bands; () without answers."""
    return round_edges(session.dataset.answers(base.wave_id, question).take(base_of(session, base).mask))


def round_edges(answers: Answers) -> tuple[float, ...]:
    """The fifths of the answers, rounded to 1, 2 or 5 of the fitting power of ten; each edge once, none at the end,
    whole among whole numbers."""
    values = numbers_of(answers)[reasons(answers) == 0]
    values = values[np.isfinite(values)]
    if not len(values) or values.min() == values.max():
        return ()
    inner = float(np.quantile(values, 0.9) - np.quantile(values, 0.1)) or float(values.max() - values.min())
    step = _round_step(inner / 8)
    if np.all(values == np.floor(values)):
        step = max(step, 1.0)
    rounded = {round(float(np.quantile(values, share)) / step) * step for share in (0.2, 0.4, 0.6, 0.8)}
    edges = sorted(float(f"{edge:.12g}") for edge in rounded)
    return tuple(edge for edge in edges if values.min() < edge <= values.max() and math.isfinite(edge))


def _round_step(wanted: float) -> float:
    power = 10.0 ** math.floor(math.log10(wanted))
    return next((factor * power for factor in (1, 2, 5) if factor * power >= wanted), 10 * power)
