"""import of several files, --into, --link and check --rebuild."""

from __future__ import annotations

import csv
import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
import several_files as files
from command_call import Call


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path / "census.survey"


def rows_of(path: Path) -> list[list[str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def test_several_files_become_one_wave(call: Call, workspace: Path, tmp_path: Path) -> None:
    paper = files.write(tmp_path / "paper.csv", files.people(range(20)))
    shuffled = [[*row[1:], row[0], "y"] for row in files.people(range(20, 50))]
    online = files.write(
        tmp_path / "online.csv", shuffled, [*(h.upper() for h in files.HEADERS[1:]), "TIMESTAMP", "More"]
    )
    told = call("import", paper, online, "--workspace", workspace, "--wave", "2026", "--json")
    assert (told.status, json.loads(told.out)["people"], json.loads(told.out)["columns"]) == (0, 50, 10)
    told = call("check", "--workspace", workspace, "--rebuild")
    assert (told.status, told.out) == (
        0,
        "2026: 50 x 10 cells rebuilt from the kept file and the recipe: identical\n",
    )
    exact = tmp_path / "exact.csv"
    assert call("export", "--workspace", workspace, "--exact", "--output", exact).status == 0
    header, *rows = rows_of(exact)
    assert header == ["Timestamp", "More", *files.HEADERS[1:]]  # behind its neighbour in the second file
    place = {name: header.index(name) for name in files.HEADERS}
    assert [[row[place[name]] for name in files.HEADERS] for row in rows] == files.people(range(50))
    assert [row[header.index("More")] for row in rows] == [""] * 20 + ["y"] * 30
    assert call("import", exact, "--workspace", workspace, "--wave", "again").status == 0
    second = tmp_path / "second.csv"
    assert call("export", "--workspace", workspace, "--wave", "again", "--exact", "--output", second).status == 0
    assert second.read_bytes() == exact.read_bytes()
    labels = [tmp_path / "labels1.csv", tmp_path / "labels2.csv"]
    for wave, path in zip(("2026", "again"), labels, strict=True):
        call("export", "--workspace", workspace, "--wave", wave, "--output", path)
    assert labels[0].read_bytes() == labels[1].read_bytes()


def test_an_archive_of_several_exports_is_stacked(call: Call, workspace: Path, tmp_path: Path) -> None:
    target = tmp_path / "exports.zip"
    with zipfile.ZipFile(target, "w") as archive:
        for name, numbers in (("a.csv", range(20)), ("b.csv", range(20, 50))):
            archive.write(files.write(tmp_path / name, files.people(numbers)), name)
    told = call("import", target, "--workspace", workspace, "--wave", "2026", "--json")
    assert (told.status, json.loads(told.out)["people"]) == (0, 50)
    assert call("check", "--workspace", workspace, "--rebuild").status == 0


def test_reworded_columns_are_told_and_joined_with_same(call: Call, workspace: Path, tmp_path: Path) -> None:
    paper = files.write(tmp_path / "paper.csv", files.people(range(20)))
    headers = [("How old are you in years?" if h == "How old are you?" else h) for h in files.HEADERS]
    online = files.write(tmp_path / "online.csv", files.people(range(20, 50)), headers)
    told = call("import", paper, online, "--workspace", workspace, "--wave", "apart", "--json")
    assert json.loads(told.out)["columns"] == 10
    assert "may be “How old are you?” in other words" in told.err
    words = ("--same", "How old are you in years?", "How old are you?")
    told = call("import", paper, online, "--workspace", workspace, "--wave", "joined", *words, "--json")
    assert json.loads(told.out)["columns"] == 9


def test_a_longer_export_goes_into_its_wave(call: Call, workspace: Path, tmp_path: Path) -> None:
    march = files.write(tmp_path / "march.csv", files.people(range(40)))
    june = files.write(tmp_path / "june.csv", files.people(range(2, 60)))
    assert call("import", march, "--workspace", workspace, "--wave", "2026").status == 0
    told = call("import", june, "--workspace", workspace, "--into", "2026", "--json")
    assert told.status == 0
    assert "Census 2026: 20 new people, 0 changed, 38 as before, 2 are no longer in the file (kept)." in told.err
    plain = json.loads(told.out)
    assert (plain["mode"], plain["people"], plain["new"], plain["gone_but_kept"]) == ("update", 60, 20, 2)
    assert call("check", "--workspace", workspace, "--rebuild").status == 0
    again = call("import", june, "--workspace", workspace, "--into", "2026")
    assert (again.status, "nothing new" in again.err) == (2, True)
    told = call("import", june, "--workspace", workspace, "--into", "2026", "--as", "add", "--json")
    assert json.loads(told.out)["people"] == 118
    for _time in range(2):
        assert call("check", "--workspace", workspace, "--undo").status == 0
    assert "40 people" in call("check", "--workspace", workspace).out
    assert call("check", "--workspace", workspace, "--rebuild").status == 0


def test_what_looks_like_another_wave_is_refused(call: Call, workspace: Path, tmp_path: Path) -> None:
    march = files.write(tmp_path / "march.csv", files.people(range(40)))
    other = files.write(tmp_path / "other.csv", [["1", "2"], ["3", "4"]], ["One", "Two"])
    call("import", march, "--workspace", workspace, "--wave", "2026")
    told = call("import", other, "--workspace", workspace, "--into", "2026")
    assert (told.status, "looks like another wave" in told.err) == (2, True)
    told = call("import", other, "--workspace", workspace, "--into", "2031")
    assert (told.status, "no wave 2031" in told.err) == (2, True)
    told = call("import", other, "--workspace", workspace, "--into", "2026", "--link", "One")
    assert (told.status, "--link does not go with --into" in told.err) == (2, True)
    for words in (("--as", "add"), ("--key-file", tmp_path / "k"), ("--new-key",)):
        assert call("import", march, "--workspace", workspace, "--wave", "x", *words).status == 2


def test_a_wave_that_differs_from_its_file_is_told(call: Call, workspace: Path, tmp_path: Path) -> None:
    call("import", files.write(tmp_path / "a.csv", files.people(range(40))), "--workspace", workspace, "--wave", "2026")
    with closing(sqlite3.connect(workspace)) as connection:
        (number,) = connection.execute("SELECT id FROM question WHERE header = 'Remark'").fetchone()
        connection.execute(f"UPDATE data_w1 SET q{number} = 'forged' WHERE response_id = 14")
        connection.commit()
    told = call("check", "--workspace", workspace, "--rebuild")
    assert told.status == 1
    assert told.out.splitlines() == [
        "2026: 40 x 9 cells rebuilt from the kept file and the recipe: 1 difference",
        "  “Remark”: 1 cell (row 14)",
    ]
    plain = json.loads(call("check", "--workspace", workspace, "--rebuild", "--json").out)
    assert (plain[0]["identical"], plain[0]["differences"][0]["rows"]) == (False, [14])


def test_a_wave_whose_file_is_lost_does_not_hide_the_others(call: Call, workspace: Path, tmp_path: Path) -> None:
    for name in ("2026", "2027"):
        path = files.write(tmp_path / f"{name}.csv", files.people(range(40), year=int(name)))
        call("import", path, "--workspace", workspace, "--wave", name)
    with closing(sqlite3.connect(workspace)) as connection:
        connection.execute("DELETE FROM source WHERE wave_id = 1")
        connection.commit()
    told = call("check", "--workspace", workspace, "--rebuild")
    lost, sound = told.out.splitlines()
    assert (told.status, lost.startswith("2026: The original file"), sound.endswith("identical")) == (1, True, True)
    plain = json.loads(call("check", "--workspace", workspace, "--rebuild", "--json").out)
    assert [one["identical"] for one in plain] == [False, True]


def test_addresses_are_linked_over_two_years(call: Call, workspace: Path, tmp_path: Path) -> None:
    first = files.write(tmp_path / "2026.csv", files.people(range(40)))
    second = files.write(tmp_path / "2027.csv", files.people(range(20, 60), year=2027))
    key, mapping = tmp_path / "links.key", tmp_path / "decisions.json"
    words = ("--workspace", workspace, "--link", "e-mail", "--key-file", key)
    told = call("import", first, *words, "--wave", "2026")
    assert (told.status, "Keep it safe" in told.err) == (0, True)
    assert key.stat().st_mode & 0o077 == 0
    assert call("codebook", "--workspace", workspace, "--mapping-out", mapping).status == 0
    silent = call("import", second, "--workspace", workspace, "--wave", "plain", "--mapping", mapping)
    assert "Replace “E-mail” by a keyed hash, as in the earlier file?" in silent.err
    assert call("check", "--workspace", workspace, "--undo").status == 0
    assert call("import", second, *words, "--wave", "2027", "--mapping", mapping).status == 0
    hashes = []
    for wave in ("2026", "2027"):
        target = tmp_path / f"exact{wave}.csv"
        call("export", "--workspace", workspace, "--wave", wave, "--exact", "--output", target)
        header, *rows = rows_of(target)
        hashes.append({row[header.index("E-mail")] for row in rows})
    assert len(hashes[0] & hashes[1]) == 20
    assert all(text.startswith("p-") for text in hashes[0] | hashes[1])
    assert "example" not in mapping.read_text()
    assert call("check", "--workspace", workspace, "--rebuild").status == 0
    told = call("import", first, "--workspace", workspace, "--wave", "x", "--link", "Mobile phone")
    assert (told.status, "no column Mobile phone" in told.err) == (2, True)
    key.write_text("something else")
    told = call("import", first, *words, "--wave", "x")
    assert (told.status, "no key for links" in told.err) == (2, True)


def test_a_lost_key_and_a_new_one(
    call: Call, workspace: Path, tmp_path: Path, memory_keyring: dict[tuple[str, str], str]
) -> None:
    first = files.write(tmp_path / "2026.csv", files.people(range(40)))
    words = ("--workspace", workspace, "--link", "E-mail")
    told = call("import", first, *words, "--wave", "2026")
    assert (told.status, "kept outside the workspace" in told.err) == (0, True)
    memory_keyring.clear()
    told = call("import", first, *words, "--wave", "2027")
    assert (told.status, "not on this computer" in told.err) == (2, True)
    assert call("import", first, *words, "--wave", "2027", "--new-key").status == 0


def test_a_key_that_nothing_would_keep_is_not_made(
    call: Call, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = files.write(tmp_path / "2026.csv", files.people(range(40)))
    second = files.write(tmp_path / "2027.csv", files.people(range(20, 60), year=2027))
    mapping = tmp_path / "decisions.json"
    words = ("--workspace", workspace, "--wave")
    monkeypatch.setattr("surveyapp.services.secrets._find_keyring", lambda: None)
    told = call("import", first, *words, "2026", "--link", "E-mail")
    assert (told.status, "--key-file" in told.err, "Nothing was stored" in told.err) == (2, True, True)
    assert not workspace.exists()
    key = ("--key-file", tmp_path / "links.key")
    assert call("import", first, *words, "2026", "--link", "E-mail", *key).status == 0
    call("codebook", "--workspace", workspace, "--mapping-out", mapping)
    taken = ("--mapping", mapping, "--accept")  # replaces the addresses again, as in the year before
    monkeypatch.setattr("surveyapp.services.secrets._remembered", {})  # a command of its own remembers nothing
    assert call("import", second, *words, "2027", *taken).status == 2
    told = call("import", second, *words, "2027", *taken, *key)
    assert (told.status, "is in" in told.err) == (0, True)
    assert "20 people are in both" in call("waves", "--workspace", workspace).out
    longer = files.write(tmp_path / "longer.csv", files.people(range(20, 70), year=2027))
    monkeypatch.setattr("surveyapp.services.secrets._remembered", {})
    into = ("import", longer, "--workspace", workspace, "--into", "2027")
    told = call(*into)
    assert (told.status, "key file" in told.err) == (2, True)
    told = call(*into, *key)
    assert (told.status, "10 new people" in told.err) == (0, True)
    told = call("import", second, *words, "2028", *key)
    assert (told.status, "belong to --link" in told.err) == (2, True)
