"""Mean, spread, quantiles and robust measures of a sample, safe for huge and for nearly equal values.

All sums run over values scaled by a power of two (exact, no overflow) and centred first: a sum of squares of raw
values has no correct digit on NIST's NumAcc4.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveyapp.stats.estimate import Estimate
from surveyapp.stats.interval import median_ranks, t_half_width

Floats = NDArray[np.float64]

_HUGE = 1022
"""From 2**1022 on the difference of two values may overflow."""

_ROUNDING = 1e-14
"""A mean below this share of the standard deviation is 0."""

_OUTLIER_Z = 3.5
_NORMAL_MAD = 0.6745
_NORMAL_MEAN_DEVIATION = 1.253314
_TRIM = 0.1


@dataclass(frozen=True, slots=True)
class Sample:
    """Sorted finite values, at least one, as `scaled` * 2**`exponent` with |scaled| <= 1."""

    values: Floats
    scaled: Floats
    exponent: int

    def __len__(self) -> int:
        return len(self.values)

    @property
    def constant(self) -> bool:
        """Whether everyone gave the same answer."""
        return bool(self.values[0] == self.values[-1])

    def unscaled(self, value: float) -> float:
        """A scaled location or spread in the answers' unit; infinite where it leaves the range of numbers."""
        try:
            return math.ldexp(value, self.exponent)
        except OverflowError:
            return math.copysign(math.inf, value)


def sample_of(values: Floats) -> Sample:
    """The sample of finite values in any order. Raises ValueError if there is none."""
    if not len(values):
        raise ValueError("a sample needs a value")
    ordered = np.sort(np.asarray(values, dtype=np.float64)) + 0.0  # + 0.0 turns -0 into 0
    _mantissa, exponent = math.frexp(max(abs(float(ordered[0])), abs(float(ordered[-1]))))
    return Sample(ordered, scaled_by(ordered, exponent), exponent)


def scaled_by(values: Floats, exponent: int) -> Floats:
    """values / 2**exponent; in two steps, since 2**-exponent alone overflows for the smallest numbers."""
    scaled: Floats = np.ldexp(np.ldexp(values, -exponent // 2), -exponent - (-exponent // 2))
    return scaled


def mean_estimate(sample: Sample, level: float) -> tuple[Estimate, float | None]:
    """The mean with its t interval, and the standard deviation (n - 1).

    No interval for one value or a constant: equal answers of a few do not make the mean certain. No standard
    deviation for one value.
    """
    mean, sd = _mean_sd(sample.scaled)
    # the rounding of a mean may leave the range of its values
    value = min(max(sample.unscaled(mean), float(sample.values[0])), float(sample.values[-1]))
    if sd is None:
        return Estimate(value=value), None
    spread = sample.unscaled(sd)
    if abs(value) < spread * _ROUNDING:  # standard scores: what is left of their mean is rounding
        value = 0.0
    if sample.constant or not math.isfinite(spread):
        return Estimate(value=value), spread if math.isfinite(spread) else None
    half = t_half_width(sd, len(sample), level)
    low, high = sample.unscaled(mean - half), sample.unscaled(mean + half)
    if not (math.isfinite(low) and math.isfinite(high)):
        return Estimate(value=value), spread
    return Estimate(value=value, low=min(low, value), high=max(high, value)), spread


def median_estimate(sample: Sample, level: float) -> Estimate:
    """The median with its order-statistic interval; None ends for too few values (under 6 at 95 %)."""
    (median,) = quantiles(sample, (0.5,))
    ranks = median_ranks(len(sample), level)
    if ranks is None:
        return Estimate(value=median)
    return Estimate(value=median, low=float(sample.values[ranks[0]]), high=float(sample.values[ranks[1]]))


def quantiles(sample: Sample, shares: Sequence[float]) -> tuple[float, ...]:
    """Quantiles of type 7 (Hyndman & Fan 1996; the default of R and numpy)."""
    if sample.exponent < _HUGE:
        return tuple(np.quantile(sample.values, shares).tolist())
    # numpy subtracts neighbours, which overflows here; scaled down, the smallest values would vanish
    return tuple(_between(sample.values, share * (len(sample) - 1)) for share in shares)


def _between(ordered: Floats, place: float) -> float:
    """The value at a place between two neighbours, weighted by nearness."""
    below = math.floor(place)
    low, high = float(ordered[below]), float(ordered[min(below + 1, len(ordered) - 1)])
    return min(max(low * (1 - (place - below)) + high * (place - below), low), high)


def five_quantiles(sample: Sample) -> tuple[float, float, float, float, float]:
    """The shares .05, .25, .5, .75, .95."""
    low, lower, middle, upper, high = quantiles(sample, (0.05, 0.25, 0.5, 0.75, 0.95))
    return low, lower, middle, upper, high


def trimmed_mean(sample: Sample) -> float:
    """The mean without the lowest and highest tenth, floor(n / 10) values each, as R's mean(x, trim = 0.1)."""
    cut = math.floor(len(sample) * _TRIM)
    mean, _sd = _mean_sd(sample.scaled[cut : len(sample) - cut])
    return min(max(sample.unscaled(mean), float(sample.values[0])), float(sample.values[-1]))


def count_outliers(sample: Sample) -> int:
    """Values whose modified z exceeds 3.5 (Iglewicz & Hoaglin 1993).

    Where more than half of the values are equal (MAD 0), the mean absolute deviation stands in for the MAD.
    """
    deviation = np.abs(sample.scaled - np.median(sample.scaled))
    mad = float(np.median(deviation))
    scale = mad / _NORMAL_MAD if mad > 0 else _NORMAL_MEAN_DEVIATION * float(np.mean(deviation))
    return int(np.count_nonzero(deviation > _OUTLIER_Z * scale)) if scale > 0 else 0


def suggests_log(sample: Sample) -> bool:
    """Whether a log axis shows the answers better: all above 0, the 95th percentile at least ten times the 5th, and
    the logarithms less skewed about the median than the answers themselves."""
    if sample.values[0] <= 0:
        return False
    low, _lower, middle, _upper, high = five_quantiles(sample)
    if high / 10 < low or high <= low:
        return False
    raw = _skew(low, middle, high)
    logged = _skew(math.log(low), math.log(middle), math.log(high))
    return raw > 0.2 and abs(logged) < raw


def _skew(low: float, middle: float, high: float) -> float:
    """Kelly's skewness, -1 to 1: where the median lies between two outer quantiles."""
    return (high / 2 - middle + low / 2) / (high / 2 - low / 2)


def _mean_sd(values: Floats) -> tuple[float, float | None]:
    """Mean and standard deviation by centred sums of values within [-1, 1]; no deviation for one value."""
    centre = float(values[len(values) // 2])
    mean = centre + float(np.mean(values - centre))
    if len(values) < 2:
        return mean, None
    rest = values - mean
    # the second term corrects the rounding of the mean (Chan, Golub, LeVeque 1983)
    squares = float(np.sum(rest * rest)) - float(np.sum(rest)) ** 2 / len(values)
    return mean, math.sqrt(max(squares, 0.0) / (len(values) - 1))
