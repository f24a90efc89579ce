"""A carriage return on its own ends a line in files of old Macs, and stands in an answer elsewhere: the file tells."""

from __future__ import annotations

import csv
import io

import pytest

from surveyapp.importers.file.delimited import read
from surveyapp.importers.file.line_end import may_hold_returns, sign_of_returns
from surveyapp.importers.table import no_report

ROWS = [["id", "Comment", "Trust"], *([str(n), ["fine", "one\rtwo", "so\r\rso", ""][n % 4], "5"] for n in range(40))]


def cells(content: bytes) -> list[list[str]]:
    table = read(content, "a.csv", report=no_report, encoding=None, sheet=None)
    rows = [[column.texts[column.index[n]] for column in table.columns] for n in range(len(table))]
    return [[column.header for column in table.columns], *rows]


def written(rows: list[list[str]], end: str, *, quoted: bool = False, delimiter: str = ",") -> str:
    """Without quotes around carriage returns, unless `quoted`, whatever the version of csv does."""
    if quoted:
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator=end, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
        return out.getvalue()
    return "".join(delimiter.join(row) + end for row in rows)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("quoted", [False, True])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_return_in_an_answer(end: str, encoding: str, quoted: bool, delimiter: str) -> None:
    assert cells(written(ROWS, end, quoted=quoted, delimiter=delimiter).encode(encoding)) == ROWS


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_returns_that_end_lines(end: str) -> None:
    plain = [[cell.replace("\r", " ") for cell in row] for row in ROWS]
    assert cells(written(plain, end).encode()) == plain
    mixed = written(plain[:20], "\r") + written(plain[20:], "\n")
    assert cells(mixed.encode()) == plain


def test_a_long_answer_with_returns() -> None:
    rows = [["id", "Comment"], *([str(n), "a\r" * 100_000 + "b"] for n in range(2)), ["3", "x"], ["4", "y"]]
    assert cells(written(rows, "\n").encode()) == rows


def test_only_files_with_both_are_looked_at() -> None:
    assert not may_hold_returns(b"a,b\r\nc,d\r\n")
    assert not may_hold_returns(b"a,b\rc,d\r")
    assert not may_hold_returns(b"a,b\nc,d\n")
    assert may_hold_returns(b"a,b\nc\rc,d\n")
    assert sign_of_returns("a,b\nc\rc,d\n", ",") == "\ufdd0"
    assert sign_of_returns("a,\ufdd0b\nc\rc,d\n", ",") == "\ufdd1"
    assert sign_of_returns("a,b\rc,d\n", ",") == ""
    assert sign_of_returns("a,b\nc,d", ",") == ""
