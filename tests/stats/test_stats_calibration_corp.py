"""CORP against R 4.2.2 isoreg; the consistency band against an independent simulation in R."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stats.stats_sample import assert_sound

from surveyapp.stats.calibration.corp import corp_of, isotonic
from surveyapp.stats.calibration.score import bootstrap_mean

# twenty forecasts, made for this test
SAID = np.array([10, 10, 20, 20, 20, 35, 35, 35, 50, 50, 50, 50, 65, 65, 80, 80, 80, 90, 90, 100]) / 100
CAME = np.array([0, 1, 0, 0, 1, 1, 0, 1, 0, 1, 0, 1, 1, 0, 1, 1, 0, 1, 1, 1], dtype=np.float64)


def test_curve_and_decomposition_as_in_r() -> None:
    # R: n_j, h_j by distinct forecast; iso <- isoreg(rep(seq_along(g), n), rep(h / n, n))$yf
    # S <- mean((f - o)^2); MCB <- S - mean((iso - o)^2); DSC <- mean((mean(o) - o)^2) - mean((iso - o)^2)
    corp = corp_of(SAID, CAME)
    assert corp.credence == (0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 1.0)
    assert corp.curve == pytest.approx((0.4, 0.4, 5 / 9, 5 / 9, 5 / 9, 2 / 3, 1.0, 1.0), abs=1e-14)
    assert corp.mcb == pytest.approx(0.0351805555555555, abs=1e-14)
    assert corp.dsc == pytest.approx(0.0355555555555556, abs=1e-14)
    assert corp.unc == pytest.approx(0.24, abs=1e-14)
    assert corp.mcb - corp.dsc + corp.unc == pytest.approx(0.239625, abs=1e-14)


def test_band_as_simulated_in_r() -> None:
    # R, set.seed(1), 20,000 times: h <- rbinom(3, c(20, 30, 20), c(.2, .5, .8)) / n, isoreg, quantile(., c(.05, .95))
    said = np.repeat([0.2, 0.5, 0.8], [20, 30, 20])
    corp = corp_of(said, np.zeros(70))
    # steps of 1/20 and 1/30: one step of play for 1,000 against 20,000 resamplings
    assert corp.band_low == pytest.approx((0.05, 0.366667, 0.65), abs=0.051)
    assert corp.band_high == pytest.approx((0.35, 0.66, 0.95), abs=0.051)
    more = corp_of(said, np.zeros(70), resamples=20_000)
    assert more.band_low == pytest.approx((0.05, 0.366667, 0.65), abs=0.017)
    assert more.band_high == pytest.approx((0.35, 0.66, 0.95), abs=0.034)


def test_band_pools_by_the_number_of_forecasts() -> None:
    # R, as above with n = 6, 120, 8 and p = .4, .5, .55; unweighted pooling would give 0, .396, .4 and .596, .6, .875
    corp = corp_of(np.repeat([0.4, 0.5, 0.55], [6, 120, 8]), np.zeros(134), resamples=20_000)
    assert corp.band_low == pytest.approx((0.166667, 0.425, 0.453125), abs=0.009)
    assert corp.band_high == pytest.approx((0.531746, 0.571429, 0.875), abs=0.009)


def test_band_holds_calibrated_forecasters() -> None:
    """Over 200 calibrated logs about 90 % of the curve lies in the band, pointwise."""
    rng = np.random.default_rng(11)
    inside = []
    for _log in range(200):
        said = rng.choice(np.arange(1, 10) / 10, size=150)
        corp = corp_of(said, (rng.random(150) < said).astype(np.float64), resamples=200)
        fits = zip(corp.band_low, corp.curve, corp.band_high, strict=True)
        inside.append(np.mean([low - 1e-9 <= curve <= high + 1e-9 for low, curve, high in fits]))
    assert 0.86 < float(np.mean(inside)) < 0.95


def test_certain_forecasts_have_no_play() -> None:
    corp = corp_of(np.array([0.0, 0.0, 1.0, 1.0]), np.array([0.0, 0, 1, 1]))
    assert (corp.band_low, corp.band_high) == ((0.0, 1.0), (0.0, 1.0))
    assert (corp.mcb, corp.dsc, corp.unc) == (0, 0.25, 0.25)


def test_many_distinct_forecasts_are_rounded_for_the_band_only() -> None:
    rng = np.random.default_rng(2)
    said = rng.random(16_000)
    corp = corp_of(said, (rng.random(16_000) < said).astype(np.float64))
    assert len(corp.credence) == len(corp.curve) == len(corp.band_low) > 15_000
    assert_sound(corp)


def test_isotonic_against_the_min_max_formula() -> None:
    """The fit at i is the largest over a <= i of the least over b >= i of the weighted means of a..b."""
    rng = np.random.default_rng(4)
    for _again in range(50):
        values, weights = rng.random(12), rng.integers(1, 9, 12)
        means = [
            max(
                min(np.average(values[a : b + 1], weights=weights[a : b + 1]) for b in range(i, 12))
                for a in range(i + 1)
            )
            for i in range(12)
        ]
        assert isotonic(values, weights.astype(np.float64)).tolist() == pytest.approx(means, abs=1e-12)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 100), st.booleans()), min_size=1, max_size=60))
def test_any_forecasts(pairs: list[tuple[int, bool]]) -> None:
    said = np.array([percent for percent, _came in pairs]) / 100
    came = np.array([came for _percent, came in pairs], dtype=np.float64)
    corp = corp_of(said, came, resamples=50)
    assert_sound(corp)
    assert corp == corp_of(said[::-1], came[::-1], resamples=50)
    assert list(corp.curve) == sorted(corp.curve)
    assert corp.mcb - corp.dsc + corp.unc == pytest.approx(np.mean((said - came) ** 2), abs=1e-12)
    assert corp.mcb >= 0
    assert corp.dsc >= 0
    for low, high in zip(corp.band_low, corp.band_high, strict=True):
        assert 0 <= low <= high <= 1


@settings(deadline=None, max_examples=60)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=60))
def test_bootstrap_holds_the_mean_in_any_order(values: list[float]) -> None:
    estimate = bootstrap_mean(np.array(values), 0.95)
    assert_sound(estimate)
    backwards = bootstrap_mean(np.array(values[::-1]), 0.95)
    assert backwards.low == pytest.approx(estimate.low)
    assert backwards.high == pytest.approx(estimate.high)


def test_bootstrap_width_is_that_of_the_mean() -> None:
    """For many people the percentile interval is mean +- 1.96 sd / sqrt(n)."""
    values = np.random.default_rng(6).random(3000)
    estimate = bootstrap_mean(values, 0.95)
    half = 1.959964 * float(np.std(values)) / np.sqrt(3000)
    assert estimate.low == pytest.approx(estimate.value - half, abs=0.1 * half)
    assert estimate.high == pytest.approx(estimate.value + half, abs=0.1 * half)
