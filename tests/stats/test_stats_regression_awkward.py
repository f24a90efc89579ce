"""Regressions of data that have no answer, and of questions named to do harm: sentences, never a traceback or a NaN."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stats.stats_sample import assert_sound, multi, numbers, single, words

from surveyapp.domain.codec import to_plain
from surveyapp.domain.question import Choice, Kind, Missing, Question
from surveyapp.stats.answers import Answers
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.regression.fit import regression
from surveyapp.stats.regression.result import Regression
from surveyapp.stats.regression.spec import Coding, Model, Outcome, Predictor
from surveyapp.stats.weight.design import Weights

RNG = np.random.default_rng(4)
N = 60
Y = RNG.normal(10, 3, N)
X = RNG.normal(0, 1, N)
G = RNG.integers(0, 3, N)
YES = (RNG.random(N) < 0.5).astype(int)


def named(answers: Answers, name: str) -> Answers:
    question = answers.question
    return Answers(
        question=Question(column=name, kind=question.kind, choices=question.choices, ordered=question.ordered),
        values=answers.values,
        missing=answers.missing,
    )


def run(
    outcome: Answers, *items: Answers, model: Model | None = None, yes: tuple[int, ...] = (), **kwargs: object
) -> Regression | NotComputed:
    weights = kwargs.get("weights")
    assert weights is None or isinstance(weights, Weights)
    result = regression(
        Outcome(answers=outcome, yes=yes),
        [Predictor(answers=named(one, f"P{i}")) for i, one in enumerate(items)],
        model=model,
        weights=weights,
    )
    assert_sound(result)
    to_plain(result)
    return result


def reason(result: Regression | NotComputed) -> str:
    assert isinstance(result, NotComputed), result
    return result.reason


def done(result: Regression | NotComputed) -> Regression:
    assert isinstance(result, Regression), result
    return result


def test_too_little() -> None:
    assert "nobody is left" in reason(run(numbers([]), numbers([])))
    assert "nobody answered all" in reason(run(numbers([None, 1]), numbers([1, None])))
    assert "only 1 person is left" in reason(run(numbers([1]), numbers([2])))
    assert "2 people are too few for 2" in reason(run(numbers([1, 2]), numbers([2, 5])))
    assert "gave the same answer" in reason(run(numbers([3, 3, 3]), numbers([2, 5, 6])))
    assert "“P0” is the same for all 4 people" in reason(run(numbers([3, 4, 5, 6]), numbers([2, 2, 2, 2])))
    assert "choose a question" in reason(run(numbers([3, 4, 5, 6])))
    assert "no predictor differs" in reason(run(numbers([3, 4, 5, 6]), numbers([2, 2, 2, 2]), single([1, 1, 1, 1])))


def test_a_constant_predictor_is_named_and_the_others_stay() -> None:
    result = done(run(numbers(Y.tolist()), numbers(X.tolist()), single([1] * N, 2)))
    assert [row.predictor for row in result.coefficients] == ["P0"]
    assert [one.reason for one in result.not_estimated] == ["Not estimated: “P1” is the same for all 60 people left."]


def test_dependent_predictors_are_named() -> None:
    result = done(run(numbers(Y.tolist()), numbers(X.tolist()), single(G.tolist()), numbers((2 * X - G).tolist())))
    assert [row.predictor for row in result.coefficients] == ["P0", "P1", "P1"]
    assert result.not_estimated[0].reason == "Not estimated: “P2” follows exactly from “P0” and “P1”."
    twice = done(run(numbers(Y.tolist()), single(G.tolist()), single((2 - G).tolist())))
    assert len(twice.coefficients) == 2
    assert "“P1: B” follows exactly from “P0”" in twice.not_estimated[0].reason


def test_empty_answers_stay_named() -> None:
    result = done(run(numbers(Y.tolist()), single((2 * (G > 1)).tolist(), 4)))
    assert [row.label for row in result.coefficients] == ["C"]
    assert [one.reason for one in result.not_estimated] == [
        "Not estimated: nobody left answered “B”.",
        "Not estimated: nobody left answered “D”.",
    ]


def test_missing_people_are_told() -> None:
    y: list[float | Missing | None] = Y.tolist()
    x: list[float | Missing | None] = X.tolist()
    g: list[int | Missing | None] = G.tolist()
    y[0], y[1], x[1], x[2], g[3], g[4] = None, None, Missing.REFUSED, None, Missing.NOT_SHOWN, None
    result = done(run(numbers(y), numbers(x), single(g)))
    assert (result.counted.n, result.n_used) == (55, 55)
    assert [(one.predictor, one.n, one.only) for one in result.dropped] == [("q", 2, 1), ("P0", 2, 1), ("P1", 2, 2)]
    assert result.missing_rule == (
        "Complete cases: 55 of 60 people answered every question. Left out for want of an answer:"
        " “q” 2 (1 for it alone), “P0” 2 (1 for it alone), “P1” 2 (2 for it alone)."
    )


def test_an_exact_fit_has_no_error_to_measure_by() -> None:
    assert "exactly, as if it were made" in reason(run(numbers((3 * X + 1).tolist()), numbers(X.tolist())))


def test_a_person_alone_in_an_answer_leaves_it() -> None:
    g = [3, *G[1:].tolist()]
    result = done(run(numbers(Y.tolist()), single(g, 4)))
    assert result.n_used == N - 1
    assert result.not_estimated[0].reason == "Not estimated: one person alone answered “D” and is left out."
    without = done(run(numbers(Y[1:].tolist()), single(g[1:], 4)))
    assert [row.se for row in result.coefficients] == [row.se for row in without.coefficients]


def test_a_lonely_number_is_left_out() -> None:
    x = np.zeros(N)
    x[5] = 7.0
    result = done(run(numbers(Y.tolist()), numbers(X.tolist()), numbers(x.tolist())))
    assert result.notes == ("1 person whose answers alone fix a coefficient is left out.",)
    assert [row.predictor for row in result.coefficients] == ["P0"]


def test_a_person_who_fixes_a_rate_is_left_out() -> None:
    """Their residual is 0: errors that rest on residuals would call the rate of one person certain."""
    kids, lonely = numbers((np.arange(N) % 3).tolist()), np.zeros(N)
    lonely[5] = 7.0
    result = done(run(kids, numbers(X.tolist()), numbers(lonely.tolist()), model=Model.POISSON))
    assert result.notes == ("1 person whose answers alone fix a coefficient is left out.",)
    answers = [0, 1, 1, 0, 1, 2, *[int(place % 2) for place in range(N - 6)]]
    result = done(run(kids, numbers(X.tolist()), single(answers), model=Model.POISSON))
    assert result.not_estimated[0].reason == "Not estimated: one person alone answered “C” and is left out."


def test_separation() -> None:
    yes = (X > 0).astype(int).tolist()
    said = reason(run(single(yes, 2), numbers(X.tolist()), numbers(Y.tolist()), model=Model.LOGIT))
    assert said.startswith("Not computed: “P0” tells the answers to “q” apart")
    assert "separation" in said
    assert "separation" in reason(run(single(yes, 2), numbers(np.round(X * 2).tolist()), model=Model.LOGIT))
    steps = np.digitize(X, [-0.5, 0.5]).tolist()
    assert "separation" in reason(run(single(steps, 3, kind=Kind.SCALE), numbers(X.tolist())))
    only_zero = ((X < 0) & (G == 1)).astype(float)
    kids = np.where(only_zero == 1, 0, np.arange(N) % 3).tolist()
    predictors = numbers(only_zero.tolist()), numbers(Y.tolist())
    assert "“P0” tells" in reason(run(numbers(kids), *predictors, model=Model.POISSON))


def test_an_answer_whose_people_all_said_yes_leaves_with_them() -> None:
    yes = np.where(G == 2, 1, YES)
    result = done(run(single(yes.tolist(), 2), single(G.tolist()), numbers(X.tolist()), yes=(1,)))
    n = int((G == 2).sum())
    assert result.n_used == N - n
    assert result.not_estimated[0].reason == f"Not estimated: all {n} people with “C” said “B”; they are left out."
    keep = G != 2
    without = done(run(single(yes[keep].tolist(), 2), single(G[keep].tolist()), numbers(X[keep].tolist()), yes=(1,)))
    assert [row.se for row in result.coefficients] == [row.se for row in without.coefficients]
    assert "apart without a miss" in reason(run(single((G == 1).astype(int).tolist(), 2), single(G.tolist())))


def test_steps_that_nobody_took() -> None:
    steps = np.digitize(Y + X, [8, 11])
    result = done(run(single((steps * 2).tolist(), 6, kind=Kind.SCALE), numbers(X.tolist())))
    assert [row.label for row in result.thresholds] == ["A", "C"]
    assert result.notes == ("Nobody left answered “B”, “D”, “F”; the steps beside stand for it.",)
    dense = done(run(single(steps.tolist(), 3, kind=Kind.SCALE), numbers(X.tolist())))
    assert result.coefficients == dense.coefficients


def test_questions_that_fit_no_model() -> None:
    good = numbers(Y.tolist())
    assert "cannot be a predictor" in reason(run(good, words(["a"] * N)))
    assert "neither a number nor ordered" in reason(run(single(G.tolist()), numbers(Y.tolist()), model=Model.LINEAR))
    assert "choose which answers" in reason(run(single(G.tolist()), good))
    assert "are not whole numbers" in reason(run(good, numbers(X.tolist()), model=Model.POISSON))
    assert "have no order" in reason(run(single(G.tolist()), good, model=Model.ORDINAL))
    assert "no answers that could count as yes" in reason(run(good, good, model=Model.LOGIT))
    many = single(np.arange(N).tolist(), 500)
    assert "has 60 different answers. Group them" in reason(run(good, many))
    with pytest.raises(ValueError, match="same people"):
        run(good, numbers([1]))
    scored = regression(Outcome(answers=good), [Predictor(answers=single(G.tolist()), coding=Coding.SCORES)])
    assert isinstance(scored, NotComputed)
    assert "no order to score" in scored.reason
    absent = regression(Outcome(answers=good), [Predictor(answers=single(G.tolist(), 4), reference=3)])
    assert isinstance(absent, NotComputed)
    assert "nobody left answered “D”" in absent.reason


def test_weights_of_zero() -> None:
    nothing = Weights(name="w", values=np.zeros(N), inside=np.ones(N, dtype=np.bool_))
    assert "nobody left has a weight" in reason(run(numbers(Y.tolist()), numbers(X.tolist()), weights=nothing))
    few = nothing.values.copy()
    few[:2] = 1
    some = Weights(name="w", values=few, inside=nothing.inside)
    assert "2 people are too few" in reason(run(numbers(Y.tolist()), numbers(X.tolist()), weights=some))


@pytest.mark.parametrize("size", [1e300, 1e-300, 1.7e308, 5e-324])
def test_enormous_and_tiny_numbers(size: float) -> None:
    x = (np.arange(N) % 7) * (size / 7)
    for outcome, predictor in ((numbers(Y.tolist()), numbers(x.tolist())), (numbers(x.tolist()), numbers(X.tolist()))):
        run(outcome, predictor)
    run(single(YES.tolist(), 2), numbers(x.tolist()), model=Model.LOGIT)
    run(numbers(np.floor(x).tolist()), numbers(X.tolist()), model=Model.POISSON)


def test_multiple_choice_items() -> None:
    rows: list[Sequence[int] | Missing | None] = [[0] if v > 0 else [1, 2] if v > -0.5 else [1] for v in X]
    rows[0] = None
    result = done(run(numbers(Y.tolist()), multi(rows, 4)))
    assert result.n_used == N - 1
    assert [(row.label, row.reference) for row in result.coefficients] == [("A", "not ticked"), ("C", "not ticked")]
    said = [one.reason for one in result.not_estimated]
    assert "Not estimated: nobody left ticked “D”." in said
    assert any("“P0: B” follows exactly" in one for one in said)
    seen = Predictor(answers=multi(rows, 4), seen=np.ones(N, dtype=np.bool_))
    everybody = regression(Outcome(answers=numbers(Y.tolist())), [seen])
    assert isinstance(everybody, Regression)
    assert everybody.counted.n == N


HOSTILE = [
    "__import__('os')",
    "C",
    "I(x)",
    "'); DROP TABLE x; --",
    "😀 👩‍🚀",
    "x" * 180,
    "שאלה %(n)s %s",
    "",
    " ",
    "{0}",
]


def test_names_are_only_names() -> None:
    choices = tuple(Choice(code=i, label=label) for i, label in enumerate(HOSTILE))
    g = np.arange(N) % len(HOSTILE)
    plain = regression(Outcome(answers=numbers(Y.tolist())), [Predictor(answers=single(g.tolist(), len(HOSTILE)))])
    assert isinstance(plain, Regression)
    for name in HOSTILE:
        predictor = Predictor(answers=named(single(g.tolist(), choices), name))
        result = regression(Outcome(answers=named(numbers(Y.tolist()), name)), [predictor])
        assert isinstance(result, Regression)
        assert_sound(result)
        assert [row.label for row in result.coefficients] == HOSTILE[1:]
        assert [row.se for row in result.coefficients] == [row.se for row in plain.coefficients]
        run(single(YES.tolist(), choices[:2]), predictor.answers, model=Model.LOGIT)


CELL = st.one_of(st.none(), st.sampled_from(Missing), st.integers(-3, 3), st.sampled_from([1e300, -1e300, 0.1, 1e-300]))


@settings(max_examples=80, deadline=None)
@given(st.data(), st.integers(0, 25), st.sampled_from(Model), st.booleans())
def test_whatever_comes(data: st.DataObject, n: int, model: Model, weighted: bool) -> None:
    cells = st.lists(CELL, min_size=n, max_size=n)
    codes = st.lists(st.one_of(st.none(), st.integers(0, 3)), min_size=n, max_size=n)
    outcome = numbers(data.draw(cells))
    if model in (Model.ORDINAL, Model.LOGIT):
        outcome = single(data.draw(codes), 4, kind=Kind.SCALE)
    weights = None
    if weighted:
        values = np.array(data.draw(st.lists(st.sampled_from([0.0, 0.5, 1.0, 1e-9, 1e9]), min_size=n, max_size=n)))
        weights = Weights(name="w", values=values.astype(np.float64), inside=np.ones(n, dtype=np.bool_))
    run(outcome, numbers(data.draw(cells)), single(data.draw(codes), 4), model=model, yes=(1, 2), weights=weights)
