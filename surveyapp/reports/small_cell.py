"""Counts of few people in what is published: found, and taken out so that they cannot be worked out again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count, fmt_number
from surveyapp.reports.complement import hidden_places
from surveyapp.reports.cross_hiding import hidden_cells, inner_cells
from surveyapp.reports.group_hiding import without_few
from surveyapp.reports.histogram_hiding import without_few as without_few_bars
from surveyapp.stats.association.result import PairGroups, PairPicture, PairResult, PairTable, PairView
from surveyapp.stats.estimate import Estimate, NotComputed
from surveyapp.stats.group.result import GroupComparison
from surveyapp.stats.group_control.result import GroupControl
from surveyapp.stats.interval import METHODS, WILSON, share_estimate, wilson
from surveyapp.stats.question.grid import first_upper
from surveyapp.stats.result import (
    CalibrationResult,
    FrequencyRow,
    FrequencyTable,
    GridItem,
    GridTable,
    MultiTable,
    NumericSummary,
    ProbabilitySummary,
    Result,
)
from surveyapp.stats.table.result import CrossTable

ASK_BELOW = 5
"""Publishing a cell of fewer people asks first."""

MARK_BELOW = 10
"""A cell of fewer people is marked."""


def n_small(result: Result, *, below: int = ASK_BELOW) -> int:
    """How many cells hold at least one but fewer than `below` people."""
    return sum(0 < count < below for count in _counts(result))


def _counts(result: Result) -> tuple[int, ...]:
    match result:
        case FrequencyTable() | MultiTable():
            return tuple(row.count for row in result.rows)
        case GridTable():
            return tuple(count for item in result.items for count in item.counts)
        case NumericSummary() | ProbabilitySummary():
            return result.histogram.counts
        case CalibrationResult():
            return tuple(item.n for item in result.bins)
        case GroupComparison():
            return tuple(row.n for row in result.rows)
        case GroupControl():
            return (result.us.n, result.them.n)
        case CrossTable():
            return tuple(count for row, column in inner_cells(result) for count in (result.counts[row][column],))
        case PairResult():
            return tuple(n for _label, n in pictured(result.picture))
        case _:
            return ()


def without_small(result: Result, *, below: int = ASK_BELOW) -> Result:
    """The result without rows of fewer than `below` people.

    Answers of a single choice share one row, to which the next smallest is added while it stays under `below`: else
    the total would give it away. Options of a multiple choice are left out, as their ticks do not add up to anything
    printed. Cells of a cross-tab and of a battery are hidden with those that would give them away, and so are brackets
    of credences and groups (see `group_hiding`). Bars of a histogram become wider. A pair is left without its picture:
    its measures stay. A group against its control group is not shown at all.
    """
    match result:
        case FrequencyTable():
            return _gathered(result, below)
        case MultiTable():
            kept = tuple(row for row in result.rows if not 0 < row.count < below)
            return replace(result, rows=kept, ticks=sum(row.count for row in kept))
        case CrossTable():
            return replace(result, view=replace(result.view, hidden=hidden_cells(result, below)))
        case GridTable():
            return replace(result, items=tuple(_item(item, below) for item in result.items))
        case NumericSummary() | ProbabilitySummary():
            bounded = isinstance(result, ProbabilitySummary)
            return replace(result, histogram=without_few_bars(result.histogram, below, bounded=bounded))
        case CalibrationResult():
            gone = hidden_places([item.n for item in result.bins], below)
            return replace(result, bins=tuple(item for at, item in enumerate(result.bins) if at not in gone))
        case GroupComparison():
            return without_few(result, below)
        case GroupControl() if n_small(result, below=below):  # the difference and one group tell the other
            words = _("Not shown: one of the two groups holds fewer than %(n)s people.") % {"n": fmt_count(below)}
            return NotComputed(question=result.question, kind=result.kind, counted=result.counted, reason=words)
        case PairResult() if n_small(result, below=below):
            return replace(result, picture=None)
        case _:
            return result


def pictured(picture: PairPicture | None) -> list[tuple[str, int]]:
    """The groups of people that the picture of a pair tells apart, in words, and how many each holds."""
    match picture:
        case PairTable():
            return [
                (_("%(row)s, %(column)s") % {"row": row, "column": column}, count)
                for row, counts in zip(picture.rows, picture.counts, strict=True)
                for column, count in zip(picture.columns, counts, strict=True)
            ]
        case PairGroups():
            return [(group.label, group.n) for group in picture.groups]
        case PairView():
            places = [(point.x, point.y, point.n) for point in picture.points]
            places += [(each.x, each.y, each.n) for each in picture.bins]
            words = _("%(first)s %(x)s, %(second)s %(y)s")
            names = {"first": picture.first, "second": picture.second}
            return [(words % {**names, "x": fmt_number(x), "y": fmt_number(y)}, n) for x, y, n in places]
        case _:
            return []


def _item(item: GridItem, below: int) -> GridItem:
    """An item's hidden steps. The upper steps add up to the share in favour, the lower ones to the rest: each part is
    hidden by itself, and where one is too small for that, that share with the steps of both."""
    upper = first_upper(len(item.counts))
    parts = [hidden_places(item.counts[:upper], below), hidden_places(item.counts[upper:], below)]
    sums = [sum(item.counts[:upper]), sum(item.counts[upper:])]
    if any(hidden and (total < below or len(hidden) < 2) for hidden, total in zip(parts, sums, strict=True)):
        return replace(item, hidden=tuple(sorted(hidden_places(item.counts, below))), upper_hidden=True)
    return replace(item, hidden=(*sorted(parts[0]), *sorted(upper + place for place in parts[1])))


def _gathered(result: FrequencyTable, below: int) -> FrequencyTable:
    taken = [row for row in result.rows if 0 < row.count < below]
    if not taken:
        return result
    others = sorted((row for row in result.rows if row.count >= below), key=lambda row: row.count)
    while others and sum(row.count for row in taken) < below:
        taken.append(others.pop(0))
    codes = {row.code for row in taken}
    row = _shared_row(result, taken)
    return replace(result, rows=(*(kept for kept in result.rows if kept.code not in codes), row))


def _shared_row(result: FrequencyTable, taken: Sequence[FrequencyRow]) -> FrequencyRow:
    total = sum(row.count for row in taken)
    method = result.method if result.method in METHODS else WILSON
    share = share_estimate(total, result.counted.n, result.level, method=method)
    if result.weighting is not None:
        share = _weighted(min(sum(row.share for row in taken), 1.0), result.weighting.n_effective, result.level)
    return FrequencyRow(
        code=min((row.code for row in result.rows), default=0) - 1,
        label=_("Answers of few people"),
        count=total,
        share=share.value,
        low=share.low if share.low is not None else 0.0,
        high=share.high if share.high is not None else 1.0,
        other=True,
    )


def _weighted(share: float, n_effective: float, level: float) -> Estimate:
    """A weighted share whose people are no longer known: the Wilson interval of the effective n stands in."""
    low, high = wilson(share * n_effective, n_effective, level)
    return Estimate(value=share, low=float(low), high=float(high))
