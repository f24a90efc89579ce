"""Metaculus' scores averaged over time: its FAQ's numbers, closed forms, and the formula taken moment by moment."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.stats.calibration.other_site import metaculus_baseline
from surveyapp.stats.calibration.over_time import Standing, TimeAverage, time_average

Said = list[tuple[int, int, float, float, float]]
"""Event, person, from, to, what it gave to what happened."""


def averaged(said: Said, length: dict[int, float]) -> TimeAverage:
    event, person, start, end, given_ = (np.array(part) for part in zip(*said, strict=True))
    return time_average(
        Standing(
            event=event.astype(np.int64),
            person=person.astype(np.int64),
            start=start.astype(float),
            end=end.astype(float),
            log=np.log(given_),
            points=metaculus_baseline(given_),
            length=np.array([length[number] for number in event.tolist()]),
        )
    )


def test_the_baseline_score_of_the_faq() -> None:
    """Its worked example: open 5 days, YES; nothing on day 1, then 40 %, 70 % for two days, 80 %: 0, -32, +49, +49,
    +68, on average +27."""
    found = averaged([(0, 0, 1, 2, 0.4), (0, 0, 2, 4, 0.7), (0, 0, 4, 5, 0.8)], {0: 5})
    assert round(found.baseline[0]) == 27
    days = [0, *(100 * (1 + math.log2(p)) for p in (0.4, 0.7, 0.7, 0.8))]
    assert [round(day) for day in days] == [0, -32, 49, 49, 68]
    assert found.baseline[0] == pytest.approx(sum(days) / 5)
    assert found.coverage[0] == pytest.approx(0.8)
    assert np.isnan(found.peer[0])


def test_known_early_the_rest_scores_0() -> None:
    """90 % from the opening of a year, YES after a quarter: a quarter of +85, as its FAQ truncates."""
    found = averaged([(0, 0, 0, 0.25, 0.9)], {0: 1})
    assert found.baseline[0] == pytest.approx(100 * (1 + math.log2(0.9)) / 4)
    assert found.coverage[0] == pytest.approx(0.25)


def test_peers_are_compared_while_both_are_there() -> None:
    """Ten days: A says .9 all along, B .5 from day 4 on. Alone A has 0; together 100 ln(.9 / .5) and its negative."""
    found = averaged([(0, 0, 0, 10, 0.9), (0, 1, 4, 10, 0.5)], {0: 10})
    apart = 100 * math.log(0.9 / 0.5)
    assert found.peer.tolist() == pytest.approx([0.6 * apart, -0.6 * apart])
    assert found.coverage.tolist() == pytest.approx([1, 0.6])


def test_with_three_it_is_against_the_mean_of_the_others() -> None:
    """.9, .5 and .3 all along: the spot peer scores +84.32, -3.85, -80.47; who left before them changes none."""
    said: Said = [(1, who, 5, 10, p) for who, p in enumerate((0.9, 0.5, 0.3))]
    found = averaged([*said, (1, 3, 0, 5, 0.7)], {1: 5})
    assert found.peer[:3].tolist() == pytest.approx([84.32, -3.85, -80.47], abs=0.01)
    assert np.isnan(found.peer[3])


def test_events_do_not_mix() -> None:
    found = averaged([(0, 0, 0, 1, 0.9), (1, 1, 0, 1, 0.2), (1, 0, 0, 1, 0.4)], {0: 1, 1: 2})
    assert (found.event.tolist(), found.person.tolist()) == ([0, 1, 1], [0, 0, 1])
    assert np.isnan(found.peer[0])
    assert found.peer[1] == pytest.approx(50 * math.log(2)) and found.peer[2] == pytest.approx(-50 * math.log(2))


def test_of_nothing_comes_nothing() -> None:
    none = np.zeros(0)
    whole = np.zeros(0, dtype=np.int64)
    found = time_average(Standing(event=whole, person=whole, start=none, end=none, log=none, points=none, length=none))
    assert len(found.event) == len(found.peer) == 0


@st.composite
def logs(draw: st.DrawFn) -> Said:
    """Up to three events and four people, who change their mind on whole days and may leave."""
    said: Said = []
    for event in range(draw(st.integers(1, 3))):
        for person in range(draw(st.integers(1, 4))):
            days = sorted(draw(st.sets(st.integers(0, 9), min_size=1, max_size=4)))
            ends = [*days[1:], draw(st.integers(days[-1] + 1, 10))]
            said += [
                (event, person, start, end, draw(st.sampled_from([0.001, 0.2, 0.5, 0.9, 0.999])))
                for start, end in zip(days, ends, strict=True)
            ]
    return draw(st.permutations(said))


@given(logs())
def test_it_is_the_formula_day_by_day(said: Said) -> None:
    found = averaged(said, dict.fromkeys(range(3), 10.0))
    for event, person, baseline, peer, coverage in zip(
        found.event, found.person, found.baseline, found.peer, found.coverage, strict=True
    ):
        days, points, accompanied, there = [], [], False, 0
        for day in range(10):
            now = {who: p for where, who, start, end, p in said if where == event and start <= day < end}
            if person not in now:
                continue
            there += 1
            points.append(100 * (1 + math.log2(now[person])))
            others = [math.log(p) for who, p in now.items() if who != person]
            accompanied |= bool(others)
            days.append(100 * (math.log(now[person]) - sum(others) / len(others)) if others else 0.0)
        assert baseline == pytest.approx(sum(points) / 10)
        assert coverage == pytest.approx(there / 10)
        assert peer == pytest.approx(sum(days) / 10, abs=1e-8) if accompanied else np.isnan(peer)
    for event in set(found.event.tolist()):
        assert np.nansum(found.peer[found.event == event]) == pytest.approx(0, abs=1e-7)
