"""What the window lets one pick, the command line names with the option that picks it."""

from __future__ import annotations

import zipfile
from pathlib import Path

from command_call import Call


def test_readings_of_letters_are_named(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "census.csv"
    words = ["Kde je most", "čaj", "žába", "kůň"]
    path.write_bytes("\n".join(["Town,Word", *(f"Hill,{word}" for word in words)]).encode("cp1250"))
    into = ("import", path, "--workspace", tmp_path / "x.survey", "--wave", "1")
    told = call(*into)
    assert told.status == 2
    lines = [line.strip() for line in told.err.splitlines() if line.strip().startswith("--encoding ")]
    assert len(lines) > 1
    assert any("čaj" in line for line in lines)
    chosen = next(line for line in lines if "čaj" in line).removeprefix("--encoding ").split(":")[0]
    assert call(*into, "--encoding", chosen).status == 0


def test_tables_of_an_archive_are_named(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("paths and gates.csv", "Age,Path\n30,good\n40,bad\n")
        archive.writestr("bees.csv", "Hive,Honey,Year\n1,3 kg,2026\n2,4 kg,2026\n")
    into = ("import", path, "--workspace", tmp_path / "x.survey", "--wave", "1")
    told = call(*into)
    assert (told.status, "--sheet 'paths and gates.csv'" in told.err, "--sheet bees.csv" in told.err) == (2, True, True)
    assert call(*into, "--sheet", "bees.csv").status == 0


def test_a_sheet_that_was_not_read_is_told(call: Call, tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "two.xlsx"
    book = xlsxwriter.Workbook(path)
    for name in ("Web", "Paper"):
        sheet = book.add_worksheet(name)
        for number, row in enumerate([["Age", "Town", "Bees"], [30, "Hill", "yes"], [40, "Mill", "no"]]):
            sheet.write_row(number, 0, row)
    book.close()
    told = call("import", path, "--workspace", tmp_path / "x.survey", "--wave", "1")
    assert (told.status, "Sheet not read: Paper" in told.err) == (0, True)
