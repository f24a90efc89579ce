"""Numbers by group against R 4.2.2: stats, effectsize 0.8.3, rstatix 0.7.2, survey 4.1-1; and the awkward battery."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stats.association_sample import closed, number, ticks
from stats.motor_sample import AM, CYL, GEAR, HP, MPG, VS, as_codes, given_weights, raked_weights
from stats.stats_sample import assert_sound, multi, numbers, probabilities, single, words

from surveyapp.domain.codec import to_plain
from surveyapp.domain.question import Choice, Kind, Missing, Question
from surveyapp.stats.answers import Answers
from surveyapp.stats.estimate import Effect, Estimate, NotComputed, Test
from surveyapp.stats.group.compare import compare_groups
from surveyapp.stats.group.finding import find_weighted
from surveyapp.stats.group.result import GroupComparison, GroupPair
from surveyapp.stats.group.sample import groups_of
from surveyapp.stats.group.tukey import tukey_quantile, tukey_quantiles, tukey_sf
from surveyapp.stats.weight.design import Weights, equal_weights


def compared(values: Answers, groups: Answers, *, weights: Weights | None = None) -> GroupComparison:
    result = compare_groups(values, groups, weights=weights)
    assert isinstance(result, GroupComparison)
    assert_sound(result)
    to_plain(result)
    assert result.total.n == result.counted.n
    if not result.overlapping:
        assert sum(row.n for row in result.rows) == result.total.n
    return result


def motors(groups: np.ndarray[tuple[int], np.dtype[np.int64]], *, weights: Weights | None = None) -> GroupComparison:
    codes = as_codes(groups).astype(np.int64)
    return compared(number(MPG, "mpg"), closed(codes, int(codes.max()) + 1, "group"), weights=weights)


def ends(value: Estimate | None) -> tuple[float | None, ...]:
    assert value is not None
    return value.value, value.low, value.high


def numbers_of(test: Test) -> tuple[float, ...]:
    return test.statistic, *test.df, test.p


def effect_of(result: GroupComparison, symbol: str) -> Effect:
    return next(effect for effect in result.effects if effect.symbol == symbol)


def test_rows_as_in_r() -> None:
    # R: aggregate(mpg ~ cyl, mtcars, function(x) c(length(x), mean(x), sd(x), t.test(x)$conf.int, quantile(x)))
    four, six, eight = motors(CYL).rows
    assert (four.n, six.n, eight.n) == (11, 7, 14)
    assert ends(four.mean) == pytest.approx((26.6636363636364, 23.6338929216, 29.6933798056), abs=1e-9)
    assert (four.sd, six.sd, eight.sd) == pytest.approx((4.50982765242, 1.45356704106, 2.56004807647), abs=1e-10)
    assert four.quantiles is not None
    assert four.quantiles[1:4] == pytest.approx((22.8, 26.0, 30.4))
    assert four.share is None
    assert (six.minimum, six.maximum) == (17.8, 21.4)


def test_two_groups_as_in_r() -> None:
    # R: t.test(mpg ~ am, mtcars); t.test(var.equal = TRUE); wilcox.test(mpg ~ am); hedges_g; rank_biserial
    result = motors(AM)
    welch, student, ranks = result.tests
    assert numbers_of(welch) == pytest.approx((-3.76712314514493, 18.3322516384008, 0.00137363833307103), rel=1e-10)
    assert ends(result.difference) == pytest.approx((-7.24493927125506, -11.2801943550402, -3.20968418746996), abs=1e-9)
    assert numbers_of(student) == pytest.approx((-4.10612698310069, 30, 2.85020743935067e-04), rel=1e-10)
    assert (ranks.statistic, ranks.p) == pytest.approx((42, 0.00187139133317856), rel=1e-9)
    g = effect_of(result, "g").value
    assert ends(g) == pytest.approx((-1.440635402401855, -2.208767198889456, -0.653639683324887), abs=1e-6)
    assert g.value == pytest.approx(-1.440635402401855, abs=1e-13)  # gamma form; statsmodels is 8e-5 off
    assert ends(effect_of(result, "r").value) == pytest.approx(
        (-0.659919028340081, -0.835561602145340, -0.361886931945902), abs=1e-12
    )
    assert effect_of(result, "CLES").value.value == pytest.approx(42 / (19 * 13))
    assert "higher among “answer 1”" in result.sentence
    # R: wilcox.test(mpg + (1:32) / 1000 ~ am, mtcars), exact without ties
    untied = compared(number(MPG + np.arange(1, 33) / 1000, "mpg"), closed(AM, 2, "am"))
    assert (untied.tests[2].statistic, untied.tests[2].p) == pytest.approx((42, 0.00121401280926357), rel=1e-9)


def test_three_groups_as_in_r() -> None:
    # R: oneway.test(mpg ~ cyl, mtcars); anova(lm(mpg ~ factor(cyl))); kruskal.test; rank_epsilon_squared
    result = motors(CYL)
    welch, plain, ranks = result.tests
    expected = (31.6242364658255, 2, 18.0318456017699, 1.27080937124479e-06)
    assert numbers_of(welch) == pytest.approx(expected, rel=1e-10)
    assert (plain.statistic, plain.p) == pytest.approx((39.6975152558690, 4.97891917440023e-09), rel=1e-9)
    assert (ranks.statistic, ranks.p) == pytest.approx((25.7461556153518, 2.56621679534534e-06), rel=1e-9)
    assert effect_of(result, "η²").value.value == pytest.approx(0.732460059625523)
    assert effect_of(result, "ε²").value.value == pytest.approx(0.830521148882)
    assert result.sentence.startswith("The mean of “mpg” differs")


def test_pairs_as_in_r() -> None:
    # R: rstatix::games_howell_test(mtcars, mpg ~ cyl) with qtukey, ptukey
    # R: rstatix::dunn_test(mtcars, mpg ~ cyl, p.adjust.method = "holm")
    howell, dunn = motors(CYL).pairs
    expected = [
        (6.92077922077922, 3.04679513867457, 10.7947633028839, 12.9559813763592, 0.00109602541283316),
        (11.5636363636364, 7.60883681572387, 15.5184359115489, 14.9667538725237, 4.66109461705333e-06),
        (4.64285714285714, 2.40870161988803, 6.87701266582626, 18.5024847327577, 1.28650049473489e-04),
    ]
    for pair, row in zip(howell.rows, expected, strict=True):
        assert (*ends(pair.difference), pair.df, pair.p) == pytest.approx(row, rel=1e-6)
        assert pair.effect is not None
    ranks = [(9.52597402597, 2.10162847383, 0.0536873977915), (19.1331168831, 5.06539738088, 1.22264783888e-06)]
    ranks.append((9.60714285714, 2.21378316226, 0.0536873977915))
    for pair, found in zip(dunn.rows, ranks, strict=True):
        assert (pair.difference.value, pair.statistic, pair.p) == pytest.approx(found, rel=1e-9)


def test_the_effect_of_a_pair_is_corrected_as_its_p_is() -> None:
    # R, of each pair: crit <- qtukey(.95, 3, df) / sqrt(2)   # df of Welch
    # R: effectsize::hedges_g(a, b, ci = 1 - 2 * pt(-crit, df))
    howell, dunn = motors(CYL).pairs
    expected = [
        (1.793403117390, 0.486125552785, 3.071933182301),
        (3.156712851689, 1.748544984206, 4.556833119719),
        (1.963596075685, 0.682107227022, 3.220014290115),
    ]
    for pair, row in zip(howell.rows, expected, strict=True):
        assert pair.effect is not None
        assert ends(pair.effect.value) == pytest.approx(row, rel=1e-5)
    assert howell.together
    assert not dunn.together


def test_studentized_range_as_in_r() -> None:
    # R: ptukey(c(3.5, 4.5, 6, .3), c(3, 5, 10, 3), c(10, 29.3, 200, 8), lower = FALSE); qtukey(.95, 5, 29.3)
    cases = [(3.5, 3, 10.0, 7.71033108387e-02), (4.5, 5, 29.3, 2.63605592660e-02), (6.0, 10, 200.0, 1.36831733934e-03)]
    for q, k, df, p in [*cases, (0.3, 3, 8.0, 9.75573022151e-01)]:
        assert float(tukey_sf(q, k, df)) == pytest.approx(p, rel=1e-7)
    assert tukey_quantile(0.05, 5, 29.3) == pytest.approx(4.10816179801, rel=1e-8)


@pytest.mark.parametrize(("low", "high"), [(1.0, 9.0), (2.0, 40.0), (15.0, 900.0), (300.0, 1e7), (50.0, 50.0)])
def test_many_quantiles_of_the_studentized_range_are_interpolated(low: float, high: float) -> None:
    df = np.linspace(low, high, 37)
    expected = [tukey_quantile(0.05, 6, value) for value in df.tolist()]
    assert tukey_quantiles(0.05, 6, df) == pytest.approx(expected, rel=1e-6)


def test_weighted_as_in_r() -> None:
    # R: s <- svydesign(ids = ~1, weights = ~w, data = d) with w of motor_sample; svyttest(mpg ~ am, s)
    result = motors(AM, weights=given_weights())
    expected = (3.94681702286988, 30, 4.4185043235934e-04)
    assert numbers_of(result.tests[0]) == pytest.approx((-expected[0], *expected[1:]), rel=1e-6)
    assert ends(result.difference)[0] == pytest.approx(-8.30306967447173, rel=1e-9)
    # regTermTest(svyglm(mpg ~ factor(cyl), s), ~ factor(cyl))
    # svycontrast(svyby(~mpg, ~cyl, s, svymean, covmat = TRUE))
    three = motors(CYL, weights=given_weights())
    groups = groups_of(MPG, as_codes(CYL), ("4", "6", "8"))
    assert groups is not None
    found = find_weighted(groups, given_weights(), 0.95)  # six cylinders: 7 motors, too few for the page
    assert numbers_of(found.tests[0]) == pytest.approx((34.6653334832243, 2, 29, 2.04541147389003e-08), rel=1e-6)
    means = [row.mean.value for row in three.rows if row.mean is not None]
    assert means == pytest.approx([27.4103500761035, 19.5836065573770, 15.0792035398230], rel=1e-12)
    # confint(svymean(~mpg, subset(s, cyl == 6)), df = degf)
    assert ends(three.rows[1].mean)[1:] == pytest.approx((18.8452232879269, 20.3219898268272), rel=1e-9)
    pairs = found.pairs[0].rows
    errors = [pair.difference.value / pair.statistic for pair in pairs]
    assert errors == pytest.approx([1.602793615288153, 1.700813739172048, 0.711294419244088], rel=1e-9)
    assert three.weighting is not None
    # raked: svyttest(mpg ~ vs, rk): R sweeps the margins out ten times, here until they settle
    raked = motors(VS, weights=raked_weights())
    assert numbers_of(raked.tests[0]) == pytest.approx((-5.52732271746590, 30, 5.25764362492349e-06), rel=5e-6)
    assert ends(raked.difference) == pytest.approx((-7.15680747253773, -9.80115294, -4.51246200), rel=1e-4)


def test_a_group_of_few_takes_no_part_in_weighted_tests() -> None:
    # the motors and two more of 25 and 25.1, whose mean R takes to be known to .036: d is motor_sample's with them,
    # regTermTest(svyglm(mpg ~ g, s), ~ g): F = 46.04 on 2 and 31, p = 5.2e-10. svyttest(mpg ~ g, subset(s, g != 2)):
    expected = (-3.95055985635475, 30, 4.37341137575378e-04)
    few, codes = np.array([25.0, 25.1]), np.concatenate([as_codes(AM).astype(np.int64), [2, 2]])
    weights = Weights(
        name="w", values=np.append(given_weights().values, [1.0, 1.0]), inside=np.ones(34, dtype=np.bool_)
    )
    result = compared(number(np.append(MPG, few), "mpg"), closed(codes, 3, "group"), weights=weights)
    assert numbers_of(result.tests[0]) == pytest.approx(expected, rel=1e-6)
    assert [row.n for row in result.rows] == [19, 13, 2]
    assert result.rows[2].mean is not None
    assert any(note.startswith("Not in the tests, having fewer than 10 people") for note in result.notes)
    assert not any("Not in the tests, having fewer" in note for note in motors(AM, weights=given_weights()).notes)
    alone = compared(number(np.append(MPG, few), "mpg"), closed(codes // 2, 2, "group"), weights=weights)
    assert alone.tests == ()
    assert any("fewer than two groups have 10 people" in note for note in alone.notes)
    ticked = np.column_stack([codes == 2, codes == 1])
    options = compared(number(np.append(MPG, few), "mpg"), ticks(ticked, "m"), weights=weights)
    assert [pair.first for pair in options.pairs[0].rows] == ["option 1"]


def test_the_scale_of_weights_and_the_order_of_rows_mean_nothing() -> None:
    order = np.random.default_rng(0).permutation(32)
    plain = motors(GEAR, weights=given_weights())
    twice = Weights(name="w", values=2 * given_weights().values, inside=given_weights().inside)
    doubled = motors(GEAR, weights=twice)
    turned = compared(
        number(MPG[order], "mpg"),
        closed(as_codes(GEAR).astype(np.int64)[order], 3, "group"),
        weights=Weights(name="w", values=given_weights().values[order], inside=given_weights().inside),
    )
    for other in (doubled, turned):
        assert [numbers_of(test) for test in other.tests] == [
            pytest.approx(numbers_of(test), rel=1e-9) for test in plain.tests
        ]
        assert [ends(row.median) for row in other.rows] == [ends(row.median) for row in plain.rows]
    ones = motors(GEAR, weights=equal_weights(32))
    assert [ends(row.mean)[0] for row in ones.rows] == pytest.approx([ends(row.mean)[0] for row in motors(GEAR).rows])


def test_means_far_from_zero_keep_their_digits() -> None:
    """Made as NIST's StRD SmLs09: 9 groups of 2,001 values about 1000000000000.4 that differ in the 14th digit."""
    group = np.repeat(np.arange(9), 2001)
    base = 1000000000000.3 + 0.1 * np.array([1, 0, 1, 0, 1, 0, 1, 0, 1])  # group means vary by 0.1
    inside = np.tile(np.concatenate([[0.0], np.tile([-0.1, 0.1], 1000)]), 9)
    result = compared(number(base[group] + inside, "y"), closed(group, 9, "g"))
    f = next(test for test in result.tests if test.symbol == "F" and test.df[1] == 18000)
    # the answers themselves are only held to 1e-4 at this size
    exact = 2001 * np.var(base - 1e12, ddof=1) / (0.01 * 2000 / 2000)
    assert f.statistic == pytest.approx(exact, rel=2e-2)


