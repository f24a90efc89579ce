"""Leaderboards, trends and groups: closed forms, and ranks that are as uncertain as they are."""

from __future__ import annotations

import numpy as np
import pytest

from surveyapp.stats.calibration.group_score import Forecasts, group_scores
from surveyapp.stats.calibration.leaderboard import Leaderboard, Measure, leaderboard, shared_by_all
from surveyapp.stats.calibration.log import calibrate
from surveyapp.stats.calibration.log_verdict import LogReading
from surveyapp.stats.calibration.trend import trend_words
from surveyapp.stats.estimate import Estimate

N = 60
TRUE = np.where(np.arange(N) % 2 == 0, 0.9, 0.1)
CAME = ((np.arange(N) % 2 == 0) ^ (np.arange(N) % 10 == 0)).astype(np.float64)


def of_people(forecasts: list[np.ndarray], **options: object) -> Leaderboard:
    n = len(forecasts)
    event = np.tile(np.arange(N), n)
    person = np.repeat(np.arange(10, 10 + n), N)
    return leaderboard(np.concatenate(forecasts), np.tile(CAME, n), event, person, event, **options)  # type: ignore[arg-type]


def test_who_knows_more_stands_higher_by_every_measure() -> None:
    knows, half, noise = TRUE, 0.5 + (TRUE - 0.5) / 4, np.random.default_rng(7).random(N)
    for measure in Measure:
        found = of_people([half, noise, knows], measure=measure)
        assert [one.person for one in found.standings] == [12, 10, 11]
        assert [one.rank for one in found.standings] == [1, 2, 3]
        assert found.standings[2].rank_low == found.standings[2].rank_high == 3
    brier = found.standings[0].brier
    assert brier == pytest.approx(np.mean((TRUE - CAME) ** 2))
    assert sum(one.peer or 0 for one in found.standings) == pytest.approx(0, abs=1e-9)


def test_who_is_alike_shares_a_rank() -> None:
    found = of_people([TRUE, TRUE, 1 - TRUE])
    assert [(one.rank, one.rank_low, one.rank_high) for one in found.standings] == [(1, 1, 1), (1, 1, 1), (3, 3, 3)]


def test_people_of_equal_skill_could_bear_any_rank() -> None:
    rng = np.random.default_rng(8)
    crowd = [np.clip(TRUE + rng.normal(0, 0.1, N), 0.01, 0.99) for _person in range(9)]
    found = of_people(crowd)
    assert np.mean([(one.rank_high or 0) - (one.rank_low or 0) for one in found.standings]) > 4
    assert found.resamples == 1000


def test_ninety_per_cent_of_the_ranks_lie_in_the_range() -> None:
    """Two people of whom one is ahead on half the predictions, the other on the others: either may lead."""
    edge = np.where(np.arange(N) % 2 == 0, 0.8, 0.6)
    other = np.where(np.arange(N) % 2 == 0, 0.6, 0.8)
    event, ones = np.tile(np.arange(N), 2), np.ones(2 * N)
    found = leaderboard(np.r_[edge, other], ones, event, np.repeat([1, 2], N), event, measure=Measure.LOG)
    assert [(one.rank, one.rank_low, one.rank_high) for one in found.standings] == [(1, 1, 2), (1, 1, 2)]


def test_who_has_too_few_bears_no_rank() -> None:
    event = np.array([*range(N), 0, 1, 2])
    person = np.array([1] * N + [2] * 3)
    found = leaderboard(np.r_[TRUE, [1, 0, 1]], np.r_[CAME, CAME[:3]], event, person, event, measure=Measure.BRIER)
    first, second = found.standings
    assert (first.rank, first.rank_low, first.rank_high) == (1, 1, 1)
    assert (second.rank, second.rank_high, second.n_predictions) == (None, None, 3)
    lone = leaderboard(TRUE, CAME, np.arange(N), np.ones(N, dtype=int), np.arange(N), measure=Measure.PEER)
    assert (lone.standings[0].peer, lone.standings[0].rank) == (None, None)


