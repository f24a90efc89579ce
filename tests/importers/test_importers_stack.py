"""Several tables become one: columns, rows and their ids, the archive, and reading it again."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from import_build import table_of

from surveyapp.domain.column import Source
from surveyapp.domain.errors import UserError
from surveyapp.domain.mapping import CellEdit, Mapping, Part
from surveyapp.domain.question import Choice, Kind
from surveyapp.domain.row import ROWS_PER_FILE, file_and_row, response_id, row_words
from surveyapp.importers.kept import edited, read_kept
from surveyapp.importers.plan import propose, with_question
from surveyapp.importers.problem.decision import apply_fix
from surveyapp.importers.problem.stored import once_stored
from surveyapp.importers.several.bundle import pack, unpack
from surveyapp.importers.several.joining import join_columns
from surveyapp.importers.several.stack import match_columns, renames, stack
from surveyapp.importers.table import TextTable, build_source


def cells(table: TextTable) -> dict[tuple[str, int], list[str]]:
    """Column (header, occurrence) -> the texts of all people."""
    return {(c.header, c.occurrence): [c.texts[n] for n in c.index] for c in table.columns}


def records(table: TextTable) -> dict[int, dict[tuple[str, int], str]]:
    """Response id -> what stands in its row."""
    own = cells(table)
    return {row: {key: texts[n] for key, texts in own.items()} for n, row in enumerate(table.rows)}


def test_columns_match_through_punctuation_case_blanks_and_broken_letters() -> None:
    there = table_of(["Größe?", "How old are you", "Colour", "Colour", "Gone"], [["1", "2", "3", "4", "5"]])
    own = table_of(["colour ", "GrÃ¶ÃŸe", "How_old are you?", "COLOUR", "New"], [["a", "b", "c", "d", "e"]])
    plan = match_columns(there.columns, own.columns)
    assert plan.matched == {0: 2, 1: 0, 2: 1, 3: 3}
    assert (plan.new, plan.absent, plan.similar) == ((4,), (4,), {})


def test_other_words_are_proposed_and_joined_only_once_confirmed() -> None:
    there = table_of(["Id", "How satisfied are you with your life?"], [["1", "7"]])
    own = table_of(["Id", "How satisfied are you with your life today?"], [["2", "8"]])
    plan = match_columns(there.columns, own.columns)
    assert (plan.matched, plan.similar) == ({0: 0}, {1: 1})
    apart = stack([there, own])
    assert len(apart.columns) == 3
    assert [problem.kind for problem in apart.problems] == ["similar_columns"]
    said = renames(plan, there.columns, own.columns)
    joined = stack([there, own], [Part(name="a"), Part(name="b", renamed=said)])
    assert cells(joined)["How satisfied are you with your life?", 0] == ["7", "8"]
    assert not joined.problems


def test_a_fix_joins_two_wordings_and_keeps_other_decisions() -> None:
    there = table_of(["Id", "How satisfied are you with your life?"], [[f"a{n}", str(n % 5)] for n in range(9)])
    own = table_of(["Id", "How satisfied are you with your life today?"], [[f"b{n}", str(n % 5)] for n in range(9)])
    plan = propose(stack([there, own]))
    plan = with_question(plan, replace(plan.mapping.questions[0], name="Number"))
    problem = next(problem for problem in plan.problems if problem.kind == "similar_columns")
    assert [fix.action for fix in problem.fixes] == ["join", "keep"]
    joined = apply_fix(plan, problem, problem.fixes[0])
    assert len(joined.table.columns) == len(joined.mapping.questions) == 2
    assert joined.mapping.questions[0].name == "Number"
    assert joined.table.rows == plan.table.rows
    assert joined.mapping.parts[1].renamed == ((problem.column, there.columns[1].header),)
    assert not [problem for problem in joined.problems if problem.kind == "similar_columns"]
    assert records(read_kept(joined.table.source, joined.mapping)) == records(joined.table)
    kept = apply_fix(plan, problem, problem.fixes[1])
    assert len(kept.table.columns) == 3
    assert [fix.action for fix in once_stored(problem).fixes] == ["keep"]
    with pytest.raises(ValueError, match="stack"):
        join_columns(propose(there), 0, "x")


def test_new_columns_stand_behind_their_neighbour_and_behind_equal_headers() -> None:
    first = table_of(["a", "b", "x", "c"], [["1", "2", "3", "4"]])
    second = table_of(["a", "new", "b", "x", "x", "c"], [["5", "6", "7", "8", "9", "10"]])
    stacked = stack([first, second])
    assert [(c.header, c.occurrence) for c in stacked.columns] == [
        ("a", 0),
        ("new", 0),
        ("b", 0),
        ("x", 0),
        ("x", 1),
        ("c", 0),
    ]
    assert records(stacked)[response_id(2, 2)]["x", 1] == "9"
    assert records(stacked)[2]["x", 1] == ""


def test_ids_tell_file_and_row_and_never_move() -> None:
    tables = [table_of(["a"], [[f"{k}{n}"] for n in range(3)]) for k in range(3)]
    stacked = stack(tables)
    assert [file_and_row(row) for row in stacked.rows] == [(k, n) for k in (1, 2, 3) for n in (2, 3, 4)]
    longer = stack([table_of(["a"], [["x"]] * 900), tables[1]])
    assert longer.rows[-1] == stacked.rows[5] == response_id(2, 4)
    assert (row_words(14), row_words(response_id(2, 14))) == ("14", "14 of file 2")
    with pytest.raises(ValueError, match="no id"):
        response_id(201, 1)
    with pytest.raises(ValueError, match="no id"):
        response_id(1, ROWS_PER_FILE)


def test_a_stack_of_a_stack_keeps_its_own_files_apart() -> None:
    tables = [table_of(["a"], [[f"{k}"]]) for k in range(4)]
    inner = replace(stack(tables[1:3]), parts=())  # as an archive of two tables is read
    assert [file_and_row(row)[0] for row in stack([tables[0], inner, tables[3]]).rows] == [1, 2, 3, 4]


def test_an_update_replaces_and_keeps_ids() -> None:
    old = table_of(["token", "age", "only here"], [["a", "30", "x"], ["b", "31", "y"], ["c", "32", "z"]])
    new = table_of(["Token", "Age", "more"], [["b", "41", "m"], ["d", "50", "n"], ["a", "30", "o"]])
    stacked = stack([old, new], [Part(name="o"), Part(name="n", update=True, key="token")])
    assert records(stacked) == {
        2: {("token", 0): "a", ("age", 0): "30", ("more", 0): "o", ("only here", 0): "x"},
        3: {("token", 0): "b", ("age", 0): "41", ("more", 0): "m", ("only here", 0): "y"},
        4: {("token", 0): "c", ("age", 0): "32", ("more", 0): "", ("only here", 0): "z"},
        response_id(2, 3): {("token", 0): "d", ("age", 0): "50", ("more", 0): "n", ("only here", 0): ""},
    }
    assert all(set(column.index) == set(range(len(column.texts))) for column in stacked.columns)


def test_what_the_files_declare_is_merged() -> None:
    def declared(labels: list[str], text: str) -> dict[str, object]:
        choices = tuple(Choice(code=n, label=label) for n, label in enumerate(labels, 1))
        return {"kind": Kind.SINGLE, "choices": choices, "text": text}

    first = replace(table_of(["q"], [["red"]]), declared=(declared(["red", "blue"], "Which?"),))
    second = replace(table_of(["r", "q"], [["1", "green"]]), declared=({}, declared(["blue", "green"], "Which one?")))
    stacked = stack([first, second])
    by_header = dict(zip([c.header for c in stacked.columns], stacked.declared, strict=True))
    assert by_header["q"]["text"] == "Which?"
    assert [(c.code, c.label) for c in by_header["q"]["choices"]] == [(1, "red"), (2, "blue"), (3, "green")]
    assert by_header["r"] == {}


def test_problems_of_later_files_name_their_file_and_rows() -> None:
    first = table_of(["a", "b"], [["1"], ["1", "2"]])
    stacked = stack([first, first])
    kinds = [(problem.kind, problem.occurrence, problem.rows) for problem in stacked.problems]
    assert kinds == [("short_rows", 0, (2,)), ("short_rows", 2, (response_id(2, 2),))]
    assert stacked.problems[1].title.startswith("test.csv: ")


def test_the_archive_is_the_same_bytes_every_time_and_tells_no_path() -> None:
    sources = [
        build_source("/home/ada/a.csv", b"x\r\n1\r\n", format_id="delimited", detail=""),
        build_source("C:\\Users\\ada\\a.csv", b"x\r\n2\r\n", format_id="delimited", detail=""),
        build_source("a.csv", b"x\r\n1\r\n", format_id="delimited", detail=""),
    ]
    packed, names = pack(sources)
    assert names == ["a.csv", "a (2).csv", "a.csv"]
    assert packed.sha256 == pack(sources)[0].sha256
    assert b"ada" not in packed.content
    assert unpack(packed, names) == [source.content for source in sources]
    with zipfile.ZipFile(io.BytesIO(packed.content)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive", b"x" * 100])
def test_a_damaged_archive_is_a_sentence(content: bytes) -> None:
    with pytest.raises(UserError, match="taken apart"):
        unpack(Source(name="x", format="bundle", content=content, sha256=""), ["a"])


def test_an_archive_that_lies_about_its_sizes_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", b"0" * 1_000_000)
    with pytest.raises(UserError, match="taken apart"):
        unpack(Source(name="x", format="bundle", content=target.getvalue(), sha256=""), ["a"])


def test_hand_edits_are_put_over_the_table() -> None:
    table = table_of(["a", "b"], [["1", "x"], ["2", "x"]])
    edits = [
        CellEdit(row=3, column="b", text="y"),
        CellEdit(row=99, column="b", text="z"),
        CellEdit(row=2, column="gone", text="z"),
    ]
    assert cells(edited(table, edits)) == {("a", 0): ["1", "2"], ("b", 0): ["x", "y"]}
    assert edited(table, ()) is table


_TEXTS = st.text(alphabet="ab1 ,;\"'\n\té–Ж", max_size=4)
_HEADERS = st.sampled_from(["id", "Age", "age?", "Colour", "colour!", "x", "x", "", "Why not"])


@st.composite
def _tables(draw: st.DrawFn) -> TextTable:
    headers = ["key", *draw(st.lists(_HEADERS, min_size=1, max_size=5))]
    n = draw(st.integers(1, 5))
    keys = draw(st.lists(st.sampled_from("abcdefg"), min_size=n, max_size=n))
    rows = [[key, *draw(st.lists(_TEXTS, min_size=len(headers) - 1, max_size=len(headers) - 1))] for key in keys]
    return table_of(headers, rows)


@given(st.lists(_tables(), min_size=2, max_size=4))
def test_adding_loses_no_cell_and_makes_up_none(tables: list[TextTable]) -> None:
    stacked = stack(tables)
    assert len(stacked) == sum(map(len, tables))
    assert list(stacked.rows) == sorted(set(stacked.rows))
    told: Counter[tuple[int, str]] = Counter()
    for number, table in enumerate(tables, 1):
        for row, record in records(table).items():
            told.update((response_id(number, row), text) for text in record.values() if text)
    kept = Counter((row, text) for row, record in records(stacked).items() for text in record.values() if text)
    assert kept == told


@given(st.lists(_tables(), min_size=2, max_size=3), st.booleans(), st.sampled_from(["key", "", "none"]))
def test_a_stack_is_read_again_from_its_archive(tables: list[TextTable], update: bool, key: str) -> None:
    parts = [Part(name=f"{n}.csv", update=update and n > 0, key=key, encoding="utf_8") for n in range(len(tables))]
    stacked = stack(tables, parts)
    again = read_kept(stacked.source, Mapping(questions=(), parts=stacked.parts))
    assert records(again) == records(stacked)
    assert (again.parts, again.source) == (stacked.parts, stacked.source)
    assert set(tables[0].rows) <= set(stacked.rows)
