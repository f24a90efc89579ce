"""One group: how many, the mean, the median, quantiles and the share."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from surveyapp.stats.estimate import Estimate
from surveyapp.stats.group.result import GroupRow
from surveyapp.stats.group.value import Values
from surveyapp.stats.interval import share_estimate
from surveyapp.stats.moment import five_quantiles, mean_estimate, median_estimate, sample_of
from surveyapp.stats.weight.design import Weights
from surveyapp.stats.weight.moment import weighted_five, weighted_mean, weighted_median, weighted_sample
from surveyapp.stats.weight.share import share_of


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


def _within(mean: Estimate, bounds: tuple[float, float] | None) -> Estimate:
    """A t interval may leave what can be answered."""
    if bounds is None or mean.low is None or mean.high is None:
        return mean
    return Estimate(value=mean.value, low=max(mean.low, bounds[0]), high=min(mean.high, bounds[1]))
