"""What goes in comes out, to the character."""

from __future__ import annotations

import sqlite3
from array import array
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import census_example as example
import pytest

from surveyapp.domain.column import CodedColumn, Entry
from surveyapp.domain.errors import Cancelled, UserError
from surveyapp.domain.question import Choice, Kind, Missing, Question
from surveyapp.domain.wave import Flag
from surveyapp.importers.coding import code_wave
from surveyapp.importers.plan import propose
from surveyapp.importers.registry import read_table
from surveyapp.store import Opened, Store, open_workspace


def test_every_kind_of_question_comes_back_exactly(store: Store) -> None:
    coded = example.wave()
    added = store.waves.add(coded, mapping=example.mapping(coded), at=example.AT)
    loaded = list(store.answers.load(added.id).values())
    assert len(loaded) == len(coded.columns)
    for position, (got, put) in enumerate(zip(loaded, coded.columns, strict=True)):
        assert example.cells(got) == example.cells(put)
        assert got.question == replace(put.question, id=got.question.id, position=position)
        assert set(got.index) == set(range(len(got.entries)))  # nothing that nobody answered
    assert store.codebook.get(added.id).questions == tuple(each.question for each in loaded)
    assert store.answers.rows(added.id) == coded.rows


def test_what_is_known_of_a_wave_comes_back(store: Store) -> None:
    coded = example.wave()
    added = store.waves.add(coded, mapping=example.mapping(coded), at=example.AT)
    assert store.waves.source(added.id) == coded.source
    assert store.waves.mapping(added.id) == example.mapping(coded)
    assert store.waves.get(added.id) == added == store.waves.list()[0]
    assert (added.name, added.survey, added.imported_at, added.notes) == ("2026", "Census", example.AT, coded.notes)
    assert (added.n_responses, added.source_size) == (8, len(coded.source.content))
    assert store.flags.get(added.id) == coded.flags == {Flag.IDENTICAL: (3, 5)}
    assert tuple(stored.problem for stored in store.problems.list(added.id)) == coded.problems


def test_answers_survive_closing(store: Store, workspace: Path) -> None:
    coded = example.wave()
    added = store.waves.add(coded, mapping=example.mapping(coded), at=example.AT)
    store.close()
    opened = open_workspace(workspace, clock=store.connections.clock, read_only=True)
    assert isinstance(opened, Opened)
    with opened.store as again:
        loaded = again.answers.load(added.id)
    assert [example.cells(got) for got in loaded.values()] == [example.cells(put) for put in coded.columns]


def test_rows_may_come_in_any_order(store: Store) -> None:
    coded = example.wave()
    coded = replace(coded, rows=array("i", [9, 7, 3, 100, 2, 8, 4, 50]))
    added = store.waves.add(coded, mapping=example.mapping(coded), at=example.AT)
    order = sorted(range(8), key=lambda n: coded.rows[n])
    assert list(store.answers.rows(added.id)) == sorted(coded.rows)
    for got, put in zip(store.answers.load(added.id).values(), coded.columns, strict=True):
        assert example.cells(got) == [example.cells(put)[n] for n in order]


def test_some_columns_are_loaded_alone(store: Store) -> None:
    coded = example.wave()
    added = store.waves.add(coded, mapping=example.mapping(coded), at=example.AT)
    ids = [question.id for question in store.codebook.get(added.id).questions]
    some = store.answers.load(added.id, [ids[5], ids[1]])
    assert list(some) == [ids[5], ids[1]]
    assert example.cells(some[ids[1]]) == example.cells(coded.columns[1])
    with pytest.raises(KeyError):
        store.answers.load(added.id, [max(ids) + 1])
    with pytest.raises(KeyError):
        store.answers.load(added.id + 1)


def test_a_file_without_responses_or_columns(store: Store) -> None:
    empty = [CodedColumn(question=each.question, index=array("i"), entries=()) for each in example.columns()]
    for columns in (empty, []):
        coded = example.wave(columns)
        added = store.waves.add(coded, mapping=example.mapping(coded), at=example.AT)
        assert added.n_responses == 0
        assert all(len(column) == 0 for column in store.answers.load(added.id).values())
        assert len(store.answers.load(added.id)) == len(columns)


