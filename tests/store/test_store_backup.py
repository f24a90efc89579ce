"""Backups: sound, thinned, restored; a damaged file never takes the place of a good one."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import census_example as example
import pytest

from surveyapp.base.clock import Clock
from surveyapp.domain.errors import UserError
from surveyapp.store import Backup, Opened, Store, backups, make_backup, open_workspace, restore_backup, salvage
from surveyapp.store import backup as backup_module
from surveyapp.store.backup import superfluous
from surveyapp.store.connecting import quick_check


def fill(store: Store, name: str = "2026") -> None:
    coded = example.wave(name=name)
    store.waves.add(coded, mapping=example.mapping(coded), at=example.AT)


def reopen(path: Path, clock: Clock) -> Store:
    opened = open_workspace(path, clock=clock)
    assert isinstance(opened, Opened), opened
    return opened.store


def test_a_backup_of_an_open_workspace_holds_everything(store: Store) -> None:
    fill(store)
    made = make_backup(store)
    assert backups(store.path) == [made]
    assert (made.at, made.size) == (datetime(2026, 3, 14, 9, 26, 53, tzinfo=UTC), made.path.stat().st_size)
    assert example.dump(made.path) == example.dump(store.path)
    assert {file.name for file in made.path.parent.iterdir()} == {made.path.name}


def test_closing_backs_up_only_what_changed(store: Store, clock: Clock) -> None:
    fill(store)
    store.close()
    store.close()
    assert len(backups(store.path)) == 1
    again = reopen(store.path, clock)
    again.waves.list()
    again.close()
    assert len(backups(store.path)) == 1
    again = reopen(store.path, clock)
    again.name = "Other"
    again.close()
    newest, older = backups(store.path)
    assert (newest.at, newest.path != older.path) == (older.at, True)  # two within one second
    assert example.dump(newest.path) == example.dump(store.path)


def test_what_is_written_while_a_backup_is_made_is_backed_up_on_closing(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store)
    back_up = backup_module.back_up_file

    def slowly(*args: Any, **named: Any) -> Backup:
        made = back_up(*args, **named)
        store.name = "Later"
        return made

    monkeypatch.setattr(backup_module, "back_up_file", slowly)
    make_backup(store)
    monkeypatch.undo()
    store.close()
    assert example.dump(backups(store.path)[0].path) == example.dump(store.path)


def test_a_backup_that_failed_is_made_on_closing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(store)

    def full(*_args: Any, **_named: Any) -> Backup:
        raise UserError("There is no space left on the disk.", "")

    monkeypatch.setattr(backup_module, "back_up_file", full)
    with pytest.raises(UserError, match="no space"):
        make_backup(store)
    monkeypatch.undo()
    store.close()
    assert len(backups(store.path)) == 1


def test_many_backups_within_one_second_never_lose_the_newest(store: Store) -> None:
    for number in range(12):
        store.name = f"state {number}"
        made = make_backup(store)
        assert made.path.exists()
        assert backups(store.path)[0].path == made.path


def test_thinning_by_day_week_and_month() -> None:
    now = datetime(2026, 3, 14, 12, tzinfo=UTC)
    ages = [timedelta(hours=2 * n) for n in range(24)] + [timedelta(days=n) for n in range(2, 500)]
    found = [Backup(path=Path(str(n)), at=now - age, size=1) for n, age in enumerate(ages)]
    old = replace(found[-1], path=Path("kept"), kept=True)
    random.Random(5).shuffle(found)
    gone = superfluous([*found, old])
    left = sorted((backup.at for backup in found if backup not in gone), reverse=True)
    assert old not in gone
    assert left[:3] == sorted((backup.at for backup in found), reverse=True)[:3]
    assert len(left) <= 3 + 7 + 5 + 12
    for days in (0, 1, 2, 3, 4, 5, 6, 14, 21, 28):
        assert any(abs((now - at).days - days) <= 6 for at in left)
    assert {(at.year, at.month) for at in left} == {
        (2026, 3), (2026, 2), (2026, 1), *((2025, month) for month in range(4, 13))
    }  # fmt: skip
    assert superfluous([backup for backup in found if backup not in gone]) == []


def test_a_damaged_workspace_never_becomes_a_backup(store: Store) -> None:
    fill(store)
    good = make_backup(store)
    store.waves.rename(1, name="new", survey="")
    store.close()
    content = bytearray(store.path.read_bytes())
    content[5 * 4096 : 9 * 4096] = b"\x99" * (4 * 4096)
    store.path.write_bytes(content)
    before = {backup.path: backup.path.read_bytes() for backup in backups(store.path)}
    with pytest.raises(UserError):
        make_backup(store)
    assert {backup.path: backup.path.read_bytes() for backup in backups(store.path)} == before
    assert good.path in before


def test_restoring_and_going_back(store: Store, clock: Clock) -> None:
    fill(store)
    made = make_backup(store)
    fill(store, "2027")
    now = example.dump(store.path)
    with pytest.raises(UserError, match="open elsewhere"):
        restore_backup(store.path, made, clock=clock)
    assert example.dump(store.path) == now
    store.close(backup=False)
    restore_backup(store.path, made, clock=clock)
    with reopen(store.path, clock) as again:
        assert [wave.name for wave in again.waves.list()] == ["2026"]
    kept = next(backup for backup in backups(store.path) if backup.kept)
    assert example.dump(kept.path) == now
    restore_backup(store.path, kept, clock=clock)
    assert example.dump(store.path) == now


def test_a_journal_left_over_does_not_bring_old_rows_back(store: Store, clock: Clock, tmp_path: Path) -> None:
    fill(store)
    made = make_backup(store)
    fill(store, "2027")
    crashed = tmp_path / "crashed.sqlite"
    for suffix in ("", "-wal"):
        shutil.copy(store.path.with_name(store.path.name + suffix), crashed.with_name(crashed.name + suffix))
    restore_backup(crashed, made, clock=clock)
    with reopen(crashed, clock) as again:
        assert [wave.name for wave in again.waves.list()] == ["2026"]
    (kept,) = (backup for backup in backups(crashed) if backup.kept)
    assert example.dump(kept.path) == example.dump(store.path)


def test_restoring_over_a_damaged_file_keeps_its_bytes(store: Store, clock: Clock) -> None:
    fill(store)
    made = make_backup(store)
    store.close()
    content = bytearray(store.path.read_bytes())
    content[4096 : 3 * 4096] = b"\x99" * (2 * 4096)
    store.path.write_bytes(content)
    broken = replace(made, path=store.path.with_name("broken.sqlite"))
    broken.path.write_bytes(content)
    with pytest.raises(UserError, match="backup is damaged"):
        restore_backup(store.path, broken, clock=clock)
    assert store.path.read_bytes() == content
    restore_backup(store.path, made, clock=clock)
    reopen(store.path, clock).close()
    (damaged,) = made.path.parent.glob("*.damaged")
    assert damaged.read_bytes() == content


def test_restoring_a_workspace_that_is_gone(store: Store, clock: Clock) -> None:
    fill(store)
    made = make_backup(store)
    store.close(backup=False)
    store.path.unlink()
    restore_backup(store.path, made, clock=clock)
    assert example.dump(store.path) == example.dump(made.path)


def test_salvage_of_a_sound_file_loses_nothing(store: Store, tmp_path: Path) -> None:
    fill(store)
    fill(store, "2027")
    store.close()
    found = salvage(store.path, tmp_path / "new.sqlite")
    assert found.lost == ()
    assert found.rows["data_w1"] == 8
    assert example.dump(tmp_path / "new.sqlite") == example.dump(store.path)
    with pytest.raises(UserError, match="exists"):
        salvage(store.path, tmp_path / "new.sqlite")


def test_salvage_of_a_damaged_file_opens_with_what_is_left(store: Store, clock: Clock, tmp_path: Path) -> None:
    cells = [example.text(f"a rather long answer in words, number {n} " * 5) for n in range(3000)]
    column = example.column(example.columns()[-3].question, cells)
    coded = example.wave([column])
    store.waves.add(coded, mapping=example.mapping(coded), at=example.AT)
    store.close(backup=False)
    content = bytearray(store.path.read_bytes())
    for word in (b"number 700 ", b"number 1500 "):
        start = content.index(word) // 4096 * 4096
        content[start : start + 4096] = b"\x99" * 4096
    store.path.write_bytes(content)
    assert quick_check(store.path)
    target = tmp_path / "salvaged.sqlite"
    found = salvage(store.path, target)
    assert found.lost == ("data_w1",)
    assert 2900 < found.rows["data_w1"] < 3000
    with reopen(target, clock) as again:
        (got,) = again.answers.load(1).values()
        rows = again.answers.rows(1)
        assert {602, 902, 1102, 1402, 1602, 2902} < set(rows)  # before, between and behind the damage
        assert [entry.raw for entry in example.cells(got)] == [cells[row - 2].raw for row in rows]
        assert again.waves.source(1) == coded.source


def test_salvage_of_rubbish_says_so(tmp_path: Path) -> None:
    (tmp_path / "rubbish").write_bytes(b"SQLite format 3\x00" + b"\x99" * 9000)
    with pytest.raises(UserError, match="Nothing of this file"):
        salvage(tmp_path / "rubbish", tmp_path / "new.sqlite")
    assert [file.name for file in tmp_path.iterdir()] == ["rubbish"]
