"""The proposal for a file: what each column means, what looks wrong, what was matched. Nothing is stored yet."""

from __future__ import annotations

from dataclasses import dataclass

from surveyapp.domain.mapping import Mapping
from surveyapp.domain.question import Question
from surveyapp.domain.wave import Problem
from surveyapp.importers.table import Report, TextTable, no_report


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """A checked, not yet executed import. `mapping.questions[i]` belongs to `table.columns[i]`.

    `problems` are the open ones, worst first; `done` sentences say what was done without asking. With a mapping
    given, `matched` and `new` hold positions of columns it knew or not, `unmatched` its questions without a column.
    """

    table: TextTable
    mapping: Mapping
    problems: tuple[Problem, ...] = ()
    done: tuple[str, ...] = ()
    matched: tuple[int, ...] = ()
    new: tuple[int, ...] = ()
    unmatched: tuple[Question, ...] = ()


def propose(table: TextTable, *, mapping: Mapping | None = None, report: Report = no_report) -> ImportPlan:
    """Guess the codebook and find the problems. With a mapping, its decisions come first."""
    raise NotImplementedError


def with_question(plan: ImportPlan, question: Question) -> ImportPlan:
    """The plan with this codebook entry (found by column and occurrence) instead of its present one."""
    raise NotImplementedError


def with_mapping(plan: ImportPlan, mapping: Mapping) -> ImportPlan:
    """The plan with the decisions of an earlier file applied to it."""
    raise NotImplementedError
