"""Analyses as data: kept under a name, written as text and read again."""

from __future__ import annotations

import pytest
from services_example import AGE, GENDER

from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base, Condition, Operator, SavedAnalysis, any_of
from surveyapp.domain.errors import UserError
from surveyapp.services.change_log import undo
from surveyapp.services.saved_analysis import ANALYSES, remove_analysis, save_analysis, spec_as_text, spec_from_text
from surveyapp.services.session import Session

WOMEN = Condition(column=GENDER, operator=Operator.IS, values=("Female",))
SPEC = AnalysisSpec(
    kind=AnalysisKind.GROUPS,
    columns=(AGE, "'); DROP TABLE wave; --"),
    by=(GENDER,),
    options=(("test", "welch"),),
    base=Base(wave_id=1, conditions=(any_of([WOMEN], negated=True),), weight="2026 targets"),
)


def test_kept_and_undone(session: Session) -> None:
    save_analysis(session, SavedAnalysis(name="Age by gender", spec=SPEC))
    assert ANALYSES.get(session, "age by gender").spec == SPEC
    remove_analysis(session, "Age by gender")
    assert ANALYSES.all(session) == []
    undo(session)
    assert ANALYSES.all(session) == [SavedAnalysis(name="Age by gender", spec=SPEC)]
    undo(session)
    assert ANALYSES.all(session) == []


def test_as_text_and_back_for_another_wave() -> None:
    again = spec_from_text(spec_as_text(SPEC), wave_id=7)
    assert again.base.wave_id == 7
    assert spec_from_text(spec_as_text(again), wave_id=1) == SPEC


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"analysis": {"kind": "cross"}}', '{"analysis": 3}', "[" * 100_000])
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(UserError, match="not a saved analysis"):
        spec_from_text(text, wave_id=1)


def test_options() -> None:
    assert SPEC.option("test") == "welch"
    assert SPEC.option("pairs", "holm") == "holm"
    more = SPEC.with_option("pairs", "none").with_option("test", "")
    assert more.options == (("pairs", "none"),)
