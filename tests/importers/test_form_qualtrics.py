"""Qualtrics: header rows, ticks, grids, "Other" texts, -99, and what the tool notes by itself."""

from __future__ import annotations

from pathlib import Path

import form_answers as said
import pytest
from form_people import AGE, CAUSE_LABELS, CAUSES, GENDER, GENDERS, OTHER, PEOPLE, TRUST, TRUST_LABELS, TRUSTED

from surveyapp.domain.column import CodedWave
from surveyapp.domain.question import Kind, Missing, Role

TEXTS = ("text.csv", "text.tsv", "text.xlsx")
NUMBERS = ("numeric.csv", "seen.csv", "legacy.csv")
SPLIT = (*TEXTS, *NUMBERS)


def column(wave: CodedWave, header: str) -> list[object]:
    """The values of a column."""
    found = next(one for one in wave.columns if one.question.column == header)
    return [entry.value for entry in said.entries(found)]


@pytest.mark.parametrize("name", [*SPLIT, "joined.csv"])
def test_names_are_headers_and_texts_are_texts(name: str) -> None:
    plan = said.plan_of(f"qualtrics/{name}")
    assert plan.table.rows[0] == (3 if name in ("text.xlsx", "legacy.csv") else 4)
    assert said.question(plan, "Q1").text == f"{AGE} In years"
    assert said.question(plan, "Q2").text == GENDER
    assert said.question(plan, "Q7").role is Role.ATTENTION  # known by its text alone


@pytest.mark.parametrize("name", SPLIT)
def test_ticks_are_read_alike_from_texts_and_numbers(name: str) -> None:
    wave = said.wave_of(f"qualtrics/{name}")
    ticks = [one for one in wave.columns if one.question.multi]
    assert {one.question.multi for one in ticks} == {CAUSES}
    assert [one.question.name for one in ticks] == [*CAUSE_LABELS, OTHER, OTHER]
    assert [one.question.kind for one in ticks] == [Kind.TICK] * 4 + [Kind.TEXT]
    assert said.causes(wave) == said.said_causes()


@pytest.mark.parametrize("name", SPLIT)
def test_rows_of_a_grid_belong_together(name: str) -> None:
    plan = said.plan_of(f"qualtrics/{name}")
    rows = [said.question(plan, f"Q4_{n}") for n in (1, 2, 3)]
    assert {row.grid for row in rows} == {TRUST}
    assert tuple(row.name for row in rows) == TRUSTED
    assert len({row.choices for row in rows}) == 1


@pytest.mark.parametrize("name", NUMBERS)
def test_numbers_mean_the_same_as_texts(name: str) -> None:
    wave, words = said.wave_of(f"qualtrics/{name}"), said.wave_of("qualtrics/text.csv")
    labels = {str(n): label for n, label in enumerate((*GENDERS, OTHER), 1)}
    numbered = said.words(said.column_about(wave, GENDER))
    assert [labels.get(number, number) for number in numbered] == said.words(said.column_about(words, GENDER))
    steps = dict(enumerate(TRUST_LABELS, 1))
    for place in range(3):
        codes = column(wave, f"Q4_{place + 1}")
        assert [steps.get(code, "") for code in codes] == [  # type: ignore[call-overload]
            person.trust[place] for person in PEOPLE
        ]
    assert said.genders(words) == said.said_genders()


def test_numbers_of_options_are_no_scale() -> None:
    gender = said.question(said.plan_of("qualtrics/numeric.csv"), "Q2")
    assert gender.kind is Kind.SINGLE
    assert not gender.ordered


@pytest.mark.parametrize("name", [*SPLIT, "joined.csv"])
def test_an_other_text_belongs_to_its_question(name: str) -> None:
    plan = said.plan_of(f"qualtrics/{name}")
    text = said.question(plan, "Q2_4_TEXT")
    assert (text.other_of, text.kind, text.text) == ("Q2", Kind.TEXT, f"{GENDER} [{OTHER}]")
    assert [choice.other for choice in said.question(plan, "Q2").choices].count(True) == 1


def test_ticks_in_one_cell_are_taken_apart() -> None:
    plan = said.plan_of("qualtrics/joined.csv")
    ticks = said.question(plan, "Q3")
    assert (ticks.kind, ticks.delimiter) == (Kind.MULTI, ",")
    assert {choice.label for choice in ticks.choices} == {*CAUSE_LABELS, OTHER}


