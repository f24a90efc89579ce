"""The columns of a file or of a stored wave as lines of one table: what they are read as, what they hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from surveyapp.domain.question import Question
from surveyapp.domain.wave import Problem, Severity
from surveyapp.importers.coding import code_plan_column
from surveyapp.importers.plan import ImportPlan
from surveyapp.importers.profile import ColumnProfile, kind_label, profile_column, role_label
from surveyapp.services.session import Session

__all__ = [
    "ColumnProfile",
    "kind_label",
    "plan_profiles",
    "role_label",
    "severities",
    "wave_profiles",
]

_RANK = {Severity.DECIDE: 0, Severity.LOOK: 1, Severity.DONE: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnRow:
    """One line. `profile` is None until it has been computed; `severity` is that of its worst open problem."""

    question: Question
    profile: ColumnProfile | None = None
    severity: Severity | None = None
    changed: bool = False


def plan_profiles(plan: ImportPlan, places: Iterable[int]) -> dict[int, ColumnProfile]:
    """The profiles of these columns of a file, by position."""
    return {place: profile_column(code_plan_column(plan, place)) for place in places}


def wave_profiles(session: Session, wave_id: int, questions: Sequence[Question]) -> dict[int, ColumnProfile]:
    """The profiles of these stored questions, by their id."""
    columns = session.store.answers.load(wave_id, [question.id for question in questions])
    return {question_id: profile_column(column) for question_id, column in columns.items()}


def severities(questions: Sequence[Question], problems: Iterable[Problem]) -> dict[int, Severity]:
    """The worst open problem of each column, by its position in `questions`."""
    where = {(question.column, question.occurrence): n for n, question in enumerate(questions)}
    worst: dict[int, Severity] = {}
    for problem in problems:
        own = where.get((problem.column, problem.occurrence)) if problem.column else None
        for place in (*problem.columns, *(() if own is None else (own,))):
            if place not in worst or _RANK[problem.severity] < _RANK[worst[place]]:
                worst[place] = problem.severity
    return worst
