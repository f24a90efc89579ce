"""Blanks of people who were probably not asked: a proposal to read them as "not shown"."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.codec import from_plain, to_plain
from surveyapp.domain.question import Kind, Question
from surveyapp.domain.shown_if import Bound, ShownIf
from surveyapp.domain.wave import Fix, Problem, Severity
from surveyapp.importers.cell import lexicon
from surveyapp.importers.cell.wording import fold
from surveyapp.importers.context import Beside
from surveyapp.importers.guess.condition import Condition, find_conditions
from surveyapp.importers.problem.bound_words import bounds_words
from surveyapp.importers.problem.view import View

_SHOWN_LABELS = 4


def condition_problems(view: View) -> list[Problem]:
    """One problem for all questions that were asked of the same people."""
    columns, repair = view.table.columns, view.mapping.repair_encoding
    beside = Beside(questions=view.questions, column=columns.__getitem__, repair=repair, cleaned=view.cells)
    groups: dict[tuple[int, tuple[str, ...], tuple[Bound, ...]], list[Condition]] = defaultdict(list)
    for condition in find_conditions(beside, view.read):
        groups[condition.asked, condition.labels, condition.bounds].append(condition)
    return [_problem(view, group) for group in groups.values()]


def _problem(view: View, group: Sequence[Condition]) -> Problem:
    first = group[0]
    asked, question = view.questions[first.asked], view.questions[first.place]
    blanks = sum(len(condition.blanks) for condition in group)
    people = np.unique(np.concatenate([condition.blanks for condition in group]))
    shown = ShownIf(column=asked.column, occurrence=asked.occurrence, labels=first.labels, bounds=first.bounds)
    title = ngettext(
        "“%(name)s” was asked only of those who answered %(labels)s: %(n)s blank is not shown",
        "“%(name)s” was asked only of those who answered %(labels)s: %(n)s blanks are not shown",
        blanks,
    )
    if len(group) > 1:
        title = _(
            "%(count)s questions, “%(name)s” first, were asked only of those who answered %(labels)s: "
            "%(n)s blanks are not shown"
        )
    words = {"name": question.title, "labels": _told(first), "n": fmt_count(blanks), "count": len(group)}
    return Problem(
        kind="condition",
        severity=Severity.LOOK,
        title=title % words,
        detail=_detail(asked, group, len(people)),
        column=question.column,
        occurrence=question.occurrence,
        count=blanks,
        out_of=len(view.table) * len(group),
        rows=view.rows(people),
        fixes=(
            *_spells_out(asked, [view.questions[condition.place] for condition in group], first.labels),
            Fix(action="shown_if", label=_("Not shown"), value=json.dumps(to_plain(shown), ensure_ascii=False)),
            Fix(action="keep", label=_("Keep as blank")),
        ),
        columns=tuple(condition.place for condition in group),
    )


def _spells_out(asked: Question, questions: Sequence[Question], labels: Sequence[str]) -> tuple[Fix, ...]:
    """The fix for the one text of those who answered "Other": it says what they meant."""
    others = [choice.label for choice in asked.choices if choice.other or fold(choice.label) in lexicon.OTHER]
    if not labels or list(labels) != others[:1] or [question.kind for question in questions] != [Kind.TEXT]:
        return ()
    return (Fix(action="other_of", label=_("It spells out “%(label)s”") % {"label": labels[0]}, value=asked.column),)


def _told(condition: Condition) -> str:
    return bounds_words(condition.bounds) if condition.bounds else _labels(condition.labels)


def _labels(labels: Sequence[str]) -> str:
    some = ", ".join(f"“{label}”" for label in labels[:_SHOWN_LABELS])
    return f"{some}, …" if len(labels) > _SHOWN_LABELS else some


def _detail(asked: Question, group: Sequence[Condition], people: int) -> str:
    leaks = max(condition.leaks for condition in group)
    sentence = ngettext(
        "%(n)s person gave another answer to “%(asked)s”; %(leaks)s of them answered here.",
        "%(n)s people gave another answer to “%(asked)s”; %(leaks)s of them answered here.",
        people + leaks,
    )
    words = {"n": fmt_count(people + leaks), "asked": asked.title, "leaks": fmt_count(leaks)}
    base = _("A blank that was not shown does not belong to the base.")
    return f"{sentence % words} {base}"


def with_condition(question: Question, value: str) -> Question:
    """The entry asked only of those whom `value` (a ShownIf as text) names."""
    return replace(question, shown_if=from_plain(ShownIf, json.loads(value)))
