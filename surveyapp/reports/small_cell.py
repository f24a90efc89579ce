"""Counts of few people in what is published: found, and taken out so that they cannot be worked out again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.domain.question import Kind
from surveyapp.reports.change_hiding import (
    without_few_answers,
    without_few_change,
    without_few_changes,
    without_few_control,
    without_few_series,
)
from surveyapp.reports.complement import hidden_places
from surveyapp.reports.counted_cell import counted_cells, share_count
from surveyapp.reports.cross_hiding import hidden_cells, inner_cells
from surveyapp.reports.drop_off_hiding import without_last
from surveyapp.reports.group_hiding import without_few
from surveyapp.reports.histogram_hiding import without_few as without_few_bars
from surveyapp.reports.model_hiding import without_few_levels
from surveyapp.stats.association.result import PairResult
from surveyapp.stats.drop_off.result import DropOff
from surveyapp.stats.estimate import Counted, Estimate, NotComputed
from surveyapp.stats.group.result import GroupComparison
from surveyapp.stats.group_control.result import GroupControl
from surveyapp.stats.interval import METHODS, WILSON, share_estimate, wilson
from surveyapp.stats.question.grid import first_upper
from surveyapp.stats.regression.result import Regression
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
from surveyapp.stats.wave_change.result import AnswerChanges, AnswerSeries, ChangeScreen, WaveChange

ASK_BELOW = 5
"""Publishing a cell of fewer people asks first."""

MARK_BELOW = 10
"""A cell of fewer people is marked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallCell:
    """A count of at least one but fewer than five people, by its name."""

    label: str
    count: int


def small_cells(result: Result, *, below: int = ASK_BELOW) -> tuple[SmallCell, ...]:
    """The cells of at least one but fewer than `below` people."""
    return tuple(SmallCell(label=label, count=count) for label, count in counted_cells(result) if 0 < count < below)


def n_small(result: Result, *, below: int = ASK_BELOW) -> int:
    """How many cells hold at least one but fewer than `below` people. Of a banner of many thousands none is named."""
    if isinstance(result, CrossTable):
        return sum(0 < result.counts[row][column] < below for row, column in inner_cells(result))
    return len(small_cells(result, below=below))


def without_small(result: Result, *, below: int = ASK_BELOW) -> Result:
    """The result without rows of fewer than `below` people; as "not computed" where it is of fewer people in all.

    Answers of a single choice share one row, to which the next smallest is added while it stays under `below`: else
    the total would give it away. Options of a multiple choice are left out, as their ticks do not add up to anything
    printed. Cells of a cross-tab and of a battery are hidden with those that would give them away, and so are brackets
    of credences, groups (see `group_hiding`), answers in waves (`change_hiding`) and the levels of a regression
    (`model_hiding`). Bars of a histogram become wider. A pair is left without its picture: its measures stay. A group
    against its control group is not shown at all.
    """
    if not n_small(result, below=below):
        return result
    counted = getattr(result, "counted", None)
    gathers = isinstance(result, FrequencyTable)
    if not gathers and isinstance(counted, Counted) and 0 < counted.n < below:
        words = _("Not shown: fewer than %(n)s people answered.") % {"n": fmt_count(below)}
        kind = getattr(result, "kind", Kind.EMPTY)
        return NotComputed(question=result.question, kind=kind, counted=counted, reason=words)
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
        case NumericSummary():
            return replace(result, histogram=without_few_bars(result.histogram, below))
        case ProbabilitySummary():
            return _without_round_answers(
                replace(result, histogram=without_few_bars(result.histogram, below, bounded=True)), below
            )
        case CalibrationResult():
            gone = hidden_places([item.n for item in result.bins], below)
            return replace(result, bins=tuple(item for at, item in enumerate(result.bins) if at not in gone))
        case GroupComparison():
            return without_few(result, below)
        case PairResult():
            return replace(result, picture=None)
        case DropOff():
            return without_last(result, below)
        case _:
            return _changed_or_modelled(result, below)


def _changed_or_modelled(result: Result, below: int) -> Result:
    match result:
        case GroupControl():
            return without_few_control(result, below)
        case WaveChange():
            return without_few_change(result, below)
        case ChangeScreen():
            return without_few_changes(result, below)
        case AnswerChanges():
            return without_few_answers(result, below)
        case AnswerSeries():
            return without_few_series(result, below)
        case Regression():
            return without_few_levels(result, below)
        case _:
            return result


def _without_round_answers(result: ProbabilitySummary, below: int) -> ProbabilitySummary:
    """Without the shares that are of few people; nothing printed adds up to them."""
    n = result.counted.n if result.weighting is None else result.weighting.n_effective
    zero, half, one = (
        None if 0 < share_count(share, n) < below else share
        for share in (result.at_zero, result.at_half, result.at_one)
    )
    return replace(result, at_zero=zero, at_half=half, at_one=one)


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
