"""CSV and XLSX: no formula survives for spreadsheets, nothing changes in exact files, nothing is half written."""

from __future__ import annotations

import csv
import errno
import io
import os
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from reports.report_sample import POLITICS, calibration, grid, multi, numeric, timeline

from surveyapp.domain.errors import UserError
from surveyapp.reports.csv import write_csv
from surveyapp.reports.guard import GUARD, guarded
from surveyapp.reports.result_table.build import result_table
from surveyapp.reports.table import Column, ColumnKind, Table
from surveyapp.reports.target import replacing, write_bytes
from surveyapp.reports.xlsx import write_xlsx

ATTACKS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\u00a0\u200b=1",
    "＝1+1",
    "a;=1+1",
    "a\n-1",
    '"=1',
    "x\t @y",
]
CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


def table(headers: list[str], rows: list[list[Any]]) -> Table:
    """A table of text columns."""
    columns = tuple(
        Column(header=header, values=[row[number] for row in rows]) for number, header in enumerate(headers)
    )
    return Table(title="Answers", columns=columns)


def rows_of(path: Path, encoding: str) -> list[list[str]]:
    """A CSV file as Python reads it."""
    with path.open(encoding=encoding, newline="") as source:
        return list(csv.reader(source, strict=True))


@pytest.mark.parametrize("text", ATTACKS)
def test_formulas_are_guarded_in_cells_and_headers(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_csv(table([text], [[text]]), path)
    for row in rows_of(path, "utf-8-sig"):
        # whatever separator a program takes, no cell begins with a sign
        for separator in ";\t\r\n":
            for part in row[0].split(separator):
                assert not part.lstrip(" \t\r\n\"'").startswith(tuple("=+-@＝＋－＠"))
        assert row[0].replace(GUARD, "") == text.replace(GUARD, "")


@pytest.mark.parametrize("text", ["plain", "a-b", "1 = 1", "mail@example.org", "שלום", "", "2 + 2; fine"])
def test_harmless_texts_stay_as_they_are(text: str) -> None:
    assert guarded(text) == text


@given(CELLS)
def test_guarding_twice_changes_nothing_more_and_loses_nothing(text: str) -> None:
    once = guarded(text)
    assert once.replace(GUARD, "") == text.replace(GUARD, "")
    assert not once.startswith(tuple("=+-@\t\r\n＝＋－＠"))


@settings(max_examples=200, deadline=None)
@given(st.lists(CELLS, min_size=1, max_size=4), st.data())
@example(["a"], None)
def test_exact_files_read_back_identically(headers: list[str], data: Any) -> None:
    many = st.lists(st.lists(CELLS, min_size=len(headers), max_size=len(headers)), max_size=5)
    rows = data.draw(many) if data is not None else [[""], ['"'], ["\r\n"], ["=1"], ["\x00"], [" x "]]
    path = Path(os.environ["PYTEST_EXACT_FOLDER"]) / "exact.csv"
    write_csv(table(headers, rows), path, exact=True)
    assert not path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert rows_of(path, "utf-8") == [headers, *rows]


@pytest.fixture(autouse=True)
def exact_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the drawn examples are written."""
    monkeypatch.setenv("PYTEST_EXACT_FOLDER", str(tmp_path))


def test_exact_bytes(tmp_path: Path) -> None:
    write_csv(table(["q", "r"], [["=a,b", 'say "x"'], ["", None]]), tmp_path / "e.csv", exact=True)
    assert (tmp_path / "e.csv").read_bytes() == b'q,r\r\n"=a,b","say ""x"""\r\n,\r\n'


def test_numbers_stay_numbers_also_below_zero(tmp_path: Path) -> None:
    columns = (
        Column(header="n", values=[-5, 7], kind=ColumnKind.COUNT),
        Column(header="x", values=[-0.125, 3.0], kind=ColumnKind.NUMBER),
        Column(header="share", values=[0.1, None], kind=ColumnKind.SHARE),
        Column(header="ci", values=[(0.1, 0.2), None], kind=ColumnKind.SHARE_INTERVAL),
    )
    write_csv(Table(title="t", columns=columns), tmp_path / "n.csv")
    assert rows_of(tmp_path / "n.csv", "utf-8-sig") == [
        ["n", "x", "share", "ci, lower end", "ci, upper end"],
        ["-5", "-0.125", "0.1", "0.1", "0.2"],
        ["7", "3", "", "", ""],
    ]


def test_half_letters_are_refused_by_exact_files_and_replaced_in_others(tmp_path: Path) -> None:
    half = table(["a"], [["x\ud800"]])
    with pytest.raises(UserError, match="half a letter"):
        write_csv(half, tmp_path / "a.csv", exact=True)
    assert list(tmp_path.iterdir()) == []
    write_csv(half, tmp_path / "a.csv")
    assert rows_of(tmp_path / "a.csv", "utf-8-sig")[1] == ["x?"]


def test_xlsx_holds_text_cells_numbers_and_the_about_sheet(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    answers = table(["=cmd", "b"], [[text, -3] for text in ATTACKS])
    about = [("Base", "=2,286 of 2,418 people"), ("Version", "1.0")]
    assert write_xlsx([answers, result_table(POLITICS)], path, about=about) == 0
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["About", "Answers", "With which of these do you most"]
    assert book["About"]["A1"].value == "Base"
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type in ("s", "n", "inlineStr") for cell in row)
    assert book["Answers"]["A1"].value == f"{GUARD}=cmd"
    assert [cell.value for cell in book["Answers"]["B"][1:]] == [-3] * len(ATTACKS)
    assert book.worksheets[2]["B2"].value == 777
    assert book.worksheets[2]["C2"].number_format == "0.0%"
    with zipfile.ZipFile(path) as package:
        assert not any("<f>" in package.read(name).decode("utf-8", "replace") for name in package.namelist())


def test_xlsx_of_every_result_is_the_same_bytes_twice(tmp_path: Path) -> None:
    tables = [result_table(result) for result in (POLITICS, multi(), numeric(), grid(), calibration(), timeline())]
    for name in ("a", "b"):
        write_xlsx(tables, tmp_path / f"{name}.xlsx", about=[("Base", "all")])
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_xlsx_sheet_names_are_made_legal_and_different(tmp_path: Path) -> None:
    titles = ["a/b:c?", "A b c", "", "'", "About", "history", "x" * 40, "x" * 41]
    tables = [Table(title=title, columns=(Column(header="h", values=["v"]),)) for title in titles]
    write_xlsx(tables, tmp_path / "n.xlsx", about=[])
    names = openpyxl.load_workbook(tmp_path / "n.xlsx").sheetnames
    assert len({name.casefold() for name in names}) == len(titles) + 1
    assert all(len(name) <= 31 for name in names)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("How do you like the new forums' layout?", "How do you like the new forums"),  # the apostrophe is the 31st
        ("' quoted '", "quoted"),
        ("a" * 29 + "\U0001f600\U0001f600", "a" * 29 + "\U0001f600"),  # a spreadsheet counts an emoji as two letters
        ("half \ud800 a letter", "half \ufffd a letter"),
    ],
)
def test_xlsx_sheet_names_may_be_cut_anywhere(title: str, name: str, tmp_path: Path) -> None:
    made = Table(title=title, columns=(Column(header="h", values=["v"]),))
    write_xlsx([made, made], tmp_path / "n.xlsx", about=[])
    names = openpyxl.load_workbook(tmp_path / "n.xlsx").sheetnames
    assert names[1] == name
    assert all(len(one.encode("utf-16-le")) <= 62 for one in names)
    assert names[2].endswith(" 2")


