"""Saved filters counted step by step; filters that cannot be applied say which and why."""

from __future__ import annotations

import pytest
from services_example import AGE, GENDER, MOOD, PEOPLE

from surveyapp.domain.analysis import Base, Condition, Operator, SavedFilter, any_of
from surveyapp.domain.errors import UserError
from surveyapp.services.base_count import count_base
from surveyapp.services.filter.fault import filter_faults
from surveyapp.services.filter.listed import list_filters
from surveyapp.services.filter.offer import operators_of
from surveyapp.services.filter.saved_filter import FILTERS, chip_of, remove_filter, rename_filter, save_filter
from surveyapp.services.session import Session

WOMEN = Condition(column=GENDER, operator=Operator.IS, values=("Female",))
GROWN = Condition(column=AGE, operator=Operator.AT_LEAST, values=("30",))
GONE = Condition(column="Nobody asked this", operator=Operator.ANSWERED)
BOTH = SavedFilter(name="Both", conditions=(WOMEN, GROWN))


def test_each_step_says_whom_it_removes(session: Session) -> None:
    save_filter(session, BOTH)
    save_filter(session, SavedFilter(name="Elsewhere", conditions=(GONE,)))
    both, elsewhere = list_filters(session, 1)
    women = count_base(session, Base(wave_id=1, conditions=(WOMEN,))).n
    assert [step.removed for step in both.steps] == [PEOPLE - women, women - both.n]
    assert (both.total, both.fault) == (PEOPLE, None)
    assert both.words == "Gender: Female and How old are you at least 30"
    assert elsewhere.fault is not None
    assert (elsewhere.words, elsewhere.n) == ("Nobody asked this", 0)


def test_a_saved_filter_that_is_gone_says_so(session: Session) -> None:
    save_filter(session, BOTH)
    base = Base(wave_id=1, conditions=(WOMEN, chip_of(BOTH), GONE))
    remove_filter(session, "both")
    with pytest.raises(UserError, match="saved filter “Both” is gone"):
        count_base(session, base)
    faults = filter_faults(session, base)
    assert [(fault.number, fault.gone) for fault in faults] == [(1, "Both"), (2, "")]
    assert faults[0].error.what_to_do
    assert filter_faults(session, Base(wave_id=1, conditions=(WOMEN,))) == []


def test_where_nobody_can_look_it_up_a_saved_filter_says_what_it_holds(session: Session) -> None:
    save_filter(session, BOTH)
    base = Base(wave_id=1, conditions=(any_of([chip_of(BOTH), GROWN], negated=True), WOMEN))
    first, second = count_base(session, base).steps
    assert first.words == "Not (Both or How old are you at least 30)"
    assert first.in_full == (
        "Not (Both (Gender: Female and How old are you at least 30) or How old are you at least 30)"
    )
    assert second.in_full == second.words == "Gender: Female"


def test_rename_refuses_what_is_taken(session: Session) -> None:
    save_filter(session, BOTH)
    save_filter(session, SavedFilter(name="Women", conditions=(WOMEN,)))
    with pytest.raises(UserError, match="taken"):
        rename_filter(session, "Both", "women")
    with pytest.raises(UserError, match="name"):
        rename_filter(session, "Both", " ")
    rename_filter(session, "Both", "BOTH")
    assert [saved.name for saved in FILTERS.all(session)] == ["BOTH", "Women"]


def test_ordered_answers_are_compared_by_their_order(session: Session) -> None:
    mood = session.codebook(1).find(MOOD)
    assert mood is not None
    assert {Operator.IS, Operator.AT_LEAST, Operator.AT_MOST} <= set(operators_of(mood))
    labels = [choice.label for choice in mood.choices if choice.missing is None]

    def n(operator: Operator, *values: str) -> int:
        condition = Condition(column=mood.column, operator=operator, values=values)
        return count_base(session, Base(wave_id=1, conditions=(condition,))).n

    upper = n(Operator.AT_LEAST, labels[-2])
    assert upper == n(Operator.IS, *labels[-2:]) > 0
    assert n(Operator.AT_MOST, labels[-3]) == n(Operator.ANSWERED) - upper
    age = session.codebook(1).find(AGE)
    assert age is not None
    assert operators_of(age)[0] is Operator.AT_LEAST
    assert Operator.IS in operators_of(age)