def test_seen_and_not_shown_are_told_apart() -> None:
    wave = said.wave_of("qualtrics/seen.csv")
    life = next(one for one in wave.columns if one.question.column == "Q5_1")
    missing = {row: entry.missing for row, entry in zip(wave.rows, said.entries(life), strict=True) if entry.missing}
    assert missing == {4 + 19: Missing.BLANK, 4 + 11: Missing.NOT_SHOWN}
    assert life.question.kind is Kind.SCALE
    remark = next(one for one in wave.columns if one.question.column == "Q8")
    assert remark.question.kind is Kind.TEXT
    assert "-99" not in said.words(remark)


@pytest.mark.parametrize("name", [*SPLIT, "joined.csv"])
def test_what_the_tool_says_of_a_response_reads_alike(name: str) -> None:
    wave = said.wave_of(f"qualtrics/{name}")
    status, finished = [one for one in wave.columns if one.question.role is Role.STATUS][:2]
    words = said.words(status)
    assert {n: word for n, word in enumerate(words) if word != "IP Address"} == {
        3: "Survey Preview",
        12: "Spam",
        21: "Imported",
    }
    assert [n for n, word in enumerate(said.words(finished)) if word == "False"] == [11]
    assert not any(question.left_out for question in (status.question, finished.question))


def test_moments_carry_their_time_zone_and_durations_their_unit() -> None:
    plan = said.plan_of("qualtrics/text.csv")
    sent = said.question(plan, "RecordedDate")
    assert sent.role is Role.TIMESTAMP
    assert "Europe/Warsaw" in sent.note
    assert said.question(plan, "EndDate").role is Role.SYSTEM
    took = said.question(plan, "Duration (in seconds)")
    assert (took.role, took.unit, took.kind) == (Role.DURATION, "s", Kind.NUMBER)
    assert said.question(said.plan_of("qualtrics/legacy.csv"), "V9").role is Role.TIMESTAMP


def test_timing_is_never_read_as_thousands() -> None:
    wave = said.wave_of("qualtrics/text.csv")
    for one in wave.columns:
        if one.question.column.startswith("Q0_"):
            assert one.question.role is Role.SYSTEM
            for entry in said.entries(one):
                assert float(str(entry.value)) == float(entry.raw)


def test_private_columns_are_sensitive() -> None:
    plan = said.plan_of("qualtrics/text.csv")
    for header in ("IPAddress", "RecipientEmail", "LocationLatitude", "RecipientLastName"):
        question = said.question(plan, header)
        assert question.sensitive
        assert question.left_out


def test_a_file_whose_extra_header_rows_were_deleted(tmp_path: Path) -> None:
    text = "StartDate,EndDate,Status,Progress,Finished,ResponseId,Q1\n"
    text += "".join(
        f"2026-11-03 09:0{n}:07,2026-11-03 09:1{n}:07,IP Address,100,True,R_{n}x,{20 + n}\n" for n in range(8)
    )
    plan = said.plan_of_text(tmp_path, text)
    assert plan.table.source.format == "qualtrics"
    assert len(plan.table) == 8
    assert said.question(plan, "Q1").kind is Kind.NUMBER


def test_a_public_file_without_the_tools_columns(tmp_path: Path) -> None:
    text = "Q1,Q2_Part_1,Q2_Part_2,Q2_OTHER_TEXT\n"
    text += "How old?,Tools? - Selected Choice - Saw,Tools? - Selected Choice - Axe,Tools? - Other - Text\n"
    text += "".join(f"{20 + n},{'Saw' if n % 2 else ''},{'Axe' if n % 3 else ''},\n" for n in range(9))
    plan = said.plan_of_text(tmp_path, text)
    assert [question.kind for question in plan.mapping.questions[1:3]] == [Kind.TICK, Kind.TICK]
    assert said.question(plan, "Q2_Part_1").multi == "Tools?"


def test_a_grid_of_one_step_is_no_set_of_ticks(tmp_path: Path) -> None:
    ids = ",".join(f'"{{""ImportId"":""QID1_{n}""}}"' for n in (1, 2))
    text = "Q1_1,Q1_2\nDo you like - tea,Do you like - milk\n" + ids + "\n" + "1,1\n" * 9
    plan = said.plan_of_text(tmp_path, text)
    assert {question.kind for question in plan.mapping.questions}.isdisjoint({Kind.TICK})
    assert {question.grid for question in plan.mapping.questions} == {"Do you like"}


def test_broken_import_ids_are_read_as_a_plain_table(tmp_path: Path) -> None:
    plan = said.plan_of_text(tmp_path, 'Q1,Q2\na,b\n"{""ImportId"": [",{ImportId}\n1,2\n')
    assert plan.table.source.format == "delimited"
    assert len(plan.table) == 3
