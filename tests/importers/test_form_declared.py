"""What a file says of its columns: known before the guess looks, and stronger than it. Header rows below the first."""

from __future__ import annotations

from array import array
from dataclasses import replace

import pytest

from surveyapp.domain.column import TextColumn
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Kind, Missing, MissingCode, Role
from surveyapp.importers.form.header_row import take_rows
from surveyapp.importers.form.tick_set import keep_apart, share_steps
from surveyapp.importers.plan import propose
from surveyapp.importers.table import Declared, TextTable, build_source


def column(header: str, cells: list[str]) -> TextColumn:
    texts = list(dict.fromkeys(cells))
    return TextColumn(header=header, occurrence=0, index=array("i", map(texts.index, cells)), texts=texts)


def table(columns: dict[str, list[str]], declared: tuple[Declared, ...] = ()) -> TextTable:
    made = tuple(column(header, cells) for header, cells in columns.items())
    source = build_source("a.csv", b"a", format_id="delimited", detail="text")
    return TextTable(columns=made, rows=array("i", range(2, 2 + len(made[0]))), source=source, declared=declared)


def test_a_declared_text_tells_what_a_code_is_about() -> None:
    cells = {"Q7": ["50"] * 20 + ["40"]}
    assert propose(table(cells)).mapping.questions[0].role is Role.PLAIN
    text = "Probability that a fair coin lands heads (attention check)"
    question = propose(table(cells, ({"text": text},))).mapping.questions[0]
    assert (question.kind, question.role, question.text) == (Kind.PROBABILITY, Role.ATTENTION, text)
    assert question.name.startswith("Probability")


def test_declared_codes_of_no_answer_teach_nothing() -> None:
    cells = {"Q1": ["Tea", "Milk", "Tea", "-99"] * 5, "Q2": ["7", "1", "-99", "10"] * 5}
    told: Declared = {"missing_codes": (MissingCode(text="-99", meaning=Missing.BLANK),)}
    drink, rating = propose(table(cells, (told, told))).mapping.questions
    assert [choice.label for choice in drink.choices] == ["Tea", "Milk"]
    assert rating.kind is Kind.NUMBER or rating.kind is Kind.SCALE
    assert "-99" not in [choice.label for choice in rating.choices]


@pytest.mark.parametrize(("label", "marked"), [("Milk", "Milk"), ("Coffee", "Other (written in)")])
def test_a_question_with_an_other_text_has_an_other_choice(label: str, marked: str) -> None:
    cells = {"Drink": ["Tea", "Milk", "Tea", ""] * 5, "Text": ["", "", "", "water"] * 5}
    told: Declared = {"kind": Kind.TEXT, "other_of": "Drink", "text": f"Drink? [{label}]"}
    drink = propose(table(cells, ({}, told))).mapping.questions[0]
    assert [choice.label for choice in drink.choices if choice.other] == [marked]
    assert {"Tea", "Milk"} <= {choice.label for choice in drink.choices}


def test_how_ticks_are_joined_makes_no_multiple_choice() -> None:
    cells = {"Remark": [f"one, two and {n}" for n in range(20)]}
    question = propose(table(cells, ({"delimiter": ", "},))).mapping.questions[0]
    assert (question.kind, question.delimiter) == (Kind.TEXT, "")


def test_taken_rows_leave_no_text_behind() -> None:
    whole = table({"A": ["Title", "x", "y", "x"], "B": ["x", "x", "", "Title"]})
    taken, rest = take_rows(whole, 1)
    assert taken == [["Title", "x"]]
    assert list(rest.rows) == [3, 4, 5]
    assert [[own.texts[n] for n in own.index] for own in rest.columns] == [["x", "y", "x"], ["x", "", "Title"]]
    assert [list(own.texts) for own in rest.columns] == [["x", "y"], ["x", "", "Title"]]
    with pytest.raises(UserError):
        take_rows(whole, 4)


def test_sets_of_one_name_are_kept_apart() -> None:
    def tick(name: str) -> Declared:
        return {"kind": Kind.TICK, "multi": "Which?", "name": name}

    other: Declared = {"kind": Kind.TEXT, "multi": "Which?", "name": "Other"}
    told = [tick("Tea"), tick("Other"), other, {}, tick("Tea"), tick("Milk"), tick("Tea")]
    names = [one.get("multi", "") for one in keep_apart(told)]
    assert names == ["Which?"] * 3 + [""] + ["Which? (2)"] * 2 + ["Which? (3)"]


def test_rows_of_a_grid_share_answers() -> None:
    tea, milk = column("a", ["Good", "Bad", ""]), column("b", ["Bad", "Bad", "Fair"])
    assert share_steps([tea, milk])
    assert not share_steps([tea, column("c", ["Ann", "Bob", "Cid"])])
    assert not share_steps([tea, replace(milk, texts=["", "", ""])])
