"""Our whole import of an XLSX (read, propose, code, store) against calamine's own reading and executemany of texts.

Run: python tests/benchmarks/bench_sheet.py. 7,000 people x 160 questions, aim: at most twice the time. Then 200 people
in a sheet that goes on to row 1,048,576 (declared so; empty rows; cells with nothing but a style) beside the same 200
alone, aim: no more on top than calamine itself needs to read past them. Medians of three, each run in a process of its
own.
"""

from __future__ import annotations

import csv
import re
import sqlite3
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.census_file import write_census
from benchmarks.whole_import import AIM_RATIO, Parts, answer, medians, told, verdict

N_PEOPLE, N_FEW, N_COLUMNS = 7_000, 200, 160
LAST_ROW = 1_048_576
EMPTY = {
    "declared only": "",
    "empty rows": '<row r="{row}"/>',
    "a styled cell in each row": '<row r="{row}"><c r="A{row}" s="0"/></row>',
}


def main() -> None:
    """Print milliseconds, ratios and what the empty rows cost."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        large, small = folder / "large.xlsx", folder / "small.xlsx"
        write_sheet(large, N_PEOPLE)
        write_sheet(small, N_FEW)
        ours, theirs = _compare(f"{N_PEOPLE:,} x {N_COLUMNS}", large)
        ratio = ours / theirs
        sys.stdout.write(f"  ratio {ratio:.2f}, {verdict(ratio, AIM_RATIO)} the aim of {AIM_RATIO:.0f}\n")
        alone, alone_read = _compare(f"{N_FEW} x {N_COLUMNS}", small)
        for title, row in EMPTY.items():
            padded = folder / "padded.xlsx"
            write_padded(small, padded, row)
            ours, theirs = _compare(f"the same, {LAST_ROW:,} rows, {title}", padded)
            sys.stdout.write(f"  {ours - alone:+,.0f} ms for the empty rows; calamine {theirs - alone_read:+,.0f} ms\n")


def _compare(title: str, source: Path) -> tuple[float, float]:
    """Milliseconds of ours and of theirs."""
    ours, theirs = (medians(__file__, who, source) for who in ("ours", "theirs"))
    sys.stdout.write(
        f"{title} ({source.stat().st_size / 1e6:.1f} MB): {told(ours)}; "
        f"calamine {theirs['read']:,.0f} + executemany {theirs['store']:,.0f} ms\n"
    )
    sys.stdout.flush()
    return ours["total"], theirs["total"]


def write_sheet(path: Path, n_people: int) -> None:
    """The invented census as a spreadsheet program saves it: shared strings, numbers as numbers."""
    import xlsxwriter

    source = path.with_suffix(".csv")
    write_census(source, n_people)
    with source.open(encoding="utf-8", newline="") as file, xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Form Responses 1")
        for number, row in enumerate(csv.reader(file)):
            more = [f"{name} again" if number == 0 else name for name in row[1 : 1 + N_COLUMNS - len(row)]]
            for place, cell in enumerate(row + more):
                if number and re.fullmatch(r"-?\d{1,12}(?:\.\d{1,6})?", cell):
                    sheet.write_number(number, place, float(cell))
                elif cell:
                    sheet.write_string(number, place, cell)
    source.unlink()


def write_padded(source: Path, target: Path, row: str) -> None:
    """The same workbook, its sheet going on to the last row there can be."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                content = re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1:FD1048576"/>', content)
                content = content.replace(b"</sheetData>", b"".join(_empty_rows(row)) + b"</sheetData>")
            new.writestr(entry.filename, content)


def _empty_rows(row: str) -> Iterator[bytes]:
    return (row.format(row=number).encode() for number in range(N_FEW + 2, LAST_ROW + 1)) if row else iter(())


def _theirs(source: Path) -> Parts:
    from python_calamine import CalamineWorkbook

    target = source.with_suffix(".sqlite")
    start = time.perf_counter()
    sheet = CalamineWorkbook.from_path(source).get_sheet_by_index(0)
    rows = [tuple(map(str, row)) for row in sheet.iter_rows()]
    read = time.perf_counter()
    width = max(map(len, rows))
    connection = sqlite3.connect(target)
    connection.execute(f"CREATE TABLE wide ({', '.join(f'c{number} TEXT' for number in range(width))})")
    connection.executemany(f"INSERT INTO wide VALUES ({', '.join('?' * width)})", rows)
    connection.commit()
    end = time.perf_counter()
    connection.close()
    target.unlink()
    return {"read": (read - start) * 1000, "store": (end - read) * 1000, "total": (end - start) * 1000}


if __name__ == "__main__":
    answer(sys.argv[1:], _theirs) if len(sys.argv) == 3 else main()
