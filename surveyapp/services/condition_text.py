"""Conditions as one types them: `Gender = Female`, `Age >= 18`, `Age answered`, `Age refused`, `not identical`,
`saved Regulars`; with alternatives, `Gender = Female or Age >= 18`, and the contrary, `not (Gender = Female)`.

A small fixed grammar; nothing in it is ever executed.
"""

from __future__ import annotations

import math
import re

from surveyapp.base.i18n import _
from surveyapp.domain.analysis import Condition, Operator, any_of
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Kind, Missing
from surveyapp.domain.wave import Flag
from surveyapp.services.filter.saved_filter import FILTERS, chip_of
from surveyapp.services.session import Session

_COMPARISON = re.compile(r"^(?P<name>.+?)\s*(?P<sign>!=|>=|<=|=)\s*(?P<values>.+)$", re.DOTALL)
_STATES = "|".join(["answered", "missing", *(missing.value for missing in Missing)])
_STATE = re.compile(rf"^(?P<name>.+?)\s+(?P<state>{_STATES})$", re.DOTALL)
_CONTRARY = re.compile(r"^not\s*\((?P<inner>.+)\)$", re.DOTALL)
_SAVED = re.compile(r"^saved\s+(?P<name>.+)$", re.DOTALL)
_DATE = re.compile(r"^\d{4}(-\d\d(-\d\d([T ]\d\d(:\d\d){0,2})?)?)?$")
_CLOSED = (Kind.SINGLE, Kind.SCALE, Kind.MULTI, Kind.TICK)
_NUMBERS = (Kind.NUMBER, Kind.PROBABILITY)
_OR = " or "
_SIGNS = {"=": Operator.IS, "!=": Operator.IS_NOT, ">=": Operator.AT_LEAST, "<=": Operator.AT_MOST}


def parse_condition(session: Session, wave_id: int, text: str) -> Condition:
    """A typed condition. Several values stand apart by `|`. Raises UserError, saying what was expected."""
    contrary = _CONTRARY.match(text.strip())
    if contrary:
        return any_of(_alternatives(session, wave_id, contrary["inner"]), negated=True)
    return any_of(_alternatives(session, wave_id, text))


def _alternatives(session: Session, wave_id: int, text: str) -> list[Condition]:
    """The comparisons between the words `or`; one that belongs to a name or an answer is not one of those.

    A text can be anything: there, what is a comparison behind the word is taken as one.
    """
    try:
        whole, fault = _comparison(session, wave_id, text), None
    except UserError as error:
        whole, fault = None, error
    if whole is not None and not _any_text(session, wave_id, whole):
        return [whole]
    place = text.find(_OR)
    while place >= 0:
        try:
            first = _comparison(session, wave_id, text[:place])
        except UserError:
            place = text.find(_OR, place + 1)
            continue
        try:
            return [first, *_alternatives(session, wave_id, text[place + len(_OR) :])]
        except UserError as error:  # what stands before it is right: this tells more than the whole
            fault = error
            place = text.find(_OR, place + 1)
    if whole is None:
        assert fault is not None  # one of the two
        raise fault
    return [whole]


def _any_text(session: Session, wave_id: int, condition: Condition) -> bool:
    """Whether the value may be any text, the word `or` included."""
    if condition.operator not in (Operator.IS, Operator.IS_NOT):
        return False
    question = session.codebook(wave_id).at(condition.column, condition.occurrence)
    return question is not None and question.kind not in (*_CLOSED, *_NUMBERS, Kind.DATE)


def _comparison(session: Session, wave_id: int, text: str) -> Condition:
    words = text.strip()
    saved = _SAVED.match(words)
    asks = _STATE.match(words) or _COMPARISON.match(words)
    if saved and (FILTERS.find(session, saved["name"]) or not asks):  # else a question may be called "saved ..."
        return chip_of(FILTERS.get(session, saved["name"]))
    flag = words.removeprefix("not ").strip()
    if flag in {item.value for item in Flag}:
        operator = Operator.UNFLAGGED if words.startswith("not ") else Operator.FLAGGED
        return Condition(operator=operator, values=(Flag(flag).value,))
    state = _STATE.match(words)
    if state:
        question = session.find_question(wave_id, state["name"])
        operator = Operator.ANSWERED if state["state"] == "answered" else Operator.MISSING
        kinds = (state["state"],) if state["state"] not in ("answered", "missing") else ()
        return Condition(column=question.column, occurrence=question.occurrence, operator=operator, values=kinds)
    comparison = _COMPARISON.match(words)
    if not comparison:
        raise _not_understood(text)
    question = session.find_question(wave_id, comparison["name"])
    values = tuple(value.strip() for value in comparison["values"].split("|"))
    operator = _SIGNS[comparison["sign"]]
    if operator in (Operator.AT_LEAST, Operator.AT_MOST) and len(values) > 1:
        raise UserError(
            _("%(question)s is compared with one value.") % {"question": question.title},
            _("Write it as %(sign)s 18.") % {"sign": comparison["sign"]},
        )
    if question.kind in _CLOSED:
        values = _as_called(values, [choice.label for choice in question.choices], question.title)
    elif question.kind in _NUMBERS:
        values = tuple(_number(value, question.title) for value in values)
    elif question.kind is Kind.DATE:
        _ensure_dates(values, question.title)
    return Condition(column=question.column, occurrence=question.occurrence, operator=operator, values=values)


def _number(value: str, title: str) -> str:
    """The number as typed, a decimal comma as a point. Raises UserError for what is none."""
    typed = value.replace(",", ".")
    try:
        found = float(typed)
    except ValueError:
        found = math.nan
    if math.isfinite(found):
        return typed
    raise UserError(
        _("The filter on %(question)s needs a number.") % {"question": title}, _("Type a number such as 18 or 2.5.")
    )


def _ensure_dates(values: tuple[str, ...], title: str) -> None:
    if not all(_DATE.match(value) for value in values):
        raise UserError(
            _("The filter on %(question)s needs a date.") % {"question": title},
            _("Type it as year-month-day, such as 2026-11-03."),
        )


def _as_called(values: tuple[str, ...], labels: list[str], title: str) -> tuple[str, ...]:
    """The answers as the codebook calls them, whatever their case. Raises UserError for one there is not."""
    folded = {label.casefold(): label for label in reversed(labels)}
    found = {value: value if value in labels else folded.get(value.casefold()) for value in values}
    unknown = [value for value in values if found[value] is None]
    if unknown:
        raise UserError(
            _("%(question)s has no answer %(value)s.") % {"question": title, "value": unknown[0]},
            _("There are: %(labels)s.") % {"labels": ", ".join(labels[:12])},
        )
    return tuple(label for label in found.values() if label is not None)


def _not_understood(text: str) -> UserError:
    return UserError(
        _("The filter %(text)s is not understood.") % {"text": text},
        _('Write "Question = answer", "Question >= 18", "Question answered" or "not identical".'),
    )
