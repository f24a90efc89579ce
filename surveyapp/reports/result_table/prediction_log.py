"""The bins of a prediction log, its scores, and its score over time."""

from __future__ import annotations

from datetime import UTC, datetime

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_interval, fmt_number, fmt_p, fmt_percent, telling_digits
from surveyapp.figures.prediction_log import base_line
from surveyapp.figures.reliability_plot import bin_name, reading_words
from surveyapp.reports.table import Column, ColumnKind, Table, ends, interval_header
from surveyapp.stats.calibration.log_result import Course, LogResult
from surveyapp.stats.calibration.score import CLIP
from surveyapp.stats.calibration.trend import trend_words
from surveyapp.stats.estimate import Estimate


def log_table(result: LogResult) -> Table:
    """One row for each bin that holds a forecast, or for each point of the course over time."""
    if result.over_time and result.course is not None:
        return _course_table(result, result.course)
    bins = [one for one in result.calibration.bins if one.n]
    columns = (
        Column(header=_("You said") if result.own else _("Said"), values=[bin_name(one) for one in bins]),
        Column(header=_("Mean said"), values=[one.mean for one in bins], kind=ColumnKind.SHARE),
        Column(header=_("Forecasts"), values=[one.n for one in bins], kind=ColumnKind.COUNT),
        Column(header=_("Happened"), values=[one.share.value for one in bins], kind=ColumnKind.SHARE),
        Column(
            header=interval_header(result.level),
            values=[ends(one.share) for one in bins],
            kind=ColumnKind.SHARE_INTERVAL,
        ),
        Column(header=_("Reading"), values=[reading_words(one.reading) for one in bins]),
    )
    notes = (base_line(result), result.calibration.verdict, result.calibration.explanation)
    return Table(title=result.question, columns=columns, notes=tuple(filter(None, notes)))


def _course_table(result: LogResult, course: Course) -> Table:
    points = course.points
    columns = (
        Column(header=_("Known from"), values=[_day(point.first) for point in points]),
        Column(header=_("Known to"), values=[_day(point.last) for point in points]),
        Column(header=_("Brier score"), values=[point.score.value for point in points], kind=ColumnKind.NUMBER),
        Column(
            header=interval_header(course.level),
            values=[ends(point.score) for point in points],
            kind=ColumnKind.NUMBER_INTERVAL,
        ),
    )
    notes = (base_line(result), trend_words(course.trend, course.level))
    return Table(title=result.question, columns=columns, notes=notes)


def _day(moment: int) -> str:
    return datetime.fromtimestamp(moment / 1e6, UTC).date().isoformat()


def scores_table(result: LogResult) -> Table:
    """Every score in a row of its own, with its scale."""
    rows = score_rows(result)
    columns = (
        Column(header=_("Score"), values=[row[0] for row in rows]),
        Column(header=_("Value"), values=[row[1] for row in rows]),
        Column(header=_("What it is"), values=[row[2] for row in rows]),
    )
    return Table(title=_("Scores"), columns=columns)


def score_rows(result: LogResult) -> tuple[tuple[str, str, str], ...]:
    """Name, value with interval, and scale of each score."""
    found = result.calibration
    rows = [
        (_("Brier score"), _with_ends(found.brier), _("0 to 1, 0 best; 0.25 is always saying 50 %")),
        (
            _("Skill"),
            _("not computed") if found.skill is None else fmt_number(found.skill, 2),
            _("against always saying %(rate)s, the share that happened") % {"rate": fmt_percent(found.base_rate)},
        ),
        (_("Calibration loss"), fmt_number(found.corp.mcb, 3), _("the part of the Brier score that calibration costs")),
        (_("Sharpness gain"), fmt_number(found.corp.dsc, 3), _("what telling apart gains")),
        (
            _("Log score"),
            fmt_number(found.log_score, 3),
            ngettext(
                "0 best; %(n)s forecast clipped to %(low)s and %(high)s",
                "0 best; %(n)s forecasts clipped to %(low)s and %(high)s",
                found.n_clipped,
            )
            % {"n": fmt_count(found.n_clipped), "low": fmt_percent(CLIP, 1), "high": fmt_percent(1 - CLIP, 1)},
        ),
        (
            _("Reliability (Murphy)"),
            fmt_number(found.murphy.reliability, 3),
            _("resolution %(resolution)s, uncertainty %(uncertainty)s")
            % {
                "resolution": fmt_number(found.murphy.resolution, 3),
                "uncertainty": fmt_number(found.murphy.uncertainty, 3),
            },
        ),
    ]
    if found.cox is not None:
        p = fmt_p(found.cox.p)
        words = _("1 is calibrated, below 1 overconfident; joint test with the intercept: %(p)s") % {"p": p}
        rows.append((_("Slope (Cox)"), _with_ends(found.cox.slope, 2, apart_from=1.0), words))
        rows.append((_("Intercept (Cox)"), _with_ends(found.cox.intercept, 2, apart_from=0.0), _("0 is without bias")))
    else:
        rows.append((_("Slope (Cox)"), _("not computed"), found.cox_reason))
    if found.confidence is not None:
        words = _("%(said)s sure, %(right)s right, after folding; over 0 is overconfident") % {
            "said": fmt_percent(found.confidence.said),
            "right": fmt_percent(found.confidence.right),
        }
        rows.append((_("Overconfidence"), _with_ends(found.confidence.gap, 3, apart_from=0.0), words))
    if found.spiegelhalter is not None:
        z, p_value = found.spiegelhalter
        rows.append((_("Spiegelhalter z"), fmt_number(z, 2), fmt_p(p_value)))
    return tuple(rows)


def _with_ends(estimate: Estimate, digits: int = 3, *, apart_from: float | None = None) -> str:
    """With as many decimals more as show on which side of `apart_from` each end lies."""
    if apart_from is not None and estimate.low is not None and estimate.high is not None:
        digits = telling_digits(estimate.low, estimate.high, apart_from=apart_from, least=digits, most=digits + 3)
    value = fmt_number(estimate.value, digits)
    if estimate.low is None or estimate.high is None:
        return value
    return f"{value} ({fmt_interval(estimate.low, estimate.high, digits=digits)})"
