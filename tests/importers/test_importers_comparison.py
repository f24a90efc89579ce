"""A longer export beside the earlier one: new, changed, as before, gone."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from import_build import table_of

from surveyapp.domain.question import Question, Role
from surveyapp.importers.several.comparison import Comparison, compare, match_rows
from surveyapp.importers.several.stack import match_columns
from surveyapp.importers.table import TextTable


def compared(old: TextTable, new: TextTable) -> Comparison:
    return compare(old, new, match_columns(old.columns, new.columns).matched)


def counts(found: Comparison) -> tuple[int, int, int, int]:
    return found.n_new, found.n_changed, found.n_same, found.n_gone


def answers(n: int) -> list[str]:
    return [str(20 + n % 40), ["red", "green", "blue"][n % 3], f"remark {n}"]


def test_by_a_token() -> None:
    old = table_of(["Token", "Age", "Colour", "Remark"], [[f"t{n}", *answers(n)] for n in range(20)])
    rows = [[f"t{n}", *answers(n)] for n in range(2, 30)]
    rows[3][2] = "violet"
    found = compared(old, table_of(["token", "age", "colour", "remark", "more"], [[*row, "x"] for row in rows]))
    assert (counts(found), found.key) == ((10, 1, 17, 2), "Token")
    assert found.sentence() == "10 new people, 1 changed, 17 as before, 2 are no longer in the file (kept)"


def test_a_token_that_only_counts_the_rows_is_no_key() -> None:
    old = table_of(["id", "Age", "Colour", "Remark"], [[str(n), *answers(n)] for n in range(20)])
    other = table_of(["id", "Age", "Colour", "Remark"], [[str(n), *answers(n + 1000)] for n in range(20)])
    found = compared(old, other)
    assert (found.key, found.n_new) == ("", 20)


def test_without_a_key_equal_rows_are_counted_one_by_one() -> None:
    old = table_of(["Age", "Colour"], [["30", "red"], ["30", "red"], ["31", "blue"]])
    found = compared(old, table_of(["Age", "Colour"], [["30", "red"], ["30", "red"], ["30", "red"], ["32", "blue"]]))
    assert (counts(found), found.key) == ((2, 0, 2, 1), "")
    assert found.places.tolist() == [0, 1, -1, -1]
    assert found.distinct < 1


def test_odd_spaces_change_nobody() -> None:
    old = table_of(["Token", "Age"], [[f"t{n}", str(n)] for n in range(10)])
    found = compared(old, table_of(["Token", "Age"], [[f" t{n}", f"{n} "] for n in range(10)]))
    assert counts(found) == (0, 0, 10, 0)


def test_people_without_a_key_or_with_a_shared_one_are_told_apart_by_their_answers() -> None:
    rows = [[f"t{n}", *answers(n)] for n in range(30)]
    rows[4][0] = ""
    rows[7][0] = rows[8][0]
    old = table_of(["Token", "Age", "Colour", "Remark"], rows)
    later = [list(row) for row in rows]
    later[9][1] = "99"
    found = compared(old, table_of(["Token", "Age", "Colour", "Remark"], later))
    assert (counts(found), found.key) == ((0, 1, 29, 0), "Token")
    assert found.places.tolist() == list(range(30))


@pytest.mark.parametrize("word", ["n/a", "-", "N/A", "none", "prefer not to say", "keine"])
def test_a_word_for_no_answer_is_nobodys_key(word: str) -> None:
    rows = [[f"ada{n}@example.org", *answers(n)] for n in range(30)]
    mine, hers = [word, *answers(31)], [word, *answers(52)]
    head = ["E-mail", "Age", "Colour", "Remark"]
    questions = [Question(column="E-mail", role=Role.EMAIL), *(Question(column=name) for name in head[1:])]
    old, new = table_of(head, [*rows, mine]), table_of(head, [*rows, hers])
    found = compare(old, new, {n: n for n in range(4)}, questions=questions)
    assert (counts(found), found.key) == ((1, 0, 30, 1), "E-mail")
    again = match_rows(old, table_of(head, [mine, *rows]), {n: n for n in range(4)}, key="E-mail")
    assert again.tolist() == [30, *range(30)]


def test_one_row_and_no_shared_column() -> None:
    assert counts(compared(table_of(["a"], [["1"]]), table_of(["b"], [["1"]]))) == (1, 0, 0, 1)
    assert (
        compared(table_of(["a"], [["1"]]), table_of(["a"], [["1"]])).sentence()
        == "0 new people, 0 changed, 1 as before"
    )


_CELLS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["", "1", "2"])), min_size=1, max_size=12)


@given(_CELLS, _CELLS)
def test_whole_rows_match_as_multisets(old: list[tuple[str, str]], new: list[tuple[str, str]]) -> None:
    before, after = table_of(["x", "y"], [list(row) for row in old]), table_of(["x", "y"], [list(row) for row in new])
    found = match_rows(before, after, {0: 0, 1: 1}, key="")
    hit = [(place, old_place) for place, old_place in enumerate(found.tolist()) if old_place >= 0]
    assert all(new[place] == old[there] for place, there in hit)
    assert len({there for _place, there in hit}) == len(hit)
    shared = Counter(old) & Counter(new)
    assert Counter(new[place] for place, _there in hit) == shared


@given(st.permutations(range(12)), st.sets(st.integers(0, 11)), st.integers(0, 5))
def test_a_shuffled_longer_export_is_found_again(order: list[int], changed: set[int], more: int) -> None:
    old = table_of(["Token", "a", "b", "c", "d"], [[f"t{n}", *answers(n), "same"] for n in range(12)])
    rows = [[f"t{n}", *answers(n), "other" if n in changed else "same"] for n in [*order, *range(12, 12 + more)]]
    found = compared(old, table_of(["Token", "a", "b", "c", "d"], rows))
    assert found.key == "Token"
    assert counts(found) == (more, len(changed), 12 - len(changed), 0)
    assert found.places.tolist() == [*order, *[-1] * more]
