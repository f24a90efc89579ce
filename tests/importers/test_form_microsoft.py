"""Microsoft Forms: ticks and rankings joined by semicolons, quizzes, other languages."""

from __future__ import annotations

from pathlib import Path

import form_answers as said
import pytest
from form_file_microsoft import RANKING, joined
from form_people import AGE, CAUSE_LABELS, COIN, PEOPLE

from surveyapp.domain.question import Kind, Missing, Role


@pytest.mark.parametrize("name", ["responses.xlsx", "responses.csv"])
def test_the_first_columns_are_the_tools(name: str) -> None:
    plan = said.plan_of(f"microsoft/{name}")
    roles = [question.role for question in plan.mapping.questions]
    assert roles[:6] == [Role.RESPONSE_ID, Role.SYSTEM, Role.TIMESTAMP, Role.EMAIL, Role.SYSTEM, Role.PLAIN]
    wave = said.wave_of(f"microsoft/{name}")
    assert [entry.value for entry in said.entries(wave.columns[2])] == [person.end.isoformat() for person in PEOPLE]
    assert {entry.missing for entry in said.entries(wave.columns[3])} == {Missing.BLANK}  # "anonymous"


def test_ticks_end_in_a_semicolon_and_rankings_are_no_ticks() -> None:
    plan = said.plan_of("microsoft/responses.xlsx")
    ticks = next(question for question in plan.mapping.questions if question.kind is Kind.MULTI)
    assert ticks.delimiter == ";"
    assert {choice.label for choice in ticks.choices if not choice.other} == set(CAUSE_LABELS)
    assert [choice.other for choice in ticks.choices][-1]
    ranking = said.question(plan, RANKING)
    assert ranking.kind is Kind.TEXT
    assert ranking.note


def test_titles_are_one_line_and_headers_as_in_the_file() -> None:
    plan = said.plan_of("microsoft/responses.csv")
    ticks = next(question for question in plan.mapping.questions if question.kind is Kind.MULTI)
    assert "\n" in ticks.column
    assert "\n" not in ticks.text
    assert not any("\u00a0" in question.text for question in plan.mapping.questions)
    assert any("\u00a0" in question.column for question in plan.mapping.questions)


def test_marks_of_a_quiz_are_no_questions() -> None:
    plan = said.plan_of("microsoft/quiz.xlsx")
    plain = [question.column for question in plan.mapping.questions if question.role in (Role.PLAIN, Role.ATTENTION)]
    assert plain == [AGE, COIN]


def test_a_german_file_is_known_too() -> None:
    plan = said.plan_of("microsoft/german.csv")
    assert plan.mapping.questions[2].role is Role.TIMESTAMP
    assert [question.kind for question in plan.mapping.questions[5:]] == [Kind.NUMBER, Kind.MULTI]


def test_a_question_called_name_is_a_question(tmp_path: Path) -> None:
    text = "ID,Start time,Completion time,Email,Name,What is new?,Name\n"
    text += "".join(f"{n},11/3/26 9:0{n}:07,11/3/26 9:1{n}:07,anonymous,,tea,Ann {n}\n" for n in range(1, 9))
    plan = said.plan_of_text(tmp_path, text)
    assert said.question(plan, "Name").role is Role.SYSTEM
    assert said.question(plan, "Name", 1).role is Role.PLAIN


def test_two_responses_suffice_to_list_options(tmp_path: Path) -> None:
    text = "ID,Start time,Completion time,Which?\n"
    for n, ticks in enumerate((joined("Boats", "Cake"), joined("Chess")), 1):
        text += f"{n},11/3/26 9:0{n}:07,11/3/26 9:1{n}:07,{ticks}\n"
    which = said.question(said.plan_of_text(tmp_path, text), "Which?")
    assert {choice.label for choice in which.choices} == {"Boats", "Cake", "Chess"}
