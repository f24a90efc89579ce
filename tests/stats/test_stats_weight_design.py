"""The linearised variance against R's survey package, raked, post-stratified and as given."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from surveyapp.stats.weight.design import Weights, covariance, equal_weights

# R 4.2.2, survey 4.1-1:
#   d <- data.frame(a = c(1,1,1,2,2,2,2,3,3,3), b = c(1,2,1,2,1,2,1,2,1,2), y = c(3,5,4,8,6,9,7,4,2,6))
#   s <- svydesign(ids = ~1, data = d, weights = ~1)
#   r <- rake(s, list(~a, ~b), list(data.frame(a = 1:3, Freq = c(4, 3, 3)), data.frame(b = 1:2, Freq = c(6, 4))),
#             control = list(maxit = 500, epsilon = 1e-14))
#   SE(svymean(~y, r)); SE(svymean(~y, subset(r, a != 2))); g <- svydesign(ids = ~1, data = d, weights = weights(r)) ...
A = np.array([1, 1, 1, 2, 2, 2, 2, 3, 3, 3])
B = np.array([1, 2, 1, 2, 1, 2, 1, 2, 1, 2])
Y = np.array([3.0, 5, 4, 8, 6, 9, 7, 4, 2, 6])
RAKED = np.array(
    [
        *(1.485332084894158, 1.029335830211689, 1.485332084894158, 0.613999063670618, 0.886000936329382),
        *(0.613999063670618, 0.886000936329382, 0.871333021223538, 1.257333957552919, 0.871333021223538),
    ]
)
MARGINS = np.column_stack([A, B]).astype(np.int32)
EVERYBODY = np.ones(10, dtype=np.bool_)


def standard_error(weights: Weights) -> float:
    """Of the weighted mean of Y."""
    w, y = weights.of_base, Y[weights.inside]
    influence = (y - np.average(y, weights=w)) / w.sum()
    return float(np.sqrt(covariance(influence[:, None], weights)[0, 0]))


@pytest.mark.parametrize(
    ("inside", "margins", "expected"),
    [
        (EVERYBODY, MARGINS, 0.217351863699542),
        (A != 2, MARGINS, 0.374477921052733),
        (EVERYBODY, None, 0.655606478311628),
        (A != 2, None, 0.519704053053558),
    ],
    ids=["raked", "raked-domain", "given", "given-domain"],
)
def test_a_mean_has_the_error_of_r(
    inside: NDArray[np.bool_], margins: NDArray[np.int32] | None, expected: float
) -> None:
    weights = Weights(name="", values=RAKED, inside=inside, margins=margins)
    assert standard_error(weights) == pytest.approx(expected, rel=1e-9)


def test_a_post_stratified_mean_has_the_error_of_r() -> None:
    values = np.array([0, 4 / 3, 3 / 4, 1])[A]
    weights = Weights(name="", values=values, inside=EVERYBODY, margins=MARGINS[:, :1])
    assert standard_error(weights) == pytest.approx(0.399556080830207, rel=1e-12)


def test_equal_weights_give_the_plain_error() -> None:
    assert standard_error(equal_weights(10)) == pytest.approx(Y.std(ddof=1) / np.sqrt(10), rel=1e-12)


@pytest.mark.parametrize("margins", [MARGINS, None])
def test_the_scale_of_weights_means_nothing(margins: NDArray[np.int32] | None) -> None:
    once = Weights(name="", values=RAKED, inside=EVERYBODY, margins=margins)
    twice = Weights(name="", values=2 * RAKED, inside=EVERYBODY, margins=margins)
    assert standard_error(twice) == pytest.approx(standard_error(once), rel=1e-12)


def test_who_has_no_weight_is_not_in_the_sample() -> None:
    more = Weights(name="", values=np.append(RAKED, 0.0), inside=np.append(EVERYBODY, True))
    influence = np.append(Y - np.average(Y, weights=RAKED), 5.0) / RAKED.sum()
    assert covariance(influence[:, None], more)[0, 0] == pytest.approx(0.655606478311628**2, rel=1e-9)


def test_one_person_says_nothing_of_variance() -> None:
    assert covariance(np.ones((1, 2)), equal_weights(1)).tolist() == [[0, 0], [0, 0]]


def test_take_keeps_the_wave() -> None:
    weights = Weights(name="", values=RAKED, inside=A != 2)
    fewer = weights.take(Y[A != 2] > 3)
    assert len(fewer) == 4
    assert fewer.of_base.tolist() == RAKED[(A != 2) & (Y > 3)].tolist()
