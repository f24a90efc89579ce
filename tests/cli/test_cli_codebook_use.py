"""The codebook as a table from the command line: out, changed, told, used."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_call import Call
from services_example import CENSUS


@pytest.fixture
def workspace(call: Call, tmp_path: Path) -> Path:
    told = call("import", CENSUS, "--workspace", tmp_path / "census.survey", "--wave", "2026")
    assert told.status == 0, told.err
    return tmp_path / "census.survey"


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_table_goes_out_and_says_the_same(call: Call, workspace: Path, tmp_path: Path, suffix: str) -> None:
    table = tmp_path / f"codebook{suffix}"
    assert call("codebook", "--workspace", workspace, "--table-out", table).status == 0
    told = call("codebook", "--workspace", workspace, "--apply", table, "--preview")
    assert told.status == 0, told.err
    assert "0 would change, 0 answers read differently" in told.err
    assert told.out == ""


def test_an_edited_table_is_told_and_used(call: Call, workspace: Path, tmp_path: Path) -> None:
    table = tmp_path / "codebook.csv"
    call("codebook", "--workspace", workspace, "--table-out", table)
    header, *rows = table.read_text(encoding="utf-8-sig").splitlines()
    assert "unit" in header
    kept = [row for row in rows if not row.startswith("Timestamp")]
    assert len(kept) == len(rows) - 1
    table.write_text("\n".join([header, *kept]), encoding="utf-8")
    told = call("codebook", "--workspace", workspace, "--apply", table, "--preview")
    assert told.out.splitlines() == ["Timestamp\tnot known\t0"]
    told = call("codebook", "--workspace", workspace, "--apply", table)
    assert (told.status, told.err.strip()) == (0, "0 questions changed.")


def test_another_ending_is_refused(call: Call, workspace: Path, tmp_path: Path) -> None:
    told = call("codebook", "--workspace", workspace, "--table-out", tmp_path / "codebook.json")
    assert told.status != 0
    assert ".csv or .xlsx" in told.err
    assert not (tmp_path / "codebook.json").exists()
