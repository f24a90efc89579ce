"""Calibration of a prediction log against R (glm, sandwich), closed forms, and what must not change anything.

Reference: R 4.2.2, sandwich 3.0.2; x <- qlogis(pmin(pmax(p, .001), .999)); m <- glm(y ~ x, family = binomial,
control = list(epsilon = 1e-14));
LR = 2 (logLik(m) - logLik at a = 0, b = 1); vcovCL(m, cluster = ..., type = "HC0"); W = d' V^-1 d, d = coef - (0, 1).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveyapp.stats.calibration.cluster import cluster_ids, clustered_mean
from surveyapp.stats.calibration.cox import CoxLine, cox_line, fitted_share
from surveyapp.stats.calibration.decomposition import murphy, spiegelhalter
from surveyapp.stats.calibration.forecast_bin import bin_places
from surveyapp.stats.calibration.log import calibrate
from surveyapp.stats.calibration.log_verdict import log_verdict
from surveyapp.stats.estimate import Estimate

P = np.array([
    0, 1, 0.12, 0.07, 0.24, 0.79, 0.34, 0.97, 0.17, 0.46, 0.17, 0.23, 0.77, 0.1, 0.45, 0.08, 0.56, 0.01,
    0.99, 0.32, 0.64, 0.3, 1, 0.91, 0.99, 0.07, 0.63, 0.49, 0.97, 0.36, 0.68, 0.26, 0.19, 0.19, 0.38, 0.85,
    0.5, 0.79, 0.84, 0.46, 0.8, 0.38, 0.76, 0.44, 0.9, 0.32, 0.08, 0.82, 0.9, 0.97, 0.57, 0.72, 0.77, 0.63,
    0.72, 0.39, 0.16, 0.19, 0.39, 0.27, 0.19, 0.5, 0.76, 0.69, 0.54, 0.66, 0.47, 0.48, 0.34, 0.42, 0.29,
    0.6, 0.84, 0.62, 0.13, 0.57, 0.44, 0.44, 0.62, 0.93, 0.89, 0.88, 0.24, 0.74, 0.39, 0.08, 0.09, 0.76,
    0.35, 0.42, 0.34, 0.01, 0.91, 0.18, 0.72, 0.57, 0.54, 0.35, 0.82, 0.19, 0.4, 0.49, 0.5, 0.39, 0.64,
    0.34, 0.96, 0.04, 0.77, 0.2, 0.68, 0.4, 0.06, 0.74, 0.62, 0.63, 0.57, 0.79, 0.18, 0.83
], dtype=np.float64)  # fmt: skip
Y = np.array([
    0, 1, 0, 0, 1, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 1, 0, 1, 0, 1, 1, 1, 1, 0, 0, 0,
    1, 1, 0, 0, 0, 1, 1, 1, 0, 1, 0, 0, 0, 1, 1, 1, 0, 1, 0, 1, 1, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 0,
    0, 0, 0, 0, 0, 1, 1, 0, 1, 1, 1, 0, 1, 1, 0, 1, 0, 1, 1, 0, 0, 0, 1, 0, 0, 1, 0, 1, 1, 0, 0, 0, 0, 1, 0,
    0, 1, 0, 1, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1
], dtype=np.float64)  # fmt: skip
PREDICTION = np.tile(np.arange(40), 3)
ONES = np.ones(120)
NORMAL = 1.959963984540054
T_39 = 2.02269092003676

P_2 = np.array([
    0.29, 0.02, 0.51, 0.03, 0.08, 0.94, 0.1, 0.3, 0.87, 0.14, 0.19, 0.44, 0.89, 0.84, 0.72, 0.57, 0.48,
    0.34, 0.17, 0.48, 0.22, 0.67, 0.37, 0.36, 0.08, 0.48, 0.4, 0.04, 0.14, 0.4, 0.5, 0.33, 0.42, 0.21, 0.8,
    0.64, 0.29, 0.12, 0.27, 0.08, 0.26, 0.23, 0.49, 0.65, 0.34, 0.85, 0.63, 0.03, 0.53, 0.82, 0.5, 0.59,
    0.43, 0.32, 0.23, 0.45, 0.42, 0.8, 0.18, 0.59, 0.15, 0.74, 0.19, 0.58, 0.74, 0.2, 0.08, 0.5, 0.2, 0.61,
    0.68, 0.43, 0.43, 0.22, 0.92, 0.53, 0.28, 0.34, 0.37, 0.23, 0.07, 0.5, 0.51, 0.25, 0.8, 0.42, 0.2, 0.64,
    0.8, 0.24, 0.37, 0.75, 0.03, 0.48, 0.8, 0.25, 0.75, 0.21, 0.58, 0.23, 0.77, 0.67, 0.41, 0.41, 0.22,
    0.27, 0.68, 0.73, 0.56, 0.16, 0.7, 0.11, 0.44, 0.81, 0.66, 0.31, 0.91, 0.45, 0.52, 0.26, 0.21, 0.3,
    0.97, 0.18, 0.45, 0.09, 0.04, 0.84, 0.7, 0.63, 0.94, 0.67, 0.23, 0.52, 0.16, 0.48, 0.28, 0.7, 0.76,
    0.97, 0.67, 0.56, 0.45, 0.68, 0.23, 0.53, 0.59, 0.34, 0.85, 0.31, 0.56, 0.75, 0.26, 0.76, 0.67, 0.64,
    0.16, 0.2, 0.65, 0.56, 0.48, 0.3, 0.62, 0.27, 0.28, 0.8, 0.19, 0.06, 0.97, 0.2, 0.28, 0.81, 0.11, 0.76,
    0.69, 0.63, 0.21, 0.79, 0.08, 0.36, 0.87, 0.12, 0.17, 0.4, 0.81, 0.3, 0.3, 0.29, 0.69, 0.86, 0.37, 0.22,
    0.89, 0.97, 0.14, 0.72, 0.9, 0.57, 0.28, 0.75
], dtype=np.float64)  # fmt: skip
Y_2 = np.array([
    1, 0, 0, 0, 1, 1, 0, 1, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0,
    0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 1,
    1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 0, 1, 1, 0, 0, 1, 1, 0, 1, 0, 0, 0, 1, 1, 1, 0, 0, 1, 1, 1, 0, 0,
    0, 1, 0, 0, 1, 1, 1, 0, 1, 0, 1, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 0, 1,
    1, 1, 1, 1, 0, 0, 1, 1, 1, 0, 0, 1, 0, 1, 1, 1, 0, 0, 1, 1, 1, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1,
    1, 0, 1, 0, 1, 1, 0, 1, 0, 0, 0, 1, 0, 1, 1, 1, 1, 0, 1, 0, 1, 1, 1, 1, 1
], dtype=np.float64)  # fmt: skip
PREDICTION_2 = np.array([
    18, 47, 36, 42, 5, 13, 6, 45, 8, 16, 5, 15, 8, 16, 29, 36, 22, 29, 10, 13, 12, 11, 1, 12, 45, 9, 44, 16,
    42, 16, 12, 16, 27, 25, 23, 38, 27, 41, 29, 1, 25, 40, 12, 9, 17, 44, 19, 36, 32, 48, 12, 5, 33, 47, 24,
    7, 19, 11, 50, 17, 27, 34, 14, 10, 43, 18, 45, 5, 29, 37, 14, 49, 43, 40, 30, 24, 1, 1, 36, 4, 25, 5,
    23, 38, 39, 50, 15, 40, 9, 28, 21, 27, 3, 21, 22, 8, 30, 28, 37, 50, 9, 32, 29, 12, 43, 8, 11, 18, 6,
    50, 40, 47, 45, 48, 21, 35, 3, 24, 19, 9, 20, 27, 35, 24, 21, 44, 36, 29, 26, 15, 14, 12, 27, 38, 20,
    22, 44, 42, 2, 41, 34, 4, 34, 42, 16, 47, 38, 42, 37, 21, 25, 8, 10, 47, 12, 22, 22, 25, 45, 2, 36, 43,
    6, 38, 20, 29, 41, 24, 37, 32, 41, 23, 27, 5, 30, 50, 23, 24, 39, 49, 37, 15, 50, 11, 1, 6, 36, 1, 9, 6,
    33, 37, 15, 25, 3, 39, 23, 43, 12, 9
], dtype=np.int64)  # fmt: skip
PERSON_2 = np.array([
    32, 31, 4, 39, 34, 14, 11, 16, 20, 38, 31, 30, 34, 8, 10, 6, 2, 40, 36, 16, 30, 40, 19, 2, 39, 19, 2,
    17, 28, 30, 37, 32, 40, 18, 35, 16, 27, 7, 1, 7, 23, 5, 26, 26, 8, 35, 26, 5, 7, 18, 4, 4, 22, 22, 8,
    23, 25, 6, 4, 2, 16, 33, 24, 7, 22, 28, 12, 34, 7, 35, 40, 23, 19, 13, 20, 7, 31, 13, 31, 18, 38, 29, 2,
    22, 2, 24, 37, 29, 33, 40, 38, 25, 13, 2, 24, 40, 4, 7, 19, 11, 32, 27, 2, 4, 16, 26, 32, 8, 37, 25, 31,
    10, 17, 34, 32, 35, 6, 39, 37, 15, 31, 22, 23, 18, 39, 19, 18, 39, 34, 8, 13, 33, 9, 35, 33, 17, 26, 8,
    26, 26, 37, 27, 3, 21, 22, 37, 22, 2, 40, 4, 14, 21, 2, 9, 22, 35, 20, 37, 19, 20, 33, 33, 11, 12, 34,
    38, 21, 36, 36, 35, 40, 34, 22, 6, 35, 13, 5, 28, 36, 27, 21, 6, 21, 38, 10, 6, 35, 13, 31, 20, 37, 38,
    30, 5, 12, 34, 8, 15, 17, 15
], dtype=np.int64)  # fmt: skip


def se(low: float | None, value: float, quantile: float = NORMAL) -> float:
    assert low is not None
    return (value - low) / quantile


def line(p: object, y: object, clusters: object = ()) -> CoxLine:
    found = cox_line(p, y, np.ones(len(p)), clusters, level=0.95)  # type: ignore[arg-type]
    assert isinstance(found, CoxLine)
    return found


def test_the_line_and_its_likelihood_ratio_are_those_of_r() -> None:
    found = line(P, Y)
    assert found.intercept.value == pytest.approx(-0.0308315445092, abs=1e-9)
    assert found.slope.value == pytest.approx(0.5855500853377, abs=1e-9)
    assert se(found.intercept.low, found.intercept.value) == pytest.approx(0.200856475136, rel=1e-6)
    assert se(found.slope.low, found.slope.value) == pytest.approx(0.148155367584, rel=1e-6)
    assert found.statistic == pytest.approx(6.3179978664134, rel=1e-9)
    assert found.p == pytest.approx(0.042468233346338, rel=1e-9)


def test_forecasts_that_share_a_prediction_get_the_sandwich_of_r() -> None:
    clusters = cluster_ids(PREDICTION, np.arange(120))
    found = line(P, Y, clusters)
    assert se(found.intercept.low, found.intercept.value, T_39) == pytest.approx(0.1822624344903, rel=1e-6)
    assert se(found.slope.low, found.slope.value, T_39) == pytest.approx(0.0963345320462, rel=1e-6)
    assert found.statistic == pytest.approx(18.924162514743, rel=1e-6)
    assert found.p == pytest.approx(0.000446677885703689, rel=1e-6)  # pf(W / 2, 2, 39, lower = FALSE)
    mean = clustered_mean((P - Y) ** 2, ONES, clusters, 0.95)
    assert mean.value == pytest.approx(0.22320583333333)
    # t(.975, 39) = 2.022690920; vcovCL(lm((p - y)^2 ~ 1), cluster = prediction, type = "HC0")
    assert mean.high == pytest.approx(0.22320583333333 + 2.022690920 * 0.0156594896676, rel=1e-8)


def test_two_ways_at_once_are_those_of_r() -> None:
    """vcovCL(m, cluster = data.frame(prediction, person), type = "HC0", multi0 = FALSE)."""
    clusters = cluster_ids(PREDICTION_2, PERSON_2)
    found = line(P_2, Y_2, clusters)
    assert found.slope.value == pytest.approx(0.629705627316, abs=1e-9)
    assert se(found.intercept.low, found.intercept.value, T_39) == pytest.approx(0.130147645577, rel=1e-6)
    assert se(found.slope.low, found.slope.value, T_39) == pytest.approx(0.110296348064, rel=1e-6)
    assert found.statistic == pytest.approx(16.053018987944, rel=1e-6)
    mean = clustered_mean((P_2 - Y_2) ** 2, np.ones(200), clusters, 0.95)
    # t(.975, 39)
    assert mean.high == pytest.approx(0.228876 + 2.022690920 * 0.0162579254355, rel=1e-8)


def test_few_clusters_never_give_a_narrower_interval_than_none() -> None:
    """R's two-way variance is negative here (three people): NaN with a warning."""
    clusters = cluster_ids(PREDICTION, np.repeat(np.arange(3), 40))
    found = line(P, Y, clusters)
    assert se(found.slope.low, found.slope.value) > 0.0963


