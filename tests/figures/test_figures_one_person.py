"""One person is a person."""

from __future__ import annotations

from dataclasses import replace

import group_example as example

from surveyapp.figures.group_words import box_sentence, row_sentence
from surveyapp.stats.estimate import Estimate


def test_a_group_of_one() -> None:
    result = example.compared()
    row = replace(result.rows[0], n=1, mean=Estimate(value=4.9), quantiles=(4.9,) * 5)
    assert row_sentence(result, row).endswith("4.9; 1 person.")
    assert box_sentence(result, row).endswith("middle half 4.9–4.9; 1 person.")
    assert row_sentence(result, replace(row, n=2)).endswith("2 people.")
