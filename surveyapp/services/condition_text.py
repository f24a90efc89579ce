"""Conditions as one types them: `Gender = Female`, `Age >= 18`, `Age answered`, `not identical`.

A small fixed grammar; nothing in it is ever executed.
"""

from __future__ import annotations

import re

from surveyapp.base.i18n import _
from surveyapp.domain.analysis import Condition, Operator
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Kind
from surveyapp.domain.wave import Flag
from surveyapp.services.session import Session

_COMPARISON = re.compile(r"^(?P<name>.+?)\s*(?P<sign>!=|>=|<=|=)\s*(?P<values>.+)$", re.DOTALL)
_STATE = re.compile(r"^(?P<name>.+?)\s+(?P<state>answered|missing)$", re.DOTALL)
_SIGNS = {"=": Operator.IS, "!=": Operator.IS_NOT, ">=": Operator.AT_LEAST, "<=": Operator.AT_MOST}


def parse_condition(session: Session, wave_id: int, text: str) -> Condition:
    """A typed condition. Several values stand apart by `|`. Raises UserError, saying what was expected."""
    words = text.strip()
    flag = words.removeprefix("not ").strip()
    if flag in {item.value for item in Flag}:
        operator = Operator.UNFLAGGED if words.startswith("not ") else Operator.FLAGGED
        return Condition(operator=operator, values=(Flag(flag).value,))
    state = _STATE.match(words)
    if state:
        question = session.find_question(wave_id, state["name"])
        operator = Operator.ANSWERED if state["state"] == "answered" else Operator.MISSING
        return Condition(column=question.column, occurrence=question.occurrence, operator=operator)
    comparison = _COMPARISON.match(words)
    if not comparison:
        raise _not_understood(text)
    question = session.find_question(wave_id, comparison["name"])
    values = tuple(value.strip() for value in comparison["values"].split("|"))
    if question.kind in (Kind.SINGLE, Kind.SCALE, Kind.MULTI, Kind.TICK):
        _ensure_labels(values, [choice.label for choice in question.choices], question.title)
    return Condition(
        column=question.column, occurrence=question.occurrence, operator=_SIGNS[comparison["sign"]], values=values
    )


def _ensure_labels(values: tuple[str, ...], labels: list[str], title: str) -> None:
    unknown = [value for value in values if value not in labels]
    if unknown:
        raise UserError(
            _("%(question)s has no answer %(value)s.") % {"question": title, "value": unknown[0]},
            _("There are: %(labels)s.") % {"labels": ", ".join(labels[:12])},
        )


def _not_understood(text: str) -> UserError:
    return UserError(
        _("The filter %(text)s is not understood.") % {"text": text},
        _('Write "Question = answer", "Question >= 18", "Question answered" or "not identical".'),
    )
