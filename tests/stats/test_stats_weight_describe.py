"""One-question statistics with weights: R's numbers, people against weights, and nothing changed without weights."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from stats.stats_sample import assert_sound, dates, multi, numbers, probabilities, single, words
from stats.test_stats_weight_moment import R_MEANS, R_QUANTILES
from stats.test_stats_weight_share import R_SHARES
from stats.weight_sample import EVERYBODY, Q, W, Y, given_weights, post_weights, raked_weights

from surveyapp.domain.codec import to_plain
from surveyapp.domain.question import Choice, Missing
from surveyapp.stats.answers import Answers
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.question.describe import describe
from surveyapp.stats.question.frequency import frequency
from surveyapp.stats.question.grid import grid_table
from surveyapp.stats.question.multiple import multi_table
from surveyapp.stats.question.number import numeric_summary
from surveyapp.stats.question.probability import mean_of_odds, probability_summary
from surveyapp.stats.result import FrequencyTable, GridTable, MultiTable, NumericSummary, ProbabilitySummary, Result
from surveyapp.stats.weight.design import Weights, equal_weights

MADE = {"given": given_weights(), "raked": raked_weights(), "post": post_weights()}
CODES: list[int | Missing | None] = Q.tolist()
HITS: list[list[int] | Missing | None] = [[int(q)] for q in Q]


def weights_of(values: list[float] | NDArray[np.float64]) -> Weights:
    return Weights(name="w", values=np.asarray(values, dtype=np.float64), inside=np.ones(len(values), dtype=np.bool_))


@pytest.mark.parametrize("made", MADE)
def test_a_table_has_the_shares_and_intervals_of_r(made: str) -> None:
    table = frequency(single(CODES, 4), weights=MADE[made])
    ticks = multi_table(multi(HITS, 4), seen=EVERYBODY, weights=MADE[made])
    assert isinstance(table, FrequencyTable)
    assert isinstance(ticks, MultiTable)
    for rows in (table.rows, ticks.rows):
        for row, expected in zip(rows, R_SHARES[made, "all"], strict=True):
            assert (row.share, row.low, row.high) == pytest.approx(expected, abs=1e-8)
    assert [row.count for row in table.rows] == np.bincount(Q).tolist()  # people stay people
    assert table.weighting is not None
    assert table.weighting.n_effective == pytest.approx(60 / table.weighting.design_effect)
    assert table.method == ticks.method == "logit (linearised)"
    assert_sound([table, ticks])


@pytest.mark.parametrize("made", MADE)
def test_a_number_has_the_mean_and_the_quantiles_of_r(made: str) -> None:
    summary = numeric_summary(numbers(Y.tolist()), weights=MADE[made])
    assert isinstance(summary, NumericSummary)
    found = (summary.mean.value, summary.mean.low, summary.mean.high, summary.sd)
    assert found == pytest.approx(R_MEANS[made, "all"], abs=1e-8)
    values, interval = R_QUANTILES[made, "all"]
    assert list(summary.quantiles) == values
    assert (summary.median.low, summary.median.high) == interval
    assert sum(summary.histogram.counts) == 60
    assert sum(summary.histogram.shares) == pytest.approx(1)
    assert "Woodruff" in summary.method
    assert_sound(summary)


def test_a_probability() -> None:
    percent = np.where(Q == 1, 50, Y * 4.1)
    summary = probability_summary(probabilities(percent.tolist()), weights=MADE["given"])
    assert isinstance(summary, ProbabilitySummary)
    assert summary.mean.value == pytest.approx(np.average(percent, weights=W) / 100)
    half = R_SHARES["given", "all"][1]
    assert summary.at_half is not None
    assert (summary.at_half.value, summary.at_half.low, summary.at_half.high) == pytest.approx(half, abs=1e-8)
    assert sum(summary.histogram.shares) == pytest.approx(1)
    assert summary.histogram.shares[10] >= half[0]
    assert_sound(summary)


@pytest.mark.parametrize(("made", "expected"), [("given", 0.451764931471), ("raked", 0.368125883952)])
def test_the_mean_of_odds(made: str, expected: float) -> None:
    # R: lo <- pmin(pmax(d$y*4/100, .001), .999); plogis(weighted.mean(qlogis(lo), weights(s)))
    assert mean_of_odds(Y * 4 / 100, MADE[made].values)[0] == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(
    ("made", "upper", "mean"),
    [
        ("given", (0.481638418082, 0.345474061298, 0.620585687796), 2.3488700565),
        ("raked", (0.489110495708, 0.342536381052, 0.637581327484), 2.37071974606),
    ],
)
def test_a_battery(made: str, upper: tuple[float, float, float], mean: float) -> None:
    # R: svyciprop(~I(q >= 2), s, method = "logit"); svymean(~I(q + 1), s)
    silent: list[int | Missing | None] = [None] * 60
    table = grid_table([single(silent, 4), single(CODES, 4)], name="g", weights=MADE[made])
    assert isinstance(table, GridTable)
    first, last = table.items
    assert (first.upper.value, first.upper.low, first.upper.high) == pytest.approx(upper, abs=1e-8)
    assert first.mean == pytest.approx(mean, abs=1e-9)
    assert sum(first.shares) == pytest.approx(1)
    assert first.weighting == table.weighting
    assert (last.counted.n, last.upper.low, last.mean, last.shares) == (0, None, 0, (0, 0, 0, 0))
    assert_sound(table)


def test_dates() -> None:
    table = frequency(dates(["2026-11-03", "2026-11-05", None, "2026-11-05"]), weights=weights_of([1, 2, 7, 5]))
    assert isinstance(table, FrequencyTable)
    assert [(row.label, row.count, row.share) for row in table.rows] == [
        ("2026-11-03", 1, pytest.approx(0.125)),
        ("2026-11-04", 0, 0),
        ("2026-11-05", 2, pytest.approx(0.875)),
    ]
    assert_sound(table)


def test_codes_in_any_order_and_missing_answers() -> None:
    choices = (
        Choice(code=7, label="Yes"),
        Choice(code=9, label="Prefer not to say", missing=Missing.REFUSED),
        Choice(code=2, label="No"),
        Choice(code=4, label="Never taken"),
    )
    table = frequency(single([7, 2, 9, None, 7, 99], choices), weights=weights_of([1, 3, 50, 60, 2, 70]))
    assert isinstance(table, FrequencyTable)
    assert [(row.label, row.count, row.share) for row in table.rows] == [
        ("Yes", 2, pytest.approx(0.5)),
        ("No", 1, pytest.approx(0.5)),
        ("Never taken", 0, 0.0),
    ]
    assert table.weighting is not None
    assert table.weighting.n_effective == pytest.approx(36 / 14)


def test_the_base_of_a_multiple_choice_takes_in_who_ticked_nothing() -> None:
    table = multi_table(
        multi([[0], [0, 1], None, None]), seen=np.array([True, True, True, False]), weights=weights_of([1, 2, 5, 50])
    )
    assert isinstance(table, MultiTable)
    assert [row.share for row in table.rows] == pytest.approx([3 / 8, 2 / 8, 0])
    assert (table.none_ticked, table.counted.base) == (1, 3)
    assert_sound(table)


TWO_PEOPLE = np.ones(5, dtype=np.bool_)
ASK: dict[str, Callable[[Weights | None], Result]] = {
    "single": lambda w: describe(single([0, 1, 1, None, 2]), weights=w),
    "multi": lambda w: describe(multi([[0], [0, 1], None, [2], []]), seen=TWO_PEOPLE, weights=w),
    "number": lambda w: describe(numbers([1, 2, 3.5, None, 9]), weights=w),
    "probability": lambda w: describe(probabilities([0, 50, 50, 99, None]), weights=w),
    "date": lambda w: describe(dates(["2026-11-03", "2026-11-05", None, "2026-11-05", None]), weights=w),
    "grid": lambda w: grid_table([single([0, 1, 2, 2, None]), single([2, 2, None, 1, 1])], name="g", weights=w),
}
UNEQUAL = np.array([1.0, 2.0, 3.0, 4.0, 0.5])


@pytest.mark.parametrize("kind", ASK)
def test_weights_of_one_give_exactly_the_unweighted_result(kind: str) -> None:
    plain, weighted = to_plain(ASK[kind](None)), to_plain(ASK[kind](equal_weights(5)))
    assert weighted.pop("weighting")["design_effect"] == 1
    for item in weighted.get("items", ()):
        item.pop("weighting")
    assert weighted == plain


@pytest.mark.parametrize("kind", ASK)
def test_doubled_weights_change_nothing(kind: str) -> None:
    once, twice = ASK[kind](weights_of(UNEQUAL)), ASK[kind](weights_of(UNEQUAL * 2))
    assert once == twice
    assert_sound(once)


@pytest.mark.parametrize("kind", ASK)
def test_nobody_with_a_weight(kind: str) -> None:
    found = ASK[kind](weights_of(np.zeros(5)))
    assert isinstance(found, NotComputed)
    assert found.reason == "Not computed: nobody who answered has a weight."


@pytest.mark.parametrize("kind", ASK)
def test_people_without_weight_are_counted_and_move_nothing(kind: str) -> None:
    found = ASK[kind](weights_of([1, 2, 3, 4, 0]))
    assert_sound(found)
    assert not isinstance(found, NotComputed)


def test_who_has_no_weight_is_told() -> None:
    table = frequency(single([0, 1, 1]), weights=weights_of([1, 2, 0]))
    assert isinstance(table, FrequencyTable)
    assert table.weighting is not None
    assert table.weighting.n_without == 1
    assert [(row.count, row.share) for row in table.rows] == [
        (1, pytest.approx(1 / 3)),
        (2, pytest.approx(2 / 3)),
        (0, 0),
    ]


@pytest.mark.parametrize("order", [slice(None, None, -1), np.random.default_rng(1).permutation(60)])
def test_the_order_of_people_changes_nothing(order: slice | NDArray[np.int64]) -> None:
    raked = MADE["raked"]
    assert raked.margins is not None
    turned = Weights(name="w", values=raked.values[order], inside=EVERYBODY, margins=raked.margins[order])
    table = frequency(single(CODES, 4), weights=raked)
    other = frequency(single(Q[order].tolist(), 4), weights=turned)
    assert isinstance(table, FrequencyTable)
    assert isinstance(other, FrequencyTable)
    for one, two in zip(table.rows, other.rows, strict=True):
        assert (one.count, one.share, one.low, one.high) == pytest.approx((two.count, two.share, two.low, two.high))


def test_nobody_and_500_choices() -> None:
    codes = [i * 7 % 500 for i in range(60)]
    items = [single(CODES, 4), single(codes, 500), single([None] * 60), single([Missing.NOT_SHOWN] * 59 + [1])]
    tables = [frequency(item, weights=MADE["raked"]) for item in items]
    assert_sound(tables)
    assert isinstance(tables[2], NotComputed)


@pytest.mark.parametrize("answers", [single([]), single([], 0), multi([]), numbers([]), probabilities([]), words([])])
def test_nobody_at_all(answers: Answers) -> None:
    found = describe(answers, weights=equal_weights(0))
    assert isinstance(found, NotComputed)


def test_two_people_huge_numbers_and_a_constant() -> None:
    for cells in ([1e300, -1e300], [3.0, 3.0], [5.0, None], [1.7e308, 1.7e308]):
        assert_sound(describe(numbers(cells), weights=weights_of([1, 3])))


def test_without_weights_results_are_written_as_before() -> None:
    """Marks of pinned results are hashes of them as plain data: these were made before results could be weighted."""
    results = [
        describe(single([0, 1, 1, None, 2])),
        describe(multi([[0], [0, 1], None, [2]]), seen=np.ones(4, dtype=np.bool_)),
        describe(numbers([1, 2, 3.5, None, 9])),
        describe(probabilities([0, 50, 50, 99, None])),
        describe(dates(["2026-11-03", "2026-11-05", None])),
        grid_table([single([0, 1, 2, 2]), single([2, 2, None, 1])], name="g"),
    ]
    texts = [json.dumps(to_plain(result), sort_keys=True, ensure_ascii=False) for result in results]
    assert [hashlib.sha256(text.encode()).hexdigest()[:16] for text in texts] == [
        "e690b539733b7ad7",
        "cf43277a20e50334",
        "6f6031c3f7367420",
        "5f1c7ff124b69590",
        "a36a2b6c565b981a",
        "2a806d15d11c6efb",
    ]