def test_plain_cells_need_no_second_row(store: Store, workspace: Path) -> None:
    choices = (Choice(code=1, label="No"), Choice(code=2, label="Yes"))
    columns = [
        example.column(Question(column="a", kind=Kind.SINGLE, choices=choices), [Entry(raw="Yes", value=2)] * 50),
        example.column(Question(column="b", kind=Kind.NUMBER), [Entry(raw=f"{n}", value=float(n)) for n in range(50)]),
        example.column(Question(column="c"), [example.text("x"), example.BLANK] * 25),
        example.column(
            Question(column="e"), [Entry(raw="NA", value=None, missing=Missing.BLANK), example.text("")] * 25
        ),
        example.column(
            Question(column="d", kind=Kind.MULTI, choices=choices, delimiter=";"),
            [Entry(raw="Yes;No", value=(1, 2))] * 50,
        ),
    ]
    columns[-1] = replace(columns[-1], question=replace(columns[-1].question, choices=choices[::-1]))
    coded = example.wave(columns)
    store.waves.add(coded, mapping=example.mapping(coded), at=example.AT)
    with closing(sqlite3.connect(workspace)) as connection:
        assert connection.execute("SELECT count(*) FROM cell_raw").fetchone() == (0,)


def test_the_view_speaks_in_words(store: Store, workspace: Path) -> None:
    coded = example.wave()
    store.waves.add(coded, mapping=example.mapping(coded), at=example.AT)
    with closing(sqlite3.connect(workspace)) as connection:
        connection.row_factory = sqlite3.Row
        row = connection.execute("SELECT * FROM data_w1_labels ORDER BY response_id LIMIT 1 OFFSET 2").fetchone()
    names = row.keys()
    assert (row["response_id"], row["Consent"], row["Drinks: Yes, please"], row["Drinks: Coffee"]) == (
        4,
        example.NASTY,
        1,
        0,
    )
    assert [name for name in names if name.casefold().startswith("mood")] == ["Mood", "Mood (2)", "mood (3)"]
    assert example.NASTY in names
    assert all(len(name) <= 130 for name in names)


@pytest.mark.parametrize("title", ['a" AS "b', "x'); DROP TABLE choice; --", "100 % :name ?", "سؤال 😀"])
def test_a_title_is_a_name_in_the_view_and_nothing_else(store: Store, workspace: Path, title: str) -> None:
    columns = [*example.wave().columns]
    columns[0] = replace(columns[0], question=replace(columns[0].question, name=title))
    coded = example.wave(columns)
    store.waves.add(coded, mapping=example.mapping(coded), at=example.AT)
    with closing(sqlite3.connect(workspace)) as connection:
        names = [entry[0] for entry in connection.execute("SELECT * FROM data_w1_labels").description]
        n_choices = connection.execute("SELECT count(*) FROM choice").fetchone()
    assert title in names
    assert n_choices[0] > 0


def test_too_many_columns_are_refused_before_anything_is_written(store: Store, workspace: Path) -> None:
    choices = tuple(Choice(code=code, label=f"Option {code}") for code in range(1, 951))
    wide = [example.column(Question(column=name, kind=Kind.MULTI, choices=choices), [example.BLANK]) for name in "ab"]
    fits = example.wave(wide)
    store.waves.add(fits, mapping=example.mapping(fits), at=example.AT)
    before = example.dump(workspace)
    coded = example.wave([*wide, example.column(Question(column="c"), [example.BLANK])])
    with pytest.raises(UserError, match="1901"):
        store.waves.add(coded, mapping=example.mapping(coded), at=example.AT)
    assert example.dump(workspace) == before


@pytest.mark.parametrize("at_call", [1, 2, 4, 9])
def test_a_cancelled_import_leaves_the_file_as_it_was(store: Store, workspace: Path, at_call: int) -> None:
    calls = 0

    def report(done: int, total: int) -> None:
        nonlocal calls
        calls += 1
        assert 0 <= done <= total
        if calls == at_call:
            raise Cancelled

    coded = example.wave()
    before = example.dump(workspace)
    with pytest.raises(Cancelled):
        store.waves.add(coded, mapping=example.mapping(coded), at=example.AT, report=report)
    assert example.dump(workspace) == before
    assert store.waves.list(include_removed=True) == ()