@pytest.mark.parametrize(
    ("p", "y", "words"),
    [
        ([0.2, 0.8, 0.5], [1, 1, 1], "same way"),
        ([0.5, 0.5, 0.5, 0.5], [1, 0, 1, 0], "forecast was 50"),
        ([0.3, 0.3], [1, 0], "forecast was 30"),
        ([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1], "nothing below"),
        ([0.1, 0.2, 0.8, 0.9], [1, 1, 0, 0], "everything below"),
    ],
)
def test_where_there_is_no_line_a_sentence_says_why(p: list[float], y: list[int], words: str) -> None:
    found = cox_line(np.array(p), np.array(y, dtype=float), np.ones(len(p)), (), level=0.95)
    assert isinstance(found, str)
    assert words in found


def test_a_line_says_how_often_it_happens() -> None:
    found = line(P, Y)
    assert fitted_share(found, 0.9) == pytest.approx(1 / (1 + np.exp(0.0308315445092 - 0.5855500853377 * np.log(9))))
    assert 0 < fitted_share(found, 0.0) < fitted_share(found, 1.0) < 1


def test_spiegelhalters_z_is_that_of_its_formula_in_r() -> None:
    found = spiegelhalter(P, Y)
    assert found is not None
    assert found == pytest.approx((3.2323698453023, 0.0012276804817795))
    assert spiegelhalter(np.array([0.5, 0.0, 1.0]), np.array([1.0, 0.0, 1.0])) is None


