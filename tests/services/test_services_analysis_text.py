"""An analysis as text brings what it uses into another workspace, or says what that lacks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from services_example import AGE, GENDER, MOOD, fill, new_session

from surveyapp.base.clock import Clock
from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base, Condition, Operator, SavedFilter
from surveyapp.domain.derived import Derived, DerivedKind
from surveyapp.domain.errors import UserError
from surveyapp.domain.weight import Margin, MarginQuestion, Target, WeightKind, WeightScheme
from surveyapp.services.analysis.run import result_fingerprint, run_analysis
from surveyapp.services.analysis_text import analysis_as_text, read_text, take_text
from surveyapp.services.change_log import redo, undo
from surveyapp.services.derived.question import RECIPES, save_derived
from surveyapp.services.filter.saved_filter import FILTERS, chip_of, save_filter
from surveyapp.services.saved_analysis import spec_as_text
from surveyapp.services.session import Session
from surveyapp.services.weighting import SCHEMES, save_scheme

BANDS = Derived(name="Age band", kind=DerivedKind.BANDED, columns=(AGE,), edges=(30.0, 45.0))
YOUNG = Derived(
    name="Young",
    kind=DerivedKind.ANY_OF,
    conditions=(Condition(column=AGE, operator=Operator.AT_MOST, values=("30",)),),
)
SOME = SavedFilter(name="Some", conditions=(Condition(column=AGE, operator=Operator.ANSWERED),))
SCHEME = WeightScheme(
    name="Halves",
    kind=WeightKind.RAKE,
    margins=(
        Margin(
            questions=(MarginQuestion(column=GENDER),),
            targets=(Target(answers=("Female",), value=0.5), Target(answers=("Male",), value=0.5)),
        ),
    ),
)


@pytest.fixture
def other(tmp_path: Path, clock: Clock) -> Iterator[Session]:
    """Another workspace with the same wave under another id."""
    made = new_session(tmp_path / "Other.survey", clock)
    fill(made, wave="2025")
    fill(made, wave="2026")
    yield made
    made.close()


def made(session: Session) -> AnalysisSpec:
    """A cross-tab that uses everything that has a name."""
    save_derived(session, 1, BANDS)
    save_derived(session, 1, YOUNG)
    adults = SavedFilter(
        name="Adults",
        conditions=(Condition(column="Young", occurrence=-2, operator=Operator.IS, values=("No",)),),
    )
    save_filter(session, SOME)
    save_filter(session, adults)
    genders = [choice.label for choice in session.find_question(1, GENDER).choices if choice.missing is None]
    targets = tuple(Target(answers=(label,), value=1 / len(genders)) for label in genders)
    margin = Margin(questions=(MarginQuestion(column=GENDER),), targets=targets)
    save_scheme(session, Base(wave_id=1), replace(SCHEME, margins=(margin,)))
    return AnalysisSpec(
        kind=AnalysisKind.CROSS,
        columns=(MOOD,),
        by=("Age band#-1",),
        base=Base(wave_id=1, conditions=(chip_of(SOME), chip_of(adults)), weight="Halves"),
    )


def names(session: Session) -> dict[str, list[str]]:
    kept = {"filter": FILTERS, "derived": RECIPES, "weight": SCHEMES}
    return {kind: sorted(item.name for item in all_of.all(session)) for kind, all_of in kept.items()}  # type: ignore[attr-defined]


def test_there_and_back(session: Session, other: Session) -> None:
    spec = made(session)
    text = analysis_as_text(session, spec)
    assert read_text(text, wave_id=1).analysis == spec
    taken = take_text(other, text, wave_id=2)
    assert taken.spec == replace(spec, base=replace(spec.base, wave_id=2))
    assert names(other) == names(session)
    there, here = run_analysis(other, taken.spec), run_analysis(session, spec)
    assert result_fingerprint(there) == result_fingerprint(here)
    back = take_text(session, analysis_as_text(other, taken.spec), wave_id=1)
    assert (back.spec, back.change) == (spec, None)


def test_one_change_that_can_be_undone(session: Session, other: Session) -> None:
    text = analysis_as_text(session, made(session))
    before = len(other.store.changes.active_after(0))
    taken = take_text(other, text, wave_id=2)
    assert taken.change is not None
    assert "“Age band”" in taken.change.label
    assert len(other.store.changes.active_after(0)) == before + 1
    undo(other)
    assert names(other) == {"filter": [], "derived": [], "weight": []}
    redo(other)
    assert names(other) == names(session)


def test_what_bears_the_name_here_stays_and_the_other_gets_a_new_one(session: Session, other: Session) -> None:
    spec = made(session)
    result = result_fingerprint(run_analysis(session, spec))
    own = replace(YOUNG, conditions=(Condition(column=AGE, operator=Operator.AT_MOST, values=("20",)),))
    save_derived(other, 2, own)
    save_derived(other, 2, BANDS)
    taken = take_text(other, analysis_as_text(session, spec), wave_id=2)
    assert names(other)["derived"] == ["Age band", "Young", "Young (2)"]
    assert RECIPES.get(other, "Young") == own
    (condition,) = FILTERS.get(other, "Adults").conditions
    assert condition.column == "Young (2)"
    found = run_analysis(other, taken.spec)
    assert result_fingerprint(found) == result
    again = take_text(other, analysis_as_text(session, spec), wave_id=2)
    assert again.change is None  # it is all here, by whatever name
    assert again.spec == taken.spec
    assert FILTERS.get(other, "Adults").conditions == (condition,)
    assert result_fingerprint(run_analysis(other, again.spec)) == result


def test_what_is_lacking_is_said_and_nothing_is_kept(session: Session, other: Session) -> None:
    spec = made(session)
    plain = json.loads(analysis_as_text(session, spec))
    plain["derived"][0 if plain["derived"][0]["name"] == "Age band" else 1]["columns"] = ["Shoe size"]
    plain["analysis"]["columns"] = ["Hat"]
    with pytest.raises(UserError, match="cannot be asked of Census 2026") as caught:
        take_text(other, json.dumps(plain), wave_id=2)
    assert "It does not ask “Hat”, “Shoe size”." in caught.value.what_to_do
    assert names(other) == {"filter": [], "derived": [], "weight": []}
    assert other.codebook(2).derived == ()


def test_a_bare_specification_names_what_it_needs(session: Session, other: Session) -> None:
    spec = made(session)
    with pytest.raises(UserError) as caught:
        take_text(other, spec_as_text(spec), wave_id=2)
    assert "It does not ask “Age band#-1”." in caught.value.what_to_do
    assert "Some" in caught.value.what_to_do
    weighted = replace(spec, by=(GENDER,), base=Base(wave_id=1, weight="Halves"))
    with pytest.raises(UserError) as caught:
        take_text(other, spec_as_text(weighted), wave_id=2)
    assert "The weights “Halves” are not kept here." in caught.value.what_to_do


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"analysis": 3}', '{"analysis": {"kind": "cross"}, "filters": 1}'])
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(UserError, match="not a saved analysis"):
        read_text(text, wave_id=1)
