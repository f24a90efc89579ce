"""From a selected number to the people behind it."""

from __future__ import annotations

from surveyapp.domain.analysis import Base, Condition, Operator
from surveyapp.domain.question import Kind
from surveyapp.services.filter.offer import people_of_bin, question_condition
from surveyapp.services.question_list import ListedQuestion
from surveyapp.services.session import Session
from surveyapp.stats.estimate import Histogram
from surveyapp.stats.result import FrequencyTable, GridTable, MultiTable, NumericSummary, ProbabilitySummary, Result


def conditions_of(session: Session, base: Base, entry: ListedQuestion, result: Result, key: str) -> list[Condition]:
    """The filters that leave the people behind a mark; none where the mark is no group of people."""
    question = entry.questions[0]
    match result:
        case FrequencyTable() | MultiTable():
            label = next((row.label for row in result.rows if str(row.code) == key), None)
            return [question_condition(question, Operator.IS, (label,))] if label is not None else []
        case GridTable():
            return _of_item(entry, result, key)
        case NumericSummary() | ProbabilitySummary() if key.isdigit():
            scale = 100.0 if question.kind is Kind.PROBABILITY else 1.0
            low, high = bounds_of(result.histogram, int(key), scale=scale)
            return people_of_bin(session, base, question, low=low, high=high)
        case _:
            return []


def bounds_of(histogram: Histogram, number: int, *, scale: float) -> tuple[float | None, float | None]:
    """The range [low, high) of a bin; the outer bins hold everything beyond, so they are open."""
    last = len(histogram.counts) - 1
    low = None if number == 0 else round(histogram.edges[number] * scale, 9)
    high = None if number == last else round(histogram.edges[number + 1] * scale, 9)
    return low, high


def _of_item(entry: ListedQuestion, result: GridTable, key: str) -> list[Condition]:
    name, _bar, step = key.rpartition("|")
    for item in result.items:
        question = next((q for q in entry.questions if q.wording == item.question), None)
        if question is None or item.question not in (key, name):
            continue
        if item.question == key or not step.isdigit():
            return [question_condition(question, Operator.IS, result.steps[(len(result.steps) + 1) // 2 :])]
        return [question_condition(question, Operator.IS, (result.steps[int(step)],))]
    return []
