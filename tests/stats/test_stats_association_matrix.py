"""The matrix of correlations against scipy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import pearsonr, spearmanr
from stats.association_sample import closed, number
from stats.stats_sample import assert_sound, words

from surveyapp.domain.codec import to_plain
from surveyapp.domain.question import Kind
from surveyapp.stats.answers import Answers
from surveyapp.stats.association.matrix import correlation_matrix
from surveyapp.stats.association.result import CorrelationMatrix
from surveyapp.stats.association.weighted import weighted_pearson, weighted_spearman
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.weight.design import Weights, equal_weights


def sample() -> list[Answers]:
    rng = np.random.default_rng(0)
    shared = rng.normal(size=150)
    near = [number(shared + rng.normal(size=150) * 0.5, f"near {i}") for i in range(2)]
    far = number(rng.normal(size=150), "far")
    steps = closed(np.digitize(shared, [-1.0, 0, 1]), 4, "scale", kind=Kind.SCALE)
    return [near[0], far, near[1], steps, closed(rng.integers(0, 3, 150), 3, "choice"), words(["x"] * 150)]


def matrix(items: list[Answers], *, ranks: bool = True) -> CorrelationMatrix:
    result = correlation_matrix(items, ranks=ranks)
    assert isinstance(result, CorrelationMatrix)
    assert_sound(result)
    to_plain(result)
    return result


@pytest.mark.parametrize(("ranks", "oracle"), [(True, spearmanr), (False, pearsonr)])
def test_as_scipy(ranks: bool, oracle: object) -> None:
    items = sample()
    result = matrix(items, ranks=ranks)
    assert result.labels == ("near 0", "far", "near 1", "scale")
    for i in range(4):
        for j in range(4):
            cell = result.cells[i][j]
            assert cell == result.cells[j][i]
            expected = oracle(items[i].values, items[j].values)  # type: ignore[operator]
            assert cell.value is not None
            assert cell.value.value == pytest.approx(expected.statistic, abs=1e-12)
            if i != j:
                assert cell.p == pytest.approx(expected.pvalue, rel=1e-6, abs=1e-14)
    assert set(result.order) == {0, 1, 2, 3}
    assert abs(result.order.index(0) - result.order.index(3)) <= 2
    assert "choice" in result.notes[-1]
    assert result.sentence.startswith("3 of 6 correlations stand out")


def test_pairs_without_people_have_no_number() -> None:
    x = np.arange(40.0)
    items = [
        number(np.where(x < 20, x, np.nan), "first half"),
        number(np.where(x < 20, np.nan, x), "second half"),
        number(np.full(40, 3.0), "constant"),
        number(-x, "all"),
    ]
    result = matrix(items)
    assert result.cells[0][1].value is None
    assert result.cells[2][3].value is None
    perfect = result.cells[0][3].value
    assert perfect is not None
    assert perfect.value == pytest.approx(-1)
    assert perfect.low is None


@pytest.mark.parametrize("items", [[], [number(np.arange(9.0), "x")], sample()[4:]])
def test_not_computed(items: list[Answers]) -> None:
    assert isinstance(correlation_matrix(items), NotComputed)


@pytest.mark.parametrize("ranks", [True, False])
def test_weighted(ranks: bool) -> None:
    items = sample()[:4]
    rng = np.random.default_rng(3)
    weights = Weights(name="w", values=rng.uniform(0.3, 3, 150), inside=np.ones(150, dtype=np.bool_))
    result = correlation_matrix(items, ranks=ranks, weights=weights)
    assert isinstance(result, CorrelationMatrix)
    assert_sound(result)
    assert result.weighting is not None
    measure = weighted_spearman if ranks else weighted_pearson
    for i in range(4):
        for j in range(i):
            exact = measure(items[i].values.astype(np.float64), items[j].values.astype(np.float64), weights, 0.95)
            cell = result.cells[i][j]
            assert exact is not None
            assert cell.value is not None
            # ranks are taken as known
            tolerance = 0.02 if ranks else 1e-9
            value = exact.effect.value
            assert cell.value.value == pytest.approx(value.value, abs=1e-9)
            assert (cell.value.low, cell.value.high) == pytest.approx((value.low, value.high), abs=tolerance)
    nobody = Weights(name="w", values=np.zeros(150), inside=np.ones(150, dtype=np.bool_))
    assert isinstance(correlation_matrix(items, weights=nobody), NotComputed)


def test_weighted_with_constants() -> None:
    x = np.arange(40.0)
    items = [number(x, "x"), number(np.full(40, 2.0), "constant"), number(np.where(x < 2, x, np.nan), "two")]
    result = correlation_matrix(items, weights=equal_weights(40))
    assert isinstance(result, CorrelationMatrix)
    assert_sound(result)
    assert [cell.value is None for cell in result.cells[1]] == [True, True, True]
