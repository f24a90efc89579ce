"""A file that is not a census gets a clear sentence and changes nothing."""

from __future__ import annotations

import errno
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from census_example import dump
from command_call import Call

from surveyapp.base.clock import system_clock
from surveyapp.services.workspace import create_session
from surveyapp.store import connecting

NOBODY = 65534
CENSUS = Path(__file__).parents[1] / "fixtures" / "import" / "google_forms.csv"
Make = Callable[[Path], Path]


def content(name: str, data: bytes) -> Make:
    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(data)
        return path

    return make


def fixture(tool: str, name: str) -> Make:
    return lambda folder: Path(shutil.copy(CENSUS.parents[1] / "forms" / tool / name, folder))


def wide(folder: Path) -> Path:
    header, row = (",".join(f"{word}{n}" for n in range(3000)) for word in ("question ", ""))
    return content("wide.csv", f"{header}\n{row}\n".encode())(folder)


def far_cell(folder: Path) -> Path:
    """A few kilobytes of workbook with one cell at the far corner: asks a reader for hundreds of gigabytes."""
    sheet = (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        f'xmlns:r="{office}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    path = folder / "far.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    assert path.stat().st_size < 5000
    return path


def directory(folder: Path) -> Path:
    path = folder / "census.csv"
    path.mkdir()
    return path


BAD: dict[str, tuple[Make, str]] = {
    "zero bytes": (content("a.csv", b""), "empty (0 bytes)"),
    "blanks": (content("a.csv", b" \n\n \n"), "no text at all"),
    "header only": (content("a.csv", b"Age,Gender\n"), "header but no answers"),
    "header and blanks": (content("a.csv", b"Age,Gender\n,\n,\n"), "header but no answers"),
    "random bytes": (content("a.csv", bytes(range(256)) * 40), ""),
    "a picture": (content("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(500)), "PNG"),
    "a PDF": (content("a.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), "PDF"),
    "a web page": (content("a.csv", b"<!DOCTYPE html><html><body>Sign in</body></html>"), "web page"),
    "a ZIP archive": (content("a.xlsx", b"PK\x03\x04" + bytes(100)), ""),
    "3,000 columns": (wide, "3,000 columns"),
    "a cell far away": (far_cell, "spreadsheet"),
    "an unclosed quote": (content("a.csv", b'Age,Text\n30,"never closed\n31,x\n'), "never closed"),
    "NUL bytes": (content("a.csv", b"Age,Text\n30,a\x00b\n31,c\n"), "NUL"),
    "the structure of a survey": (fixture("limesurvey", "structure.lss"), "is a codebook"),
    "the form of a survey": (fixture("kobo", "xlsform.xlsx"), "is a codebook"),
    "a directory": (directory, "is a folder"),
    "nothing there": (lambda folder: folder / "none.csv", "is not there"),
}


def held(folder: Path) -> Path:
    """A workspace with something in it."""
    session = create_session(folder / "held.survey", name="Held", clock=system_clock)
    session.store.set_meta("note", "something to lose")
    session.close()
    return session.path


def listing(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {"profile"}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_changes_nothing(name: str, call: Call, tmp_path: Path) -> None:
    make, words = BAD[name]
    path, workspace = make(tmp_path), held(tmp_path)
    before, files = dump(workspace), listing(tmp_path)
    for target in (workspace, tmp_path / "new.survey"):
        told = call("import", path, "--workspace", target, "--wave", "2026", "--json")
        assert told.status == 2, told.err
        assert told.out == ""
        assert words in told.err
        assert len(told.err.strip().splitlines()) in (1, 2)
        assert "Traceback" not in told.err
    assert dump(workspace) == before
    assert listing(tmp_path) == files


GOOD = {
    "double headers": (b"Age,Age,Age\n30,31,32\n40,41,42\n", 3),
    "empty headers": (b"Age,,\n30,yes,no\n40,no,yes\n", 3),
    "ragged rows": (b"Age,Gender\n30\n40,F,extra\n", 3),
    "one answer": (b"Age\n30\n", 1),
}


@pytest.mark.parametrize("name", GOOD)
def test_odd_but_readable_files_come_in(name: str, call: Call, tmp_path: Path) -> None:
    data, columns = GOOD[name]
    path = content("odd.csv", data)(tmp_path)
    told = call("import", path, "--workspace", tmp_path / "w.survey", "--wave", "1", "--json")
    assert told.status == 0, told.err
    assert json.loads(told.out)["columns"] == columns


def test_a_bad_mapping_stops_before_anything(call: Call, tmp_path: Path) -> None:
    for data in (b"", b"[]", b"\xff\xfe\x00", b'{"format": 99}', b'{"format": 1, "questions": 3}'):
        mapping = content("m.json", data)(tmp_path)
        told = call("import", CENSUS, "--workspace", tmp_path / "w.survey", "--mapping", mapping)
        assert told.status == 2
        assert ("codebook" if data else "empty") in told.err
    told = call("import", CENSUS, "--workspace", tmp_path / "w.survey", "--mapping", tmp_path / "none.json")
    assert told.status == 2
    assert not (tmp_path / "w.survey").exists()


def test_bad_names_leave_no_workspace(call: Call, tmp_path: Path) -> None:
    for wave in ("", "  "):
        assert call("import", CENSUS, "--workspace", tmp_path / "w.survey", "--wave", wave).status == 2
    assert call("import", CENSUS, "--workspace", tmp_path / "none" / "w.survey", "--wave", "1").status == 2
    assert call("import", CENSUS, "--workspace", CENSUS, "--wave", "1").status == 2
    assert listing(tmp_path) == set()


@contextmanager
def without_rights() -> Iterator[Path]:
    """As a person who is not root, with a folder that everybody may look into."""
    if not hasattr(os, "geteuid"):
        pytest.skip("rights are different here")
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    root = os.geteuid() == 0
    try:
        yield folder
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_no_permission(call: Call, tmp_path: Path) -> None:
    call("import", CENSUS, "--workspace", tmp_path / "first.survey")  # all modules are read while there are rights
    with without_rights() as folder:
        secret, readable = (content(name, CENSUS.read_bytes())(folder) for name in ("secret.csv", "census.csv"))
        secret.chmod(0)
        readable.chmod(0o644)
        folder.chmod(0o555)
        if os.geteuid() == 0:
            os.seteuid(NOBODY)
        told = call("import", secret, "--workspace", folder / "w.survey")
        assert (told.status, told.out) == (2, "")
        assert "may not be read" in told.err
        told = call("import", readable, "--workspace", folder / "w.survey")
        assert told.status == 2, told.err
        assert "Nothing was changed" in told.err
        assert {path.name for path in folder.iterdir()} == {"secret.csv", "census.csv"}


def big_census(folder: Path) -> Path:
    lines = (b"words %d %s,%d\n" % (n, b"x" * 200, n) for n in range(3000))
    return content("big.csv", b"Text,Number\n" + b"".join(lines))(folder)


def test_disk_full(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite says the same for a page limit as for a full disk."""
    workspace, big = held(tmp_path), big_census(tmp_path)
    before, files = dump(workspace), listing(tmp_path)
    connect = connecting.connect

    def small(path: Path, *, mode: str = "rw") -> sqlite3.Connection:
        connection = connect(path, mode=mode)
        if mode == "rw":
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count={pages + 4}")
        return connection

    monkeypatch.setattr(connecting, "connect", small)
    for target in (workspace, tmp_path / "new.survey"):
        told = call("import", big, "--workspace", target, "--wave", "2026")
        assert told.status == 2, told.err
        assert "no space" in told.err
    monkeypatch.undo()
    assert dump(workspace) == before
    assert {name for name in listing(tmp_path) if not name.endswith(".backups")} == {
        name for name in files if not name.endswith(".backups")
    }


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="small file systems are made on Linux only")
def test_a_really_full_disk(call: Call, tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root mounts a small file system")
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", place], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("no small file system can be mounted here")
    try:
        told = call("import", big_census(tmp_path), "--workspace", place / "w.survey", "--wave", "2026")
        assert told.status == 2, told.err
        assert "no space" in told.err
        assert list(place.iterdir()) == []
    finally:
        subprocess.run(["umount", "-l", place], check=False)


def test_the_file_goes_half_way(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A drive that is pulled out while it is read."""
    path = content("census.csv", CENSUS.read_bytes())(tmp_path)

    def pulled(self: Path) -> bytes:
        raise OSError(errno.EIO, "Input/output error", str(self))

    monkeypatch.setattr(Path, "read_bytes", pulled)
    told = call("import", path, "--workspace", tmp_path / "w.survey", "--wave", "1")
    assert told.status == 2
    assert "could not be read to its end" in told.err
    assert listing(tmp_path) == {"census.csv"}


def test_a_file_that_is_gone_once_it_was_read_is_no_loss(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bytes are in memory and go into the workspace: the import goes on."""
    path = content("census.csv", CENSUS.read_bytes())(tmp_path)
    read = Path.read_bytes

    def read_and_vanish(self: Path) -> bytes:
        data = read(self)
        if self == path:
            self.unlink()
        return data

    monkeypatch.setattr(Path, "read_bytes", read_and_vanish)
    told = call("import", path, "--workspace", tmp_path / "w.survey", "--wave", "1")
    assert told.status == 0, told.err
    assert not path.exists()
