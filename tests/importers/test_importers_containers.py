"""The same cells mean the same in a CSV and in a spreadsheet: codebook, answers, marks and problems."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import xlsxwriter

from surveyapp.importers.coding import code_wave
from surveyapp.importers.plan import ImportPlan, propose
from surveyapp.importers.registry import read_table

_FIXTURES = Path(__file__).parents[1] / "fixtures"
_SIGNS = ",;\t"


def _rows(path: Path) -> list[list[str]]:
    """The cells by Python's own reader; [] for what is no plain UTF-8 table."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return []
    found = [list(csv.reader(io.StringIO(text, newline=""), delimiter=sign)) for sign in _SIGNS]
    best = max(found, key=lambda rows: len(rows[0]) if rows else 0)
    return best if best and len(best[0]) > 2 and not any("\r" in cell for row in best for cell in row) else []


FILES = [path for path in sorted(_FIXTURES.glob("forms/**/*.csv")) if _rows(path)]


def _as_sheet(path: Path, rows: list[list[str]]) -> Path:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    for place, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell:
                sheet.write_string(place, column, cell)
    book.close()
    return path


def _meaning(plan: ImportPlan) -> dict[str, object]:
    wave = code_wave(plan, name="1")
    return {
        "codebook": list(plan.mapping.questions),
        "answers": [[column.entries[n] for n in column.index] for column in wave.columns],
        "rows": list(wave.rows),
        "marks": wave.flags,
        "problems": [(problem.kind, problem.title, problem.rows) for problem in plan.problems],
    }


def test_there_are_files_of_every_form_tool() -> None:
    assert len(FILES) >= 10


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_csv_and_the_sheet_of_its_cells(path: Path, tmp_path: Path) -> None:
    sheet = _as_sheet(tmp_path / "answers.xlsx", _rows(path))
    of_text, of_sheet = _meaning(propose(read_table(path))), _meaning(propose(read_table(sheet)))
    for part, value in of_text.items():
        assert of_sheet[part] == value, part
