"""One answer by hand: read by the codebook, refused where it has no place, undone exactly."""

from __future__ import annotations

import pytest
from services_example import AGE, CAUSES, COMMENT, GENDER, state

from surveyapp.domain.column import Entry
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Kind, Missing, Question
from surveyapp.services.cell.correction import cell_entry, edit_cell, edited_cells
from surveyapp.services.change_log import redo, undo
from surveyapp.services.session import Session

WAVE = 1


def find(session: Session, header: str) -> Question:
    return session.find_question(WAVE, header)


def first_row(session: Session) -> int:
    return int(session.dataset.rows(WAVE)[0])


def test_a_number_is_read_and_undone(session: Session) -> None:
    age, row = find(session, AGE), first_row(session)
    before, everything = cell_entry(session, WAVE, row, age), state(session)
    change = edit_cell(session, WAVE, row, age, "41", "asked again")
    assert change is not None
    assert cell_entry(session, WAVE, row, age) == Entry(raw="41", value=41)
    assert session.dataset.answers(WAVE, age).values[0] == 41
    assert edited_cells(session, WAVE) == {(row, age.id): before}
    undo(session)
    assert cell_entry(session, WAVE, row, age) == before
    assert edited_cells(session, WAVE) == {}
    after = state(session)
    assert {name: rows for name, rows in after.items() if name != "cell_edit"} == {
        name: rows for name, rows in everything.items() if name != "cell_edit"
    }
    redo(session)
    assert cell_entry(session, WAVE, row, age).value == 41


def test_the_same_text_is_no_change(session: Session) -> None:
    age, row = find(session, AGE), first_row(session)
    assert edit_cell(session, WAVE, row, age, cell_entry(session, WAVE, row, age).raw) is None
    assert len(session.store.changes.list()) == 1  # the import


def test_what_cannot_be_read_is_kept_as_typed(session: Session) -> None:
    age, row = find(session, AGE), first_row(session)
    edit_cell(session, WAVE, row, age, "forty-one")
    entry = cell_entry(session, WAVE, row, age)
    assert (entry.raw, entry.missing) == ("forty-one", Missing.UNREADABLE)
    edit_cell(session, WAVE, row, age, "")
    assert cell_entry(session, WAVE, row, age).missing is Missing.BLANK


def test_an_answer_the_question_lacks_is_refused(session: Session) -> None:
    closed = next(
        question
        for question in session.codebook(WAVE).questions
        if question.kind is Kind.SINGLE and not any(choice.other for choice in question.choices)
    )
    before = state(session)
    with pytest.raises(UserError, match="no such answer") as refused:
        edit_cell(session, WAVE, first_row(session), closed, "=HYPERLINK(1)")
    assert closed.choices[0].label in refused.value.what_to_do
    assert state(session) == before


@pytest.mark.parametrize("header", [GENDER, CAUSES, COMMENT])
def test_texts_of_every_kind_of_question(session: Session, header: str) -> None:
    question, row = find(session, header), first_row(session)
    text = question.choices[0].label if question.choices else "'); DROP TABLE wave; -- ✓"
    edit_cell(session, WAVE, row, question, text)
    assert cell_entry(session, WAVE, row, question).raw == text


def test_there_is_no_such_row(session: Session) -> None:
    with pytest.raises(KeyError):
        edit_cell(session, WAVE, 99_999, find(session, AGE), "1")
