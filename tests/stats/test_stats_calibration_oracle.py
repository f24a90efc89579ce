"""The calibration of a log against model-diagnostics and R on one set of forecasts, and the awkward cases in words.

model-diagnostics 1.5.0: decompose(y, p, w, scoring_function=SquaredError()). R 4.2.2: rms 6.5-0 val.prob(p, y) (Brier,
Intercept, Slope, U:Chi-sq, U:p); sandwich 3.0-2 vcovCL(m, cluster = cbind(q, h), type = "HC0").
"""

from __future__ import annotations

import numpy as np
import pytest

from surveyapp.stats.calibration.corp import corp_of
from surveyapp.stats.calibration.log import calibrate

P = np.fromstring(
    """
    0.0 1.0 0.35 0.75 0.72 0.18 0.05 0.04 0.17 0.68 0.34 0.89 0.33 0.43 0.97 0.56 0.44 0.38 0.21 0.05
    0.61 0.82 0.2 0.12 0.29 0.23 0.58 0.2 0.9 0.9 0.71 0.54 0.98 0.55 0.56 0.43 0.29 0.02 0.81 0.27
    0.46 0.93 0.71 0.57 0.57 0.46 0.85 0.5 0.24 0.19 0.94 0.66 0.44 0.47 0.05 0.48 0.47 0.82 0.69 0.39
    0.26 0.12 0.8 0.48 0.49 0.01 0.28 0.54 0.98 0.52 0.36 0.85 0.84 0.56 0.13 0.4 0.9 0.94 0.28 0.76
    """,
    sep=" ",
)
Y = np.array(list("11111000010110100011110000101100110110101011111101101100110001100001100111001100"), dtype=np.float64)
W = np.fromstring(
    """
    0.44 0.42 0.98 0.44 0.85 0.14 0.5 0.57 0.86 0.93 0.2 0.67 0.68 0.2 0.88 0.6 1.01 0.24 0.57 0.37
    0.69 0.66 0.56 0.37 0.55 0.42 0.94 0.51 0.53 0.31 0.3 1.0 0.36 0.92 0.64 1.03 0.21 0.99 0.82 0.62
    0.76 0.77 0.5 0.68 0.28 0.07 0.73 0.52 0.96 0.31 0.87 1.04 0.95 1.01 0.21 0.22 0.28 0.41 0.17 0.2
    0.07 0.98 0.41 0.68 0.5 0.79 0.86 0.43 0.59 0.15 0.34 0.27 0.36 0.37 0.63 0.38 0.38 0.88 0.06 0.06
    """,
    sep=" ",
)
EACH = np.arange(80)


def test_corp_is_that_of_model_diagnostics() -> None:
    plain, weighted = corp_of(P, Y), corp_of(P, Y, weights=W)
    assert (plain.mcb, plain.dsc, plain.unc) == pytest.approx((0.019773712121212123, 0.07133996212121213, 0.24859375))
    expected = (0.02427756452842339, 0.07120132042998659, 0.2430208767358412)
    assert (weighted.mcb, weighted.dsc, weighted.unc) == pytest.approx(expected)


def test_cox_and_brier_are_those_of_r() -> None:
    found = calibrate(P, Y, EACH, EACH)
    assert found.cox is not None
    assert (found.cox.intercept.value, found.cox.slope.value) == pytest.approx((0.1784767304035391, 0.548270453693753))
    assert (found.cox.statistic, found.cox.p) == pytest.approx((5.95902332266128, 0.0508176440271891))
    assert found.brier.value == pytest.approx(0.1970275)  # scoringrules 0.10.0, mean of brier_score


def test_two_ways_of_clusters_are_those_of_sandwich() -> None:
    found = calibrate(P, Y, np.tile(np.arange(20), 4), np.repeat(np.arange(16), 5))
    assert found.cox is not None and found.cox.slope.low is not None
    variance = 0.0700682098275737
    assert found.cox.slope.value - found.cox.slope.low == pytest.approx(
        2.131449545559774 * variance**0.5
    )  # qt(.975, 15)


def test_updates_of_one_prediction_are_one() -> None:
    n = 10
    found = calibrate(P[:n], np.ones(n), np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64))
    assert found.brier.low is None
    assert found.confidence is not None and found.confidence.gap.low is None
    options = calibrate(P, Y, np.zeros(80, dtype=np.int64), np.zeros(80, dtype=np.int64))
    assert options.cox is None
    assert options.cox_reason == "Slope not computed: all forecasts are of one prediction by one person."


@pytest.mark.parametrize(
    ("p", "y", "reason"),
    [
        (np.full(40, 0.5), Y[:40], "Slope not computed: every forecast was 50\u202f%."),
        (np.full(40, 0.755), Y[:40], "Slope not computed: every forecast was 75.5\u202f%."),
        (P[:40], np.ones(40), "Slope not computed: everything came out the same way."),
        (P[:1], Y[:1], "Slope not computed: everything came out the same way."),
        (
            Y[:40] * 0.8 + 0.1,
            Y[:40],
            "Slope not computed: above some credence everything happened, and nothing below it.",
        ),
        (
            1 - Y[:40],
            Y[:40],
            "Slope not computed: above some credence nothing happened, and everything below it.",
        ),
    ],
)
def test_what_cannot_be_computed_is_a_sentence(p: np.ndarray, y: np.ndarray, reason: str) -> None:
    found = calibrate(p, y, EACH[: len(p)], EACH[: len(p)])
    assert (found.cox, found.cox_reason) == (None, reason)
    assert found.verdict


def test_a_certain_miss_costs_what_it_costs() -> None:
    found = calibrate(np.array([0.0, 1.0]), np.array([1.0, 0.0]), EACH[:2], EACH[:2])
    assert (found.brier.value, found.n_clipped) == (1.0, 2)
    assert found.log_score == pytest.approx(-np.log(0.001))
    assert found.explanation == "2 forecasts of 0 or 100 % were wrong: unclipped, their log score would be infinite."
    right = calibrate(np.array([0.0, 1.0, 0.3]), np.array([0.0, 1.0, 1.0]), EACH[:3], EACH[:3])
    assert right.explanation == ""
    p, y = np.append(np.clip(P, 0.01, 0.99), 1.0), np.append(Y, 0.0)
    judged = calibrate(p, y, np.arange(81), np.zeros(81, dtype=np.int64))
    assert judged.judged is judged.cox is not None
    assert judged.explanation.endswith(
        "1 forecast of 0 or 100 % was wrong: unclipped, its log score would be infinite."
    )


def test_equal_losses_have_no_interval_and_a_gap_stays_in_its_range() -> None:
    p, y = np.where(Y[:40] == 1, 0.8, 0.2), Y[:40]
    alike = calibrate(p, y, EACH[:40], EACH[:40])
    assert alike.brier.value == pytest.approx(0.04) and alike.brier.low is None
    assert alike.confidence is not None and alike.confidence.gap.low is None
    few = calibrate(np.array([0.15, 0.35]), np.array([0.0, 1.0]), EACH[:2], EACH[:2])
    assert few.confidence is not None and (few.confidence.gap.low, few.confidence.gap.high) == (-1.0, 1.0)
