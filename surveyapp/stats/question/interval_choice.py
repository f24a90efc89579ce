"""The shares of a question with the intervals of another method than Wilson's."""

from __future__ import annotations

from dataclasses import replace

from surveyapp.domain.question import Kind
from surveyapp.stats.interval import METHODS, WILSON
from surveyapp.stats.result import FrequencyTable, MultiTable, Result

OF_SHARES = (Kind.SINGLE, Kind.SCALE, Kind.TICK, Kind.DATE, Kind.MULTI)
"""The kinds of question that are described by shares."""


def with_method(result: Result, method: str) -> Result:
    """The same shares, with the intervals of a method of `interval.METHODS`, and its name.

    What is no table of shares stays as it is, and so do weighted shares: their intervals rest on the weights, and the
    result says by which method. Raises KeyError for an unknown method.
    """
    bounds = METHODS[method]
    if not isinstance(result, FrequencyTable | MultiTable) or result.method != WILSON or method == WILSON:
        return result
    base = result.counted.base if isinstance(result, MultiTable) else result.counted.n
    lows, highs = bounds([row.count for row in result.rows], base, result.level)
    rows = tuple(
        replace(row, low=low, high=high)
        for row, low, high in zip(result.rows, lows.tolist(), highs.tolist(), strict=True)
    )
    return replace(result, rows=rows, method=method)
