"""Frequencies, counted by hand; the fast and the careful way agree."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stats.stats_sample import assert_sound, dates, numbers, single

from surveyapp.domain.question import Choice, Kind, Missing
from surveyapp.stats.answers import Answers
from surveyapp.stats.count import count_people, reasons
from surveyapp.stats.estimate import Counted, NotComputed
from surveyapp.stats.interval import wilson
from surveyapp.stats.question.frequency import frequency
from surveyapp.stats.result import FrequencyTable

CHOICES = (
    Choice(code=7, label="Yes"),
    Choice(code=2, label="No"),
    Choice(code=9, label="Prefer not to say", missing=Missing.REFUSED),
    Choice(code=4, label="Never taken"),
    Choice(code=5, label="Other", other=True),
)


def test_counts_shares_and_missing() -> None:
    table = frequency(single([7, 7, 2, 9, None, Missing.NOT_SHOWN, 5, 9], CHOICES))
    assert isinstance(table, FrequencyTable)
    assert [(row.code, row.label, row.count, row.share, row.other) for row in table.rows] == [
        (7, "Yes", 2, 0.5, False),
        (2, "No", 1, 0.25, False),
        (4, "Never taken", 0, 0.0, False),
        (5, "Other", 1, 0.25, True),
    ]
    assert (table.counted.total, table.counted.base, table.counted.n) == (8, 7, 4)
    assert table.counted.missing == {Missing.BLANK: 1, Missing.NOT_SHOWN: 1, Missing.REFUSED: 2}
    # R: prop.test(2, 4, correct = FALSE)$conf.int -> 0.1500390, 0.8499610
    assert (table.rows[0].low, table.rows[0].high) == pytest.approx((0.1500390, 0.8499610), abs=1e-7)
    assert_sound(table)


def test_codes_the_codebook_does_not_know_are_unreadable() -> None:
    for stray in (3, 999, -5, 2_000_000_000):
        table = frequency(single([7, 2, stray, stray], CHOICES))
        assert isinstance(table, FrequencyTable)
        assert table.counted.missing == {Missing.UNREADABLE: 2}
        assert table.counted.n == 2


def test_codes_far_apart_do_not_cost_memory() -> None:
    far = (Choice(code=-1, label="a"), Choice(code=2_000_000_000, label="b"))
    table = frequency(single([-1, 2_000_000_000, 2_000_000_000, None], far))
    assert isinstance(table, FrequencyTable)
    assert [row.count for row in table.rows] == [1, 2]


@pytest.mark.parametrize("first", [0, 1])
def test_counts_are_the_same_wherever_the_codes_begin(first: int) -> None:
    choices = tuple(Choice(code=code + first, label=f"Answer {code}") for code in range(3))
    answers = single([first, None, first + 2, first, Missing.REFUSED, first + 1], choices)
    told = answers.values.copy()
    told[1] = first + 1  # what stands where nobody answered means nothing
    for values in (answers.values, told):
        table = frequency(Answers(question=answers.question, values=values, missing=answers.missing))
        assert isinstance(table, FrequencyTable)
        assert [row.count for row in table.rows] == [2, 1, 1]
        assert table.counted == Counted(total=6, base=6, n=4, missing={Missing.BLANK: 1, Missing.REFUSED: 1})


def test_a_constant_has_a_table_and_nobody_has_none() -> None:
    assert isinstance(frequency(single([1] * 212)), FrequencyTable)
    empty = frequency(single([None, Missing.REFUSED]))
    assert isinstance(empty, NotComputed)
    assert empty.reason == "Not computed: nobody answered this question."
    unseen = frequency(single([Missing.NOT_SHOWN] * 3))
    assert isinstance(unseen, NotComputed)
    assert unseen.reason == "Not computed: nobody was shown this question."
    filtered = frequency(single([]))
    assert isinstance(filtered, NotComputed)
    assert filtered.reason == "Not computed: nobody is left after these filters."


def test_other_kinds_are_refused() -> None:
    with pytest.raises(ValueError, match="number"):
        frequency(numbers([1.0]))


@settings(deadline=None)
@given(
    st.lists(st.one_of(st.integers(-2, 12), st.none(), st.sampled_from(list(Missing))), max_size=60),
    st.randoms(use_true_random=False),
)
def test_parts_sum_to_wholes_in_any_order(codes: list[int | Missing | None], random: object) -> None:
    answers = single(codes, CHOICES)
    table = frequency(answers)
    assert_sound(table)
    assert table.counted == count_people(reasons(answers))
    shuffled = list(codes)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert frequency(single(shuffled, CHOICES)) == table
    if isinstance(table, FrequencyTable):
        assert sum(row.count for row in table.rows) == table.counted.n
        assert sum(row.share for row in table.rows) == pytest.approx(1)


def test_500_choices_with_intervals_of_all() -> None:
    codes = [i for i in range(500) for _again in range(i % 3)]
    table = frequency(single(codes, 500))
    assert isinstance(table, FrequencyTable)
    assert len(table.rows) == 500
    low, _high = wilson([row.count for row in table.rows], len(codes))
    assert [row.low for row in table.rows] == low.tolist()
    assert_sound(table)


def test_scale_is_ordered() -> None:
    table = frequency(single([0, 1], kind=Kind.SCALE))
    assert isinstance(table, FrequencyTable)
    assert table.ordered


def test_dates_by_day_month_and_year() -> None:
    days = frequency(dates(["2026-11-03T23:59:59", "2026-11-05", None, "2026-11-05"]))
    months = frequency(dates(["2026-01-31", "2026-04-03"]))
    years = frequency(dates(["1984-06-01", "2002-01-01", "2002-12-31"]))
    far = frequency(dates(["0001-01-01", "9999-12-31", "2026-01-01"]))
    for table in (days, months, years, far):
        assert isinstance(table, FrequencyTable)
        assert_sound(table)
    assert isinstance(days, FrequencyTable)
    assert isinstance(months, FrequencyTable)
    assert isinstance(years, FrequencyTable)
    assert isinstance(far, FrequencyTable)
    assert [(row.label, row.count) for row in days.rows] == [("2026-11-03", 1), ("2026-11-04", 0), ("2026-11-05", 2)]
    assert [(row.label, row.count) for row in months.rows][::3] == [("2026-01", 1), ("2026-04", 1)]
    assert (years.rows[0].label, years.rows[-1].label, len(years.rows)) == ("1984", "2002", 19)
    assert len(far.rows) == 3


def test_not_a_time_counts_as_unreadable() -> None:
    answers = dates(["2026-11-03", None])
    unmarked = Answers(question=answers.question, values=answers.values, missing=np.zeros(2, dtype=np.int8))
    table = frequency(unmarked)
    assert table.counted.missing == {Missing.UNREADABLE: 1}
