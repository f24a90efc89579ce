"""Bare numbers in another unit than the rest, told by their size: metres among centimetres, thousands among units,
years from now among calendar years.

What size cannot tell is left alone: kilograms and pounds (a factor of 2), monthly among yearly incomes (a factor of 12
lies within what people earn), 5.9 as feet or as five feet nine.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.question import Kind, Question, Role
from surveyapp.domain.wave import Fix, Problem, Severity
from surveyapp.importers.cell.quantity import own_unit
from surveyapp.importers.cell.wording import clean
from surveyapp.importers.problem.number_decision import replace_fix
from surveyapp.importers.problem.unit import gap_below, positive_values
from surveyapp.importers.problem.view import View

_CALENDAR = (1500.0, 3000.0)
_SPAN = (1.0, 150.0)
_MIN_SPANS = 2
_MAJORITY = 0.6


@dataclass(frozen=True, slots=True)
class _Rescue:
    """`convert` gives the number in the column's unit, None for one that fits already."""

    convert: Callable[[float], float | None]
    label: str
    detail: str


def find_other_unit(view: View, place: int) -> Problem | None:
    """The problem of a column with numbers in another unit, with a fix that rewrites just these texts."""
    question = view.questions[place]
    if question.kind is not Kind.NUMBER:
        return None
    rescue = _height(question) or _thousands(view, place)
    if rescue is not None:
        return _problem(view, place, rescue)
    return _spans(view, place)


def _height(question: Question) -> _Rescue | None:
    """Heights of people: what is metres, whole feet or inches lies far from centimetres."""
    if question.unit != "cm" or (question.low, question.high) != (100, 250):
        return None

    def convert(value: float) -> float | None:
        if 1.2 <= value <= 2.3:
            return 100 * value
        if value in (4.0, 5.0, 6.0, 7.0):
            return 30.48 * value
        return 2.54 * value if 54 <= value <= 84 else None

    return _Rescue(
        convert,
        _("Convert to centimetres"),
        _("Numbers from 1.2 to 2.3 are metres, 4 to 7 feet, 54 to 84 inches. 5.9 may be feet or 5 feet 9: left out."),
    )


def _thousands(view: View, place: int) -> _Rescue | None:
    """A small hump a thousand (or a million) times below the rest, where sums or counts of that size are typed."""
    question = view.questions[place]
    if question.unit_factor or not (own_unit(question).currency or question.role is Role.ESTIMATE):
        return None
    values = positive_values(view.samples[place])
    values = values[values >= np.finfo(np.float64).tiny]  # of anything smaller there is no reciprocal
    if not len(values):
        return None
    for factor in (1e3, 1e6):
        gap = gap_below(np.sort(1 / values), factor)
        if gap is not None:
            amount = fmt_count(int(factor))
            return _Rescue(
                _below(1 / gap, factor),
                f"× {amount}",
                _("They lie about %(factor)s times below the rest, with hardly anything between.") % {"factor": amount},
            )
    return None


def _below(limit: float, factor: float) -> Callable[[float], float | None]:
    return lambda value: value * factor if 0 < value < limit else None


def _problem(view: View, place: int, rescue: _Rescue) -> Problem | None:
    view.samples[place].numbers()
    numbers = view.samples[place].text_numbers  # filled by now
    pairs = {
        text: f"{becomes:.10g}"
        for text, value in numbers.items()
        if value is not None and _is_bare(text) and (becomes := rescue.convert(value)) is not None
    }
    question = view.questions[place]
    pairs = {text: becomes for text, becomes in pairs.items() if not _settled(question, text)}
    responses = view.places(place, lambda raw: clean(raw) in pairs) if pairs else np.zeros(0, dtype=np.int64)
    if not len(responses):
        return None
    n = len(responses)
    title = ngettext(
        "%(n)s answer to “%(name)s” is in another unit", "%(n)s answers to “%(name)s” are in another unit", n
    )
    examples = view.examples(place, responses, lambda raw: pairs[clean(raw)])
    return Problem(
        kind="other_unit",
        severity=Severity.DECIDE,
        title=title % {"n": fmt_count(n), "name": question.title},
        detail=rescue.detail,
        column=question.column,
        occurrence=question.occurrence,
        count=n,
        out_of=view.samples[place].answered,
        rows=view.rows(responses),
        examples=examples,
        fixes=(replace_fix(rescue.label, list(pairs.items())), Fix(action="keep", label=_("Keep as typed"))),
        columns=(place,),
    )


def _is_bare(text: str) -> bool:
    """Whether no unit stands beside the number: one that does has been converted."""
    return all(char.isdigit() or char in ".,' " for char in text)


def _settled(question: Question, text: str) -> bool:
    said = [*(one.text for one in question.replacements), *(code.text for code in question.missing_codes)]
    return text in map(clean, said)


def _spans(view: View, place: int) -> Problem | None:
    """Years from now, or ages, where a calendar year was asked. Which of them, size does not tell."""
    question, sample = view.questions[place], view.samples[place]
    if question.low is not None and question.low > _SPAN[0]:
        return None
    numbers = sample.numbers()
    years = sum(n for value, n in numbers if _CALENDAR[0] <= value <= _CALENDAR[1])
    total = sum(n for _value, n in numbers)
    between = sum(n for value, n in numbers if _SPAN[1] < value < 1000)
    spans = sum(n for value, n in numbers if _SPAN[0] <= value <= _SPAN[1])
    if spans < _MIN_SPANS or years < _MAJORITY * total or between > spans:
        return None
    texts = {text for text, value in sample.text_numbers.items() if value is not None and 0 < value <= _SPAN[1]}
    responses = view.places(place, lambda raw: clean(raw) in texts)
    n = len(responses)
    title = ngettext(
        "%(n)s answer to “%(name)s” is no calendar year", "%(n)s answers to “%(name)s” are no calendar years", n
    )
    return Problem(
        kind="year_span",
        severity=Severity.DECIDE,
        title=title % {"n": fmt_count(n), "name": question.title},
        detail=_("They may be years from now, or ages. Nothing in the file tells which, so none is converted."),
        column=question.column,
        occurrence=question.occurrence,
        count=n,
        out_of=sample.answered,
        rows=view.rows(responses),
        examples=view.examples(place, responses, lambda _raw: _("out of range")),
        fixes=(
            Fix(action="low", label=_("Out of range"), value="1000"),
            Fix(action="keep", label=_("Keep as typed")),
        ),
        columns=(place,),
    )
