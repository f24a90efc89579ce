"""A cell of a whole book beside short answers: examined in time that grows with its length, and read as it is."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from import_build import table_of

from surveyapp.domain.question import Question
from surveyapp.importers.alike.group import suggest_groups
from surveyapp.importers.alike.key import LONGEST, is_typo, plain_key
from surveyapp.importers.cell.wording import fold, letters_and_digits
from surveyapp.importers.codebook.notation import marked
from surveyapp.importers.mark.bot import is_random
from surveyapp.importers.plan import propose
from surveyapp.importers.problem.private import _FINDERS
from surveyapp.importers.registry import read_table

_LETTERS = 1_000_000


@pytest.mark.parametrize("part", ["x", "ab, ", "12 1/2/2020 ", "a@", "1 ", "Ã© "])
def test_a_cell_of_a_million_letters_is_examined_quickly(part: str, tmp_path: Path) -> None:
    book = (part * (_LETTERS // len(part))).strip()
    source = tmp_path / "book.csv"
    source.write_text(f'City,Remark\nParis,"{book}"\nparis,short\nRome,short\n', encoding="utf-8")
    start = time.process_time()
    plan = propose(read_table(source))
    assert time.process_time() - start < 3.0
    assert plan.table.columns[1].texts[0] == book


@pytest.mark.parametrize("part", ["ab", "A", "aB", "a_", "[", "x ", "x (", "1", "is your the "])
def test_a_header_of_a_hundred_thousand_letters_is_named_quickly(part: str) -> None:
    header = (part * (100_000 // len(part))).strip()
    start = time.process_time()
    question = propose(table_of(["Age", header], [[str(20 + n), "x" * (n % 3)] for n in range(12)])).mapping.questions[
        1
    ]
    assert time.process_time() - start < 3.0
    assert question.column == header


def test_a_long_row_of_spaces_in_a_codebook_cell_is_read_at_once() -> None:
    start = time.process_time()
    assert marked(f"a{' ' * 200_000}b") == (f"a{' ' * 200_000}b", ())
    assert marked(f"a{' ' * 200_000}[other, x ] ") == ("a", ("other", "x"))
    assert time.process_time() - start < 1.0


def test_only_short_texts_are_spellings_of_each_other() -> None:
    question = Question(column="Q", name="Q")
    just = "A" * LONGEST
    assert len(suggest_groups(question, [(just, 5), (just.lower(), 1)])) == 1
    assert suggest_groups(question, [(f"{just}A", 5), (f"{just}a", 1)]) == ()
    assert is_typo("programer", "programmer")
    assert not is_typo(f"{just}programer", f"{just}programmer")


def test_letters_are_kept_the_same_way_at_any_length() -> None:
    text = "Ärger, ²: a_b\u0301 — 12! "
    expected = "".join(char for char in text if char.isalnum())
    assert letters_and_digits(text) == expected
    assert letters_and_digits(text * 10_000) == expected * 10_000
    assert fold("!?") == "!?"
    assert plain_key("Ärger!") == "arger"


def test_an_address_after_a_long_run_of_letters_is_found_at_once() -> None:
    start = time.process_time()
    assert _FINDERS["emails"](f"{'x' * 90_000} me@mail.example")
    assert not _FINDERS["emails"](f"{'x' * 90_000} me @ mail")
    assert time.process_time() - start < 1.0


def test_random_letters_show_at_the_beginning() -> None:
    assert is_random("xkcdqwrt" * 1_000)
    assert not is_random("banana" * 1_000)
