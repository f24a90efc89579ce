"""Long lists with many answers that one or two people gave: they can be counted as "Other"."""

from __future__ import annotations

import json

import numpy as np

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.question import Question
from surveyapp.domain.wave import Fix, Problem, Severity
from surveyapp.importers.alike.name import names_for
from surveyapp.importers.cell.wording import clean
from surveyapp.importers.problem.column_problem import build_problem, keep_fix
from surveyapp.importers.problem.merge import find_label, gathering, merged, other_of_question, rare_codes
from surveyapp.importers.problem.run import counts_of
from surveyapp.importers.problem.view import View

BELOW = 3
"""An answer that fewer people gave is rare."""
_MANY = 8
"""So many rare answers make a long tail."""


def rare_answers(view: View, place: int) -> Problem | None:
    """The tail of one column. In a list of countries or cities, where a rare answer is as clear as a common one,
    keeping all is proposed first."""
    question = view.questions[place]
    if question.ordered or question.grid:
        return None
    reading, counts = view.read(place), counts_of(view.table.columns[place])
    people: dict[int, int] = {}
    for entry, n in zip(reading.entries, counts.tolist(), strict=True):
        if entry.missing is None and isinstance(entry.value, int):
            people[entry.value] = people.get(entry.value, 0) + n
    rare = rare_codes(reading.question, people, BELOW)
    if len(rare) < _MANY or sum(people[code] for code in rare) > 0.25 * sum(people.values()):
        return None
    labels = [choice.label for code in rare if (choice := reading.question.choice(code)) is not None]
    raws = {entry.raw for entry in reading.entries if entry.value in rare and entry.missing is None}
    responses = view.places(place, raws.__contains__) if raws else np.zeros(0, dtype=np.int64)
    title = ngettext(
        "%(n)s answer to “%(name)s” comes from one or two people",
        "%(n)s answers to “%(name)s” come from one or two people each",
        len(rare),
    )
    fold = Fix(action="fold_rare", label=_("Count them as Other"), value=json.dumps(labels, ensure_ascii=False))
    names = names_for(f"{question.name} {question.wording}", view.samples[place].cells)
    return build_problem(
        view,
        place,
        "rare_answers",
        severity=Severity.LOOK,
        title=title % {"n": fmt_count(len(rare)), "name": question.title},
        detail=_("Small groups make long tables, and can give people away. Each can be split off again."),
        responses=responses,
        fixes=(keep_fix(), fold) if names else (fold, keep_fix()),
        after=lambda raw: _("Other") if clean(raw) in labels else raw,
    )


def fold_into_other(question: Question, value: str) -> Question:
    """The entry in which the choices of these labels (a JSON list) are part of "Other", a new choice if it has none."""
    question = gathering(question)
    other = other_of_question(question)
    assert other is not None
    codes = [choice.code for label in json.loads(value) if (choice := find_label(question, label)) is not None]
    return merged(question, [code for code in codes if code != other.code], other.code)
