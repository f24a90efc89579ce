"""Chi-squared, Fisher, Cramer's V and the trend, against R and by simulation."""

from __future__ import annotations

import math

import numpy as np
import pytest
from stats.table_sample import B, association, crossed

from surveyapp.stats.association import formula
from surveyapp.stats.table.fisher import fisher_exact, fisher_pairs, fisher_simulated
from surveyapp.stats.table.independence import cramer_v, independence_test, noncentrality, occupied, pearson
from surveyapp.stats.table.trend import linear_by_linear, tau_effect

# R 4.2.2, vcdExtra 0.8.2, effectsize 0.8.3:
#   b <- matrix(c(33,50,41,19,12,24,70,44,31,25,30,61), 3, byrow = TRUE)
#   chisq.test(b, correct = FALSE); chisq.test(b)$stdres; CMHtest(as.table(b)); cor(rep(row(b), b), rep(col(b), b),
#   method = "kendall"); effectsize::cramers_v(b, adjust = TRUE)
#   the ends of V: uniroot(function(d) pchisq(63.461, 6, ncp = d) - .975, c(0, 200)), over n and Bergsma's room
# m is the job satisfaction of Agresti (2002), table 2.8.
M = np.array([[1, 3, 10, 6], [2, 3, 10, 7], [1, 6, 14, 12], [0, 1, 9, 11]], dtype=np.float64)
TABLE = np.array(B, dtype=np.float64)


def test_chi_squared_is_that_of_r() -> None:
    test = independence_test(TABLE)
    assert test.statistic == pytest.approx(63.4611523043144, rel=1e-13)
    assert (test.df, test.n, test.note) == ((6.0,), 440, "")
    assert test.p == pytest.approx(8.8893166954662e-12, rel=1e-9)


def test_v_is_bias_corrected_and_holds_its_interval() -> None:
    effect = cramer_v(pearson(TABLE)[0], 440, (3, 4), 0.95).value
    assert effect.value == pytest.approx(0.256085928470391, rel=1e-12)
    assert (effect.low, effect.high) == pytest.approx((0.190353995682965, 0.325730471272071), rel=1e-9)


@pytest.mark.parametrize(("strength", "n"), [(0.0, 100), (0.4, 100), (0.4, 400), (1.0, 100), (1.0, 400)])
def test_the_interval_of_v_covers(strength: float, n: int) -> None:
    """94 % and more of samples hold the true V; effectsize, which corrects the ends twice, holds 84 % at V = .1."""
    shares = TABLE / TABLE.sum()
    alone = np.outer(shares.sum(axis=1), shares.sum(axis=0))
    truth = alone + strength * (shares - alone)
    v = math.sqrt(float(((truth - alone) ** 2 / alone).sum()) / 2)
    rng = np.random.default_rng(3)
    held = 0
    for sample in rng.multinomial(n, truth.ravel(), size=300):
        counts = occupied(sample.reshape(3, 4).astype(np.float64))
        value = cramer_v(pearson(counts)[0], n, (counts.shape[0], counts.shape[1]), 0.95).value
        held += value.low is not None and value.high is not None and value.low <= v + 1e-12 <= value.high + 2e-12
    assert held >= 300 * 0.92


def test_noncentrality_is_zero_where_nothing_is_that_small() -> None:
    assert noncentrality(3.0, 20, 0.975) == 0.0
    assert noncentrality(0.0, 4, 0.025) == 0.0


@pytest.mark.parametrize(
    ("k1", "n1", "k2", "n2", "p"),
    [
        (3, 10, 1, 12, 0.293233082706767),
        (0, 8, 5, 9, 0.0294117647058824),
        (10, 100, 3, 200, 0.00131024764310056),
        (7, 7, 0, 7, 0.000582750582750584),
        (0, 5, 0, 7, 1.0),
    ],
)
def test_fisher_of_pairs_is_that_of_r(k1: int, n1: int, k2: int, n2: int, p: float) -> None:
    found = fisher_pairs(*(np.array([x], dtype=np.float64) for x in (k1, n1, k2, n2)))
    assert found[0] == pytest.approx(p, rel=1e-10)


def test_fisher_of_many_pairs_at_once_is_that_of_each() -> None:
    rng = np.random.default_rng(1)
    n1, n2 = rng.integers(1, 40, 50), rng.integers(1, 900, 50)
    k1, k2 = rng.integers(0, n1 + 1), rng.integers(0, n2 + 1)
    arrays = [x.astype(np.float64) for x in (k1, n1, k2, n2)]
    one_by_one = [float(fisher_pairs(*(x[i : i + 1] for x in arrays))[0]) for i in range(50)]
    assert fisher_pairs(*arrays).tolist() == pytest.approx(one_by_one, rel=1e-9)


