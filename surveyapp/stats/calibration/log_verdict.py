"""The sentence over a prediction log: silent below 30 forecasts, and never more than its test or interval supports.

With a slope (Cox) the joint test of slope and intercept decides; see `_headline`. Without one there is no such test: at
50 % folded, bias and slope cannot be told apart; one credence, one outcome or a perfect line have no slope at all. What
is left then is how much surer than right people were (forecasts turned so that all are over 50 %, those of 50 % left
out), with its interval over clusters. The rule, the same number that the tile beside it shows:

- below 30 such forecasts, without an interval, or with every one right or every one wrong: no verdict, and why;
- the interval lies above 0: overconfident; below 0: underconfident. How strongly is not said, since that is the slope;
- it holds 0: no sign of either, with the gaps that fit. Nothing is said of bias, which folding hides.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_interval, fmt_number, fmt_p, fmt_percent, telling_digits
from surveyapp.stats.calibration.cox import CoxLine
from surveyapp.stats.calibration.diagram import CalibrationBin
from surveyapp.stats.calibration.gap import gap_words

if TYPE_CHECKING:
    from surveyapp.stats.calibration.log_result import Confidence

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
    confidence: Confidence | None,
    bias: float,
    level: float,
    own: bool = False,
) -> tuple[str, str]:
    """The verdict and why, translated. `bias` is the mean forecast less the share that happened; `own`: said to who
    made the forecasts; `reason` says why there is no `cox`."""
    if n < VERDICT_N:
        words = ngettext(
            "%(n)s scored forecast. A verdict needs about %(needed)s; here is what there is.",
            "%(n)s scored forecasts. A verdict needs about %(needed)s; here is what there is.",
            n,
        )
        return words % {"n": fmt_count(n), "needed": fmt_count(VERDICT_N)}, ""
    if cox is None:
        return _without_slope(confidence, reason, bins, level, own=own)
    slope = _("Slope %(slope)s, %(level)s interval %(interval)s; a calibrated forecaster has 1.") % {
        "slope": fmt_number(cox.slope.value, digits=2),
        "level": fmt_percent(level),
        "interval": fmt_interval(*_slope_ends(cox), digits=_slope_digits(cox)),
    }
    return _headline(cox, confidence, bias, level, own=own), f"{slope} {_apart(bins)} {_p(cox)}".strip()


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


def _headline(cox: CoxLine, confidence: Confidence | None, bias: float, level: float, *, own: bool) -> str:
    """Not rejected: no sign, and where slope or gap alone leave out what is calibrated, that they do. Rejected: the
    slope's interval says over- or underconfident, else the bias."""
    points = {"points": fmt_number(abs(100 * bias), digits=telling_digits(100 * bias))}
    match log_reading(VERDICT_N, cox, bias=bias, level=level):
        case LogReading.SOMEWHAT:
            return _("You are somewhat overconfident.") if own else _("Somewhat overconfident.")
        case LogReading.STRONGLY:
            return _("You are strongly overconfident.") if own else _("Strongly overconfident.")
        case LogReading.UNDER:
            return _("You are underconfident.") if own else _("Underconfident.")
        case LogReading.HIGH:
            words = _("You are %(points)s points too high.") if own else _("%(points)s points too high on average.")
            return words % points
        case LogReading.LOW:
            words = _("You are %(points)s points too low.") if own else _("%(points)s points too low on average.")
            return words % points
    return _no_sign(cox, confidence)


def _no_sign(cox: CoxLine, confidence: Confidence | None) -> str:
    low, high = _slope_ends(cox)
    ends = {"low": fmt_number(low, digits=_slope_digits(cox)), "high": fmt_number(high, digits=_slope_digits(cox))}
    if high < 1:
        words = _("No clear sign of miscalibration, though the slope alone, %(low)s to %(high)s, lies below 1.")
    elif low > 1:
        words = _("No clear sign of miscalibration, though the slope alone, %(low)s to %(high)s, lies above 1.")
    elif confidence is not None and _side(confidence):
        words = _("No clear sign of miscalibration, though how sure less how often right, %(gap)s points, is not 0.")
        ends = {"gap": gap_words(confidence.gap)[1]}
    else:
        words = _("No sign of miscalibration: slopes from %(low)s to %(high)s fit.")
    return words % ends


def _without_slope(
    confidence: Confidence | None, reason: str, bins: tuple[CalibrationBin, ...], level: float, *, own: bool
) -> tuple[str, str]:
    """What is left without a slope: the rule stands at the top of this file."""
    if confidence is None:
        return _("No verdict."), reason
    why = _no_gap_verdict(confidence)
    if why:
        return _("No verdict."), f"{reason} {why}"
    value, ends = gap_words(confidence.gap)
    side = _side(confidence)
    if not side:
        verdict = _("No sign of over- or underconfidence: gaps of %(ends)s points fit.") % {"ends": ends}
    elif side > 0:
        verdict = _("You are overconfident.") if own else _("Overconfident.")
    else:
        verdict = _("You are underconfident.") if own else _("Underconfident.")
    told = _("%(said)s sure, %(right)s right: %(gap)s points, %(level)s interval %(ends)s.") % {
        "said": fmt_percent(confidence.said),
        "right": fmt_percent(confidence.right),
        "gap": value,
        "level": fmt_percent(level),
        "ends": ends,
    }
    return verdict, f"{told} {_apart(bins)} {reason}".strip()


def _no_gap_verdict(confidence: Confidence) -> str:
    """Why the gap supports no verdict; "" where it does."""
    if confidence.n < VERDICT_N:
        words = ngettext(
            "%(n)s forecast is not 50 %%; a verdict needs about %(needed)s.",
            "%(n)s forecasts are not 50 %%; a verdict needs about %(needed)s.",
            confidence.n,
        )
        return words % {"n": fmt_count(confidence.n), "needed": fmt_count(VERDICT_N)}
    if confidence.gap.low is not None and confidence.gap.high is not None:
        return ""
    if confidence.right in (0.0, 1.0):
        return (
            _("Every one of them was right: how much too unsure that is has no interval.")
            if confidence.right
            else _("Every one of them was wrong: how much too sure that is has no interval.")
        )
    return _("How sure less how often right has no interval.")


def _side(confidence: Confidence) -> int:
    """1 where the interval of the gap lies above 0, -1 below, 0 about it or without one."""
    low, high = confidence.gap.low, confidence.gap.high
    if low is None or high is None:
        return 0
    return 1 if low > 0 else -1 if high < 0 else 0


def _slope_ends(cox: CoxLine) -> tuple[float, float]:
    return cox.slope.low or 0.0, cox.slope.high or 0.0


def _slope_digits(cox: CoxLine) -> int:
    """An interval that leaves out 1 does not read as one that ends there."""
    return telling_digits(*_slope_ends(cox), apart_from=1.0, least=2, most=4)


def _apart(bins: tuple[CalibrationBin, ...]) -> str:
    """How many bins stand out by themselves."""
    n = sum(one.reading in ("more often", "less often") for one in bins)
    if not n:
        return _("No bin stands out by itself.")
    return ngettext("%(n)s bin stands out by itself.", "%(n)s bins stand out by themselves.", n) % {"n": fmt_count(n)}


def _p(cox: CoxLine) -> str:
    return _("All together: %(p)s.") % {"p": fmt_p(cox.p)}
