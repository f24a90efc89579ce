"""Least squares against the certified values of NIST's Statistical Reference Datasets (linear regression)."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray
from stats.regression_reference import reals
from stats.stats_sample import assert_sound, numbers

from surveyapp.stats.regression.fit import regression
from surveyapp.stats.regression.linear import Fit, fit_linear
from surveyapp.stats.regression.result import Regression
from surveyapp.stats.regression.scaling import scaled_of
from surveyapp.stats.regression.spec import Outcome, Predictor

Floats = NDArray[np.float64]

# Longley (1967), higher difficulty: employment by deflator, GNP, unemployment, armed forces, population, year
LONGLEY = np.array(
    reals(
        """
        60323 83.0 234289 2356 1590 107608 1947 61122 88.5 259426 2325 1456 108632 1948
        60171 88.2 258054 3682 1616 109773 1949 61187 89.5 284599 3351 1650 110929 1950
        63221 96.2 328975 2099 3099 112075 1951 63639 98.1 346999 1932 3594 113270 1952
        64989 99.0 365385 1870 3547 115094 1953 63761 100.0 363112 3578 3350 116219 1954
        66019 101.2 397469 2904 3048 117388 1955 67857 104.6 419180 2822 2857 118734 1956
        68169 108.4 442769 2936 2798 120445 1957 66513 110.8 444546 4681 2637 121950 1958
        68655 112.6 482704 3813 2552 123366 1959 69564 114.2 502601 3931 2514 125368 1960
        69331 115.7 518173 4806 2572 127852 1961 70551 116.9 554894 4007 2827 130081 1962
        """
    )
).reshape(16, 7)
LONGLEY_B = reals(
    """-3482258.63459582 15.0618722713733 -0.358191792925910E-01 -2.02022980381683 -1.03322686717359
    -0.511041056535807E-01 1829.15146461355"""
)
LONGLEY_SE = reals(
    """890420.383607373 84.9149257747669 0.334910077722432E-01 0.488399681651699 0.214274163161675
    0.226073200069370 455.478499142212"""
)
# Norris, lower difficulty: y, x
NORRIS = np.array(
    reals(
        """
        0.1 0.2 338.8 337.4 118.1 118.2 888.0 884.6 9.2 10.1 228.1 226.5 668.5 666.3 998.5 996.3 449.1 448.6
        778.9 777.0 559.2 558.2 0.3 0.4 0.1 0.6 778.1 775.5 668.8 666.9 339.3 338.0 448.9 447.5 10.8 11.6
        557.7 556.0 228.3 228.1 998.0 995.8 888.8 887.6 119.6 120.2 0.3 0.3 0.6 0.3 557.6 556.8 339.3 339.1
        888.0 887.2 998.5 999.0 778.9 779.0 10.2 11.1 117.6 118.3 228.9 229.2 668.4 669.1 449.2 448.9 0.2 0.5
        """
    )
).reshape(36, 2)
# Wampler (1970), higher difficulty: a polynomial of degree 5 in 0 .. 20, with larger and larger disturbances
X = np.arange(21.0)
POWERS = np.column_stack([X**power for power in range(1, 6)])
DELTA = np.array(
    reals(
        """759 -2048 2048 -2048 2523 -2048 2048 -2048 1838 -2048 2048 -2048 1838 -2048 2048 -2048 2523 -2048 2048
        -2048 759"""
    )
)
WAMPLER_SE = reals(
    "2152.32624678170 2363.55173469681 779.343524331583 101.475507550350 5.64566512170752 .112324854679312"
)

# where long double is no longer than double (Windows, ARM) the corrections cannot hold all digits
LOSS = 1.0 if np.finfo(np.longdouble).eps < 1e-18 else 1e5


def fit(matrix: Floats, y: Floats) -> tuple[Fit, list[float], list[float]]:
    found = fit_linear(scaled_of(matrix), y)
    errors = np.sqrt(np.diag(found.classical))
    return found, np.ldexp(found.beta, found.exponents).tolist(), np.ldexp(errors, found.exponents).tolist()


def r2(found: Fit) -> float:
    return 1 - found.residual_sum / found.total_sum


def test_longley() -> None:
    found, values, errors = fit(LONGLEY[:, 1:], LONGLEY[:, 0])
    assert values == pytest.approx(LONGLEY_B, rel=1e-13 * LOSS)
    assert errors == pytest.approx(LONGLEY_SE, rel=1e-11)
    assert r2(found) == pytest.approx(0.995479004577296, rel=1e-13)


def test_norris() -> None:
    found, values, errors = fit(NORRIS[:, 1:], NORRIS[:, 0])
    assert values == pytest.approx([-0.262323073774029, 1.00211681802045], rel=1e-13 * LOSS)
    assert errors == pytest.approx([0.232818234301152, 0.429796848199937e-03], rel=1e-13)
    assert r2(found) == pytest.approx(0.999993745883712, rel=1e-13)


@pytest.mark.parametrize(
    ("factor", "rel", "share"),
    [(1, 1e-12, 0.999995559025820), (100, 1e-10, 0.957478440825662), (10_000, 1e-8, 0.224668921574940e-02)],
    ids=["Wampler3", "Wampler4", "Wampler5"],
)
def test_wampler_with_disturbances(factor: float, rel: float, share: float) -> None:
    found, values, errors = fit(POWERS, sum((X**power for power in range(6)), factor * DELTA))
    assert values == pytest.approx([1.0] * 6, rel=rel * LOSS)
    assert errors == pytest.approx([factor * one for one in WAMPLER_SE], rel=1e-11)
    assert r2(found) == pytest.approx(share, rel=1e-11)


@pytest.mark.parametrize("base", [1.0, 0.1], ids=["Wampler1", "Wampler2"])
def test_wampler_without_rest(base: float) -> None:
    y = np.sum([np.round((base * X) ** power, 5) for power in range(6)], axis=0)
    _found, values, errors = fit(POWERS, y)
    assert values == pytest.approx([base**power for power in range(6)], rel=1e-12 * LOSS)
    assert max(errors) < 1e-12


def test_numbers_of_any_size_give_the_same_table() -> None:
    y, x = LONGLEY[:, 0], LONGLEY[:, 1]

    def table(factor_y: float, factor_x: float) -> Regression:
        predictor = Predictor(answers=numbers((x * factor_x).tolist()))
        found = regression(Outcome(answers=numbers((y * factor_y).tolist())), [predictor])
        assert isinstance(found, Regression)
        assert_sound(found)
        return found

    plain = table(1, 1).coefficients[0]
    for power in (-600, -40, 40, 600):
        same = table(1, 2.0**power).coefficients[0]
        assert (same.statistic, same.p) == (plain.statistic, plain.p)
        assert same.estimate.value == math.ldexp(plain.estimate.value, -power)
        other = table(2.0**power, 1).coefficients[0]
        assert other.standardised == plain.standardised
        assert other.se == math.ldexp(plain.se, power)
