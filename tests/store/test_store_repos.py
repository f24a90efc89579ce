"""Questions, cells, flags, problems, changes and documents; transactions and their failures."""

from __future__ import annotations

import sqlite3
import threading
from array import array
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import census_example as example
import pytest
import sqlalchemy as sa

from surveyapp.domain.change import Change
from surveyapp.domain.column import CodedColumn, Entry
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Choice, Kind, Missing, Question
from surveyapp.domain.wave import Flag, Problem, Severity
from surveyapp.store import ProblemStatus, Store


@pytest.fixture
def filled(store: Store) -> Store:
    """A workspace with the example as wave 1."""
    coded = example.wave()
    store.waves.add(coded, mapping=example.mapping(coded), at=example.AT)
    return store


def labels(path: Path, name: str) -> list[object]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute(f'SELECT "{name}" FROM data_w1_labels')]


def test_a_question_changes_without_touching_answers(filled: Store) -> None:
    question = filled.codebook.get_question(1)
    before = filled.answers.load(1)
    choices = tuple(replace(choice, label=f"New {choice.code}") for choice in reversed(question.choices))
    changed = replace(question, name="consent", choices=choices, grid="Moods", low=1.0, note="x", position=50)
    filled.codebook.update_question(changed)
    assert filled.codebook.get_question(1) == changed
    assert filled.codebook.get(1).questions[-1] == changed
    after = filled.answers.load(1)
    assert {id_: example.cells(got) for id_, got in after.items()} == {
        id_: example.cells(got) for id_, got in before.items()
    }
    assert labels(filled.path, "consent")[:2] == ["New 1", "New 1"]


@pytest.mark.parametrize(
    "change",
    [{"kind": Kind.TEXT, "choices": ()}, {"column": "other"}, {"choices": (Choice(code=1, label="Yes"),)}],
)
def test_what_answers_rest_on_is_not_updated(filled: Store, change: dict[str, object]) -> None:
    question = filled.codebook.get_question(1)
    with pytest.raises(ValueError, match="coded anew"):
        filled.codebook.update_question(replace(question, **change))  # type: ignore[arg-type]
    assert filled.codebook.get_question(1) == question
    with pytest.raises(KeyError):
        filled.codebook.update_question(replace(question, id=99))


def test_an_unused_battery_is_forgotten(filled: Store) -> None:
    for question in filled.codebook.get(1).of_grid("Moods"):
        filled.codebook.update_question(replace(question, grid=""))
    with closing(sqlite3.connect(filled.path)) as connection:
        assert connection.execute("SELECT count(*) FROM question_set").fetchone() == (0,)


@pytest.mark.parametrize("target", range(11))
def test_a_question_is_coded_anew_as_any_kind(filled: Store, target: int) -> None:
    donors = filled.answers.load(1)
    for donor in example.columns():
        wanted = {id_: example.cells(got) for id_, got in donors.items()}
        old = donors[target + 1].question
        question = replace(
            donor.question, id=old.id, column=old.column, occurrence=old.occurrence, position=old.position
        )
        filled.codebook.replace_question(1, replace(donor, question=question))
        wanted[old.id] = example.cells(donor)
        donors = filled.answers.load(1)
        assert {id_: example.cells(got) for id_, got in donors.items()} == wanted
        assert donors[old.id].question == question
        assert len(labels(filled.path, "response_id")) == 8


def test_more_choices_are_added_in_place(filled: Store) -> None:
    column = filled.answers.load(1, [2])[2]
    more = (*column.question.choices, Choice(code=-4, label="mate"))
    cells = [entry._replace(value=(-4,), write_in="") if entry.raw == "mate" else entry for entry in column.entries]
    filled.codebook.replace_question(
        1, CodedColumn(question=replace(column.question, choices=more), index=column.index, entries=cells)
    )
    assert labels(filled.path, "Drinks: mate") == [0, 0, 0, 1, 0, None, None, 0]


