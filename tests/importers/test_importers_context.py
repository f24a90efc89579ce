"""Columns that are read beside others: the text behind an "Other", questions asked of some, coded ticks."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveyapp.domain.column import CodedColumn, Entry, TextColumn
from surveyapp.domain.question import Choice, Kind, Missing, MissingCode, Question
from surveyapp.domain.shown_if import ShownIf
from surveyapp.importers.coding import code_column
from surveyapp.importers.context import Beside, affected, needs_of, parent_of

FAITH = Question(
    column="Faith",
    kind=Kind.SINGLE,
    choices=(
        Choice(code=1, label="Theist"),
        Choice(code=2, label="Atheist", aliases=("nothing really", "A2")),
        Choice(code=3, label="Other", other=True, aliases=("Jedi",)),
    ),
)
SPELLED = Question(column="Faith [other]", other_of="Faith")


def code(questions: Sequence[Question], rows: Sequence[Sequence[str]], place: int) -> CodedColumn:
    """One column of these rows, read beside the others."""
    columns = [
        TextColumn(header=q.column, occurrence=0, index=array("i", range(len(rows))), texts=[row[n] for row in rows])
        for n, q in enumerate(questions)
    ]
    return code_column(columns[place], questions[place], beside=Beside(questions=questions, column=columns.__getitem__))


def entries(column: CodedColumn) -> list[Entry]:
    """The entry of each person."""
    return [column.entries[n] for n in column.index]


def test_the_text_beside_an_other_is_its_write_in() -> None:
    rows = [["Theist", ""], ["Other", "Pastafarian"], ["Other", ""], ["A2", ""], ["Theist", "but doubting"]]
    read = entries(code((FAITH, SPELLED), rows, 0))
    assert [(e.value, e.write_in) for e in read] == [(1, ""), (3, "Pastafarian"), (3, ""), (2, ""), (1, "")]
    assert [e.raw for e in read] == [row[0] for row in rows]


def test_a_coded_text_beside_an_other_is_that_choice() -> None:
    rows = [["Other", "nothing really"], ["Other", " nothing really "], ["Other", "Jedi"], ["Other", "Theist"]]
    read = entries(code((FAITH, SPELLED), rows, 0))
    assert [(e.value, e.write_in) for e in read] == [(2, ""), (2, ""), (3, ""), (1, "")]
    assert {e.raw for e in read} == {"Other"}


def test_a_tool_may_leave_the_question_blank_beside_the_text() -> None:
    spelled = Question(column="Faith [other]", other_of="Faith", missing_codes=(MissingCode(text="N/A"),))
    rows = [["", "Pastafarian"], ["", ""], ["", "N/A"], ["", "nothing really"]]
    read = entries(code((FAITH, spelled), rows, 0))
    assert [(e.value, e.missing, e.write_in) for e in read] == [
        (3, None, "Pastafarian"),
        (None, Missing.BLANK, ""),
        (None, Missing.BLANK, ""),
        (2, None, ""),
    ]
    assert {e.raw for e in read} == {""}


def test_several_choices_take_the_text_beside_them() -> None:
    faiths = Question(column="Faith", kind=Kind.MULTI, choices=FAITH.choices, delimiter=";")
    rows = [["Theist;Other", "Pastafarian"], ["Theist;Other", "nothing really"], ["", "Jedi"], ["Theist", ""]]
    read = entries(code((faiths, SPELLED), rows, 0))
    assert [(e.value, e.write_in) for e in read] == [((1, 3), "Pastafarian"), ((1, 2), ""), ((3,), ""), ((1,), "")]


def test_the_parent_is_the_nearest_of_its_header() -> None:
    again = Question(column="Faith", occurrence=1, kind=Kind.SINGLE, choices=FAITH.choices)
    questions = (FAITH, SPELLED, again, Question(column="t", other_of="Faith"))
    assert [parent_of(questions, n) for n in range(4)] == [None, 0, None, 2]
    assert [needs_of(questions, n) for n in range(4)] == [(1,), (), (3,), ()]
    assert parent_of((SPELLED, FAITH), 0) == 1
    assert parent_of((SPELLED,), 0) is None


def test_who_was_not_asked_is_not_shown() -> None:
    asked = Question(column="Which god?", shown_if=ShownIf(column="Faith", labels=("Theist", "A2")))
    rows = [["Theist", ""], ["Atheist", "none"], ["Other", ""], ["Unheard of", ""], ["", ""], ["Other", "Odin"]]
    read = entries(code((FAITH, asked), rows, 1))
    shown = Missing.NOT_SHOWN
    assert [e.missing for e in read] == [Missing.BLANK, None, shown, shown, shown, None]
    assert [e.raw for e in read] == [row[1] for row in rows]


@pytest.mark.parametrize("kind", [Kind.MULTI, Kind.TEXT])
def test_a_condition_may_rest_on_ticks_or_texts(kind: Kind) -> None:
    choices = (Choice(code=1, label="Cat"), Choice(code=2, label="Dog")) if kind is Kind.MULTI else ()
    pets = Question(column="Pets", kind=kind, choices=choices, delimiter=";")
    name = Question(column="Its name", shown_if=ShownIf(column="Pets", labels=("Cat",)))
    rows = [["Cat;Dog" if kind is Kind.MULTI else "Cat", ""], ["Dog", ""], ["Dog", "Rex"], ["", ""]]
    read = entries(code((pets, name), rows, 1))
    assert [e.missing for e in read] == [Missing.BLANK, Missing.NOT_SHOWN, None, Missing.NOT_SHOWN]


def test_a_condition_on_a_column_that_is_not_there_does_nothing() -> None:
    alone = Question(column="Name", shown_if=ShownIf(column="gone", labels=("Cat",)))
    itself = Question(column="Name", shown_if=ShownIf(column="Name", labels=("Cat",)))
    for question in (alone, itself):
        assert entries(code((question, FAITH), [["", "Theist"]], 0))[0].missing is Missing.BLANK


def test_a_coded_other_ticks_the_option_it_means_and_is_no_other() -> None:
    tick = (Choice(code=1, label="Yes", aliases=("Y", "EA forum")), Choice(code=0, label="No"))
    forum = Question(column="q_1", multi="Where?", name="Effective altruism", kind=Kind.TICK, choices=tick)
    plain = (Choice(code=1, label="Yes", aliases=("Y",)), Choice(code=0, label="No"))
    else_ = Question(column="q_2", multi="Where?", name="Other", kind=Kind.TICK, choices=plain)
    other = Question(column="q_other", multi="Where?", name="other")
    unlike = Question(column="z_other", multi="When?", name="Other")
    questions = (forum, else_, other, unlike)
    rows = [
        ["No", "Yes", "EA forum", ""],
        ["", "", "EA forum", ""],
        ["Yes", "No", "", ""],
        ["No", "Yes", "a cat", "EA forum"],
        ["", "", "Y", "x"],
    ]
    assert [e.value for e in entries(code(questions, rows, 0))] == [1, 1, 1, 0, None]
    assert [e.value for e in entries(code(questions, rows, 1))] == [0, None, 0, 1, None]
    assert [e.value for e in entries(code(questions, rows, 2))] == [None, None, None, "a cat", "Y"]
    for place in range(4):
        assert [e.raw for e in entries(code(questions, rows, place))] == [row[place] for row in rows]
    assert needs_of(questions, 0) == (1, 2)
    assert needs_of(questions, 3) == ()


def test_what_must_be_read_anew() -> None:
    asked = Question(column="Which god?", shown_if=ShownIf(column="Faith", labels=("Theist",)))
    before = (FAITH, SPELLED, asked, Question(column="Age", kind=Kind.NUMBER))
    assert affected(before, before, {3}) == {3}
    assert affected(before, before, {1}) == {0, 1}  # the text behind "Other" is the parent's
    assert affected(before, before, {0}) == {0, 2}  # and the condition rests on the parent
    freed = (FAITH, Question(column="Faith [other]"), asked, before[3])
    assert affected(before, freed, {1}) == {0, 1}


TEXT = st.sampled_from(["", " ", "Other", "Theist", "nothing really", "Jedi", "x", "\ufeff", "İ", "A2"]) | st.text(
    max_size=5
)


@given(st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=12), st.booleans())
@settings(deadline=None, max_examples=150)
def test_what_was_typed_stays(rows: list[tuple[str, str, str]], several: bool) -> None:
    parent = Question(column="Faith", kind=Kind.MULTI if several else Kind.SINGLE, choices=FAITH.choices, delimiter=";")
    asked = Question(column="Name", shown_if=ShownIf(column="Faith", labels=("Theist",)))
    questions = (parent, SPELLED, asked)
    columns = [
        TextColumn(header=q.column, occurrence=0, index=array("i", range(len(rows))), texts=[row[n] for row in rows])
        for n, q in enumerate(questions)
    ]
    beside = Beside(questions=questions, column=columns.__getitem__)
    for place, question in enumerate(questions):
        read = code_column(columns[place], question, beside=beside)
        assert [entry.raw for entry in entries(read)] == [row[place] for row in rows]
        assert all((entry.value is None) == (entry.missing is not None) for entry in read.entries)
        again = code_column(read.text_column(), read.question, beside=beside)
        assert entries(again) == entries(read)