def test_probabilities_scales_and_ticks() -> None:
    rng = np.random.default_rng(0)
    codes = rng.integers(0, 2, 200)
    chance = probabilities((40 * codes + rng.integers(0, 60, 200)).tolist())
    result = compared(chance, closed(codes, 2, "g"))
    assert all(0 <= end <= 1 for row in result.rows for end in ends(row.mean) if end is not None)
    assert result.share_label == "above 50\u202f%"
    assert "points" in result.sentence
    steps = compared(closed(rng.integers(0, 5, 200), 5, "s", kind=Kind.SCALE), closed(codes, 2, "g"))
    assert steps.share_label == "answer 3 to answer 4"
    assert steps.total.mean is not None
    assert 1 <= steps.total.mean.value <= 5
    ticked = compared(closed(codes, 2, "t", kind=Kind.TICK), closed(rng.integers(0, 3, 200), 3, "g"))
    assert ticked.total.mean is not None
    assert ticked.total.share is not None
    assert ticked.total.mean.value == pytest.approx(ticked.total.share.value)
    found = compare_groups(number(np.arange(10.0), "x"), closed(np.arange(10) % 2, 2, "g"), share_from=5)
    assert isinstance(found, GroupComparison)
    assert found.total.share is not None
    assert (found.total.share.value, found.share_label) == (0.5, "5 or more")