def test_coding_anew_is_refused_when_it_does_not_fit(filled: Store) -> None:
    column = filled.answers.load(1, [8])[8]
    before = example.dump(filled.path)
    choices = tuple(Choice(code=code, label=str(code)) for code in range(1900))
    wide = replace(column.question, kind=Kind.MULTI, choices=choices)
    with pytest.raises(UserError, match="1900"):
        filled.codebook.replace_question(1, example.column(wide, [example.BLANK] * 8))
    with pytest.raises(ValueError, match="per response"):
        filled.codebook.replace_question(1, example.column(column.question, [example.BLANK]))
    with pytest.raises(KeyError):
        filled.codebook.replace_question(2, column)
    assert example.dump(filled.path) == before


def test_a_cell_is_corrected_and_the_old_one_kept(filled: Store) -> None:
    new = Entry(raw="coffee & tea", value=(1, 2), write_in="&")
    before = example.cells(filled.answers.load(1, [2])[2])
    edit = filled.answers.edit_cell(1, 5, 2, new, at=example.AT, reason="misread")
    assert (edit.old, edit.new, edit.reason, edit.at) == (before[3], new, "misread", example.AT)
    back = filled.answers.edit_cell(1, 5, 2, edit.old, at=example.AT)
    assert example.cells(filled.answers.load(1, [2])[2]) == before
    assert filled.answers.edits(1) == (edit, back)
    number = Entry(raw="7", value=7.0)
    filled.answers.edit_cell(1, 9, 3, number, at=example.AT)
    assert example.cells(filled.answers.load(1, [3])[3])[7] == number
    empty = Entry(raw="x", value=None, missing=Missing.UNREADABLE)
    filled.answers.edit_cell(1, 2, 11, empty, at=example.AT)
    assert example.cells(filled.answers.load(1, [11])[11])[0] == empty
    assert filled.answers.edits(7) == ()


@pytest.mark.parametrize(("row", "question_id"), [(1, 1), (10, 1), (2, 99)])
def test_there_is_no_such_cell(filled: Store, row: int, question_id: int) -> None:
    with pytest.raises(KeyError):
        filled.answers.edit_cell(1, row, question_id, example.BLANK, at=example.AT)
    assert filled.answers.edits(1) == ()


def test_flags_are_set_and_cleared(filled: Store) -> None:
    filled.flags.set(1, Flag.ATTENTION, [9, 2, 9])
    assert filled.flags.get(1) == {Flag.IDENTICAL: (3, 5), Flag.ATTENTION: (2, 9)}
    filled.flags.set(1, Flag.IDENTICAL, ())
    assert filled.flags.get(1) == {Flag.ATTENTION: (2, 9)}
    assert filled.flags.get(2) == {}


def test_a_problem_found_again_keeps_its_status(filled: Store) -> None:
    (stored,) = filled.problems.list(1)
    assert stored.status is ProblemStatus.OPEN
    filled.problems.resolve(stored.id, ProblemStatus.DONE, "1 zero is a blank now")
    other = Problem(kind="mojibake", severity=Severity.LOOK, title="Broken letters", column="Income")
    filled.problems.replace(1, [other, replace(stored.problem, count=0)])
    found = filled.problems.list(1)
    assert [each.problem.kind for each in found] == ["mojibake", "zero_blank"]
    assert [each.status for each in found] == [ProblemStatus.OPEN, ProblemStatus.DONE]
    assert found[1].resolution == "1 zero is a blank now"
    with pytest.raises(KeyError):
        filled.problems.resolve(99, ProblemStatus.DONE)


def test_changes_are_undone_and_done_again(store: Store) -> None:
    made = [
        store.changes.add(
            Change(at=example.AT, label=f"Change {n}", command={"do": "x", "n": [n]}, inverse={}, subjects=("wave:1",))
        )
        for n in range(3)
    ]
    assert store.changes.list() == tuple(reversed(made))
    assert store.changes.list(1) == (made[2],)
    assert store.changes.active_after(made[0].id) == (made[2], made[1])
    assert store.changes.newest_at() == example.AT
    assert (store.changes.newest_active(), store.changes.newest_undone()) == (made[2], None)
    for change in reversed(made[1:]):
        store.changes.set_undone(change.id, True)
    undone = [replace(change, undone=True) for change in made]
    assert store.changes.active_after(made[0].id) == ()
    assert store.changes.newest_at() == example.AT
    assert (store.changes.newest_active(), store.changes.newest_undone()) == (made[0], undone[1])
    store.changes.set_undone(made[1].id, False)
    assert (store.changes.newest_active(), store.changes.newest_undone()) == (made[1], undone[2])
    store.changes.add(made[0])
    assert store.changes.newest_undone() is None
    with pytest.raises(KeyError):
        store.changes.get(99)
    with pytest.raises(KeyError):
        store.changes.set_undone(99, True)


