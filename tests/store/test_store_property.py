"""For any answers at all: what is loaded is what was added, and recoding one question leaves the others alone."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import census_example as example
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from standing_clock import fixed_clock

from surveyapp.domain.column import NO_CODE, CodedColumn, Entry, Value, ValueColumn
from surveyapp.domain.question import Choice, Kind, Missing, Question
from surveyapp.store import Store, create_workspace

TEXTS = st.text(max_size=12) | st.sampled_from(["0", "N/A", "Yes", "Yes ", "50%", "1.00000E-05", example.NASTY])
LABELS = st.text(max_size=6) | st.sampled_from(["a", "b, c", "A", "a;b"])


@st.composite
def questions(draw: st.DrawFn) -> Question:
    kind = draw(st.sampled_from(list(Kind)))
    choices: tuple[Choice, ...] = ()
    if kind in (Kind.SINGLE, Kind.SCALE, Kind.MULTI, Kind.TICK):
        codes = draw(st.lists(st.integers(-3, 12), unique=True, max_size=5))
        marks = st.sampled_from([None, None, None, Missing.REFUSED])
        aliases = st.lists(LABELS, max_size=2).map(tuple)
        choices = tuple(
            Choice(code=code, label=draw(LABELS), missing=draw(marks), aliases=draw(aliases)) for code in codes
        )
    delimiter = draw(st.sampled_from(["", ",", ", ", ";", "; "]))
    return Question(column=draw(TEXTS), kind=kind, choices=choices, delimiter=delimiter, name=draw(TEXTS))


def values(question: Question) -> st.SearchStrategy[Value]:
    codes = [choice.code for choice in question.choices]
    match question.kind:
        case Kind.EMPTY:
            return st.none()
        case Kind.MULTI:
            return st.sets(st.sampled_from(codes)).map(lambda ticks: tuple(sorted(ticks))) if codes else st.just(())
        case Kind.SINGLE | Kind.SCALE | Kind.TICK:
            return st.sampled_from(codes) if codes else st.integers(-5, 5)
        case Kind.NUMBER | Kind.PROBABILITY:
            return st.floats(allow_nan=False) | st.integers(-1000, 1000).map(float)
        case _:
            return TEXTS


@st.composite
def entries(draw: st.DrawFn, question: Question) -> Entry:
    value = draw(st.none() | values(question))
    kinds = list(Missing)
    missing = draw(st.sampled_from(kinds)) if value is None else draw(st.sampled_from([None, None, None, *kinds]))
    if value == () and not question.choices:
        missing = None
    raws = TEXTS
    if value is not None:
        raws = st.sampled_from([str(value), f"{value}%", " "]) | TEXTS
    return Entry(raw=draw(raws), value=value, missing=missing, write_in=draw(st.just("") | TEXTS))


@st.composite
def coded_columns(draw: st.DrawFn, n_responses: int) -> CodedColumn:
    question = draw(questions())
    distinct = draw(st.lists(entries(question), min_size=1, max_size=6))
    cells = draw(st.lists(st.sampled_from(distinct), min_size=n_responses, max_size=n_responses))
    return example.column(question, cells)


@pytest.fixture(scope="module")
def shared() -> Iterator[Store]:
    """One workspace for all examples: making files is the slow part."""
    with tempfile.TemporaryDirectory() as folder:
        store = create_workspace(Path(folder) / "w.sqlite", name="", me="", clock=fixed_clock(example.AT))
        yield store
        store.close(backup=False)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_is_loaded_is_what_was_added(shared: Store, data: st.DataObject) -> None:
    n_responses = data.draw(st.integers(0, 8))
    columns = data.draw(st.lists(coded_columns(n_responses), min_size=1, max_size=4))
    coded = example.wave(columns)
    added = shared.waves.add(coded, mapping=example.mapping(coded), at=example.AT)
    loaded = shared.answers.load(added.id)
    assert [example.cells(got) for got in loaded.values()] == [example.cells(put) for put in columns]

    assert values_of(shared, added.id) == {id_: told(got) for id_, got in loaded.items()}

    target = data.draw(st.sampled_from(list(loaded)))
    other = data.draw(coded_columns(n_responses))
    header = loaded[target].question
    question = replace(
        other.question, id=target, column=header.column, occurrence=header.occurrence, position=header.position
    )
    shared.codebook.replace_question(added.id, replace(other, question=question))
    again = shared.answers.load(added.id)
    wanted = {id_: example.cells(got) for id_, got in loaded.items()} | {target: example.cells(other)}
    assert {id_: example.cells(got) for id_, got in again.items()} == wanted
    assert again[target].question == question
    assert values_of(shared, added.id) == {id_: told(got) for id_, got in again.items()}


Told = list[tuple[Value, Missing | None]]


def told(column: CodedColumn) -> Told:
    """What each person answered, and why not."""
    return [(entry.value, entry.missing) for entry in example.cells(column)]


def values_of(store: Store, wave_id: int) -> dict[int, Told]:
    """The same, read without how it was typed."""
    ids = [question.id for question in store.codebook.get(wave_id).questions]
    return {column.question.id: read(column) for column in store.answers.load_values(wave_id, ids)}


def read(column: ValueColumn) -> Told:
    found: Told = []
    for place, cells in enumerate(zip(*column.cells, strict=True) if column.cells else [()] * column.n):
        value = one_value(column, cells)
        why = column.nothing if value is None else None
        if isinstance(value, int):
            why = column.missing_codes.get(value)
        why = column.special.get(place, why)
        if not column.cells and column.question.kind is Kind.MULTI and why is None:
            value = ()  # nothing to tick: nothing ticked, and no answer, differ in this alone
        found.append((value, why))
    return found


def one_value(column: ValueColumn, cells: tuple[int | float | str | None, ...]) -> Value:
    if column.question.kind is Kind.MULTI:
        ticked = tuple(code for code, cell in zip(column.codes, cells, strict=True) if cell == 1)
        return None if not cells or cells[0] == -1 else ticked
    empty = not cells or cells[0] is None or cells[0] == NO_CODE or cells[0] != cells[0]
    return None if empty else cells[0]
