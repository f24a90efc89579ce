"""Changes between waves against R 4.2.2 (stats, survey 4.1-1) and published numbers."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stats.stats_sample import assert_sound, multi, numbers, single, words
from stats.wave_change_sample import EDU_1, EDU_2, NUM_1, NUM_2, SEX_1, SEX_2, W_1, W_2, YES_1, YES_2

from surveyapp.domain.codec import to_plain
from surveyapp.domain.question import Choice, Kind, Missing
from surveyapp.stats.answers import Answers
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.regression.spec import Predictor
from surveyapp.stats.wave_change.adjusted import AdjustBy
from surveyapp.stats.wave_change.compare import Comparison, wave_change, wave_changes
from surveyapp.stats.wave_change.difference import bonett_price
from surveyapp.stats.wave_change.join import joined
from surveyapp.stats.wave_change.paired import share_change
from surveyapp.stats.wave_change.result import Adjusted, Returning, WaveChange, WaveSeries
from surveyapp.stats.wave_change.series import wave_series
from surveyapp.stats.wave_change.spec import Linked, Measure, Side, Wording
from surveyapp.stats.weight.design import Weights

YES = (Choice(code=1, label="yes"), Choice(code=0, label="no"))


def weights(values: np.ndarray) -> Weights:
    return Weights(name="w", values=values, inside=np.ones(len(values), dtype=np.bool_))


def asked(measure: Measure, *, weighted: bool = False) -> Comparison:
    if measure is Measure.SHARE:
        answers = [single(one.astype(int).tolist(), YES) for one in (YES_1, YES_2)]
    else:
        answers = [numbers(one.tolist()) for one in (NUM_1, NUM_2)]
    sides = [
        Side(wave=wave, answers=one, codes=(1,), weights=weights(w) if weighted else None)
        for wave, one, w in zip(("2024", "2026"), answers, (W_1, W_2), strict=True)
    ]
    return Comparison(earlier=sides[0], later=sides[1], measure=measure)


def done(result: WaveChange | NotComputed) -> WaveChange:
    assert isinstance(result, WaveChange), result
    assert_sound(result)
    to_plain(result)
    return result


def shares(k1: int, n1: int, k2: int, n2: int) -> Comparison:
    first, second = ([1] * k + [0] * (n - k) for k, n in ((k1, n1), (k2, n2)))
    sides = [Side(wave=wave, answers=single(one, YES), codes=(1,)) for wave, one in (("A", first), ("B", second))]
    return Comparison(earlier=sides[0], later=sides[1], measure=Measure.SHARE)


@pytest.mark.parametrize(
    ("k2", "n2", "k1", "n1", "low", "high"),
    [
        (56, 70, 48, 80, 0.0524, 0.3339),
        (9, 10, 3, 10, 0.1705, 0.8090),
        (6, 7, 2, 7, 0.0582, 0.8062),
        (5, 56, 0, 29, -0.0381, 0.1926),
        (0, 10, 0, 20, -0.1611, 0.2775),
        (10, 10, 0, 20, 0.6791, 1.0),
        (10, 10, 0, 10, 0.6075, 1.0),
    ],
)
def test_newcombe(k2: int, n2: int, k1: int, n1: int, low: float, high: float) -> None:
    # Newcombe (1998), Statistics in Medicine 17, 873-890, table II, method 10
    value = done(wave_change(shares(k1, n1, k2, n2))).change.value
    assert (value.low, value.high) == pytest.approx((low, high), abs=5.1e-5)


def test_shares_as_in_r() -> None:
    change = done(wave_change(asked(Measure.SHARE))).change
    # prop.test(c(sum(b$yes), sum(a$yes)), c(70, 60), correct = FALSE): sqrt(X-squared), p
    assert (change.test.statistic, change.test.p) == pytest.approx((0.759303845590112, 0.447670817628085), rel=1e-12)
    assert change.effect is not None
    p1, p2 = YES_1.mean(), YES_2.mean()
    assert change.effect.value.value == pytest.approx(2 * math.asin(math.sqrt(p2)) - 2 * math.asin(math.sqrt(p1)))


def test_means_as_in_r() -> None:
    change = done(wave_change(asked(Measure.MEAN))).change
    # t.test(b$num, a$num)
    assert change.test.statistic == pytest.approx(1.156430923178627, rel=1e-12)
    assert change.test.df == pytest.approx((124.914724401191194,), rel=1e-12)
    assert change.test.p == pytest.approx(0.249711801654003, rel=1e-11)
    assert (change.value.low, change.value.high) == pytest.approx((-1.356776774668342, 5.171062488954058), rel=1e-11)


def test_weighted_as_in_r_survey() -> None:
    # svymean(~num + yes, svydesign(~1, weights = ~w)) of each wave: differences, sqrt(SE^2 + SE^2)
    mean, share = (done(wave_change(asked(one, weighted=True))) for one in (Measure.MEAN, Measure.SHARE))
    assert mean.change.value.value == pytest.approx(2.4257820548276356, rel=1e-12)
    assert mean.change.se == pytest.approx(1.8658410904869229, rel=1e-12)
    assert share.change.value.value == pytest.approx(0.0639680201627104, rel=1e-12)
    assert share.change.se == pytest.approx(0.0940628164991499, rel=1e-12)
    assert share.later.weighting is not None
    # svyquantile(~num, ., .5, ci = TRUE): 38.7 (se 1.8740672972382) and 41.2 (se 1.40354717417142)
    median = done(wave_change(asked(Measure.MEDIAN, weighted=True))).change
    assert median.value.value == pytest.approx(2.5, abs=1e-9)
    assert median.se == pytest.approx(math.hypot(1.8740672972382, 1.40354717417142), rel=1e-9)


def test_medians_as_published() -> None:
    # statpsych::ci.median2 (Bonett & Price 2002), the example of its help page: SE 4.316291
    one = np.sort(np.array([32.0, 39, 26, 35, 43, 27, 40, 37, 34, 29]))
    other = np.sort(np.array([36.0, 44, 47, 42, 49, 39, 46, 31, 33, 48]))
    (m1, e1), (m2, e2) = bonett_price(one), bonett_price(other)
    assert (m1, m2) == (34.5, 43)
    assert math.hypot(e1, e2) == pytest.approx(4.316291, abs=5e-7)
    sides = [Side(wave=wave, answers=numbers(y.tolist())) for wave, y in (("A", other), ("B", one))]
    change = done(wave_change(Comparison(earlier=sides[0], later=sides[1], measure=Measure.MEDIAN))).change
    assert (change.value.low, change.value.high) == pytest.approx((-16.95977, -0.04022524), abs=5e-6)
    median = done(wave_change(asked(Measure.MEDIAN))).change
    assert median.se == pytest.approx(math.hypot(1.87755956071222, 1.32379709509461), rel=1e-12)


def covariates() -> list[Predictor]:
    both = [
        (single(a.astype(int).tolist()), single(b.astype(int).tolist())) for a, b in ((SEX_1, SEX_2), (EDU_1, EDU_2))
    ]
    return [Predictor(answers=joined(a, b)) for a, b in both]


@pytest.mark.parametrize(
    ("measure", "weighted", "by", "value", "error"),
    [
        # svytotal of cells and of y in cells, strata = wave, then svycontrast by the delta method
        (Measure.MEAN, False, AdjustBy.CELLS, -1.37927287581699, 1.88510754793876),
        (Measure.MEAN, True, AdjustBy.CELLS, -0.881504819090507, 2.110904750553614),
        (Measure.SHARE, False, AdjustBy.CELLS, -0.0181669637551991, 0.1032731000206327),
        (Measure.SHARE, True, AdjustBy.CELLS, -0.0302328920227247, 0.0977107757160176),
        # svyglm(y ~ sex + factor(edu)) of 2026 predicted for 2024: xbar' vcov xbar + SE(svymean(prediction - y))^2
        (Measure.MEAN, False, AdjustBy.REGRESSION, 0.365587478020603, 1.817667363559743),
        (Measure.MEAN, True, AdjustBy.REGRESSION, 0.763793822602878, 2.063296751522686),
        (Measure.SHARE, True, AdjustBy.REGRESSION, -0.0204893454395021, 0.0939622698803268),
    ],
)
def test_adjusted_as_in_r_survey(measure: Measure, weighted: bool, by: AdjustBy, value: float, error: float) -> None:
    result = done(wave_change(asked(measure, weighted=weighted), covariates=covariates(), adjust_by=by))
    adjusted = result.adjusted
    assert isinstance(adjusted, Adjusted)
    assert adjusted.change.value.value == pytest.approx(value, rel=1e-10)
    assert adjusted.change.se == pytest.approx(error, rel=1e-10)
    assert adjusted.raw == pytest.approx(result.change.value.value, rel=1e-10)
    assert adjusted.composition == pytest.approx(adjusted.raw - value, rel=1e-9)


def test_what_cannot_be_adjusted_by() -> None:
    constant = [Predictor(answers=joined(single([1] * 60), single([1] * 70)))]
    refused = done(wave_change(asked(Measure.MEAN), covariates=constant)).adjusted
    assert isinstance(refused, NotComputed)
    assert "gave the same answers to the questions to adjust by" in refused.reason
    empty = [Predictor(answers=joined(single([2] + [0, 1] * 29 + [0]), single([0, 1] * 35)))]
    cells = done(wave_change(asked(Measure.MEAN), covariates=empty, adjust_by=AdjustBy.CELLS)).adjusted
    assert isinstance(cells, NotComputed)
    assert "1 group of people has nobody on the other side" in cells.reason
    auto = done(wave_change(asked(Measure.MEAN), covariates=empty)).adjusted
    assert isinstance(auto, Adjusted)
    assert auto.method.startswith("Regression")


def test_returning_people_as_in_r() -> None:
    linked = Linked(earlier=np.arange(40)[::-1].copy(), later=np.arange(40)[::-1].copy())
    found = done(wave_change(asked(Measure.MEAN), linked=linked)).returning
    assert isinstance(found, Returning)
    # t.test(b$num[1:40], a$num[1:40], paired = TRUE)
    assert found.change.test.statistic == pytest.approx(1.573204803453573, rel=1e-12)
    assert found.change.test.p == pytest.approx(0.123749943697892, rel=1e-10)
    assert (found.change.value.low, found.change.value.high) == pytest.approx(
        (-0.994283568341301, 7.954283568341301), rel=1e-11
    )
    assert found.newcomers is not None
    assert found.left is not None
    assert (found.n, found.newcomers.n, found.left.n) == (40, 30, 20)
    assert found.newcomers.value.value == pytest.approx(NUM_2[40:].mean())
    assert found.later.value == pytest.approx(NUM_2[:40].mean())
    assert found.against is not None
    assert found.against.value.value == pytest.approx(NUM_2[40:].mean() - NUM_2[:40].mean())
    # svymean of the differences over subset(svydesign(~1, weights = ~w, data = b), returning)
    weighted = done(wave_change(asked(Measure.MEAN, weighted=True), linked=linked)).returning
    assert isinstance(weighted, Returning)
    assert weighted.change.value.value == pytest.approx(3.65529766123317, rel=1e-12)
    assert weighted.change.se == pytest.approx(2.20541404782511, rel=1e-12)


def test_the_share_of_returning_people() -> None:
    # Bentur et al. in Fagerland et al. (2013), BMC Medical Research Methodology 13:91: 7 to 1 of 21, mid-p .0391
    before = np.array([1.0] * 2 + [0.0] * 19)
    after = np.array([1.0, 0.0] + [1.0] * 7 + [0.0] * 12)
    change = share_change(before, after, 0.95)
    assert change.test.p == pytest.approx(0.0391, abs=5e-5)
    assert change.value.value == pytest.approx(6 / 21)
    # Bonett & Price (2012), statpsych::ci.prop.ps(.05, 12, 26, 4, 6): .2548067, .6251933
    before = np.array([1.0] * 12 + [0.0] * 26 + [1.0] * 4 + [0.0] * 6)
    after = np.array([1.0] * 12 + [1.0] * 26 + [0.0] * 4 + [0.0] * 6)
    value = share_change(before, after, 0.95).value
    assert (value.low, value.high) == pytest.approx((0.2548067, 0.6251933), abs=5e-8)
    assert share_change(before, before, 0.95).test.p == 1


def test_sentences() -> None:
    rose = done(wave_change(shares(48, 80, 56, 70)))
    assert rose.sentence == "“q”: yes rose by 20.0 points from A to B (95\u202f% interval 5.2 to 33.4)."
    fell = done(wave_change(shares(56, 70, 48, 80)))
    assert fell.sentence.startswith("“q”: yes fell by 20.0 points from A to B")
    chance = done(wave_change(asked(Measure.MEAN)))
    assert chance.sentence.startswith(
        "The mean of “q”: no evidence of a change from 2024 to 2026; +1.91 could be chance"
    )
    flagged = done(wave_change(replace(shares(48, 80, 56, 70), wording=Wording.OPTIONS_CHANGED)))
    assert flagged.wording is Wording.OPTIONS_CHANGED
    assert "answers on offer changed" in flagged.notes[0]
    linked = Linked(earlier=np.arange(40), later=np.arange(40))
    told = done(wave_change(asked(Measure.SHARE), linked=linked, covariates=covariates()))
    assert isinstance(told.returning, Returning)
    assert told.returning.sentence.startswith("40 people answered both times; no evidence")
    assert isinstance(told.adjusted, Adjusted)
    assert "With the people of 2026 composed as those of 2024 by “q”, “q”, no evidence" in told.adjusted.sentence


def test_many_questions() -> None:
    rows = [
        shares(48, 80, 56, 70),
        shares(40, 80, 36, 70),
        shares(5, 5, 3, 3),
        shares(1, 80, 30, 70),
        shares(1, 1, 1, 9),
    ]
    result = wave_changes(rows)
    assert_sound(result)
    ps = [row.change.test.p for row in result.rows if isinstance(row, WaveChange)]
    qs = [row.q for row in result.rows if isinstance(row, WaveChange)]
    # p.adjust(p, "BH")
    order = np.argsort(ps)
    raised = np.minimum.accumulate((np.array(ps)[order] * 4 / np.arange(1, 5))[::-1])[::-1]
    assert np.array(qs)[order] == pytest.approx(np.minimum(raised, 1))
    assert (result.n_compared, result.n_changed) == (4, 2)
    assert isinstance(result.rows[4], NotComputed)
    assert (
        result.sentence == "2 of 4 questions changed by more than chance (Benjamini-Hochberg). 1 could not be compared."
    )
    assert wave_changes([]).n_compared == 0
    looks: list[int] = []
    wave_changes(rows, check=lambda: looks.append(1))
    assert len(looks) == len(rows)  # whether to go on


def test_series() -> None:
    sides = [
        Side(wave=wave, answers=single([1] * k + [0] * (90 - k), YES), codes=(1,))
        for wave, k in (("2022", 20), ("2024", 40), ("2026", 42))
    ]
    result = wave_series(sides, Measure.SHARE, wordings=(Wording.SAME, Wording.REWORDED))
    assert isinstance(result, WaveSeries)
    assert_sound(result)
    assert [point.value.value for point in result.points] == pytest.approx([20 / 90, 40 / 90, 42 / 90])
    assert result.p_holm[0] == pytest.approx(2 * result.steps[0].test.p)
    assert result.overall.value.value == pytest.approx(22 / 90)
    assert "rose by 24.4 points from 2022 to 2026" in result.sentence
    assert "wording changed" in result.notes[0]
    assert isinstance(wave_series(sides[:1], Measure.SHARE), NotComputed)
    with pytest.raises(ValueError, match="one wording"):
        wave_series(sides, Measure.SHARE, wordings=(Wording.SAME,))


def test_codes_that_differ_between_waves() -> None:
    old = (Choice(code=1, label="yes"), Choice(code=2, label="no"), Choice(code=3, label="old"))
    new = (Choice(code=5, label="no"), Choice(code=7, label="yes!"), Choice(code=8, label="new"))
    both = joined(single([1, 2, 3, None], old), single([5, 7, 8], new), ((1, 7), (2, 5)))
    assert both.values[[0, 1, 2, 4, 5, 6]].tolist() == [7, 5, 9, 5, 7, 8]
    assert [choice.label for choice in both.question.choices] == ["no", "yes!", "new", "old"]
    by_label = joined(single([1, 2], old), single([5, 7], new))
    assert by_label.values.tolist() == [9, 5, 5, 7]
    ticks = joined(multi([[0], [1, 2]], old), multi([[0], [2]], new), ((1, 7), (2, 5)))
    assert ticks.values.tolist() == [
        [False, True, False, False],
        [True, False, False, True],
        [True, False, False, False],
        [False, False, True, False],
    ]
    with pytest.raises(ValueError, match="two kinds"):
        joined(numbers([1]), single([1]))


def test_invariants() -> None:
    for measure in Measure:
        plain = done(wave_change(asked(measure), covariates=covariates()))
        equal = asked(measure)
        ones = [
            replace(side, weights=weights(np.full(len(side.answers), 3.0))) for side in (equal.earlier, equal.later)
        ]
        same = wave_change(replace(equal, earlier=ones[0], later=ones[1]), covariates=covariates())
        assert same == plain
        doubled = asked(measure, weighted=True)
        twice = replace(doubled, earlier=replace(doubled.earlier, weights=weights(2 * W_1)))
        one, two = done(wave_change(doubled)).change, done(wave_change(twice)).change
        assert (one.value.value, one.se, one.test.p) == pytest.approx((two.value.value, two.se, two.test.p), rel=1e-9)
        turned = done(wave_change(replace(equal, earlier=equal.later, later=equal.earlier))).change
        assert turned.value.value == pytest.approx(-plain.change.value.value)
        assert turned.test.p == pytest.approx(plain.change.test.p)


def reason(earlier: Answers, later: Answers, measure: Measure, codes: tuple[int, ...] = (1,)) -> str:
    sides = [Side(wave=wave, answers=one, codes=codes) for wave, one in (("2024", earlier), ("2026", later))]
    result = wave_change(Comparison(earlier=sides[0], later=sides[1], measure=measure))
    assert_sound(result)
    assert isinstance(result, NotComputed), result
    return result.reason


def test_what_cannot_be_compared() -> None:
    five = numbers([1, 2, 3, 4, 9])
    assert "2024 options cannot be mapped" in reason(single([1, 0]), single([1, 0]), Measure.SHARE, codes=())
    assert "fewer than two people answered in 2024" in reason(numbers([]), five, Measure.MEAN)
    assert "fewer than two people answered in 2026" in reason(five, numbers([1, None]), Measure.MEAN)
    assert "within each of the two, everybody gave the same answer" in reason(
        numbers([3, 3]), numbers([4, 4]), Measure.MEAN
    )
    assert "too many equal answers" in reason(numbers([3] * 9), numbers([4] * 9), Measure.MEDIAN)
    assert "neither a number nor ordered" in reason(single([1, 0]), single([1, 0]), Measure.MEAN)
    assert "cannot be mapped" in reason(five, five, Measure.SHARE)
    assert "cannot be mapped" in reason(words(["a", "b"]), words(["a", "b"]), Measure.SHARE)
    assert "too large" in reason(numbers([1.7e308, -1.7e308, 1e308]), numbers([1.7e308, 1e308, -1e308]), Measure.MEAN)
    nobody = done(wave_change(asked(Measure.MEAN), linked=Linked(earlier=np.array([3]), later=np.array([2])))).returning
    assert isinstance(nobody, NotComputed)
    assert "both waves" in nobody.reason


CELL = st.one_of(st.none(), st.sampled_from(Missing), st.integers(-2, 2), st.sampled_from([1e300, -1e300, 0.1]))
CODE = st.one_of(st.none(), st.sampled_from(Missing), st.integers(0, 2))


@settings(max_examples=80, deadline=None)
@given(st.data(), st.sampled_from(Measure), st.integers(0, 12), st.integers(0, 12), st.booleans(), st.booleans())
def test_whatever_comes(data: st.DataObject, measure: Measure, n1: int, n2: int, weighted: bool, linked: bool) -> None:
    sides, covariate = [], []
    for wave, n in (("A", n1), ("B", n2)):
        if measure is Measure.SHARE:
            answers = single(data.draw(st.lists(CODE, min_size=n, max_size=n)))
        else:
            answers = numbers(data.draw(st.lists(CELL, min_size=n, max_size=n)))
        values = data.draw(st.lists(st.sampled_from([0.0, 1.0, 2.5]), min_size=n, max_size=n))
        w = weights(np.array(values, dtype=np.float64)) if weighted else None
        sides.append(Side(wave=wave, answers=answers, codes=(1, 2), weights=w))
        covariate.append(single(data.draw(st.lists(CODE, min_size=n, max_size=n))))
    k = min(n1, n2)
    result = wave_change(
        Comparison(earlier=sides[0], later=sides[1], measure=measure),
        linked=Linked(earlier=np.arange(k), later=np.arange(k)) if linked else None,
        covariates=[Predictor(answers=joined(covariate[0], covariate[1]))],
    )
    assert_sound(result)
    to_plain(result)


def test_kinds_of_scales() -> None:
    steps = tuple(Choice(code=code, label=f"S{code}") for code in (10, 20, 30))
    one, two = single([10, 20, 20, 30], steps, kind=Kind.SCALE), single([30, 30, 20, 30], steps, kind=Kind.SCALE)
    sides = [Side(wave=wave, answers=answers) for wave, answers in (("A", one), ("B", two))]
    result = done(wave_change(Comparison(earlier=sides[0], later=sides[1], measure=Measure.MEAN)))
    assert result.change.value.value == pytest.approx(0.75)
    assert result.unit == "steps"
