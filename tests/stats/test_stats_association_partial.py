"""Partial correlations against R 4.2.2 (residuals of lm, df corrected) and the awkward battery."""

from __future__ import annotations

import numpy as np
import pytest
from stats.association_sample import closed, number, ticks
from stats.motor_sample import AM, CYL, HP, MPG, as_codes
from stats.stats_sample import assert_sound, words

from surveyapp.domain.codec import to_plain
from surveyapp.stats.answers import Answers
from surveyapp.stats.association.partial import partial_correlation
from surveyapp.stats.association.result import Association
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.weight.design import equal_weights

WT = np.array(
    [
        *(2.62, 2.875, 2.32, 3.215, 3.44, 3.46, 3.57, 3.19, 3.15, 3.44, 3.44, 4.07, 3.73, 3.78, 5.25, 5.424),
        *(5.345, 2.2, 1.615, 1.835, 2.465, 3.52, 3.435, 3.84, 3.845, 1.935, 2.14, 1.513, 3.17, 2.77, 3.57, 2.78),
    ]
)
QSEC = np.array(
    [
        *(16.46, 17.02, 18.61, 19.44, 17.02, 20.22, 15.84, 20, 22.9, 18.3, 18.9, 17.4, 17.6, 18, 17.98, 17.82),
        *(17.42, 19.47, 18.52, 19.9, 20.01, 16.87, 17.3, 15.41, 17.05, 18.9, 16.7, 16.9, 14.5, 15.5, 14.6, 18.6),
    ]
)


def partial(first: Answers, second: Answers, *given: Answers, ranks: bool = True) -> Association:
    result = partial_correlation(first, second, given, ranks=ranks)
    assert isinstance(result, Association)
    assert_sound(result)
    to_plain(result)
    assert result.test is not None
    return result


def test_pearson_as_in_r() -> None:
    # R: cor(resid(lm(mpg ~ factor(cyl) + wt)), resid(lm(hp ~ factor(cyl) + wt))), df 32 - 2 - 3
    cyl = closed(as_codes(CYL).astype(np.int64), 3, "cyl")
    result = partial(number(MPG, "mpg"), number(HP, "hp"), cyl, number(WT, "wt"), ranks=False)
    assert result.effect.value.value == pytest.approx(-0.3488770069420846, abs=1e-12)
    assert result.test is not None
    assert (result.test.statistic, result.test.p) == pytest.approx((-1.9343565933348754, 0.0636126864018737), rel=1e-9)
    assert result.test.df == (27.0,)


def test_spearman_as_in_r() -> None:
    # R: the same of rank(mpg), rank(hp) given factor(am) and rank(qsec)
    result = partial(number(MPG, "mpg"), number(HP, "hp"), closed(AM, 2, "am"), number(QSEC, "qsec"))
    value = result.effect.value
    expected = (-7.71541682769480e-01, -8.96442449463922e-01, -5.33087057721456e-01)
    assert (value.value, value.low, value.high) == pytest.approx(expected, abs=1e-12)
    assert result.test is not None
    assert result.test.p == pytest.approx(5.99750624480009e-07, rel=1e-9)
    assert "given am, qsec" in result.sentence


def test_what_is_given_twice_counts_once() -> None:
    once = partial(number(MPG, "mpg"), number(HP, "hp"), number(QSEC, "q"))
    twice = partial(number(MPG, "mpg"), number(HP, "hp"), number(QSEC, "q"), number(2 * QSEC, "r"))
    assert twice.test == once.test


@pytest.mark.parametrize(
    ("given", "part"),
    [
        (number(2 * MPG, "twice"), "follows from"),
        (words(["a"] * 32), "takes two numbers"),
        (ticks(np.ones((32, 2), dtype=np.bool_), "m"), "takes two numbers"),
        (number(np.full(32, np.nan), "nobody"), "0 people"),
        (closed(np.arange(32), 40, "everybody differs"), "32 people who answered all are too few"),
    ],
)
def test_not_computed(given: Answers, part: str) -> None:
    result = partial_correlation(number(MPG, "mpg"), number(HP, "hp"), [given])
    assert isinstance(result, NotComputed)
    assert part in result.reason


def test_refusals() -> None:
    x = number(MPG, "mpg")
    with pytest.raises(ValueError, match="given"):
        partial_correlation(x, number(HP, "hp"), [])
    assert isinstance(
        partial_correlation(x, number(HP, "hp"), [number(WT, "w")], weights=equal_weights(32)), NotComputed
    )
    assert isinstance(partial_correlation(x, closed(AM, 2, "am"), [number(WT, "w")]), NotComputed)