def test_xlsx_counts_letters_as_a_spreadsheet_does(tmp_path: Path) -> None:
    assert write_xlsx([table(["a"], [["\U0001f600" * 20_000]])], tmp_path / "l.xlsx", about=[]) == 1
    assert len(openpyxl.load_workbook(tmp_path / "l.xlsx")["Answers"]["A2"].value) == 32_767 // 2


def test_xlsx_cuts_texts_that_no_cell_can_hold_and_says_so(tmp_path: Path) -> None:
    long = table(["a"], [["x" * 40_000], ["y"]])
    assert write_xlsx([long], tmp_path / "l.xlsx", about=[]) == 1
    book = openpyxl.load_workbook(tmp_path / "l.xlsx")
    assert len(book["Answers"]["A2"].value) == 32_767
    assert book["About"]["B1"].value.startswith("1 text is longer than a cell can hold")


def test_xlsx_refuses_what_does_not_fit_a_sheet(tmp_path: Path) -> None:
    wide = table(["h"] * 16_385, [])
    with pytest.raises(UserError, match="16,385 columns do not fit"):
        write_xlsx([wide], tmp_path / "w.xlsx", about=[])
    high = Table(title="t", columns=(Column(header="h", values=range(1_048_576)),))
    with pytest.raises(UserError, match="1,048,576 rows do not fit"):
        write_xlsx([high], tmp_path / "h.xlsx", about=[])
    assert list(tmp_path.iterdir()) == []


def test_a_failure_while_writing_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "r.pdf"
    path.write_bytes(b"old")

    def fill() -> None:
        with replacing(path) as work:
            work.write_bytes(b"half")
            raise OSError(errno.ENOSPC, "no space left")

    with pytest.raises(UserError, match="The disk is full"):
        fill()
    assert path.read_bytes() == b"old"
    assert [item.name for item in tmp_path.iterdir()] == ["r.pdf"]


def test_a_file_open_in_another_program_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "r.pdf"
    path.write_bytes(b"old")

    def refuse(_self: Path, _target: Path) -> Path:
        raise PermissionError(errno.EACCES, "sharing violation")  # as Windows answers

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(UserError) as caught:
        write_bytes(path, b"new")
    assert caught.value.title == "Could not write the file: it is open in another program."
    assert caught.value.what_to_do == "Close it there, or save under another name."
    assert path.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="needs a person who is not root")
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(UserError, match="the folder does not allow it"):
            write_bytes(tmp_path / "r.pdf", b"new")
    finally:
        tmp_path.chmod(0o700)


def test_missing_folders_folders_as_targets_and_long_names(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="does not exist"):
        write_bytes(tmp_path / "none" / "r.pdf", b"x")
    (tmp_path / "folder").mkdir()
    with pytest.raises(UserError, match="is a folder, not a file"):
        write_bytes(tmp_path / "folder", b"x")
    with pytest.raises(UserError, match="too long"):
        write_bytes(tmp_path / ("x" * 300), b"x")
    assert [item.name for item in tmp_path.iterdir()] == ["folder"]


def test_a_report_may_be_read_by_others_as_any_new_file(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.write_bytes(b"")
    write_bytes(tmp_path / "ours", b"x")
    assert (tmp_path / "ours").stat().st_mode == plain.stat().st_mode


def test_csv_of_a_result_has_both_ends_of_its_interval(tmp_path: Path) -> None:
    write_csv(result_table(POLITICS), tmp_path / "p.csv")
    rows = rows_of(tmp_path / "p.csv", "utf-8-sig")
    assert rows[0] == ["Answer", "People", "Share", "95\u202f% interval, lower end", "95\u202f% interval, upper end"]
    assert float(rows[1][2]) == POLITICS.rows[0].share
    assert io.StringIO(rows[1][0]).read() == "Liberal"