def test_progress_goes_from_nothing_to_all(store: Store) -> None:
    heard: list[tuple[int, int]] = []
    coded = example.wave()
    store.waves.add(
        coded, mapping=example.mapping(coded), at=example.AT, report=lambda done, total: heard.append((done, total))
    )
    assert heard == sorted(heard)
    assert heard[0] == (0, 40)
    assert heard[-1] == (40, 40)


@pytest.mark.parametrize(
    ("kind", "value"),
    [(Kind.NUMBER, float("nan")), (Kind.SINGLE, "1"), (Kind.MULTI, (7,)), (Kind.TEXT, 5), (Kind.EMPTY, 1)],
)
def test_a_value_of_the_wrong_kind_is_a_bug_and_stores_nothing(store: Store, kind: Kind, value: object) -> None:
    entry = Entry(raw="x", value=value)  # type: ignore[arg-type]
    coded = example.wave([example.column(Question(column="a", kind=kind), [entry])])
    with pytest.raises(ValueError, match=r"fit|choice|empty"):
        store.waves.add(coded, mapping=example.mapping(coded), at=example.AT)
    assert store.waves.list() == ()


def test_what_is_known_of_a_wave_changes(store: Store) -> None:
    coded = example.wave()
    added = store.waves.add(coded, mapping=example.mapping(coded), at=example.AT)
    mapping = replace(example.mapping(coded), repair_encoding="mac_roman>cp1252")
    store.waves.set_mapping(added.id, mapping)
    store.waves.rename(added.id, name="2027", survey="Poll")
    assert store.waves.mapping(added.id) == mapping
    assert store.waves.get(added.id) == replace(added, name="2027", survey="Poll")
    for change in (
        lambda: store.waves.set_mapping(99, mapping),
        lambda: store.waves.rename(99, name="", survey=""),
        lambda: store.waves.set_removed(99, True),
        lambda: store.waves.source(99),
    ):
        with pytest.raises(KeyError):
            change()


def test_real_exports_come_back_exactly(store: Store, test_data: Path) -> None:
    files = sorted(file for file in (test_data / "census").rglob("*.csv"))
    if not files:
        pytest.skip("no census there")
    for file in files:
        coded = code_wave(propose(read_table(file)), name=file.stem)
        added = store.waves.add(coded, mapping=example.mapping(coded), at=example.AT)
        loaded = store.answers.load(added.id).values()
        for got, put in zip(loaded, coded.columns, strict=True):
            assert example.cells(got) == example.cells(put), put.question.position


def test_removing_hides_and_purging_deletes(store: Store, workspace: Path) -> None:
    before = example.dump(workspace)
    coded = example.wave()
    first = store.waves.add(coded, mapping=example.mapping(coded), at=example.AT)
    store.documents.save("report", "Report", {}, first.id)
    store.waves.set_removed(first.id, True)
    assert store.waves.list() == ()
    assert store.waves.list(include_removed=True) == (first,)
    store.waves.set_removed(first.id, False)
    assert store.waves.list() == (first,)
    assert store.waves.purge_removed() == ()
    store.waves.set_removed(first.id, True)
    assert store.waves.purge_removed() == (first.id,)
    with pytest.raises(KeyError):
        store.waves.get(first.id)
    assert example.dump(workspace) == before
    assert store.waves.add(coded, mapping=example.mapping(coded), at=example.AT).id > first.id


def test_a_missing_text_may_be_a_value_elsewhere(store: Store) -> None:
    zeros = [Entry(raw="0", value=0.0), Entry(raw="0", value=None, missing=Missing.BLANK)] * 3
    coded = example.wave([example.column(Question(column="a", kind=Kind.NUMBER), zeros)])
    added = store.waves.add(coded, mapping=example.mapping(coded), at=example.AT)
    (got,) = store.answers.load(added.id).values()
    assert example.cells(got) == zeros
    assert len(got.entries) == 2
