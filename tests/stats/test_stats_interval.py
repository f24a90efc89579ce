"""Intervals against R 4.2.2: prop.test(k, n, correct = FALSE), binom.test, qbeta, qbinom, t.test."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveyapp.domain.analysis import INTERVALS
from surveyapp.stats import interval
from surveyapp.stats.interval import Bounds


@pytest.mark.parametrize(
    ("k", "n", "level", "low", "high"),
    [
        # R: prop.test(k, n, conf.level = level, correct = FALSE)$conf.int
        (10, 13, 0.95, 0.497436240532725, 0.918204712815014),
        (0, 20, 0.95, 0.0, 0.161125158052819),
        (20, 20, 0.95, 0.838874841947181, 1.0),
        (1, 1, 0.95, 0.206549314377238, 1.0),
        (84, 212, 0.95, 0.332795863867303, 0.463350806747298),
        (3, 10000, 0.95, 0.000102032199417810, 0.000881735772236379),
        (10, 13, 0.90, 0.541934247116987, 0.903768254070558),
    ],
)
def test_wilson_as_in_r(k: int, n: int, level: float, low: float, high: float) -> None:
    assert [float(end) for end in interval.wilson(k, n, level)] == pytest.approx([low, high], abs=1e-13)


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        # R: binom.test(k, n)$conf.int
        (10, 13, 0.461868460765959, 0.949618926508848),
        (0, 20, 0.0, 0.168433470983085),
        (20, 20, 0.831566529016915, 1.0),
        (1, 1, 0.025, 1.0),
        (84, 212, 0.329898074882680, 0.465499774376571),
    ],
)
def test_clopper_pearson_as_in_r(k: int, n: int, low: float, high: float) -> None:
    assert [float(end) for end in interval.clopper_pearson(k, n)] == pytest.approx([low, high], abs=1e-12)


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        # R: qbeta(c(.025, .975), k + .5, n - k + .5)
        (10, 13, 0.502627878024654, 0.930343331360384),
        (84, 212, 0.332157267547613, 0.463107467808538),
        (1, 30, 0.00362046437379166, 0.14541777735402006),
    ],
)
def test_jeffreys_as_in_r(k: int, n: int, low: float, high: float) -> None:
    assert [float(end) for end in interval.jeffreys(k, n)] == pytest.approx([low, high], abs=1e-12)


def test_agresti_coull_as_in_r() -> None:
    # R: nt <- n + z^2; pt <- (k + z^2 / 2) / nt; pt + c(-1, 1) * z * sqrt(pt * (1 - pt) / nt)
    low, high = interval.agresti_coull([10, 84], [13, 212])
    assert low.tolist() == pytest.approx([0.490628045639029, 0.332770206115484], abs=1e-13)
    assert high.tolist() == pytest.approx([0.925012907708711, 0.463376464499117], abs=1e-13)


@pytest.mark.parametrize(
    ("method", "k", "n", "low", "high"),
    [
        # Brown, Cai, DasGupta (2001), "Interval estimation for a binomial proportion", Statistical Science 16: the
        # ends at k = 0 and k = n of Clopper-Pearson are 1 - (alpha / 2)^(1 / n) and (alpha / 2)^(1 / n)
        ("clopper-pearson", 0, 50, 0.0, 1 - 0.025 ** (1 / 50)),
        ("clopper-pearson", 50, 50, 0.025 ** (1 / 50), 1.0),
        # one of one: Beta(1.5, 0.5); its quantile x solves (2/pi) (asin(sqrt x) - sqrt(x (1 - x))) = 0.025
        ("jeffreys", 1, 1, 0.14674631630957496, 1.0),
        # the centre moves to (k + z^2 / 2) / (n + z^2): half of 10 is symmetric about one half
        ("agresti-coull", 5, 10, 0.5 - 1.959963984540054 * (0.25 / 13.841458820694124) ** 0.5, None),
    ],
)
def test_those_that_can_be_asked_for_fit_closed_forms(
    method: str, k: int, n: int, low: float, high: float | None
) -> None:
    found = interval.METHODS[method](k, n, 0.95)
    assert float(found[0]) == pytest.approx(low, abs=1e-7)
    assert float(found[1]) == pytest.approx(1 - low if high is None else high, abs=1e-7)


def test_every_method_has_its_name() -> None:
    assert tuple(interval.METHODS) == INTERVALS


METHODS = [interval.wilson, interval.jeffreys, interval.clopper_pearson, interval.agresti_coull]


@pytest.mark.parametrize("method", METHODS)
def test_ends_are_exact_and_nothing_is_known_of_nobody(method: object) -> None:
    assert callable(method)
    bounds: Bounds = method([0, 7, 0], [7, 7, 0])
    assert bounds[0].tolist()[0] == 0.0
    assert bounds[1].tolist()[1] == 1.0
    assert (bounds[0][2], bounds[1][2]) == (0.0, 1.0)


@settings(deadline=None)
@given(st.integers(1, 10**7), st.floats(0, 1), st.sampled_from([0.5, 0.8, 0.95, 0.999]))
def test_every_interval_holds_its_share(n: int, part: float, level: float) -> None:
    k = round(part * n)
    for method in METHODS:
        low, high = method(k, n, level)
        assert 0 <= low <= k / n <= high <= 1
        mirrored_low, mirrored_high = method(n - k, n, level)
        assert float(mirrored_low) == pytest.approx(1 - float(high), abs=1e-8)
        assert float(mirrored_high) == pytest.approx(1 - float(low), abs=1e-8)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 10**7), st.integers(0, 10**7)), max_size=40),
    st.sampled_from([0.5, 0.8, 0.95, 0.999]),
)
def test_a_few_without_arrays_are_the_same_to_the_last_digit(pairs: list[tuple[int, int]], level: float) -> None:
    hits, sizes = [min(pair) for pair in pairs], [max(pair) for pair in pairs]
    low, high = interval.wilson(hits, sizes, level)
    assert interval.wilson_lists(hits, sizes, level) == (low.tolist(), high.tolist())


def test_impossible_input_is_a_bug() -> None:
    for few in ([5], [5] * 100):
        with pytest.raises(ValueError, match="between 0 and n"):
            interval.wilson_lists(few, [4] * len(few))
    with pytest.raises(ValueError, match="between 0 and n"):
        interval.wilson(5, 4)
    with pytest.raises(ValueError, match="level"):
        interval.wilson(1, 4, 1.0)


@pytest.mark.parametrize(
    ("n", "ranks"),
    # R: l <- qbinom(.025, n, .5); c(l, n + 1 - l), ranks from 1; 0 means none
    [
        (5, None),
        (6, (1, 6)),
        (7, (1, 7)),
        (10, (2, 9)),
        (14, (3, 12)),
        (50, (18, 33)),
        (101, (41, 61)),
        (1480, (702, 779)),
        (100000, (49690, 50311)),
    ],
)
def test_median_ranks_as_in_r(n: int, ranks: tuple[int, int] | None) -> None:
    found = interval.median_ranks(n)
    assert (None if found is None else (found[0] + 1, found[1] + 1)) == ranks


@settings(deadline=None)
@given(st.integers(1, 400), st.sampled_from([0.5, 0.9, 0.95]))
def test_median_ranks_cover(n: int, level: float) -> None:
    """The exact coverage of the interval is at least the level, and one rank narrower it is not."""
    from scipy.stats import binom

    found = interval.median_ranks(n, level)
    if found is None:
        assert 2 * binom.cdf(0, n, 0.5) >= 1 - level
        return
    low, high = found
    assert low + high == n - 1
    assert low <= (n - 1) / 2 <= high
    assert 2 * binom.cdf(low, n, 0.5) <= (1 - level) + 1e-12 or low == (n - 1) // 2
    assert 2 * binom.cdf(low + 1, n, 0.5) > (1 - level) - 1e-12


def test_t_half_width_as_in_r() -> None:
    # R: x <- c(23,31,19,45,27,27,38,52,22,30,29,64,18,35); t.test(x)$conf.int
    assert interval.t_half_width(13.1199035107682, 14) == pytest.approx(40.4323496146268 - 32.8571428571429, abs=1e-10)


def test_share_estimate_of_nobody_has_no_interval() -> None:
    assert interval.share_estimate(0, 0).low is None
    assert isinstance(np.asarray(interval.wilson(0, 0)[0]).item(), float)
