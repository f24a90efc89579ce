"""Every way that opening can end; none of them is an exception."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import census_example as example
import pytest

from surveyapp.base.clock import Clock
from surveyapp.domain.errors import UserError
from surveyapp.store import (
    Damaged,
    Locked,
    NeedsUpgrade,
    NotOurs,
    Opened,
    Reason,
    Store,
    TooNew,
    Unreachable,
    backups,
    connecting,
    create_workspace,
    make_backup,
    open_workspace,
    schema,
)
from surveyapp.store.lock import lock_path

NOBODY = 65534


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def fill(store: Store) -> None:
    coded = example.wave()
    store.waves.add(coded, mapping=example.mapping(coded), at=example.AT)


def test_a_new_workspace_opens_again(store: Store, clock: Clock) -> None:
    store.close()
    opened = open_workspace(store.path, clock=clock)
    assert isinstance(opened, Opened)
    with opened.store as again:
        assert (again.name, again.me, again.path, again.read_only) == ("Community", "Ada", store.path, False)
        assert again.get_meta("created_at") == clock().isoformat()
    assert not lock_path(store.path).exists()


def test_creating_never_overwrites(store: Store, clock: Clock, tmp_path: Path) -> None:
    before = example.dump(store.path)
    with pytest.raises(UserError, match="exists already"):
        create_workspace(store.path, name="", me="", clock=clock)
    assert example.dump(store.path) == before
    with pytest.raises(UserError, match="folder"):
        create_workspace(tmp_path / "none" / "w.sqlite", name="", me="", clock=clock)


def test_locked_by_another_process(workspace: Path, clock: Clock, store: Store) -> None:
    store.close()
    script = (
        "import sys; from pathlib import Path; from surveyapp.base.clock import system_clock;"
        "from surveyapp.store import open_workspace; opened = open_workspace(Path(sys.argv[1]), clock=system_clock);"
        "print('ready', flush=True); sys.stdin.readline(); opened.store.close()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(workspace)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "ready\n"
        result = open_workspace(workspace, clock=clock)
        assert isinstance(result, Locked)
        assert result.by.pid == other.pid
        assert result.by.host
        assert result.by.since is not None
        reading = open_workspace(workspace, clock=clock, read_only=True)
        assert isinstance(reading, Opened)
        reading.store.close()
        other.communicate("\n")
    again = open_workspace(workspace, clock=clock)
    assert isinstance(again, Opened)
    again.store.close()


def test_a_lock_goes_with_its_process(workspace: Path, clock: Clock, store: Store) -> None:
    store.close()
    script = (
        "import os, sys; from pathlib import Path; from surveyapp.base.clock import system_clock;"
        "from surveyapp.store import open_workspace; open_workspace(Path(sys.argv[1]), clock=system_clock); os._exit(1)"
    )
    assert subprocess.run([sys.executable, "-c", script, str(workspace)], check=False).returncode == 1
    assert lock_path(workspace).exists()
    opened = open_workspace(workspace, clock=clock)
    assert isinstance(opened, Opened)
    opened.store.close()


def test_reading_beside_a_writer(store: Store, clock: Clock) -> None:
    opened = open_workspace(store.path, clock=clock, read_only=True)
    assert isinstance(opened, Opened)
    with opened.store as reader:
        with store.transaction():
            fill(store)
            assert len(store.waves.list()) == 1
            assert reader.waves.list() == ()
        assert len(reader.waves.list()) == 1
        assert len(reader.answers.load(1)) == len(example.columns())
        with pytest.raises(UserError, match="reading only"):
            reader.name = "other"
    assert store.name == "Community"


def test_who_only_reads_leaves_nothing_beside_the_file(workspace: Path, clock: Clock, store: Store) -> None:
    store.close()
    content, beside = workspace.read_bytes(), sorted(workspace.parent.iterdir())
    opened = open_workspace(workspace, clock=clock, read_only=True)
    assert isinstance(opened, Opened)
    assert opened.store.name == "Community"
    assert workspace.with_name(workspace.name + "-wal").exists()
    opened.store.close()
    assert sorted(workspace.parent.iterdir()) == beside
    assert workspace.read_bytes() == content


def test_a_reader_that_closes_takes_nothing_from_who_writes(store: Store, clock: Clock) -> None:
    opened = open_workspace(store.path, clock=clock, read_only=True)
    assert isinstance(opened, Opened)
    fill(store)
    opened.store.close()
    again = open_workspace(store.path, clock=clock, read_only=True)
    assert isinstance(again, Opened)
    with again.store as reader:
        assert len(reader.waves.list()) == 1
    assert len(store.waves.list()) == 1


@pytest.mark.parametrize("page", [1, 3, 8, -1])
def test_damaged(store: Store, clock: Clock, page: int) -> None:
    fill(store)
    good = make_backup(store)
    store.close()
    content = bytearray(store.path.read_bytes())
    start = page * 4096 if page > 0 else len(content) - 4096
    content[start : start + 4096] = b"\xa5" * 4096
    store.path.write_bytes(content)
    result = open_workspace(store.path, clock=clock)
    assert isinstance(result, Damaged)
    assert result.newest_good_backup == good.path
    assert result.reason
    assert store.path.read_bytes() == content
    backups(store.path)[0].path.write_bytes(content)
    result = open_workspace(store.path, clock=clock, read_only=True)
    assert isinstance(result, Damaged)
    assert result.newest_good_backup is None


def test_damaged_at_the_beginning_or_cut_off(store: Store, clock: Clock) -> None:
    fill(store)
    make_backup(store)
    store.close()
    content = store.path.read_bytes()
    for broken in (bytes(4096) + content[4096:], b"", content[: len(content) // 2]):
        store.path.write_bytes(broken)
        assert isinstance(open_workspace(store.path, clock=clock), Damaged)


def test_not_ours(tmp_path: Path, clock: Clock) -> None:
    files = {name: tmp_path / name for name in ("other.db", "a.xlsx", "a.csv", "a.md", "a.bin", "empty", "a.pdf")}
    change(files["other.db"], "CREATE TABLE alembic_version (version_num TEXT)")
    with zipfile.ZipFile(files["a.xlsx"], "w") as archive:
        archive.writestr("a", "b")
    files["a.csv"].write_text("a,b\n1,2\n", encoding="utf-8")
    files["a.md"].write_text("# Notes\n", encoding="utf-8")
    files["a.bin"].write_bytes(b"\x01\x00\x02")
    files["empty"].touch()
    files["a.pdf"].write_bytes(b"%PDF-1.7\n\x00")
    before = {name: file.read_bytes() for name, file in files.items()}
    said = set()
    for file in files.values():
        result = open_workspace(file, clock=clock)
        assert isinstance(result, NotOurs)
        said.add(result.looks_like)
    assert len(said) == len(files)
    assert {name: file.read_bytes() for name, file in files.items()} == before
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(files)


def test_unreachable(tmp_path: Path, clock: Clock) -> None:
    assert open_workspace(tmp_path / "none", clock=clock) == Unreachable(tmp_path / "none", Reason.MISSING)
    assert open_workspace(tmp_path, clock=clock) == Unreachable(tmp_path, Reason.IS_FOLDER)


@contextmanager
def without_rights() -> Iterator[None]:
    """As a person who is not root, for this process and its system calls."""
    if not hasattr(os, "geteuid"):
        pytest.skip("rights are different here")
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may look into."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_place_without_the_right_to_write(store: Store, open_folder: Path, clock: Clock) -> None:
    fill(store)
    store.close()
    path = open_folder / "w.sqlite"
    shutil.copy(store.path, path)
    open_folder.chmod(0o555)
    path.chmod(0o444)
    with without_rights():
        assert open_workspace(path, clock=clock) == Unreachable(path, Reason.READ_ONLY_PLACE)
        opened = open_workspace(path, clock=clock, read_only=True)
        assert isinstance(opened, Opened)
        with opened.store as reader:
            assert len(reader.answers.load(1)) == len(example.columns())
        with pytest.raises(UserError):
            create_workspace(open_folder / "new.sqlite", name="", me="", clock=clock)
    path.chmod(0)
    with without_rights():
        assert open_workspace(path, clock=clock) == Unreachable(path, Reason.UNREADABLE)
    assert [file.name for file in open_folder.iterdir()] == ["w.sqlite"]


@pytest.mark.parametrize(
    "statement",
    ["UPDATE alembic_version SET version_num = '9999'", f"PRAGMA user_version={schema.FORMAT_MAJOR + 1}"],
)
def test_too_new(store: Store, clock: Clock, statement: str) -> None:
    store.close()
    change(store.path, "UPDATE meta SET value = '9.1' WHERE key = 'written_by'", statement)
    before = example.dump(store.path)
    assert open_workspace(store.path, clock=clock) == TooNew(store.path, "9.1")
    assert open_workspace(store.path, clock=clock, read_only=True) == TooNew(store.path, "9.1")
    assert example.dump(store.path) == before


def test_needs_upgrade(store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    store.close()
    monkeypatch.setattr(schema, "REVISIONS", (*schema.REVISIONS, "0004"))
    result = open_workspace(store.path, clock=clock)
    assert result == NeedsUpgrade(store.path, "0003", store.path.with_name(store.path.name + ".backups"))
    assert not lock_path(store.path).exists()


def test_held_by_a_program_that_knows_no_lock_file(store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    store.close()
    monkeypatch.setattr(connecting, "_BUSY_MS", 50)
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode=DELETE")
        other.execute("BEGIN EXCLUSIVE")
        assert isinstance(open_workspace(store.path, clock=clock), Locked)


def test_a_rollback_journal_of_another_program_is_rolled_back(store: Store, clock: Clock) -> None:
    fill(store)
    store.close()
    change(store.path, "PRAGMA journal_mode=DELETE")
    before = example.dump(store.path)
    script = (
        "import os, sqlite3, sys; other = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "other.execute('PRAGMA cache_size=1'); other.execute('BEGIN');"
        "[other.execute('INSERT INTO meta VALUES (?, ?)', (str(n), 'x' * 9000)) for n in range(50)];"
        "other.execute('DELETE FROM choice'); os._exit(1)"
    )
    assert subprocess.run([sys.executable, "-c", script, str(store.path)], check=False).returncode == 1
    assert store.path.with_name(store.path.name + "-journal").exists()
    opened = open_workspace(store.path, clock=clock)
    assert isinstance(opened, Opened)
    opened.store.close()
    assert example.dump(store.path) == before


def test_a_journal_left_over_is_read(store: Store, clock: Clock, tmp_path: Path) -> None:
    fill(store)
    crashed = tmp_path / "crashed.sqlite"
    wal = store.path.with_name(store.path.name + "-wal")
    assert wal.stat().st_size > 0
    shutil.copy(store.path, crashed)
    shutil.copy(wal, tmp_path / "crashed.sqlite-wal")
    opened = open_workspace(crashed, clock=clock)
    assert isinstance(opened, Opened)
    with opened.store as again:
        assert len(again.waves.list()) == 1
