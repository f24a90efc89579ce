"""Addresses replaced by a keyed hash: the hash, the kept copy, what is told and what must never be."""

from __future__ import annotations

import hashlib
import hmac
from base64 import b32encode
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from import_build import table_of

from surveyapp.domain.mapping import Mapping, Part
from surveyapp.domain.question import Kind, MissingCode, Role
from surveyapp.domain.row import response_id
from surveyapp.domain.wave import Decision, Example, Problem, Severity
from surveyapp.importers.cell.pseudonym import is_pseudonym, names_nobody, normalised, pseudonym
from surveyapp.importers.hashing import decide_hash, hashed_table, waits_for_hash, with_hashed
from surveyapp.importers.kept import read_kept
from surveyapp.importers.plan import ImportPlan, propose, with_mapping, with_question
from surveyapp.importers.problem.address import ADDRESSES, ELSEWHERE
from surveyapp.importers.problem.decision import apply_fix
from surveyapp.importers.problem.stored import once_stored
from surveyapp.importers.several.stack import stack
from surveyapp.importers.table import TextTable

KEY = bytes(range(32))
MAIL = "ada@example.org"


def texts(table: TextTable, header: str) -> list[str]:
    column = next(c for c in table.columns if c.header == header)
    return [column.texts[n] for n in column.index]


def census(n: int = 30, *, note: str = "") -> TextTable:
    """Everybody with a mail, some with capitals."""
    rows = [[f"Person{i}@Example.org" if i % 2 else f"person{i}@example.org", str(20 + i), f"n{i}"] for i in range(n)]
    rows[3][2] = note or rows[3][2]
    return table_of(["E-mail", "Age", "Note"], rows)


def problems_of(plan: ImportPlan, kind: str) -> list[str]:
    return [problem.column for problem in plan.problems if problem.kind == kind]


def test_the_hash_is_hmac_sha256_cut_to_80_bits() -> None:
    digest = hmac.new(KEY, MAIL.encode(), hashlib.sha256).digest()
    expected = "p-" + b32encode(digest[:10]).decode().lower()
    assert pseudonym(MAIL, KEY) == expected == pseudonym(f" Ada <{MAIL.upper()}> ", KEY)
    assert is_pseudonym(expected)
    assert len(expected) == 18
    assert pseudonym(expected, KEY) == expected
    assert pseudonym(MAIL, bytes(32)) != expected
    assert pseudonym(" ", KEY) == ""


def test_dots_and_tags_are_part_of_an_address() -> None:
    assert normalised("A.da+census@googlemail.com") == "a.da+census@googlemail.com"
    assert pseudonym("ada@googlemail.com", KEY) != pseudonym("a.da@googlemail.com", KEY)
    assert normalised("Token 12 AB") == "token12ab"
    assert normalised(f"{MAIL}, bob@example.org") == f"{MAIL},bob@example.org"


@given(st.text(), st.text())
def test_only_equal_texts_have_equal_hashes(one: str, other: str) -> None:
    if not (is_pseudonym(one.strip()) or is_pseudonym(other.strip())):
        assert (pseudonym(one, KEY) == pseudonym(other, KEY)) == (normalised(one) == normalised(other))


def test_addresses_are_a_problem_with_three_ways_out() -> None:
    plan = propose(census())
    (problem,) = (p for p in plan.problems if p.kind == ADDRESSES)
    assert [fix.action for fix in problem.fixes] == ["hash", "leave_out", "keep"]
    assert (problem.count, problem.severity, problem.examples) == (30, Severity.LOOK, ())
    decided = apply_fix(plan, problem, problem.fixes[0])
    assert (decided.mapping.hashed, problems_of(decided, ADDRESSES)) == (("E-mail",), [])
    assert waits_for_hash(decided)
    entry = decided.mapping.questions[0]
    assert (entry.kind, entry.role, entry.choices) == (Kind.IDENTIFIER, Role.EMAIL, ())
    assert "keyed hash" in entry.note
    left = apply_fix(plan, problem, problem.fixes[1])
    assert left.mapping.questions[0].left_out
    assert problems_of(apply_fix(plan, problem, problem.fixes[2]), ADDRESSES) == []


