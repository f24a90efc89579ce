"""Changes between waves and regressions tell nothing of few people where these are to be hidden."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from reports.report_sample import report_input
from stats.association_sample import closed, number, ticks

from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base, Block, BlockKind, ShowAs
from surveyapp.domain.question import Kind
from surveyapp.reports.build import build_document
from surveyapp.reports.change_hiding import said_by
from surveyapp.reports.document import FigureBlock
from surveyapp.reports.small_cell import n_small, small_cells, without_small
from surveyapp.stats.drop_off.curve import drop_off
from surveyapp.stats.drop_off.result import DropOff
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.group_control.compare import Groups, group_control
from surveyapp.stats.group_control.result import GroupControl
from surveyapp.stats.question.describe import describe
from surveyapp.stats.regression.fit import regression
from surveyapp.stats.regression.result import Regression
from surveyapp.stats.regression.spec import Model, Outcome, Predictor
from surveyapp.stats.result import ProbabilitySummary, Result
from surveyapp.stats.wave_change.answer_series import answer_series
from surveyapp.stats.wave_change.compare import Comparison, wave_change, wave_changes
from surveyapp.stats.wave_change.every_answer import answer_changes
from surveyapp.stats.wave_change.result import AnswerChanges, AnswerSeries, ChangeScreen, WaveChange
from surveyapp.stats.wave_change.spec import Linked, Measure, Side
from surveyapp.stats.weight.design import Weights

Ints = NDArray[np.int64]


def said(*counts: int) -> Ints:
    """So many people of each answer, in their order."""
    return np.repeat(np.arange(len(counts)), counts)


def side(wave: str, codes: Ints, k: int, *, code: int = 0) -> Side:
    return Side(wave=wave, answers=closed(codes, k, "Diet"), codes=(code,))


def printed(result: Result) -> str:
    """Everything that a report with this result prints where few people are hidden, and says of its figures."""
    spec = AnalysisSpec(kind=AnalysisKind.GROUPS, columns=("q",), base=Base(wave_id=1))
    block = Block(id="b", kind=BlockKind.ANALYSIS, spec=spec, show=ShowAs.BOTH, small_cells="hide")
    report = replace(report_input(), results={"b": result}, bases={})
    content = build_document(replace(report, spec=replace(report.spec, blocks=(block,)))).content
    drawn = [mark.sentence for item in content if isinstance(item, FigureBlock) for mark in item.figure.marks]
    return repr(content) + repr(drawn)


def one_change(earlier: Ints, later: Ints, *, weights: bool = False, linked: Linked | None = None) -> WaveChange:
    """The share of the last answer of three."""
    sides = [side(wave, codes, 3, code=2) for wave, codes in (("2024", earlier), ("2026", later))]
    if weights:
        rng = np.random.default_rng(4)
        sides = [
            replace(
                one,
                weights=Weights(
                    name="w", values=rng.uniform(0.2, 9, len(one.answers)), inside=np.ones(len(one.answers), dtype=bool)
                ),
            )
            for one in sides
        ]
    found = wave_change(Comparison(earlier=sides[0], later=sides[1], measure=Measure.SHARE), linked=linked)
    assert isinstance(found, WaveChange), found
    return found


@pytest.mark.parametrize("weights", [False, True])
def test_an_answer_of_few_people_in_a_wave_is_asked_about_and_hidden(*, weights: bool) -> None:
    found = one_change(said(60, 30, 3), said(50, 40, 20), weights=weights)
    assert [said_by(point) for point in (found.earlier, found.later)] == [3, 20]
    assert [(cell.label, cell.count) for cell in small_cells(found)] == [("Diet: answer 2, 2024", 3)]
    shown = without_small(found)
    assert isinstance(shown, NotComputed)
    words = printed(found)
    assert "Not shown: in one of the waves fewer than 5 people gave this answer, or another one." in words
    assert "p < " not in words
    many = one_change(said(60, 30, 9), said(50, 40, 20), weights=weights)
    assert n_small(many) == 0
    assert without_small(many) is many


def test_all_but_few_people_is_few_people() -> None:
    found = one_change(said(2, 1, 80), said(20, 10, 60))
    assert [cell.count for cell in small_cells(found)] == [3]
    assert isinstance(without_small(found), NotComputed)


def test_few_who_left_are_not_what_everybody_less_the_others_leaves() -> None:
    # 40 of 43 came again; of the three who left, all said the last answer
    earlier, later = said(20, 10, 13), said(30, 20, 20)
    same = np.arange(40)
    found = one_change(earlier, later, linked=Linked(earlier=same, later=same))
    assert small_cells(found)
    shown = without_small(found)
    assert isinstance(shown, WaveChange)
    assert isinstance(shown.returning, NotComputed)
    assert shown.change == found.change
    assert "40 people answered both times" not in printed(found)
    assert "40 people answered both times" in repr(found)


def test_of_many_questions_only_those_of_few_people_go() -> None:
    asked = [
        Comparison(earlier=side("2024", first, 3, code=2), later=side("2026", second, 3, code=2), measure=Measure.SHARE)
        for first, second in ((said(60, 30, 3), said(50, 40, 20)), (said(60, 30, 9), said(50, 40, 20)))
    ]
    found = wave_changes(asked)
    assert n_small(found) == 1
    shown = without_small(found)
    assert isinstance(shown, ChangeScreen)
    assert [type(row) for row in shown.rows] == [NotComputed, WaveChange]
    words = printed(found)
    assert "of 93 people" not in words
    assert "2024: 9.1" in words  # 9 of 99


def all_answers(earlier: Ints, later: Ints, k: int) -> AnswerChanges:
    found = answer_changes(side("2024", earlier, k), side("2026", later, k))
    assert isinstance(found, AnswerChanges)
    return found


def test_an_answer_is_not_what_the_other_answers_leave() -> None:
    found = all_answers(said(60, 30, 9, 2), said(20, 70, 40, 50), 4)
    assert [(cell.label, cell.count) for cell in small_cells(found)] == [("answer 3, 2024", 2)]
    shown = without_small(found)
    assert isinstance(shown, AnswerChanges)
    told = [row.what for row in shown.rows if isinstance(row, WaveChange)]
    assert told == ["answer 0", "answer 1"]  # answer 2 goes with it: 9 + 2 people are what is left
    assert "answer 3" in found.sentence
    assert "answer 3" not in shown.sentence
    assert "Of the answers to “Diet” that are shown, by more than chance changed: “answer 0”." in shown.sentence


def test_an_answer_that_was_not_on_offer_before_is_not_what_the_others_leave() -> None:
    earlier, later = side("2024", said(60, 30), 2), side("2026", said(50, 60, 2), 3)
    found = answer_changes(earlier, later)
    assert isinstance(found, AnswerChanges)
    assert [(cell.label, cell.count) for cell in small_cells(found)] == [("other answers, 2026", 2)]
    shown = without_small(found)
    assert isinstance(shown, AnswerChanges)
    assert [row.what for row in shown.rows if isinstance(row, WaveChange)] == ["answer 1"]
    assert "44.6" not in printed(found)  # 50 of 112


@pytest.mark.parametrize("seed", range(20))
def test_no_wave_gives_a_hidden_answer_away(seed: int) -> None:
    rng = np.random.default_rng(seed)
    k = int(rng.integers(2, 7))
    both = [rng.poisson(rng.gamma(0.8, 20, size=k)) + np.eye(k, dtype=int)[0] * 20 for _wave in range(2)]
    found = answer_changes(*(side(w, said(*c), k) for w, c in zip(("2024", "2026"), both, strict=True)))
    if isinstance(found, NotComputed):
        return
    shown = without_small(found)
    if isinstance(shown, NotComputed):
        return
    assert isinstance(shown, AnswerChanges)
    kept = [isinstance(row, WaveChange) for row in shown.rows]
    for counts in both:
        assert not any(0 < count < 5 for count, told in zip(counts, kept, strict=True) if told)
        rest = sum(int(count) for count, told in zip(counts, kept, strict=True) if not told)
        assert not 0 < rest < 5
        if any(0 < count < 5 for count in counts):
            assert kept.count(False) >= 2


def test_a_line_through_three_waves_goes_as_a_whole() -> None:
    waves = [said(60, 30, 9), said(50, 40, 3), said(40, 50, 30)]
    lines = [[side(str(2020 + n), codes, 3, code=code) for n, codes in enumerate(waves)] for code in range(3)]
    found = answer_series(lines, Measure.SHARE)
    assert isinstance(found, AnswerSeries)
    assert [cell.label for cell in small_cells(found)] == ["answer 2, 2021"]
    shown = without_small(found)
    assert isinstance(shown, AnswerSeries)
    assert [row.what for row in shown.rows] == ["answer 0"]  # the smallest other of 2021 goes with it
    assert "answer 2" not in repr(shown.rows) + shown.sentence
    alone = answer_series(lines[2:], Measure.SHARE)
    assert isinstance(alone, AnswerSeries)
    assert isinstance(without_small(alone), NotComputed)


def fitted(codes: Ints, k: int, y: NDArray[np.float64] | None = None) -> Regression:
    rng = np.random.default_rng(7)
    y = rng.normal(30, 5, len(codes)) if y is None else y
    found = regression(Outcome(answers=number(y, "Age")), [Predictor(answers=closed(codes, k, "Side"))])
    assert isinstance(found, Regression), found
    return found


def test_a_level_of_few_people_goes_with_the_next_smallest() -> None:
    found = fitted(said(60, 40, 30, 3), 4)
    assert [(cell.label, cell.count) for cell in small_cells(found)] == [("Side: answer 3", 3)]
    shown = without_small(found)
    assert isinstance(shown, Regression)
    assert [row.label for row in shown.coefficients] == ["answer 1"]
    words = printed(found)
    assert "answer 3" not in words
    assert "answer 2" not in words
    assert "2 coefficients are not shown: they tell of few people, or would give away one that does." in words


def test_a_reference_of_few_people_takes_its_question_with_it() -> None:
    found = fitted(said(4, 40, 30), 3)
    assert [(cell.label, cell.count) for cell in small_cells(found)] == [("Side: answer 0", 4)]
    assert isinstance(without_small(found), NotComputed)
    assert "Not shown: every coefficient would tell of fewer than 5 people." in printed(found)


def test_who_was_left_out_with_an_answer_of_one_is_not_named() -> None:
    codes = said(60, 40, 1)
    found = fitted(codes, 3)
    assert "one person alone answered “answer 2”" in repr(found.not_estimated)
    assert [(cell.label, cell.count) for cell in small_cells(found)] == [("Side: answer 2", 1)]
    words = printed(found)
    assert "answer 2" not in words
    assert "an answer to “Side” that fewer than 5 people gave; they are left out." in words
    assert "answer 1" in words


def test_few_on_one_side_of_a_yes() -> None:
    yes = closed((np.arange(100) % 30 == 0).astype(np.int64), 2, "Vegan")
    found = regression(
        Outcome(answers=yes),
        [Predictor(answers=number(np.random.default_rng(1).normal(size=100), "Age"))],
        model=Model.LOGIT,
    )
    assert isinstance(found, Regression), found
    assert [cell.count for cell in small_cells(found)] == [4]
    assert isinstance(without_small(found), NotComputed)


def test_options_ticked_by_few_or_all_but_few() -> None:
    rows = np.zeros((80, 3), dtype=np.bool_)
    rows[:40, 0] = rows[:3, 1] = rows[:78, 2] = True
    rng = np.random.default_rng(2)
    found = regression(Outcome(answers=number(rng.normal(size=80), "Age")), [Predictor(answers=ticks(rows, "Ticked"))])
    assert isinstance(found, Regression), found
    assert sorted(cell.count for cell in small_cells(found)) == [2, 3]
    shown = without_small(found)
    assert isinstance(shown, Regression)
    assert [row.label for row in shown.coefficients] == ["option 0"]


def test_a_model_of_many_people_stays() -> None:
    found = fitted(said(60, 40, 30), 3)
    assert n_small(found) == 0
    assert without_small(found) is found


def test_of_two_groups_an_answer_of_few_is_not_told() -> None:
    us = np.arange(100) < 50
    codes = np.where(us, np.arange(100) < 2, np.arange(100) % 2).astype(np.int64)
    outcome, half = closed(codes, 2, "Vegan"), Groups(us=us, them=~us, us_name="Members", them_name="Others")
    found = group_control(outcome, half, Measure.SHARE, codes=(1,))
    assert isinstance(found, GroupControl), found
    assert [cell.count for cell in small_cells(found)] == [2]
    assert isinstance(without_small(found), NotComputed)
    # of what is adjusted for, an answer of 20 people of whom 2 are members is not listed
    side_of = closed(np.where(us, np.arange(100) < 2, np.arange(100) < 68).astype(np.int64), 2, "Town")
    ages = number(np.random.default_rng(3).normal(30, 5, 100), "Age")
    adjusted = group_control(ages, half, Measure.MEAN, covariates=[Predictor(answers=side_of)])
    assert isinstance(adjusted, GroupControl)
    assert {cell.count for cell in small_cells(adjusted)} == {2}
    shown = without_small(adjusted)
    assert isinstance(shown, GroupControl)
    assert shown.balance == ()
    assert shown.raw == adjusted.raw


def test_where_few_are_left_the_curve_is_cut() -> None:
    missing = [np.where(np.arange(60) < still, 0, 1).astype(np.int8) for still in (60, 40, 3)]
    items = [replace(closed(np.zeros(60, dtype=np.int64), 2, f"q{n}"), missing=gone) for n, gone in enumerate(missing)]
    found = drop_off(items)
    assert isinstance(found, DropOff)
    assert [(cell.label, cell.count) for cell in small_cells(found)] == [("q2", 3)]
    shown = without_small(found)
    assert isinstance(shown, DropOff)
    assert [point.still for point in shown.points] == [60, 40]
    words = printed(found)
    assert "Fewer than 5 of 60 people reached the last question." in words
    assert "Questions that fewer than 5 people reached are not shown." in words
    assert "q2: 3 of 60" not in words


def test_who_said_exactly_a_hundred_per_cent() -> None:
    percent = np.concatenate([np.full(2, 100.0), np.linspace(20, 80, 60).round(1), np.full(6, 0.0)])
    answers = replace(
        number(percent, "Rain"), question=replace(number(percent, "Rain").question, kind=Kind.PROBABILITY)
    )
    found = describe(answers)
    assert isinstance(found, ProbabilitySummary), found
    shown = without_small(found)
    assert isinstance(shown, ProbabilitySummary)
    assert shown.at_one is None
    assert shown.at_zero == found.at_zero
    words = printed(found)
    assert "People who said 100" not in words
    assert "People who said 0" in words


def test_of_fewer_than_five_people_nothing_is_told() -> None:
    few = describe(number(np.array([31.0, 47.0, 29.0]), "Age"))
    words = printed(few)
    assert "Not shown: fewer than 5 people answered." in words
    assert "31" not in words
    assert "n = 3" not in words
