"""A table with titles above its header is read from the header on; every other table from its first row."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest

from surveyapp.domain.question import Kind
from surveyapp.importers.plan import propose
from surveyapp.importers.registry import read_content, read_table
from surveyapp.importers.table import TextTable

HEADER = ["How old are you?", "Town", "Rate the paths, 1 to 5", "Anything else?"]


def people(count: int = 30) -> list[list[str]]:
    draw = random.Random(4)
    return [
        [str(draw.randint(18, 80)), draw.choice(("Hill", "Mill", "Port")), str(draw.randint(1, 5)), f"words {n}"]
        for n in range(count)
    ]


def read(path: Path, rows: list[list[str]], delimiter: str = ",") -> TextTable:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return read_table(path)


def headers(table: TextTable) -> list[str]:
    return [column.header for column in table.columns]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize(
    "titles",
    [
        [["Riverside census 2026", "", "", ""]],
        [["Riverside census 2026"]],
        [["Riverside census"], ["Exported 3 October"], []],
        [["", "", "", ""], ["Riverside census", "", "", ""], ["", "", "", ""], ["2026", "", "", ""]],
    ],
)
def test_titles_are_left_out(tmp_path: Path, titles: list[list[str]], delimiter: str) -> None:
    table = read(tmp_path / "census.csv", [*titles, HEADER, *people()], delimiter)
    assert headers(table) == HEADER
    assert (len(table), table.rows[0]) == (30, len(titles) + 2)
    said = sum(1 for row in titles if any(row))
    rows = "row" if said == 1 else "rows"
    plan = propose(table)
    assert f"{said} {rows} above the header left out" in plan.done
    assert plan.mapping.questions[0].kind is Kind.NUMBER
    assert not plan.table.problems
    again = read_content(table.source.content, "census.csv", format_id=table.source.format)
    assert (headers(again), again.rows) == (HEADER, table.rows)


def test_a_spreadsheet_with_a_title(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "census.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    for number, row in enumerate([["Riverside census 2026"], [], HEADER, *people()]):
        sheet.write_row(number, 0, row)
    book.close()
    table = read_table(path)
    assert (headers(table), table.rows[0]) == (HEADER, 4)


@pytest.mark.parametrize(
    "first",
    [
        HEADER,
        ["id", "", "", ""],  # a lone word may be the name of the first column
        ["Person's id", "Town", "", ""],
    ],
)
def test_the_first_row_is_the_header_elsewhere(tmp_path: Path, first: list[str]) -> None:
    rows = [[f"a{n}", name, town, "x"] for n, (_age, town, _rate, name) in enumerate(people())]
    assert headers(read(tmp_path / "census.csv", [first, *rows])) == first


def test_no_person_is_taken_for_a_header(tmp_path: Path) -> None:
    answers = [["Ada", "Hill", "yes", "none"], ["Ben", "Mill", "no", "none"], ["Cyd", "Hill", "yes", "none"]]
    table = read(tmp_path / "census.csv", [["People of Riverside", "", "", ""], *answers, *answers])
    assert len(table) == 6
    unlike = [["Ada", "Hill", "yes", "none"], ["Ben", "Mill", "no", "few"], ["Cyd", "Port", "often", "all"]]
    assert len(read(tmp_path / "few.csv", [["People of Riverside", "", "", ""], *unlike])) == 3


def test_a_kept_file_is_read_as_it_was(tmp_path: Path) -> None:
    table = read(tmp_path / "census.csv", [["Riverside census 2026"], HEADER, *people()])
    before = read_content(table.source.content, "census.csv", format_id="delimited")
    assert headers(before)[0] == "Riverside census 2026"
