"""One group: how many, the mean, the median, quartiles, the share, and its box."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from surveyapp.stats.estimate import Estimate
from surveyapp.stats.group.result import Box, GroupRow
from surveyapp.stats.group.value import Values
from surveyapp.stats.interval import share_estimate
from surveyapp.stats.moment import five_quantiles, mean_estimate, median_estimate, sample_of
from surveyapp.stats.weight.design import Weights
from surveyapp.stats.weight.moment import weighted_five, weighted_mean, weighted_median, weighted_sample
from surveyapp.stats.weight.share import share_of

Floats = NDArray[np.float64]

_WHISKER = 1.5
_MOST_OUTSIDE = 40


def group_row(
    values: Values,
    inside: NDArray[np.bool_],
    label: str,
    *,
    level: float,
    code: int | None = None,
    other: bool = False,
    weights: Weights | None = None,
) -> GroupRow:
    """The row of the people of `inside`, shape (m,), all with an answer and, with weights, a weight."""
    n = int(inside.sum())
    if not n:
        return GroupRow(
            code=code,
            label=label,
            n=0,
            mean=None,
            sd=None,
            median=None,
            quantiles=None,
            minimum=None,
            maximum=None,
            share=None,
            box=None,
            other=other,
        )
    given = values.numbers[inside]
    sample = sample_of(given)
    if weights is None:
        (mean, sd), median, five = (
            mean_estimate(sample, level),
            median_estimate(sample, level),
            five_quantiles(sample),
        )
    else:
        drawn = weighted_sample(given, weights.take(inside))
        (mean, sd), median, five = weighted_mean(drawn, level), weighted_median(drawn, level), weighted_five(drawn)
    return GroupRow(
        code=code,
        label=label,
        n=n,
        mean=_within(mean, values.bounds),
        sd=sd,
        median=median,
        quantiles=five,
        minimum=float(sample.values[0]),
        maximum=float(sample.values[-1]),
        share=_share(values.hits, inside, level, weights),
        box=_box(sample.values, five),
        other=other,
    )


def _share(
    hits: NDArray[np.bool_] | None, inside: NDArray[np.bool_], level: float, weights: Weights | None
) -> Estimate | None:
    if hits is None:
        return None
    if weights is not None:
        return share_of(hits[inside], weights.take(inside), level)
    return share_estimate(int(hits[inside].sum()), int(inside.sum()), level)


def _box(ordered: Floats, five: tuple[float, float, float, float, float]) -> Box:
    _low, q1, median, q3, _high = five
    reach = _WHISKER * (q3 / 2 - q1 / 2)  # halves: the range of huge numbers overflows
    near = (ordered / 2 >= q1 / 2 - reach) & (ordered / 2 <= q3 / 2 + reach)
    inner = ordered[near]
    far = np.unique(ordered[~near])
    distance = np.maximum(q1 / 2 - far / 2, far / 2 - q3 / 2)
    farthest = far[np.argsort(-distance, kind="stable")][:_MOST_OUTSIDE]
    return Box(
        low=min(float(inner[0]) if len(inner) else q1, q1),
        q1=q1,
        median=median,
        q3=q3,
        high=max(float(inner[-1]) if len(inner) else q3, q3),
        n_outside=int((~near).sum()),
        outside=tuple(farthest.tolist()),
    )


def _within(mean: Estimate, bounds: tuple[float, float] | None) -> Estimate:
    """A t interval may leave what can be answered."""
    if bounds is None or mean.low is None or mean.high is None:
        return mean
    return Estimate(value=mean.value, low=max(mean.low, bounds[0]), high=min(mean.high, bounds[1]))
