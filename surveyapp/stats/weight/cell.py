"""A margin as the data see it: in which of its cells each person is, and the share each cell should have."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_number, fmt_percent
from surveyapp.domain.question import Question
from surveyapp.domain.weight import (
    MARGIN_KINDS,
    Margin,
    MarginQuestion,
    Target,
    TargetUnit,
    find_answer,
    listed_answers,
)
from surveyapp.stats.answers import Answers
from surveyapp.stats.count import reasons
from surveyapp.stats.weight.refusal import Obstacle, WeightingError

_ROUNDED = 0.01
"""Shares that people typed rounded may add up to 99 % or 101 %."""
_SAME_TOTAL = 0.001
"""Counts of the same people in two tables may differ by this share of their total."""

AnswersOf = Mapping[tuple[str, int], Answers]
"""The answers of all responses to a question, by its header and occurrence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarginCells:
    """One margin for n people.

    `codes`: int32 (n,), the place of each person's cell in `labels`, -1 for people without an answer. `targets`: the
    shares that the cells should have among the people with an answer, all above 0, adding up to 1.
    """

    name: str
    labels: tuple[str, ...]
    targets: NDArray[np.float64]
    codes: NDArray[np.int32]


def margin_cells(margin: Margin, answers: AnswersOf, *, among: NDArray[np.bool_]) -> MarginCells:
    """The cells of a margin for all responses; `among`, shape (n,), is who gets a weight.

    Raises WeightingError, which names the margin: a question that is no closed one, an answer it does not have, a
    target that is no number above 0, shares that do not add up to 1, a cell with a target and nobody in it, and
    people in a cell without a target. A target of 0 for a cell with nobody in it is met as it is, and left out.
    """
    asked = [_answers_of(question, answers) for question in margin.questions]
    name = " × ".join(one.question.title for one in asked)
    places, answered = _places(asked)
    wanted = _wanted(margin, name, [one.question for one in asked])
    _check_total(margin, name)
    cells = list(wanted)
    joint = np.full(len(places[0]), -1, dtype=np.int32)
    for number, cell in enumerate(cells):
        inside = answered.copy()
        for place, own in zip(places, cell, strict=True):
            inside &= place == own
        joint[inside] = number
    labels = tuple(", ".join(_labels(asked, cell)) for cell in cells)
    counts = np.bincount(joint[among & (joint >= 0)], minlength=len(cells)).tolist()
    _check_cells(margin, name, labels, [wanted[cell].value for cell in cells], counts)
    _check_without_target(name, asked, places, among & answered & (joint < 0))
    return _kept(name, labels, [wanted[cell].value for cell in cells], joint, counts)


def check_totals(margins: Sequence[Margin], names: Sequence[str]) -> None:
    """Refuses counts of people whose totals contradict each other, naming the first two margins."""
    counted = [(m.total, name) for m, name in zip(margins, names, strict=True) if m.unit is TargetUnit.COUNT]
    for total, name in counted[1:]:
        first, first_name = counted[0]
        if abs(total - first) > _SAME_TOTAL * max(abs(first), abs(total)):
            raise WeightingError(
                _("The targets of %(first)s add up to %(n)s people, those of %(second)s to %(k)s.")
                % {"first": first_name, "n": fmt_number(first), "second": name, "k": fmt_number(total)},
                _("Use counts of the same people, or shares."),
                obstacle=Obstacle.CONTRADICTION,
                margin=name,
            )


def _answers_of(question: MarginQuestion, answers: AnswersOf) -> Answers:
    found = answers[question.column, question.occurrence]
    if found.question.kind not in MARGIN_KINDS:
        title = found.question.title
        raise WeightingError(
            _("%(margin)s cannot be a margin: it has no list of single answers.") % {"margin": title},
            _("Make a question of it that has one, for example bands of a number."),
            obstacle=Obstacle.NOT_CLOSED,
            margin=title,
        )
    return found


def _places(asked: Sequence[Answers]) -> tuple[list[NDArray[np.int32]], NDArray[np.bool_]]:
    """Each person's code in each question, and who answered all of them."""
    answered = np.logical_and.reduce([reasons(one) == 0 for one in asked])
    return [one.values.astype(np.int32) for one in asked], answered


def _wanted(margin: Margin, name: str, questions: Sequence[Question]) -> dict[tuple[int, ...], Target]:
    """The targets by the codes of their answers."""
    wanted: dict[tuple[int, ...], Target] = {}
    for target in margin.targets:
        cell = tuple(_code(name, question, answer) for question, answer in zip(questions, target.answers, strict=True))
        if cell in wanted:
            label = ", ".join(target.answers)
            raise WeightingError(
                _("%(margin)s has two targets for “%(cell)s”.") % {"margin": name, "cell": label},
                _("Keep one of them."),
                obstacle=Obstacle.TWICE,
                margin=name,
                cell=label,
            )
        wanted[cell] = target
    return wanted


