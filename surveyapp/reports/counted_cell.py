"""Every count of people that a result shows, by its name: what is asked about, or hidden, where it is of few people."""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_number
from surveyapp.figures.cross_words import column_words, row_words
from surveyapp.figures.histogram import bin_names
from surveyapp.reports.change_hiding import change_cells, series_cells
from surveyapp.reports.cross_hiding import inner_cells
from surveyapp.reports.drop_off_hiding import few_minutes
from surveyapp.reports.model_hiding import model_cells
from surveyapp.stats.association.result import PairGroups, PairPicture, PairResult, PairTable, PairView
from surveyapp.stats.calibration.log_result import LogResult
from surveyapp.stats.calibration.people_result import PeopleResult
from surveyapp.stats.drop_off.result import DropOff
from surveyapp.stats.estimate import Counted, Estimate, NotComputed
from surveyapp.stats.group.result import GroupComparison
from surveyapp.stats.group_control.result import GroupControl
from surveyapp.stats.regression.result import Regression
from surveyapp.stats.result import (
    CalibrationResult,
    FrequencyTable,
    GridTable,
    MultiTable,
    NumericSummary,
    ProbabilitySummary,
    Result,
    Timeline,
)
from surveyapp.stats.table.result import CrossTable
from surveyapp.stats.wave_change.result import AnswerChanges, AnswerSeries, ChangeScreen, WaveChange

CountedCell = tuple[str, int]
"""A name and how many people."""


def counted_cells(result: Result) -> list[CountedCell]:
    """All cells of a result that count people, in its order; of a result without any, all who answered.

    Forecasts and ranks are no people, and who was there on a day or stopped at a question has told no answer.
    """
    if isinstance(result, NotComputed | LogResult | PeopleResult | Timeline):
        return []
    return _cells(result) or _everybody(result)


def share_count(share: Estimate | None, n: float) -> int:
    """How many of `n` people a share is of; of a weighted share about so many."""
    return round(share.value * n) if share is not None else 0


def _everybody(result: Result) -> list[CountedCell]:
    counted = getattr(result, "counted", None)
    return [(_("Everybody"), counted.n)] if isinstance(counted, Counted) else []


def _cells(result: Result) -> list[CountedCell]:
    match result:
        case FrequencyTable() | MultiTable():
            return [(row.label, row.count) for row in result.rows]
        case GridTable():
            return [
                (_("%(item)s: %(answer)s") % {"item": item.label, "answer": step}, count)
                for item in result.items
                for step, count in zip(result.steps, item.counts, strict=False)
            ]
        case NumericSummary():
            return _bars(result)
        case ProbabilitySummary():
            return [*_bars(result), *_round_answers(result)]
        case CalibrationResult():
            return [(_credences(item.low, item.high), item.n) for item in result.bins]
        case GroupComparison():
            return [*((row.label, row.n) for row in result.rows), *_group_shares(result)]
        case GroupControl() | WaveChange() | AnswerChanges() | ChangeScreen():
            return change_cells(result)
        case AnswerSeries():
            return series_cells(result)
        case Regression():
            return model_cells(result)
        case DropOff():
            return [*((point.title, point.still) for point in result.points), *few_minutes(result)]
        case CrossTable():
            return _crossed(result)
        case PairResult():
            return pictured(result.picture)
        case _:
            return []


def _bars(result: NumericSummary | ProbabilitySummary) -> list[CountedCell]:
    return list(zip(bin_names(result), result.histogram.counts, strict=True))


def _round_answers(result: ProbabilitySummary) -> list[CountedCell]:
    """Who said exactly 0, 50 or 100 %."""
    n = result.counted.n if result.weighting is None else result.weighting.n_effective
    shares = ((_("0 %"), result.at_zero), (_("50 %"), result.at_half), (_("100 %"), result.at_one))
    return [(_("exactly %(share)s") % {"share": name}, share_count(share, n)) for name, share in shares]


def _group_shares(result: GroupComparison) -> list[CountedCell]:
    """The people of each group within the share that is told of it, and those without."""
    words = _("%(group)s: %(answer)s")
    found = []
    for row in result.rows:
        if row.share is not None:
            said = share_count(row.share, row.n)
            name = words % {"group": row.label, "answer": result.share_label}
            other = words % {"group": row.label, "answer": _("not %(answer)s") % {"answer": result.share_label}}
            found += [(name, said), (other, row.n - said)]
    return found


def _credences(low: float, high: float) -> str:
    return _("credence %(low)s to %(high)s %%") % {"low": round(low * 100), "high": round(min(high, 1.0) * 100)}


def _crossed(result: CrossTable) -> list[CountedCell]:
    several = len(result.groups) > 1
    words = _("%(row)s, %(column)s")
    return [
        (
            words % {"row": row_words(result.rows[row]), "column": column_words(result.columns[at], several=several)},
            result.counts[row][at],
        )
        for row, at in inner_cells(result)
    ]


def pictured(picture: PairPicture | None) -> list[CountedCell]:
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