@pytest.mark.parametrize(
    ("counts", "p"),
    [
        (((3, 1, 2), (2, 4, 0), (0, 1, 5)), 0.0208933223639104),
        (((5, 0, 1, 4), (2, 6, 0, 3), (1, 1, 7, 2)), 0.000781899365806373),
        (((3, 1), (2, 4)), 0.523809523809524),
    ],
)
def test_fisher_of_tables_is_that_of_r(counts: tuple[tuple[int, ...], ...], p: float) -> None:
    table = np.array(counts, dtype=np.float64)
    assert fisher_exact(table) == pytest.approx(p, rel=1e-9)
    assert fisher_exact(table.T) == pytest.approx(p, rel=1e-9)


def test_a_large_table_is_drawn_with_a_seed() -> None:
    assert fisher_exact(M) is None
    p, draws = fisher_simulated(M)
    assert draws == 9_999
    assert p == pytest.approx(0.782684938965639, abs=0.015)  # R's exact value, three standard errors of the draws
    assert fisher_simulated(M) == (p, draws)
    assert fisher_simulated(M[::-1, ::-1]) == (p, draws)
    assert "B = 9,999, seed 1" in independence_test(M).note


def test_few_expected_only_switch_the_test() -> None:
    small = independence_test(np.array([[3.0, 1], [2, 4]]))
    assert small.method == "Fisher's exact test"
    assert small.df == ()
    assert small.p == pytest.approx(0.523809523809524, rel=1e-9)
    assert small.statistic == pytest.approx(pearson(np.array([[3.0, 1], [2, 4]]))[0])


def test_residuals_are_those_of_r() -> None:
    expected = [
        (2.23487571200520, 4.34477732320094, -1.05240993318708, -4.819011812821304),
        (-3.70062981880417, -2.34824937357689, 4.72676349309656, 0.386136555483085),
        (1.49975917710470, -1.95449372923009, -3.70519121983732, 4.397273696475757),
    ]
    table = crossed(B)
    for line, wanted in zip(table.residual, expected, strict=True):
        assert line[:4] == pytest.approx(wanted, rel=1e-12)
        assert line[4] is None


def test_the_trend_is_that_of_r() -> None:
    test = linear_by_linear(TABLE)
    assert test is not None
    assert test.statistic == pytest.approx(16.0748982337216, rel=1e-12)
    assert test.p == pytest.approx(6.08857673681399e-05, rel=1e-9)
    satisfaction = linear_by_linear(M)
    assert satisfaction is not None
    assert satisfaction.statistic == pytest.approx(2.98298812069, rel=1e-11)


@pytest.mark.parametrize(
    ("counts", "tau", "error"),
    # the error in R: numerical derivatives of tau-b by the shares, delta method; m: .0818360657
    [(TABLE, 0.188093105205371, 0.0436111832715118), (M, 0.152352151347, 0.0818360657315615)],
)
def test_tau_b_and_its_error_are_those_of_r(
    counts: np.ndarray[tuple[int, int], np.dtype[np.float64]], tau: float, error: float
) -> None:
    effect = tau_effect(counts, 0.95)
    assert effect is not None and effect.value.high is not None
    assert effect.value.value == pytest.approx(tau, rel=1e-11)
    assert (effect.value.high - effect.value.value) / 1.959963984540054 == pytest.approx(error, rel=1e-7)


def test_perfect_order_has_no_error_and_no_interval() -> None:
    effect = tau_effect(np.diag([5.0, 6, 7]), 0.95)
    assert effect is not None
    assert (effect.value.value, effect.value.low) == (1.0, None)
    assert tau_effect(np.array([[3.0, 4.0]]), 0.95) is None
    assert linear_by_linear(np.array([[3.0, 4.0]])) is None


def test_only_ordered_questions_have_a_trend() -> None:
    assert association(crossed(B)).trend is None
    ordered = association(crossed(B, ordered=True))
    assert ordered.trend is not None and ordered.trend_effect is not None
    assert ordered.looks == 2
    # Holm over both: the smaller p twice
    assert ordered.p_adjusted == pytest.approx(2 * 8.8893166954662e-12, rel=1e-9)


def test_the_table_and_the_screen_have_the_same_v() -> None:
    for chi2, n, shape in ((63.46, 440, (3, 4)), (3.0, 50, (2, 2)), (900.0, 1000, (5, 3)), (0.0, 9, (3, 3))):
        one = cramer_v(chi2, n, shape, 0.95).value
        x, people, rows, columns = (np.array(float(number)) for number in (chi2, n, *shape))
        assert one.value == pytest.approx(float(formula.cramer_of(x, people, rows, columns)), abs=1e-12)
        low, high = formula.cramer_interval(x, people, rows, columns, 0.95)
        assert (one.low, one.high) == pytest.approx((float(low), float(high)), abs=1e-7)