@settings(max_examples=60, deadline=None)
@given(
    data=st.lists(st.tuples(st.integers(0, 100), st.booleans(), st.floats(0.1, 5)), min_size=1, max_size=60),
    n_bins=st.integers(1, 20),
)
def test_murphys_parts_make_the_brier_score(data: list[tuple[int, bool, float]], n_bins: int) -> None:
    p = np.array([percent / 100 for percent, _y, _w in data])
    y = np.array([float(came) for _p, came, _w in data])
    w = np.array([weight for _p, _y, weight in data])
    parts = murphy(p, y, bin_places(100 * p, n_bins), w)
    whole = parts.reliability - parts.resolution + parts.uncertainty + parts.within_variance - parts.within_covariance
    assert whole == pytest.approx(float(np.average((p - y) ** 2, weights=w)), abs=1e-12)


def test_bins_hold_every_forecast_on_exact_decimals() -> None:
    percent = np.arange(101) / 100 * 100
    assert np.bincount(bin_places(percent)).tolist() == [10] * 9 + [11]
    assert bin_places(np.array([15.0, 35.0, 0.15 * 100, 0.35 * 100, 29.0])).tolist() == [1, 3, 1, 3, 2]
    assert np.bincount(bin_places(percent, 20)).tolist() == [5] * 19 + [6]


