"""A census pair against R 4.2.2 (t.test paired, prop.test) and by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stats.stats_sample import assert_sound, numbers, probabilities, single, words

from surveyapp.domain.question import AnswerKey, Missing
from surveyapp.stats.calibration.forecast_bin import credence_bars, forecast_bins
from surveyapp.stats.calibration.pair import judge, score_pair
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.result import CalibrationResult

KEY = AnswerKey(value=739, tolerance=0.1, unit_factor=1e6, set_by="the census team")
# the forecasts of test_stats_corp, as a pair: right answers say 739, wrong ones 400
SAID = [10, 10, 20, 20, 20, 35, 35, 35, 50, 50, 50, 50, 65, 65, 80, 80, 80, 90, 90, 100]
RIGHT = [0, 1, 0, 0, 1, 1, 0, 1, 0, 1, 0, 1, 1, 0, 1, 1, 0, 1, 1, 1]


def scored(
    estimates: list[float | Missing | None], confidences: list[float | Missing | None], key: AnswerKey = KEY
) -> CalibrationResult:
    result = score_pair(numbers(estimates), probabilities(confidences), key=key)
    assert isinstance(result, CalibrationResult)
    assert_sound(result)
    assert sum(each.n for each in result.bins) == sum(bar.n for bar in result.credences) == result.counted.n
    return result


def of_right(right: list[int], said: list[int]) -> CalibrationResult:
    return scored([739 if hit else 400 for hit in right], list(said))


def test_as_in_r() -> None:
    # R, f forecasts and o outcomes: t.test(f, o, paired = TRUE); t.test(f); prop.test(12, 20, correct = FALSE)
    result = of_right(RIGHT, SAID)
    assert result.gap.value == pytest.approx(-0.0825, abs=1e-14)
    assert (result.gap.low, result.gap.high) == pytest.approx((-0.314189523129505, 0.149189523129505), abs=1e-12)
    assert result.mean_confidence.value == pytest.approx(0.5175, abs=1e-14)
    assert (result.mean_confidence.low, result.mean_confidence.high) == pytest.approx(
        (0.384414409133818, 0.650585590866182), abs=1e-12
    )
    assert (result.share_right.low, result.share_right.high) == pytest.approx(
        (0.386581500762253, 0.781193467627183), abs=1e-12
    )
    assert result.brier.value == pytest.approx(0.239625, abs=1e-14)
    assert result.brier_reference == pytest.approx(0.24, abs=1e-14)
    assert result.verdict == "20 people. A verdict needs about 30."


def test_tolerance_and_unit_rule() -> None:
    values = np.array([665.1, 812.9, 665.0, 813.0, 739e6, 73.9e6, 73.8e6, 7.39e8, -739.0, 1e308])
    judged = judge(values, KEY)
    assert judged.right.tolist() == [True, True, False, False, True, False, False, True, False, False]
    assert judged.repaired.tolist() == [False, False, False, False, True, True, False, True, False, True]
    # .33 - .3 is 0.030000000000000027 in binary, more than a tenth of .3
    assert judge(np.array([0.33, 0.27]), AnswerKey(value=0.3)).right.tolist() == [True, True]
    strict = judge(np.array([1969.0, 1970.0]), AnswerKey(value=1969, tolerance=0))
    assert strict.right.tolist() == [True, False]
    zero = judge(np.array([0.0, 0.1]), AnswerKey(value=0, tolerance=0.1, unit_factor=1000))
    assert zero.right.tolist() == [True, False]
    assert judge(np.array([-40.0, 40.0]), AnswerKey(value=-40)).right.tolist() == [True, False]


def test_who_counts() -> None:
    result = scored(
        [739, 400, 739e6, Missing.UNREADABLE, None, 500, Missing.NOT_SHOWN],
        [50, 60, 70, 80, None, Missing.REFUSED, Missing.NOT_SHOWN],
    )
    assert (result.counted.total, result.counted.base, result.counted.n) == (7, 6, 3)
    assert result.counted.missing == {
        Missing.UNREADABLE: 1,
        Missing.BLANK: 1,
        Missing.REFUSED: 1,
        Missing.NOT_SHOWN: 1,
    }
    assert (result.n_estimates, result.unit_repaired) == (4, 1)
    assert result.share_right.value == pytest.approx(2 / 3)
    assert (result.key_value, result.key_tolerance, result.key_set_by) == (739, 0.1, "the census team")


def test_bins_on_exact_decimals() -> None:
    percent = np.array([0, 9.99, 10, 15, 35, 0.15 * 100, 0.35 * 100, 0.29 * 100, 0.57 * 100, 99.9, 90, 100])
    bins = forecast_bins(percent, np.ones(len(percent)), 0.95)
    assert [(each.low, each.high, each.n) for each in bins] == [
        (0.0, 0.1, 2),
        (0.1, 0.2, 3),
        (0.2, 0.3, 1),
        (0.3, 0.4, 2),
        (0.5, 0.6, 1),
        (0.9, 1.0, 3),
    ]
    # (1 - .9) * 100 is 9.999999999999998 and (.1 + .7) * 100 is 79.99999999999999 in binary
    edges = forecast_bins(np.array([(1 - 0.9) * 100, (0.1 + 0.7) * 100]), np.ones(2), 0.95)
    assert [each.low for each in edges] == [0.1, 0.8]
    every = forecast_bins(np.arange(101) / 100 * 100, np.zeros(101), 0.95)
    assert [each.n for each in every] == [10] * 9 + [11]
    bars = credence_bars(np.array([0.5, 1.4, 15, 35, 35.0000000001]))
    assert [(bar.credence, bar.n) for bar in bars] == [(0.01, 2), (0.15, 1), (0.35, 2)]


def test_readings() -> None:
    def reading(said: int, hits: int, n: int) -> str:
        outcomes = np.array([1.0] * hits + [0.0] * (n - hits))
        (only,) = forecast_bins(np.full(n, float(said)), outcomes, 0.95)
        return only.reading

    # 10 of 13 right has a Wilson interval of .497-.918: fits 50 % and 90 % alike
    assert reading(50, 10, 13) == "fits"
    assert reading(90, 10, 13) == "fits"
    assert reading(95, 10, 13) == "less often"
    assert reading(40, 10, 13) == "more often"
    assert reading(95, 0, 9) == "too few"
    assert reading(95, 0, 10) == "less often"


def test_verdicts() -> None:
    half = [1, 0] * 20
    assert of_right([1], [80]).verdict == "1 person. A verdict needs about 30."
    assert of_right([0] * 40, [60, 70] * 20).verdict == "No verdict: all 40 people were wrong on this question."
    assert of_right([1] * 40, [60, 70] * 20).verdict == "No verdict: all 40 people were right on this question."
    assert of_right(half, [50] * 40).verdict == "No verdict: every confidence on this question was 50\u202f%."
    assert (
        of_right(half, [90] * 40).verdict
        == "Overconfident on this question: 90\u202f% sure on average, 50\u202f% right."
    )
    assert of_right(half, [10] * 40).verdict.startswith("Underconfident on this question: 10\u202f% sure")
    # R: t.test(rep(.55, 40) - rep(1:0, 20))$conf.int -> -0.1119449, 0.2119449
    assert of_right(half, [55] * 40).verdict == (
        "No sign of over- or underconfidence on this question: 55\u202f% sure on average, 50\u202f% right;"
        " a gap of \u221211 – +21 points fits."
    )
    assert "in general" in of_right(half, [55] * 40).caveat


def test_one_person_has_no_intervals_but_of_the_share() -> None:
    result = of_right([1], [80])
    assert result.gap.value == pytest.approx(-0.2)
    assert (result.gap.low, result.brier.low, result.mean_confidence.low) == (None, None, None)
    assert result.share_right.low == pytest.approx(0.206549314377238)


def test_not_computed() -> None:
    pairs = [
        (numbers([]), probabilities([]), KEY, "filters"),
        (numbers([1, None]), probabilities([None, 5]), KEY, "both an estimate and a confidence"),
        (words(["739"]), probabilities([5]), KEY, "estimate is not read as a number"),
        (numbers([1]), single([0]), KEY, "confidence is not read as a probability"),
        (numbers([1]), probabilities([5]), AnswerKey(value=float("nan")), "answer key"),
        (numbers([1]), probabilities([5]), AnswerKey(value=1, tolerance=-1), "answer key"),
    ]
    for estimate, confidence, key, words_ in pairs:
        result = score_pair(estimate, confidence, key=key)
        assert isinstance(result, NotComputed)
        assert words_ in result.reason
        assert_sound(result)
    with pytest.raises(ValueError, match="same people"):
        score_pair(numbers([1]), probabilities([]), key=KEY)


CELLS = st.one_of(st.floats(allow_nan=False, allow_infinity=False), st.just(739.0), st.none(), st.sampled_from(Missing))
SURE = st.one_of(st.floats(0, 100), st.integers(0, 100), st.none(), st.sampled_from(Missing))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(CELLS, SURE), max_size=40))
def test_any_pair_in_any_order(people: list[tuple[float | Missing | None, float | Missing | None]]) -> None:
    def of(rows: list[tuple[float | Missing | None, float | Missing | None]]) -> object:
        return score_pair(numbers([first for first, _ in rows]), probabilities([second for _, second in rows]), key=KEY)

    result, again = of(people), of(people[::-1])
    assert_sound(result)
    if isinstance(result, CalibrationResult) and isinstance(again, CalibrationResult):
        assert again.corp == result.corp
        assert again.gap.value == pytest.approx(result.gap.value)
        assert again.verdict == result.verdict
        corp = result.corp
        assert corp.mcb - corp.dsc + corp.unc == pytest.approx(result.brier.value, abs=1e-8)
        assert result.gap.value == pytest.approx(result.mean_confidence.value - result.share_right.value, abs=1e-12)
