"""One person is a person, and a difference of shares has its interval in points."""

from __future__ import annotations

from dataclasses import replace

import group_example as example

from surveyapp.domain.question import Kind
from surveyapp.figures.group_words import box_sentence, pair_words, row_sentence
from surveyapp.stats.estimate import Estimate
from surveyapp.stats.group.result import GroupPair


def test_a_group_of_one() -> None:
    result = example.compared()
    row = replace(result.rows[0], n=1, mean=Estimate(value=4.9), quantiles=(4.9,) * 5)
    assert row_sentence(result, row).endswith("4.9; 1 person.")
    assert box_sentence(result, row).endswith("middle half 4.9–4.9; 1 person.")
    assert row_sentence(result, replace(row, n=2)).endswith("2 people.")


def test_a_difference_of_shares_is_in_points() -> None:
    gap = Estimate(value=-0.0805, low=-0.124, high=0.0371)
    pair = GroupPair(first="Mill", second="Quay", difference=gap, statistic=3.0, df=40.0, p=0.012, effect=None)
    shares = replace(example.compared(), kind=Kind.PROBABILITY)
    assert pair_words(shares, pair) == "Mill – Quay: −8.05 points (−12.4 – 3.71), p = .012"
    assert pair_words(example.compared(), pair).startswith("Mill – Quay: −0.0805 (−0.124 – 0.0371), p")
    bare = replace(pair, difference=Estimate(value=-0.0805))
    assert pair_words(shares, bare) == "Mill – Quay: −8.05 points, p = .012"
