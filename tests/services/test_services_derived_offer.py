"""What a derived question can be made of, and what is proposed meanwhile."""

from __future__ import annotations

import numpy as np
import pytest
from services_example import AGE, COMMENT, GENDER, MOOD, PEOPLE, TRUST

from surveyapp.domain.analysis import Base, Condition, Operator
from surveyapp.domain.derived import Derived, DerivedKind, Group
from surveyapp.domain.question import Kind, Question
from surveyapp.services.derived.offer import (
    answer_counts,
    batteries,
    first_kind,
    fitting,
    lacking,
    proposed_edges,
    proposed_name,
    round_edges,
)
from surveyapp.services.derived.question import save_derived
from surveyapp.services.derived.view import preview
from surveyapp.services.session import Session
from surveyapp.stats.answers import Answers
from surveyapp.stats.result import FrequencyTable

BASE = Base(wave_id=1)
BANDS = Derived(name="Age group", kind=DerivedKind.BANDED, columns=(AGE,), edges=(25.0, 35.0))


def numbers(*values: float) -> Answers:
    array = np.array(values, dtype=np.float64)
    return Answers(
        question=Question(column="x", kind=Kind.NUMBER), values=array, missing=np.zeros(len(values), dtype=np.int8)
    )


def test_only_what_fits_is_offered(session: Session) -> None:
    codebook = session.codebook(1)
    grouped = [question.column for question in fitting(codebook, DerivedKind.GROUPED)]
    scored = [question.column for question in fitting(codebook, DerivedKind.SCORE)]
    assert GENDER in grouped
    assert AGE not in grouped
    assert AGE in scored
    assert MOOD in scored
    assert GENDER not in scored
    assert COMMENT not in grouped + scored
    (trust,) = batteries(codebook, DerivedKind.SCORE)
    assert trust.title == TRUST
    assert len(trust.questions) > 1


def test_a_derived_question_is_not_offered_to_itself(session: Session) -> None:
    save_derived(session, 1, BANDS)
    codebook = session.codebook(1)
    assert "Age group" in [question.column for question in fitting(codebook, DerivedKind.GROUPED)]
    assert "Age group" not in [question.column for question in fitting(codebook, DerivedKind.GROUPED, name="Age group")]


def test_the_first_thought_about_a_question(session: Session) -> None:
    kinds = [first_kind(session.find_question(1, name)) for name in (AGE, GENDER, COMMENT)]
    assert kinds == [DerivedKind.BANDED, DerivedKind.GROUPED, DerivedKind.ANY_OF]


def test_names_are_free(session: Session) -> None:
    codebook = session.codebook(1)
    unnamed = Derived(name="", kind=DerivedKind.BANDED, columns=(AGE,), edges=(30.0,))
    name = proposed_name(codebook, unnamed)
    assert name == "How old are you, in bands"
    save_derived(session, 1, Derived(name=name, kind=DerivedKind.BANDED, columns=(AGE,), edges=(30.0,)))
    assert proposed_name(session.codebook(1), unnamed) == f"{name} 2"
    for kind in DerivedKind:
        assert bool(proposed_name(codebook, Derived(name="", kind=kind))) == (kind is DerivedKind.ANY_OF)


def test_proposed_edges_are_round_and_leave_nobody_alone(session: Session) -> None:
    edges = proposed_edges(session, BASE, session.find_question(1, AGE))
    assert len(edges) >= 2
    assert all(float(edge).is_integer() for edge in edges)
    made = preview(session, BASE, Derived(name="", kind=DerivedKind.BANDED, columns=(AGE,), edges=edges)).result
    assert isinstance(made, FrequencyTable)
    assert min(row.count for row in made.rows) > 0


@pytest.mark.parametrize(
    ("values", "edges"),
    [
        ((), ()),
        ((5.0,), ()),
        ((5.0, 5.0, 5.0), ()),
        ((0.0, 1.0), (1.0,)),
        (tuple(float(n) for n in range(101)), (20.0, 40.0, 60.0, 80.0)),
        (tuple(n / 1000 for n in range(101)), (0.02, 0.04, 0.06, 0.08)),
        ((1.0, 1.0, 1.0, 1.0, 1e300), (1e300,)),
    ],
)
def test_edges_of_awkward_numbers(values: tuple[float, ...], edges: tuple[float, ...]) -> None:
    found = round_edges(numbers(*values))
    assert list(found) == sorted(set(found))
    assert all(min(values) < edge <= max(values) for edge in found)
    if edges != (1e300,):
        assert found == edges


def test_answers_are_counted_among_the_base(session: Session) -> None:
    gender = session.find_question(1, GENDER)
    counts = answer_counts(session, BASE, gender)
    women = Condition(column=GENDER, operator=Operator.IS, values=("Female",))
    some = answer_counts(session, Base(wave_id=1, conditions=(women,)), gender)
    assert 0 < counts["Female"] == some["Female"] < PEOPLE
    assert sum(some.values()) == some["Female"]
    assert answer_counts(session, BASE, session.find_question(1, COMMENT)) == {}


def test_what_is_lacking() -> None:
    for kind in DerivedKind:
        assert lacking(Derived(name="", kind=kind))
    groups = (Group(label="a", members=("b",)),)
    assert lacking(Derived(name="", kind=DerivedKind.GROUPED, columns=("x",)))
    assert not lacking(Derived(name="", kind=DerivedKind.GROUPED, columns=("x",), groups=groups))
    assert not lacking(Derived(name="", kind=DerivedKind.LOG, columns=("x",)))
    assert lacking(Derived(name="", kind=DerivedKind.DIFFERENCE, columns=("x",)))
    assert not lacking(Derived(name="", kind=DerivedKind.INDEX, columns=("x", "y")))
