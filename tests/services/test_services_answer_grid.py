"""Answers in words: every reason for none, write-ins, sorting and finding."""

from __future__ import annotations

import numpy as np
import pytest
from services_example import AGE, COMMENT, GENDER, PEOPLE

from surveyapp.domain.column import Entry
from surveyapp.domain.question import Choice, Kind, Missing, Question
from surveyapp.domain.wave import Flag
from surveyapp.services.answer_grid import AnswerGrid, answer_words, load_grid, reload_grid, sort_key
from surveyapp.services.cell.correction import edit_cell
from surveyapp.services.session import Session

STEPS = (Choice(code=5, label="Low"), Choice(code=2, label="High"), Choice(code=9, label="Other", other=True))
SINGLE = Question(column="x", kind=Kind.SINGLE, choices=STEPS, ordered=True)
MULTI = Question(column="x", kind=Kind.MULTI, choices=STEPS)
NUMBER = Question(column="x", kind=Kind.NUMBER)


def place(grid: AnswerGrid, header: str) -> int:
    return next(n for n, column in enumerate(grid.columns) if column.question.column == header)


def test_words_of_a_cell() -> None:
    assert answer_words(SINGLE, Entry(raw="Low", value=5)) == "Low"
    assert answer_words(SINGLE, Entry(raw="Middle", value=9, write_in="Middle")) == "Other: Middle"
    assert answer_words(MULTI, Entry(raw="Low, High, my own", value=(5, 2), write_in="my own")) == "Low; High; my own"
    assert answer_words(NUMBER, Entry(raw="1234.5", value=1234.5)) == "1,234.5"
    assert answer_words(NUMBER, Entry(raw="", value=None, missing=Missing.BLANK)) == "blank"
    assert answer_words(NUMBER, Entry(raw="x?", value=None, missing=Missing.UNREADABLE)) == "unreadable: x?"
    assert answer_words(SINGLE, Entry(raw="-", value=None, missing=Missing.REFUSED)) == "refused"
    assert answer_words(SINGLE, Entry(raw="N/A", value=None, missing=Missing.NOT_SHOWN)) == "not shown"


def test_answers_sort_in_their_own_order_and_no_answer_last() -> None:
    blank = Entry(raw="", value=None, missing=Missing.BLANK)
    low, high = Entry(raw="Low", value=5), Entry(raw="High", value=2)
    assert sorted([blank, high, low], key=lambda entry: sort_key(SINGLE, entry)) == [low, high, blank]
    two, ten = Entry(raw="2", value=2), Entry(raw="10", value=10)
    assert sorted([blank, ten, two], key=lambda entry: sort_key(NUMBER, entry)) == [two, ten, blank]


def test_the_grid_holds_everybody(session: Session) -> None:
    grid = load_grid(session, 1)
    assert len(grid.rows) == PEOPLE
    assert len(grid.columns) == len(session.codebook(1).questions)
    flagged = {int(grid.rows[person]) for person, flags in grid.flags.items() if Flag.ATTENTION in flags}
    assert flagged == set(session.store.flags.get(1)[Flag.ATTENTION])
    ranks = grid.ranks(place(grid, AGE))
    ages = [grid.entry(int(person), place(grid, AGE)).value for person in np.argsort(ranks, kind="stable")]
    answered = [age for age in ages if isinstance(age, (int, float))]
    assert answered == sorted(answered)
    assert ages[: len(answered)] == answered


def test_finding_looks_at_words_and_at_what_was_typed(session: Session) -> None:
    grid = load_grid(session, 1)
    label = session.find_question(1, GENDER).choices[0].label
    column = grid.columns[place(grid, GENDER)]
    own = np.array([column.entries[n].raw.casefold().find(label.casefold()) >= 0 for n in column.index])
    assert (grid.matching(label.upper()) >= own).all()
    assert not grid.matching("no such words anywhere").any()
    assert int(grid.matching(str(int(grid.rows[-1])))[-1]) == 1


def test_an_edited_cell_remembers_the_file(session: Session) -> None:
    question = session.find_question(1, COMMENT)
    row = int(session.dataset.rows(1)[3])
    before = load_grid(session, 1).entry(3, question.position)
    edit_cell(session, 1, row, question, "edited")
    grid = load_grid(session, 1)
    assert grid.edited == {(3, place(grid, COMMENT)): before}
    assert grid.matching("edited")[3]


def test_after_an_edit_only_that_column_is_read_again(session: Session) -> None:
    question = session.find_question(1, COMMENT)
    before = load_grid(session, 1)
    edit_cell(session, 1, int(before.rows[0]), question, "edited")
    after = reload_grid(session, before, {question.id})
    assert after.entry(0, question.position).raw == "edited"
    assert (0, question.position) in after.edited
    same = [old is new for old, new in zip(before.columns, after.columns, strict=True)]
    assert same.count(False) == 1
    with pytest.raises(KeyError):
        reload_grid(session, before, {9999})
