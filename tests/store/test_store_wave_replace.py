"""Other answers in the place of a wave's: ids, hand edits, versions of the file, and nothing half done."""

from __future__ import annotations

import hashlib
import sqlite3
from array import array
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from surveyapp.domain.column import CodedColumn, CodedWave, Entry, Source
from surveyapp.domain.errors import Cancelled, UserError
from surveyapp.domain.mapping import Mapping
from surveyapp.domain.question import Choice, Kind, Missing, Question
from surveyapp.domain.wave import Flag, Problem, Severity
from surveyapp.store import ProblemStatus, Store, StoredProblem

AT = datetime(2026, 3, 1, tzinfo=UTC)
CHOICES = (Choice(code=1, label="red"), Choice(code=2, label="blue"))


def column(question: Question, entries: Sequence[Entry]) -> CodedColumn:
    return CodedColumn(question=question, index=array("i", range(len(entries))), entries=entries)


def coded(content: bytes, rows: Sequence[int], *questions: Question, flags: Sequence[int] = ()) -> CodedWave:
    """A wave in which the people answered every question with their row number."""
    columns = []
    for question in questions:
        if question.kind is Kind.SINGLE:
            entries = [Entry(raw=CHOICES[row % 2].label, value=1 + row % 2) for row in rows]
        elif question.kind is Kind.MULTI:
            entries = [Entry(raw="red, blue", value=(1, 2), write_in="") for _row in rows]
        else:
            entries = [Entry(raw=f"about {row}", value=float(row)) for row in rows]
        columns.append(column(question, entries))
    return CodedWave(
        name="2026",
        survey="Census",
        source=Source(
            name="a.csv", format="delimited", content=content, sha256=hashlib.sha256(content).hexdigest(), detail="x"
        ),
        rows=array("i", rows),
        columns=tuple(columns),
        flags={Flag.ATTENTION: tuple(flags)} if flags else {},
    )


AGE = Question(column="Age", kind=Kind.NUMBER, grid="battery")
COLOUR = Question(column="Colour", kind=Kind.SINGLE, choices=CHOICES)
MANY = Question(column="Many", kind=Kind.MULTI, choices=CHOICES, delimiter=", ")


@pytest.fixture
def wave_id(store: Store) -> int:
    first = coded(b"first", [2, 3, 4], AGE, COLOUR, flags=[3])
    return store.waves.add(first, mapping=Mapping(questions=(AGE, COLOUR)), at=AT).id


def stored(store: Store, wave_id: int) -> dict[str, list[Entry]]:
    columns = store.answers.load(wave_id).values()
    return {c.question.column: [c.entries[n] for n in c.index] for c in columns}