def test_the_order_of_the_rows_changes_nothing_and_equal_weights_neither() -> None:
    whole = calibrate(P, Y, PREDICTION, np.zeros(120, dtype=np.int64))
    turned = np.random.default_rng(3).permutation(120)
    assert calibrate(P[turned], Y[turned], PREDICTION[turned], np.zeros(120, dtype=np.int64)) == whole
    weighted = calibrate(P, Y, PREDICTION, np.zeros(120, dtype=np.int64), weights=np.full(120, 3.0))
    assert weighted.brier.value == pytest.approx(whole.brier.value)
    assert weighted.cox is not None and whole.cox is not None
    assert weighted.cox.slope.low == pytest.approx(whole.cox.slope.low)
    assert weighted.corp.mcb == pytest.approx(whole.corp.mcb)
    assert [one.share.low for one in weighted.bins] == pytest.approx([one.share.low for one in whole.bins])


def test_every_number_stands_within_its_interval_and_parts_make_the_whole() -> None:
    found = calibrate(P, Y, PREDICTION, np.arange(120) % 7)
    assert found.brier.low is not None and found.brier.high is not None
    assert found.brier.low <= found.brier.value <= found.brier.high
    assert found.corp.mcb - found.corp.dsc + found.corp.unc == pytest.approx(found.brier.value)
    assert sum(one.n for one in found.bins) == found.n == 120
    assert found.skill == pytest.approx(1 - found.brier.value / found.corp.unc)


