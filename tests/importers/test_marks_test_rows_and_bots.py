"""Rows sent to try the form out, and rows that look machine-made: planted ones are found, jokes are not."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from import_build import WORDS, table_of

from surveyapp.domain.wave import Flag
from surveyapp.importers.coding import code_wave
from surveyapp.importers.plan import ImportPlan, propose

HEADERS = ["Timestamp", "Your name", "Gender", "Age", "What would you change?", "Anything else?", "City"]
FREE, ELSE, CITY, NAME = 4, 5, 6, 1


def rows_of(n: int = 60, *, seed: int = 1) -> list[list[str]]:
    rng = random.Random(seed)
    start = datetime(2026, 11, 1, 9, 30)  # noqa: DTZ001 (local time, as forms write it)
    return [
        [
            f"{start + timedelta(minutes=37 * row):%Y-%m-%d %H:%M:%S}",
            f"{rng.choice(['Ann', 'Bo', 'Cy', 'Di'])} {rng.choice('KLMNOPRST')}.{row}",
            rng.choice(["Female", "Male"]),
            str(rng.randint(18, 70)),
            " ".join(rng.choices(WORDS, k=rng.randint(4, 12))),
            " ".join(rng.choices(WORDS, k=rng.randint(4, 12))) if rng.random() < 0.5 else "",
            " ".join(rng.choices(WORDS, k=2)),
        ]
        for row in range(n)
    ]


def marked(plan: ImportPlan, flag: Flag) -> tuple[int, ...]:
    return code_wave(plan, name="1").flags.get(flag, ())


def plan_with(changes: dict[int, dict[int, str]], *, headers: Sequence[str] = HEADERS, n: int = 60) -> ImportPlan:
    rows = rows_of(n)
    for row, cells in changes.items():
        for place, text in cells.items():
            rows[row][place] = text
    return propose(table_of(headers, rows))


@pytest.mark.parametrize(
    "text",
    [
        "tom testing php 5.3, ignore",
        "This is a test, please ignore it",
        "please disregard, testing",
        "это тест, не учитывать",
        "Test - bitte ignorieren",
    ],
)
def test_who_asks_to_be_ignored_is(text: str) -> None:
    plan = plan_with({7: {FREE: text}})
    assert marked(plan, Flag.TEST_ROW) == (9,)
    (problem,) = [one for one in plan.problems if one.kind == "test_rows"]
    assert "to be ignored" in problem.detail
    assert problem.rows == (9,)
    assert all(text not in example.before for example in problem.examples)


@pytest.mark.parametrize(
    ("one", "two"), [("test", "asdf"), ("тест", "фыва"), ("Testing 1", "qwertz"), ("test", "test test")]
)
def test_two_weak_signs_make_a_test(one: str, two: str) -> None:
    assert marked(plan_with({7: {FREE: one, CITY: two}}), Flag.TEST_ROW) == (9,)


@pytest.mark.parametrize(
    "text",
    [
        "asdf",
        "test",
        "the latest test of the meetup was fun",
        "I like to test software",
        "Ignore the haters",
        "Protest",
        "less tests at school, please",
        "foo fighters",
    ],
)
def test_a_single_joke_is_no_test(text: str) -> None:
    assert marked(plan_with({7: {FREE: text}}), Flag.TEST_ROW) == ()


def test_a_weak_sign_beside_nothing_else_is_a_test() -> None:
    nothing = dict.fromkeys((2, 3, ELSE, CITY), "")
    assert marked(plan_with({7: {FREE: "test", **nothing}}), Flag.TEST_ROW) == (9,)


def test_answers_from_before_the_opening() -> None:
    plan = plan_with({0: {0: "2026-10-01 10:00:00"}, 1: {0: "2026-10-02 11:00:00"}})
    assert marked(plan, Flag.TEST_ROW) == (2, 3)
    (problem,) = [one for one in plan.problems if one.kind == "test_rows"]
    assert "days before all others" in problem.detail


def test_a_slow_start_is_no_test() -> None:
    rows = rows_of(60)
    for n, row in enumerate(rows):
        row[0] = f"{datetime(2026, 1, 1, 9) + timedelta(days=5 * n):%Y-%m-%d %H:%M:%S}"  # noqa: DTZ001
    assert marked(propose(table_of(HEADERS, rows)), Flag.TEST_ROW) == ()


@pytest.mark.parametrize("text", ["Survey Preview", "preview", "Test"])
def test_the_tools_own_mark(text: str) -> None:
    rows = [[*row, "Complete"] for row in rows_of()]
    rows[4][-1] = text
    assert marked(propose(table_of([*HEADERS, "Status"], rows)), Flag.TEST_ROW) == (6,)


def test_a_question_called_status_is_no_tools_mark() -> None:
    rows = [[*row, "Single" if n % 2 else "Test"] for n, row in enumerate(rows_of())]
    assert marked(propose(table_of([*HEADERS, "Status"], rows)), Flag.TEST_ROW) == ()


def test_random_letters_in_several_answers() -> None:
    plan = plan_with({7: {FREE: "WqUCmwaUurhKbs", CITY: "xKjQbTzrWm"}, 9: {FREE: "WqUCmwXUurhKbs"}})
    assert marked(plan, Flag.BOT) == (9,)
    (problem,) = [one for one in plan.problems if one.kind == "bots"]
    assert "random letters" in problem.detail


@pytest.mark.parametrize(
    "text",
    [
        "Donaudampfschifffahrt",
        "LessWrong",
        "Szczebrzeszyn",
        "Взгляд",
        "PostgreSQL",
        "rhythms",
        "McDonaldsFan",
        "twelfths",
    ],
)
def test_rare_words_are_not_random(text: str) -> None:
    from surveyapp.importers.mark.bot import is_random

    assert not is_random(text)


def test_a_column_of_passwords_is_no_sign() -> None:
    rng = random.Random(3)

    def secret() -> str:
        return "".join(rng.choice("bcdfghjklmnpqrstvwxzBCDFGHJKLMNPQ") for _n in range(12))

    rows = [[*row, secret(), secret()] for row in rows_of()]
    assert marked(propose(table_of([*HEADERS, "Pass phrase", "Second word"], rows)), Flag.BOT) == ()


def test_a_filled_trap() -> None:
    rows = [[*row, ""] for row in rows_of()]
    rows[3][-1] = rows[8][-1] = "http://example.com"
    plan = propose(table_of([*HEADERS, "Leave this field empty"], rows))
    assert marked(plan, Flag.BOT) == (5, 10)


def test_a_text_pasted_by_several_people() -> None:
    pasted = "This survey was very informative and I learned a lot of good things from it"
    assert marked(plan_with({n: {FREE: pasted} for n in (3, 4, 20)}), Flag.BOT) == (5, 6, 22)
    assert marked(plan_with({n: {FREE: pasted} for n in (3, 4)}), Flag.BOT) == ()
    assert marked(plan_with({n: {FREE: "no comment"} for n in (3, 4, 20)}), Flag.BOT) == ()


def test_one_text_in_all_open_questions() -> None:
    text = "good survey thanks"
    assert marked(plan_with({7: {FREE: text, ELSE: text, CITY: text}}), Flag.BOT) == (9,)


def test_scores_of_the_tool() -> None:
    rows = [[*row, "0.9"] for row in rows_of()]
    rows[5][-1] = "0.1"
    assert marked(propose(table_of([*HEADERS, "Q_RecaptchaScore"], rows)), Flag.BOT) == (7,)


def test_ordinary_people_bear_no_mark() -> None:
    plan = propose(table_of(HEADERS, rows_of(400, seed=5)))
    flags = code_wave(plan, name="1").flags
    assert not set(flags) & {Flag.TEST_ROW, Flag.BOT, Flag.STRAY_HEADER, Flag.INCOMPLETE, Flag.TOO_FAST}
