"""SPSS files, codebook tables and archives from the command line."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pyreadstat
import pytest
from command_call import Call
from services_example import CENSUS, GENDER

FORMS = Path(__file__).parents[1] / "fixtures" / "forms"


@pytest.fixture
def workspace(call: Call, tmp_path: Path) -> Path:
    path = tmp_path / "invented.survey"
    assert call("import", CENSUS, "--workspace", path, "--wave", "2026").status == 0
    return path


def test_export_to_spss(call: Call, workspace: Path, tmp_path: Path) -> None:
    output = tmp_path / "answers.sav"
    told = call("export", "-w", workspace, "-o", output)
    assert (told.status, told.out) == (0, "")
    assert "60 people" in told.err
    columns, meta = pyreadstat.read_sav(str(output), output_format="dict")
    assert len(columns["Gender"]) == 60
    assert set(meta.variable_value_labels["Gender"].values()) == {"Male", "Female", "Non-binary"}
    assert meta.column_names_to_labels["Gender"] == GENDER
    assert call("export", "-w", workspace, "-o", output, "--exact").status == 2
    assert call("export", "-w", workspace, "-o", output, "--tables").status == 2
    assert "SPSS" in call("export", "--help").out


@pytest.mark.parametrize("name", ["spss/riverside.sav", "spss/riverside.zsav", "stata/riverside.dta"])
def test_import_of_statistics_files(call: Call, tmp_path: Path, name: str) -> None:
    path = tmp_path / "w.survey"
    told = call("import", FORMS / name, "--workspace", path, "--wave", "2026")
    assert told.status == 0, told.err
    told = call("analyse", "-w", path, "-q", "agree", "--json")
    plain = json.loads(told.out)
    assert plain["missing"].get("refused") == 1
    assert plain["missing"].get("not_shown") == 1


def test_import_of_an_archive_with_its_codebook(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "w.survey"
    told = call("import", FORMS / "archive" / "riverside.zip", "--workspace", path, "--wave", "2026")
    assert told.status == 0, told.err
    plain = json.loads(call("analyse", "-w", path, "-q", "ward", "--json").out)
    assert {row["label"] for row in plain["rows"]} == {"Mill", "Quay", "Weir"}
    assert plain["missing"] == {"blank": 1}


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_the_codebook_goes_out_and_in_as_a_table(call: Call, workspace: Path, tmp_path: Path, suffix: str) -> None:
    table = tmp_path / f"codebook{suffix}"
    assert call("codebook", "-w", workspace, "--mapping-out", table).status == 0
    before = call("codebook", "-w", workspace, "--json").out
    assert call("codebook", "-w", workspace, "--apply", table).status == 0
    assert call("codebook", "-w", workspace, "--json").out == before
    if suffix == ".csv":
        with table.open(encoding="utf-8-sig", newline="") as source:
            rows = list(csv.DictReader(source))
        for row in rows:
            row["section"] = "Everything"
        with table.open("w", encoding="utf-8-sig", newline="") as target:  # as Excel in much of Europe saves it
            writer = csv.DictWriter(target, list(rows[0]), delimiter=";")
            writer.writeheader()
            writer.writerows(rows)
        assert call("codebook", "-w", workspace, "--apply", table).status == 0
        sections = {q.get("section") for q in json.loads(call("codebook", "-w", workspace, "--json").out)}
        assert sections == {"Everything"}
