"""Rao-Scott tests against R's svychisq."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from stats.weight_sample import (
    AGE,
    DOMAIN,
    EVERYBODY,
    SCHOOL_TYPE,
    SCHOOL_WIDE,
    SCHOOLS,
    SEX,
    Q,
    given_weights,
    post_weights,
    raked_weights,
)

from surveyapp.stats.weight.design import Weights, equal_weights
from surveyapp.stats.weight.rao_scott import RaoScott, rao_scott

# R 4.2.2, survey 4.1-1; designs as in test_stats_weight_share:
#   svychisq(~q + sex, s, statistic = "F"): F, ndf, p; statistic = "Chisq": Pearson's statistic, p
# R's Pearson statistic is multiplied by the number of people of the design, also those outside the domain (60) where
# weights were adjusted; and it counts those into the denominator's degrees of freedom: p of F in those two domains is
# pf(F, ndf, 48 * ndf, lower.tail = FALSE)
R_TESTS = {
    ("given", "all"): (0.788766644036, 2.94751218909, 0.499696945168, 2.85845645381, 0.499938706971),
    ("given", "domain"): (1.41509571462, 2.96573590699, 0.24114874775, 5.04627023951, 0.236166714679),
    ("raked", "all"): (0.730336266579, 2.9771916473, 0.534197990651, 2.77606226321, 0.533721527947),
    ("raked", "domain"): (2.18146459298, 2.84305575058, 0.0964432953, 9.19698474499 * 49 / 60, 0.0879280689195),
    ("post", "all"): (1.60119875078, 2.81324496249, 0.193819333555, 4.95337601228, 0.186756801314),
}
MAKERS = {"given": given_weights, "raked": raked_weights, "post": post_weights}
INSIDE = {"all": EVERYBODY, "domain": DOMAIN}


def run(rows: NDArray[np.int64], columns: NDArray[np.int64], weights: Weights) -> RaoScott:
    found = rao_scott(rows.astype(np.int32), columns.astype(np.int32), weights)
    assert isinstance(found, RaoScott)
    return found


@pytest.mark.parametrize(("made", "domain"), R_TESTS)
def test_both_corrections_are_those_of_r(made: str, domain: str) -> None:
    inside = INSIDE[domain]
    found = run(Q[inside], SEX[inside], MAKERS[made](inside))
    second, first = found.second, found.first
    assert (second.statistic, second.df[0], second.p, found.pearson, first.p) == pytest.approx(
        R_TESTS[made, domain], rel=1e-8
    )
    assert first.statistic == pytest.approx(found.pearson / found.design_effect)
    assert first.df == (3,)
    assert second.df[1] == pytest.approx(second.df[0] * (inside.sum() - 1))
    assert found.n == inside.sum()


def test_the_schools_of_r() -> None:
    """svychisq(~sch.wide + stype, ...): F = 16.7196, p = 3e-07, where chi-squared of weighted counts gives 828."""
    found = run(SCHOOL_WIDE.astype(np.int64), SCHOOL_TYPE.astype(np.int64), SCHOOLS)
    assert found.second.statistic == pytest.approx(16.7195776045, rel=1e-9)
    assert found.second.df == pytest.approx((1.83812380781, 365.786637755), rel=1e-9)
    assert (found.second.p, found.first.p) == pytest.approx((2.97784922764e-07, 5.47998925087e-08), rel=1e-6)
    assert found.pearson == pytest.approx(26.75353403589, rel=1e-9)


# z <- data.frame(a = c(0,0,0,0,1,1,1,2,2,2,2,2), b = c(0,0,1,0,1,2,1,2,0,2,2,2), w = c(1,2,1,3,1,2,2,1,1,1,2,1))
ROWS = np.array([0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2])
COLUMNS = np.array([0, 0, 1, 0, 1, 2, 1, 2, 0, 2, 2, 2])
WEIGHTS = Weights(name="", values=np.array([1.0, 2, 1, 3, 1, 2, 2, 1, 1, 1, 2, 1]), inside=np.ones(12, dtype=np.bool_))


def test_cells_with_nobody() -> None:
    found = run(ROWS, COLUMNS, WEIGHTS)
    assert (found.second.statistic, found.second.p) == pytest.approx((3.73030967373, 0.0221473393052), rel=1e-8)
    assert (found.pearson, found.first.p) == pytest.approx((11.4448979592, 0.00486739220122), rel=1e-8)


def test_a_block_of_cells_with_nobody_still_has_a_test() -> None:
    """R stops with "computationally singular"."""
    rows, columns = np.array([0, 1, 2, 2, 3, 3] * 2), np.array([0, 0, 1, 2, 1, 2] * 2)
    found = run(rows, columns, WEIGHTS)
    assert 0 <= found.second.p <= 1
    assert np.isfinite([found.second.statistic, found.first.statistic, found.design_effect]).all()


def test_people_without_an_answer_or_a_weight_and_empty_rows_take_no_part() -> None:
    expected = run(ROWS, COLUMNS, WEIGHTS)
    more = Weights(name="", values=np.append(WEIGHTS.values, 0.0), inside=np.ones(13, dtype=np.bool_))
    assert run(np.append(ROWS, 1) * 2, np.append(COLUMNS, 0), more) == expected
    without = Weights(
        name="", values=np.append(WEIGHTS.values, [1.0, 5.0]), inside=np.append(np.ones(12, dtype=np.bool_), [True] * 2)
    )
    found = run(np.append(ROWS, [-1, 0]), np.append(COLUMNS, [0, -1]), without)
    # two more people in the wave widen no share, but n / (n - 1) is of the wave
    assert found.n == 12
    assert found.pearson == pytest.approx(expected.pearson)
    assert found.second.statistic == pytest.approx(expected.second.statistic * (12 / 11) / (14 / 13))


def test_neither_scale_nor_order_nor_direction_matters() -> None:
    expected = run(ROWS, COLUMNS, WEIGHTS)
    doubled = Weights(name="", values=WEIGHTS.values * 2, inside=WEIGHTS.inside)
    turned = Weights(name="", values=WEIGHTS.values[::-1], inside=WEIGHTS.inside)
    for found in (
        run(ROWS, COLUMNS, doubled),
        run(ROWS[::-1], COLUMNS[::-1], turned),
        run(COLUMNS, ROWS, WEIGHTS),
    ):
        assert found.second.p == pytest.approx(expected.second.p)
        assert found.first.p == pytest.approx(expected.first.p)


def test_where_there_is_no_test_it_says_why() -> None:
    none = np.full(12, -1)
    for rows, columns in ((np.zeros(12), COLUMNS), (ROWS, np.zeros(12)), (none, COLUMNS), (ROWS, none)):
        reason = rao_scott(rows.astype(np.int32), columns.astype(np.int32), WEIGHTS)
        assert isinstance(reason, str)
        assert reason.startswith("Not computed: a test of independence takes two rows and two columns")
    empty = np.zeros(0, dtype=np.int32)
    assert isinstance(rao_scott(empty, empty, equal_weights(0)), str)
    fixed = rao_scott(AGE.astype(np.int32), SEX.astype(np.int32), post_weights())
    perfect = rao_scott(ROWS.astype(np.int32), ROWS.astype(np.int32), WEIGHTS)
    two = rao_scott(np.arange(2, dtype=np.int32), np.arange(2, dtype=np.int32), equal_weights(2))
    for reason in (fixed, two):
        assert isinstance(reason, str)
        assert reason.startswith("Not computed: there is no error to test against")
    # three rows that go with three columns leave error, of a kind R divides by
    assert isinstance(perfect, RaoScott)


def test_a_row_of_next_to_no_weight() -> None:
    values = np.where(ROWS == 2, 1e-15, 1e12)
    reason = rao_scott(
        ROWS.astype(np.int32), COLUMNS.astype(np.int32), Weights(name="", values=values, inside=WEIGHTS.inside)
    )
    assert reason == "Not computed: a row or a column has next to no weight."