def test_once_a_wave_is_stored_a_hash_is_no_longer_offered() -> None:
    (problem,) = (p for p in propose(census()).problems if p.kind == ADDRESSES)
    assert [fix.action for fix in once_stored(problem).fixes] == ["leave_out", "keep"]
    assert "even if the import is undone" in once_stored(problem).detail


def test_the_kept_copy_holds_hashes_and_reads_like_the_table() -> None:
    table = census(note='semi; colons; and "quotes",\r\nlines')
    plan = with_hashed(decide_hash(propose(table), 0), ["E-mail"], KEY)
    kept = plan.table.source
    assert b"xample.org" not in kept.content
    assert (kept.name, kept.format, plan.mapping.hashed) == ("test.csv", "delimited", ("E-mail",))
    assert "replaced by a keyed hash" in kept.detail
    assert all(map(is_pseudonym, texts(plan.table, "E-mail")))
    assert texts(plan.table, "Note") == texts(table, "Note")
    assert plan.table.rows == table.rows
    again = read_kept(kept, plan.mapping)
    assert [texts(again, h) for h in ("E-mail", "Age", "Note")] == [
        texts(plan.table, h) for h in ("E-mail", "Age", "Note")
    ]
    assert not waits_for_hash(plan)
    assert with_hashed(plan, ["E-mail"], bytes(32)).table.source.content == kept.content


def test_rows_keep_their_numbers_and_codes_their_text() -> None:
    table = table_of(["E-mail", "Age"], [[MAIL, "1"], ["", ""], ["none", "2"], ["bob@example.org", "3"]])
    assert list(table.rows) == [2, 4, 5]
    plan = propose(table)
    entry = replace(plan.mapping.questions[0], missing_codes=(MissingCode(text="none"),), kind=Kind.IDENTIFIER)
    hashed = with_hashed(with_question(plan, entry), ["E-mail"], KEY)
    assert list(hashed.table.rows) == [2, 4, 5]
    assert texts(hashed.table, "E-mail") == [pseudonym(MAIL, KEY), "none", pseudonym("bob@example.org", KEY)]


NOBODY = ["n/a", "N / A", "none", "None.", "-", "--", "?", "…", "keine", "НЕТ", "Keine Angabe", "don't know", "\u00a0"]


@pytest.mark.parametrize("text", NOBODY)
def test_a_word_for_no_answer_is_nobodys(text: str) -> None:
    assert names_nobody(text)


@pytest.mark.parametrize("text", [MAIL, "na@example.org", "no@pe", "none of us", "AB12", "0", "??!!??", "Nina", "🦉"])
def test_what_may_be_somebodys_is_hashed(text: str) -> None:
    assert not names_nobody(text)
    assert is_pseudonym(texts(hashed_table(table_of(["Token"], [[text], ["x"]]), {"Token"}, KEY), "Token")[0])


def test_words_for_no_answer_stay_text_in_a_hashed_column() -> None:
    rows = [[text, "1"] for text in (MAIL, *NOBODY[:-1], "bob@example.org")]
    plan = with_hashed(decide_hash(propose(table_of(["E-mail", "Age"], rows)), 0), ["E-mail"], KEY)
    assert texts(plan.table, "E-mail") == [
        pseudonym(MAIL, KEY),
        *NOBODY[:-1],
        pseudonym("bob@example.org", KEY),
    ]
    assert not waits_for_hash(plan)


def test_a_word_for_no_answer_tells_nobodys_address_elsewhere() -> None:
    table = table_of(["E-mail", "Note"], [[MAIL, "unknown"], ["unknown", "a"], ["bob@example.org", "unknown"]])
    assert problems_of(decide_hash(propose(table), 0), ELSEWHERE) == []


def test_no_problem_and_no_decision_shows_an_address() -> None:
    plan = decide_hash(propose(census()), 0)
    shown = tuple(Example(row=3, before=text) for text in ("person1@EXAMPLE.org", "write to person1@example.org", "n4"))
    told = Problem(kind="any", severity=Severity.LOOK, title="?", column="Note", examples=shown)
    own = replace(told, column="E-mail", examples=shown[2:])
    decided = (Decision(problem=told, answer="Keep"),)
    plan = with_hashed(replace(plan, problems=(told, own), decided=decided), ["E-mail"], KEY)
    assert plan.problems == (replace(told, examples=shown[2:]), replace(own, examples=()))
    assert plan.decided[0].problem == plan.problems[0]


