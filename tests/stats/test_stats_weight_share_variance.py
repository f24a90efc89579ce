"""Variances by counting are those of the influences, person by person."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from stats.weight_sample import DOMAIN, EVERYBODY, Q, given_weights, post_weights, raked_weights

from surveyapp.stats.weight.design import Weights, covariance, equal_weights
from surveyapp.stats.weight.share_variance import share_covariance, share_variances


def assert_the_same(places: NDArray[np.int64], k: int, weights: Weights) -> None:
    w = weights.of_base
    hits = places[:, None] == np.arange(k)
    shares = w @ hits / w.sum()
    expected = covariance((hits - shares) / w.sum(), weights)
    assert share_covariance(places, k, weights) == pytest.approx(expected, rel=1e-8, abs=1e-13)
    assert share_variances(places, k, weights) == pytest.approx(np.diagonal(expected), rel=1e-8, abs=1e-13)


@pytest.mark.parametrize("inside", [EVERYBODY, DOMAIN], ids=["all", "domain"])
@pytest.mark.parametrize("made", [given_weights, raked_weights, post_weights])
def test_counting_is_the_same_as_people(made: Callable[..., Weights], inside: NDArray[np.bool_]) -> None:
    assert_the_same(Q[inside], 5, made(inside))


@settings(deadline=None, max_examples=100)
@given(st.integers(0, 2**32 - 1), st.integers(1, 40), st.integers(0, 3), st.booleans())
def test_for_any_weights_margins_and_domains(seed: int, n: int, n_margins: int, some_without: bool) -> None:
    random = np.random.default_rng(seed)
    values = random.uniform(0.2, 5, n)
    if some_without:
        values[random.random(n) < 0.3] = 0
    inside = random.random(n) < 0.7
    margins = random.integers(0, 3, (n, n_margins)).astype(np.int32) if n_margins else None
    weights = Weights(name="", values=values, inside=inside, margins=margins)
    if weights.of_base.sum() > 0:
        assert_the_same(random.integers(0, 4, len(weights)), 4, weights)


def test_one_person() -> None:
    assert share_variances(np.array([1]), 2, equal_weights(1)).tolist() == [0, 0]
    assert share_covariance(np.array([1]), 2, equal_weights(1)).tolist() == [[0, 0], [0, 0]]
