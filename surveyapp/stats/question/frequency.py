"""How often each answer of a closed question was given, and dates by day, month or year.

Counting works on cached integer codes with np.bincount; 150 questions of 10,000 people take milliseconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _
from surveyapp.domain.question import Choice, Kind
from surveyapp.stats.answers import MISSING_CODES, Answers
from surveyapp.stats.count import count_people, counted_of, nobody, not_computed, reasons, tally_of
from surveyapp.stats.estimate import Counted, NotComputed
from surveyapp.stats.interval import wilson, wilson_lists
from surveyapp.stats.result import FrequencyRow, FrequencyTable
from surveyapp.stats.weight import share
from surveyapp.stats.weight.design import Weights
from surveyapp.stats.weight.kish import nobody_counts, weighting_of

_LARGEST_CODE = 100_000
_MAX_DAYS = 62
_MAX_MONTHS = 120
_MAX_EMPTY_ROWS = 400

_Counts = tuple[Counted, Sequence[Choice], list[int]]


def frequency(answers: Answers, level: float = 0.95, *, weights: Weights | None = None) -> FrequencyTable | NotComputed:
    """The frequency table of a single choice, scale or date, rows in codebook order, shares of those who answered.

    Choices with `missing` set are counted as missing and have no row. With `weights` (of the same people) shares and
    intervals are weighted, see weight.share; counts stay people. Raises ValueError for other kinds.
    """
    if answers.question.kind is Kind.DATE:
        return _date_frequency(answers, level, weights)
    table = _choice_table(answers, level)
    return table if weights is None or isinstance(table, NotComputed) else _weighted_choices(table, answers, weights)


def _weighted_choices(table: FrequencyTable, answers: Answers, weights: Weights) -> FrequencyTable | NotComputed:
    given = reasons(answers) == 0
    codes = np.array([row.code for row in table.rows])
    order = np.argsort(codes)
    places = order[np.searchsorted(codes, answers.values[given], sorter=order)]
    return _weighted(table, places, answers, weights.take(given))


def _weighted(
    table: FrequencyTable, places: NDArray[np.int64], answers: Answers, weights: Weights
) -> FrequencyTable | NotComputed:
    """The table with weighted shares; `places`: the row of each person who answered, `weights` those people's."""
    if nothing := nobody_counts(answers, table.counted, weights):
        return nothing
    weighting = weighting_of(weights)
    if weights.plain:
        return replace(table, weighting=weighting)
    rows = share.weighted_rows(table.rows, share.choice_shares(places, len(table.rows), weights, table.level))
    return replace(table, rows=rows, method=share.METHOD, weighting=weighting)


def _choice_table(answers: Answers, level: float) -> FrequencyTable | NotComputed:
    counted, choices, counts = _choice_counts(answers)
    n = counted.n
    if not choices:
        return not_computed(answers, counted, _("Not computed: the codebook lists no answers for this question."))
    if not n:
        return nobody(answers, counted) or not_computed(answers, counted, "")
    question = answers.question
    rows = zip(choices, counts, *wilson_lists(counts, [n] * len(counts), level), strict=True)
    return FrequencyTable(
        question=question.wording,
        kind=question.kind,
        counted=counted,
        rows=tuple(
            [
                FrequencyRow(
                    code=choice.code,
                    label=choice.label,
                    count=count,
                    share=count / n,
                    low=low,
                    high=high,
                    other=choice.other,
                )
                for choice, count, low, high in rows
            ]
        ),
        ordered=question.ordered or question.kind is Kind.SCALE,
        level=level,
    )


def _choice_counts(answers: Answers) -> _Counts:
    """Counts of the real choices in codebook order."""
    question = answers.question
    if not answers.is_closed:
        raise ValueError(f"no frequency table of a {question.kind} question")
    codes = [choice.code for choice in question.choices]
    if not codes or min(codes) < 0 or max(codes) > _LARGEST_CODE:
        return _counts_by_code(answers)
    values = answers.values if min(codes) else answers.values[answers.answered]  # who gave none has the value 0
    return _counts_fast(answers, values.astype(np.int32, copy=False), max(codes) + 1) or _counts_by_code(answers)


def _counts_fast(answers: Answers, values: NDArray[np.int32], width: int) -> _Counts | None:
    """One np.bincount of the codes, which are below `width`, instead of a mask for each. None where values lie outside
    the codebook."""
    if len(values) and np.maximum.reduce(values.view(np.uint32)) >= width:  # unsigned, negative codes are large too
        return None
    found = tally_of(answers.missing)
    tally = np.bincount(values, minlength=width).tolist()
    choices, counts = [], []
    for choice in answers.question.choices:
        if choice.missing is None:
            choices.append(choice)
            counts.append(tally[choice.code])
        else:
            code = MISSING_CODES[choice.missing]
            found += [0] * (code + 1 - len(found))
            found[code] += tally[choice.code]
    found[0] = sum(counts)
    return (counted_of(found), choices, counts) if sum(found) == len(answers) else None


def _counts_by_code(answers: Answers) -> _Counts:
    """The same for any code: unknown ones count as unreadable."""
    why, choices = reasons(answers), [choice for choice in answers.question.choices if choice.missing is None]
    values = answers.values[why == 0]
    return count_people(why), choices, [int(np.count_nonzero(values == choice.code)) for choice in choices]


def _date_frequency(answers: Answers, level: float, weights: Weights | None) -> FrequencyTable | NotComputed:
    """Dates by day up to two months, by month up to ten years, else by year; units nobody named have a row with 0."""
    why = reasons(answers)
    counted = count_people(why)
    if nothing := nobody(answers, counted):
        return nothing
    given = answers.values[why == 0]
    units = _date_units(given)
    first = units.min()
    numbers = (units - first).astype(np.int64)
    if numbers.max() < _MAX_EMPTY_ROWS:
        present = np.arange(numbers.max() + 1)
        counts = np.bincount(numbers)
    else:
        present, counts = np.unique(numbers, return_counts=True)
    lows, highs = wilson(counts, counted.n, level)
    rows = tuple(
        FrequencyRow(
            code=int(number), label=str(first + number), count=int(k), share=int(k) / counted.n, low=low, high=high
        )
        for number, k, low, high in zip(present, counts, lows.tolist(), highs.tolist(), strict=True)
    )
    table = FrequencyTable(
        question=answers.question.wording, kind=Kind.DATE, counted=counted, rows=rows, ordered=True, level=level
    )
    if weights is None:
        return table
    return _weighted(table, np.searchsorted(present, numbers), answers, weights.take(why == 0))


def _date_units(given: NDArray[np.datetime64]) -> NDArray[np.datetime64]:
    days = given.astype("datetime64[D]")
    if int((days.max() - days.min()).astype(np.int64)) < _MAX_DAYS:
        return days
    months = given.astype("datetime64[M]")
    if int((months.max() - months.min()).astype(np.int64)) < _MAX_MONTHS:
        return months
    return given.astype("datetime64[Y]")