def test_what_nobody_else_forecast_gives_no_rank_by_the_peer_score() -> None:
    event = np.array([*range(N), 0])
    person = np.array([1] * N + [2])
    found = leaderboard(np.r_[TRUE, 0.5], np.r_[CAME, CAME[0]], event, person, event, min_n=2)
    assert [one.rank for one in found.standings] == [None, None]
    assert found.standings[0].peer is not None


def test_rows_in_another_order_change_nothing() -> None:
    event, person = np.tile(np.arange(N), 3), np.repeat(np.arange(3), N)
    p = np.concatenate([TRUE, np.sqrt(TRUE), TRUE**2])
    y, order = np.tile(CAME, 3), np.random.default_rng(9).permutation(3 * N)
    assert leaderboard(p, y, event, person, event) == leaderboard(
        p[order], y[order], event[order], person[order], event[order]
    )


def test_only_what_everybody_forecast_is_shared() -> None:
    prediction, person = np.array([1, 1, 2, 3, 3, 3]), np.array([1, 2, 1, 1, 2, 2])
    assert shared_by_all(prediction, person).tolist() == [True, True, False, True, True, True]


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(-0.06, 0.12, "No sign of a change"), (-0.2, -0.1, "or the predictions became easier"), (0.1, 0.2, "harder")],
)
def test_a_falling_score_is_not_called_better_alone(low: float, high: float, words: str) -> None:
    assert words in trend_words(Estimate(value=(low + high) / 2, low=low, high=high), 0.95)


def test_groups_have_intervals_over_people() -> None:
    brier, person = np.array([0.1, 0.2, 0.3, 0.5, 0.0]), np.array([1, 1, 2, 3, 4])
    peer = np.array([5.0, np.nan, -5.0, np.nan, 1.0])
    said = Forecasts(
        probability=np.array([0.2, 0.4, 0.5, 0.7, 0.9]),
        outcome=np.array([0.0, 1.0, 1.0, 0.0, 1.0]),
        prediction=np.array([1, 2, 1, 2, 1]),
        person=person,
    )
    first, second = group_scores(said, np.array([0, 0, 0, 1, -1]), brier=brier, log=brier * 2, peer=peer)
    assert (first.n_people, first.n) == (2, 3)
    assert first.brier.value == pytest.approx(0.2)
    assert first.brier.low is not None and first.peer is not None and first.peer.value == 0
    assert (second.n_people, second.brier.low, second.peer) == (1, None, None)
    assert (first.reading, second.reading) == (LogReading.FEW, LogReading.FEW)
    assert second.cox is None and second.cox_reason.startswith("Slope not computed")


def test_a_group_is_as_calibrated_as_its_forecasts_alone() -> None:
    rng = np.random.default_rng(7)  # of groups that say too much, too little and what is so
    person, prediction = np.repeat(np.arange(60), 20), np.tile(np.arange(20), 60)
    group = person % 3 - (person == 59) * 9
    logit = rng.normal(0, 1.5, person.size)
    happens = rng.random(person.size) < 1 / (1 + np.exp(-logit * np.array([0.4, 1.0, 2.0])[person % 3]))
    p, y = np.round(1 / (1 + np.exp(-logit)), 2).clip(0.01, 0.99), happens.astype(np.float64)
    made = group_scores(
        Forecasts(probability=p, outcome=y, prediction=prediction, person=person),
        np.maximum(group, -1),
        brier=(p - y) ** 2,
        log=p,
        peer=np.full(p.size, np.nan),
    )
    assert [one.reading for one in made] == [LogReading.STRONGLY, LogReading.FITS, LogReading.UNDER]
    for number, one in enumerate(made):
        inside = group == number
        alone = calibrate(p[inside], y[inside], prediction[inside], person[inside])
        assert one.cox is not None and alone.cox is not None
        assert one.confidence is not None and alone.confidence is not None
        for here, there in ((one.cox.slope, alone.cox.slope), (one.confidence.gap, alone.confidence.gap)):
            assert (here.value, here.low, here.high) == pytest.approx((there.value, there.low, there.high))
