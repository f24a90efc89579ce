"""The history of a cell, and the same correction for all cells that read alike."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from services_example import AGE, COMMENT, GENDER

from surveyapp.domain.column import CodedColumn
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Question
from surveyapp.services.cell.correction import edit_cell, edited_cells
from surveyapp.services.cell.equal import correct_equal, count_equal
from surveyapp.services.cell.history import EventKind, history_of_cell
from surveyapp.services.change_log import undo
from surveyapp.services.codebook.stored import update_questions
from surveyapp.services.session import Session


def column_of(session: Session, question: Question) -> CodedColumn:
    return session.store.answers.load(1, [question.id])[question.id]


def test_every_version_is_told_newest_first(session: Session) -> None:
    age = session.find_question(1, AGE)
    row = session.store.answers.rows(1)[0]
    typed = column_of(session, age).entries[column_of(session, age).index[0]].raw
    only = history_of_cell(session, 1, row, age)
    assert [(event.kind, event.text) for event in only] == [(EventKind.FILE, typed)]
    edit_cell(session, 1, row, age, "41", "was a typo")
    update_questions(session, 1, [replace(age, unit="years")])
    edit_cell(session, 1, row, session.find_question(1, AGE), "42")
    told = history_of_cell(session, 1, row, session.find_question(1, AGE))
    assert [(event.kind, event.text, event.note) for event in told] == [
        (EventKind.CODEBOOK, "", f"Unit of “{age.title}” changed"),
        (EventKind.EDIT, "42", ""),
        (EventKind.EDIT, "41", "was a typo"),
        (EventKind.FILE, typed, ""),
    ]
    assert [event.words for event in told if event.kind is EventKind.EDIT] == ["42", "41"]
    other = session.store.answers.rows(1)[1]
    assert [event.kind for event in history_of_cell(session, 1, other, age)] == [EventKind.CODEBOOK, EventKind.FILE]


def test_equal_cells_are_corrected_in_the_codebook(session: Session) -> None:
    age = session.find_question(1, AGE)
    column = column_of(session, age)
    text, n = Counter(column.entries[place].raw for place in column.index if column.entries[place].raw).most_common(1)[
        0
    ]
    assert count_equal(session, 1, age, f" {text} ") == n > 1
    change = correct_equal(session, 1, age, text, "77")
    assert change is not None
    assert change.label == f"{n} equal cells of “{age.title}” corrected"
    assert text not in change.label.split("“")[0]
    now = column_of(session, age)
    read = [now.entries[place] for place in now.index]
    assert sum(entry.raw == text and entry.value == 77 for entry in read) == n
    assert not edited_cells(session, 1)
    assert correct_equal(session, 1, age, text, "77") is None
    undo(session)
    assert session.find_question(1, AGE).replacements == ()


def test_what_cannot_be_is_refused(session: Session) -> None:
    gender, comment = session.find_question(1, GENDER), session.find_question(1, COMMENT)
    assert count_equal(session, 1, comment, "  ") == 0
    with pytest.raises(UserError, match="blank"):
        correct_equal(session, 1, comment, "", "something")
    closed = replace(gender, choices=tuple(replace(c, other=False) for c in gender.choices))
    update_questions(session, 1, [closed])
    with pytest.raises(UserError, match="no such answer"):
        correct_equal(session, 1, gender, gender.choices[0].label, "Nobody says this")
