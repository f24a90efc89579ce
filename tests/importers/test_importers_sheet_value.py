"""Values of spreadsheets come in as a person would type them, whatever the kind of file and of cell."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from datetime import date, datetime, time, timedelta

import pytest
import xlsxwriter
import xlwt

from surveyapp.domain.question import MissingCode
from surveyapp.importers.coding import code_wave
from surveyapp.importers.file import delimited
from surveyapp.importers.file.child import cell_text
from surveyapp.importers.file.child_ods import is_ods, seconds_of, with_breaks
from surveyapp.importers.file.sheet import read
from surveyapp.importers.plan import propose
from surveyapp.importers.table import TextTable, no_report

Value = str | float | bool | date
_NS = "urn:oasis:names:tc:opendocument:xmlns"
_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = (
    f'<manifest:manifest xmlns:manifest="{_NS}:manifest:1.0"><manifest:file-entry manifest:full-path="/" '
    f'manifest:media-type="{_TYPE}"/></manifest:manifest>'
)


def table_of(content: bytes, name: str) -> TextTable:
    return read(content, name, report=no_report, encoding=None, sheet=None)


def cells(table: TextTable) -> list[list[str]]:
    return [[column.texts[column.index[n]] for column in table.columns] for n in range(len(table))]


def ods(rows: list[list[str]]) -> bytes:
    """A file of these cells, each as its XML."""
    body = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in rows)
    spaces = " ".join(f'xmlns:{name}="{_NS}:{name}:1.0"' for name in ("office", "table", "text"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", _TYPE)
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="S">{body}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
    return out.getvalue()


def text(content: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{content}</text:p></table:table-cell>'


def lasting(value: str) -> str:
    return (
        f'<table:table-cell office:value-type="time" office:time-value="{value}"><text:p>x</text:p></table:table-cell>'
    )


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (1234567890123456.0, "1234567890123456"),
        (9999999999999998.0, "9999999999999998"),
        (-1e15, "-1000000000000000"),
        (1e16, "1e+16"),
        (1e308, "1e+308"),
        (-0.0, "0"),
        (0.1 + 0.2, "0.30000000000000004"),
        (timedelta(hours=26, minutes=5, seconds=9), "26:05:09"),
        (timedelta(minutes=5), "00:05:00"),
        (-timedelta(hours=1, microseconds=500_000), "-01:00:00.5"),
        (timedelta(seconds=59, microseconds=999_999), "00:00:59.999999"),
        (time(23, 59, 59), "23:59:59"),
        (datetime(1899, 12, 31, 1, 2, 3), "1899-12-31 01:02:03"),  # noqa: DTZ001
        (True, "TRUE"),
    ],
)
def test_a_value_as_a_person_types_it(value: object, written: str) -> None:
    assert cell_text(value) == written


@pytest.mark.parametrize("epoch", [False, True])
def test_times_over_a_day_and_numbers_of_sixteen_digits(epoch: bool) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"date_1904": epoch})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Lasted", "At", "Card", "Born"])
    lasted, at, day = (book.add_format({"num_format": one}) for one in ("[h]:mm:ss", "hh:mm", "yyyy-mm-dd"))
    for row, days in enumerate((26 / 24 + 5 / 1440 + 9 / 86400, 0.5, 100.25), 1):
        sheet.write_number(row, 0, days, lasted)
        sheet.write_number(row, 1, 0.25, at)
        sheet.write_number(row, 2, 4000123412341234 + row)
        sheet.write_datetime(row, 3, date(1950, 3, row), day)
    book.close()
    assert cells(table_of(out.getvalue(), "a.xlsx")) == [
        ["26:05:09", "06:00:00", "4000123412341235", "1950-03-01"],
        ["12:00:00", "06:00:00", "4000123412341236", "1950-03-02"],
        ["2406:00:00", "06:00:00", "4000123412341237", "1950-03-03"],
    ]


def test_what_is_hidden_comes_after_what_is_seen() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    lists, seen, deep = (book.add_worksheet(name) for name in ("Form Responses lists", "Answers", "Codes"))
    for number, sheet in enumerate((lists, seen, deep)):
        for row in range(9):
            sheet.write_row(row, 0, [f"a{number}", f"b{row}", "c"])
    seen.activate()
    lists.hide()
    deep.very_hidden()
    book.close()
    table = table_of(out.getvalue(), "a.xlsx")
    assert table.sheet == "Answers"
    assert table.sheets == ("Form Responses lists", "Answers", "Codes")
    wanted = read(out.getvalue(), "a.xlsx", report=no_report, encoding=None, sheet="Codes")
    assert (wanted.sheet, cells(wanted)[0]) == ("Codes", ["a2", "b1", "c"])


def test_a_sheet_that_is_a_chart_is_none() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    drawn, sheet = book.add_chartsheet("Chart"), book.add_worksheet("Answers")
    for row in range(5):
        sheet.write_row(row, 0, ["x", row, "c"])
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Answers!$B$2:$B$5"})
    drawn.set_chart(chart)
    book.close()
    assert table_of(out.getvalue(), "a.xlsx").sheet == "Answers"


def test_nothing_vanishes_between_two_words_of_an_ods() -> None:
    rows = [
        [text("Said"), text("Lasted")],
        [text("one<text:tab/>two"), lasting("PT26H05M09S")],
        [text('one<text:line-break/>two<text:s text:c="2"/>three'), lasting("PT1H00M00S")],
        [text('<text:span>one</text:span><text:tab text:tab-ref="1"></text:tab>two'), lasting("PT100H00M00.2500000S")],
        [text("a &lt;text:tab/&gt; typed"), text("PT5")],
    ]
    assert cells(table_of(ods(rows), "a.ods")) == [
        ["one\ttwo", "26:05:09"],
        ["one\ntwo  three", "01:00:00"],
        ["one\ttwo", "100:00:00.25"],
        ["a <text:tab/> typed", "PT5"],
    ]


def test_only_what_needs_it_is_written_anew() -> None:
    plain = ods([[text("Said")], [text("one")]])
    assert is_ods(plain)
    assert with_breaks(plain) is plain
    damaged = ods([[text("a<text:tab/>b")]])[:-30]
    assert with_breaks(damaged) is damaged
    assert not is_ods(b"PK\x03\x04xl/workbook.xml")
    assert seconds_of("PT26H05M09S") == 26 * 3600 + 5 * 60 + 9
    assert seconds_of("PTA") is None
    assert seconds_of("26:05") is None


_VALUES: dict[str, list[Value]] = {
    "truth": [True, False, 1, 0, 1.5, "TRUE", "1", "", " "],
    "number": [-5, 3, 0.125, 12345.625, 1e15, 1234567890123456, 1e16, "", "5"],
    "day": [date(2020, 2, 29), "", "2020-02-29", 43890],
    "any": ["", "a", "b", "x" * 50, "5", " ", "é", "TRUE", True, 1, date(2020, 2, 29)],
}


def _typed(value: Value) -> str:
    """What is expected, said anew: independent of the reader."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return "1e+16" if value == 1e16 else str(int(value)) if value == int(value) else str(value)
    return value if isinstance(value, str) else value.isoformat()


