"""What is averaged: numbers as they are, probabilities as 0-1, the steps of a scale as numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_number, fmt_percent
from surveyapp.domain.question import Kind
from surveyapp.stats.answers import Answers
from surveyapp.stats.count import reasons
from surveyapp.stats.step import values_of

Floats = NDArray[np.float64]

_HALF = 50.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """`numbers` (m,), 0 where `why` (m,) is not 0; `hits` (m,), who counts in the share that `share_label` names (None
    for numbers, where no share suggests itself); `bounds` of what can be answered, where they are known."""

    numbers: Floats
    why: NDArray[np.int8]
    hits: NDArray[np.bool_] | None
    share_label: str
    bounds: tuple[float, float] | None
    percent: bool

    def text(self, value: float) -> str:
        """A value of this question as people read it."""
        return fmt_percent(value) if self.percent else fmt_number(value)


def values_for(answers: Answers, *, share_from: float | None = None) -> Values | None:
    """The numbers of a number, probability, scale, ordered choice or tick; None for other kinds.

    The share is that of the steps above the middle of a scale, of probabilities above 50 %, of ticks; with `share_from`
    (in the question's unit, per cent for probabilities), of answers of at least as much.
    """
    question, why = answers.question, reasons(answers)
    given = why == 0
    if question.kind is Kind.NUMBER:
        numbers = np.where(given, answers.values, 0.0)
        hits, label = None, ""
    elif question.kind is Kind.PROBABILITY:
        numbers = np.where(given, answers.values, 0.0)
        hits, label = numbers > _HALF, _("above %(share)s") % {"share": fmt_percent(0.5)}
    elif question.kind in (Kind.SCALE, Kind.TICK) or (question.kind is Kind.SINGLE and question.ordered):
        numbers = values_of(answers, given)
        hits, label = _upper(answers)
    else:
        return None
    percent = question.kind is Kind.PROBABILITY
    if share_from is not None:
        hits = numbers >= share_from
        label = _("%(least)s or more") % {"least": fmt_percent(share_from / 100) if percent else fmt_number(share_from)}
    return Values(
        numbers=numbers / 100 if percent else numbers,
        why=why,
        hits=hits,
        share_label=label,
        bounds=(0.0, 1.0) if percent else None,
        percent=percent,
    )


def _upper(answers: Answers) -> tuple[NDArray[np.bool_] | None, str]:
    """Steps above the middle, as in a battery: of five the last two, of four the last two."""
    choices = [choice for choice in answers.question.choices if choice.missing is None]
    if answers.question.kind is Kind.TICK:
        return np.asarray(answers.values == 1), _("ticked")
    upper = choices[(len(choices) + 1) // 2 :]
    if not upper:
        return None, ""
    hits = np.isin(answers.values, [choice.code for choice in upper])
    if len(upper) == 1:
        return hits, upper[0].label
    return hits, _("%(first)s to %(last)s") % {"first": upper[0].label, "last": upper[-1].label}
