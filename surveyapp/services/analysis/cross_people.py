"""The people of a cell of a cross-tab, as filters."""

from __future__ import annotations

from collections.abc import Sequence

from surveyapp.domain.analysis import AnalysisSpec, Base, Condition, Operator
from surveyapp.domain.question import Kind, Question
from surveyapp.services.analysis.cross import BANDED
from surveyapp.services.analysis.cross_option import edges_of
from surveyapp.services.analysis.run import base_of
from surveyapp.services.analysis.subject import question_of_key
from surveyapp.services.filter.offer import people_of_bin, question_condition
from surveyapp.services.session import Session
from surveyapp.stats.question.grid import first_upper, step_labels
from surveyapp.stats.table.band import band_bounds, suggested_edges
from surveyapp.stats.table.period import periods_of
from surveyapp.stats.table.result import CrossTable, Group, LeafRole, RowHead, RowKind
from surveyapp.stats.table.view import Percent

_TOTAL = "total"


def people_of_cell(session: Session, spec: AnalysisSpec, table: CrossTable, place: tuple[int, int]) -> list[Condition]:
    """The filters that leave the people counted in a cell; none where no filter says it."""
    row, column = table.rows[place[0]], table.columns[place[1]]
    rows = [question_of_key(session, spec.base.wave_id, key) for key in spec.columns]
    found = _of_row(session, spec, table, row, rows)
    if not spec.by:
        step = [question_condition(rows[place[0]], Operator.IS, (column.label,))]
        return found if column.role is LeafRole.TOTAL else step
    found += _of_column(session, spec, table, table.groups[column.group], column.key)
    return found


def _of_row(
    session: Session, spec: AnalysisSpec, table: CrossTable, row: RowHead, rows: Sequence[Question]
) -> list[Condition]:
    if table.row_kind is not RowKind.ITEMS:
        return _of_leaf(session, spec, rows[0], spec.columns[0], row.key)
    item = next(question for question in rows if f"{question.column}#{question.occurrence}" == row.key)
    if table.view.percent is Percent.ROW and not spec.by:
        return [question_condition(item, Operator.ANSWERED)]
    answers = [session.dataset.answers(spec.base.wave_id, question) for question in rows]
    steps = max((step_labels(each) for each in answers), key=len)
    upper = tuple(label for label in steps[first_upper(len(steps)) :] if label in step_labels_of(item))
    return [question_condition(item, Operator.IS, upper)]


def step_labels_of(question: Question) -> tuple[str, ...]:
    """The labels of a question's answers."""
    return tuple(choice.label for choice in question.choices if choice.missing is None)


def _of_column(session: Session, spec: AnalysisSpec, table: CrossTable, group: Group, key: str) -> list[Condition]:
    """Of a total: everybody of its group. `key` has a part for each question that is one in another."""
    questions = [question_of_key(session, spec.base.wave_id, name) for name in spec.by]
    if spec.option("layout") == "banner":
        named = [(name, q) for name, q in zip(spec.by, questions, strict=True) if q.title == group.path[0]]
        place = [each.path[0] for each in table.groups[: table.groups.index(group)]].count(group.path[0])
        return _of_leaf(session, spec, named[place][1], named[place][0], key) if place < len(named) else []
    parts = key.split("/")
    if len(parts) < len(questions) and len(table.groups) > 1:
        # a total carries no answers of the questions around it; its neighbours do
        around = table.columns[group.start].key.split("/")[:-1] if group.stop - group.start > 1 else []
        parts = [*around, _TOTAL] if around else [_TOTAL] * len(questions)
    found: list[Condition] = []
    for name, question, part in zip(spec.by, questions, parts, strict=True):
        found += _of_leaf(session, spec, question, name, part)
    return found


def _of_leaf(session: Session, spec: AnalysisSpec, question: Question, name: str, key: str) -> list[Condition]:
    if key == _TOTAL:
        return [question_condition(question, Operator.ANSWERED)]
    if question.kind in BANDED:
        return _of_band(session, spec, question, name, int(key))
    if question.kind is Kind.DATE:
        return people_of_period(session, spec.base, question, int(key))
    if key == "none":
        return [question_condition(question, Operator.IS_NOT, step_labels_of(question))]
    if key.startswith("net:"):
        return [question_condition(question, Operator.IS, _net(spec, question, name, int(key.removeprefix("net:"))))]
    label = next(choice.label for choice in question.choices if str(choice.code) == key)
    return [question_condition(question, Operator.IS, (label,))]


def _net(spec: AnalysisSpec, question: Question, name: str, number: int) -> tuple[str, ...]:
    from surveyapp.services.analysis.cross_option import nets_of

    labels = list(nets_of(spec, name).values())[number]
    return tuple(label for label in labels if label in step_labels_of(question))


def people_of_period(session: Session, base: Base, question: Question, place: int) -> list[Condition]:
    """The filters that leave who gave a date of the period at that place, among those of the people of a base."""
    answers = session.dataset.answers(base.wave_id, question).take(base_of(session, base).mask)
    periods = periods_of(answers)
    if periods is None:
        return []
    ends = zip((Operator.AT_LEAST, Operator.AT_MOST), periods.days(place), strict=True)
    found = [question_condition(question, operator, (day,)) for operator, day in ends if day is not None]
    return found or [question_condition(question, Operator.ANSWERED)]


def _of_band(session: Session, spec: AnalysisSpec, question: Question, name: str, place: int) -> list[Condition]:
    answers = session.dataset.answers(spec.base.wave_id, question).take(base_of(session, spec.base).mask)
    edges = edges_of(spec, name) or suggested_edges(answers)
    low, high = band_bounds(answers, edges, place)
    if low is None and high is None:
        return [question_condition(question, Operator.ANSWERED)]
    return people_of_bin(session, spec.base, question, low=low, high=high)
