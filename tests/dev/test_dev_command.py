"""dev.py itself: what it says to an old Python, which words it takes, and what its small parts decide."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

import dev
import dev_command
import pytest
from dev_display import has_display, virtual_display
from dev_lock import find_strange_lines
from dev_migration import next_revision, slug_of

PACKAGING = Path(__file__).parents[2] / "packaging"


def test_an_old_python_reads_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    with pytest.raises(SystemExit) as stop:
        runpy.run_path(str(PACKAGING / "dev.py"))
    assert "needs Python 3.11 or newer; this is 3.9" in str(stop.value.code)


def test_every_command_is_wired() -> None:
    words = {"migration": ["a slug"]}
    for name in dev_command.COMMANDS:
        assert dev.parse([name, *words.get(name, [])]).command == name


def test_an_unknown_command_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        dev.parse(["fly"])
    assert stop.value.code == 2
    assert "fly" in capsys.readouterr().err


def test_an_unknown_benchmark_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["bench", "no_such_thing"]) == 2
    assert "no_such_thing" in capsys.readouterr().err


def test_the_lock_may_hold_versions_and_hashes_only() -> None:
    good = "a-b==1.2.post1 \\\n    --hash=sha256:" + "0" * 64 + " \\\n    --hash=sha256:" + "f" * 64
    marked = "c==1 ; python_full_version < '3.12' and sys_platform == 'win32' \\\n    --hash=sha256:" + "0" * 64
    assert find_strange_lines(f"{good}\n{marked}\n") == []
    for bad in ("# via x", "a @ file:///x", "--find-things y", "a==1", "c==1 ; extra == 'https://x' \\"):
        assert find_strange_lines(f"{good}\n{bad}") == [bad]


def test_revisions_count_up() -> None:
    assert next_revision([]) == "0001"
    assert next_revision(["0001_start.py", "0012_more.py", "__init__.py"]) == "0013"


def test_slugs_are_plain_words() -> None:
    assert slug_of("Add weight-scheme!") == "add_weight_scheme"
    with pytest.raises(ValueError, match="few words"):
        slug_of("…")


def test_a_stale_display_is_not_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.system", lambda: "Linux")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":4711")
    assert not has_display()
    monkeypatch.delenv("DISPLAY")
    assert not has_display()


def test_a_virtual_display_answers_and_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    with virtual_display() as environment:
        if not environment:
            pytest.skip("Xvfb is not here")
        monkeypatch.setenv("DISPLAY", environment["DISPLAY"])
        assert has_display()
        assert environment["QT_QPA_PLATFORM"] == "xcb"
    assert not has_display()
