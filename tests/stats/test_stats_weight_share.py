"""Weighted shares against R's svyciprop(method = "logit")."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from stats.weight_sample import (
    AGE,
    DOMAIN,
    EVERYBODY,
    SCHOOL_TYPE,
    SCHOOLS,
    Q,
    W,
    given_weights,
    post_weights,
    raked_weights,
)

from surveyapp.stats.interval import wilson
from surveyapp.stats.weight.design import Weights
from surveyapp.stats.weight.share import choice_shares, share_of, tick_shares

# R 4.2.2, survey 4.1-1, data of weight_sample:
#   g <- svydesign(ids = ~1, data = d, weights = ~w); e <- svydesign(ids = ~1, data = d, weights = ~1)
#   pa <- data.frame(age = 0:3, Freq = 60*c(.2, .3, .35, .15)); ps <- data.frame(sex = 0:1, Freq = 60*c(.48, .52))
#   r <- rake(e, list(~age, ~sex), list(pa, ps), control = list(maxit = 500, epsilon = 1e-14))
#   p <- postStratify(e, ~age + sex, data.frame(age = rep(0:3, 2), sex = rep(0:1, each = 4),
#                     Freq = 60*c(.10, .12, .16, .08, .12, .18, .15, .09)))
#   x <- svyciprop(~I(q == k), s, method = "logit"); confint(x)     for s and subset(s, y > 4)
R_SHARES = {
    ("given", "all"): [
        (0.306497175142, 0.192725240741, 0.449993979758),
        (0.21186440678, 0.121865071128, 0.342412533526),
        (0.307909604523, 0.191055153614, 0.455951472076),
        (0.173728813559, 0.0941380254453, 0.298441554171),
    ],
    ("given", "domain"): [
        (0.287394957984, 0.168186919469, 0.445811658902),
        (0.233613445378, 0.13089185361, 0.38155774474),
        (0.366386554622, 0.229697167972, 0.528599173842),
        (0.112605042068, 0.0481230298756, 0.241562457639),
    ],
    ("raked", "all"): [
        (0.328795210241, 0.204427206478, 0.482899673395),
        (0.182094294054, 0.103432870427, 0.300525980222),
        (0.278706035122, 0.168315784924, 0.424539036508),
        (0.21040446059, 0.11109735669, 0.362299503875),
    ],
    ("raked", "domain"): [
        (0.337170208204, 0.1955278639, 0.5156505639),
        (0.215714130294, 0.120788451526, 0.355109535003),
        (0.35188647802, 0.215315629642, 0.517907852392),
        (0.0952291837746, 0.039920468293, 0.210375497601),
    ],
    ("post", "all"): [
        (0.354793650885, 0.255947265408, 0.467812778063),
        (0.192119047619, 0.108658560149, 0.316894173595),
        (0.269738095238, 0.16588923276, 0.40688502131),
        (0.183349206349, 0.102416243722, 0.306405752998),
    ],
    ("post", "domain"): [
        (0.383866692724, 0.268918611553, 0.513441759707),
        (0.193921429578, 0.107743359042, 0.323998900901),
        (0.343862240614, 0.223330873703, 0.488527191657),
        (0.0783496393124, 0.0360463343361, 0.161958012638),
    ],
}
MAKERS = {"given": given_weights, "raked": raked_weights, "post": post_weights}
INSIDE = {"all": EVERYBODY, "domain": DOMAIN}


@pytest.mark.parametrize(("made", "domain"), R_SHARES)
def test_shares_and_intervals_are_those_of_r(made: str, domain: str) -> None:
    inside = INSIDE[domain]
    weights = MAKERS[made](inside)
    by_choice = choice_shares(Q[inside], 4, weights, 0.95)
    by_tick = tick_shares(Q[inside][:, None] == np.arange(4), weights, 0.95)
    for found in (by_choice, by_tick):
        rows = list(zip(found.values, found.lows, found.highs, strict=True))
        for row, expected in zip(rows, R_SHARES[made, domain], strict=True):
            assert row == pytest.approx(expected, abs=1e-8)  # R iterates the logit to about this
    assert sum(by_choice.values) == pytest.approx(1)


def test_other_levels() -> None:
    # R: confint(svyciprop(~I(q == 0), g, level = .9))
    found = choice_shares(Q, 4, given_weights(), 0.9)
    assert (found.lows[0], found.highs[0]) == pytest.approx((0.209016552796, 0.42501244257), abs=1e-9)


def test_the_schools_of_r() -> None:
    # R: svyciprop(~I(stype == "E"), svydesign(ids = ~1, weights = ~pw, data = apistrat)): 0.71375523684, .65307481326
    found = share_of(SCHOOL_TYPE == 0, SCHOOLS, 0.95)
    assert (found.value, found.low) == pytest.approx((0.71375523684, 0.65307481326), abs=1e-9)


def test_shares_of_0_and_1_have_the_wilson_interval_of_the_effective_n() -> None:
    found = choice_shares(np.zeros(60, dtype=np.int64), 2, given_weights(), 0.95)
    effective = W.sum() ** 2 / (W**2).sum()
    low, _high = wilson(effective, effective)
    assert found.values == [1.0, 0.0]
    assert found.lows == pytest.approx([float(low), 0])
    assert found.highs == pytest.approx([1, 1 - float(low)])


def test_a_share_the_margins_fix_has_no_error() -> None:
    found = choice_shares(AGE, 4, raked_weights(), 0.95)
    assert found.values == pytest.approx([0.2, 0.3, 0.35, 0.15])
    assert found.lows == pytest.approx(found.values, abs=1e-7)
    assert found.highs == pytest.approx(found.values, abs=1e-7)


def test_many_choices_in_parts() -> None:
    places = np.arange(60) % 59 * 4
    raked = raked_weights()
    found = choice_shares(places, 300, raked, 0.95)
    ticks = tick_shares(places[:, None] == np.arange(300), raked, 0.95)
    assert found.lows == pytest.approx(ticks.lows, abs=1e-12)


def test_one_person_and_nobody() -> None:
    one = Weights(name="", values=np.array([2.0]), inside=np.array([True]))
    found = share_of(np.array([True]), one, 0.95)
    low, _high = wilson(1, 1)
    assert (found.value, found.low, found.high) == pytest.approx((1.0, float(low), 1.0))
    nobody = Weights(name="", values=np.zeros(2), inside=np.ones(2, dtype=np.bool_))
    assert share_of(np.array([True, False]), nobody, 0.95).low is None


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.floats(0, 5)), min_size=1, max_size=30).filter(
        lambda rows: sum(w for _q, w in rows) > 1e-3
    ),
    st.sampled_from([2.0, 0.001, 7e5]),
)
def test_neither_scale_nor_order_matters(rows: list[tuple[int, float]], scale: float) -> None:
    def found(q: NDArray[np.int64], w: NDArray[np.float64]) -> list[float]:
        shares = choice_shares(q, 4, Weights(name="", values=w, inside=np.ones(len(w), dtype=np.bool_)), 0.95)
        for value, low, high in zip(shares.values, shares.lows, shares.highs, strict=True):
            assert 0 <= low <= value <= high <= 1
        return shares.values + shares.lows + shares.highs

    q, w = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    once = found(q, w)
    assert found(q, w * scale) == pytest.approx(once, abs=1e-9)
    assert found(q[::-1], w[::-1]) == pytest.approx(once, abs=1e-9)
