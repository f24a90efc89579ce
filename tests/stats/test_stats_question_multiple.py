"""Multiple choice: people and ticks apart."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stats.stats_sample import assert_sound, multi, single

from surveyapp.domain.question import Choice, Missing
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.question.multiple import multi_table
from surveyapp.stats.result import MultiTable

ROWS: list[list[int] | Missing | None] = [[0], [0, 1], None, [1], None, None]


def test_base_is_who_answered_this_or_a_later_question() -> None:
    tools = multi(ROWS)
    table = multi_table(tools, seen=np.array([True, True, True, True, False, False]))
    assert isinstance(table, MultiTable)
    assert (table.counted.total, table.counted.base, table.counted.n) == (6, 4, 3)
    assert table.counted.missing == {Missing.NOT_SHOWN: 2, Missing.BLANK: 1}
    assert [(row.count, row.share) for row in table.rows] == [(2, 0.5), (2, 0.5), (0, 0.0)]
    assert (table.ticks, table.none_ticked) == (4, 1)
    assert "later question" in table.base_rule
    assert_sound(table)


def test_what_the_form_recorded_comes_first() -> None:
    table = multi_table(multi([*ROWS, Missing.NOT_SHOWN]), seen=np.zeros(7, dtype=np.bool_))
    assert isinstance(table, MultiTable)
    assert (table.counted.base, table.none_ticked) == (6, 3)
    assert table.base_rule == "Base: people who were shown this question."


def test_without_a_record_only_who_answered() -> None:
    table = multi_table(multi([*ROWS, []]))
    assert isinstance(table, MultiTable)
    # the last person only wrote something in: answered, ticked nothing
    assert (table.counted.base, table.counted.n, table.none_ticked) == (4, 4, 1)


def test_a_choice_that_means_missing_has_no_row() -> None:
    choices = (Choice(code=1, label="A"), Choice(code=2, label="Rather not say", missing=Missing.REFUSED))
    table = multi_table(multi([[0], [1], [0, 1]], choices))
    assert isinstance(table, MultiTable)
    assert [row.count for row in table.rows] == [2]
    assert table.counted.missing == {Missing.REFUSED: 1}
    assert (table.counted.base, table.none_ticked) == (3, 1)


def test_nobody_and_wrong_shapes() -> None:
    nothing = multi_table(multi([None, None]))
    assert isinstance(nothing, NotComputed)
    assert nothing.reason == "Not computed: nobody answered this question."
    with pytest.raises(ValueError, match="one entry"):
        multi_table(multi(ROWS), seen=np.ones(2, dtype=np.bool_))
    with pytest.raises(ValueError, match="single"):
        multi_table(single([1]))


@settings(deadline=None)
@given(st.lists(st.one_of(st.none(), st.lists(st.integers(0, 3), max_size=4)), max_size=30), st.booleans())
def test_people_and_ticks_add_up(rows: list[list[int] | Missing | None], later: bool) -> None:
    answers = multi(rows, 4)
    table = multi_table(answers, seen=np.full(len(rows), later))
    assert_sound(table)
    if isinstance(table, MultiTable):
        assert table.ticks == sum(row.count for row in table.rows)
        assert table.none_ticked + sum(1 for row in rows if row) == table.counted.base
        assert multi_table(multi(rows[::-1], 4), seen=np.full(len(rows), later)) == table
