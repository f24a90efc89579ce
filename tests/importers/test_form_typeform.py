"""Typeform: runs of options without their question, yes and no as numbers, markup, partial responses."""

from __future__ import annotations

from pathlib import Path

import form_answers as said
import pytest
from form_file_typeform import PLAYED, played
from form_people import CAUSE_LABELS, GENDER, GENDERS, MEETUP, OTHER, PEOPLE

from surveyapp.domain.question import Kind, Role
from surveyapp.importers.form.markup import plain

FILES = ("responses.csv", "responses.xlsx", "older.csv")
END = "Start Date (UTC),Submit Date (UTC),Network ID"


def answers_text(titles: str, rows: list[str]) -> str:
    """A small file of the older kind."""
    lines = [f"#,{titles},{END}"]
    lines += [f"t{n},{row},2026-11-03 09:00:0{n},2026-11-03 09:10:0{n},n{n}" for n, row in enumerate(rows)]
    return "\n".join([*lines, ""])


def people(name: str) -> list[int]:
    """Who is in the file: the older one had no partial responses."""
    return [person.number for person in PEOPLE if person.number != 11 or name != "older.csv"]


@pytest.mark.parametrize("name", FILES)
def test_the_same_people_say_the_same(name: str) -> None:
    wave = said.wave_of(f"typeform/{name}")
    there = people(name)
    assert said.ages(wave) == [said.said_ages()[n] for n in there]
    assert said.genders(wave) == [said.said_genders()[n] for n in there]
    assert said.causes(wave, CAUSE_LABELS[0]) == [said.said_causes()[n] for n in there]
    assert said.words(said.column_about(wave, MEETUP)) == [PEOPLE[n].meetup for n in there]


@pytest.mark.parametrize("name", FILES)
def test_other_ends_a_multiple_choice(name: str) -> None:
    wave = said.wave_of(f"typeform/{name}")
    sets = dict.fromkeys(one.question.multi for one in wave.columns if one.question.multi)
    assert len(sets) == 2
    games = [one for one in wave.columns if one.question.name in PLAYED]
    ticks = [[bool(entry.value) for entry in said.entries(column)] for column in games]
    expected = [[bool(tick) for tick in played(PEOPLE[n])] for n in people(name)]
    assert [list(row) for row in zip(*ticks, strict=True)] == expected


@pytest.mark.parametrize("name", FILES)
def test_other_behind_a_single_choice_is_its_text(name: str) -> None:
    plan = said.plan_of(f"typeform/{name}")
    assert said.question(plan, OTHER).other_of == GENDER
    assert said.question(plan, OTHER, 1).multi
    gender = said.question(plan, GENDER)
    assert [choice.label for choice in gender.choices if not choice.other] == list(GENDERS)


def test_what_the_tool_notes_by_itself() -> None:
    plan = said.plan_of("typeform/responses.csv")
    assert said.question(plan, "#").role is Role.RESPONSE_ID
    status = said.question(plan, "Response Type")
    assert status.role is Role.STATUS
    assert [choice.label for choice in status.choices] == ["completed", "partial", "started"]
    sent = said.question(plan, "Submit Date (UTC)")
    assert sent.role is Role.TIMESTAMP
    assert "UTC" in sent.note
    assert said.question(plan, "Network ID").sensitive
    assert said.question(plan, "source").role is Role.PLAIN  # a hidden field is the author's own


def test_titles_lose_markup_and_filled_in_answers() -> None:
    plan = said.plan_of("typeform/responses.csv")
    assert plan.mapping.questions[1].text == "How old are you?"
    assert plan.mapping.questions[1].column == "<strong>How old are you?</strong>"
    assert "And …, what else do you want?" in [question.text for question in plan.mapping.questions]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("a < b and c > d", "a < b and c > d"),
        ("<p>Tea<br/>or &amp; milk</p>", "Tea or & milk"),
        ("<style>p {color: red}</style>Tea", "Tea"),
        ("Hello ${q://QID1/ChoiceTextEntryValue}!", "Hello …!"),
        ("<img src='x.png'>", ""),
        ("&lt;b&gt;", "<b>"),
    ],
)
def test_plain_titles(title: str, shown: str) -> None:
    assert plain(title) == shown


def test_an_option_nobody_ticked_does_not_break_the_run(tmp_path: Path) -> None:
    rows = [f"{'Tea' if n % 2 else ''},,{'Milk' if n % 3 else ''}" for n in range(8)]
    plan = said.plan_of_text(tmp_path, answers_text("Tea,Coffee,Milk", rows))
    assert {question.multi for question in plan.mapping.questions[1:4]} == {"Tea / Coffee / Milk"}
    assert {question.kind for question in plan.mapping.questions[1:4]} == {Kind.TICK}


def test_a_repeated_option_begins_another_choice(tmp_path: Path) -> None:
    rows = [f"{'Tea' if n % 2 else ''},{'Milk' if n % 3 else ''},{'Tea' if n % 3 else ''}" for n in range(8)]
    plan = said.plan_of_text(tmp_path, answers_text("Tea,Milk,Tea", rows))
    assert [question.multi for question in plan.mapping.questions[1:4]] == ["Tea / Milk", "Tea / Milk", "Tea"]


def test_counts_of_none_and_one_are_no_yes_and_no(tmp_path: Path) -> None:
    rows = [f"{n % 2},{n % 2}" for n in range(8)]
    plan = said.plan_of_text(tmp_path, answers_text("Do you swim?,How many boats have you?", rows))
    swim, boats = plan.mapping.questions[1:3]
    assert [choice.aliases for choice in swim.choices] == [("1",), ("0",)]
    assert boats.kind is Kind.NUMBER
