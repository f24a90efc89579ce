"""One question, or a battery of items."""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_percent
from surveyapp.domain.analysis import INTERVALS
from surveyapp.figures.bar import arrange
from surveyapp.figures.caption import method_name
from surveyapp.figures.group_words import WHISKERS_FROM
from surveyapp.figures.option import FigureOptions
from surveyapp.reports.table import Column, ColumnKind, Interval, Table, ends, interval_header
from surveyapp.stats.result import (
    FrequencyTable,
    GridTable,
    MultiTable,
    NumericSummary,
    ProbabilitySummary,
    TextSummary,
)


def frequencies_table(result: FrequencyTable | MultiTable, largest_first: bool) -> Table:
    """Answers with people, share and interval, in the order of the figure."""
    rows = arrange(result, FigureOptions(largest_first=largest_first))
    columns = (
        Column(header=_("Answer"), values=[row.label for row in rows]),
        Column(header=_("People"), values=[row.count for row in rows], kind=ColumnKind.COUNT),
        Column(header=_("Share"), values=[row.share for row in rows], kind=ColumnKind.SHARE),
        Column(
            header=_header(result),
            values=[(row.low, row.high) for row in rows],
            kind=ColumnKind.SHARE_INTERVAL,
        ),
    )
    return Table(title=result.question, columns=columns, cell_counts=1)


def _header(result: FrequencyTable | MultiTable) -> str:
    """The level of the interval; its method too, where somebody asked for it."""
    if result.method not in INTERVALS[1:]:
        return interval_header(result.level)
    values = {"level": fmt_percent(result.level), "method": method_name(result.method)}
    return _("%(level)s interval (%(method)s)") % values


def battery_table(result: GridTable) -> Table:
    """One row for each item."""
    steps = tuple(
        Column(
            header=step,
            values=[None if number in item.hidden else item.counts[number] for item in result.items],
            kind=ColumnKind.COUNT,
        )
        for number, step in enumerate(result.steps)
    )
    columns = (
        Column(header=_("Item"), values=[item.label for item in result.items]),
        Column(header=_("n"), values=[item.counted.n for item in result.items], kind=ColumnKind.COUNT),
        *steps,
        Column(
            header=result.upper_label,
            values=[None if item.upper_hidden else item.upper.value for item in result.items],
            kind=ColumnKind.SHARE,
        ),
        Column(
            header=interval_header(result.level),
            values=[None if item.upper_hidden else ends(item.upper) for item in result.items],
            kind=ColumnKind.SHARE_INTERVAL,
        ),
        Column(
            header=_("Mean"),
            values=[None if item.hidden else item.mean for item in result.items],
            kind=ColumnKind.NUMBER,
        ),
    )
    return Table(title=result.question, columns=columns)


def _measures(title: str, rows: list[tuple[str, float | None, Interval]], level: float, *, share: bool) -> Table:
    value = ColumnKind.SHARE if share else ColumnKind.NUMBER
    interval = ColumnKind.SHARE_INTERVAL if share else ColumnKind.NUMBER_INTERVAL
    columns = (
        Column(header=_("Measure"), values=[row[0] for row in rows]),
        Column(header=_("Value"), values=[row[1] for row in rows], kind=value),
        Column(header=interval_header(level), values=[row[2] for row in rows], kind=interval),
    )
    return Table(title=title, columns=columns)


_QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


def _quantiles(result: NumericSummary | ProbabilitySummary) -> list[tuple[str, float | None, Interval]]:
    """Quartiles; of enough people the outer ones, too, which of a few would be single people's answers."""
    outer = result.counted.n >= WHISKERS_FROM
    return [
        (_("%(share)s of people are at or below") % {"share": fmt_percent(share)}, value, None)
        for share, value in zip(_QUANTILES, result.quantiles, strict=True)
        if share in (0.25, 0.75) or (outer and share != 0.5)
    ]


def numbers_table(result: NumericSummary) -> Table:
    """One row for each measure of a number."""
    rows: list[tuple[str, float | None, Interval]] = [
        (_("Median"), result.median.value, ends(result.median)),
        (_("Mean"), result.mean.value, ends(result.mean)),
        (_("Mean without the outer 10 % on either side"), result.trimmed, None),
        (_("Standard deviation"), result.sd, None),
        *_quantiles(result),
    ]
    return _measures(result.question, rows, result.level, share=False)


def probabilities_table(result: ProbabilitySummary) -> Table:
    """One row for each measure of a probability."""
    said = (
        (_("People who said 0 %"), result.at_zero),
        (_("People who said 50 %"), result.at_half),
        (_("People who said 100 %"), result.at_one),
    )
    rows: list[tuple[str, float | None, Interval]] = [
        (_("Median"), result.median.value, ends(result.median)),
        (_("Mean"), result.mean.value, ends(result.mean)),
        (_("Geometric mean of odds"), result.odds_mean, None),
        (_("Standard deviation"), result.sd, None),
        *_quantiles(result),
        *((words, share.value, ends(share)) for words, share in said if share is not None),
    ]
    return _measures(result.question, rows, result.level, share=True)


def texts_table(result: TextSummary) -> Table:
    """How much was written."""
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
