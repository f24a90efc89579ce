"""Encodings are found by evidence; what the bytes cannot tell is asked."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from import_build import write

from surveyapp.domain.errors import UserError
from surveyapp.importers.file.encoding import find_decoding
from surveyapp.importers.plan import propose
from surveyapp.importers.registry import read_table
from surveyapp.importers.table import EncodingChoice

RUSSIAN = "Город,Замечание\r\nМосква,Всё было хорошо и интересно\r\nКазань,Приду ещё раз\r\n"
GERMAN = "Stadt,Bemerkung\r\nKöln,„Schöne Grüße“ aus München\r\nMünster,für später – überall\r\n"
FRENCH = "Ville,Remarque\r\nOrléans,C’était très agréable à l’été\r\nBesançon,déjà vu\r\n"
POLISH = "Miasto,Uwaga\r\nŁódź,Było bardzo miło, dziękuję\r\nGdańsk,więcej późno\r\n"
GREEK = "Πόλη,Σχόλιο\r\nΑθήνα,Πολύ ωραία ήταν\r\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (RUSSIAN, "cp866"),
        (RUSSIAN, "utf_8"),
        (RUSSIAN, "utf_16_le"),
        (RUSSIAN, "utf_16_be"),
        (GERMAN, "cp1252"),
        (GERMAN, "mac_roman"),
        (FRENCH, "cp1252"),
        (FRENCH, "mac_roman"),
        (POLISH, "cp1250"),
        (GREEK, "cp1253"),
        ("a,b\r\ncafé,1\r\n", "latin_1"),
    ],
)
def test_found_without_a_mark(text: str, encoding: str) -> None:
    content = text.encode(encoding)
    decoding = find_decoding(content)
    assert content.decode(decoding.encoding) == text


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
)
def test_marks_are_no_part_of_the_header(tmp_path: Path, mark: bytes, encoding: str) -> None:
    table = read_table(write(tmp_path, "a.csv", mark + RUSSIAN.encode(encoding)))
    assert [column.header for column in table.columns] == ["Город", "Замечание"]


def test_undecidable_bytes_are_asked_about(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", b"a,b\r\n\xc4\xc5\xd4,1\r\n\xc0\xcc\xce\xcf,2\r\n")
    with pytest.raises(EncodingChoice) as caught:
        read_table(path)
    candidates = caught.value.candidates
    assert 2 <= len(candidates) <= 3
    assert len({candidate.sample for candidate in candidates}) == len(candidates)
    table = read_table(path, encoding=candidates[1].encoding)
    assert table.columns[0].texts[0] in candidates[1].sample[0]


def test_a_given_encoding_is_obeyed_or_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "a,b\né,1\n".encode("cp1252"))
    assert read_table(path, encoding="cp1251").columns[0].texts[0] == "й"
    with pytest.raises(UserError, match="not in the encoding"):
        read_table(path, encoding="utf-8")
    with pytest.raises(UserError, match="no encoding called"):
        read_table(path, encoding="klingon")
    with pytest.raises(UserError):
        read_table(path, encoding="zip")


def test_a_few_broken_bytes_in_utf8_are_shown_not_fatal(tmp_path: Path) -> None:
    good = RUSSIAN.encode() * 3
    table = read_table(write(tmp_path, "a.csv", good + b"x\xff,y\r\n"))
    (problem,) = table.problems
    assert (problem.kind, problem.count) == ("broken_bytes", 1)
    assert "x\ufffd" in table.columns[0].texts
    assert table.source.content.endswith(b"x\xff,y\r\n")
    assert "lost_letters" not in {one.kind for one in propose(table).problems}  # the bytes are there, told above
