"""What Explore and Calibration ask of the services: lists, filters, keys, pictures, tables as text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from small_census import AGE, COLOUR, ESTIMATE, PARKS, RAIN, rows, small_session

from surveyapp.base.clock import Clock
from surveyapp.domain.analysis import Base, Condition, Operator
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import AnswerKey, Kind
from surveyapp.services.analysis.run import base_of, run_analysis
from surveyapp.services.base_state import current_base, use_base
from surveyapp.services.change_log import undo
from surveyapp.services.codebook.answer_key import list_pairs, set_answer_key
from surveyapp.services.codebook.stored import update_questions
from surveyapp.services.filter.offer import (
    offer_filters,
    operators_of,
    people_of_bin,
    question_condition,
    with_conditions,
    without,
)
from surveyapp.services.picture import write_picture
from surveyapp.services.question_list import ListedQuestion, list_questions
from surveyapp.services.result_text import text_table
from surveyapp.services.session import Session
from surveyapp.services.workspace import require_session
from surveyapp.stats.result import CalibrationResult

BASE = Base(wave_id=1)


@pytest.fixture
def session(tmp_path: Path, clock: Clock) -> Iterator[Session]:
    made = small_session(tmp_path, clock)
    yield made
    made.close()


def entries(session: Session) -> list[ListedQuestion]:
    return [entry for section in list_questions(session.codebook(1)) for entry in section.entries]


def test_a_battery_is_one_entry_and_its_items_are_listed_where_their_answers_differ(session: Session) -> None:
    listed = entries(session)
    assert [entry.key for entry in listed if entry.grid] == ["grid:Views"]
    assert len(next(entry for entry in listed if entry.grid).questions) == 2
    parks = session.codebook(1).questions[PARKS]
    update_questions(session, 1, [replace(parks, kind=Kind.TEXT)])
    assert not any(entry.grid for entry in entries(session))
    assert len(entries(session)) == len(listed) + 1


def test_identifiers_are_not_listed(session: Session) -> None:
    colour = session.codebook(1).questions[COLOUR]
    before = len(entries(session))
    update_questions(session, 1, [replace(colour, kind=Kind.IDENTIFIER)])
    assert len(entries(session)) == before - 1


def test_filters_say_whom_they_leave(session: Session) -> None:
    colour = session.codebook(1).questions[COLOUR]
    red = question_condition(colour, Operator.IS, ("red",))
    missing = question_condition(colour, Operator.MISSING)
    nonsense = question_condition(colour, Operator.IS, ("no such colour",))
    expected = sum(row[COLOUR] == "red" for row in rows())
    assert [offer.left for offer in offer_filters(session, BASE, [red, missing, nonsense])] == [expected, 6, None]
    among = replace(BASE, conditions=(missing,))
    assert [offer.left for offer in offer_filters(session, among, [red])] == [0]


def test_filters_are_added_once_replaced_in_place_and_removed(session: Session) -> None:
    colour = session.codebook(1).questions[COLOUR]
    red, blue = (question_condition(colour, Operator.IS, (name,)) for name in ("red", "blue"))
    one = with_conditions(BASE, [red])
    assert with_conditions(one, [red]) == one
    assert with_conditions(one, [red], number=0) == one
    assert with_conditions(with_conditions(one, [blue]), [blue], number=0).conditions == (blue,)
    assert without(one, 0) == BASE


def test_text_can_only_be_filtered_by_whether_there_is_an_answer(session: Session) -> None:
    remark = session.codebook(1).find("Remark")
    assert remark is not None
    assert operators_of(remark) == (Operator.ANSWERED, Operator.MISSING)


@pytest.mark.parametrize(("low", "high"), [(22.0, 25.0), (None, 25.0), (30.0, None)])
def test_people_of_a_bar_are_those_it_counts(session: Session, low: float | None, high: float | None) -> None:
    age = session.codebook(1).questions[AGE]
    conditions = people_of_bin(session, BASE, age, low=low, high=high)
    ages = [int(row[AGE]) for row in rows()]
    expected = sum((low is None or value >= low) and (high is None or value < high) for value in ages)
    assert base_of(session, replace(BASE, conditions=tuple(conditions))).n == expected


def test_an_empty_bar_has_no_people(session: Session) -> None:
    assert people_of_bin(session, BASE, session.codebook(1).questions[AGE], low=90, high=95) == []


def test_a_key_is_signed_scored_and_undone(session: Session) -> None:
    pair = list_pairs(session.codebook(1))[0]
    change = set_answer_key(session, 1, pair.estimate, AnswerKey(value=739, tolerance=0.1, unit_factor=1e6))
    assert change is not None
    result = run_analysis(session, list_pairs(session.codebook(1))[0].spec(BASE))
    assert isinstance(result, CalibrationResult)
    assert result.key_set_by == "Sam"
    assert (result.counted.n, result.unit_repaired) == (60, 15)
    assert result.share_right.value == pytest.approx(45 / 60)  # 739, 700 and 740 million are within 10 %
    assert result.mean_confidence.value == pytest.approx((0.1 + 0.3 + 0.6 + 0.9) / 4)
    brier = ((0.1 - 1) ** 2 + (0.3 - 1) ** 2 + 0.6**2 + (0.9 - 1) ** 2) / 4
    assert result.brier.value == pytest.approx(brier)
    undo(session, change.id)
    assert session.codebook(1).questions[ESTIMATE].key is None


def test_estimates_that_the_codebook_divided_are_told_with_the_score(session: Session) -> None:
    """Those of the people in the base only, and not counted as the key's own repairs."""
    estimate = session.codebook(1).questions[ESTIMATE]
    key = AnswerKey(value=739, tolerance=0.1)
    update_questions(session, 1, [replace(estimate, unit_factor=1e6, high=8000.0, key=key)])
    result = run_analysis(session, list_pairs(session.codebook(1))[0].spec(BASE))
    assert isinstance(result, CalibrationResult)
    assert (result.unit_repaired, result.unit_divided) == (0, 15)
    assert result.share_right.value == pytest.approx(45 / 60)
    age = session.codebook(1).questions[AGE]
    young = replace(BASE, conditions=tuple(people_of_bin(session, BASE, age, low=None, high=25.0)))
    fewer = run_analysis(session, list_pairs(session.codebook(1))[0].spec(young))
    assert isinstance(fewer, CalibrationResult)
    assert fewer.unit_divided == sum(int(row[AGE]) < 25 and int(row[ESTIMATE]) > 8000 for row in rows())