def test_folding_turns_forecasts_and_leaves_even_ones_out_of_the_gap() -> None:
    p = np.array([0.2, 0.5, 0.9, 0.7])
    y = np.array([0.0, 1.0, 1.0, 0.0])
    found = calibrate(p, y, np.arange(4), np.zeros(4, dtype=np.int64), fold=True)
    assert found.cox is None
    assert "folded" in found.cox_reason
    assert found.confidence is not None
    assert (found.confidence.n, found.confidence.n_even) == (3, 1)
    assert found.confidence.gap.value == pytest.approx(0.8 - 2 / 3)
    assert min(one.low for one in found.bins) == 0.5


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [(0.0, 1.0, "No sign"), (0.0, 0.4, "Strongly"), (0.0, 0.75, "Somewhat"), (0.0, 2.0, "Under"), (-0.8, 1.0, "high")],
)
def test_the_verdict_says_what_the_evidence_supports(a: float, b: float, words: str) -> None:
    """Outcomes in the exact proportions of the line: 400 forecasts at each of nineteen credences."""
    said = np.arange(1, 20) / 20
    came = np.rint(400 / (1 + np.exp(-(a + b * np.log(said / (1 - said))))))
    p = np.repeat(said, 400)
    y = np.concatenate([np.arange(400) < n for n in came]).astype(np.float64)
    found = calibrate(p, y, np.arange(len(p)), np.zeros(len(p), dtype=np.int64))
    assert words in found.verdict
    few = calibrate(p[:29], y[:29], np.arange(29), np.zeros(29, dtype=np.int64))
    assert "needs about 30" in few.verdict


@pytest.mark.parametrize("p", [[0.0], [1.0], [0.5], [0.0, 1.0], [0.5, 0.5, 0.5]])
@pytest.mark.parametrize("came", [0.0, 1.0])
def test_awkward_logs_have_a_sentence_and_no_nan(p: list[float], came: float) -> None:
    n = len(p)
    found = calibrate(np.array(p), np.full(n, came), np.arange(n), np.zeros(n, dtype=np.int64))
    assert found.cox is None and found.cox_reason
    assert found.skill is None
    assert np.isfinite([found.brier.value, found.log_score, found.corp.mcb]).all()
    assert "needs about 30" in found.verdict


@pytest.mark.parametrize(("low", "high", "words"), [(0.45, 0.97, "below 1"), (1.04, 2.0, "above 1"), (0.8, 1.2, "fit")])
def test_a_slope_that_stands_apart_is_told_where_the_joint_test_is_silent(low: float, high: float, words: str) -> None:
    found = replace(
        line(P, Y), p=0.11, slope=Estimate(value=(low + high) / 2, low=low, high=high), intercept=Estimate(value=0.0)
    )
    verdict, _why = log_verdict(100, found, "", (), confidence=None, bias=0.0, level=0.95)
    assert words in verdict
    assert verdict.startswith("No ")
