"""All answers of a question at once, against R 4.2.2."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stats.stats_sample import assert_sound, multi, numbers, single
from stats.wave_change_sample import EDU_1, EDU_2, W_1, W_2

from surveyapp.domain.codec import to_plain
from surveyapp.domain.question import Choice, Missing
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.wave_change.every_answer import answer_changes
from surveyapp.stats.wave_change.result import AnswerChanges, WaveChange
from surveyapp.stats.wave_change.spec import Side
from surveyapp.stats.weight.design import Weights

CHI2, CHI2_P = 12.83881082487639880, 0.00162962490147798
HOLM = [0.00164932804535286, 0.72384192617122478, 0.00809316535090203]
RAO_F, RAO_P = 4.5526803701586918, 0.0114113920731835


def sides(*, weighted: bool = False) -> list[Side]:
    found = []
    for wave, codes, w in (("2024", EDU_1, W_1), ("2026", EDU_2, W_2)):
        weights = Weights(name="w", values=w, inside=np.ones(len(w), dtype=np.bool_)) if weighted else None
        found.append(Side(wave=wave, answers=single(codes.astype(int).tolist()), weights=weights))
    return found


def done(result: AnswerChanges | NotComputed) -> AnswerChanges:
    assert isinstance(result, AnswerChanges), result
    assert_sound(result)
    to_plain(result)
    return result


def test_as_in_r() -> None:
    result = done(answer_changes(*sides()))
    assert result.overall is not None
    # chisq.test(table(d$wave, d$edu)); p.adjust of the three prop.test(correct = FALSE), "holm"
    assert (result.overall.statistic, result.overall.p) == pytest.approx((CHI2, CHI2_P), rel=1e-10)
    rows = [row for row in result.rows if isinstance(row, WaveChange)]
    assert [row.q for row in rows] == pytest.approx(HOLM, rel=1e-10)
    assert sum(row.change.value.value for row in rows) == pytest.approx(0, abs=1e-12)
    assert [row.what for row in rows] == ["A", "B", "C"]


def test_weighted() -> None:
    result = done(answer_changes(*sides(weighted=True)))
    assert result.overall is not None
    # w scaled to the mean 1 in each wave; svychisq(~wave + edu, svydesign(~1, weights = ~w), statistic = "F")
    assert (result.overall.statistic, result.overall.p) == pytest.approx((RAO_F, RAO_P), rel=1e-8)
    first, second = sides(weighted=True)
    assert first.weights is not None
    tenfold = replace(first, weights=replace(first.weights, values=10 * first.weights.values))
    scaled = done(answer_changes(tenfold, second))
    assert scaled.overall is not None
    assert scaled.overall.p == pytest.approx(result.overall.p, rel=1e-10)


def test_options_that_came_and_went() -> None:
    old = tuple(Choice(code=i, label=label) for i, label in enumerate(("yes", "no", "old"), 1))
    new = tuple(Choice(code=i, label=label) for i, label in enumerate(("no", "surely", "new"), 1))
    first = Side(wave="2024", answers=single([1, 1, 2, 2, 3, 1], old))
    second = Side(wave="2026", answers=single([1, 2, 3, 2, 2, 1], new))
    result = done(answer_changes(first, second, pairs=((1, 2), (2, 1))))
    assert [getattr(row, "what", getattr(row, "reason", "")) for row in result.rows] == [
        "no",
        "surely",
        "Not compared: “new” was not on offer in 2024.",
        "Not compared: “old” was not on offer in 2026.",
    ]
    row = result.rows[1]
    assert isinstance(row, WaveChange)
    assert (row.earlier.value.value, row.later.value.value) == (0.5, 0.5)
    assert "No evidence that the answers to “q” changed" in result.sentence
    assert result.overall is not None
    assert "under 5" in result.overall.note
    apart = answer_changes(first, Side(wave="2026", answers=single([0, 1], 2)))
    assert isinstance(apart, NotComputed)


def test_ticks() -> None:
    first = Side(wave="A", answers=multi([[0], [0, 1], [], [2]] * 20))
    second = Side(wave="B", answers=multi([[0], [1], [1], [1, 2]] * 20))
    result = done(answer_changes(first, second))
    assert result.overall is None
    assert result.sentence == "2 answers to “m” changed by more than chance: “A”, “B”."
    with pytest.raises(ValueError, match="closed"):
        answer_changes(Side(wave="A", answers=numbers([1])), Side(wave="B", answers=numbers([1])))


CODE = st.one_of(st.none(), st.sampled_from(Missing), st.integers(0, 2))


@settings(max_examples=60, deadline=None)
@given(st.data(), st.integers(0, 10), st.integers(0, 10), st.booleans())
def test_whatever_comes(data: st.DataObject, n1: int, n2: int, weighted: bool) -> None:
    found = []
    for wave, n in (("A", n1), ("B", n2)):
        values = data.draw(st.lists(st.sampled_from([0.0, 1.0, 2.5]), min_size=n, max_size=n))
        weights = Weights(name="w", values=np.array(values), inside=np.ones(n, dtype=np.bool_)) if weighted else None
        answers = single(data.draw(st.lists(CODE, min_size=n, max_size=n)))
        found.append(Side(wave=wave, answers=answers, weights=weights))
    result = answer_changes(*found)
    assert_sound(result)
    to_plain(result)
