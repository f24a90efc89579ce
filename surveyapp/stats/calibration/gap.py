"""How far people are surer than right, in words: one rounding wherever it is told."""

from __future__ import annotations

from surveyapp.base.number import EN_DASH, fmt_interval, fmt_signed, telling_digits
from surveyapp.stats.estimate import Estimate


def gap_words(gap: Estimate) -> tuple[str, str]:
    """A gap of shares in points, with its sign, and its interval ("" without one): "+2", "−0.3 – +3.9".

    As many decimals as it takes: no end that is not 0 reads 0, so that an interval about 0 shows both its sides.
    """
    value = 100 * gap.value
    if gap.low is None or gap.high is None:
        return fmt_signed(value, telling_digits(value)), ""
    low, high = 100 * gap.low, 100 * gap.high
    digits = telling_digits(value, low, high)
    words = fmt_signed(value, digits)
    if low < 0 < high:
        return words, f"{fmt_signed(low, digits)} {EN_DASH} {fmt_signed(high, digits)}"
    return words, fmt_interval(low, high, digits=digits)
