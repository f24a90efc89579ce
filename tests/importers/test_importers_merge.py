"""Merging, splitting, coding as functions of an entry: the answers follow, and the texts never change."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveyapp.domain.column import TextColumn
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Choice, Kind, Missing, Question
from surveyapp.importers.cell.wording import clean
from surveyapp.importers.coding import code_column
from surveyapp.importers.problem.merge import (
    added,
    coded,
    find_choice,
    find_label,
    gathering,
    merged,
    rare_codes,
    renamed,
    split_off,
    without_texts,
)

LAND = Question(
    column="Land",
    kind=Kind.SINGLE,
    choices=(
        Choice(code=3, label="USA", aliases=("U.S.",)),
        Choice(code=5, label="UK"),
        Choice(code=1, label="United States"),
        Choice(code=2, label="Rather not", missing=Missing.REFUSED),
        Choice(code=9, label="Other", other=True),
    ),
)


def labels(question: Question, cells: Sequence[str]) -> list[str]:
    """What each cell is read as; a write-in in brackets, "-" for no answer."""
    column = TextColumn(header="Land", occurrence=0, index=array("i", range(len(cells))), texts=list(cells))
    read = code_column(column, question)
    assert [entry.raw for entry in read.entries] == list(cells)
    by_code = {choice.code: choice.label for choice in read.question.choices}
    found = []
    for entry in read.entries:
        codes = entry.value if isinstance(entry.value, tuple) else () if entry.value is None else (entry.value,)
        words = ";".join(by_code[int(code)] for code in codes)
        found.append(f"{words}({entry.write_in})" if entry.write_in else words or "-")
    return found


def test_merging_keeps_the_code_and_place_of_the_one_that_stays() -> None:
    after = merged(LAND, [1, 3], 3)
    assert [(choice.code, choice.label) for choice in after.choices] == [
        (3, "USA"),
        (5, "UK"),
        (2, "Rather not"),
        (9, "Other"),
    ]
    assert after.choices[0].aliases == ("U.S.", "United States")
    assert labels(after, ["United States", "U.S.", "USA", "Mars"]) == ["USA", "USA", "USA", "Other(Mars)"]
    assert merged(LAND, [3], 3) == LAND
    with pytest.raises(KeyError):
        merged(LAND, [4], 3)
    with pytest.raises(KeyError):
        merged(LAND, [1], 4)


def test_splitting_off_gives_a_choice_back_behind_the_other() -> None:
    after = split_off(merged(LAND, [1], 3), ["United States"])
    assert [choice.label for choice in after.choices] == ["USA", "United States", "UK", "Rather not", "Other"]
    assert after.choices[1].code == 10
    two = split_off(coded(LAND, ["Amerika", "the states"], 3), ["Amerika", "the states"])
    assert two.choices[1].texts == ("Amerika", "the states")
    for texts in (["Mars"], ["U.S.", "Mars"], ["UK"]):
        with pytest.raises(KeyError):
            split_off(LAND, texts)


def test_renaming_keeps_what_cells_say() -> None:
    after = renamed(LAND, 3, " United States of America ")
    assert after.choices[0].label == "United States of America"
    assert labels(after, ["USA", "U.S."]) == ["United States of America"] * 2
    swapped = renamed(after, 3, "U.S.")
    assert swapped.choices[0].texts == ("U.S.", "United States of America", "USA")
    assert renamed(LAND, 3, "USA") is LAND
    for label in ("UK", "", " \u00a0"):
        with pytest.raises(UserError):
            renamed(LAND, 3, label)


def test_adding_an_option_takes_its_texts() -> None:
    after = added(coded(LAND, ["Deutschland"], 9), "Germany", ["Deutschland", "BRD", ""])
    assert [choice.label for choice in after.choices][-2:] == ["Germany", "Other"]
    assert labels(after, ["Deutschland", "BRD", "Germany"]) == ["Germany"] * 3
    assert added(coded(LAND, ["Mars"], 9), "Mars").choices[-1].aliases == ()
    for label in ("UK", ""):
        with pytest.raises(UserError):
            added(LAND, label)


def test_a_coded_text_means_one_choice_only() -> None:
    after = coded(coded(LAND, ["Albion", "Albion "], 5), ["Albion"], 9)
    assert [choice.aliases for choice in after.choices] == [("U.S.",), (), (), (), ("Albion",)]
    assert labels(after, ["Albion", "albion"]) == ["Other", "Other(albion)"]
    assert labels(without_texts(after, ["Albion"]), ["Albion"]) == ["Other(Albion)"]
    assert coded(LAND, ["USA"], 3) == LAND
    with pytest.raises(UserError):
        coded(LAND, ["USA"], 5)
    with pytest.raises(KeyError):
        coded(LAND, ["x"], 4)


def test_rare_answers_are_folded_and_can_be_split_off_again() -> None:
    counts = {3: 40, 5: 2, 1: 1, 2: 1, 9: 1}
    assert rare_codes(LAND, counts, 3) == (5, 1)
    after = merged(gathering(LAND), rare_codes(LAND, counts, 3), 9)
    assert labels(after, ["UK", "United States", "USA", "Rather not"]) == ["Other", "Other", "USA", "Rather not"]
    assert labels(split_off(after, ["UK"]), ["UK", "United States"]) == ["UK", "Other"]
    assert rare_codes(LAND, counts, 1) == ()
    alone = replace(LAND, choices=LAND.choices[:3])
    assert gathering(alone).choices[-1].other
    assert gathering(replace(alone, choices=(*alone.choices, Choice(code=7, label="other")))).choices[-1].code == 7


def test_a_closed_list_takes_no_new_answer() -> None:
    alone = replace(LAND, choices=LAND.choices[:2])
    assert labels(alone, ["Mars"]) == ["Mars"]
    assert labels(replace(alone, closed=True), ["Mars"]) == ["-"]


def test_choices_are_found_as_people_call_them() -> None:
    assert find_choice(LAND, "u.s.") == LAND.choices[0]
    assert find_choice(LAND, " united-states ") == LAND.choices[2]
    assert find_choice(LAND, "Mars") is None
    assert find_label(LAND, "u.s.") is None


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6).map(clean).filter(bool)
CELL = st.sampled_from(["", " ", "a", "A", "Other", "\u200b", "a;b", "İ", "nothing really"]) | st.text(max_size=6)


@given(st.lists(TEXT, min_size=2, max_size=6, unique=True), st.lists(CELL, max_size=8), st.booleans())
@settings(deadline=None, max_examples=150)
def test_merge_then_split_gives_back_the_same(names: list[str], more: list[str], several: bool) -> None:
    # a sign that separates ticks and is no part of a text
    listed = tuple(Choice(code=n, label=name) for n, name in enumerate(names, 1))
    kind = Kind.MULTI if several else Kind.SINGLE
    before = Question(
        column="x", kind=kind, choices=(*listed, Choice(code=99, label="Else", other=True)), delimiter="\x1f"
    )
    cells = [*names, *more]
    together = merged(before, [2], 1)
    apart = split_off(together, [names[1]])
    assert labels(apart, cells) == labels(before, cells)
    assert labels(together, cells) == [label if label != names[1] else names[0] for label in labels(before, cells)]


@given(st.lists(CELL, min_size=1, max_size=10), st.lists(CELL, max_size=5), st.sampled_from([1, 2, 99]), st.booleans())
@settings(deadline=None, max_examples=150)
def test_coding_never_changes_what_was_typed(cells: list[str], texts: list[str], code: int, several: bool) -> None:
    choices = (Choice(code=1, label="one"), Choice(code=2, label="two"), Choice(code=99, label="Else", other=True))
    kind = Kind.MULTI if several else Kind.SINGLE
    before = Question(column="x", kind=kind, choices=choices, delimiter=";")
    after = coded(before, texts, code)
    labels(after, cells)  # asserts that every cell keeps its text
    assert labels(without_texts(after, [clean(text) for text in texts]), cells) == labels(before, cells)