def _code(name: str, question: Question, answer: str) -> int:
    choice = find_answer(question, answer)
    if choice is not None:
        return choice.code
    raise WeightingError(
        _("%(question)s has no answer called “%(label)s”.") % {"question": question.title, "label": answer},
        _("Its answers are: %(answers)s.") % {"answers": listed_answers(question)},
        obstacle=Obstacle.UNKNOWN_ANSWER,
        margin=name,
        cell=answer,
    )


def _check_total(margin: Margin, name: str) -> None:
    for target in margin.targets:
        if not (math.isfinite(target.value) and target.value >= 0):
            label = ", ".join(target.answers)
            raise WeightingError(
                _("The target of “%(cell)s” in %(margin)s is %(value)s.")
                % {"cell": label, "margin": name, "value": _amount(margin, target.value)},
                _("A target is a number above 0."),
                obstacle=Obstacle.BAD_TARGET,
                margin=name,
                cell=label,
            )
    total = margin.total
    rounded = margin.unit is TargetUnit.COUNT or abs(total - 1) <= _ROUNDED + 1e-9
    if rounded and math.isfinite(total) and total > 0:
        return
    raise WeightingError(
        _("The targets of %(margin)s add up to %(total)s.") % {"margin": name, "total": _amount(margin, total)},
        _("They must add up to 100 %: look for a missing answer or a typing mistake.")
        if margin.unit is TargetUnit.SHARE
        else _("Give a number of people for each answer."),
        obstacle=Obstacle.BAD_TOTAL,
        margin=name,
    )


def _check_cells(
    margin: Margin, name: str, labels: Sequence[str], values: Sequence[float], counts: Sequence[int]
) -> None:
    """Refuses a cell that has a target and nobody in it, and one that has people and a target of 0."""
    for label, value, count in zip(labels, values, counts, strict=True):
        if value > 0 and not count:
            raise WeightingError(
                _("Raking cannot settle: nobody in the data is “%(cell)s” (%(margin)s), but the target is %(target)s.")
                % {"cell": label, "margin": name, "target": _amount(margin, value)},
                _("Give that share to a neighbouring answer, or group the two into one."),
                obstacle=Obstacle.EMPTY_CELL,
                margin=name,
                cell=label,
            )
        if value == 0 and count:
            raise WeightingError(
                ngettext(
                    "The target of “%(cell)s” in %(margin)s is 0, but %(n)s person is in it.",
                    "The target of “%(cell)s” in %(margin)s is 0, but %(n)s people are in it.",
                    count,
                )
                % {"cell": label, "margin": name, "n": fmt_count(count)},
                _("Give it a number above 0, or leave these people out by a filter."),
                obstacle=Obstacle.BAD_TARGET,
                margin=name,
                cell=label,
            )


def _check_without_target(
    name: str, asked: Sequence[Answers], places: Sequence[NDArray[np.int32]], without: NDArray[np.bool_]
) -> None:
    """Refuses people whose cell has no target, naming the largest such cell."""
    if not without.any():
        return
    cells, counts = np.unique(np.column_stack([place[without] for place in places]), axis=0, return_counts=True)
    largest = int(counts.argmax())
    label = ", ".join(_labels(asked, tuple(cells[largest].tolist())))
    count = int(counts[largest])
    raise WeightingError(
        ngettext(
            "%(margin)s has no target for “%(cell)s”, the answer of %(n)s person.",
            "%(margin)s has no target for “%(cell)s”, the answer of %(n)s people.",
            count,
        )
        % {"margin": name, "cell": label, "n": fmt_count(count)},
        _("Give it a target, or leave these people out by a filter."),
        obstacle=Obstacle.NO_TARGET,
        margin=name,
        cell=label,
    )


def _kept(
    name: str, labels: Sequence[str], values: Sequence[float], joint: NDArray[np.int32], counts: Sequence[int]
) -> MarginCells:
    """The margin without cells that have neither target nor people; targets as shares of the rest."""
    kept = [number for number, value in enumerate(values) if value > 0]
    if not any(counts):
        raise WeightingError(
            _("Nobody answered %(margin)s.") % {"margin": name},
            _("Take this margin out."),
            obstacle=Obstacle.NOBODY,
            margin=name,
        )
    new = np.full(len(values) + 1, -1, dtype=np.int32)  # the last entry is that of -1
    new[kept] = np.arange(len(kept), dtype=np.int32)
    targets = np.array([values[number] for number in kept], dtype=np.float64)
    targets /= targets.max()  # a sum of huge counts would overflow
    return MarginCells(
        name=name,
        labels=tuple(labels[number] for number in kept),
        targets=targets / targets.sum(),
        codes=new[joint],
    )


def _labels(asked: Sequence[Answers], cell: Sequence[int]) -> Iterator[str]:
    for one, code in zip(asked, cell, strict=True):
        choice = one.question.choice(code)
        yield choice.label if choice else str(code)


def _amount(margin: Margin, value: float) -> str:
    if margin.unit is TargetUnit.COUNT:
        return fmt_number(value)
    whole = not math.isfinite(value) or abs(value * 100 - round(value * 100)) < 1e-9
    return fmt_percent(value, 0 if whole else 1)
