"""From a recipe and the answers it needs to the answers of the derived question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _
from surveyapp.base.number import EN_DASH
from surveyapp.domain.derived import Derived, DerivedKind
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import DERIVED, Choice, Kind, Question
from surveyapp.stats.answers import Answers
from surveyapp.stats.count import reasons
from surveyapp.stats.derive.score import missing_of, numbers_of, score

_CLOSED = (Kind.SINGLE, Kind.SCALE, Kind.TICK)
_N_QUESTIONS = {
    DerivedKind.GROUPED: 1,
    DerivedKind.BANDED: 1,
    DerivedKind.LOG: 1,
    DerivedKind.STANDARDISED: 1,
    DerivedKind.DIFFERENCE: 2,
    DerivedKind.ANY_OF: 0,
}
"""How many questions a kind takes; the others take two or more."""


def ensure_sound(recipe: Derived, questions: Sequence[Question]) -> None:
    """Raise UserError unless the recipe has what its kind needs; `questions` are those of its columns."""
    wanted = _N_QUESTIONS.get(recipe.kind)
    if (wanted is not None and len(questions) != wanted) or (wanted is None and len(questions) < 2):
        raise UserError(_("It is not clear which questions this is made of."), _n_questions(wanted))
    if recipe.kind is DerivedKind.BANDED and not (recipe.edges and sorted(set(recipe.edges)) == list(recipe.edges)):
        raise UserError(_("The edges of the bands are not ascending."), _("Type them as 18, 25, 35."))
    if recipe.kind is DerivedKind.GROUPED:
        _ensure_groups(recipe, questions[0])
    if recipe.kind is DerivedKind.ANY_OF and not recipe.conditions:
        raise UserError(_("There is no condition."), _("Add at least one."))


def _n_questions(wanted: int | None) -> str:
    if wanted is None:
        return _("Choose two or more questions.")
    return {0: _("Conditions say which."), 1: _("Choose one question."), 2: _("Choose two questions.")}[wanted]


def _ensure_groups(recipe: Derived, question: Question) -> None:
    if question.kind not in _CLOSED:
        raise UserError(
            _("%(question)s has no list of answers to group.") % {"question": question.title},
            _("Choose a question with a list of answers; numbers are cut into bands."),
        )
    members = [member for group in recipe.groups for member in group.members]
    labels = [group.label for group in recipe.groups]
    if not recipe.groups or len(set(labels)) < len(labels) or len(set(members)) < len(members):
        raise UserError(
            _("Each answer belongs to one group, and each group has its own name."), _("Look at the groups again.")
        )


def derived_question(recipe: Derived, questions: Sequence[Question]) -> Question:
    """The codebook entry of a derived question; `questions` are those it is made of. Raises UserError if unsound."""
    ensure_sound(recipe, questions)
    kind, ordered = Kind.NUMBER, False
    choices: tuple[Choice, ...] = ()
    if recipe.kind is DerivedKind.GROUPED:
        kind, choices = Kind.SINGLE, _numbered(dict.fromkeys(_group_of(recipe, questions[0]).values()))
        ordered = questions[0].ordered or questions[0].kind is Kind.SCALE
    elif recipe.kind is DerivedKind.BANDED:
        kind, choices, ordered = Kind.SINGLE, _numbered(band_labels(recipe.edges)), True
    elif recipe.kind is DerivedKind.ANY_OF:
        kind, choices = Kind.SINGLE, _numbered([_("Yes"), _("No")])
    return Question(
        column=recipe.name,
        occurrence=DERIVED,
        position=max((question.position for question in questions), default=0),
        name=recipe.name,
        text=recipe.name,
        section=_("Derived"),
        kind=kind,
        choices=choices,
        ordered=ordered,
        sensitive=any(question.sensitive for question in questions),
        note=recipe.note,
    )


def _numbered(labels: Iterable[str]) -> tuple[Choice, ...]:
    return tuple(Choice(code=code, label=label) for code, label in enumerate(labels, start=1))


def derive(recipe: Derived, columns: Sequence[Answers], held: NDArray[np.bool_] | None = None) -> Answers:
    """The answers to a derived question; `columns` in the order of the recipe, all of shape (n,).

    For ANY_OF, `held` (n,) says for whom one of the conditions holds and `columns` are the questions of the
    conditions: who answered none of them has no answer. Raises UserError where the recipe does not fit the questions.
    """
    question = derived_question(recipe, [] if held is not None else [answers.question for answers in columns])
    values: NDArray[np.int32] | NDArray[np.float64]
    match recipe.kind:
        case DerivedKind.GROUPED:
            missing = reasons(columns[0])
            values = _grouped(recipe, columns[0], question)
        case DerivedKind.BANDED:
            missing = reasons(columns[0])
            values = (np.digitize(numbers_of(columns[0]), recipe.edges) + 1).astype(np.int32)
        case DerivedKind.ANY_OF:
            assert held is not None  # the contract
            why = np.array([reasons(answers) for answers in columns] or [np.zeros(len(held), dtype=np.int8)])
            missing = missing_of(~held & (why != 0).all(axis=0), why)
            values = np.where(held, 1, 2).astype(np.int32)
        case _:
            turned = [key in recipe.reversed_columns for key in recipe.columns]
            values, missing = score(recipe, columns, turned)
            return Answers(question=question, values=values, missing=missing)
    return Answers(question=question, values=np.where(missing == 0, values, 0).astype(np.int32), missing=missing)


def _group_of(recipe: Derived, question: Question) -> dict[str, str]:
    """Each answer with its group. Groups stand where their first member stands; an answer in none keeps its label."""
    group_of = {member: group.label for group in recipe.groups for member in group.members}
    labels = [choice.label for choice in question.choices if choice.missing is None]
    return {label: group_of.get(label, label) for label in labels}


def _grouped(recipe: Derived, answers: Answers, question: Question) -> NDArray[np.int32]:
    codes = {choice.label: choice.code for choice in question.choices}
    group_of = _group_of(recipe, answers.question)
    values = np.zeros(len(answers), dtype=np.int32)
    for choice in answers.question.choices:
        if choice.missing is None:
            values[answers.values == choice.code] = codes[group_of[choice.label]]
    return values


def band_labels(edges: Sequence[float]) -> list[str]:
    """What the bands between edges are called: "< 18", "18–24" (whole edges) or "1.5–<2.5", "65+".

    The same in every language: filters name answers by their label.
    """
    whole = all(float(edge).is_integer() for edge in edges)
    labels = [f"< {_plain(edges[0])}"]
    for low, high in pairwise(edges):
        if whole and high - 1 == low:
            labels.append(_plain(low))
        else:
            labels.append(f"{_plain(low)}{EN_DASH}{_plain(high - 1) if whole else '<' + _plain(high)}")
    return [*labels, f"{_plain(edges[-1])}+"]


def _plain(edge: float) -> str:
    return f"{edge:,.15g}"
