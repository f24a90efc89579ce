"""Files that cannot be read say what they are and what to do."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from import_build import write

from surveyapp.domain.errors import Cancelled, UserError
from surveyapp.importers.plan import propose
from surveyapp.importers.registry import read_table


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.csv", b"", "0 bytes"),
        ("a.csv", b"a,b,c\r\n", "no answers"),
        ("a.csv", b"\r\n\r\n", "no text"),
        ("a.csv", b"\xef\xbb\xbf", "no text"),
        ("a.csv", b"%PDF-1.7 ...", "starts like a PDF"),
        ("a.csv", b"PK\x03\x04rest of an archive", "ZIP archive"),
        ("a.zip", b"PK\x03\x04rest of an archive", "ZIP archive"),
        ("a.csv", b"<!DOCTYPE html><html><body>sign in</body></html>", "web page"),
        ("a.csv", b'{"answers": [1, 2]}', "JSON"),
        ("a.csv", b'[{"a": 1}]', "JSON"),
        ("a.csv", b"$FL2@(#) SPSS DATA FILE", "SPSS"),
        ("a.csv", b"a,b\r\n1,2\x00\r\n", "NUL"),
        ("a.csv", b"caf\xe9,\x81\x00\x02\r\n\x00\xff\xfe,1\r\n", "NUL"),
        ("a.csv", b'a,b\r\n1,2\r\n3,"open\r\n5,6\r\n', "row 3"),
        ("a.csv", b'a,b\r\n"x"y,2\r\n', "row 2"),
        ("a.xlsx", b"PK\x03\x04 [Content_Types].xml but torn", "damaged"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 torn", "damaged"),
    ],
)
def test_refusals(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    with pytest.raises(UserError) as caught:
        read_table(write(tmp_path, name, content))
    assert says in caught.value.title
    assert caught.value.what_to_do


def test_places_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="not there"):
        read_table(tmp_path / "gone.csv")
    with pytest.raises(UserError, match="folder"):
        read_table(tmp_path)
    with pytest.raises(UserError, match="could not be read"):
        read_table(tmp_path / "nul\0name.csv")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", b"a,b\n1,2\n")
    path.chmod(0)
    with pytest.raises(UserError, match="may not be read"):
        read_table(path)


def test_a_drive_that_vanishes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "a.csv", b"a,b\n1,2\n")

    def vanish(_path: Path) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "read_bytes", vanish)
    with pytest.raises(UserError, match="could not be read to its end"):
        read_table(path)


@pytest.mark.parametrize("n", [1901, 3000])
def test_too_many_columns(tmp_path: Path, n: int) -> None:
    row = ",".join(["a"] * n).encode()
    with pytest.raises(UserError, match="1,900"):
        read_table(write(tmp_path, "a.csv", row + b"\n" + row + b"\n"))


def test_as_many_columns_as_allowed(tmp_path: Path) -> None:
    row = ",".join(["a"] * 1900).encode()
    assert len(read_table(write(tmp_path, "a.csv", row + b"\n" + row + b"\n")).columns) == 1900


def test_cancelling_ends_the_reading(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", b"a,b\n" + b"1,2\n" * 1000)
    calls = 0

    def report(_done: int, _total: int) -> None:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        read_table(path, report=report)
    assert calls == 3


def test_odd_headers_are_accepted(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, "a.csv", b"a,,a,\n1,2,3,4\n5,6,7,8\n"))
    assert [(c.header, c.occurrence) for c in table.columns] == [("a", 0), ("", 0), ("a", 1), ("", 1)]
    plan = propose(table)
    assert [q.name for q in plan.mapping.questions] == ["a", "Column 2", "a", "Column 4"]
    assert [p.columns for p in plan.problems if p.kind == "same_headers"] == [(0, 2)]


def test_ragged_rows_are_kept(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, "a.csv", b"a,b\n1,2\n3\n4,5,6,7\n\n8,9,,\n"))
    assert [[c.texts[i] for i in c.index] for c in table.columns] == [
        ["1", "3", "4", "8"],
        ["2", "", "5", "9"],
        ["", "", "6", ""],
        ["", "", "7", ""],
    ]
    assert [(p.kind, p.rows) for p in table.problems] == [("long_rows", (4,)), ("short_rows", (3,))]
    assert (list(table.rows), table.blank_rows) == ([2, 3, 4, 6], (5,))


def test_embedded_line_breaks_and_row_numbers(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, "a.csv", b'a,b\r\n"one\ntwo",2\r\n\r\n3,"x\r\ny"\r\n'))
    assert [[c.texts[i] for i in c.index] for c in table.columns] == [["one\ntwo", "3"], ["2", "x\r\ny"]]
    assert list(table.rows) == [2, 4]


@pytest.mark.parametrize(
    ("content", "detail"),
    [
        (b"a,b\n1,2\n", "comma-separated"),
        (b"a;b\n1,5;2\n", "semicolon-separated"),
        (b"a\tb\n1,5\t2\n", "tab-separated"),
        (b"a|b\n1|2\n", "separated by bars"),
        (b"sep=;\na;b\n1,5;2\n", "semicolon-separated"),
        (b"a\n1\n2\n", "comma-separated"),
        (b"Which, of these; do you like,b\n1,2\n3,4\n", "comma-separated"),
    ],
)
def test_delimiters(tmp_path: Path, content: bytes, detail: str) -> None:
    assert detail in read_table(write(tmp_path, "a.csv", content)).source.detail


def test_source_keeps_the_bytes(tmp_path: Path) -> None:
    import hashlib

    content = b"a,b\r\n1,2\r\n"
    source = read_table(write(tmp_path, "a.csv", content)).source
    assert (source.name, source.content) == ("a.csv", content)
    assert source.sha256 == hashlib.sha256(content).hexdigest()


def test_only_empty_rows_among_the_answers_are_told(tmp_path: Path) -> None:
    among = read_table(write(tmp_path, "a.csv", b"Age,Pet\r\n1,cat\r\n,\r\n2,dog\r\n\r\n\r\n"))
    assert propose(among).done == ("1 empty row left out",)
    behind = read_table(write(tmp_path, "b.csv", b"Age,Pet\r\n1,cat\r\n2,dog\r\n\r\n"))  # as LimeSurvey ends a file
    assert (behind.blank_rows, propose(behind).done) == ((4,), ())
