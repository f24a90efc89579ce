"""The screen of all pairs against scipy and under the awkward battery (against each pair: see ..._pair)."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import false_discovery_control, kruskal, spearmanr
from stats.association_sample import census, closed, number, ticks
from stats.stats_sample import assert_sound, multi, numbers, single, words

from surveyapp.domain.codec import to_plain
from surveyapp.domain.question import Choice, Kind, Missing, Question
from surveyapp.stats.answers import Answers
from surveyapp.stats.association.rare import fewest_people, pooled
from surveyapp.stats.association.result import Measure, ScreenResult
from surveyapp.stats.association.screen import screen
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.weight.design import Weights, equal_weights


def screened(items: list[Answers], **options: object) -> ScreenResult:
    result = screen(items, **options)  # type: ignore[arg-type]
    assert isinstance(result, ScreenResult)
    assert_sound(result)
    to_plain(result)
    assert len(result.pairs) == result.n_tested + result.n_few + result.n_constant
    return result


def test_all_kinds() -> None:
    result = screened(census(300, blank=0.1))
    assert {pair.measure for pair in result.pairs} == set(Measure)
    assert len(result.variables) == 23
    assert len(result.pairs) == 23 * 22 / 2 - 3  # options of one multiple choice are not compared


def test_known_numbers() -> None:
    rng = np.random.default_rng(3)
    x, group = rng.normal(size=200), rng.integers(0, 3, 200)
    y = x + rng.normal(size=200)
    items = [number(x, "x"), number(y, "y"), closed(group, 3, "g")]
    result = screened(items)
    found = {(pair.first, pair.second): pair for pair in result.pairs}
    rho = spearmanr(x, y)
    assert (found[0, 1].effect, found[0, 1].p) == pytest.approx((rho.statistic, rho.pvalue), rel=1e-9)
    assert found[0, 2].p == pytest.approx(kruskal(*(x[group == g] for g in range(3))).pvalue, rel=1e-9)
    p = [pair.p or 0.0 for pair in result.pairs]
    assert [pair.q for pair in result.pairs] == pytest.approx(false_discovery_control(p), rel=1e-12)
    assert result.pairs[0] == found[0, 1]
    assert result.n_standing_out == 1
    assert result.n_chance == pytest.approx(0.05)


def test_neither_order_of_people_nor_labels_matter() -> None:
    items = census(300, blank=0.2)
    shuffled = np.random.default_rng(5).permutation(300)
    again = [Answers(question=a.question, values=a.values[shuffled], missing=a.missing[shuffled]) for a in items]
    for one, other in zip(screened(items).pairs, screened(again).pairs, strict=True):
        assert (one.first, one.second, one.n) == (other.first, other.second, other.n)
        assert (one.effect, one.p, one.q) == pytest.approx((other.effect, other.p, other.q), abs=1e-9)


def test_chance_alone_stands_out_rarely() -> None:
    """Twenty censuses without any association, rare answers and heavy tails included."""
    out = 0
    for seed in range(20):
        rng = np.random.default_rng(seed)
        rare = [
            closed(rng.choice(8, 900, p=[0.7, 0.2, 0.08, 0.01, 0.005, 0.002, 0.002, 0.001]), 8, f"r{i}")
            for i in range(6)
        ]
        zeros = [number(np.where(rng.random(900) < 0.97, 0, rng.exponential(size=900)), f"z{i}") for i in range(6)]
        rest = [number(rng.normal(size=900), f"n{i}") for i in range(4)]
        out += screened([*rare, *zeros, *rest]).n_standing_out
    assert out <= 6  # 20 times a chance of 5 % that any does


def test_one_joker_makes_no_association() -> None:
    """Who gives the rarest answer twice is 1 in 1,000 people: V of the whole table is .7."""
    first, second = np.zeros(1000, dtype=np.int64), np.zeros(1000, dtype=np.int64)
    first[500:], second[::2] = 1, 1
    first[0] = second[0] = 2
    result = screened([closed(first, 3, "a"), closed(second, 3, "b")])
    assert result.n_standing_out == 0
    assert result.pairs[0].effect < 0.1


def test_rare_answers_are_counted_together() -> None:
    codes = np.repeat([0, 1, 2, 3, -1], [60, 25, 9, 6, 4]).astype(np.int32)
    together, k, rare = pooled(codes, 5)
    assert (k, rare) == (3, 2)
    assert np.bincount(together[together >= 0]).tolist() == [60, 25, 15]
    assert (together[codes < 0] == -1).all()
    assert pooled(np.repeat([0, 1], [99, 1]).astype(np.int32), 2)[1] == 1
    assert pooled(np.full(3, -1, dtype=np.int32), 2)[1:] == (0, 0)
    assert [fewest_people(n) for n in (5, 100, 101, 10_000)] == [10, 10, 11, 100]


def test_few_constant_and_left_out_are_counted() -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=60)
    half = np.where(np.arange(60) < 20, x, np.nan)
    items = [
        number(x, "x"),
        number(half, "half"),
        number(np.full(60, 7.0), "constant"),
        number(np.full(60, np.nan), "nobody"),
        closed(np.zeros(60, dtype=np.int64), 2, "all the same"),
        words(["a"] * 60),
    ]
    result = screened(items)
    assert (result.n_tested, result.n_few, result.n_constant) == (0, 7, 3)
    assert result.left_out == ("t",)
    assert result.counted.n == 60
    assert "t" in result.notes[-1]


@pytest.mark.parametrize(
    "items",
    [
        [],
        [numbers([1, 2, 3])],
        [words(["a"]), words(["b"])],
    ],
)
def test_not_computed(items: list[Answers]) -> None:
    result = screen(items)
    assert isinstance(result, NotComputed)
    assert result.reason.startswith("Not computed")


def test_weights_of_one_move_no_effect() -> None:
    items = census(300, blank=0.1)
    plain = {(pair.first, pair.second): pair for pair in screened(items).pairs}
    ones = screened(items, weights=equal_weights(300))
    assert ones.weighting is not None
    for pair in ones.pairs:
        assert pair.effect == pytest.approx(plain[pair.first, pair.second].effect, abs=1e-9)
        assert pair.n == plain[pair.first, pair.second].n


def test_who_has_no_weight_takes_no_part() -> None:
    items = census(400)
    values = np.where(np.arange(400) < 200, 1.0 + np.arange(400) / 400, 0.0)
    weights = Weights(name="w", values=values, inside=np.ones(400, dtype=np.bool_))
    some = Weights(name="w", values=3 * values[:200], inside=np.ones(200, dtype=np.bool_))
    inside = [item.take(np.arange(400) < 200) for item in items]
    for one, other in zip(screened(items, weights=weights).pairs, screened(inside, weights=some).pairs, strict=True):
        assert (one.first, one.second, one.n) == (other.first, other.second, other.n)
        assert (one.effect, one.low, one.p) == pytest.approx((other.effect, other.low, other.p), rel=1e-9, abs=1e-12)
    nobody = Weights(name="w", values=np.zeros(400), inside=np.ones(400, dtype=np.bool_))
    assert isinstance(screen(items, weights=nobody), NotComputed)


def test_raked_weights_are_told() -> None:
    items = census(100)
    margins = (np.arange(100) % 2)[:, None].astype(np.int32)
    weights = Weights(name="w", values=np.ones(100), inside=np.ones(100, dtype=np.bool_), margins=margins)
    assert any("what the margins explain" in note for note in screened(items, weights=weights).notes)


@pytest.mark.parametrize("weighted", [False, True])
def test_awkward_answers(weighted: bool) -> None:
    rng = np.random.default_rng(2)
    items = [
        number(np.where(rng.random(80) < 0.5, 1e300, -1e300), "huge"),
        number(rng.normal(size=80) * 1e-300, "tiny"),
        number(np.array([1.0, 2.0] * 40), "ties"),
        closed(np.arange(80) % 40, 500, "500 answers"),
        closed(np.arange(80) % 2, 2, "separated"),
        single([0] * 80, 1),
        multi([[0]] * 80),
        ticks(rng.random((80, 2)) < 0.5, "__import__('os')"),
    ]
    named = [_renamed(item, name) for item, name in zip(items, _NAMES, strict=True)]
    result = screened(named, weights=equal_weights(80) if weighted else None)
    assert result.n_tested
    for size in (0, 1, 2, 9):
        small = [item.take(np.arange(80) < size) for item in named]
        assert screened(small).n_tested == 0


_NAMES = ["C", "I(x)", "'); DROP TABLE", "🦊", "x" * 180, "שלום", "m", "__import__('os')"]


def _renamed(answers: Answers, column: str) -> Answers:
    asked = answers.question
    question = Question(column=column, kind=asked.kind, choices=asked.choices)
    return Answers(question=question, values=answers.values, missing=answers.missing)


def test_choices_that_mean_missing_take_no_part() -> None:
    real = (Choice(code=0, label="a"), Choice(code=1, label="b"))
    codes = (np.arange(90) % 3).astype(np.int32)
    other = number(np.random.default_rng(0).normal(size=90), "x")
    for last, n in ((Choice(code=2, label="c"), 90), (Choice(code=2, label="c", missing=Missing.REFUSED), 60)):
        question = Question(column="q", kind=Kind.SINGLE, choices=(*real, last))
        answers = Answers(question=question, values=codes, missing=np.zeros(90, dtype=np.int8))
        assert screened([answers, other]).pairs[0].n == n


class _StopError(Exception):
    pass


def test_it_stops_when_told() -> None:
    items = census(200)
    calls = 0

    def check() -> None:
        nonlocal calls
        calls += 1

    screen(items, check=check)
    for last in (1, calls // 2, calls):
        left = last

        def stop() -> None:
            nonlocal left
            left -= 1
            if not left:
                raise _StopError

        with pytest.raises(_StopError):
            screen(items, check=stop)