def _xlsx(rows: list[list[Value]], top: int) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for place, row in enumerate(rows, top):
        for column, value in enumerate(row):
            if isinstance(value, bool):
                sheet.write_boolean(place, column, value)
            elif isinstance(value, date):
                sheet.write_datetime(place, column, value, day)
            elif isinstance(value, str):
                sheet.write_string(place, column, value) if value else None
            else:
                sheet.write_number(place, column, value)
    book.close()
    return out.getvalue()


def _xls(rows: list[list[Value]], top: int) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("S")
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for place, row in enumerate(rows, top):
        for column, value in enumerate(row):
            if value != "" or isinstance(value, bool):
                sheet.write(place, column, value, day) if isinstance(value, date) else sheet.write(place, column, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("seed", range(8))
def test_any_sheet_cell_by_cell(seed: int) -> None:
    """Truth beside 1, columns that begin late, rows left blank, a header further down, around the ends of blocks."""
    rng = random.Random(seed)
    n_rows, n_columns = rng.choice([1, 199, 200, 201, 401, 2001, 2300]), rng.randint(1, 5)
    kinds = [rng.choice(list(_VALUES)) for _column in range(n_columns)]
    late = [rng.choice([0, 0, n_rows // 2, n_rows - 1]) for _column in range(n_columns)]
    top, blank = rng.choice([0, 3, 205]), rng.choice([0.0, 0.1, 0.9])
    rows: list[list[Value]] = [[f"Q{n}" for n in range(n_columns)]]
    for row in range(n_rows):
        empty = rng.random() < blank and row
        rows.append(["" if empty or row < late[n] else rng.choice(_VALUES[kinds[n]]) for n in range(n_columns)])
    rows[-1][0] = "end"
    for name, content in (("a.xlsx", _xlsx(rows, top)), ("a.xls", _xls(rows, top))):
        table = table_of(content, name)
        kept = [(top + 1 + n, row) for n, row in enumerate(rows) if n and any(map(_typed, row))]
        assert list(table.rows) == [number for number, _row in kept]
        assert cells(table) == [list(map(_typed, row)) for _number, row in kept]
        assert [column.header for column in table.columns] == rows[0]
        for column in table.columns:
            assert sorted(set(column.index)) == list(range(len(column.texts)))
            assert len(set(column.texts)) == len(column.texts)


@pytest.mark.parametrize("error", ["#N/A", "#DIV/0!", "#REF!", "#NAME?", "#VALUE!", "#NUM!"])
def test_a_formula_without_result_is_no_answer_in_any_file(error: str) -> None:
    """A spreadsheet's own file has nothing there to read, the CSV written from it the error."""
    header = ["Mood", "Age", "Trust (1-5)", "Media"]
    moods, media = ["Good", "So so", "Bad"], ["Radio", "Paper", "Radio, Paper"]
    rows = [[moods[n % 3], str(18 + n % 60), str(1 + n % 5), media[n % 3]] for n in range(120)]
    for n in range(0, 120, 9):
        rows[n][n % 4] = error
    out, text = io.BytesIO(), io.StringIO(newline="")
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    csv.writer(text).writerows([header, *rows])
    for place, row in enumerate([header, *rows]):
        for column, cell in enumerate(row):
            if cell == error:
                sheet.write_formula(place, column, "=1/0", None, error)
            elif cell.isdigit():
                sheet.write_number(place, column, int(cell))
            else:
                sheet.write_string(place, column, cell)
    book.close()
    read_text = delimited.read(text.getvalue().encode(), "a.csv", report=no_report, encoding=None, sheet=None)
    waves = [code_wave(propose(table), name="1") for table in (read_text, table_of(out.getvalue(), "a.xlsx"))]
    for one, other in zip(waves[0].columns, waves[1].columns, strict=True):
        assert one.question.kind is other.question.kind
        assert one.question.choices == other.question.choices
        answers = [[(c.entries[n].value, c.entries[n].missing) for n in c.index] for c in (one, other)]
        assert answers[0] == answers[1]
        assert one.question.missing_codes == (MissingCode(text=error),)
