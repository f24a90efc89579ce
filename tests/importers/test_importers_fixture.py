"""Every fixture is read as its golden result says, and every format has a fixture."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from import_fixture import FOLDER, files, golden

from surveyapp.importers.coding import code_wave
from surveyapp.importers.plan import propose
from surveyapp.importers.registry import IMPORTERS, find_importer, read_table


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_golden(path: Path) -> None:
    plan = propose(read_table(path))
    assert golden(plan) == json.loads(path.with_suffix(path.suffix + ".json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_every_cell_keeps_its_text(path: Path) -> None:
    plan = propose(read_table(path))
    for coded, typed in zip(code_wave(plan, name="1").columns, plan.table.columns, strict=True):
        raw = [coded.entries[number].raw for number in coded.index]
        assert raw == [typed.texts[number] for number in typed.index]


def test_every_format_has_a_fixture_and_its_suffixes() -> None:
    found = [find_importer(path, path.read_bytes()[:4096]) for path in files()]
    formats = {spec.id for spec in found if spec}
    written_when_needed = {"spss", "stata", "archive"}  # tests/statistics_build.py, test_importers_archive.py
    assert formats | written_when_needed == {spec.id for spec in IMPORTERS} | {"archive"}
    suffixes = {suffix for spec in IMPORTERS for suffix in spec.suffixes}
    assert {path.suffix for path in files()} <= suffixes
    assert all(spec.title() for spec in IMPORTERS)


def test_the_same_answers_are_read_alike_from_every_format() -> None:
    names = ("google_sheets.csv", "utf16.tsv", "google_forms.xlsx", "old_excel.xls", "office.ods")
    plans = [propose(read_table(FOLDER / name)) for name in names]
    first = plans[0].mapping.questions
    for plan in plans[1:]:
        assert [(q.kind, q.choices, q.role) for q in plan.mapping.questions] == [
            (q.kind, q.choices, q.role) for q in first
        ]


def test_forms_page_joins_ticks_by_semicolon() -> None:
    plan = propose(read_table(FOLDER / "google_forms.csv"))
    causes = plan.mapping.questions[4]
    assert causes.delimiter == ";"
    assert "Global health, including malaria" in [choice.label for choice in causes.choices]
    wave = code_wave(plan, name="1")
    moments = [wave.columns[0].entries[number].value for number in wave.columns[0].index]
    assert moments[0] == "2026-11-01T09:30:05"
    assert moments[7] == "2026-11-01T13:49:05"  # written 1:49:05 PM
