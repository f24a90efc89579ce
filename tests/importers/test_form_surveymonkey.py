"""SurveyMonkey: headers made of two rows, ticks, grids, "Other" texts."""

from __future__ import annotations

from pathlib import Path

import form_answers as said
import pytest
from form_file_surveymonkey import ORDER, ORDERED, SPECIFY
from form_people import AGE, CAUSE_LABELS, CAUSES, GENDER, GENDERS, TRUST, TRUST_LABELS, TRUSTED

from surveyapp.domain.question import Kind, Role

EXPANDED = ("expanded.csv", "expanded.xlsx", "older.csv", "numeric.csv")
START = "Respondent ID,Collector ID,Start Date,End Date,IP Address"


def answers_text(first: str, second: str, rows: list[str]) -> str:
    """A small file: five fixed columns and the given ones."""
    lines = [f"{START},{first}", f",,,,,{second}"]
    lines += [
        f"{n},7,11/03/2026 09:00:0{n} AM,11/03/2026 09:10:0{n} AM,192.0.2.{n},{row}" for n, row in enumerate(rows)
    ]
    return "\n".join([*lines, ""])


@pytest.mark.parametrize("name", EXPANDED)
def test_headers_hold_question_and_part(name: str) -> None:
    plan = said.plan_of(f"surveymonkey/{name}")
    headers = [column.header for column in plan.table.columns]
    assert headers[9:12] == [AGE, GENDER, f"{GENDER} [{SPECIFY}]"]
    assert f"{CAUSES} [{CAUSE_LABELS[0]}]" in headers
    assert f"{TRUST} [{TRUSTED[0]}]" in headers
    assert "" not in headers
    assert plan.table.rows[0] == 3


@pytest.mark.parametrize("name", EXPANDED)
def test_ticks_are_read_alike_from_texts_and_numbers(name: str) -> None:
    wave = said.wave_of(f"surveymonkey/{name}")
    ticks = [one.question for one in wave.columns if one.question.multi]
    assert [question.name for question in ticks] == [*CAUSE_LABELS, SPECIFY]
    assert [question.kind for question in ticks] == [Kind.TICK] * 3 + [Kind.TEXT]
    assert said.causes(wave) == said.said_causes()


def test_older_names_of_the_fixed_columns_are_known() -> None:
    new = [question.role for question in said.plan_of("surveymonkey/expanded.csv").mapping.questions]
    old = [question.role for question in said.plan_of("surveymonkey/older.csv").mapping.questions]
    assert new == old
    assert new[:6] == [
        Role.RESPONSE_ID,
        Role.SYSTEM,
        Role.SYSTEM,
        Role.TIMESTAMP,
        Role.SYSTEM,
        Role.EMAIL,
    ]


def test_numbers_mean_the_same_as_texts() -> None:
    wave, words = said.wave_of("surveymonkey/numeric.csv"), said.wave_of("surveymonkey/expanded.csv")
    for text, labels in ((GENDER, GENDERS), (TRUST, TRUST_LABELS)):
        names = {str(n): label for n, label in enumerate(labels, 1)}
        numbered = said.words(said.column_about(wave, text))
        assert [names.get(number, number) for number in numbered] == said.words(said.column_about(words, text))
    assert said.column_about(wave, GENDER).question.kind is Kind.SINGLE


def test_who_wrote_something_else_has_a_choice_to_go_to() -> None:
    gender = said.question(said.plan_of("surveymonkey/expanded.csv"), GENDER)
    assert [choice.label for choice in gender.choices if not choice.other] == list(GENDERS)
    assert [choice.other for choice in gender.choices].count(True) == 1


def test_a_ranking_is_a_grid() -> None:
    plan = said.plan_of("surveymonkey/expanded.csv")
    items = [said.question(plan, f"{ORDER} [{item}]") for item in ORDERED]
    assert {item.grid for item in items} == {ORDER}


def test_the_first_question_may_be_called_like_a_fixed_column(tmp_path: Path) -> None:
    text = answers_text("First Name", "Open-Ended Response", ["Ann", "Bob", "Cid"])
    plan = said.plan_of_text(tmp_path, text)
    assert said.question(plan, "First Name").role is Role.PLAIN


def test_contact_fields_are_no_grid(tmp_path: Path) -> None:
    rows = [f"Person {n},{n} River Street,x{n}@example.org" for n in range(8)]
    plan = said.plan_of_text(tmp_path, answers_text("Contact,,", "Name,Address,Email", rows))
    fields = plan.mapping.questions[5:]
    assert [field.column for field in fields] == ["Contact [Name]", "Contact [Address]", "Contact [Email]"]
    assert {field.grid for field in fields} == {""}


def test_a_comment_below_a_grid_is_text(tmp_path: Path) -> None:
    rows = [f"{('Good', 'Bad')[n % 2]},{('Good', 'Bad')[n % 3 % 2]},{'hm' if n == 2 else ''}" for n in range(8)]
    plan = said.plan_of_text(tmp_path, answers_text("Rate,,", "Tea,Milk,Comments (if any)", rows))
    tea, milk, comment = plan.mapping.questions[5:]
    assert tea.grid == milk.grid == "Rate"
    assert (comment.kind, comment.grid, comment.other_of) == (Kind.TEXT, "", "")


def test_two_questions_with_one_title_stay_two(tmp_path: Path) -> None:
    rows = [f"{'Tea' if n % 2 else ''},{'Milk' if n % 3 else ''},{'Tea' if n % 3 else ''},Milk" for n in range(8)]
    plan = said.plan_of_text(tmp_path, answers_text("Which?,,Which?,", "Tea,Milk,Tea,Milk", rows))
    keys = [(column.header, column.occurrence) for column in plan.table.columns[5:]]
    assert keys == [("Which? [Tea]", 0), ("Which? [Milk]", 0), ("Which? [Tea]", 1), ("Which? [Milk]", 1)]
    assert {question.kind for question in plan.mapping.questions[5:]} == {Kind.TICK}
    assert [question.multi for question in plan.mapping.questions[5:]] == ["Which?"] * 2 + ["Which? (2)"] * 2


def test_a_file_with_one_header_row_is_read_as_it_is(tmp_path: Path) -> None:
    lines = [f"{START},{AGE}", *(f"{n},7,11/03/2026,11/03/2026,192.0.2.{n},{20 + n}" for n in range(1, 8))]
    plan = said.plan_of_text(tmp_path, "\n".join([*lines, ""]))
    assert plan.table.source.format == "surveymonkey"
    assert len(plan.table) == 7
    assert said.question(plan, AGE).kind is Kind.NUMBER


def test_markup_in_titles_is_not_shown(tmp_path: Path) -> None:
    text = answers_text("<b>How&nbsp;old</b> are you?", "Open-Ended Response", ["30", "31", "32"])
    question = said.plan_of_text(tmp_path, text).mapping.questions[5]
    assert question.text == "How old are you?"
    assert question.column == "<b>How&nbsp;old</b> are you?"
