"""Answers that may mean the same: which are sure, which are only shown, and which must not be taken for alike."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from import_build import column_plan

from surveyapp.domain.question import Choice, Kind, Missing, Question
from surveyapp.importers.alike.group import Group, suggest_groups
from surveyapp.importers.alike.key import distance, initials, is_short_form, is_typo, loose_key, name_key, plain_key
from surveyapp.importers.alike.name import Thing, load_names, names_for
from surveyapp.importers.coding import code_plan_column
from surveyapp.importers.problem.decision import apply_fix
from surveyapp.importers.problem.lookalike import merge_texts

NAMES = Path(__file__).resolve().parents[2] / "resources" / "names"
COUNTRIES = [("United States", 300), ("USA", 200), ("U.S.A.", 20), ("usa", 5), ("Germany", 50), ("Deutschland", 4)]


def groups(header: str, counted: Sequence[tuple[str, int]], **fields: object) -> dict[str, Group]:
    question = Question(column=header, kind=Kind.SINGLE, **fields)  # type: ignore[arg-type]
    return {group.label: group for group in suggest_groups(question, counted)}


def texts(group: Group, *, sure: bool) -> set[str]:
    return {member.text for member in group.members[1:] if member.sure is sure}


def test_a_name_has_its_capital() -> None:
    found = groups("What do you believe in?", [("atheist", 30), ("Atheist", 12), ("ATHEIST", 2), ("jedi", 4)])
    assert texts(found["Atheist"], sure=True) == {"atheist", "ATHEIST"}
    assert set(groups("Town", [("CANADA", 9), ("Canada", 5)])) == {"Canada"}
    assert set(groups("Town", [("Canada", 5), ("CANADA", 5)])) == {"Canada"}
    assert set(groups("Party", [("USSR", 9), ("Ussr", 5)])) == {"USSR"}  # short: may be right
    assert set(groups("Phone", [("iPhone", 9), ("Iphone", 5)])) == {"iPhone"}
    assert set(groups("Town", [("harbour side", 100), ("Harbour side", 2)])) == {"harbour side"}
    listed = {"choices": (Choice(code=1, label="canada"),)}
    assert set(groups("Town", [("canada", 9), ("Canada", 5)], **listed)) == {"canada"}  # a write-in names no choice


def test_names_of_one_country_are_sure() -> None:
    found = groups("Where do you live?", [*COUNTRIES, ("Россия", 9), ("Russia", 20), ("Iran", 2), ("Iraq", 3)])
    assert texts(found["United States"], sure=True) == {"USA", "U.S.A.", "usa"}
    assert texts(found["Germany"], sure=True) == {"Deutschland"}
    assert {member.why for member in found["Germany"].members[1:]} == {"same country"}
    assert texts(found["Russia"], sure=True) == {"Россия"}
    assert found["Russia"].official == "Russia"
    assert set(found) == {"United States", "Germany", "Russia"}
    assert found["United States"].count == 525


def test_codes_parts_and_slips_are_only_shown() -> None:
    found = groups("Country", [*COUNTRIES, ("Germny", 1), ("DE", 2), ("UK", 40), ("England", 12)])
    assert texts(found["Germany"], sure=False) == {"Germny", "DE"}
    assert texts(found["UK"], sure=False) == {"England"}
    assert found["UK"].sure == ()


def test_cities_by_their_nicknames() -> None:
    counted = [
        ("New York", 30),
        ("NYC", 9),
        ("nyc", 2),
        ("Brooklyn", 3),
        ("СПб", 3),
        ("Питер", 2),
        ("Санкт-Петербург", 5),
    ]
    found = groups("Your city", counted)
    assert texts(found["New York"], sure=True) == {"NYC", "nyc"}
    assert texts(found["New York"], sure=False) == {"Brooklyn"}
    assert texts(found["Санкт-Петербург"], sure=True) == {"СПб", "Питер"}


def test_a_question_about_something_else_has_no_countries() -> None:
    assert groups("Favourite dish", [("Turkey", 30), ("Türkiye", 2), ("Tofu", 80), ("Rice", 40)]) == {}
    assert names_for("Favourite dish", [("Turkey", 30), ("Tofu", 80)]) is None
    assert names_for("Sprache", [("Deutsch", 3), ("x", 9)]) is load_names(Thing.LANGUAGE)
    assert names_for("", []) is None


def test_spellings_endings_notes_initials() -> None:
    counted = [
        ("Programmer", 30),
        ("programmer ", 2),
        ("The programmers", 2),
        ("Programmer (retired)", 1),
        ("Résumé", 9),
    ]
    counted += [("resume", 2), ("New York University", 5), ("NYU", 4), ("Exercise", 9), ("exercise", 3)]
    found = groups("x", counted)
    assert texts(found["Programmer"], sure=True) == {"programmer "}
    assert texts(found["Programmer"], sure=False) == {"The programmers", "Programmer (retired)"}
    assert found["Résumé"].members[1].why == "only accents differ"
    assert texts(found["New York University"], sure=False) == {"NYU"}
    assert texts(found["Exercise"], sure=True) == {"exercise"}


@pytest.mark.parametrize(
    ("rare", "common"),
    [
        ("Theist", "Atheist"),
        ("Male", "Female"),
        ("Rationalist", "Nationalist"),
        ("Vitamin B", "Vitamin D"),
        ("1990", "1991"),
        ("Lift", "Left"),
        ("Bisexual", "Asexual"),
        ("monogamous", "nonmonogamous"),
        ("", "x"),
    ],
)
def test_other_words_are_no_slips(rare: str, common: str) -> None:
    assert not is_typo(rare, common)
    assert not is_typo(common, rare)


@pytest.mark.parametrize(
    ("rare", "common"), [("Untied States", "United States"), ("progamer", "programer"), ("melatonine", "Melatonin")]
)
def test_slips(rare: str, common: str) -> None:
    assert is_typo(rare, common)


def test_a_slip_is_rare_beside_a_common_text() -> None:
    assert "Melatonin" in groups("x", [("Melatonin", 12), ("Melatonine", 3)])
    assert groups("x", [("Melatonin", 12), ("Melatonine", 4)]) == {}
    assert groups("x", [("Melatonin", 2), ("Melatonine", 1)]) == {}


def test_steps_are_compared_by_spelling_only() -> None:
    counted = [
        ("Agree", 40),
        ("agree", 2),
        ("Agrees", 1),
        ("Disagree", 30),
        ("Strongly agree", 9),
        ("Strongly agre", 1),
    ]
    found = groups("x", counted, ordered=True)
    assert {label: texts(group, sure=True) for label, group in found.items()} == {"Agree": {"agree"}}
    assert texts(found["Agree"], sure=False) == set()


def test_a_choice_comes_before_a_write_in_and_refusals_are_left_alone() -> None:
    choices = (Choice(code=1, label="none"), Choice(code=2, label="Rather not", missing=Missing.REFUSED))
    found = groups(
        "x",
        [("None", 40), ("none", 3), ("rather not", 3), ("?", 3), ("??", 2), ("Other", 2), ("other", 2)],
        choices=choices,
    )
    assert list(found) == ["none"]


def test_keys() -> None:
    assert plain_key("Ł'Éclair, ß") == "łeclairss"
    assert plain_key("?!") == "?!"
    assert name_key("The Netherlands") == name_key("NETHERLANDS")
    assert name_key("Thea") == "thea"
    assert loose_key("the Cities") == loose_key("city")
    assert loose_key("Texas") == "texa"
    assert initials("University of New York") == "uny"
    assert initials("New York") == ""
    assert [is_short_form(text) for text in ("NYU", "U.S.A.", "Nyu", "N", "A1B")] == [True, True, False, False, False]
    assert [distance("abcd", other, 2) for other in ("abcd", "abdc", "abc", "xbcdx", "zzzz")] == [0, 1, 1, 2, 3]


@given(st.text(max_size=8), st.text(max_size=8))
def test_distance_is_symmetric(one: str, other: str) -> None:
    assert distance(one, other, 9) == distance(other, one, 9)
    assert (distance(one, other, 9) == 0) == (one == other)


@given(st.lists(st.tuples(st.text(max_size=10), st.integers(1, 50)), max_size=25, unique_by=lambda one: one[0]))
@settings(max_examples=150)
def test_every_text_is_in_one_group_at_most(counted: list[tuple[str, int]]) -> None:
    found = suggest_groups(Question(column="Country or city", kind=Kind.SINGLE), counted)
    members = [member.text for group in found for member in group.members]
    assert len(members) == len(set(members))
    assert set(members) <= {text for text, _count in counted}
    assert all(len(group.members) > 1 and group.label == group.members[0].text for group in found)


@pytest.mark.parametrize("thing", list(Thing))
def test_the_lists_of_names(thing: Thing) -> None:
    lines = (NAMES / f"{thing.value}.txt").read_text("utf-8").splitlines()
    heads = [line.split("\t")[0] for line in lines]
    assert len(set(heads)) == len(heads) > 100
    names = load_names(thing)
    for head in heads:
        named = names.find(head)
        assert named is not None
        assert named.name == head
    assert (NAMES / "LICENSE-unicode.txt").is_file()


def test_country_names_become_one_answer() -> None:
    cells = ["United States"] * 30 + ["USA"] * 20 + ["U.S.A.", "Deutschland"] + ["Germany"] * 9
    cells += ["France"] * 8 + ["france"] * 6
    plan = column_plan("In which country do you live?", cells)
    problem = next(p for p in plan.problems if p.kind == "lookalike")
    assert problem.title == "7 country names look alike"
    fixed = apply_fix(plan, problem, problem.fixes[0])
    question = fixed.mapping.questions[1]
    assert {choice.label: choice.aliases for choice in question.choices} == {
        "United States": ("USA", "U.S.A."),
        "Germany": ("Deutschland",),
        "France": ("france",),
    }
    coded = code_plan_column(fixed, 1)
    values = [coded.entries[n].value for n in coded.index]
    assert len(set(values[:51])) == 1
    assert [coded.entries[n].raw for n in coded.index] == cells
    assert not any(p.kind == "lookalike" for p in fixed.problems)


def test_a_fix_stored_by_an_earlier_version_merges_spellings() -> None:
    choices = tuple(Choice(code=n, label=label) for n, label in enumerate(["yes", "Yes", "No"], 1))
    after = merge_texts(Question(column="x", kind=Kind.SINGLE, choices=choices), "")
    assert [choice.texts for choice in after.choices] == [("yes", "Yes"), ("No",)]
    assert after.fold_labels


def test_spellings_that_are_folded_already_are_no_problem() -> None:
    plan = column_plan("Pet", ["Cat", "Dog"] * 20 + ["cat"])
    problem = next(p for p in plan.problems if p.kind == "lookalike")
    assert problem.severity.value == "look"
    assert problem.fixes[-1].action == "keep"
