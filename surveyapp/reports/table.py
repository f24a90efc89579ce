"""Results as columns of plain values: the same table is printed, and written as CSV and XLSX."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_interval, fmt_percent
from surveyapp.figures.bar import arrange
from surveyapp.figures.option import FigureOptions
from surveyapp.figures.reliability import reading_words
from surveyapp.stats.estimate import Estimate, NotComputed
from surveyapp.stats.result import (
    CalibrationResult,
    FrequencyTable,
    GridTable,
    MultiTable,
    NumericSummary,
    ProbabilitySummary,
    Result,
    TextSummary,
    Timeline,
)

Value = str | int | float | None
Interval = tuple[float, float] | None


class ColumnKind(StrEnum):
    """What the values of a column are. Shares are 0-1; an interval has two ends of the unit of the column before."""

    TEXT = "text"
    COUNT = "count"
    SHARE = "share"
    NUMBER = "number"
    SHARE_INTERVAL = "share_interval"
    NUMBER_INTERVAL = "number_interval"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column. Intervals hold pairs; they become two columns in a file."""

    header: str
    values: Sequence[Value | Interval]
    kind: ColumnKind = ColumnKind.TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Columns of equal length. `cell_counts` is the column whose counts say which rows rest on few people."""

    title: str
    columns: tuple[Column, ...]
    notes: tuple[str, ...] = field(default=())
    cell_counts: int = -1

    @property
    def n_rows(self) -> int:
        """Rows without the header."""
        return len(self.columns[0].values) if self.columns else 0


def result_table(result: Result, *, largest_first: bool = True) -> Table:
    """The numbers of a result as a table; "not computed" is one row that says why."""
    match result:
        case FrequencyTable() | MultiTable():
            return _frequencies(result, largest_first)
        case GridTable():
            return _battery(result)
        case NumericSummary():
            return _numbers(result)
        case ProbabilitySummary():
            return _probabilities(result)
        case CalibrationResult():
            return _calibration(result)
        case Timeline():
            return _timeline(result)
        case TextSummary():
            return _texts(result)
        case NotComputed():
            return Table(title=result.question, columns=(Column(header=_("Result"), values=[result.reason]),))


def _interval_header(level: float) -> str:
    return _("%(level)s interval") % {"level": fmt_percent(level)}


def ends(estimate: Estimate) -> Interval:
    """Both ends, or None where there is no interval."""
    return None if estimate.low is None or estimate.high is None else (estimate.low, estimate.high)


def _frequencies(result: FrequencyTable | MultiTable, largest_first: bool) -> Table:
    rows = arrange(result, FigureOptions(largest_first=largest_first))
    columns = (
        Column(header=_("Answer"), values=[row.label for row in rows]),
        Column(header=_("People"), values=[row.count for row in rows], kind=ColumnKind.COUNT),
        Column(header=_("Share"), values=[row.share for row in rows], kind=ColumnKind.SHARE),
        Column(
            header=_interval_header(result.level),
            values=[(row.low, row.high) for row in rows],
            kind=ColumnKind.SHARE_INTERVAL,
        ),
    )
    return Table(title=result.question, columns=columns, cell_counts=1)


def _battery(result: GridTable) -> Table:
    steps = tuple(
        Column(header=step, values=[item.counts[number] for item in result.items], kind=ColumnKind.COUNT)
        for number, step in enumerate(result.steps)
    )
    columns = (
        Column(header=_("Item"), values=[item.label for item in result.items]),
        Column(header=_("n"), values=[item.counted.n for item in result.items], kind=ColumnKind.COUNT),
        *steps,
        Column(header=result.upper_label, values=[item.upper.value for item in result.items], kind=ColumnKind.SHARE),
        Column(
            header=_interval_header(result.level),
            values=[ends(item.upper) for item in result.items],
            kind=ColumnKind.SHARE_INTERVAL,
        ),
        Column(header=_("Mean"), values=[item.mean for item in result.items], kind=ColumnKind.NUMBER),
    )
    return Table(title=result.question, columns=columns)


def _measures(title: str, rows: list[tuple[str, float | None, Interval]], level: float, *, share: bool) -> Table:
    value = ColumnKind.SHARE if share else ColumnKind.NUMBER
    interval = ColumnKind.SHARE_INTERVAL if share else ColumnKind.NUMBER_INTERVAL
    columns = (
        Column(header=_("Measure"), values=[row[0] for row in rows]),
        Column(header=_("Value"), values=[row[1] for row in rows], kind=value),
        Column(header=_interval_header(level), values=[row[2] for row in rows], kind=interval),
    )
    return Table(title=title, columns=columns)


_QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


def _quantiles(values: tuple[float, float, float, float, float]) -> list[tuple[str, float | None, Interval]]:
    return [
        (_("%(share)s of people are at or below") % {"share": fmt_percent(share)}, value, None)
        for share, value in zip(_QUANTILES, values, strict=True)
        if share != 0.5
    ]


def _numbers(result: NumericSummary) -> Table:
    rows: list[tuple[str, float | None, Interval]] = [
        (_("Median"), result.median.value, ends(result.median)),
        (_("Mean"), result.mean.value, ends(result.mean)),
        (_("Mean without the outer 10 % on either side"), result.trimmed, None),
        (_("Standard deviation"), result.sd, None),
        *_quantiles(result.quantiles),
    ]
    return _measures(result.question, rows, result.level, share=False)


def _probabilities(result: ProbabilitySummary) -> Table:
    rows: list[tuple[str, float | None, Interval]] = [
        (_("Median"), result.median.value, ends(result.median)),
        (_("Mean"), result.mean.value, ends(result.mean)),
        (_("Geometric mean of odds"), result.odds_mean, None),
        (_("Standard deviation"), result.sd, None),
        *_quantiles(result.quantiles),
        (_("People who said 0 %"), result.at_zero.value, ends(result.at_zero)),
        (_("People who said 50 %"), result.at_half.value, ends(result.at_half)),
        (_("People who said 100 %"), result.at_one.value, ends(result.at_one)),
    ]
    return _measures(result.question, rows, result.level, share=True)


def _calibration(result: CalibrationResult) -> Table:
    bins = [item for item in result.bins if item.n]
    columns = (
        Column(header=_("Credence"), values=[_bracket(item.low, item.high) for item in bins]),
        Column(header=_("Forecasts"), values=[item.n for item in bins], kind=ColumnKind.COUNT),
        Column(header=_("They say"), values=[item.mean for item in bins], kind=ColumnKind.SHARE),
        Column(header=_("Right"), values=[item.share.value for item in bins], kind=ColumnKind.SHARE),
        Column(
            header=_interval_header(result.level),
            values=[ends(item.share) for item in bins],
            kind=ColumnKind.SHARE_INTERVAL,
        ),
        Column(header=_("Reading"), values=[reading_words(item.reading) for item in bins]),
    )
    title = _("Calibration: %(question)s") % {"question": result.question}
    return Table(title=title, columns=columns, cell_counts=1)


def _bracket(low: float, high: float) -> str:
    return fmt_interval(low, min(high, 1.0), percent=True)


def _timeline(result: Timeline) -> Table:
    columns = (
        Column(header=_("Day"), values=[point.day.isoformat() for point in result.points]),
        Column(header=_("Responses"), values=[point.count for point in result.points], kind=ColumnKind.COUNT),
        Column(header=_("Total"), values=[point.cumulative for point in result.points], kind=ColumnKind.COUNT),
    )
    return Table(title=result.question or result.label, columns=columns)


def _texts(result: TextSummary) -> Table:
    rows: list[tuple[str, float]] = [
        (_("People who wrote something"), result.counted.n),
        (_("Different texts"), result.n_distinct),
        (_("Median length in letters"), result.median_length),
    ]
    columns = (
        Column(header=_("Measure"), values=[row[0] for row in rows]),
        Column(header=_("Value"), values=[row[1] for row in rows], kind=ColumnKind.NUMBER),
    )
    return Table(title=result.question, columns=columns)
