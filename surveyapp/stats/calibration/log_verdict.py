"""The sentence over a prediction log: silent below 30 forecasts, and never more than the joint test supports."""

from __future__ import annotations

from enum import StrEnum

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_interval, fmt_number, fmt_p, fmt_percent
from surveyapp.stats.calibration.cox import CoxLine
from surveyapp.stats.calibration.diagram import CalibrationBin

VERDICT_N = 30
"""No verdict for fewer forecasts."""

_STRONG = 0.6
"""A slope below this is strong overconfidence."""


class LogReading(StrEnum):
    """What a verdict comes to: no line, too few forecasts, no sign of miscalibration, or which way it is off."""

    NONE = "none"
    FEW = "few"
    FITS = "fits"
    SOMEWHAT = "somewhat overconfident"
    STRONGLY = "strongly overconfident"
    UNDER = "underconfident"
    HIGH = "too high"
    LOW = "too low"


def log_reading(n: int, cox: CoxLine | None, *, bias: float, level: float) -> LogReading:
    """What `n` forecasts come to, by the joint test and the slope; `bias` is the mean forecast less what happened."""
    if n < VERDICT_N:
        return LogReading.FEW
    if cox is None:
        return LogReading.NONE
    if cox.p >= 1 - level:
        return LogReading.FITS
    if (cox.slope.high or 0.0) < 1:
        return LogReading.SOMEWHAT if cox.slope.value >= _STRONG else LogReading.STRONGLY
    if (cox.slope.low or 0.0) > 1:
        return LogReading.UNDER
    return LogReading.HIGH if bias > 0 else LogReading.LOW


def log_verdict(
    n: int,
    cox: CoxLine | None,
    reason: str,
    bins: tuple[CalibrationBin, ...],
    *,
    bias: float,
    level: float,
    own: bool = False,
) -> tuple[str, str]:
    """The verdict and why, translated. `bias` is the mean forecast less the share that happened; `own`: said to who
    made the forecasts."""
    if n < VERDICT_N:
        words = ngettext(
            "%(n)s scored forecast. A verdict needs about %(needed)s; here is what there is.",
            "%(n)s scored forecasts. A verdict needs about %(needed)s; here is what there is.",
            n,
        )
        return words % {"n": fmt_count(n), "needed": fmt_count(VERDICT_N)}, ""
    if cox is None:
        return _("No verdict."), reason
    slope = _("Slope %(slope)s, %(level)s interval %(interval)s; a calibrated forecaster has 1.") % {
        "slope": fmt_number(cox.slope.value, digits=2),
        "level": fmt_percent(level),
        "interval": fmt_interval(cox.slope.low or 0.0, cox.slope.high or 0.0, digits=2),
    }
    return _headline(cox, bias, level, own=own), f"{slope} {_apart(bins)} {_p(cox)}".strip()


def certain_misses(n: int) -> str:
    """What a miss at 0 or 100 % does; empty without one."""
    if not n:
        return ""
    words = ngettext(
        "%(n)s forecast of 0 or 100 %% was wrong: unclipped, its log score would be infinite.",
        "%(n)s forecasts of 0 or 100 %% were wrong: unclipped, their log score would be infinite.",
        n,
    )
    return words % {"n": fmt_count(n)}


def _headline(cox: CoxLine, bias: float, level: float, *, own: bool) -> str:
    low, high = cox.slope.low or 0.0, cox.slope.high or 0.0
    match log_reading(VERDICT_N, cox, bias=bias, level=level):
        case LogReading.SOMEWHAT:
            return _("You are somewhat overconfident.") if own else _("Somewhat overconfident.")
        case LogReading.STRONGLY:
            return _("You are strongly overconfident.") if own else _("Strongly overconfident.")
        case LogReading.UNDER:
            return _("You are underconfident.") if own else _("Underconfident.")
        case LogReading.HIGH:
            words = _("You are %(points)s points too high.") if own else _("%(points)s points too high on average.")
            return words % {"points": fmt_number(abs(100 * bias), digits=0)}
        case LogReading.LOW:
            words = _("You are %(points)s points too low.") if own else _("%(points)s points too low on average.")
            return words % {"points": fmt_number(abs(100 * bias), digits=0)}
    if high < 1:
        words = _("No clear sign of miscalibration, though the slope alone, %(low)s to %(high)s, lies below 1.")
    elif low > 1:
        words = _("No clear sign of miscalibration, though the slope alone, %(low)s to %(high)s, lies above 1.")
    else:
        words = _("No sign of miscalibration: slopes from %(low)s to %(high)s fit.")
    return words % {"low": fmt_number(low, digits=2), "high": fmt_number(high, digits=2)}


def _apart(bins: tuple[CalibrationBin, ...]) -> str:
    """How many bins stand out by themselves."""
    n = sum(one.reading in ("more often", "less often") for one in bins)
    if not n:
        return _("No bin stands out by itself.")
    return ngettext("%(n)s bin stands out by itself.", "%(n)s bins stand out by themselves.", n) % {"n": fmt_count(n)}


def _p(cox: CoxLine) -> str:
    return _("All together: %(p)s.") % {"p": fmt_p(cox.p)}
