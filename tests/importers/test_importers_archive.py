"""ZIP archives: the table inside, a codebook beside it, and nothing that harms."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest
from import_build import write
from import_fixture import FOLDER
from statistics_build import write_spss

from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Kind
from surveyapp.importers.file import archive_member
from surveyapp.importers.plan import propose
from surveyapp.importers.registry import read_table
from surveyapp.importers.table import SheetChoice

CENSUS = b"ward,age\n1,34\n2,61\n1,27\n"
CODEBOOK = b"Variable,Label,Values\nward,Which ward?,1=Mill; 2=Quay\nage,How old are you?,\n"


def _zip(path: Path, files: dict[str, bytes], *, how: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", how) as target:
        for name, content in files.items():
            target.writestr(name, content)
    return path


@pytest.mark.parametrize("name", ["google_forms.csv", "google_forms.xlsx", "old_excel.xls", "office.ods", "utf16.tsv"])
@pytest.mark.parametrize("how", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA])
def test_the_table_inside(tmp_path: Path, name: str, how: int) -> None:
    path = _zip(tmp_path / "export.zip", {f"Census 2026/{name}": (FOLDER / name).read_bytes()}, how=how)
    table, alone = read_table(path), read_table(FOLDER / name)
    assert [(c.header, list(c.texts), c.index) for c in table.columns] == [
        (c.header, list(c.texts), c.index) for c in alone.columns
    ]
    assert table.source.content == path.read_bytes()
    assert table.source.name == "export.zip"
    assert f"“Census 2026/{name}” in a ZIP archive" in table.source.detail


def test_an_spss_file_inside(tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.zip", {"a.sav": write_spss(tmp_path / "a.sav").read_bytes()})
    plan = propose(read_table(path))
    assert plan.table.source.format == "archive"
    assert next(q for q in plan.mapping.questions if q.column == "trust").kind is Kind.SCALE


def test_workbooks_are_no_archives(tmp_path: Path) -> None:
    for name, expected in (("google_forms.xlsx", "Form Responses 1"), ("office.ods", "")):
        content = (FOLDER / name).read_bytes()
        table = read_table(write(tmp_path, "download", content))  # no ending tells
        assert "ZIP" not in table.source.detail
        assert expected in table.sheet


def test_junk_and_other_files_are_passed_over(tmp_path: Path) -> None:
    files = {
        "__MACOSX/._census.csv": b"\x00\x05\x16\x07junk",
        ".DS_Store": b"\x00\x00\x00\x01Bud1",
        "survey/": b"",
        "survey/README.md": b"# Riverside\n",
        "survey/form.pdf": b"%PDF-1.7",
        "survey/~$census.xlsx": b"lock",
        "survey/census.csv": CENSUS,
        "survey/housing-repeat.csv": b"room,PARENT_KEY,KEY\nkitchen,uuid:1,uuid:1/a\n",
    }
    table = read_table(_zip(tmp_path / "a.zip", files))
    assert [column.header for column in table.columns] == ["ward", "age"]
    assert "Table not read: survey/housing-repeat.csv" in table.notes


def test_a_codebook_beside_the_answers_is_used(tmp_path: Path) -> None:
    plan = propose(read_table(_zip(tmp_path / "a.zip", {"census.csv": CENSUS, "codebook.csv": CODEBOOK})))
    ward, age = plan.mapping.questions
    assert (ward.text, [choice.label for choice in ward.choices]) == ("Which ward?", ["Mill", "Quay"])
    assert (age.text, age.kind) == ("How old are you?", Kind.NUMBER)
    assert "Codebook in the archive: codebook.csv" in plan.table.notes


def test_other_json_files_are_no_codebook(tmp_path: Path) -> None:
    files = {"census.csv": CENSUS, "export.json": b'{"version": 3}', "z.lss": b"<document/>", "broken.json": b"{"}
    table = read_table(_zip(tmp_path / "a.zip", files))
    assert (len(table), table.codebook) == (3, None)
    files = {"census.csv": CENSUS, "codebook.csv": b"Variable,Label,Values\nrooms,How many?,1=One; 2=Two\n"}
    assert read_table(_zip(tmp_path / "b.zip", files)).codebook is None


def test_several_tables_are_a_question(tmp_path: Path) -> None:
    workbook = (FOLDER / "google_forms.xlsx").read_bytes()
    path = _zip(tmp_path / "a.zip", {"2024.csv": CENSUS, "2026/census.csv": CENSUS + b"2,19\n", "old.xlsx": workbook})
    with pytest.raises(SheetChoice, match="several tables") as caught:
        read_table(path)
    assert caught.value.sheets == ("2024.csv", "2026/census.csv", "old.xlsx")
    table = read_table(path, sheet="2026/census.csv")
    assert (len(table), table.sheet) == (4, "2026/census.csv")
    assert table.sheets == ("2024.csv", "2026/census.csv", "old.xlsx")
    assert len(read_table(path, sheet="old.xlsx/Form Responses 1")) == 60
    with pytest.raises(UserError, match="no table of that name"):
        read_table(path, sheet="2025.csv")


def test_paths_that_lead_out_are_only_names(tmp_path: Path) -> None:
    table = read_table(_zip(tmp_path / "a.zip", {"../../etc/cen\u202esus.csv": CENSUS}))
    assert "“etc/cen�sus.csv”" in table.source.detail
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip"]


def test_archives_without_a_table(tmp_path: Path) -> None:
    inner = _zip(tmp_path / "inner.zip", {"census.csv": CENSUS}).read_bytes()
    for files, words in (
        ({}, "empty"),
        ({"photo.jpg": b"\xff\xd8\xff\xe0"}, "no table"),
        ({"notes.md": b"hello"}, "no table"),
        ({"inner.zip": inner}, "another archive"),
    ):
        with pytest.raises(UserError, match=words):
            read_table(_zip(tmp_path / "a.zip", files))


def test_damaged_and_locked_archives(tmp_path: Path) -> None:
    content = _zip(tmp_path / "a.zip", {"census.csv": CENSUS * 50}).read_bytes()
    for broken in (content[: len(content) // 2], content.replace(b"census.csv", b"census.cs\xff", 1)):
        with pytest.raises(UserError):
            read_table(write(tmp_path, "b.zip", broken))
    torn = bytearray(content)
    torn[60:80] = b"\xff" * 20
    with pytest.raises(UserError):
        read_table(write(tmp_path, "c.zip", bytes(torn)))
    locked = bytearray(content)
    for start in (content.index(b"PK\x03\x04") + 6, content.index(b"PK\x01\x02") + 8):
        locked[start] |= 1
    with pytest.raises(UserError, match="password"):
        read_table(write(tmp_path, "d.zip", bytes(locked)))


def test_bombs_stop_at_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_member, "MOST_BYTES", 3_000_000)
    path = _zip(tmp_path / "a.zip", {"census.csv": b"a,b\n" + b"1,2\n" * 2_000_000})
    assert path.stat().st_size < 100_000
    with pytest.raises(UserError, match="unpacks to more than 3 MB"):
        read_table(path)
    monkeypatch.setattr(archive_member, "MOST_ENTRIES", 5)
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as target:
        for n in range(6):
            target.writestr(f"{n}.csv", CENSUS)
    with pytest.raises(UserError, match="6 files"):
        read_table(write(tmp_path, "b.zip", many.getvalue()))


def test_a_small_archive_of_far_too_many_equal_rows_is_refused(tmp_path: Path) -> None:
    rows = b"a,b\n" + b"1,2\n" * 3_000_000
    with pytest.raises(UserError, match="in the archive unpacks to far more than answers do"):
        read_table(_zip(tmp_path / "a.zip", {"a.csv": rows}))


def test_answers_that_pack_well_are_read(tmp_path: Path) -> None:
    draw = random.Random(1)
    rows = b"ward,agree\n" + b"".join(b"%d,Strongly agree indeed\n" % draw.randrange(9) for n in range(450_000))
    assert len(rows) > archive_member.PLAIN_BYTES
    assert len(read_table(_zip(tmp_path / "a.zip", {"a.csv": rows}))) == 450_000


def test_an_archive_of_hundreds_of_tables_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="500 tables; at most 60"):
        read_table(_zip(tmp_path / "a.zip", {f"{n}.csv": CENSUS for n in range(500)}))
