"""A report says how its derived questions were made, and what its saved filters hold."""

from __future__ import annotations

from pathlib import Path

from services_example import AGE, GENDER, MOOD

from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base, Condition, Operator, SavedFilter
from surveyapp.domain.derived import Derived, DerivedKind
from surveyapp.services.analysis.subject import column_key
from surveyapp.services.derived.question import save_derived
from surveyapp.services.derived.view import derived_of
from surveyapp.services.filter.saved_filter import chip_of, save_filter
from surveyapp.services.report.build import build_report, write_markdown_report
from surveyapp.services.report.spec import pin, report_of_pins, shelf
from surveyapp.services.session import Session

BANDS = Derived(name="Age group", kind=DerivedKind.BANDED, columns=(AGE,), edges=(25.0, 35.0), note="As in 2020.")
YOUNG = Condition(column="Age group", occurrence=-2, operator=Operator.IS, values=("< 25",))
EITHER = Derived(
    name="Either",
    kind=DerivedKind.ANY_OF,
    conditions=(YOUNG, Condition(column=GENDER, operator=Operator.IS, values=("Female",))),
)


def spec(session: Session, name: str, *conditions: Condition) -> AnalysisSpec:
    question = session.find_question(1, name)
    base = Base(wave_id=1, conditions=conditions)
    return AnalysisSpec(kind=AnalysisKind.QUESTION, columns=(column_key(question),), base=base)


def test_the_note_tells_how_it_was_made(session: Session) -> None:
    save_derived(session, 1, BANDS)
    (question,) = session.codebook(1).derived
    assert question.note == "Bands of How old are you at 25, 35. As in 2020."


def test_what_an_analysis_rests_on(session: Session) -> None:
    save_derived(session, 1, BANDS)
    save_derived(session, 1, EITHER)
    assert [made.name for made in derived_of(session, [spec(session, "Either")])] == ["Either", "Age group"]
    assert [made.name for made in derived_of(session, [spec(session, AGE, YOUNG)])] == ["Age group"]
    saved = SavedFilter(name="Young", conditions=(YOUNG,))
    save_filter(session, saved)
    assert [made.name for made in derived_of(session, [spec(session, MOOD, chip_of(saved))])] == ["Age group"]
    assert derived_of(session, [spec(session, MOOD)]) == []


def test_the_method_section_tells_both(session: Session, tmp_path: Path) -> None:
    save_derived(session, 1, BANDS)
    saved = SavedFilter(name="Young", conditions=(YOUNG,))
    save_filter(session, saved)
    pin(session, spec(session, MOOD, chip_of(saved)), title="Mood of the young")
    pins = shelf(session)
    assert pins is not None
    report = report_of_pins(session, session.wave(1), pins.blocks, name="Post")
    path = tmp_path / "post.md"
    write_markdown_report(session, report, path)
    text = path.read_text(encoding="utf-8").replace("\\", "").replace("&lt;", "<")
    assert "Age group: Bands of How old are you at 25, 35. As in 2020." in text
    assert "Young (Age group: < 25)" in text
    assert build_report(session, report).problems == {}
