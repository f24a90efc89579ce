"""Filters: who is left."""

from __future__ import annotations

import dataclasses

import pytest
from stats.stats_sample import dates, multi, numbers, probabilities, single, words

from surveyapp.domain.analysis import Condition, Operator
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Choice, Kind, Missing
from surveyapp.stats.answers import Answers
from surveyapp.stats.mask import holds

COUNTRY = single(
    [0, 1, 9, None, 1, Missing.REFUSED],
    (
        Choice(code=0, label="Poland"),
        Choice(code=1, label="Ghana"),
        Choice(code=9, label="Rather not say", missing=Missing.REFUSED),
    ),
)


def who(answers: Answers, operator: Operator, *values: str) -> list[int]:
    mask = holds(Condition(column="q", operator=operator, values=values), answers)
    assert mask.dtype == bool
    assert mask.shape == (len(answers),)
    return [int(i) for i in mask.nonzero()[0]]


def test_labels() -> None:
    assert who(COUNTRY, Operator.IS, "Ghana") == [1, 4]
    assert who(COUNTRY, Operator.IS, "ghana", "Poland") == [0, 1, 4]
    assert who(COUNTRY, Operator.IS_NOT, "Ghana") == [0]
    assert who(COUNTRY, Operator.IS, "Rather not say") == [2, 5]
    assert who(COUNTRY, Operator.IS) == []


def test_answered_and_missing_are_opposites() -> None:
    assert who(COUNTRY, Operator.ANSWERED) == [0, 1, 4]
    assert who(COUNTRY, Operator.MISSING) == [2, 3, 5]


def test_multiple_choice_any_of() -> None:
    tools = multi([[0], [0, 1], [2], [], None])
    assert who(tools, Operator.IS, "A", "B") == [0, 1]
    assert who(tools, Operator.IS_NOT, "A") == [2, 3]


def test_numbers() -> None:
    ages = numbers([17, 18, 65.5, None, 2e300])
    assert who(ages, Operator.AT_LEAST, "18") == [1, 2, 4]
    assert who(ages, Operator.AT_MOST, "18") == [0, 1]
    assert who(ages, Operator.IS, "17", "65.5") == [0, 2]
    assert who(ages, Operator.IS_NOT, "17") == [1, 2, 4]
    assert who(probabilities([50, 120, 60]), Operator.AT_LEAST, "60") == [2]


def test_dates_take_in_the_whole_day_or_month() -> None:
    when = dates(["2026-11-03T08:00:00", "2026-11-03T23:59:59", "2026-11-04", None])
    assert who(when, Operator.AT_MOST, "2026-11-03") == [0, 1]
    assert who(when, Operator.AT_LEAST, "2026-11-03T12:00") == [1, 2]
    assert who(when, Operator.IS, "2026-11") == [0, 1, 2]
    assert who(when, Operator.IS, "2026-11-04") == [2]


def test_steps_of_a_scale_have_an_order() -> None:
    scale = single([0, 1, 2, None], kind=Kind.SCALE)
    assert who(scale, Operator.AT_LEAST, "B") == [1, 2]
    assert who(scale, Operator.AT_MOST, "B") == [0, 1]


def test_texts() -> None:
    notes = words([" Yes ", "no", None])
    assert who(notes, Operator.IS, "yes") == [0]
    assert who(notes, Operator.IS_NOT, "yes") == [1]


@pytest.mark.parametrize(
    ("answers", "operator", "value"),
    [
        (COUNTRY, Operator.IS, "Atlantis"),
        (numbers([1]), Operator.AT_LEAST, "many"),
        (numbers([1]), Operator.IS, "nan"),
        (dates(["2026-01-01"]), Operator.AT_MOST, "yesterday"),
        (dates(["2026-01-01"]), Operator.AT_MOST, ""),
        (words(["a"]), Operator.AT_LEAST, "a"),
        (multi([[0]]), Operator.AT_LEAST, "A"),
    ],
)
def test_impossible_filters_say_what_to_do(answers: Answers, operator: Operator, value: str) -> None:
    with pytest.raises(UserError) as caught:
        who(answers, operator, value)
    assert caught.value.what_to_do


def test_flags_belong_to_the_services() -> None:
    with pytest.raises(ValueError, match="flags"):
        who(COUNTRY, Operator.FLAGGED, "identical")


def test_an_empty_wave() -> None:
    empty = single([])
    assert who(empty, Operator.IS, "A") == []
    assert who(dataclasses.replace(empty), Operator.MISSING) == []
