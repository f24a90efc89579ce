"""What is said where there is no slope: by how much surer than right people were, and no more."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from surveyapp.stats.calibration.cox import CoxLine
from surveyapp.stats.calibration.gap import gap_words
from surveyapp.stats.calibration.log import calibrate
from surveyapp.stats.calibration.log_result import Confidence, LogCalibration
from surveyapp.stats.calibration.log_verdict import log_verdict
from surveyapp.stats.estimate import Estimate


def folded(said: float, right: int, n: int, *, own: bool = False, fold: bool = True) -> LogCalibration:
    """`n` forecasts of `said`, every second one told as its opposite, `right` of them right."""
    turned = np.arange(n) % 2 == 1
    came = (np.arange(n) < right) != turned
    p = np.where(turned, 1 - said, said)
    return calibrate(p, came.astype(float), np.arange(n), np.zeros(n, dtype=np.int64), fold=fold, own=own)


@pytest.mark.parametrize(
    ("right", "verdict", "own"),
    [
        (60, "Overconfident.", "You are overconfident."),
        (98, "Underconfident.", "You are underconfident."),
        (85, "No sign of over- or underconfidence: gaps of", "No sign of over- or underconfidence: gaps of"),
    ],
)
def test_folded_the_interval_of_the_gap_decides(right: int, verdict: str, own: str) -> None:
    found = folded(0.85, right, 100)
    assert found.cox is None and found.verdict.startswith(verdict)
    assert folded(0.85, right, 100, own=True).verdict.startswith(own)
    assert found.confidence is not None
    value, ends = gap_words(found.confidence.gap)
    assert value in found.explanation and ends in found.explanation  # as on the tile
    assert "folded at 50 %, bias and slope cannot be told apart" in found.explanation


def test_the_interval_is_that_of_a_mean() -> None:
    """R: t.test(rep(.85, 100) - rep(1:0, c(60, 40)))$conf.int is 0.1523039, 0.3476961."""
    found = folded(0.85, 60, 100)
    assert found.confidence is not None
    gap = found.confidence.gap
    assert (gap.value, gap.low, gap.high) == pytest.approx((0.25, 0.1523039, 0.3476961), abs=5e-8)


@pytest.mark.parametrize(("right", "words"), [(40, "Every one of them was right"), (0, "Every one of them was wrong")])
def test_what_never_varied_supports_no_verdict(right: int, words: str) -> None:
    """40 of 40 right at 97 % are no sign of underconfidence: calibrated, that happens in .97^40 = 30 % of the logs."""
    found = folded(0.97, right, 40)
    assert found.verdict == "No verdict." and words in found.explanation
    assert found.confidence is not None and found.confidence.gap.low is None


def test_forecasts_of_50_per_cent_support_none() -> None:
    p = np.append(np.full(20, 0.5), np.full(20, 0.8))
    y = np.arange(40) % 3 > 0
    found = calibrate(p, y.astype(float), np.arange(40), np.zeros(40, dtype=np.int64), fold=True)
    assert found.verdict == "No verdict." and "20 forecasts are not 50 %" in found.explanation
    every = calibrate(np.full(40, 0.5), y.astype(float), np.arange(40), np.zeros(40, dtype=np.int64), fold=True)
    assert every.verdict == "No verdict." and every.explanation


def test_one_credence_has_no_slope_and_still_says_what_it_shows() -> None:
    y = (np.arange(100) < 60).astype(float)
    found = calibrate(np.full(100, 0.85), y, np.arange(100), np.zeros(100, dtype=np.int64))
    assert found.cox is None and found.verdict == "Overconfident."
    assert found.cox_reason in found.explanation


def line(p: float, low: float, high: float) -> CoxLine:
    one = Estimate(value=(low + high) / 2, low=low, high=high)
    return CoxLine(intercept=Estimate(value=0.0), slope=one, statistic=1.0, p=p, n_clusters=0)


def confident(low: float, high: float) -> Confidence:
    gap = Estimate(value=(low + high) / 2, low=low, high=high)
    return Confidence(n=100, n_even=0, said=0.8, right=0.75, gap=gap)


def test_where_the_joint_test_is_silent_the_gap_beside_it_is_told() -> None:
    sure = confident(0.004, 0.09)
    verdict, _why = log_verdict(100, line(0.1, 0.8, 1.2), "", (), confidence=sure, bias=0.0, level=0.95)
    assert verdict == (
        "No clear sign of miscalibration, though how sure less how often right, 0.4–9.0 points, is not 0."
    )
    about = replace(sure, gap=Estimate(value=0.02, low=-0.01, high=0.05))
    verdict, _why = log_verdict(100, line(0.1, 0.8, 1.2), "", (), confidence=about, bias=0.0, level=0.95)
    assert verdict == "No sign of miscalibration: slopes from 0.80 to 1.20 fit."


def test_a_slope_that_leaves_out_1_does_not_read_as_1() -> None:
    verdict, why = log_verdict(100, line(0.1, 0.62, 0.998), "", (), confidence=None, bias=0.0, level=0.95)
    assert "0.620 to 0.998, lies below 1" in verdict and "0.620–0.998" in why


@pytest.mark.parametrize(
    ("value", "low", "high", "words"),
    [
        (0.018, -0.003, 0.039, ("+1.8", "−0.3 – +3.9")),
        (0.018, 0.003, 0.039, ("+1.8", "0.3–3.9")),
        (-0.02, -0.039, -0.003, ("−2.0", "−3.9 – −0.3")),
        (0.02, -0.05, 0.09, ("+2", "−5 – +9")),
        (0.05, 0.012, 0.09, ("+5", "1–9")),
        (0.0004, -0.0502, 0.0511, ("+0.04", "−5.02 – +5.11")),
        (0.0, -0.05, 0.05, ("0", "−5 – +5")),
        (0.05, 0.0, 0.1, ("+5", "0–10")),
        (0.0, 0.0, 0.0, ("0", "0–0")),
        (0.25, None, None, ("+25", "")),
    ],
)
def test_a_gap_shows_on_which_side_of_0_it_lies(
    value: float, low: float | None, high: float | None, words: tuple[str, str]
) -> None:
    assert gap_words(Estimate(value=value, low=low, high=high)) == words
