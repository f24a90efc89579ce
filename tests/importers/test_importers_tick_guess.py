"""A multiple choice over columns is seen in a plain CSV; a grid of yes/no questions is left a grid."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import pytest
from import_build import table_of
from tick_example import HEADERS, MEDIA, OPTIONS, OTHER, spread

from surveyapp.domain.question import Kind, Question
from surveyapp.importers.coding import code_plan_column
from surveyapp.importers.plan import propose

ROWS = 40


def asked(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Question]:
    """The entries of these columns, beside an age."""
    beside = [[str(20 + n), *row] for n, row in enumerate(rows)]
    return list(propose(table_of(["Age", *headers], beside)).mapping.questions[1:])


def mixed(texts: Sequence[Sequence[str]]) -> list[list[str]]:
    """Rows in which every column goes through its own texts, each at its own pace."""
    return [[own[(n // (place + 1)) % len(own)] for place, own in enumerate(texts)] for n in range(ROWS)]


@pytest.mark.parametrize(("yes", "no"), [("", ""), ("Yes", "No"), ("1", "0"), ("TRUE", "FALSE"), ("x", ""), ("1", "")])
def test_options_in_brackets_with_what_was_written_behind_other(yes: str, no: str) -> None:
    plan = propose(table_of(HEADERS, spread(yes, no)))
    found = [q for q in plan.mapping.questions if q.multi]
    assert [q.name for q in found] == [*OPTIONS, OTHER]
    assert [q.kind for q in found] == [Kind.TICK] * len(OPTIONS) + [Kind.TEXT]
    assert {q.multi for q in found} == {MEDIA}
    assert {q.grid for q in found} == {""}
    coded = code_plan_column(plan, 1)
    wanted = [1 if row[1] not in ("", no) else 0 if no else None for row in spread(yes, no)]
    assert [coded.entries[number].value for number in coded.index] == wanted


@pytest.mark.parametrize(
    "headers",
    [
        ["media: radio", "media: television", "media: press"],
        ["media/radio", "media/television", "media/press"],
        ["Media you use - radio", "Media you use - television", "Media you use - press"],
    ],
)
def test_codes_need_a_question_in_words_before_the_option(headers: list[str]) -> None:
    rows = mixed([["0", "1"], ["1", "0"], ["0", "0", "1"]])
    found = asked(headers, rows)
    assert {q.kind for q in found} == {Kind.TICK}
    assert [q.name for q in found] == ["radio", "television", "press"]
    assert len({q.multi for q in found}) == 1
    for bare in (["member", "donor", "vegan"], ["Q5_1", "Q5_2", "Q5_3"]):
        assert not any(q.multi for q in asked(bare, rows))


def test_numbered_headers_with_the_titles_in_the_cells() -> None:
    found = asked(["Q5_1", "Q5_2", "Q5_3"], mixed([["Radio", ""], ["", "The press"], ["", "", "Podcasts"]]))
    assert [(q.kind, q.multi, q.name) for q in found] == [
        (Kind.TICK, "Q5", "Radio"),
        (Kind.TICK, "Q5", "The press"),
        (Kind.TICK, "Q5", "Podcasts"),
    ]


def test_titles_as_headers_and_cells() -> None:
    found = asked(["Chess", "Go", "Rating"], mixed([["Chess", ""], ["", "Go"], ["1", "2", "3", "4", "5"]]))
    assert [q.kind for q in found] == [Kind.TICK, Kind.TICK, Kind.SCALE]
    assert [q.multi for q in found] == ["Chess / Go", "Chess / Go", ""]


def test_an_option_that_nobody_ticked_belongs_to_it() -> None:
    headers = [f"Which games? [{name}]" for name in ("Chess", "Go", "Bridge")]
    found = asked(headers, mixed([["Chess", ""], ["", "Go"], [""]]))
    assert [q.kind for q in found] == [Kind.TICK] * 3


@pytest.mark.parametrize(
    ("headers", "texts"),
    [
        # a grid of yes/no questions
        (["Do you own [a car]", "Do you own [a boat]", "Do you own [a house]"], [["Yes", "No"]] * 3),
        # several answers to a row are no tick
        (["Which of these [A]", "Which of these [B]", "Which of these [C]"], [["Yes", "No", "Maybe"]] * 3),
        # ratings on one number
        (["Q7_1", "Q7_2", "Q7_3"], [["5", ""]] * 3),
        # all said no
        (["Which? [A]", "Which? [B]", "Which? [C]"], [["No", ""]] * 3),
        # separate questions that happen to be coded
        (["Vegetarian", "Vegan", "Smoker"], [["0", "1"]] * 3),
        # two columns and no title in the cells
        (["News [mail]", "News [phone]"], [["x", ""]] * 2),
        # the same option twice
        (["Which? [A]", "Which? [A]", "Which? [B]"], [["x", ""]] * 3),
        # long statements to agree with
        ([f"Statement {n}: {'I think that ' * 6}{n}" for n in range(3)], [["0", "1"]] * 3),
    ],
)
def test_left_as_they_are(headers: list[str], texts: list[list[str]]) -> None:
    assert not any(q.multi or q.kind is Kind.TICK for q in asked(headers, mixed(texts)))


def test_neighbours_of_different_questions_are_two_sets() -> None:
    headers = ["Which games? [Chess]", "Which games? [Go]", "Which drinks? [Tea]", "Which drinks? [Milk]"]
    found = asked(headers, mixed([["Chess", ""], ["", "Go"], ["", "Tea"], ["Milk", "", ""]]))
    assert [q.multi for q in found] == ["Which games?", "Which games?", "Which drinks?", "Which drinks?"]


def test_a_grid_named_other_with_steps_is_no_text_of_a_set() -> None:
    headers = ["Which? [A]", "Which? [B]", "Which? [C]", "Which? [Other]"]
    found = asked(headers, mixed([["x", ""], ["", "x"], ["", "", "x"], ["x", "", ""]]))
    assert [q.kind for q in found] == [Kind.TICK] * 4


def test_what_was_taken_together_is_told() -> None:
    plan = propose(table_of(HEADERS, spread()))
    assert f"5 columns taken as one multiple choice: {MEDIA}" in plan.done
    assert not any("multiple choice" in words for words in propose(table_of(HEADERS[:2], [["20", "Radio"]] * 9)).done)


def test_what_a_file_tells_is_not_guessed() -> None:
    table = table_of(HEADERS, spread())
    told: list[dict[str, object]] = [{} for _header in HEADERS]
    told[1] = {"kind": Kind.SINGLE}
    plan = propose(replace(table, declared=tuple(told)))
    assert [q.kind for q in plan.mapping.questions[1:3]] == [Kind.SINGLE, Kind.TICK]
    assert plan.mapping.questions[1].multi == ""


@pytest.mark.parametrize("piece", ["a ", "a-", "a/", "a.", "[", "Q1[", "a: "])
def test_a_header_as_long_as_a_book_takes_no_time(piece: str) -> None:
    before = time.process_time()
    (question,) = asked([piece * 20_000], [["Yes"], ["No"]] * 20)
    assert time.process_time() - before < 3
    assert question.multi == ""
