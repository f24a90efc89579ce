"""Single measures against R 4.2.2: stats, polycor 0.8-1, effectsize 0.8.3."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import multivariate_normal
from stats.motor_sample import AM, CYL, GEAR, HP, MPG, as_codes
from stats.stats_sample import assert_sound

from surveyapp.stats.association import contrast, correlate
from surveyapp.stats.association.polychoric import normal_cdf2, polychoric
from surveyapp.stats.association.rank import midranks, step_ranks, weighted_midranks
from surveyapp.stats.association.result import Measured
from surveyapp.stats.noncentral import chi2_noncentrality, f_noncentrality, t_noncentrality

LEVEL = 0.95


def numbers(found: Measured) -> tuple[float | None, ...]:
    assert_sound(found)
    value = found.effect.value
    return value.value, value.low, value.high


def test_pearson_as_in_r() -> None:
    # R: cor.test(mtcars$mpg, mtcars$hp)
    found = correlate.pearson(MPG, HP, LEVEL)
    assert numbers(found) == pytest.approx((-0.776168371826586, -0.885268613495523, -0.586099412685315), abs=1e-12)
    assert found.test is not None
    assert (found.test.statistic, found.test.p) == pytest.approx((-6.74238854270679, 1.78783525412106e-07), rel=1e-10)


def test_spearman_as_in_r() -> None:
    # R: cor.test(method = "spearman", exact = FALSE)
    # R: tanh(atanh(rho) + c(-1, 1) * qnorm(.975) * sqrt((1 + rho^2/2) / 29))
    found = correlate.spearman(MPG, HP, LEVEL)
    assert numbers(found) == pytest.approx((-0.894664645749963, -0.954089727897825, -0.767474110776199), abs=1e-12)
    assert found.test is not None
    assert found.test.p == pytest.approx(5.08596943092452e-12, rel=1e-9)


def test_few_people_are_tested_by_all_orders() -> None:
    # R: x <- c(3.1,1.2,5.6,4.4,9.1,7.7); y <- c(2.2,1.1,4.8,6.0,8.1,5.5)
    # R: cor.test(x, y, method = "spearman", exact = TRUE)
    x, y = np.array([3.1, 1.2, 5.6, 4.4, 9.1, 7.7]), np.array([2.2, 1.1, 4.8, 6.0, 8.1, 5.5])
    found = correlate.spearman(x, y, LEVEL)
    assert found.test is not None
    assert (found.test.statistic, found.test.p) == pytest.approx((0.828571428571429, 0.0583333333333333), abs=1e-12)
    tau = correlate.kendall(x, y, LEVEL)  # cor.test(x, y, method = "kendall")
    assert tau.test is not None
    assert (tau.effect.value.value, tau.test.p) == pytest.approx((0.733333333333333, 0.0555555555555556), abs=1e-12)


def test_kendall_as_in_r() -> None:
    found = correlate.kendall(MPG, HP, LEVEL)
    assert found.test is not None
    assert (found.effect.value.value, found.test.p) == pytest.approx((-0.742812506088673, 4.33160494891487e-09))


def test_polychoric_as_in_r() -> None:
    # R: polycor::polychor(mtcars$cyl, mtcars$gear, ML = FALSE, std.err = TRUE): rho, sqrt(var[1, 1])
    table = np.zeros((3, 3))
    np.add.at(table, (as_codes(CYL), as_codes(GEAR)), 1)
    found = polychoric(table, LEVEL)
    assert found is not None
    value, low, high = numbers(found)
    assert value is not None
    assert value == pytest.approx(-0.618948299110190, abs=1e-4)  # R's optimise stops at 1e-4
    error = 0.141757145393261 / (1 - 0.618948299110190**2)
    assert (low, high) == pytest.approx(tuple(np.tanh(np.arctanh(value) + np.array([-1.96, 1.96]) * error)), abs=1e-3)
    assert polychoric(table[:, :1], LEVEL) is None
    assert polychoric(np.diag([5.0, 5.0, 5.0]), LEVEL) is None  # a perfect line has its maximum at the edge


@pytest.mark.parametrize(
    ("h", "k", "r"), [(0.3, -0.2, 0.5), (0.0, 0.4, -0.3), (0.0, 0.0, 0.3), (-1, -2, 0.9), (1, 1, -0.99), (-0.5, 0, 0.2)]
)
def test_two_normals(h: float, k: float, r: float) -> None:
    expected = multivariate_normal.cdf([h, k], cov=[[1, r], [r, 1]])
    assert float(normal_cdf2(np.array(h, dtype=float), np.array(k, dtype=float), r)) == pytest.approx(
        expected, abs=1e-9
    )


def test_eta_of_ranks_as_in_r() -> None:
    # R: kruskal.test(mpg ~ cyl, mtcars); effectsize::rank_eta_squared(mpg ~ cyl, data = mtcars)
    found = contrast.eta_of_ranks(MPG, as_codes(CYL), 3, LEVEL)
    assert found.test is not None
    assert (found.test.statistic, found.test.p) == pytest.approx((25.7461556153518, 2.56621679534534e-06), rel=1e-10)
    value, low, high = numbers(found)
    assert value == pytest.approx(0.818832952254**0.5, abs=1e-11)
    assert low is not None
    assert high is not None
    assert low < float(value or 0) < high < 1


def test_eta_of_means_as_in_r() -> None:
    # R: effectsize::eta_squared(aov(mpg ~ factor(cyl), mtcars), alternative = "two.sided")
    found = contrast.eta(MPG, as_codes(CYL), 3, LEVEL)
    assert found is not None
    value, *ends = numbers(found)
    assert value == pytest.approx(0.732460059625523**0.5, abs=1e-12)
    # effectsize puts noncentrality / (noncentrality + 29), 29 the rest df; here it is over people, 32 (Steiger 2004)
    noncentral = [29 * end / (1 - end) for end in (0.536217503688617, 0.828595012041054)]
    assert [x and x**2 for x in ends] == pytest.approx([lam / (lam + 32) for lam in noncentral], abs=1e-7)
    assert found.test is not None
    assert (found.test.statistic, found.test.p) == pytest.approx((39.6975152558690, 4.97891917440023e-09), rel=1e-10)


def test_cramer_as_in_r() -> None:
    # R: chisq.test(table(cyl, gear)); effectsize::cramers_v(table(cyl, gear)) 0.48196307, bias-corrected
    found = contrast.cramer(as_codes(CYL), as_codes(GEAR), (3, 3), LEVEL)
    assert found.effect.value.value == pytest.approx(0.481963070425441, abs=1e-12)
    assert found.test is not None
    assert found.test.statistic == pytest.approx(18.0363636363636, rel=1e-12)
    assert found.test.note  # expected counts under 5: not chi-squared's 0.00121406603378516
    assert found.test.p == pytest.approx(0.00121406603378516, rel=0.8)


def test_a_table_of_large_counts_has_the_p_of_chi_squared() -> None:
    first, second = np.tile(as_codes(CYL), 20), np.tile(as_codes(AM), 20)
    found = contrast.cramer(first, second, (3, 2), LEVEL)
    assert found.test is not None
    assert not found.test.note
    from scipy.stats import chi2

    assert found.test.p == pytest.approx(chi2.sf(found.test.statistic, 2), rel=1e-12)


def test_small_expected_counts_get_the_moments_of_all_tables() -> None:
    """20,000 random tables with these margins: simulated shares beyond the quantiles."""
    rng = np.random.default_rng(1)
    first = rng.choice(7, 40, p=[0.4, 0.2, 0.15, 0.1, 0.05, 0.05, 0.05]).astype(np.int32)
    second = rng.choice(5, 40, p=[0.5, 0.2, 0.1, 0.1, 0.1]).astype(np.int32)
    shape = len(np.unique(first)), len(np.unique(second))
    first, second = as_codes(first.astype(np.int64)), as_codes(second.astype(np.int64))
    found = [contrast.cramer(first, rng.permutation(second), shape, LEVEL).test for _draw in range(2000)]
    p = np.array([test.p for test in found if test is not None])
    assert (p <= 0.05).mean() == pytest.approx(0.05, abs=0.015)
    assert (p <= 0.5).mean() == pytest.approx(0.5, abs=0.04)


def test_rank_biserial_as_in_r() -> None:
    # R: effectsize::rank_biserial(mpg ~ am, data = mtcars), which takes the first group less the second
    found = contrast.rank_biserial(MPG, AM == 1, LEVEL)
    assert numbers(found) == pytest.approx((0.659919028340081, 0.361886931945902, 0.835561602145340), abs=1e-12)


def test_noncentralities_as_in_r() -> None:
    # R: effectsize:::.get_ncp_t(2.5, 20, .95), .get_ncp_F(5, 3, 40, .95); scipy's search for chi-squared
    assert t_noncentrality(2.5, 20, 0.95) == pytest.approx((0.3673137266, 4.5787136343), abs=1e-6)
    assert f_noncentrality(5.0, 3, 40, 0.95) == pytest.approx((1.547960435, 33.443075256), abs=1e-5)
    from scipy.special import chndtrinc

    x, df = np.array([3.0, 30.0, 300.0, 3000.0]), np.array([5.0, 5.0, 50.0, 20.0])
    for share in (0.025, 0.975):
        expected = np.where(np.array([share > 0.5, False, False, False]), 0.0, chndtrinc(x, df, share))
        assert chi2_noncentrality(x, df, share) == pytest.approx(expected, rel=1e-9)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=4, max_size=40))
def test_any_two_numbers(pairs: list[tuple[int, int]]) -> None:
    x, y = np.array(pairs, dtype=np.float64).T
    if (x == x[0]).all() or (y == y[0]).all():
        return
    for measure in (correlate.pearson, correlate.spearman, correlate.kendall):
        found, turned, swapped = measure(x, y, LEVEL), measure(x, -y, LEVEL), measure(y, x, LEVEL)
        assert_sound(found)
        assert turned.effect.value.value == pytest.approx(-found.effect.value.value, abs=1e-12)
        assert swapped.effect.value.value == pytest.approx(found.effect.value.value, abs=1e-12)
        assert (found.test is None) == (turned.test is None)
        if found.test is not None and turned.test is not None:
            assert 0 <= found.test.p <= 1
            assert found.test.p == pytest.approx(turned.test.p, abs=1e-9)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 4), min_size=1, max_size=30))
def test_ranks(values: list[int]) -> None:
    from scipy.stats import rankdata

    expected = rankdata(values)
    assert midranks(np.array(values, dtype=np.float64)).tolist() == expected.tolist()
    ranks, ties = step_ranks(np.array(values, dtype=np.float64), np.array(values, dtype=np.int32), 5)
    assert ranks.tolist() == expected.tolist()
    assert ties.tolist() == np.unique(values, return_counts=True)[1].tolist()
    turned, _ties = step_ranks(-np.array(values, dtype=np.float64), np.array(values, dtype=np.int32), 5)
    assert turned.tolist() == rankdata([-value for value in values]).tolist()
    shares = weighted_midranks(np.array(values, dtype=np.float64), np.full(len(values), 2.0))
    assert shares == pytest.approx((expected - 0.5) / len(values), abs=1e-12)
