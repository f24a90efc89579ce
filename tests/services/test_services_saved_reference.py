"""A new name is followed by everything that uses the old one, and undoing the one undoes the other."""

from __future__ import annotations

from dataclasses import replace

import pytest
from services_example import AGE, GENDER, state

from surveyapp.domain.analysis import (
    AnalysisKind,
    AnalysisSpec,
    Base,
    Condition,
    Operator,
    SavedAnalysis,
    SavedFilter,
    any_of,
)
from surveyapp.domain.derived import Derived, DerivedKind
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import DERIVED
from surveyapp.domain.weight import Margin, MarginQuestion, Target, WeightKind, WeightScheme
from surveyapp.services.base_count import count_base
from surveyapp.services.base_state import choose_wave, current_base, set_base
from surveyapp.services.change_log import redo, undo
from surveyapp.services.derived.question import RECIPES, rename_derived, save_derived
from surveyapp.services.filter.saved_filter import FILTERS, chip_of, rename_filter, save_filter
from surveyapp.services.report.spec import pin, shelf
from surveyapp.services.saved_analysis import ANALYSES, save_analysis
from surveyapp.services.session import Session
from surveyapp.services.weighting import SCHEMES, save_scheme

WOMEN = SavedFilter(name="Women", conditions=(Condition(column=GENDER, operator=Operator.IS, values=("Female",)),))
BANDS = Derived(name="Age group", kind=DerivedKind.BANDED, columns=(AGE,), edges=(30.0,))
YOUNG = Condition(column="Age group", occurrence=DERIVED, operator=Operator.IS, values=("< 30",))


def base_in_force(session: Session) -> Base:
    base = current_base(session)
    assert base is not None
    return base


def test_a_filter_keeps_its_users(session: Session) -> None:
    save_filter(session, WOMEN)
    other = Condition(column=AGE, operator=Operator.AT_LEAST, values=("40",))
    base = Base(wave_id=1, conditions=(any_of([other, chip_of(WOMEN)], negated=True),))
    set_base(session, base)
    spec = AnalysisSpec(kind=AnalysisKind.QUESTION, columns=(AGE,), base=base)
    save_analysis(session, SavedAnalysis(name="A", spec=spec))
    save_derived(session, 1, Derived(name="D", kind=DerivedKind.ANY_OF, conditions=(chip_of(WOMEN),)))
    pin(session, spec, title="Women")
    before, people = state(session), count_base(session, base).n
    rename_filter(session, "women", "Ladies ")
    after = base_in_force(session)
    assert after.conditions[0].alternatives[0].values == ("Ladies",)
    assert count_base(session, after).n == people
    assert ANALYSES.get(session, "A").spec.base.conditions == after.conditions
    assert RECIPES.get(session, "D").conditions[0].values == ("Ladies",)
    pinned = shelf(session)
    assert pinned is not None
    assert pinned.blocks[0].spec == replace(spec, base=after)
    assert pinned.blocks[0].title == "Women"  # words of a person stay
    undo(session)
    assert [word for word in before if before[word] != state(session)[word]] in ([], ["document"])
    assert base_in_force(session) == base
    assert FILTERS.find(session, "Ladies") is None
    redo(session)
    assert base_in_force(session) == after


def test_a_derived_question_keeps_its_users(session: Session) -> None:
    save_derived(session, 1, BANDS)
    base = Base(wave_id=1, conditions=(YOUNG,))
    set_base(session, base)
    save_analysis(
        session,
        SavedAnalysis(
            name="A",
            spec=AnalysisSpec(kind=AnalysisKind.QUESTION, columns=("Age group#-1",), by=("age GROUP#-1",), base=base),
        ),
    )
    margin = Margin(
        questions=(MarginQuestion(column="Age group", occurrence=DERIVED),),
        targets=(Target(answers=("< 30",), value=0.5), Target(answers=("30+",), value=0.5)),
    )
    save_scheme(session, base, WeightScheme(name="W", kind=WeightKind.RAKE, margins=(margin,)))
    people = count_base(session, base).n
    rename_derived(session, "Age group", "Old and young")
    assert base_in_force(session).conditions[0].column == "Old and young"
    assert count_base(session, base_in_force(session)).n == people
    spec = ANALYSES.get(session, "A").spec
    assert (*spec.columns, *spec.by) == ("Old and young#-1", "Old and young#-1")
    assert SCHEMES.get(session, "W").margins[0].questions[0].column == "Old and young"
    undo(session)
    assert base_in_force(session) == base


def test_weights_keep_their_users(session: Session) -> None:
    save_derived(session, 1, BANDS)
    margin = Margin(
        questions=(MarginQuestion(column="Age group", occurrence=DERIVED),),
        targets=(Target(answers=("< 30",), value=0.5), Target(answers=("30+",), value=0.5)),
    )
    scheme = WeightScheme(name="W", kind=WeightKind.RAKE, margins=(margin,))
    save_scheme(session, Base(wave_id=1), scheme)
    set_base(session, Base(wave_id=1, weight="W"))
    save_scheme(session, Base(wave_id=1), replace(scheme, name="Targets"), replacing="W")
    assert base_in_force(session).weight == "Targets"
    undo(session)
    assert base_in_force(session).weight == "W"


@pytest.mark.parametrize("name", ["", "  ", AGE])
def test_a_derived_question_needs_a_name_of_its_own(session: Session, name: str) -> None:
    save_derived(session, 1, BANDS)
    with pytest.raises(UserError):
        rename_derived(session, "Age group", name)
    assert [recipe.name for recipe in RECIPES.all(session)] == ["Age group"]


def test_filters_on_derived_questions_go_along_to_another_wave(session: Session) -> None:
    save_derived(session, 1, BANDS)
    base = Base(wave_id=1, conditions=(YOUNG,))
    assert choose_wave(session, base, 1) == base
