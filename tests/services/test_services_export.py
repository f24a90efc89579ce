"""Answers and tables out, and the exact ones in again."""

from __future__ import annotations

import csv
from pathlib import Path

import census_example as example
import openpyxl
import pytest
from services_example import AGE, CAUSES, GENDER, PEOPLE, new_session

from surveyapp.base.clock import Clock
from surveyapp.domain.analysis import Base
from surveyapp.domain.errors import UserError
from surveyapp.services.condition_text import parse_condition
from surveyapp.services.export import DataForm, export_data, export_tables
from surveyapp.services.intake.importing import plan_import, run_import
from surveyapp.services.report.spec import full_report
from surveyapp.services.session import Session

EVERYBODY = Base(wave_id=1)


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def raw(session: Session, wave_id: int = 1) -> list[list[str]]:
    columns = session.store.answers.load(wave_id).values()
    return [[column.entries[n].raw for n in column.index] for column in columns]


def test_answers_in_words(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    assert export_data(session, EVERYBODY, path, form=DataForm.LABELS) == PEOPLE
    header, *rows = read_csv(path)
    assert len(rows) == PEOPLE
    place = header.index(session.find_question(1, GENDER).title)
    assert {row[place] for row in rows} == {"Female", "Male", "Non-binary"}
    assert len(set(header)) == len(header)


def test_no_two_columns_share_a_header(empty: Session, tmp_path: Path) -> None:
    census = tmp_path / "census.csv"
    census.write_text("A,A (2),A,B\n" + "".join(f"{n},{n + 1},{n + 2},x{n}\n" for n in range(9)), encoding="utf-8")
    run_import(empty, plan_import(census), wave="2026")
    export_data(empty, EVERYBODY, tmp_path / "out.csv", form=DataForm.LABELS)
    header, *_rows = read_csv(tmp_path / "out.csv")
    assert header == ["A", "A (2)", "A (3)", "B"]


def test_answers_as_codes(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "codes.csv"
    export_data(session, EVERYBODY, path, form=DataForm.CODES)
    header, *rows = read_csv(path)
    place = header.index(session.find_question(1, GENDER).title)
    assert {row[place] for row in rows} == {"1", "2", "3"}
    ticks = [n for n, name in enumerate(header) if name.startswith(session.find_question(1, CAUSES).title + ": ")]
    assert len(ticks) == 4
    assert {row[n] for row in rows for n in ticks} <= {"0", "1", ""}


def test_a_base_leaves_its_people(session: Session, tmp_path: Path) -> None:
    women = Base(wave_id=1, conditions=(parse_condition(session, 1, f"{GENDER} = Female"),))
    n = export_data(session, women, tmp_path / "w.csv", form=DataForm.LABELS)
    assert n == len(read_csv(tmp_path / "w.csv")) - 1
    assert 0 < n < PEOPLE


def test_exact_data_come_in_again_as_they_were(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "exact.csv"
    export_data(session, EVERYBODY, path, form=DataForm.EXACT)
    run_import(session, plan_import(path), wave="again")
    assert raw(session, 2) == raw(session)
    first, second = session.codebook(1).questions, session.codebook(2).questions
    assert [(q.column, q.occurrence, q.kind) for q in first] == [(q.column, q.occurrence, q.kind) for q in second]


def test_exact_data_of_awkward_cells(tmp_path: Path, clock: Clock) -> None:
    """Formulas, quotes, line breaks, blanks around, double and empty headers; NUL aside, which no CSV holds."""
    session = new_session(tmp_path / "w.survey", clock)
    try:
        columns = [c for c in example.columns() if not any("\0" in entry.raw for entry in c.entries)]
        coded = example.wave(columns)
        session.store.waves.add(coded, mapping=example.mapping(coded), at=example.AT)
        path = tmp_path / "exact.csv"
        export_data(session, EVERYBODY, path, form=DataForm.EXACT)
        run_import(session, plan_import(path, encoding="utf-8"), wave="again")
        assert raw(session, 2) == raw(session, 1)
        headers = [[q.column for q in session.codebook(n).questions] for n in (1, 2)]
        assert headers[0] == headers[1]
    finally:
        session.close()


def test_formulas_are_defused_unless_asked(empty: Session, tmp_path: Path) -> None:
    lines = "\n".join(f"{n},=1+{n},@home {n}" for n in range(30))
    source = tmp_path / "f.csv"
    source.write_text(f"Respondent ID,Formula,Place\n{lines}", encoding="utf-8")
    run_import(empty, plan_import(source), wave="2026")
    export_data(empty, EVERYBODY, tmp_path / "safe.csv", form=DataForm.LABELS)
    rows = read_csv(tmp_path / "safe.csv")[1:]
    assert all("=1+" in row[1] and "@home" in row[2] for row in rows)
    assert not any(cell.startswith(("=", "@", "+", "-")) for row in rows for cell in row)
    export_data(empty, EVERYBODY, tmp_path / "exact.csv", form=DataForm.EXACT)
    assert read_csv(tmp_path / "exact.csv")[1] == ["0", "=1+0", "@home 0"]
    export_data(empty, EVERYBODY, tmp_path / "safe.xlsx", form=DataForm.LABELS)
    sheet = openpyxl.load_workbook(tmp_path / "safe.xlsx").worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_tables(session: Session, tmp_path: Path) -> None:
    specs = [block.spec for block in full_report(session, session.wave(1)).blocks if block.spec]
    n = export_tables(session, specs, tmp_path / "tables.xlsx")
    book = openpyxl.load_workbook(tmp_path / "tables.xlsx")
    assert len(book.sheetnames) >= n > 5
    with pytest.raises(UserError, match="one table"):
        export_tables(session, specs, tmp_path / "tables.csv")
    assert export_tables(session, specs[:1], tmp_path / "one.csv") == 1
    assert not (tmp_path / "tables.csv").exists()


@pytest.mark.parametrize(
    ("name", "form"), [("a.txt", DataForm.LABELS), ("a.xlsx", DataForm.EXACT), ("a", DataForm.CODES)]
)
def test_other_endings_are_refused(session: Session, tmp_path: Path, name: str, form: DataForm) -> None:
    with pytest.raises(UserError):
        export_data(session, EVERYBODY, tmp_path / name, form=form)
    assert not (tmp_path / name).exists()


def test_a_folder_that_is_not_there(session: Session, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="does not exist"):
        export_data(session, EVERYBODY, tmp_path / "none" / "a.csv", form=DataForm.LABELS)


def test_numbers_keep_every_digit(session: Session, tmp_path: Path) -> None:
    export_data(session, EVERYBODY, tmp_path / "a.csv", form=DataForm.LABELS)
    header, *rows = read_csv(tmp_path / "a.csv")
    place = header.index(session.find_question(1, AGE).title)
    question = session.find_question(1, AGE)
    column = session.store.answers.load(1, [question.id])[question.id]
    values = [column.entries[n].value for n in column.index]
    assert [float(row[place]) if row[place] else None for row in rows] == values
