"""A wave as an SPSS file, read back by another program and by ourselves."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyreadstat
import pytest
from services_example import AGE, fill, new_session
from tick_example import MEDIA, tick_session

from surveyapp.base.clock import Clock
from surveyapp.domain.analysis import Base
from surveyapp.domain.errors import UserError
from surveyapp.domain.mapping import Mapping
from surveyapp.domain.question import Choice, Kind, Missing, MissingCode, Question
from surveyapp.services.codebook.stored import update_questions
from surveyapp.services.export import DataForm, export_data
from surveyapp.services.intake.importing import plan_import, run_import
from surveyapp.services.session import Session

CENSUS = """ward,age,temperature,agree,when,story
Mill,34,-120,Agree,2026-03-01,"one, two"
Elsewhere,abc,-99.5,N/A,2026-03-02,
Quay,200,12,Prefer not to say,N/A,x
,,,,,y
Mill,18,3,Disagree,2026-03-04T10:00:00,z
"""


@pytest.fixture
def session(tmp_path: Path, clock: Clock) -> Any:
    path = tmp_path / "census.csv"
    path.write_text(CENSUS, encoding="utf-8")
    mapping = Mapping(
        questions=(
            Question(
                column="ward",
                kind=Kind.SINGLE,
                choices=(
                    Choice(code=1, label="Mill"),
                    Choice(code=2, label="Quay"),
                    Choice(code=3, label="Other", other=True),
                ),
            ),
            Question(column="age", kind=Kind.NUMBER, low=0, high=110),
            Question(column="temperature", kind=Kind.NUMBER),
            Question(
                column="agree",
                kind=Kind.SINGLE,
                ordered=True,
                choices=(
                    Choice(code=1, label="Disagree"),
                    Choice(code=2, label="Agree"),
                    Choice(code=3, label="Prefer not to say", missing=Missing.REFUSED),
                ),
                missing_codes=(MissingCode(text="N/A", meaning=Missing.NOT_SHOWN),),
            ),
            Question(
                column="when", kind=Kind.DATE, missing_codes=(MissingCode(text="N/A", meaning=Missing.NOT_SHOWN),)
            ),
            Question(column="story", kind=Kind.TEXT),
        )
    )
    session = new_session(tmp_path / "w.survey", clock)
    run_import(session, plan_import(path, mapping=mapping), wave="2026", survey="Census")
    yield session
    session.close()


def _export(session: Session, path: Path) -> tuple[dict[str, list[Any]], Any]:
    n = export_data(session, Base(wave_id=session.waves()[0].id), path, form=DataForm.LABELS)
    columns, meta = pyreadstat.read_sav(str(path), output_format="dict", user_missing=True)
    assert meta.number_rows == n
    return columns, meta


def test_kinds_of_missing_stay_apart(session: Session, tmp_path: Path) -> None:
    columns, meta = _export(session, tmp_path / "a.sav")
    labels, missing = meta.variable_value_labels, meta.missing_ranges
    assert columns["ward"] == [1, 3, 2, None, 1]
    assert columns["ward_text"] == ["", "Elsewhere", "", "", ""]
    assert columns["age"] == [34, -99, -96, None, 18]
    assert labels["age"] == {-99: "Unreadable", -96: "Out of range"}
    assert sorted(one["lo"] for one in missing["age"]) == [-99, -96]
    assert columns["temperature"] == [-120, -99.5, 12, None, 3]
    assert columns["agree"] == [2, -97, -95, None, 1]
    assert labels["agree"] == {1: "Disagree", 2: "Agree", -95: "Prefer not to say", -97: "Not shown"}
    assert sorted(one["lo"] for one in missing["agree"]) == [-97, -95]
    assert (meta.variable_measure["agree"], meta.variable_measure["ward"]) == ("ordinal", "nominal")
    assert columns["story"] == ["one, two", "", "x", "y", "z"]
    assert str(columns["when"][0]) == "2026-03-01 00:00:00"
    assert meta.original_variable_types["when"] == "DATETIME20"


def test_codes_of_missing_lie_below_all_numbers(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "census.csv"
    path.write_text("id,depth\n1,-99\n2,abc\n3,-150\n", encoding="utf-8")
    with closing(new_session(tmp_path / "w.survey", clock)) as session:
        mapping = Mapping(questions=(Question(column="depth", kind=Kind.NUMBER),))
        run_import(session, plan_import(path, mapping=mapping), wave="2026")
        columns, meta = _export(session, tmp_path / "a.sav")
    assert columns["depth"] == [-99, -999, -150]
    assert meta.variable_value_labels["depth"] == {-999: "Unreadable"}


def test_a_multiple_choice_over_columns_is_a_set(tmp_path: Path, clock: Clock) -> None:
    with closing(tick_session(tmp_path, clock)) as session:
        columns, meta = _export(session, tmp_path / "a.sav")
    (own,) = meta.mr_sets.values()
    assert own["label"] == MEDIA
    assert own["variable_list"] == ["Radio", "Television", "Newspapers", "Podcasts"]
    assert set(columns["Radio"]) == {0, 1, None}


def test_ticks_keep_the_labels_of_their_file(tmp_path: Path, clock: Clock) -> None:
    """From the file of a statistics program and back: "Read" and "Not read" stay so."""
    with closing(tick_session(tmp_path, clock)) as session:
        ticks = [one for one in session.codebook(1).questions if one.kind is Kind.TICK]
        words = {1: "Read", 0: "Not read"}
        update_questions(
            session,
            1,
            [
                replace(one, choices=tuple(replace(choice, label=words[choice.code]) for choice in one.choices))
                for one in ticks
            ],
        )
        columns, meta = _export(session, tmp_path / "a.sav")
        again = plan_import(tmp_path / "a.sav")
    assert meta.variable_value_labels["Radio"] == {0: "Not read", 1: "Read"}
    assert set(columns["Radio"]) == {0, 1, None}
    radio = next(one for one in again.mapping.questions if one.column == "Radio")
    assert (radio.kind, {choice.code: choice.label for choice in radio.choices}) == (Kind.TICK, words)


def test_numbers_without_words_stay_what_they_are(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "flags.csv"
    path.write_text("id,treated\n" + "".join(f"{n},{n % 2}\n" for n in range(40)) + "40,\n", encoding="utf-8")
    with closing(new_session(tmp_path / "w.survey", clock)) as session:
        run_import(session, plan_import(path), wave="2026")
        assert next(one for one in session.codebook(1).questions if one.column == "treated").kind is Kind.SINGLE
        columns, meta = _export(session, tmp_path / "a.sav")
    assert columns["treated"] == [*(n % 2 for n in range(40)), None]
    assert "treated" not in meta.variable_value_labels


def test_why_a_text_is_missing_is_a_variable_of_its_own(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "census.csv"
    path.write_text("id,story\n1,x\n2,N/A\n3,\n", encoding="utf-8")
    codes = (MissingCode(text="N/A", meaning=Missing.NOT_SHOWN),)
    with closing(new_session(tmp_path / "w.survey", clock)) as session:
        mapping = Mapping(questions=(Question(column="story", kind=Kind.TEXT, missing_codes=codes),))
        run_import(session, plan_import(path, mapping=mapping), wave="2026")
        columns, meta = _export(session, tmp_path / "a.sav")
    assert columns["story"] == ["x", "", ""]
    assert columns["story_why"] == [None, -97, None]
    assert meta.variable_value_labels["story_why"] == {-97: "Not shown"}


def test_our_own_file_reads_back_alike(session: Session, tmp_path: Path) -> None:
    _export(session, tmp_path / "a.sav")
    plan = plan_import(tmp_path / "a.sav")
    agree = next(q for q in plan.mapping.questions if q.column == "agree")
    assert [choice.label for choice in agree.choices] == ["Disagree", "Agree"]
    assert agree.ordered
    assert {code.text: code.meaning for code in agree.missing_codes} == {
        "-97": Missing.NOT_SHOWN,
        "-95": Missing.REFUSED,
    }
    age = next(q for q in plan.mapping.questions if q.column == "age")
    assert {code.meaning for code in age.missing_codes} == {Missing.UNREADABLE, Missing.OUT_OF_RANGE}


def test_a_whole_census_with_a_filter(tmp_path: Path, clock: Clock) -> None:
    with closing(new_session(tmp_path / "w.survey", clock)) as session:
        fill(session)
        columns, meta = _export(session, tmp_path / "a.sav")
        assert len(columns["Gender"]) == 60
        assert meta.column_names_to_labels["How_old_are_you"] == AGE
        assert next(iter(meta.mr_sets.values()))["variable_list"] == [f"Causes_{n}" for n in range(1, 5)]
        assert any("SHA-256" in note for note in meta.notes)
        with pytest.raises(UserError, match="Exact data"):
            export_data(session, Base(wave_id=session.waves()[0].id), tmp_path / "b.sav", form=DataForm.EXACT)
