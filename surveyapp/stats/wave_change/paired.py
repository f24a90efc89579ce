"""People who answered both waves: the change within them, and how newcomers differ from them."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _
from surveyapp.stats.estimate import Effect, Estimate, Test
from surveyapp.stats.interval import normal_quantile
from surveyapp.stats.regression.scaling import power_scaled
from surveyapp.stats.wave_change.difference import difference, interval_up, scaled_up, t_quantile
from surveyapp.stats.wave_change.drawn import Drawn, NoComparisonError, point_of
from surveyapp.stats.wave_change.result import Change, Returning, WavePoint
from surveyapp.stats.wave_change.spec import Linked, Measure
from surveyapp.stats.weight.design import Weights, covariance

Floats = NDArray[np.float64]


def returning_people(earlier: Drawn, later: Drawn, linked: Linked, measure: Measure, level: float) -> Returning:
    """Raises NoComparisonError for fewer than two people, and for medians: their change within people is another
    number than the change of the median."""
    if measure is Measure.MEDIAN:
        raise NoComparisonError(
            _("Not compared: the change within people is told of shares and means, not of medians.")
        )
    both = earlier.used[linked.earlier] & later.used[linked.later]
    n = int(both.sum())
    if n < 2:
        raise NoComparisonError(_("Not compared: fewer than two people answered this in both waves."))
    first = _places(earlier, linked.earlier[both])
    second = _places(later, linked.later[both])
    weights = later.weights
    own = _part(later, second)
    # linked people come in the order of the pairs, the others in that of the wave
    y = earlier.y[first][np.argsort(second)]
    before = Drawn(wave=earlier.wave, counted=earlier.counted, used=own.used, y=y, weights=own.weights)
    if measure is Measure.SHARE and weights is None:
        change = share_change(before.y, own.y, level)
    else:
        change = _mean_change(before.y, own.y, own.weights, level)
    newcomers, left = _part(later, second, others=True), _part(earlier, first, others=True)
    return Returning(
        n=n,
        earlier=point_of(before, measure, level).value,
        later=point_of(own, measure, level).value,
        change=change,
        newcomers=_point(newcomers, measure, level),
        left=_point(left, measure, level),
        against=_against(own, newcomers, measure, level),
        sentence="",
    )


def _places(one: Drawn, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where people of the side's arrays stand among those who take part."""
    place: NDArray[np.int64] = np.cumsum(one.used) - 1
    return place[rows]


def _part(one: Drawn, places: NDArray[np.int64], *, others: bool = False) -> Drawn:
    """Only the people at these places among those who take part (or all others), in the order of the wave."""
    mask = np.zeros(len(one), dtype=np.bool_)
    mask[places] = True
    mask = ~mask if others else mask
    used = one.used.copy()
    used[used] = mask
    weights = one.weights.take(mask) if one.weights is not None else None
    return Drawn(wave=one.wave, counted=one.counted, used=used, y=one.y[mask], weights=weights)


def _point(one: Drawn, measure: Measure, level: float) -> WavePoint | None:
    return point_of(one, measure, level) if len(one) else None


def _against(own: Drawn, newcomers: Drawn, measure: Measure, level: float) -> Change | None:
    try:
        return difference(own, newcomers, measure, level)
    except NoComparisonError:
        return None


def share_change(before: Floats, after: Floats, level: float) -> Change:
    """Yes / no of the same people: Bonett & Price's (2012) interval, McNemar's mid-p (Fagerland et al. 2013).

    The interval adds one person to each way of changing sides (R statpsych::ci.prop.ps); a mid-p is 1 where nobody
    changed.
    """
    from scipy.special import bdtr

    n = len(before)
    rose, fell = int(np.sum((before == 0) & (after == 1))), int(np.sum((before == 1) & (after == 0)))
    value = (rose - fell) / n
    up, down = (rose + 1) / (n + 2), (fell + 1) / (n + 2)
    se = math.sqrt((up + down - (up - down) ** 2) / (n + 2))
    half = normal_quantile(level) * se
    changed = rose + fell
    fewer = min(rose, fell)
    mid = 2 * bdtr(fewer, changed, 0.5) - _binomial(fewer, changed) if changed else 1.0
    if rose == fell and changed:
        mid = 1 - _binomial(fewer, changed) / 2
    ratio = (rose + 0.5) / (fell + 0.5)
    spread = normal_quantile(level) * math.sqrt(1 / (rose + 0.5) + 1 / (fell + 0.5))
    odds = Estimate(value=ratio, low=ratio * math.exp(-spread), high=ratio * math.exp(spread))
    return Change(
        value=Estimate(
            value=value, low=max(min(up - down - half, value), -1.0), high=min(max(up - down + half, value), 1.0)
        ),
        se=se,
        test=Test(
            method=_("McNemar's test (mid-p)"),
            symbol="b",
            statistic=float(rose),
            df=(float(changed),),
            p=min(float(mid), 1.0),
            n=n,
            note=_("b of all who changed sides went over to it"),
        ),
        effect=Effect(
            method=_("Odds of changing to it over changing away (1/2 added to both)"),
            symbol="OR",
            value=odds,
            bounds=None,
        ),
    )


def _binomial(k: int, n: int) -> float:
    return math.exp(math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1) - n * math.log(2))


def _mean_change(before: Floats, after: Floats, weights: Weights | None, level: float) -> Change:
    """The mean of differences: paired t test, weighted with the later wave's weights by linearisation."""
    from scipy.special import stdtr

    both, (exponent,) = power_scaled(np.concatenate([before, after])[:, None])
    rest = both[len(before) :, 0] - both[: len(before), 0]
    n = len(rest)
    w = np.ones(n) if weights is None else weights.of_base
    mean = float(w @ rest / w.sum())
    if weights is None:
        sd = float(np.std(rest, ddof=1))
        error = sd / math.sqrt(n)
    else:
        influence = (rest - mean) / w.sum()
        error = math.sqrt(max(float(covariance(influence[:, None], weights)[0, 0]), 0.0))
        sd = math.sqrt(float(w @ (rest - mean) ** 2 / w.sum()) * n / (n - 1))
    if error == 0 or sd == 0:
        raise NoComparisonError(_("Not compared: everybody changed by the same amount."))
    half = t_quantile(n - 1, level) * error
    t = mean / error
    name = _("Paired t test") if weights is None else _("Paired t test, weighted (linearised)")
    d = Estimate(value=mean / sd, low=(mean - half) / sd, high=(mean + half) / sd)
    return Change(
        value=interval_up(mean, half, int(exponent)),
        se=scaled_up(error, int(exponent)),
        test=Test(method=name, symbol="t", statistic=t, df=(float(n - 1),), p=float(2 * stdtr(n - 1, -abs(t))), n=n),
        effect=Effect(method=_("Change in standard deviations of the changes"), symbol="d", value=d),
    )
