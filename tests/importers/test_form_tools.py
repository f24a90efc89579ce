"""All form tools together: each fixture is of its tool, and whatever the tool, the same answers are read alike."""

from __future__ import annotations

import importlib
import json
from dataclasses import replace
from pathlib import Path

import form_answers as said
import form_people
import pytest
from import_fixture import FOLDER, files

from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Kind, Role
from surveyapp.importers.coding import code_wave
from surveyapp.importers.form.form_spec import RECOGNISED
from surveyapp.importers.form.registry import FORMS, find_form
from surveyapp.importers.matching import match_questions
from surveyapp.importers.plan import propose
from surveyapp.importers.registry import find_importer, read_table
from surveyapp.importers.table import TextTable, no_report

ALL = said.fixtures()
WHOLE = (
    "google/sheets_iso.csv",
    "google/sheets_us.csv",
    "google/forms_page.csv",
    "google/form_responses.xlsx",
    "microsoft/responses.csv",
    "microsoft/responses.xlsx",
    "qualtrics/text.csv",
    "qualtrics/text.tsv",
    "qualtrics/text.xlsx",
    "qualtrics/joined.csv",
    "surveymonkey/expanded.csv",
    "surveymonkey/expanded.xlsx",
    "surveymonkey/condensed.csv",
    "surveymonkey/older.csv",
)
"""Files that hold the whole census with texts as answers."""


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def as_container(path: Path) -> TextTable:
    """The table before any form tool is asked."""
    content = path.read_bytes()
    spec = find_importer(path, content[:4096])
    assert spec
    return spec.read(content, path.name, report=no_report, encoding=None, sheet=None)


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_golden(path: Path) -> None:
    plan = propose(read_table(path))
    assert said.golden(plan) == json.loads(path.with_suffix(path.suffix + ".json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_no_file_is_taken_for_another_tool(path: Path) -> None:
    found = find_form(as_container(path))
    assert found
    assert found.id == path.parent.name


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_every_cell_keeps_its_text_and_its_row(path: Path) -> None:
    table, before = read_table(path), as_container(path)
    extra = len(before) - len(table)
    assert table.rows == before.rows[extra:]
    for column, old in zip(table.columns, before.columns, strict=True):
        assert [column.texts[n] for n in column.index] == [old.texts[n] for n in old.index[extra:]]
    for coded, column in zip(code_wave(propose(table), name="1").columns, table.columns, strict=True):
        assert [coded.entries[n].raw for n in coded.index] == [column.texts[n] for n in column.index]


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_headers_are_told_apart_and_next_year_finds_them(path: Path) -> None:
    plan = propose(read_table(path))
    keys = [(column.header, column.occurrence) for column in plan.table.columns]
    assert len(set(keys)) == len(keys)
    matched = match_questions(plan.table.columns, plan.mapping)
    assert len(matched.found) == len(plan.table.columns)


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_every_tool_column_is_told_from_the_questions(path: Path) -> None:
    roles = [question.role for question in propose(read_table(path)).mapping.questions]
    assert roles.count(Role.TIMESTAMP) == 1
    assert roles.count(Role.RESPONSE_ID) == (0 if path.parent.name == "google" else 1)


@pytest.mark.parametrize("name", WHOLE)
def test_the_same_people_say_the_same_through_every_tool(name: str) -> None:
    wave = said.wave_of(name)
    assert said.ages(wave) == said.said_ages()
    assert said.genders(wave) == said.said_genders()
    assert said.causes(wave) == said.said_causes()
    for place, row in enumerate(form_people.TRUSTED):
        column = next(one for one in wave.columns if row in one.question.text and one.question.grid)
        assert said.words(column) == [person.trust[place] for person in form_people.PEOPLE]
        assert [choice.label for choice in column.question.choices] == list(form_people.TRUST_LABELS)
        assert column.question.ordered
    assert said.words(said.column_about(wave, form_people.LIFE)) == [person.life for person in form_people.PEOPLE]
    assert said.words(said.column_about(wave, form_people.MEETUP)) == [person.meetup for person in form_people.PEOPLE]
    coin = said.column_about(wave, form_people.COIN)
    assert said.words(coin) == [person.coin for person in form_people.PEOPLE]
    assert (coin.question.kind, coin.question.role) == (Kind.PROBABILITY, Role.ATTENTION)
    assert said.words(said.column_about(wave, form_people.REMARK)) == [person.remark for person in form_people.PEOPLE]


@pytest.mark.parametrize("path", [path for path in ALL if path.suffix != ".xlsx"], ids=name_of)
def test_a_file_cut_within_its_header_rows_says_so(path: Path, tmp_path: Path) -> None:
    encoding = "utf-16" if path.suffix == ".tsv" else "utf-8"
    extra = len(as_container(path)) - len(read_table(path))
    lines = path.read_bytes().decode(encoding).split("\n")
    for count in range(1, extra + 2):
        cut = tmp_path / f"{count}{path.suffix}"
        cut.write_bytes("\n".join([*lines[:count], ""]).encode(encoding))
        with pytest.raises(UserError) as caught:
            read_table(cut)
        assert caught.value.what_to_do


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_few_responses_are_read_without_a_failure(path: Path) -> None:
    table = as_container(path)
    extra = len(table) - len(read_table(path))
    for count in (1, 2):
        columns = tuple(replace(one, index=one.index[: extra + count]) for one in table.columns)
        few = replace(table, columns=columns, rows=table.rows[: extra + count])
        form = next(form for form in FORMS if form.id == path.parent.name)
        if form.recognise(few) >= RECOGNISED:
            assert len(code_wave(propose(form.adapt(few)), name="1").rows) == count


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_ordinary_files_are_of_no_tool_but_google(path: Path) -> None:
    """The fixtures of containers hold a Google census or a plain Russian table."""
    table = read_table(path)
    assert table.source.format in ("google", "delimited")
    assert (table.source.format == "google") == (table.columns[0].header == "Timestamp")
    assert FOLDER in path.parents


@pytest.mark.parametrize(
    "head",
    [
        "Timestamp,Age,City\n1,30,Warsaw\n2,31,Oslo\n",
        "ID,Name,Email\n1,Ann,ann@example.org\n2,Bob,bob@example.org\n",
        "#,Question,Answer\n1,Age,30\n2,Age,31\n",
        "StartDate,EndDate,Status\n2026-11-03,2026-11-04,done\n2026-11-05,2026-11-06,open\n",
        "Respondent ID,Age\n1,30\n2,31\n",
        "V1,V2,V3\n1,2,3\n4,5,6\n",
        "Start Date (UTC),Answer\n2026-11-03 10:00:00,yes\n2026-11-03 11:00:00,no\n",
    ],
)
def test_one_tell_tale_sign_is_not_enough(head: str, tmp_path: Path) -> None:
    path = tmp_path / "plain.csv"
    path.write_text(head, encoding="utf-8")
    table = read_table(path)
    assert table.source.format == "delimited"
    assert table.declared == ()
    assert len(table) == 2


@pytest.mark.parametrize("tool", said.TOOLS)
def test_the_files_are_those_their_writer_writes(tool: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = {path.name: path.read_bytes() for path in said.fixtures(tool)}
    monkeypatch.setattr(form_people, "FOLDER", tmp_path)
    (tmp_path / tool).mkdir()
    importlib.import_module(f"form_file_{tool}").main()
    assert {path.name: path.read_bytes() for path in (tmp_path / tool).iterdir()} == kept