def test_quantiles_of_a_box() -> None:
    """R 4.2: quantile(c(1:10, 30, -30, 32, 4, 4, 7, 12, 2.5, 3.5, 8), c(.05, .25, .5, .75, .95))."""
    values = np.array([*range(1, 11), 30, -30, 32, 4, 4, 7, 12, 2.5, 3.5, 8], dtype=np.float64)
    row = compared(number(values, "x"), closed(np.zeros(20, dtype=np.int64), 1, "g")).rows[0]
    assert row.quantiles == pytest.approx((-0.55, 3.375, 5.5, 8.25, 30.1))


def test_options_share_people() -> None:
    rng = np.random.default_rng(0)
    rows = np.column_stack([rng.random(300) < 0.5, rng.random(300) < 0.5, np.zeros(300, dtype=np.bool_)])
    x = rng.normal(size=300) + 2 * rows[:, 0]
    for weights in (None, equal_weights(300)):
        result = compared(number(x, "x"), ticks(rows, "m"), weights=weights)
        assert result.overlapping
        assert result.tests == ()
        (pairs,) = result.pairs
        assert [pair.first for pair in pairs.rows] == ["option 0", "option 1"]
        assert pairs.rows[0].difference.value == pytest.approx(x[rows[:, 0]].mean() - x[~rows[:, 0]].mean())
        assert pairs.rows[0].p < 0.001
        assert "1 of 2 options: option 0 (higher)" in result.sentence
        assert [row.n for row in result.rows] == rows.sum(axis=0).tolist()


