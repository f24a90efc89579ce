"""Multiple choice: people and ticks apart, shares of the people who saw the question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _
from surveyapp.domain.question import Choice, Kind, Missing
from surveyapp.stats.answers import MISSING_CODES, Answers
from surveyapp.stats.count import count_people, nobody, not_computed, reasons
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.interval import wilson
from surveyapp.stats.result import FrequencyRow, MultiTable
from surveyapp.stats.weight import share
from surveyapp.stats.weight.design import Weights
from surveyapp.stats.weight.kish import nobody_counts, weighting_of

_NOT_SHOWN = MISSING_CODES[Missing.NOT_SHOWN]
_BLANK = MISSING_CODES[Missing.BLANK]


def multi_table(
    answers: Answers,
    level: float = 0.95,
    *,
    seen: NDArray[np.bool_] | None = None,
    weights: Weights | None = None,
) -> MultiTable | NotComputed:
    """The table of a multiple choice; shares and Wilson intervals are of the base.

    The base is who saw the question as the form recorded it ("not shown"); where it did not, `seen` (shape (n,):
    answered this or a later question) and everyone who answered; without `seen` only those who answered. People out
    of the base are counted as not shown; `none_ticked` = base - people with a tick, so it takes in those
    who only wrote something in. With `weights` (of the same people) shares and intervals are weighted, see
    weight.share; counts stay people.
    """
    if answers.question.kind is not Kind.MULTI:
        raise ValueError(f"no multiple choice table of a {answers.question.kind} question")
    given = reasons(answers)
    if nothing := nobody(answers, count_people(given)):
        return nothing
    why, rule = base_of(answers, given, seen)
    counted = count_people(why)
    columns = [(i, choice) for i, choice in enumerate(answers.question.choices) if choice.missing is None]
    if not columns:
        return not_computed(answers, counted, _("Not computed: the codebook lists no answers for this question."))
    ticked = answers.values[why == 0][:, [i for i, _choice in columns]]
    counts = [int(k) for k in np.count_nonzero(ticked, axis=0)]
    table = MultiTable(
        question=answers.question.wording,
        kind=Kind.MULTI,
        counted=counted,
        rows=_rows([choice for _i, choice in columns], counts, counted.base, level),
        ticks=sum(counts),
        none_ticked=counted.base - int(np.count_nonzero(ticked.any(axis=1))),
        level=level,
        base_rule=rule,
    )
    if weights is None:
        return table
    own = weights.take(why != _NOT_SHOWN)
    if nothing := nobody_counts(answers, counted, own):
        return nothing
    everybody = (answers.values & (why == 0)[:, None])[why != _NOT_SHOWN][:, [i for i, _choice in columns]]
    return _weighted(table, everybody, own)


def _weighted(table: MultiTable, ticked: NDArray[np.bool_], weights: Weights) -> MultiTable:
    """`ticked`: one row for each person of the base."""
    weighting = weighting_of(weights)
    if weights.plain:
        return replace(table, weighting=weighting)
    found = share.tick_shares(ticked, weights, table.level)
    rows = share.weighted_rows(table.rows, found)
    return replace(table, rows=rows, method=share.METHOD, weighting=weighting)


def with_none_ticked(answers: Answers, seen: NDArray[np.bool_] | None) -> Answers:
    """The multiple choice where a blank of somebody who saw it is an answer without ticks, and people out of its base
    are not shown: the base of `multi_table`. Other questions, and a form that tells nothing, as they are."""
    if answers.question.kind is not Kind.MULTI:
        return answers
    given = reasons(answers)
    recorded = bool((answers.missing == _NOT_SHOWN).any())
    if seen is None and not recorded:
        return answers
    why, _rule = base_of(answers, given, seen)
    missing = np.where(why == _BLANK, 0, why).astype(np.int8)
    return replace(answers, missing=missing, values=answers.values & (why == 0)[:, None])


def base_of(answers: Answers, why: NDArray[np.int8], seen: NDArray[np.bool_] | None) -> tuple[NDArray[np.int8], str]:
    """Reasons with people out of the base as not shown, and the rule in words."""
    if (answers.missing == _NOT_SHOWN).any():
        return why, _("Base: people who were shown this question.")
    if seen is None:
        outside = why == _BLANK
        return _outside(why, outside), _("Base: people who answered; the form does not record who saw the question.")
    if seen.shape != why.shape:
        raise ValueError("seen must have one entry per person")
    return _outside(why, (why == _BLANK) & ~seen), _("Base: people who answered this or a later question.")


def _outside(why: NDArray[np.int8], outside: NDArray[np.bool_]) -> NDArray[np.int8]:
    return np.where(outside, np.int8(_NOT_SHOWN), why).astype(np.int8)


def _rows(choices: Sequence[Choice], counts: Sequence[int], base: int, level: float) -> tuple[FrequencyRow, ...]:
    lows, highs = wilson(list(counts), base, level)
    return tuple(
        FrequencyRow(
            code=choice.code, label=choice.label, count=k, share=k / base, low=low, high=high, other=choice.other
        )
        for choice, k, low, high in zip(choices, counts, lows.tolist(), highs.tolist(), strict=True)
    )
