"""Probabilities against R 4.2.2: plogis(mean(qlogis(p))), t.test."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stats.stats_sample import assert_sound, numbers, probabilities

from surveyapp.domain.question import Missing
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.question.probability import mean_of_odds, probability_summary
from surveyapp.stats.result import ProbabilitySummary

PERCENT: list[float] = [1, 2, 5, 10, 10, 50, 50, 90, 99, 0, 100]


def test_as_in_r() -> None:
    # R: p <- c(1,2,5,10,10,50,50,90,99,0,100)/100; t.test(p); plogis(mean(qlogis(pmin(pmax(p, .001), .999))))
    result = probability_summary(probabilities([*PERCENT, None]))
    assert isinstance(result, ProbabilitySummary)
    assert result.mean.value == pytest.approx(0.3790909090909091, abs=1e-14)
    assert (result.mean.low, result.mean.high) == pytest.approx((0.0994785768064261, 0.6587032413753922), abs=1e-12)
    assert result.odds_mean == pytest.approx(0.305503517492558, abs=1e-13)
    assert result.n_clipped == 2
    ends = [one.value for one in (result.at_zero, result.at_half, result.at_one) if one is not None]
    assert ends == pytest.approx([1 / 11, 2 / 11, 1 / 11])
    assert result.quantiles[2] == 0.1
    assert_sound(result)


def test_bins_of_five_per_cent_on_exact_decimals() -> None:
    result = probability_summary(probabilities([float(p) for p in range(101)]))
    assert isinstance(result, ProbabilitySummary)
    assert result.histogram.counts == (5,) * 19 + (6,)
    assert result.histogram.edges[7] == 0.35


def test_impossible_probabilities_are_out_of_range() -> None:
    result = probability_summary(probabilities([101, -1, 50, 1e300]))
    assert result.counted.missing == {Missing.OUT_OF_RANGE: 3}
    assert isinstance(probability_summary(probabilities([])), NotComputed)
    with pytest.raises(ValueError, match="number"):
        probability_summary(numbers([1.0]))


@settings(deadline=None)
@given(st.lists(st.floats(0, 100), min_size=1, max_size=40))
def test_any_probabilities(values: list[float]) -> None:
    result = probability_summary(probabilities(values))
    assert isinstance(result, ProbabilitySummary)
    assert_sound(result)
    assert sum(result.histogram.counts) == len(values)
    assert 0 < result.odds_mean < 1
    mirrored, _n = mean_of_odds(1 - np.array(values) / 100)
    assert mirrored == pytest.approx(1 - result.odds_mean, abs=1e-9)