def test_no_evidence_is_a_finding() -> None:
    x = np.tile([1.0, 2, 3, 4], 10)
    result = compared(number(x, "x"), closed(np.arange(40) // 4 % 2, 2, "g"))
    assert result.sentence.startswith("No evidence that the mean of “x” differs")
    assert result.tests[0].p == 1


def test_empty_choices_stay_and_refusals_are_counted() -> None:
    choices = (
        *(Choice(code=code, label=f"c{code}") for code in range(3)),
        Choice(code=3, label="-", missing=Missing.REFUSED),
    )
    question = Question(column="g", kind=Kind.SINGLE, choices=choices)
    groups = Answers(
        question=question, values=np.array([0, 0, 2, 2, 3], dtype=np.int32), missing=np.zeros(5, dtype=np.int8)
    )
    result = compared(number(np.array([1.0, 2, 3, 5, 9]), "x"), groups)
    assert [(row.label, row.n) for row in result.rows] == [("c0", 2), ("c1", 0), ("c2", 2)]
    assert result.counted.missing == {Missing.REFUSED: 1}
    assert any("Fewer than 10 people" in note for note in result.notes)


@pytest.mark.parametrize(
    ("values", "groups", "part"),
    [
        (numbers([]), single([]), "nobody"),
        (numbers([None, None]), single([0, 1]), "nobody"),
        (words(["a"]), single([0]), "no mean"),
        (single([0, 1]), single([0, 1]), "no mean"),
        (numbers([1, 2]), numbers([1, 2]), "group by"),
    ],
)
def test_not_computed(values: Answers, groups: Answers, part: str) -> None:
    result = compare_groups(values, groups)
    assert isinstance(result, NotComputed)
    assert result.reason.startswith("Not computed: ")
    assert part in result.reason


@pytest.mark.parametrize(
    ("values", "codes", "n_tests"),
    [
        ([5.0], [0], 0),
        ([1.0, 2.0], [0, 1], 0),
        ([1.0, 2.0, 3.0], [0, 0, 0], 0),
        ([4.0] * 6, [0, 0, 0, 1, 1, 1], 0),
        ([1.0, 1.0, 2.0, 2.0], [0, 0, 1, 1], 1),
        ([1.0, 2.0, 2.0, 3.0], [0, 0, 1, 1], 3),
        ([1e300, -1e300, 1e300, 5.0], [0, 0, 1, 1], 3),
        ([1.7e308, -1.7e308, 1.7e308, -1.7e308, 0, 1], [0, 0, 1, 1, 2, 2], 2),
        ([1e-300, 2e-300, 2e-300, 3e-300], [0, 0, 1, 1], 3),
        ([1.0, 1.0, 2.0, 3.0, 5.0, 6.0], [0, 0, 1, 1, 2, 2], 2),
    ],
)
@pytest.mark.parametrize("weighted", [False, True])
def test_awkward(values: list[float], codes: list[int], n_tests: int, weighted: bool) -> None:
    weights = equal_weights(len(values)) if weighted else None
    result = compared(number(np.array(values), "C"), closed(np.array(codes), 3, "'); DROP TABLE"), weights=weights)
    if not weighted:
        assert len(result.tests) == n_tests
    assert result.sentence


def test_five_hundred_groups_and_zero_weights() -> None:
    codes = np.arange(1000) % 500
    x = np.random.default_rng(0).normal(size=1000)
    result = compared(number(x, "🦊" * 90), closed(codes, 500, "שלום"))
    assert result.pairs == ()
    assert len(result.rows) == 500
    assert any("pairs are compared up to 20" in note for note in result.notes)
    weights = Weights(name="", values=np.where(codes < 2, 1.0, 0.0), inside=np.ones(1000, dtype=np.bool_))
    some = compared(number(x, "x"), closed(codes, 500, "g"), weights=weights)
    assert some.counted.n == 4
    none = Weights(name="", values=np.zeros(1000), inside=np.ones(1000, dtype=np.bool_))
    assert isinstance(compare_groups(number(x, "x"), closed(codes, 500, "g"), weights=none), NotComputed)


def test_a_multiple_choice_nobody_ticked() -> None:
    result = compared(numbers([1, 2, 3]), multi([[], [], []], 2))
    assert result.pairs == ()
    assert [row.n for row in result.rows] == [0, 0]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(-5, 5), st.integers(0, 2)), min_size=2, max_size=30))