def test_ids_stay_new_ones_come_gone_ones_go(store: Store, wave_id: int) -> None:
    age, colour = store.codebook.get(wave_id).questions
    store.answers.edit_cell(wave_id, 3, age.id, Entry(raw="31", value=31.0), at=AT)
    longer = coded(b"second", [2, 3, 4, 10_000_002], MANY, colour, age, flags=[4])
    store.waves.add_source(wave_id, longer.source)
    questions = store.waves.replace_answers(wave_id, longer, mapping=Mapping(questions=(), survey="x"))
    assert [q.column for q in questions] == ["Many", "Colour", "Age"]
    assert [q.id for q in questions[1:]] == [colour.id, age.id]
    assert store.codebook.get(wave_id).questions == questions
    assert list(store.answers.rows(wave_id)) == [2, 3, 4, 10_000_002]
    assert stored(store, wave_id)["Age"][3] == Entry(raw="about 10000002", value=10_000_002.0)
    assert stored(store, wave_id)["Many"][0].value == (1, 2)
    assert store.flags.get(wave_id) == {Flag.ATTENTION: (4,)}
    assert [edit.new.raw for edit in store.answers.edits(wave_id)] == ["31"]
    wave = store.waves.get(wave_id)
    assert (wave.n_responses, wave.source_sha256, wave.source_size) == (4, longer.source.sha256, 6)
    assert store.waves.source(wave_id).content == b"second"
    assert store.waves.version(wave_id, hashlib.sha256(b"first").hexdigest()) == b"first"
    with closing(sqlite3.connect(store.path)) as connection:
        assert connection.execute(f"SELECT COUNT(*) FROM data_w{wave_id}_labels").fetchone() == (4,)
        assert connection.execute("SELECT COUNT(*) FROM question_set").fetchone() == (1,)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_back_again_brings_the_same_ids(store: Store, wave_id: int) -> None:
    before = store.codebook.get(wave_id).questions
    first, mapping = coded(b"first", [2, 3, 4], *before, flags=[3]), store.waves.mapping(wave_id)
    answers = stored(store, wave_id)
    longer = coded(b"second", [2, 3], *before, MANY)
    store.waves.add_source(wave_id, longer.source)
    more = store.waves.replace_answers(wave_id, longer, mapping=mapping)
    assert store.waves.replace_answers(wave_id, first, mapping=mapping) == before
    assert stored(store, wave_id) == answers
    again = coded(b"second", [2, 3], *more)
    assert store.waves.replace_answers(wave_id, again, mapping=mapping) == more


def test_what_fails_changes_nothing(store: Store, wave_id: int) -> None:
    before, answers = store.codebook.get(wave_id), stored(store, wave_id)

    def cancel(done: int, _total: int) -> None:
        if done:
            raise Cancelled

    longer = coded(b"second", [2, 3, 4, 5], *before.questions, MANY)
    with pytest.raises(Cancelled):
        store.waves.replace_answers(wave_id, longer, mapping=Mapping(questions=()), report=cancel)
    wide = [replace(AGE, column=f"{n}", grid="") for n in range(1901)]
    with pytest.raises(UserError, match="1901 columns"):
        store.waves.replace_answers(wave_id, coded(b"wide", [2], *wide), mapping=Mapping(questions=()))
    with pytest.raises(KeyError):
        store.waves.replace_answers(99, longer, mapping=Mapping(questions=()))
    assert (store.codebook.get(wave_id), stored(store, wave_id)) == (before, answers)


def test_a_version_that_was_never_kept_is_a_sentence(store: Store, wave_id: int) -> None:
    with pytest.raises(UserError, match="salvaged"):
        store.waves.version(wave_id, "0" * 64)
    with pytest.raises(KeyError):
        store.waves.source(99)


def test_logged_edits_read_like_made_ones(store: Store, wave_id: int) -> None:
    age = store.codebook.get(wave_id).questions[0]
    made = store.answers.edit_cell(wave_id, 2, age.id, Entry(raw="x", value=None, missing=Missing.UNREADABLE), at=AT)
    store.answers.log_edits([replace(made, reason="again")])
    store.answers.log_edits([])
    first, second = store.answers.edits(wave_id)
    assert replace(second, id=first.id, reason="") == first


def test_problems_are_put_back_as_they_were(store: Store, wave_id: int) -> None:
    problems = [Problem(kind=f"kind{n}", severity=Severity.LOOK, title=f"{n}") for n in range(3)]
    store.problems.replace(wave_id, problems)
    first, second, third = store.problems.list(wave_id)
    store.problems.resolve(second.id, ProblemStatus.LEFT, "so be it")
    before = store.problems.list(wave_id)
    new = StoredProblem(id=0, problem=replace(problems[0], kind="new"))
    store.problems.restore(wave_id, [new, third, before[1]])
    found = store.problems.list(wave_id)
    assert [item.problem.kind for item in found] == ["new", "kind2", "kind1"]
    assert (found[1].id, found[2]) == (third.id, before[1])
    assert found[0].id > third.id
    store.problems.restore(wave_id, before)
    assert store.problems.list(wave_id) == before
    assert first.id == before[0].id
