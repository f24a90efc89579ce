"""The crowd, and other sites' scores on the values that those sites give."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from surveyapp.stats.calibration.crowd import crowd_of
from surveyapp.stats.calibration.other_site import (
    fatebook_brier,
    fatebook_daily,
    fatebook_relative,
    metaculus_baseline,
    metaculus_peer,
    of_outcome,
    predictionbook,
)


def odds_mean(probabilities: NDArray[np.float64]) -> float:
    """Of one event."""
    return float(crowd_of(probabilities, np.zeros(len(probabilities), dtype=np.int64)).odds_mean[0])


def test_the_mean_of_odds_is_geometric() -> None:
    # odds 1, 4 and 1/9: (4 / 9) ** (1 / 3)
    odds = (4 / 9) ** (1 / 3)
    assert odds_mean(np.array([0.5, 0.8, 0.1])) == pytest.approx(odds / (1 + odds))
    assert odds_mean(np.array([0.2, 0.8])) == pytest.approx(0.5)
    assert odds_mean(np.array([1.0])) == pytest.approx(0.999)
    assert odds_mean(np.array([0.0, 1.0])) == pytest.approx(0.5)


def test_each_event_has_its_crowd() -> None:
    p, event = np.array([0.1, 0.9, 0.5, 0.3, 0.7]), np.array([0, 1, 0, 0, 1])
    found = crowd_of(p, event)
    assert found.n.tolist() == [3, 2]
    assert found.mean == pytest.approx([0.3, 0.8])
    assert found.median == pytest.approx([0.3, 0.8])
    assert found.odds_mean == pytest.approx([odds_mean(p[event == 0]), odds_mean(p[event == 1])])
    assert crowd_of(np.zeros(0), np.zeros(0, dtype=np.int64)).n.tolist() == []


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_the_crowd_lies_among_its_people_and_is_symmetric(p: list[float]) -> None:
    values = np.array(p)
    found = odds_mean(values)
    clipped = np.clip(values, 0.001, 0.999)
    assert clipped.min() - 1e-9 <= found <= clipped.max() + 1e-9
    assert odds_mean(1 - values) == pytest.approx(1 - found)
    assert odds_mean(values[::-1]) == pytest.approx(found)


def test_metaculus_baseline_gives_the_numbers_of_its_faq() -> None:
    p = np.array([0.7, 0.8, 0.9, 0.99])
    assert np.trunc(metaculus_baseline(of_outcome(p, np.ones(4)))).tolist() == [48, 67, 84, 98]
    assert np.round(metaculus_baseline(of_outcome(p, np.ones(4)))).tolist() == [49, 68, 85, 99]
    assert np.round(metaculus_baseline(of_outcome(p, np.zeros(4)))).tolist() == [-74, -132, -232, -564]
    assert metaculus_baseline(np.array([0.25, 1.0, 0.5]), 4) == pytest.approx([0, 100, 50])


def test_the_peer_score_is_that_of_metaculus() -> None:
    """100 (ln p - the mean of ln p of the others): .9, .5 and .3 on what happened."""
    p = np.array([0.9, 0.5, 0.3, 0.4])
    found = metaculus_peer(p, np.array([0, 0, 0, 1]))
    logs = np.log(p)
    assert found[0] == pytest.approx(100 * (logs[0] - (logs[1] + logs[2]) / 2))
    assert found[:3] == pytest.approx([84.32, -3.85, -80.47], abs=0.01)
    assert found[:3].sum() == pytest.approx(0)
    assert np.isnan(found[3])


def test_fatebook_scores_are_twice_the_brier_and_less_the_median() -> None:
    p, y, event = np.array([0.9, 0.6, 0.2, 0.7]), np.array([1.0, 1, 1, 0]), np.array([0, 0, 0, 1])
    scores = fatebook_brier(p, y)
    assert scores == pytest.approx([0.02, 0.32, 1.28, 0.98])
    relative = fatebook_relative(scores, event)
    assert relative[:3] == pytest.approx([-0.3, 0, 0.96])
    assert np.isnan(relative[3])


def test_fatebook_averages_over_days() -> None:
    """Worked by hand from its rules: two days and a half; YES. Anna says 80 % at once and 60 % at noon of day 1; Boris
    says 50 % on day 1. Day 0: .08; day 1: Anna (.8 + .6) / 2 = .7, .18; Boris .5; half of day 2: Anna .32, Boris .5."""
    anna, boris = fatebook_daily([[(0, 0.8), (1.5, 0.6)], [(1.2, 0.5)]], 2.5, 1.0)
    assert anna is not None and boris is not None
    assert anna[0] == pytest.approx((0.08 + 0.18 + 0.5 * 0.32) / 2.5)
    assert boris[0] == pytest.approx((0.5 + 0.5 * 0.5) / 2.5)
    assert anna[1] == pytest.approx((0 + (0.18 - 0.34) + 0.5 * (0.32 - 0.41)) / 2.5)
    assert boris[1] == pytest.approx(((0.5 - 0.34) + 0.5 * (0.5 - 0.41)) / 2.5)


def test_fatebook_of_one_person_of_one_day_and_of_nobody() -> None:
    (alone,) = fatebook_daily([[(0.1, 0.9)]], 0.5, 0.0)
    assert alone is not None and alone[0] == pytest.approx(1.62)
    assert alone[1] is None
    first, never = fatebook_daily([[(0.2, 0.9), (0.7, 0.5)], []], 1.0, 1.0)
    assert never is None
    # the first holds from .2 to .7 of the day, the last takes what is left
    assert first is not None and first[0] == pytest.approx(2 * (1 - (0.5 * 0.9 + 0.5 * 0.5)) ** 2)


def test_predictionbook_is_the_mean_and_one_over_root_n() -> None:
    who = np.array([0, 2, 0, 0, 0])
    score, error = predictionbook(np.array([0.9, 0.5, 0.6, 0.0, 1.0]), np.array([1.0, 1, 0, 1, 1]), who, 3)
    assert score == pytest.approx([(0.01 + 0.36 + 1 + 0) / 4, 1.0, 0.25])
    assert error.tolist() == [0.5, 1.0, 1.0]
