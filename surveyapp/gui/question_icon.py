"""The icon of a question: how its answers are read. The same wherever questions are listed."""

from __future__ import annotations

from surveyapp.domain.question import DERIVED, Kind, Question, Role

BATTERY_ICON = "rows-3"
"""That of several questions that share their answers."""

DERIVED_ICON = "sigma"
"""That of a question made of others."""

_BY_KIND = {
    Kind.SINGLE: "list",
    Kind.MULTI: "list-checks",
    Kind.NUMBER: "hash",
    Kind.PROBABILITY: "percent",
    Kind.SCALE: "list-ordered",
    Kind.TICK: "list-checks",
    Kind.DATE: "calendar",
    Kind.TEXT: "type",
    Kind.IDENTIFIER: "key",
    Kind.EMPTY: "minus",
}


def question_icon(question: Question) -> str:
    """Its name among the icons."""
    if question.occurrence == DERIVED:
        return DERIVED_ICON
    if question.role is Role.ESTIMATE:
        return "target"
    if question.kind is Kind.SINGLE and question.ordered:
        return "list-ordered"
    return _BY_KIND[question.kind]
