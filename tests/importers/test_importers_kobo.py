"""KoboToolbox and ODK: submissions in every shape, and the XLSForm that says what they mean."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from import_build import table_of

from surveyapp.domain.errors import UserError
from surveyapp.domain.mapping import Mapping
from surveyapp.domain.question import Kind, Missing, Question, Role
from surveyapp.domain.shown_if import Bound, ShownIf, Sign
from surveyapp.importers.codebook.registry import read_codebook
from surveyapp.importers.codebook.xlsform_rule import read_bounds, read_shown_if
from surveyapp.importers.coding import code_wave
from surveyapp.importers.form import kobo
from surveyapp.importers.plan import ImportPlan, propose
from surveyapp.importers.registry import read_table

FOLDER = Path(__file__).parents[1] / "fixtures" / "forms" / "kobo"
FILES = ("labels.csv", "names.xlsx", "names_not_shown.csv", "odk_central.csv")


def _plan(name: str, mapping: Mapping | None = None) -> ImportPlan:
    return propose(read_table(FOLDER / name), mapping=mapping)


def _by_column(plan: ImportPlan) -> dict[str, Question]:
    return {question.column: question for question in plan.mapping.questions}


@pytest.mark.parametrize("name", FILES)
def test_recognised_and_nothing_lost(name: str) -> None:
    plan = _plan(name)
    assert plan.table.source.format == "kobo"
    assert len(plan.table) == 24
    for coded, typed in zip(code_wave(plan, name="1").columns, plan.table.columns, strict=True):
        assert [coded.entries[n].raw for n in coded.index] == [typed.texts[n] for n in typed.index]


def test_labels_as_headers() -> None:
    entries = _by_column(_plan("labels.csv"))
    ticks = [entries[f"Where do you get news?/{label}"] for label in ("The Riverside Bell", "Radio")]
    assert [(q.kind, q.multi, q.name) for q in ticks] == [
        (Kind.TICK, "Where do you get news?", "The Riverside Bell"),
        (Kind.TICK, "Where do you get news?", "Radio"),
    ]
    assert entries["Where do you get news?"].left_out
    assert entries["_submission_time"].role is Role.TIMESTAMP
    assert entries["_uuid"].role is Role.RESPONSE_ID
    assert entries["_validation_status"].role is Role.STATUS
    assert {entries[name].role for name in ("start", "_id", "_status", "__version__", "_index")} == {Role.SYSTEM}
    places = [entry for name, entry in entries.items() if "Where are you?" in name]
    assert len(places) == 5
    assert all(entry.sensitive and entry.left_out for entry in places)


def test_names_and_groups() -> None:
    plan = _plan("names.xlsx")
    entries = _by_column(plan)
    assert (entries["about/age"].section, entries["about/age"].text) == ("about", "age")
    assert entries["about/ward_other"].other_of == "about/ward"
    assert (entries["news/radio"].kind, entries["news/radio"].section) == (Kind.TICK, "")
    assert any("several times of one person" in note for note in plan.table.notes)


def test_what_was_not_shown_in_older_exports() -> None:
    wave = code_wave(_plan("names_not_shown.csv"), name="1")
    since = next(column for column in wave.columns if column.question.column == "about/since")
    missing = [since.entries[n].missing for n in since.index]
    assert Missing.NOT_SHOWN in missing
    assert set(missing) == {None, Missing.NOT_SHOWN}


def test_odk_central() -> None:
    entries = _by_column(_plan("odk_central.csv"))
    news = entries["news"]
    assert (news.kind, news.delimiter) == (Kind.MULTI, " ")
    assert {choice.label for choice in news.choices} == {"bell", "radio", "neighbours"}
    assert (entries["about-age"].section, entries["about-age"].text) == ("about", "age")
    assert (entries["KEY"].role, entries["SubmissionDate"].role) == (Role.RESPONSE_ID, Role.TIMESTAMP)
    assert entries["ReviewState"].role is Role.STATUS
    assert entries["place-Latitude"].sensitive


def test_ticks_without_the_joined_column() -> None:
    system = ["_id", "_uuid", "_submission_time"]
    headers = ["news/bell", "news/radio", "news/web", "home/rooms", "home/owner", *system]
    rows = [[*"100", "3", "1"], [*"010", "1", "0"], ["", "", "", "2", "1"], [*"111", "4", "0"]]
    table = table_of(headers, [[*row, str(n), f"u{n}", "2026-03-01T10:00:00"] for n, row in enumerate(rows)])
    assert kobo.recognise(table) > 0.9
    kinds = [told.get("kind") for told in kobo.adapt(table).declared]
    assert kinds[:5] == [Kind.TICK, Kind.TICK, Kind.TICK, None, None]


def test_ticks_in_words() -> None:
    headers = ["news", "news/bell", "news/radio", "news_other", "_id", "_uuid", "_submission_time"]
    rows = [
        ["bell radio", "TRUE", "TRUE", "", "1"],
        ["other", "FALSE", "FALSE", "the wall", "2"],
        ["", "", "", "", "3"],
    ]
    table = table_of(headers, [[*row, f"u{row[-1]}", "2026-03-01T10:00:00"] for row in rows])
    plan = propose(kobo.adapt(table))
    joined, bell, radio, other, *_system = code_wave(plan, name="1").columns
    assert joined.question.left_out
    assert [bell.entries[n].value for n in bell.index] == [1, 0, None]
    assert [radio.entries[n].missing for n in radio.index] == [None, None, Missing.BLANK]
    assert (other.question.kind, other.question.multi) == (Kind.TEXT, "news")


def test_ordinary_tables_are_not_taken() -> None:
    assert kobo.recognise(table_of(["_id", "start", "end", "key"], [["1", "2", "3", "4"]])) == 0


def test_xlsform_as_a_codebook() -> None:
    mapping = read_codebook(FOLDER / "xlsform.xlsx")
    assert (mapping.partial, mapping.survey) == (True, "Riverside census")
    entries = {question.column: question for question in mapping.questions}
    age, ward, since = entries["age"], entries["ward"], entries["since"]
    assert (age.kind, age.text, age.section, age.low, age.high) == (
        Kind.NUMBER,
        "How old are you?",
        "About you",
        16,
        110,
    )
    assert [(choice.label, choice.aliases, choice.other) for choice in ward.choices] == [
        ("Mill", ("mill",), False),
        ("Quay", ("quay",), False),
        ("Other", ("other",), True),
    ]
    assert entries["ward_other"].other_of == "ward"
    assert since.shown_if == ShownIf(column="member", labels=("Yes",))
    assert (since.low, since.high) == (1901, 2029)
    assert entries["story"].shown_if == ShownIf(column="news", labels=("The Riverside Bell",))
    assert (entries["roads"].grid, entries["parks"].grid) == ("The council", "The council")
    assert entries["roads"].shown_if == ShownIf(column="age", bounds=(Bound(sign=Sign.ABOVE, value=17),))
    assert entries["news/neighbours"].name == "Neighbours, friends"
    assert "thanks" not in entries
    assert entries["end"].role is Role.SYSTEM


@pytest.mark.parametrize("name", ["names.xlsx", "odk_central.csv", "labels.csv"])
def test_the_form_says_what_its_export_means(name: str) -> None:
    plan = _plan(name, read_codebook(FOLDER / "xlsform.xlsx"))
    by_text = {question.text: question for question in plan.mapping.questions}
    age, since = by_text["How old are you?"], by_text["Member since"]
    assert (age.kind, age.section, age.high) == (Kind.NUMBER, "About you", 110)
    member = by_text["Are you a member?"]
    assert [choice.label for choice in member.choices] == ["Yes", "No"]
    assert since.shown_if == ShownIf(column=member.column, labels=("Yes",))
    roads = by_text["The roads are good"]
    assert [choice.label for choice in roads.choices] == ["Disagree", "Neither", "Agree"]
    wave = {column.question.text: column for column in code_wave(plan, name="1").columns}
    coded = wave["The roads are good"]
    assert {coded.entries[n].value for n in coded.index} == {1, 2, 3}
    news = wave["Where do you get news?"].question
    assert [choice.label for choice in news.choices][:2] == ["The Riverside Bell", "Radio"]


def test_matrices_repeats_and_languages(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    book = xlsxwriter.Workbook(path)
    survey = [
        ("type", "name", "label::Nederlands", "label::English", "kobo--score-choices", "relevant"),
        ("begin_score", "trust", "Vertrouwen", "Trust", "steps", ""),
        ("score__row", "press", "De pers", "The press", "", ""),
        ("end_score", "", "", "", "", ""),
        ("begin repeat", "rooms", "Kamers", "Rooms", "", ""),
        ("text", "room", "Kamer", "Room", "", ""),
        ("end repeat", "", "", "", "", ""),
        ("calculate", "total", "", "", "", ""),
        ("acknowledge", "consent", "Akkoord", "I agree", "", ""),
        ("decimal", "height", "Lengte", "Height", "", "${consent} = 'OK' or ${total} > 3"),
    ]
    steps = [("list name", "name", "label::English"), ("steps", "1", "Little"), ("steps", "2", "Much")]
    for title, rows in (("survey", survey), ("choices", steps)):
        sheet = book.add_worksheet(title)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    entries = {question.column: question for question in read_codebook(path).questions}
    assert list(entries) == ["press", "total", "consent", "height"]
    assert (entries["press"].grid, entries["press"].name) == ("Trust", "The press")
    assert [choice.label for choice in entries["press"].choices] == ["Little", "Much"]
    assert entries["height"].shown_if is None
    assert "${total} > 3" in entries["height"].note


def test_simple_rules_only() -> None:
    asked = {"q": {"a": "Yes", "b": "No"}, "other": {"a": "Yes"}}
    assert read_shown_if("${q} = 'a'", asked) == ShownIf(column="q", labels=("Yes",))
    assert read_shown_if("${q}='a' or selected(${q}, \"b\")", asked) == ShownIf(column="q", labels=("Yes", "No"))
    for rule in (
        "${q} != 'a'",
        "${q} = 'a' and ${other} = 'a'",
        "${q} = 'a' or ${other} = 'a'",
        "${x} = 'a'",
        "true()",
    ):
        assert read_shown_if(rule, asked) is None
    assert read_bounds(". > 0 and . < 10", whole=True) == {"low": 1, "high": 9}
    assert read_bounds(". > 0", whole=False) == {"low": 0}
    assert read_bounds(". > ${x}", whole=True) == {}


def test_a_workbook_that_is_no_form(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("survey").write_row(0, 0, ["a", "b"])
    book.close()
    with pytest.raises(UserError, match="not a codebook"):
        read_codebook(path)
