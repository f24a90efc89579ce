"""Whether the same people's answers moved, against R's coin and binom.test."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from stats.stats_sample import multi, single, words
from stats.table_sample import coded, pair_of

from surveyapp.stats.answers import Answers
from surveyapp.stats.estimate import NotComputed, Test
from surveyapp.stats.table.paired import moved


def twice(counts: Sequence[Sequence[int]]) -> tuple[Answers, Answers]:
    first, second = pair_of(counts)
    labels = [f"answer {n}" for n in range(len(counts))]
    return coded("before", first.values, labels), coded("after", second.values, labels)


def test_marginal_homogeneity_is_that_of_r() -> None:
    # R 4.2.2, coin 1.4-2: mh_test(as.table(matrix(c(20,10,5,3,30,15,2,4,25), 3, byrow = TRUE)))
    found = moved(*twice(((20, 10, 5), (3, 30, 15), (2, 4, 25))))
    assert isinstance(found, Test)
    assert found.statistic == pytest.approx(9.68152866242039, rel=1e-12)
    assert (found.df, found.n) == ((2.0,), 114)
    assert found.p == pytest.approx(0.00790101275247201, rel=1e-10)


def test_mcnemar_is_exact() -> None:
    found = moved(*twice(((40, 12), (3, 25))))
    assert isinstance(found, Test)
    assert found.p == pytest.approx(0.03515625, rel=1e-12)  # R: binom.test(3, 15)
    assert (found.statistic, found.n) == (0.8, 80)
    even = moved(*twice(((4, 3), (3, 4))))
    assert isinstance(even, Test) and even.p == 1.0


def test_an_answer_nobody_gave_changes_nothing() -> None:
    with_empty = moved(*twice(((20, 10, 5, 0), (3, 30, 15, 0), (2, 4, 25, 0), (0, 0, 0, 0))))
    assert isinstance(with_empty, Test)
    assert with_empty.statistic == pytest.approx(9.68152866242039, rel=1e-12)
    assert with_empty.df == (2.0,)


def test_choices_are_matched_by_label() -> None:
    first, second = twice(((40, 12), (3, 25)))
    turned = coded("after", 1 - second.values, ["answer 1", "answer 0"])
    assert moved(first, turned) == moved(first, second)


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        (single([0, 1], 2), single([0, 1], 3), "do not have the same answers"),
        (multi([[0], [1]], 2), single([0, 1], 2), "several answers"),
        (single([0, 1], 2), single([0, 1], 2), "same answer twice"),
        (single([0, 1, 2], 3), single([0, 1, 2], 3), "same answer twice"),
        (single([None, 1], 2), single([0, None], 2), "nobody answered both"),
        (single([0, 1], 2), words(["a", "b"]), "needs a question with choices"),
    ],
)
def test_what_cannot_be_compared_has_a_reason(first: Answers, second: Answers, reason: str) -> None:
    found = moved(first, second)
    assert isinstance(found, NotComputed)
    assert reason in found.reason
