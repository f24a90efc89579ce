"""Derived questions of a workspace: listed, asked, filtered by, undone, and absent where their parts are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from services_example import AGE, GENDER, INCOME, PEOPLE

from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base, Condition, Operator, SavedFilter
from surveyapp.domain.derived import Derived, DerivedKind, Group
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import DERIVED
from surveyapp.services.analysis.run import run_analysis
from surveyapp.services.analysis.subject import column_key
from surveyapp.services.base_count import count_base
from surveyapp.services.change_log import redo, undo
from surveyapp.services.condition_text import parse_condition
from surveyapp.services.derived.question import RECIPES, remove_derived, save_derived
from surveyapp.services.filter.saved_filter import chip_of, save_filter
from surveyapp.services.intake.importing import plan_import, run_import
from surveyapp.services.question_list import list_questions
from surveyapp.services.session import Session
from surveyapp.stats.result import FrequencyTable

BANDS = Derived(name="Age group", kind=DerivedKind.BANDED, columns=(AGE,), edges=(25.0, 35.0))
WOMEN = Condition(column=GENDER, operator=Operator.IS, values=("Female",))


def table(session: Session, name: str, *conditions: Condition) -> dict[str, int]:
    question = session.codebook(1).find(name)
    assert question is not None
    base = Base(wave_id=1, conditions=conditions)
    spec = AnalysisSpec(kind=AnalysisKind.QUESTION, columns=(column_key(question),), base=base)
    result = run_analysis(session, spec)
    assert isinstance(result, FrequencyTable)
    return {row.label: row.count for row in result.rows}


def test_a_derived_question_is_listed_asked_and_filtered_by(session: Session) -> None:
    save_derived(session, 1, BANDS)
    (question,) = session.codebook(1).derived
    assert (question.occurrence, column_key(question)) == (DERIVED, "Age group#-1")
    listed = [entry.key for section in list_questions(session.codebook(1)) for entry in section.entries]
    assert listed[-1] == "Age group#-1"
    counts = table(session, "Age group")
    assert list(counts) == ["< 25", "25–34", "35+"]
    young = count_base(session, Base(wave_id=1, conditions=(parse_condition(session, 1, f"{AGE} <= 24.9"),)))
    assert counts["< 25"] == young.n > 0
    chip = parse_condition(session, 1, "Age group = < 25")
    assert count_base(session, Base(wave_id=1, conditions=(chip,))).mask.tolist() == young.mask.tolist()


def test_it_is_undone_and_live(session: Session) -> None:
    save_derived(session, 1, BANDS)
    first = table(session, "Age group")
    save_derived(session, 1, replace(BANDS, edges=(30.0,)))
    assert list(table(session, "Age group")) == ["< 30", "30+"]
    undo(session)
    assert table(session, "Age group") == first
    remove_derived(session, "age GROUP")
    assert session.codebook(1).derived == ()
    undo(session)
    assert table(session, "Age group") == first
    undo(session)
    assert session.codebook(1).derived == ()
    redo(session)
    assert table(session, "Age group") == first


def test_any_of_with_a_saved_filter(session: Session) -> None:
    save_filter(session, SavedFilter(name="Women", conditions=(WOMEN,)))
    old = Condition(column=AGE, operator=Operator.AT_LEAST, values=("40",))
    made = Derived(
        name="Either", kind=DerivedKind.ANY_OF, conditions=(chip_of(SavedFilter(name="Women", conditions=())), old)
    )
    save_derived(session, 1, made)
    women = count_base(session, Base(wave_id=1, conditions=(WOMEN,))).mask
    aged = count_base(session, Base(wave_id=1, conditions=(old,))).mask
    assert table(session, "Either")["Yes"] == int((women | aged).sum())
    save_filter(session, SavedFilter(name="Women", conditions=(old,)))
    assert table(session, "Either")["Yes"] == int(aged.sum())


def test_one_rests_on_another_wherever_it_stands(session: Session) -> None:
    first = Derived(name="Log income", kind=DerivedKind.LOG, columns=(INCOME,), offset=1.0)
    save_derived(session, 1, first)
    second = Derived(name="Income again", kind=DerivedKind.STANDARDISED, columns=("Log income#-1",))
    save_derived(session, 1, second)
    assert [question.name for question in session.codebook(1).derived] == ["Log income", "Income again"]
    with pytest.raises(UserError, match="made of itself"):
        save_derived(session, 1, replace(first, columns=("Income again#-1",)))
    save_derived(session, 1, replace(first, name="Log"), replacing="Log income")
    assert [question.name for question in session.codebook(1).derived] == ["Log", "Income again"]
    assert RECIPES.get(session, "Income again").columns == ("Log#-1",)  # who names it follows
    undo(session)
    assert RECIPES.get(session, "Income again").columns == ("Log income#-1",)
    assert len(session.codebook(1).derived) == 2


@pytest.mark.parametrize(
    ("made", "part"),
    [
        (replace(BANDS, name=AGE), "a question of the form"),
        (replace(BANDS, columns=("Nothing here",)), "no question Nothing here"),
        (replace(BANDS, columns=(GENDER,)), "neither a number nor ordered"),
        (replace(BANDS, name=""), "needs a name"),
        (Derived(name="G", kind=DerivedKind.GROUPED, columns=(GENDER,), groups=()), "one group"),
    ],
)
def test_what_cannot_be_computed_is_not_kept(session: Session, made: Derived, part: str) -> None:
    with pytest.raises(UserError, match=part):
        save_derived(session, 1, made)
    assert RECIPES.all(session) == []


def test_a_wave_without_its_parts_has_not_got_it(session: Session, tmp_path: Path) -> None:
    save_derived(session, 1, BANDS)
    other = tmp_path / "other.csv"
    other.write_text("Respondent ID,Colour\n1,red\n2,blue\n3,red\n", encoding="utf-8")
    wave = run_import(session, plan_import(other), wave="2027")
    assert session.codebook(wave.id).derived == ()
    assert session.codebook(1).derived != ()


def test_odd_names(session: Session) -> None:
    for name in ("__import__('os')", "C", "I(x)", "'); DROP TABLE wave; --", "🙂 " * 40, "שלום"):
        save_derived(session, 1, replace(BANDS, name=name.strip()))
        assert sum(table(session, f"{name.strip()}#-1").values()) <= PEOPLE
    groups = (Group(label="I(x)", members=("Female",)),)
    save_derived(session, 1, Derived(name="G", kind=DerivedKind.GROUPED, columns=(GENDER,), groups=groups))
    assert table(session, "G")["I(x)"] == table(session, GENDER)["Female"]