def test_the_same_address_in_another_column_is_told_with_rows() -> None:
    plan = decide_hash(propose(census(note="mail me: PERSON3@example.org.")), 0)
    (problem,) = (p for p in plan.problems if p.kind == ELSEWHERE)
    assert (problem.rows, problem.columns, problem.examples) == ((5,), (2,), ())
    assert problems_of(decide_hash(propose(census()), 0), ELSEWHERE) == []


def test_next_year_it_is_proposed_again_and_not_silent() -> None:
    mapping = with_hashed(decide_hash(propose(census()), 0), ["E-mail"], KEY).mapping
    later = with_mapping(propose(census(25)), mapping)
    (problem,) = (p for p in later.problems if p.kind == ADDRESSES)
    assert (problem.severity, problem.fixes[0].action, later.mapping.hashed) == (Severity.DECIDE, "hash", ())
    assert apply_fix(later, problem, problem.fixes[0]).mapping.hashed == ("E-mail",)
    mapping_text = repr(mapping)
    assert "@" not in mapping_text


def test_several_files_are_hashed_each() -> None:
    other = table_of(["e-mail", "Age", "Note"], [["PERSON1@example.org", "50", "x"], ["new@example.org", "51", "y"]])
    parts = [Part(name="a.csv"), Part(name="b.csv", update=True, key="E-mail")]
    stacked = stack([census(5), other], parts)
    plan = with_hashed(decide_hash(propose(stacked), 0), ["E-mail"], KEY)
    assert b"xample.org" not in plan.table.source.content
    assert list(plan.table.rows) == [2, 3, 4, 5, 6, response_id(2, 3)]
    assert [(part.update, part.key, part.format) for part in plan.mapping.parts] == [
        (False, "", "delimited"),
        (True, "E-mail", "delimited"),
    ]
    again = read_kept(plan.table.source, plan.mapping)
    assert texts(again, "Age") == texts(plan.table, "Age") == ["20", "50", "22", "23", "24", "51"]


def test_a_table_that_reads_like_another_delimiter_is_still_kept_exactly() -> None:
    rows = [[f"p{i}@example.org", f"{i};{i};{i};{i}"] for i in range(30)]
    table = table_of(["a", "b"], rows)
    headers = ("a;b", "x;y;z")
    columns = tuple(replace(column, header=h) for column, h in zip(table.columns, headers, strict=True))
    table = replace(table, columns=columns)
    hashed = hashed_table(table, {"a;b"}, KEY)
    assert texts(hashed, "x;y;z") == [row[1] for row in rows]
    assert texts(read_kept(hashed.source, Mapping(questions=(), encoding="utf_8")), "x;y;z") == [row[1] for row in rows]


_CELLS = st.text(alphabet=st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=6)


@example(rows=[("", "")], header=",;")
@given(st.lists(st.tuples(_CELLS, _CELLS), min_size=1, max_size=6), _CELLS)
def test_any_text_beside_is_kept(rows: list[tuple[str, str]], header: str) -> None:
    table = table_of(["E-mail", header], [[f"p{n}@example.org", *row] for n, row in enumerate(rows)])
    hashed = hashed_table(table, {"E-mail"}, KEY)
    assert [[c.texts[n] for n in c.index] for c in hashed.columns[1:]] == [
        [c.texts[n] for n in c.index] for c in table.columns[1:]
    ]
    assert [column.header for column in hashed.columns] == [column.header for column in table.columns]


def test_a_column_of_tokens_can_be_hashed_too() -> None:
    table = table_of(["Token", "Age"], [["AB12", "1"], ["ab 12", "2"], ["", "3"]])
    hashed = texts(hashed_table(table, {"Token"}, KEY), "Token")
    assert hashed[0] == hashed[1] != ""
    assert hashed[2] == ""


def test_an_unknown_column_is_an_error_of_the_caller() -> None:
    with pytest.raises(IndexError):
        decide_hash(propose(census()), 9)
