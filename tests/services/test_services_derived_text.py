"""Derived questions in words and from text; what they would give; how they are written to files."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from services_example import AGE, GENDER, INCOME, MOOD, PEOPLE

from surveyapp.domain.analysis import Base, Condition, Operator
from surveyapp.domain.codec import to_plain
from surveyapp.domain.derived import Derived, DerivedKind, Group
from surveyapp.domain.errors import UserError
from surveyapp.reports.sav import NameBook
from surveyapp.services.derived.question import RECIPES, remove_derived, save_derived
from surveyapp.services.derived.text import (
    edges_as_text,
    edges_of_text,
    group_of_text,
    kind_words,
    recipe_from_text,
    recipe_words,
)
from surveyapp.services.derived.view import list_derived, preview
from surveyapp.services.export import DataForm, data_table, export_data
from surveyapp.services.sav_export import build_variables
from surveyapp.services.session import Session
from surveyapp.stats.result import FrequencyTable, NumericSummary

WOMEN = Condition(column=GENDER, operator=Operator.IS, values=("Female",))
BANDS = Derived(name="Age group", kind=DerivedKind.BANDED, columns=(AGE,), edges=(25.0, 35.0))
LOG = Derived(name="Log income", kind=DerivedKind.LOG, columns=(INCOME,))


@pytest.mark.parametrize(
    ("text", "edges"),
    [
        ("18, 25, 35", (18.0, 25.0, 35.0)),
        ("18 25 35", (18.0, 25.0, 35.0)),
        ("18,25,35,", (18.0, 25.0, 35.0)),
        ("1,5; 2,5;", (1.5, 2.5)),
        ("1.5, 2.5", (1.5, 2.5)),
        ("\N{MINUS SIGN}5, 0", (-5.0, 0.0)),
        ("1e3, 2e3", (1000.0, 2000.0)),
    ],
)
def test_edges_are_read_as_typed(text: str, edges: tuple[float, ...]) -> None:
    assert edges_of_text(text) == edges
    assert edges_of_text(edges_as_text(edges)) == edges


@pytest.mark.parametrize("text", ["", " , ", "a, b", "3, 2", "2, 2", "nan", "1, inf", "1_0, 20", "__import__('os')"])
def test_what_are_no_edges(text: str) -> None:
    with pytest.raises(UserError):
        edges_of_text(text)


def test_groups_are_read_as_typed() -> None:
    assert group_of_text(" Women = Female | F ") == Group(label="Women", members=("Female", "F"))
    assert group_of_text("A=x=y") == Group(label="A", members=("x=y",))
    for text in ("Women", "=Female", "Women=", "Women= | "):
        with pytest.raises(UserError):
            group_of_text(text)


RECIPES_OF_ALL_KINDS = [
    (BANDS, f"bands of {AGE} at 25, 35"),
    (LOG, f"logarithm to base 10 of {INCOME}"),
    (Derived(name="a", kind=DerivedKind.LOG, columns=(INCOME,), offset=1.0), f"logarithm to base 10 of {INCOME} + 1"),
    (
        Derived(
            name="b",
            kind=DerivedKind.GROUPED,
            columns=(GENDER,),
            groups=(Group(label="W", members=("Female",)), Group(label="M", members=("Male",))),
        ),
        f"answers to {GENDER} in groups: W, M",
    ),
    (
        Derived(name="c", kind=DerivedKind.SCORE, columns=(MOOD, "gone"), reversed_columns=(MOOD,), least_answered=1),
        "mean of 2 items, 1 reversed, at least 1 answered",
    ),
    (Derived(name="d", kind=DerivedKind.SCORE, columns=(MOOD, AGE), summed=True), "sum of 2 items"),
    (Derived(name="e", kind=DerivedKind.INDEX, columns=(MOOD, AGE)), "mean of 2 standardised items"),
    (Derived(name="f", kind=DerivedKind.DIFFERENCE, columns=(INCOME, AGE)), f"{INCOME} less {AGE}"),
    (Derived(name="g", kind=DerivedKind.STANDARDISED, columns=(AGE,)), f"{AGE} with mean 0 and standard deviation 1"),
    (
        Derived(name="h", kind=DerivedKind.ANY_OF, conditions=(WOMEN, Condition(column="Gone", operator=Operator.IS))),
        f"yes for whom one holds: {GENDER}: Female or Gone",
    ),
]


@pytest.mark.parametrize(("recipe", "words"), RECIPES_OF_ALL_KINDS)
def test_every_kind_has_words_and_goes_through_text(session: Session, recipe: Derived, words: str) -> None:
    for header in (AGE, GENDER, INCOME, MOOD):  # people read short names
        question = session.codebook(1).find(header)
        assert question is not None
        words = words.replace(header, question.title)
    assert recipe_words(session, 1, recipe) == words
    assert kind_words(recipe.kind)
    assert recipe_from_text(json.dumps({"derived": to_plain(recipe)})) == recipe


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"derived": {"name": "a", "kind": "nonsense"}}', "[" * 100_000])
def test_other_texts_are_no_recipe(text: str) -> None:
    with pytest.raises(UserError, match="recipe"):
        recipe_from_text(text)


def test_a_preview_is_about_the_base_and_keeps_nothing(session: Session) -> None:
    all_people = preview(session, Base(wave_id=1), BANDS).result
    women = preview(session, Base(wave_id=1, conditions=(WOMEN,)), BANDS).result
    assert isinstance(all_people, FrequencyTable)
    assert isinstance(women, FrequencyTable)
    assert all_people.counted.total == PEOPLE > women.counted.total
    assert [row.label for row in women.rows] == ["< 25", "25–34", "35+"]
    assert isinstance(preview(session, Base(wave_id=1), LOG).result, NumericSummary)
    assert RECIPES.all(session) == []
    with pytest.raises(UserError):
        preview(session, Base(wave_id=1), Derived(name="", kind=DerivedKind.SCORE, columns=(AGE,)))


def test_the_list_says_what_a_wave_has_not_got(session: Session) -> None:
    save_derived(session, 1, LOG)
    twice = Derived(name="Again", kind=DerivedKind.STANDARDISED, columns=("Log income#-1",))
    save_derived(session, 1, twice)
    assert [entry.fault for entry in list_derived(session, 1)] == [None, None]
    remove_derived(session, "Log income")
    (entry,) = list_derived(session, 1)
    assert entry.question is None
    assert entry.fault is not None
    assert "Log income" in entry.fault.title


def test_files_of_answers_hold_them(session: Session, tmp_path: Path) -> None:
    save_derived(session, 1, BANDS)
    save_derived(session, 1, LOG)
    path = tmp_path / "answers.csv"
    export_data(session, Base(wave_id=1), path, form=DataForm.LABELS)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    ages = [(row["How old are you"], row["Age group"]) for row in rows]
    assert {band for age, band in ages if age and float(age) < 25} == {"< 25"}
    assert {band for age, band in ages if not age} <= {""}
    assert list(rows[0])[-2:] == ["Age group", "Log income"]
    codes = data_table(session, Base(wave_id=1), form=DataForm.CODES)
    assert set(codes.columns[-2].values) <= {1, 2, 3, None}
    exact = data_table(session, Base(wave_id=1), form=DataForm.EXACT)
    assert "Age group" not in [column.header for column in exact.columns]
    variables, _sets = build_variables(session, 1, range(PEOPLE), names=NameBook())
    assert variables[-2].label == "Age group"
    assert variables[-2].labels[1.0] == "< 25"
    assert variables[-2].values == [
        float(value) if isinstance(value, int | float) else None for value in codes.columns[-2].values
    ]