def test_any_groups(people: list[tuple[int, int]]) -> None:
    x, codes = np.array(people).T
    result = compared(number(x.astype(np.float64), "x"), closed(codes, 3, "g"))
    moved = compared(number(x + 1000.0, "x"), closed(codes, 3, "g"))
    for one, other in zip(result.tests, moved.tests, strict=True):
        assert 0 <= one.p <= 1
        assert other.p == pytest.approx(one.p, rel=1e-6, abs=1e-12)
    flipped = compared(number(-x.astype(np.float64), "x"), closed(codes, 3, "g"))
    for part, turned in zip(result.pairs, flipped.pairs, strict=True):
        pairs: list[tuple[GroupPair, GroupPair]] = list(zip(part.rows, turned.rows, strict=True))
        assert all(a.p == pytest.approx(b.p, abs=1e-9) for a, b in pairs)


def test_hp_by_gear_has_unequal_spread() -> None:
    codes = as_codes(GEAR).astype(np.int64)
    result = compared(number(HP, "hp"), closed(codes, 3, "gear"))
    # R: oneway.test(hp ~ gear, mtcars)
    expected = (18.3597380118302, 2, 9.30509067362774, 5.88683063001166e-04)
    assert numbers_of(result.tests[0]) == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize("multiple", [False, True])
def test_it_looks_whether_to_go_on_before_each_group_and_pair(multiple: bool) -> None:
    looks: list[int] = []
    groups = multi([[code] for code in as_codes(GEAR).tolist()], 3) if multiple else closed(as_codes(GEAR), 3, "gear")
    result = compare_groups(number(HP, "hp"), groups, check=lambda: looks.append(1))
    assert isinstance(result, GroupComparison)
    pairs = sum(len(part.rows) for part in result.pairs)
    assert pairs == (3 if multiple else 6)
    assert len(looks) >= len(result.rows) + pairs
