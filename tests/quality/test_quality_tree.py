"""The tree keeps its shape: short files, agreed folders, nothing of one machine, hashes in the lock."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest
from dev_lock import find_strange_lines

ROOT = Path(__file__).parents[2]
TOP_LEVEL = {"surveyapp", "resources", "migrations", "tests", "packaging", ".ci"}
TOP_FILES = {".gitignore", ".gitattributes", "LICENSE", "README.md", "pyproject.toml"}
LINE_LIMIT = 400
LONGER: dict[str, int] = {}
"""Files allowed past the limit, with their length. The list may only shrink: split the file, do not add it here."""

# The brackets keep this file from matching itself.
FORBIDDEN = {
    "a path of one machine": r"(^|[^A-Za-z0-9_.~-])/(w[o]rk|f[a]rm|tm[p]|ro[o]t)/|/opt/wheel[s]",
    "a package index": r"--(extra-)?index-ur[l]|find-link[s]|https?://[^ ]+/(simpl[e]|package[s])/",
    "a package host": r"files\.pythonhoste[d]\.org|registry\.npm[j]s\.org|deb\.debia[n]\.org",
    "an unresolved merge": r"^(<{7}|>{7}) ",
    "work left open": r"(#|//).*\b(TOD[O]|FIXM[E]|XX[X])\b",
}
NOT_TEXT = {
    ".ttf",
    ".png",
    ".ico",
    ".icns",
    ".mo",
    ".qm",
    ".gz",
    ".zst",
    ".xlsx",
    ".xls",
    ".ods",
    ".sav",
    ".dta",
    ".pdf",
}
SKIPPED_FOLDERS = {"build", "dist", "__pycache__"}


@cache
def tracked() -> tuple[str, ...]:
    """The files of the project, by git; in a copy without git, by looking."""
    if shutil.which("git"):
        answer = subprocess.run(["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, check=False)
        if answer.returncode == 0 and answer.stdout:
            names = answer.stdout.decode("utf-8").split("\0")
            return tuple(sorted(name for name in names if name and (ROOT / name).is_file()))
    found = []
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in SKIPPED_FOLDERS and (name[0] != "." or name == ".ci")]
        found += [(Path(folder) / name).relative_to(ROOT).as_posix() for name in files]
    return tuple(sorted(found))


def lines(name: str) -> list[str]:
    return (ROOT / name).read_text(encoding="utf-8", errors="replace").splitlines()


def test_files_are_short() -> None:
    lengths = {name: len(lines(name)) for name in tracked() if name.endswith(".py")}
    assert lengths, "no Python file found"
    too_long = {name: n for name, n in lengths.items() if n > LONGER.get(name, LINE_LIMIT)}
    assert not too_long, f"past {LINE_LIMIT} lines: {too_long}"
    needless = [name for name in LONGER if lengths.get(name, 0) <= LINE_LIMIT]
    assert not needless, f"short enough now, take them off the list: {needless}"


def test_top_level_is_as_agreed() -> None:
    assert {name.split("/")[0] for name in tracked() if "/" in name} <= TOP_LEVEL
    assert {name for name in tracked() if "/" not in name} <= TOP_FILES


@pytest.mark.parametrize("what", FORBIDDEN)
def test_nothing_forbidden_is_committed(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what])
    found = [
        f"{name}:{number}"
        for name in tracked()
        if Path(name).suffix not in NOT_TEXT
        for number, line in enumerate(lines(name), 1)
        if pattern.search(line)
    ]
    assert not found, f"{what}: {found[:20]}"


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("a path of one machine", "open('/{}/x.csv')".format("tmp")),
        ("a package index", "pip install --{} x".format("index-url")),
        ("a package host", "https://files.{}.org/x".format("pythonhosted")),
        ("an unresolved merge", "<" * 7 + " HEAD"),
        ("work left open", "# {}DO: think".format("TO")),
    ],
)
def test_the_patterns_find_what_they_are_for(what: str, text: str) -> None:
    assert re.search(FORBIDDEN[what], text)


def test_every_bundled_font_has_its_licence() -> None:
    fonts = [name for name in tracked() if name.startswith("resources/fonts/") and name.endswith(".ttf")]
    licence_of = {"IBMPlex": "OFL-IBMPlexSans.txt", "Noto": "OFL-Noto.txt", "Droid": "Apache-2.0-DroidSansFallback.txt"}
    assert fonts
    for name in fonts:
        family = re.match("IBMPlex|Noto|Droid", Path(name).name)
        assert family, f"{name}: which licence?"
        assert (ROOT / "resources/fonts" / licence_of[family[0]]).is_file()


def test_the_lock_holds_hashes_only() -> None:
    strange = find_strange_lines("\n".join(lines("packaging/requirements.lock")))
    assert not strange, f"lines that are neither a version nor a hash: {strange[:5]}"


def test_the_lock_holds_one_version_of_each() -> None:
    """A second numpy for newer Pythons would give other last digits there, and other type errors."""
    names = [line.partition("==")[0] for line in lines("packaging/requirements.lock") if "==" in line]
    assert len(names) == len(set(names))


def test_the_lock_holds_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[^A-Za-z0-9._-]", text)[0].lower().replace("_", "-").replace(".", "-") for text in wanted}
    locked = {line.partition("==")[0] for line in lines("packaging/requirements.lock") if "==" in line}
    assert names - locked == set(), "run packaging/dev.py lock"


def test_window_toolkit_is_locked_where_none_is_counted_right() -> None:
    """PySide6 6.12 loses references to None on Python 3.11; see tests/gui/test_gui_refcount.py."""
    locked = [line for line in lines("packaging/requirements.lock") if line.startswith("pyside6-essentials==")]
    assert len(locked) == 1
    assert tuple(int(part) for part in re.findall(r"\d+", locked[0].partition("==")[2])[:2]) < (6, 12)
