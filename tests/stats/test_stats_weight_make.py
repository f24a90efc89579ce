"""Raking, post-stratification and trimming against R's survey package, and every way to refuse."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from stats.stats_sample import assert_sound, multi, numbers
from stats.weight_sample import (
    AGE,
    AGE_MARGIN,
    AGE_SHARES,
    AGES,
    ANSWERS,
    EVERYBODY,
    JOINT_MARGIN,
    JOINT_SHARES,
    SEX,
    SEX_MARGIN,
    SEX_SHARES,
    SEXES,
    W,
    Y,
    closed,
    margin,
    scheme,
)

from surveyapp.domain.codec import to_plain
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Choice, Kind, Missing, Question
from surveyapp.domain.weight import Margin, MarginQuestion, Target, TargetUnit, Trim, WeightKind, WeightScheme
from surveyapp.stats.answers import Answers
from surveyapp.stats.weight.cell import AnswersOf
from surveyapp.stats.weight.make import make_weights, needed
from surveyapp.stats.weight.moment import weighted_mean, weighted_sample
from surveyapp.stats.weight.refusal import Obstacle, WeightingError
from surveyapp.stats.weight.result import Weighted

RAKE = scheme(AGE_MARGIN, SEX_MARGIN)

# R 4.2.2, survey 4.1-1; designs as in test_stats_weight_share; weights(r) by age and sex
R_RAKED = {
    (0, 0): 1.220021878261,
    (1, 1): 1.354468427774,
    (0, 1): 3.459846852171,
    (2, 0): 0.6525904778847,
    (1, 0): 0.4776168385205,
    (3, 1): 1.91275858189,
    (3, 0): 0.6744828362198,
    (2, 1): 1.850674279615,
}
# the same with i %% 10 == 3 recoded to a fifth age of a target of 6 people, the others 54 * c(.2, .3, .35, .15)
R_OWN_CELL = {
    (0, 0): 1.080805102178251,
    (1, 1): 1.428052604314593,
    (0, 1): 3.234364284752113,
    (9, 0): 0.500932874362601,
    (1, 0): 0.477202443830610,
    (2, 0): 0.727548412906591,
    (3, 1): 1.735097281886423,
    (3, 0): 0.579805436227227,
    (9, 1): 1.499067125637424,
    (2, 1): 2.177225660195922,
}


def make(wanted: WeightScheme, answers: AnswersOf = ANSWERS, among: NDArray[np.bool_] = EVERYBODY) -> Weighted:
    made = make_weights(wanted, answers, among=among)
    assert_sound(made.result)
    to_plain(made.result)
    values = made.weights.values
    assert values[values > 0].mean() == pytest.approx(1)
    return made


def standard_error(made: Weighted) -> float:
    mean, _sd = weighted_mean(weighted_sample(Y, made.weights), 0.95)
    assert mean.high is not None
    return (mean.high - mean.value) / 2.0009953780882674  # qt(.975, 59)


def refused(wanted: WeightScheme, answers: AnswersOf = ANSWERS) -> WeightingError:
    with pytest.raises(WeightingError) as caught:
        make_weights(wanted, answers, among=np.ones(len(next(iter(answers.values()))), dtype=np.bool_))
    assert isinstance(caught.value, UserError)
    assert caught.value.what_to_do
    return caught.value


def test_raked_weights_are_those_of_r() -> None:
    made = make(RAKE)
    expected = [R_RAKED[int(age), int(sex)] for age, sex in zip(AGE, SEX, strict=True)]
    assert made.weights.values == pytest.approx(expected, rel=1e-9)
    result = made.result
    assert result.weighting.n_effective == pytest.approx(44.5416058825, rel=1e-9)  # sum(w)^2 / sum(w^2)
    assert result.weighting.design_effect == pytest.approx(60 / 44.5416058825)
    assert (result.smallest, result.largest) == pytest.approx((0.4776168385205, 3.459846852171))
    assert (result.n, result.n_without, result.n_trimmed, result.bounds) == (60, 0, 0, None)
    assert result.deviation < 1e-10
    assert 1 < result.rounds < 100
    assert "60 people tell as much as 45 unweighted" in result.sentence


def test_what_moved() -> None:
    age, sex = make(RAKE).result.margins
    assert (age.name, [cell.label for cell in age.cells]) == ("age", list(AGES))
    assert [cell.n for cell in age.cells] == [8, 23, 23, 6]
    assert [cell.before for cell in age.cells] == pytest.approx([8 / 60, 23 / 60, 23 / 60, 6 / 60])
    assert [cell.target for cell in age.cells] == pytest.approx(list(AGE_SHARES))
    assert [cell.after for cell in age.cells] == pytest.approx(list(AGE_SHARES), abs=1e-9)
    assert [cell.after for cell in sex.cells] == pytest.approx(list(SEX_SHARES), abs=1e-9)
    assert (age.n_missing, age.missing) == (0, 0.0)


def test_post_stratification_is_that_of_r() -> None:
    made = make(scheme(JOINT_MARGIN, kind=WeightKind.POST_STRATIFY))
    counts = [[7, 1], [15, 8], [18, 5], [2, 4]]
    expected = [60 * JOINT_SHARES[a][s] / counts[a][s] for a, s in zip(AGE, SEX, strict=True)]
    assert made.weights.values == pytest.approx(expected, rel=1e-12)
    (moved,) = made.result.margins
    assert moved.name == "age × sex"
    assert moved.cells[1].label == "18–29, Man"
    assert made.result.rounds == 1
    # R: SE(svymean(~y, p))
    assert standard_error(made) == pytest.approx(0.874423299187, rel=1e-9)


def test_counts_do_as_shares() -> None:
    counted = margin("age", AGES, [share * 83_000 for share in AGE_SHARES], TargetUnit.COUNT)
    assert make(scheme(counted, SEX_MARGIN)).weights.values == pytest.approx(make(RAKE).weights.values)


def test_shares_that_were_rounded_are_taken_as_meant() -> None:
    rounded = margin("age", AGES, [0.2, 0.3, 0.35, 0.16])
    assert [cell.target for cell in make(scheme(rounded)).result.margins[0].cells] == pytest.approx(
        [0.2 / 1.01, 0.3 / 1.01, 0.35 / 1.01, 0.16 / 1.01]
    )


def test_people_without_an_answer_are_a_cell_of_their_own() -> None:
    lost = np.arange(60) % 10 == 3
    codes = [None if out else int(age) for age, out in zip(AGE, lost, strict=True)]
    answers = {**ANSWERS, ("age", 0): closed(codes, AGES, "age")}
    made = make(RAKE, answers)
    ages = np.where(lost, 9, AGE)
    expected = [R_OWN_CELL[int(age), int(sex)] for age, sex in zip(ages, SEX, strict=True)]
    assert made.weights.values == pytest.approx(expected, rel=1e-9)
    assert standard_error(made) == pytest.approx(0.933363813806, rel=1e-8)
    age, sex = made.result.margins
    assert (age.n_missing, age.missing, sex.n_missing) == (6, 0.1, 0)
    assert made.weights.values[lost].sum() == pytest.approx(6)
    assert [cell.after for cell in age.cells] == pytest.approx(list(AGE_SHARES), abs=1e-9)
    assert "6 people have no answer to age" in made.result.notes[0]


def test_only_people_of_the_base_are_weighted() -> None:
    among = Y > 4
    made = make(RAKE, among=among)
    assert (made.weights.values[~among] == 0).all()
    assert made.result.n == among.sum()
    assert made.result.n_without == (~among).sum()
    inside = make(RAKE, {key: one.take(among) for key, one in ANSWERS.items()}, among[among])
    assert made.weights.values[among] == pytest.approx(inside.weights.values)


def test_trimming_to_bounds_that_can_be_held() -> None:
    # R: while a weight is beyond: w <- pmin(pmax(w, .5), 2.8); w <- w*60/sum(w); w <- weights(rake(svydesign(w), ...))
    made = make(replace(RAKE, trim=Trim(low=0.5, high=2.8)))
    result = made.result
    smaller = [0.499999624571, 0.588771698219, 0.606803549878, 1.31250070393]
    larger = [1.31428547674, 1.95561415089, 2.01550722044, 2.80000166281]
    assert sorted(set(made.weights.values.round(9))) == pytest.approx([*smaller, *larger], abs=2e-9)
    assert standard_error(made) == pytest.approx(0.970741839969, rel=1e-7)
    assert (result.bounds, result.n_trimmed) == ((0.5, 2.8), 16)  # 15 of .478 and 1 of 3.46
    assert [cell.after for cell in result.margins[0].cells] == pytest.approx(list(AGE_SHARES), abs=1e-9)
    assert result.notes[-1].startswith("16 weights beyond the bounds of 0.5 and 2.8 were cut to them. The margins were")
    assert "all the same" not in result.notes[-1]


def test_trimming_to_bounds_the_margins_do_not_allow_is_told() -> None:
    made = make(replace(RAKE, trim=Trim(low=0.8, high=1.3)))
    assert (made.result.smallest, made.result.largest) == pytest.approx((0.453440123099843, 2.56151477880803), rel=1e-6)
    assert standard_error(made) == pytest.approx(0.970885352780706, rel=1e-6)
    assert "all the same: from 0.453 to 2.56" in made.result.notes[-1]
    assert [cell.after for cell in made.result.margins[0].cells] == pytest.approx(list(AGE_SHARES), abs=1e-9)


SEX_OF_SOME = closed([None if i % 9 == 4 else int(code) for i, code in enumerate(SEX)], SEXES, "sex")


def test_people_without_an_answer_keep_their_share_when_weights_are_trimmed() -> None:
    """As in R (survey 4.1.1), where no answer is a level of its own, 7 of 60 in the margin: 50 times
    w <- pmin(pmax(w, .5), 1.9); w <- w*60/sum(w); w <- weights(rake(svydesign(w), ...))
    """
    made = make(replace(RAKE, trim=Trim(low=0.5, high=1.9)), {**ANSWERS, ("sex", 0): SEX_OF_SOME})
    without = SEX_OF_SOME.missing > 0
    assert made.weights.values[without].sum() == pytest.approx(without.sum())
    smaller = [0.498661187, 0.499232056, 0.687231017, 0.750370771, 1.332838973]
    larger = [1.419320248, 1.442065956, 1.902600448, 1.905538307, 1.906384491]
    assert sorted(set(made.weights.values.round(9))) == pytest.approx([*smaller, *larger], abs=2e-9)
    assert made.result.weighting.n_effective == pytest.approx(45.91326596886)
    assert made.result.n_trimmed == 18


def test_a_bound_below_what_a_margin_needs_changes_nothing_where_weights_are_alike() -> None:
    """One margin of two answers has one weight for each: whatever is cut has to be given back."""
    few = np.arange(60) < 6
    answers = {("sex", 0): closed([None if i == 59 else int(one) for i, one in enumerate(few)], SEXES, "sex")}
    wanted = scheme(SEX_MARGIN, kind=WeightKind.POST_STRATIFY)
    plain, trimmed = make(wanted, answers), make(replace(wanted, trim=Trim(high=3)), answers)
    assert plain.result.largest > 5
    assert trimmed.weights.values == pytest.approx(plain.weights.values)
    assert "beyond the bounds all the same" in trimmed.result.notes[-1]


def test_trimming_to_a_multiple_of_the_median() -> None:
    made = make(replace(RAKE, trim=Trim(times_median=5)))
    assert made.result.bounds == pytest.approx((0.652590477884694 / 5, 0.652590477884694 * 5))
    assert made.result.n_trimmed == 1
    loose = make(replace(RAKE, trim=Trim(times_median=50)))
    assert loose.weights.values == pytest.approx(make(RAKE).weights.values)
    assert loose.result.notes == ("No weight was beyond the bounds: nothing was trimmed.",)


def test_an_open_bound() -> None:
    made = make(replace(RAKE, trim=Trim(low=0.5)))
    assert made.result.bounds == (0.5, None)
    assert made.result.smallest == pytest.approx(0.5, rel=1e-5)


@pytest.mark.parametrize(
    "trim",
    [Trim(low=2), Trim(high=0.5), Trim(low=-1), Trim(times_median=1), Trim(times_median=math.nan), Trim(high=math.nan)],
)
def test_bounds_that_nothing_can_hold_are_refused(trim: Trim) -> None:
    assert refused(replace(RAKE, trim=trim)).obstacle is Obstacle.BAD_TRIM


def test_weights_of_a_column_are_taken_as_given() -> None:
    cells: list[float | None] = W.tolist()
    cells[3], cells[4] = None, 0.0
    column = numbers(cells, column="w")
    made = make(scheme(kind=WeightKind.COLUMN, column="w"), {("w", 0): column})
    expected = np.array([cell or 0.0 for cell in cells])
    assert made.weights.values == pytest.approx(expected / expected[expected > 0].mean())
    assert made.weights.margins is None
    assert (made.result.n, made.result.n_without) == (58, 2)
    assert made.result.notes == ("2 people have no weight and count for nothing.",)
    huge = make(scheme(kind=WeightKind.COLUMN, column="w"), {("w", 0): numbers([1e300, 1.7e308])}, EVERYBODY[:2])
    assert huge.result.weighting.n_effective == pytest.approx(1, abs=1e-6)


def test_a_column_can_be_trimmed() -> None:
    made = make(scheme(kind=WeightKind.COLUMN, column="w", trim=Trim(low=0.5, high=1.5)))
    assert 0.5 <= made.result.smallest < 0.51
    assert made.result.largest == pytest.approx(1.5, rel=1e-5)
    assert "margins" not in made.result.notes[0]


def test_columns_that_hold_no_weights_are_refused() -> None:
    column = scheme(kind=WeightKind.COLUMN, column="w")
    for cells in ([-1.0, 2.0], [0.0, 0.0], [None, None]):
        error = refused(column, {("w", 0): numbers(cells, column="w")})
        assert (error.obstacle, error.margin) == (Obstacle.BAD_WEIGHT, "w")
    assert "not a number" in refused(column, {("w", 0): closed([0, 1], SEXES, "w")}).title
    for apart in ([1e-300, 1e300], [1.0, 1e-13, 2.0]):  # 1e-300 / 1e300 is 0: that person would be none, unsaid
        assert "too far apart" in refused(column, {("w", 0): numbers(apart, column="w")}).title


def test_an_empty_cell_is_refused_with_its_margin() -> None:
    answers = {**ANSWERS, ("age", 0): closed(np.minimum(AGE, 2), AGES, "age")}
    error = refused(scheme(margin("age", AGES, [0.2, 0.37, 0.35, 0.08])), answers)
    assert error.title == (
        "Raking cannot settle: nobody in the data is “65 or over” (age), but the target is 8\u202f%."
    )
    assert (error.obstacle, error.margin, error.cell) == (Obstacle.EMPTY_CELL, "age", "65 or over")


def test_an_answer_without_a_target_is_refused() -> None:
    error = refused(scheme(margin("age", AGES[:3], [0.3, 0.3, 0.4])))
    assert error.title == "age has no target for “65 or over”, the answer of 6 people."
    joint = refused(scheme(replace(JOINT_MARGIN, targets=JOINT_MARGIN.targets[:6], unit=TargetUnit.COUNT)))
    assert (joint.obstacle, joint.margin, joint.cell) == (Obstacle.NO_TARGET, "age × sex", "65 or over, Man")


@pytest.mark.parametrize("value", [0.0, -0.1, math.nan, math.inf])
def test_targets_that_are_no_number_above_0_are_refused(value: float) -> None:
    error = refused(scheme(margin("age", AGES, [value, 0.5, 0.35, 0.15])))
    assert (error.obstacle, error.margin, error.cell) == (Obstacle.BAD_TARGET, "age", "18–29")


def test_a_target_of_0_that_nobody_stands_against_is_met() -> None:
    answers = {**ANSWERS, ("age", 0): closed(np.minimum(AGE, 2), AGES, "age")}
    made = make(scheme(margin("age", AGES, [0.3, 0.3, 0.4, 0.0])), answers)
    assert [cell.label for cell in made.result.margins[0].cells] == list(AGES[:3])


def test_shares_that_do_not_add_up_are_refused() -> None:
    error = refused(scheme(margin("age", AGES, [0.2, 0.3, 0.35, 0.08])))
    assert error.title == "The targets of age add up to 93\u202f%."
    assert (error.obstacle, error.margin) == (Obstacle.BAD_TOTAL, "age")
    assert refused(scheme(margin("age", AGES, [0] * 4, TargetUnit.COUNT))).obstacle is Obstacle.BAD_TOTAL


def test_counts_of_different_people_are_refused() -> None:
    ages = margin("age", AGES, [200, 300, 350, 150], TargetUnit.COUNT)
    error = refused(scheme(ages, margin("sex", SEXES, [500, 520], TargetUnit.COUNT)))
    assert error.title == "The targets of age add up to 1,000 people, those of sex to 1,020."
    assert (error.obstacle, error.margin) == (Obstacle.CONTRADICTION, "sex")
    make(scheme(ages, margin("sex", SEXES, [480, 520.4], TargetUnit.COUNT)))  # rounded


def test_margins_that_no_weights_can_meet_together_are_refused() -> None:
    # everybody over 45 is a man here: 50 % over 45 and 40 % men cannot be
    ages, sexes = [0, 0, 0, 1, 1, 2, 3, 2, 3, 2], [0, 1, 0, 1, 0, 1, 1, 1, 1, 1]
    answers = {("age", 0): closed(ages, AGES, "age"), ("sex", 0): closed(sexes, SEXES, "sex")}
    error = refused(scheme(AGE_MARGIN, margin("sex", SEXES, [0.6, 0.4])), answers)
    assert error.obstacle is Obstacle.NOT_SETTLED
    assert error.title.startswith("Raking did not settle after 500 rounds: ")
    assert error.margin in ("age", "sex")
    assert error.margin in error.title
    assert error.what_to_do.startswith("With these answers it contradicts ")


def test_other_questions_are_refused() -> None:
    number = scheme(Margin(questions=(MarginQuestion(column="w"),), targets=(Target(answers=("1",), value=1),)))
    assert refused(number).obstacle is Obstacle.NOT_CLOSED
    several = Margin(questions=(MarginQuestion(column="m"),), targets=(Target(answers=("A",), value=1),))
    assert refused(scheme(several), {("m", 0): multi([[0], [1]])}).obstacle is Obstacle.NOT_CLOSED
    unknown = refused(scheme(margin("sex", ("Woman", "Men"), SEX_SHARES)))
    assert (unknown.title, unknown.what_to_do) == (
        "sex has no answer called “Men”.",
        "Its answers are: Woman; Man.",
    )


def test_targets_and_margins_twice_and_none_are_refused() -> None:
    twice = refused(scheme(margin("sex", ("Woman", "woman ", "Man"), [0.2, 0.3, 0.5])))
    assert (twice.obstacle, twice.cell) == (Obstacle.TWICE, "woman ")
    assert refused(scheme(AGE_MARGIN, SEX_MARGIN, AGE_MARGIN)).obstacle is Obstacle.TWICE
    assert refused(scheme()).obstacle is Obstacle.NO_MARGIN
    assert refused(scheme(AGE_MARGIN, SEX_MARGIN, kind=WeightKind.POST_STRATIFY)).obstacle is Obstacle.NO_MARGIN


def test_nobody_to_weight() -> None:
    with pytest.raises(WeightingError) as caught:
        make_weights(RAKE, ANSWERS, among=~EVERYBODY)
    assert caught.value.obstacle is Obstacle.NOBODY
    silent = {("age", 0): closed([None, None], AGES, "age")}
    assert refused(scheme(AGE_MARGIN), silent).obstacle is Obstacle.EMPTY_CELL


def test_one_person() -> None:
    made = make(
        scheme(margin("sex", SEXES[:1], [1.0])), {("sex", 0): closed([0], SEXES, "sex")}, np.ones(1, dtype=np.bool_)
    )
    assert made.weights.values.tolist() == [1.0]
    assert made.result.sentence == "The weights run from 1 to 1; 1 person tells as much as 1 unweighted."


STRANGE = ("__import__('os')", "C", "I(x)", "'); DROP TABLE response; --", "🙂", "ש" * 180, "50 %", "%(n)s")


def test_labels_are_only_labels() -> None:
    codes = [code for code in range(len(STRANGE)) for _again in range(code + 1)]
    answers = {("I(x)", 0): closed(codes, STRANGE, "I(x)")}
    equal = margin("I(x)", STRANGE, [1 / len(STRANGE)] * len(STRANGE))
    made = make_weights(scheme(equal), answers, among=np.ones(len(codes), dtype=np.bool_))
    assert [cell.label for cell in made.result.margins[0].cells] == list(STRANGE)
    error = refused(scheme(margin("I(x)", STRANGE[:7], [1 / 7] * 7)), answers)
    assert "“%(n)s”" in error.title


def test_aliases_and_choices_that_stand_for_no_answer() -> None:
    choices = (
        Choice(code=5, label="Woman", aliases=("F",)),
        Choice(code=2, label="Man", aliases=("M",)),
        Choice(code=9, label="Prefer not to say", missing=Missing.REFUSED),
    )
    question = Question(column="sex", kind=Kind.SINGLE, choices=choices)
    values = np.array([5, 2, 2, 9], dtype=np.int32)
    answers = {("sex", 0): Answers(question=question, values=values, missing=np.zeros(4, dtype=np.int8))}
    made = make(scheme(margin("sex", ("f", "M"), [0.5, 0.5])), answers, np.ones(4, dtype=np.bool_))
    assert made.weights.values.tolist() == pytest.approx([1.5, 0.75, 0.75, 1])
    error = refused(scheme(margin("sex", ("f", "M", "Prefer not to say"), [0.5, 0.4, 0.1])), answers)
    assert error.obstacle is Obstacle.UNKNOWN_ANSWER


def test_needed_questions() -> None:
    assert needed(scheme(JOINT_MARGIN, SEX_MARGIN)) == (MarginQuestion(column="age"), MarginQuestion(column="sex"))
    assert needed(scheme(kind=WeightKind.COLUMN, column="w")) == (MarginQuestion(column="w"),)