def test_documents_are_saved_hidden_and_brought_back(filled: Store) -> None:
    plain = {"name": example.NASTY, "blocks": [1, None, {"é": 0.1}]}
    first = filled.documents.save("report", "Report", plain, 1)
    second = filled.documents.save("filter", "Filter", None, None)
    assert filled.documents.save("report", "Report 2", [plain], 1, id=first) == first
    document = filled.documents.load(first)
    assert (document.name, document.plain, document.wave_id, document.updated_at) == (
        "Report 2",
        [plain],
        1,
        example.AT,
    )
    assert filled.documents.load(second).plain is None
    assert filled.documents.list("report") == (document,) == filled.documents.list("report", wave_id=1)
    assert filled.documents.list("report", wave_id=2) == ()
    filled.documents.remove(first)
    assert filled.documents.list("report") == ()
    assert filled.documents.load(first) == document
    filled.documents.restore(first)
    assert filled.documents.list("report") == (document,)
    for broken in (
        lambda: filled.documents.load(99),
        lambda: filled.documents.remove(99),
        lambda: filled.documents.save("report", "x", {}, None, id=99),
    ):
        with pytest.raises(KeyError):
            broken()


def test_a_transaction_is_all_or_nothing_and_nests(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.transaction():
        store.name = "one"
        raise ZeroDivisionError
    assert store.name == "Community"
    with store.transaction():
        store.name = "two"
        with pytest.raises(ZeroDivisionError), store.transaction():
            store.name = "three"
            raise ZeroDivisionError
        assert store.name == "two"
    assert store.name == "two"


def test_writers_of_several_threads_take_turns(store: Store) -> None:
    def count() -> None:
        for _n in range(25):
            with store.transaction():
                store.set_meta("n", str(int(store.get_meta("n") or 0) + 1))

    threads = [threading.Thread(target=count) for _n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.get_meta("n") == "100"


def test_a_full_disk_changes_nothing(filled: Store) -> None:
    before = example.dump(filled.path)
    rows = [example.text(f"{n} " * 400) for n in range(3000)]
    coded = example.wave([example.column(Question(column="a"), rows)])
    with filled.transaction() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 20}")
    with pytest.raises(UserError, match="no space") as caught:
        filled.waves.add(coded, mapping=example.mapping(coded), at=example.AT)
    assert "400" not in str(caught.value)
    assert example.dump(filled.path) == before
    with filled.transaction() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1000000")
    assert filled.waves.add(coded, mapping=example.mapping(coded), at=example.AT).n_responses == 3000


def test_another_program_writing_is_told_in_words(filled: Store) -> None:
    with closing(sqlite3.connect(filled.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with filled.connections.read() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout=10")
        with pytest.raises(UserError, match="Another program"):
            filled.name = "x"
        other.execute("ROLLBACK")
    filled.name = "y"
    assert filled.name == "y"


def test_no_answer_gets_into_an_error(filled: Store) -> None:
    secret = Entry(raw="a secret answer", value="a secret answer")
    column = CodedColumn(question=Question(column="a"), index=array("i", [0, 0]), entries=[secret])
    coded = replace(example.wave([column]), rows=array("i", [5, 5]))  # the same row twice
    with pytest.raises(sa.exc.IntegrityError) as caught:
        filled.waves.add(coded, mapping=example.mapping(coded), at=example.AT)
    assert "secret" not in str(caught.value)
    assert len(filled.waves.list()) == 1
