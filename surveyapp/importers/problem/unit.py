"""Answers in the smaller unit: persons where millions were asked."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.question import Role
from surveyapp.domain.wave import Fix, Problem, Severity
from surveyapp.importers.cell.number import decimal_sign, read_number
from surveyapp.importers.cell.wording import clean
from surveyapp.importers.guess.sample import Sample
from surveyapp.importers.problem.view import View

_MIN_COUNT = 3
_MAX_SHARE = 0.4


def find_unit_mix(view: View, place: int) -> Problem | None:
    """The problem if a second hump of answers lies about a million (for estimates also a thousand) times higher."""
    question = view.questions[place]
    factors = (1e6, 1e3) if question.role is Role.ESTIMATE else (1e6,)
    values = positive_values(view.samples[place])
    for factor in factors:
        limit = gap_below(values, factor)
        if limit is not None:
            return _problem(view, place, factor, limit)
    return None


def positive_values(sample: Sample) -> NDArray[np.float64]:
    """The numbers above 0 of a column, each as often as it was given, ascending."""
    numbers = [(value, count) for value, count in sample.numbers() if value > 0]
    if not numbers:
        return np.zeros(0)
    return np.repeat(*(np.array(part) for part in zip(*numbers, strict=True)))


def _middle(ascending: NDArray[np.float64]) -> float:
    """The median of sorted numbers."""
    last = len(ascending) - 1
    return float(ascending[last // 2] + ascending[(last + 1) // 2]) / 2


def gap_below(values: NDArray[np.float64], factor: float) -> float | None:
    """Above which number answers are in the smaller unit; None without a clear second hump.

    The hump's median must be `factor` times the others' within a factor of 5, and the middle between both humps
    nearly empty.
    """
    if len(values) < 10:
        return None
    logs = np.log10(values)
    step = math.log10(factor)
    upper = logs > _middle(logs) + step / 2
    n_upper = int(np.count_nonzero(upper))
    if n_upper < _MIN_COUNT or n_upper > _MAX_SHARE * len(values):
        return None
    low, high = logs[~upper], logs[upper]
    distance = _middle(high) - _middle(low)
    middle = np.count_nonzero((logs > _middle(low) + step / 3) & (logs < _middle(low) + 2 * step / 3))
    if abs(distance - step) > math.log10(5) or middle > 0.25 * n_upper:
        return None
    return float(10 ** round(_middle(low) + step / 2))


def _problem(view: View, place: int, factor: float, limit: float) -> Problem:
    question = view.questions[place]
    decimal = decimal_sign(view.samples[place].labels)

    def is_large(raw: str) -> bool:
        value = read_number(clean(raw), decimal=decimal)
        return value is not None and value > limit

    def after(raw: str) -> str:
        return f"{(read_number(clean(raw), decimal=decimal) or 0) / factor:,.6g}"

    responses = view.places(place, is_large)
    amount = fmt_count(int(factor))
    title = ngettext(
        "%(n)s answer to “%(name)s” is %(factor)s times too large",
        "%(n)s answers to “%(name)s” are about %(factor)s times larger than the rest",
        len(responses),
    )
    return Problem(
        kind="unit_mix",
        severity=Severity.DECIDE,
        title=title % {"n": fmt_count(len(responses)), "name": question.title, "factor": amount},
        detail=_smaller_unit(factor),
        column=question.column,
        occurrence=question.occurrence,
        count=len(responses),
        out_of=view.samples[place].answered,
        rows=view.rows(responses),
        examples=view.examples(place, responses, after),
        fixes=(
            Fix(action="unit", label=f"÷ {amount}", value=f"{factor:.0f} above {limit:.0f}"),
            Fix(action="keep", label=_("Keep as typed")),
            Fix(action="high", label=_("Out of range"), value=f"{limit:.0f}"),
        ),
        columns=(place,),
    )


def _smaller_unit(factor: float) -> str:
    words = {1e3: _("such as persons instead of thousands"), 1e6: _("such as persons instead of millions")}
    said = _("They were probably given in the smaller unit")
    return f"{said}, {words[factor]}." if factor in words else f"{said}."
