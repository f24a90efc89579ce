"""Shares of options that exclude each other: which can be so together."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from surveyapp.domain.choice_sum import SaidOption, can_add_up, not_adding_up

MINUTE = 60_000_000


@pytest.mark.parametrize(
    ("shares", "n", "can"),
    [
        ((0.6, 0.4), 2, True),
        ((0.6, 0.6), 2, False),
        ((0.3, 0.4), 2, False),
        ((0.3, 0.4), 3, True),  # the third has the rest
        ((0.33, 0.33, 0.33), 3, True),  # rounded to whole per cents
        ((0.95,), 2, True),
        ((), 2, True),
    ],
)
def test_all_make_one_and_some_one_at_most(shares: Sequence[float], n: int, can: bool) -> None:
    assert can_add_up(shares, n) is can


def places(*said: tuple[int, int, float], n: int = 3) -> list[int]:
    """Of one person on one prediction: minute, option, share."""
    found = [SaidOption(1, 1, at * MINUTE, place, option, share) for place, (at, option, share) in enumerate(said)]
    return not_adding_up(found, {1: n})


def test_what_is_said_within_minutes_is_said_together() -> None:
    assert places((0, 0, 0.6), (1, 1, 0.6), (2, 2, 0.6)) == [0, 1, 2]
    assert places((0, 0, 0.6), (60, 1, 0.6), (120, 2, 0.6)) == []  # each by itself, hours apart


def test_an_option_that_comes_again_begins_anew() -> None:
    first, second = [(0, 0, 0.6), (0, 1, 0.3), (0, 2, 0.1)], [(1, 0, 0.7), (1, 1, 0.7), (1, 2, 0.1)]
    assert places(*first, *second) == [3, 4, 5]
    assert places(*first, (1, 0, 0.9)) == []  # one alone can be so


def test_people_and_predictions_do_not_mix() -> None:
    said = [
        SaidOption(2, 1, 0, 0, 0, 0.9),
        SaidOption(1, 2, 0, 1, 0, 0.9),
        SaidOption(1, 1, 0, 2, 0, 0.9),
        SaidOption(2, 1, 0, 3, 1, 0.9),
    ]
    assert sorted(not_adding_up(said, {1: 2, 2: 2})) == [0, 3]
