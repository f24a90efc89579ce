"""Weighted cross-tabs against R's survey package, weights as given and raked; what weights must not change."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from stats.stats_sample import assert_sound, multi, single
from stats.table_sample import association, coded, side

from surveyapp.stats.answers import Answers
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.table.cross import cross_table
from surveyapp.stats.table.nest import nested
from surveyapp.stats.table.result import Association, CrossTable, Shares
from surveyapp.stats.table.share import measure_weighted
from surveyapp.stats.table.side import Side, side_of
from surveyapp.stats.table.steps import grid_steps
from surveyapp.stats.table.tally import block_of, tally
from surveyapp.stats.weight.design import Weights
from surveyapp.stats.weight.share import choice_shares

# R 4.2.2, survey 4.1-1:
#   i <- 1:120
#   d <- data.frame(r = (i*7)%%11%%3+1, c = (i*5)%%13%%3+1, g = i%%2+1, u = (i*3)%%7%%2, t = (i*11)%%17%%2,
#                   w = .5+(i*37)%%101/50)
#   d$c <- ifelse(i%%4 == 0, d$r, d$c)
#   s <- svydesign(ids = ~1, weights = ~w, data = d)
#   k <- rake(svydesign(ids = ~1, weights = ~1, data = d), list(~g, ~u), list(data.frame(g = 1:2, Freq = c(50, 70)),
#             data.frame(u = 0:1, Freq = c(65, 55))), control = list(maxit = 500, epsilon = 1e-14))
#   svyciprop(~I(r == 1), subset(s, c == 1), method = "logit")                 shares of column; row, total alike
#   svycontrast(svymean(...), quote(d1/c1 - d2/c2))                            differences of columns, over their SE
#   svychisq(~r + c, s, statistic = "F"); svychisq(~t + c, s, statistic = "F") the tests
#   svycontrast(svymean(...), quote(ab - a*b)), quote(xy - x*y)                residual and linear trend, over their SE
#   tau-b: numerical derivatives by the shares of svymean(~interaction(r, c)), with their vcov
N = 120
PLACE = np.arange(1, N + 1)
R, T, U = PLACE * 7 % 11 % 3, PLACE * 11 % 17 % 2, PLACE * 3 % 7 % 2
C = np.where(PLACE % 4 == 0, R, PLACE * 5 % 13 % 3)
MARGINS = np.column_stack([PLACE % 2, U]).astype(np.int32)
RAKED_BY = {(1, 1): 1.233974358974359, (0, 0): 0.796568627450980, (1, 0): 1.115196078431373, (0, 1): 0.881410256410256}
EVERYBODY = np.ones(N, dtype=np.bool_)

GIVEN = Weights(name="w", values=0.5 + PLACE * 37 % 101 / 50, inside=EVERYBODY)
RAKED = Weights(
    name="k", values=np.array([RAKED_BY[g, u] for g, u in MARGINS.tolist()]), inside=EVERYBODY, margins=MARGINS
)


def rows() -> Answers:
    return coded("r", R, list("abc"), ordered=True)


def columns() -> Answers:
    return coded("c", C, list("xyz"), ordered=True)


def table(weights: Weights, r: Side | None = None, c: Side | None = None) -> CrossTable:
    found = cross_table(r or side(rows()), [c or side(columns())], weights=weights)
    assert isinstance(found, CrossTable)
    assert_sound(found)
    return found


def triple(shares: Shares, column: int) -> tuple[float | None, float | None, float | None]:
    return shares.value[0][column], shares.low[0][column], shares.high[0][column]


@pytest.mark.parametrize(
    ("weights", "expected", "row", "total"),
    [
        (
            GIVEN,
            [
                (0.547521865502342, 0.388977847954654, 0.696975528258422),
                (0.13276535321288, 0.0558302041737798, 0.283846374932395),
                (0.300036062027476, 0.16189823726827, 0.487482433849496),
            ],
            (0.121271076530974, 0.05132453959439, 0.260379224391636),
            (0.0414634146341464, 0.0177666553809889, 0.0937497026663401),
        ),
        (
            RAKED,
            [
                (0.537132087577191, 0.390225088173455, 0.677863547934892),
                (0.161603460416953, 0.0713381961117849, 0.325989939233163),
                (0.316363926067559, 0.180318375951022, 0.493282141373825),
            ],
            (0.142391810144273, 0.0628725577140241, 0.291229489892104),
            (0.0504807694451179, 0.0222954653687191, 0.11027821194219),
        ),
    ],
    ids=["given", "raked"],
)
def test_shares_and_intervals_are_those_of_r(
    weights: Weights,
    expected: list[tuple[float, float, float]],
    row: tuple[float, float, float],
    total: tuple[float, float, float],
) -> None:
    found = table(weights)
    for column, values in enumerate(expected):
        assert triple(found.of_column, column) == pytest.approx(values, rel=1e-6)
    assert triple(found.of_row, 1) == pytest.approx(row, rel=1e-6)
    assert triple(found.of_total, 1) == pytest.approx(total, rel=1e-6)
    assert found.counts[0] == (26, 6, 11, 43)  # people, whatever they weigh


@pytest.mark.parametrize(
    ("weights", "f", "df", "p", "residual", "trend", "tau", "tau_error"),
    [
        (
            *(GIVEN, 8.12030828283519, (3.9569485403305, 470.876876299329), 2.71368296659865e-06),
            *(-3.58966759612193, 10.1652905412817, 0.313524404873313, 0.0945789970410734),
        ),
        (
            *(RAKED, 5.25252621108532, (3.98844351577608, 474.624778377353), 0.000385566340802706),
            *(-3.2901665542159, 8.40369350747178, 0.256095298083362, 0.085270936728846),
        ),
    ],
    ids=["given", "raked"],
)
def test_tests_and_residuals_are_those_of_r(
    weights: Weights,
    f: float,
    df: tuple[float, float],
    p: float,
    residual: float,
    trend: float,
    tau: float,
    tau_error: float,
) -> None:
    found = table(weights)
    of = association(found)
    assert of.test is not None and of.trend is not None and of.trend_effect is not None
    assert of.test.statistic == pytest.approx(f, rel=1e-8)
    assert of.test.df == pytest.approx(df, rel=1e-8)
    assert of.test.p == pytest.approx(p, rel=1e-6)
    assert found.residual[0][1] == pytest.approx(residual, rel=1e-8)
    assert of.trend.statistic == pytest.approx(trend, rel=1e-8)
    assert of.trend_effect.value.value == pytest.approx(tau, rel=1e-8)
    assert of.trend_effect.value.high is not None
    half = of.trend_effect.value.high - of.trend_effect.value.value
    assert half / 1.959963984540054 == pytest.approx(tau_error, rel=1e-6)


def test_letters_are_design_based_differences() -> None:
    # t of a - b, a - c, b - c in row 1: given 4.333, 2.167, -1.697 (p .00003, .0322, .092); raked 3.930, 2.066, -1.543
    # (p .00014, .0410, .126); Holm: a is above b, and a above c only before correction (2 x .0322, 2 x .0410)
    for weights in (GIVEN, RAKED):
        assert table(weights).letters[0] == ("b", "", "", "")


@pytest.mark.parametrize(
    ("weights", "f"), [(GIVEN, 0.830045263971113), (RAKED, 0.402471688058951)], ids=["given", "raked"]
)
def test_each_tick_is_tested_as_in_r(weights: Weights, f: float) -> None:
    ticks = multi([np.flatnonzero(line).tolist() for line in np.column_stack([T, U])], 2)
    found = association(table(weights, r=side(ticks)))
    assert found.items[0].test.statistic == pytest.approx(f, rel=1e-8)


@pytest.mark.parametrize(
    ("weights", "t"),
    # R: svycontrast(svymean(...), quote(tr/t - ur/u)): -.0687974652696277 / .0657278423365113 for the raked weights
    [(GIVEN, 0.01072830425174 / 0.0692884060314959), (RAKED, -0.0687974652696277 / 0.0657278423365113)],
    ids=["given", "raked"],
)
def test_columns_that_share_people_differ_as_in_r(weights: Weights, t: float) -> None:
    ticks = side(multi([np.flatnonzero(line).tolist() for line in np.column_stack([T, U])], 2))
    block = block_of(side(rows()), ticks)
    measured = measure_weighted(block, tally(block), tally(block, weights.of_base), weights=weights, level=0.95)
    assert measured.between is not None
    spread = measured.between[0]
    error = np.sqrt(spread[0, 0] + spread[1, 1] - 2 * spread[0, 1])
    assert (measured.share[0][0, 0] - measured.share[0][0, 1]) / error == pytest.approx(t, rel=1e-8)


def test_the_closed_form_is_the_linearisation() -> None:
    """Weights as given are counted by cell; through the people (a battery) the same comes out."""
    by_code = table(GIVEN)
    ticked = replace(side(columns()), codes=None, member=None, ticked=C[:, None] == np.arange(3))
    by_people = table(GIVEN, c=ticked)
    for kind in ("of_column", "of_row", "of_total"):
        for ends in ("value", "low", "high"):
            one, other = getattr(getattr(by_code, kind), ends), getattr(getattr(by_people, kind), ends)
            for line, same in zip(one, other, strict=True):
                assert [x or -1 for x in line] == pytest.approx([x or -1 for x in same], rel=1e-9)
    assert by_code.letters == by_people.letters
    for head, same_head in zip(by_code.columns, by_people.columns, strict=True):
        assert head.share.value == pytest.approx(same_head.share.value)


def test_equal_weights_give_the_unweighted_table() -> None:
    plain = cross_table(side(rows()), [side(columns())])
    assert isinstance(plain, CrossTable)
    for value in (1.0, 7.5):
        weights = Weights(name="", values=np.full(N, value), inside=EVERYBODY)
        same = table(weights)
        assert same.weighting is not None and association(same).weighting == same.weighting
        unnamed = tuple(
            replace(group, association=replace(group.association, weighting=None))
            if isinstance(group.association, Association)
            else group
            for group in same.groups
        )
        assert replace(same, weighting=None, groups=unnamed) == plain


@pytest.mark.parametrize("weights", [GIVEN, RAKED], ids=["given", "raked"])
@pytest.mark.parametrize("factor", [2.0, 1e300, 1e-300])
def test_the_scale_of_weights_means_nothing(weights: Weights, factor: float) -> None:
    scaled = Weights(name=weights.name, values=weights.values * factor, inside=weights.inside, margins=weights.margins)
    one, other = table(weights), table(scaled)
    for line, same in zip(one.of_column.high, other.of_column.high, strict=True):
        assert line == pytest.approx(same, rel=1e-9)
    for line, same in zip(one.weighted, other.weighted, strict=True):
        assert line == pytest.approx(same, rel=1e-9)
    first, second = association(one).test, association(other).test
    assert first is not None and second is not None
    assert first.p == pytest.approx(second.p, rel=1e-6)
    assert one.letters == other.letters


def test_people_without_a_weight_are_left_out_and_counted() -> None:
    values = GIVEN.values.copy()
    values[:5] = 0
    weights = Weights(name="w", values=values, inside=EVERYBODY)
    found = table(weights)
    assert found.counted.n == 115
    assert "5 people without a weight" in found.notes[0]
    assert found.weighting is not None and found.weighting.n_without == 5
    nobody = cross_table(
        side(rows()), [side(columns())], weights=Weights(name="", values=np.zeros(N), inside=EVERYBODY)
    )
    assert isinstance(nobody, NotComputed)


def test_a_base_within_the_wave_keeps_the_wave() -> None:
    inside = U == 1
    part = Weights(name="k", values=RAKED.values, inside=inside, margins=MARGINS)
    found = cross_table(side(rows().take(inside)), [side(columns().take(inside))], weights=part)
    assert isinstance(found, CrossTable)
    assert found.counted.n == int(inside.sum())
    assert_sound(found)


def test_the_total_column_is_the_weighted_frequency() -> None:
    for weights in (GIVEN, RAKED):
        found = table(weights)
        alone = choice_shares(R.astype(np.int64), 3, weights, 0.95)
        assert [line[-1] for line in found.of_column.value] == pytest.approx(alone.values, rel=1e-12)
        assert [line[-1] for line in found.of_column.low] == pytest.approx(alone.lows, rel=1e-9)
        assert [line[-1] for line in found.of_column.high] == pytest.approx(alone.highs, rel=1e-9)
        battery = grid_steps([rows(), coded("s", R, list("abc"))], name="b", weights=weights)
        assert isinstance(battery, CrossTable)
        assert battery.of_row.low[0][:3] == pytest.approx(alone.lows, rel=1e-9)
        assert_sound(battery)


def test_few_people_are_not_compared_with_weights() -> None:
    r, c = coded("r", [0] * 3 + [1] * 60 + [0] * 57, ["x", "y"]), coded("c", [0] * 3 + [1] * 117, ["p", "q"])
    found = table(GIVEN, r=side(r), c=side(c))
    assert found.n_comparisons == 0
    assert "2 comparisons were not made" in found.letter_note


def test_margins_that_fix_the_table_leave_no_error_and_no_test() -> None:
    weights = Weights(name="k", values=RAKED.values, inside=EVERYBODY, margins=(R * 3 + C).astype(np.int32)[:, None])
    found = table(weights)
    assert triple(found.of_column, 0)[1:] == (found.of_column.value[0][0],) * 2
    assert isinstance(found.groups[0].association, NotComputed)


def test_one_person_and_two_with_weights() -> None:
    for n in (1, 2, 3):
        weights = Weights(name="", values=np.arange(1.0, n + 1), inside=np.ones(n, dtype=np.bool_))
        found = cross_table(side_of(single([0, 1, 1][:n])), [side_of(single([0, 1, 2][:n]))], weights=weights)
        assert isinstance(found, CrossTable)
        assert_sound(found)


def test_nested_and_banner_with_weights() -> None:
    gender = coded("g", MARGINS[:, 0], ["m", "w"])
    deep = nested(side(gender), side(columns()))
    for weights in (GIVEN, RAKED):
        found = cross_table(side(rows()), [deep, side(columns())], weights=weights)
        assert isinstance(found, CrossTable)
        assert_sound(found)
        inside = MARGINS[:, 0] == 0
        alone = cross_table(side(rows().take(inside)), [side(columns().take(inside))], weights=weights.take(inside))
        assert isinstance(alone, CrossTable)
        for line, same in zip(found.of_column.high, alone.of_column.high, strict=True):
            assert line[:4] == pytest.approx(same, rel=1e-9)