@pytest.mark.parametrize(
    "key", [AnswerKey(value=1, tolerance=-0.1), AnswerKey(value=1, unit_factor=1), AnswerKey(value=1, unit_factor=-5)]
)
def test_a_key_that_could_judge_nothing_is_refused(session: Session, key: AnswerKey) -> None:
    with pytest.raises(UserError):
        set_answer_key(session, 1, session.codebook(1).questions[ESTIMATE], key)
    assert session.codebook(1).questions[ESTIMATE].key is None


def test_a_half_without_its_other_half_is_no_pair(session: Session) -> None:
    estimate = session.codebook(1).questions[ESTIMATE]
    update_questions(session, 1, [replace(estimate, pair=2)])
    assert list_pairs(session.codebook(1)) == []


@pytest.mark.parametrize(("suffix", "magic"), [(".svg", b"<svg"), (".png", b"\x89PNG"), (".pdf", b"%PDF")])
def test_pictures_in_three_formats(session: Session, tmp_path: Path, suffix: str, magic: bytes) -> None:
    result = run_analysis(session, entries(session)[1].spec(BASE))
    path = tmp_path / f"colour{suffix}"
    write_picture(result, path)
    assert path.read_bytes().startswith(magic)


def test_no_picture_of_texts_or_with_another_ending(session: Session, tmp_path: Path) -> None:
    remark = next(entry for entry in entries(session) if entry.key == "Remark")
    with pytest.raises(UserError):
        write_picture(run_analysis(session, remark.spec(BASE)), tmp_path / "a.svg")
    with pytest.raises(UserError):
        write_picture(run_analysis(session, entries(session)[1].spec(BASE)), tmp_path / "a.gif")
    assert not list(tmp_path.glob("a.*"))


def test_tables_as_text_have_the_rows_and_keys_of_the_figure(session: Session) -> None:
    colour = session.codebook(1).questions[COLOUR]
    table = text_table(run_analysis(session, entries(session)[1].spec(BASE)))
    codes = {str(choice.code): choice.label for choice in colour.choices}
    assert [codes[key] for key in table.keys] == list(table.columns[0].cells)
    lines = table.as_text().split("\n")
    assert lines[0].split("\t")[:2] == ["Answer", "People"]
    assert len(lines) == 4
    counts = {line.split("\t")[0]: int(line.split("\t")[1]) for line in lines[1:]}
    assert counts == {name: sum(row[COLOUR] == name for row in rows()) for name in counts}


def test_no_cell_of_copied_text_runs_as_a_formula(session: Session) -> None:
    colour = session.codebook(1).questions[COLOUR]
    first = replace(colour.choices[0], label="=1+1")
    update_questions(session, 1, [replace(colour, choices=(first, *colour.choices[1:]))])
    text = text_table(run_analysis(session, entries(session)[1].spec(BASE))).as_text()
    assert "1+1" in text
    assert not any(line.startswith("=") for line in text.split("\n"))


def test_every_entry_can_be_asked(session: Session) -> None:
    for entry in entries(session):
        assert text_table(run_analysis(session, entry.spec(BASE))).n_rows
    rain = Condition(column="P(rain)", operator=Operator.AT_LEAST, values=("50",))
    expected = sum(int(row[RAIN]) >= 50 for row in rows())
    assert base_of(session, Base(wave_id=1, conditions=(rain,))).n == expected


def test_a_base_can_be_chosen_while_the_file_is_only_read(session: Session, clock: Clock) -> None:
    reader = require_session(session.path, clock=clock, read_only=True)
    try:
        older = Base(wave_id=1, conditions=(Condition(column="Age", operator=Operator.AT_LEAST, values=("30",)),))
        use_base(reader, older)
        assert current_base(reader) == older
        assert current_base(session) == BASE
    finally:
        reader.close()
