"""Which rare answers were written in, and which are options: short lists with an "Other", long lists, new waves."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from import_build import column_plan, guessed, table_of

from surveyapp.domain.mapping import Mapping
from surveyapp.domain.question import Kind, Missing, Question
from surveyapp.importers.coding import code_plan_column, recode
from surveyapp.importers.guess.unlisted import rare_below, split_options, take_in
from surveyapp.importers.plan import propose, with_kind
from surveyapp.importers.profile import profile

FOUND = ["A friend"] * 300 + ["A book"] * 200 + ["The forum"] * 120 + ["A talk"] * 60
ODD = ["radio"] * 6 + ["Choir"] * 5 + ["my dentist"] * 3 + ["wrong turn"] * 2 + ["a footnote"]


def labels(question: Question) -> list[str]:
    return [choice.label for choice in question.choices if not choice.other]


def others(question: Question) -> list[str]:
    return [choice.label for choice in question.choices if choice.other]


def test_rare_texts_beside_a_few_options_are_write_ins() -> None:
    plan = column_plan("How did you find us?", [*FOUND, *ODD])
    question = plan.mapping.questions[1]
    assert labels(question) == ["A friend", "A book", "The forum", "A talk"]
    assert others(question) == ["Other (written in)"]
    coded = code_plan_column(plan, 1)
    written = Counter(coded.entries[n].write_in for n in coded.index if coded.entries[n].write_in)
    assert written == Counter(ODD)
    assert [coded.entries[n].raw for n in coded.index] == [*FOUND, *ODD]
    assert coded.question == question


def test_an_other_in_the_form_takes_them_in() -> None:
    question = guessed("How did you find us?", [*FOUND, *["Other"] * 30, *ODD])
    assert others(question) == ["Other"]
    assert len(question.choices) == 5
    rare = guessed("How did you find us?", [*FOUND, "Other", *ODD])
    assert others(rare) == ["Other"]


def test_a_long_list_keeps_its_values() -> None:
    countries = [f"Country {n}" for n in range(40)]
    cells = [country for n, country in enumerate(countries) for _person in range(max(1, int(400 / (n + 1) ** 1.1)))]
    assert split_options(Counter(cells).most_common()) is None
    assert set(labels(guessed("Country", cells))) == set(countries)


def test_a_smooth_tail_is_no_cut() -> None:
    cells = [text for n, text in enumerate("abcdefghijkl") for _person in range(int(500 * 0.6**n) or 1)]
    assert split_options(Counter(cells).most_common()) is None


@pytest.mark.parametrize(
    ("rare", "expected"),
    [
        (["Middle Eastern"] * 5, 4),
        (["Middle Eastern"] * 5 + ["Black"] * 7, 5),
        (["it is complicated"] * 5, 3),
        (["2"] * 4 + ["0"] * 2, 3),
        (["дзен"] * 3, 3),
    ],
)
def test_one_or_two_rare_texts_are_write_ins_only_if_they_look_like_it(rare: list[str], expected: int) -> None:
    question = guessed("Race", ["White"] * 500 + ["Asian"] * 200 + ["Hispanic"] * 90 + rare)
    assert len(labels(question)) == expected
    assert len(others(question)) == (expected == 3)


def test_a_rare_step_and_a_refusal_stay() -> None:
    cells = ["Never"] * 400 + ["Monthly"] * 300 + ["Weekly"] * 200 + ["Daily"] * 3 + ["Prefer not to say"] * 2
    question = guessed("How often?", [*cells, "when asked", "in spring", "at sea", "if at all"])
    assert question.ordered
    assert labels(question) == ["Never", "Monthly", "Weekly", "Daily", "Prefer not to say"]
    assert [c.missing for c in question.choices if c.label == "Prefer not to say"] == [Missing.REFUSED]


def test_few_people_prove_nothing() -> None:
    assert split_options([("a", 4), ("b", 4), ("c", 3), ("d", 2), ("e", 2), ("f", 1), ("g", 1)]) is None
    assert rare_below(50) == 3
    assert rare_below(10_000) == 100


def test_the_next_wave_keeps_the_options_and_adds_new_ones() -> None:
    plan = column_plan("How did you find us?", FOUND)
    known = plan.mapping.questions[1]
    assert not others(known)
    later = column_plan("How did you find us?", [*FOUND, *["A film"] * 40, *ODD])
    question = take_in(known, later.samples[1])
    assert labels(question) == [*labels(known), "A film"]
    assert others(question) == ["Other (written in)"]
    again = propose(later.table, mapping=plan.mapping).mapping.questions[1]
    assert again.choices == question.choices
    assert [choice.code for choice in again.choices] == [1, 2, 3, 4, 5, 6]


OFTEN = ["Never"] * 40 + ["Monthly"] * 30 + ["Daily"] * 20


def often_again(cells: list[str]) -> Question:
    """The entry learned from OFTEN, for a file with these cells more."""
    known = column_plan("How often?", OFTEN).mapping.questions[1]
    assert known.ordered
    plan = propose(column_plan("How often?", [*OFTEN, *cells]).table, mapping=Mapping(questions=(known,)))
    return plan.mapping.questions[1]


def test_a_new_step_takes_its_place_in_the_order() -> None:
    question = often_again(["Weekly"] * 9)
    assert question.ordered
    assert labels(question) == ["Never", "Monthly", "Weekly", "Daily"]
    assert [choice.code for choice in question.choices] == [1, 2, 4, 3]


def test_answers_without_a_place_in_the_order_make_up_none() -> None:
    question = often_again(["Every month"] * 20 + ["Every day"] * 20)
    assert not question.ordered
    assert labels(question) == ["Never", "Monthly", "Daily", "Every month", "Every day"]


def test_a_rare_text_without_a_place_does_not_spoil_the_order() -> None:
    question = often_again(["when asked"])
    assert question.ordered
    assert question.closed
    assert labels(question) == ["Never", "Monthly", "Daily"]


def shifted_table() -> tuple[list[str], list[list[str]]]:
    """300 people; five rows slipped one to the right."""
    rng = random.Random(3)
    headers = [*(f"Word {n}" for n in range(5)), "Children", "More children?", "River", "End"]
    words = [[f"{letter}{n}" for n in ("ya", "yb", "yc")] for letter in "abcde"]
    rows = [
        [*map(rng.choice, words), str(rng.randint(0, 4)), rng.choice(["Yes", "No", "Uncertain"]), "The Danube", ""]
        for _n in range(300)
    ]
    for row in rows[::2]:
        row[7] = "The Dnieper"
    for slipped in (10, 20, 30, 40, 50):
        rows[slipped] = ["", *rows[slipped][:-1]]
    return headers, rows


def test_cells_of_shifted_rows_create_no_choices() -> None:
    headers, rows = shifted_table()
    plan = propose(table_of(headers, rows))
    place = headers.index("More children?")
    question = plan.mapping.questions[place]
    assert set(labels(question)) == {"Yes", "No", "Uncertain"}
    assert not others(question)
    assert question.closed
    coded = code_plan_column(plan, place)
    assert coded.question == question
    assert sum(coded.entries[n].missing is Missing.UNREADABLE for n in coded.index) == 5
    assert [coded.entries[n].raw for n in coded.index] == [row[place] for row in rows]
    assert recode(coded, question).question == question
    profile(plan, question)
    freed = with_kind(plan, question, Kind.SINGLE)
    assert [q.kind for q in freed.mapping.questions] == [q.kind for q in plan.mapping.questions]
