"""Writes tests/fixtures/import: one small invented census in every format an export comes in.

Run `python tests/import_fixture.py` to write the files and their golden results anew; look at the
difference before committing it.
"""

from __future__ import annotations

import csv
import io
import json
import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import tick_example

from surveyapp.domain.codec import to_plain
from surveyapp.importers.plan import ImportPlan, propose
from surveyapp.importers.registry import read_table

FOLDER = Path(__file__).parent / "fixtures" / "import"
N = 60
CAUSES = ("Global health, including malaria", "Animals", "Climate, energy, and land", "Other risks")
HEADERS = (
    "Timestamp",
    "May your anonymous answers be published?",
    "How old are you?",
    "Which gender do you identify with?",
    "Which of these causes have you given money to?",
    "How satisfied are you with your life?",
    "How much do you trust [the press]",
    "How much do you trust [science]",
    "How much do you trust [neighbours]",
    "What is the probability that a fair coin lands heads? (attention check)",
    "Population of the country, in millions",
    "How sure are you of your answer, 0-100?",
    "Yearly income",
    "Anything else?",
)


def people(*, ticks: str) -> list[list[object]]:
    """The invented answers; ticks joined as the format does."""
    rng = random.Random(7)
    start = datetime(2026, 11, 1, 9, 30, 5)  # noqa: DTZ001 (local time, as forms write it)
    rows: list[list[object]] = []
    for n in range(N):
        chosen = [cause for cause in CAUSES if rng.random() < 0.4]
        rows.append(
            [
                start + timedelta(minutes=37 * n),
                "Yes" if n % 12 else "No",
                rng.randint(18, 70),
                rng.choice(["Female", "Male", "Male", "Non-binary"]),
                ticks.join(chosen),
                rng.randint(1, 10),
                *(rng.choice(["Not at all", "A little", "A lot"]) for _item in range(3)),
                50 if n % 15 else 0.5,
                rng.choice([38, 40, 42.5, 60, 45]) * (1_000_000 if n % 10 == 3 else 1),
                rng.randint(1, 20) * 5,
                rng.choice(["20k", "£30,000", "45000", "declined", ""]),
                f"Comment {n}: “naïve”, she said\nand left" if n % 4 == 0 else "",
            ]
        )
    return rows


def stamp_sheets(when: object) -> str:
    """As Google Sheets exports it."""
    return str(when)


def stamp_forms(when: object) -> str:
    """As the CSV of the Forms page writes it."""
    assert isinstance(when, datetime)
    return f"{when:%Y/%m/%d} {int(f'{when:%I}')}:{when:%M:%S} {when:%p} GMT+1"


def csv_text(rows: list[list[object]], *, delimiter: str = ",", headers: tuple[str, ...] = HEADERS) -> str:
    """The rows as delimited text with CRLF."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(headers)
    writer.writerows(rows)
    return out.getvalue()


def write_all(folder: Path) -> None:
    """Every fixture file."""
    sheets = [[stamp_sheets(row[0]), *row[1:]] for row in people(ticks=", ")]
    forms = [[stamp_forms(row[0]), *row[1:]] for row in people(ticks=";")]
    (folder / "google_sheets.csv").write_bytes(csv_text(sheets).encode("utf-8"))
    (folder / "google_forms.csv").write_bytes(csv_text(forms).encode("utf-8"))
    (folder / "tick_columns.csv").write_bytes(
        tick_example.csv_text(tick_example.HEADERS, tick_example.spread()).encode()
    )
    (folder / "utf16.tsv").write_bytes(csv_text(sheets, delimiter="\t").encode("utf-16"))
    (folder / "semicolon_cp1251.csv").write_bytes(russian().encode("cp1251"))
    write_xlsx(folder / "google_forms.xlsx", people(ticks=", "))
    write_xls(folder / "old_excel.xls", people(ticks=", "))
    write_ods(folder / "office.ods", people(ticks=", "))


def russian() -> str:
    """A semicolon file with decimal commas and words in Cyrillic."""
    rng = random.Random(3)
    rows: list[list[object]] = [
        [
            f"{n % 28 + 1:02d}.11.2026",
            str(round(rng.uniform(150, 195), 1)).replace(".", ","),
            rng.choice(["Москва", "Санкт-Петербург", "Казань"]),
            rng.choice(["Да", "Нет"]),
            f"Замечание номер {n}; всё хорошо" if n % 3 == 0 else "",
        ]
        for n in range(N)
    ]
    return csv_text(rows, delimiter=";", headers=("Дата", "Рост в сантиметрах", "Город", "Придёте ещё?", "Что ещё?"))


def write_xlsx(path: Path, rows: list[list[object]]) -> None:
    """Two sheets; the answers are on the second."""
    import xlsxwriter

    book = xlsxwriter.Workbook(path)
    book.add_worksheet("Notes").write(0, 0, "Downloaded on Sunday")
    sheet = book.add_worksheet("Form Responses 1")
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    sheet.write_row(0, 0, HEADERS)
    for n, row in enumerate(rows, 1):
        sheet.write_datetime(n, 0, row[0], moment)
        sheet.write_row(n, 1, row[1:])
    book.close()


def write_xls(path: Path, rows: list[list[object]]) -> None:
    """The binary format of Excel 97."""
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("Answers")
    moment = xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm:ss")
    for n, header in enumerate(HEADERS):
        sheet.write(0, n, header)
    for n, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            if value != "":
                sheet.write(n, place, value, moment) if place == 0 else sheet.write(n, place, value)
    book.save(str(path))


def write_ods(path: Path, rows: list[list[object]]) -> None:
    """OpenDocument."""
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    def cell(value: object) -> Any:
        if isinstance(value, datetime):
            made = TableCell(valuetype="date", datevalue=value.isoformat())
        elif isinstance(value, (int, float)):
            made = TableCell(valuetype="float", value=value)
        else:
            made = TableCell(valuetype="string")
        for line in str(value).split("\n") if value != "" else ():
            made.addElement(P(text=line))
        return made

    book = OpenDocumentSpreadsheet()
    table = Table(name="Answers")
    lines: list[list[object]] = [list(HEADERS), *rows]
    for row in lines:
        line = TableRow()
        for value in row:
            line.addElement(cell(value))
        table.addElement(line)
    book.spreadsheet.addElement(table)
    book.save(str(path))


def golden(plan: ImportPlan) -> dict[str, Any]:
    """What must not change by accident."""
    return {
        "detail": plan.table.source.detail,
        "rows": [plan.table.rows[0], plan.table.rows[-1], len(plan.table.rows)],
        "notes": list(plan.table.notes),
        "first": [column.texts[column.index[0]] for column in plan.table.columns],
        "questions": [
            {
                key: value
                for key, value in to_plain(question).items()
                if key not in ("position", "text", "column", "name")
            }
            for question in plan.mapping.questions
        ],
        "problems": [[problem.kind, problem.column, problem.count] for problem in plan.problems],
    }


def files(folder: Path = FOLDER) -> list[Path]:
    """All fixture files beside the golden results."""
    return sorted(path for path in folder.iterdir() if path.suffix != ".json")


def main() -> None:
    """Write files and golden results."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    write_all(FOLDER)
    for path in files():
        text = json.dumps(golden(propose(read_table(path))), ensure_ascii=False, indent=1)
        path.with_suffix(path.suffix + ".json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
