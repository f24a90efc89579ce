"""Control groups against R 4.2.2, survey 4.1-1: the first wave of wave_change_sample is us, the second them."""

from __future__ import annotations

import numpy as np
import pytest
from stats.stats_sample import assert_sound, numbers, single
from stats.wave_change_sample import EDU_1, EDU_2, NUM_1, NUM_2, SEX_1, SEX_2, W_1, W_2, YES_1, YES_2

from surveyapp.domain.codec import to_plain
from surveyapp.domain.question import Choice
from surveyapp.stats.answers import Answers
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.group_control.compare import Groups, group_control
from surveyapp.stats.group_control.result import GroupControl
from surveyapp.stats.regression.spec import Predictor
from surveyapp.stats.wave_change.adjusted import AdjustBy
from surveyapp.stats.wave_change.result import Adjusted
from surveyapp.stats.wave_change.spec import Measure
from surveyapp.stats.weight.design import Weights
from surveyapp.stats.weight.kish import weighting_of

N = 130
US = np.arange(N) < 60
GROUPS = Groups(us=US, them=~US, us_name="members", them_name="readers")
CHOICES = (Choice(code=1, label="yes"), Choice(code=0, label="no"))


def number() -> Answers:
    return numbers([*NUM_1.tolist(), *NUM_2.tolist()])


def yes() -> Answers:
    return single([*YES_1.astype(int).tolist(), *YES_2.astype(int).tolist()], CHOICES)


def weights() -> Weights:
    return Weights(name="w", values=np.concatenate([W_1, W_2]), inside=np.ones(N, dtype=np.bool_))


def covariates() -> list[Predictor]:
    pairs = ((SEX_1, SEX_2), (EDU_1, EDU_2))
    return [Predictor(answers=single([*a.astype(int).tolist(), *b.astype(int).tolist()])) for a, b in pairs]


def done(result: GroupControl | NotComputed) -> GroupControl:
    assert isinstance(result, GroupControl), result
    assert_sound(result)
    to_plain(result)
    return result


def test_raw_and_adjusted_as_in_r_survey() -> None:
    # svyglm(y ~ I(wave == 1)); svytotal of cells, svycontrast: adjusted, its SE, raw (them less us), its SE
    expected = {
        Measure.MEAN: (0.881504819090507, 2.102138626649108, -2.425782054827630, 1.858321184429978),
        Measure.SHARE: (0.0302328920227247, 0.0973302807908193, -0.0639680201627102, 0.0936895512814801),
    }
    for measure, answers in ((Measure.MEAN, number()), (Measure.SHARE, yes())):
        result = done(
            group_control(
                answers,
                GROUPS,
                measure,
                codes=(1,),
                covariates=covariates(),
                adjust_by=AdjustBy.CELLS,
                weights=weights(),
            )
        )
        assert isinstance(result.adjusted, Adjusted)
        change = result.adjusted.change
        found = (change.value.value, change.se, result.raw.value.value, result.raw.se)
        assert found == pytest.approx(expected[measure], rel=1e-10)
        assert result.adjusted.raw == pytest.approx(result.raw.value.value, rel=1e-10)


def test_unweighted() -> None:
    result = done(group_control(number(), GROUPS, Measure.MEAN, covariates=covariates(), adjust_by=AdjustBy.CELLS))
    assert isinstance(result.adjusted, Adjusted)
    # the same with weights of one: svycontrast 1.37927287581699 (1.87750124752810); raw is Welch's (test of waves)
    assert result.adjusted.change.value.value == pytest.approx(1.37927287581699, rel=1e-10)
    assert result.adjusted.change.se == pytest.approx(1.87750124752810, rel=1e-10)
    assert result.raw.test.statistic == pytest.approx(-1.156430923178627, rel=1e-12)
    assert result.us.value.value == pytest.approx(NUM_1.mean())
    assert (result.us.n, result.them.n, result.counted.n) == (60, 70, 130)
    ones = Weights(name="w", values=np.full(N, 4.0), inside=np.ones(N, dtype=np.bool_))
    same = group_control(
        number(), GROUPS, Measure.MEAN, covariates=covariates(), adjust_by=AdjustBy.CELLS, weights=ones
    )
    assert same == result


def test_balance() -> None:
    result = done(group_control(yes(), GROUPS, Measure.SHARE, codes=(1,), covariates=covariates()))
    first = result.balance[0]
    us, them = SEX_1.mean(), SEX_2.mean()
    pooled = np.sqrt((SEX_1.var(ddof=1) + SEX_2.var(ddof=1)) / 2)
    assert (first.us, first.them) == pytest.approx((us, them))
    assert first.difference == pytest.approx((us - them) / pooled)
    # every answer of three; of two the second says it all
    assert [one.label for one in result.balance] == ["B", "A", "B", "C"]
    assert result.balance[1].us == pytest.approx(float((min(EDU_1) == EDU_1).mean()))
    assert sum(one.us for one in result.balance[1:]) == pytest.approx(1)


def test_sentences() -> None:
    shift = numbers([*(NUM_1 + 20).tolist(), *NUM_2.tolist()])
    result = done(group_control(shift, GROUPS, Measure.MEAN, covariates=covariates()))
    assert result.sentence.startswith("The mean of “q” is 18.1 higher among members than among readers (95\u202f%")
    assert isinstance(result.adjusted, Adjusted)
    assert result.adjusted.sentence.startswith("With readers composed as members by “q”, “q”, the difference is +")
    plain = done(group_control(number(), GROUPS, Measure.MEAN))
    assert "no evidence of a difference between members and readers" in plain.sentence
    assert plain.method == "t; difference: Welch's t test"
    assert plain.weighting is None
    weighted = done(group_control(number(), GROUPS, Measure.MEAN, weights=weights()))
    assert weighted.weighting == weighting_of(weights())
    assert plain.adjusted is None


def test_what_cannot_be_compared() -> None:
    nobody = Groups(us=np.zeros(N, dtype=np.bool_), them=~US, us_name="members", them_name="readers")
    refused = group_control(number(), nobody, Measure.MEAN)
    assert isinstance(refused, NotComputed)
    assert "fewer than two people answered in members" in refused.reason
    with pytest.raises(ValueError, match="both groups"):
        group_control(number(), Groups(us=US, them=US, us_name="a", them_name="b"), Measure.MEAN)
    median = done(group_control(number(), GROUPS, Measure.MEDIAN, covariates=covariates()))
    assert isinstance(median.adjusted, NotComputed)
    lost = [Predictor(answers=single([None] * N))]
    result = done(group_control(number(), GROUPS, Measure.MEAN, covariates=lost))
    assert isinstance(result.adjusted, NotComputed)
    zero = Weights(name="w", values=np.zeros(N), inside=np.ones(N, dtype=np.bool_))
    assert isinstance(group_control(number(), GROUPS, Measure.MEAN, weights=zero), NotComputed)
    huge = numbers((np.arange(N) % 5 * 3e307).tolist())
    assert_sound(group_control(huge, GROUPS, Measure.MEAN, covariates=covariates(), weights=weights()))
