"""System packages: only what is missing is asked for, and whoever may not install reads the line to type."""

from __future__ import annotations

import os
from pathlib import Path

import dev_system
import pytest
from dev_step import CommandError

pytestmark = pytest.mark.skipif(os.name == "nt", reason="apt-get is a matter of Linux")


@pytest.fixture
def linux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.system", lambda: "Linux")


@pytest.fixture
def apt_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for apt-get that notes its words and fails while the file `fail` holds its verb; run as root."""
    log = tmp_path / "log"
    apt = tmp_path / "bin" / "apt-get"
    apt.parent.mkdir()
    apt.write_text(f'#!/bin/sh\necho "$@" >> {log}\n[ "$(cat {tmp_path}/fail 2>/dev/null)" != "$1" ]\n')
    apt.chmod(0o755)
    monkeypatch.setenv("PATH", f"{apt.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(dev_system, "_privilege", lambda: ["env"])
    monkeypatch.setattr(dev_system, "_has_lists", lambda: True)
    return log


@pytest.mark.usefixtures("linux")
def test_only_missing_packages_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev_system, "_loads", lambda library: library != "libEGL.so.1")
    monkeypatch.setattr("shutil.which", lambda name: None if name == "xdotool" else name)
    assert dev_system.find_missing() == []
    assert dev_system.find_missing(window=True, display=True) == ["libegl1"]
    assert dev_system.find_missing(window=True, programs=True) == ["libegl1", "xdotool"]


def test_other_systems_lack_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.system", lambda: "Darwin")
    monkeypatch.setattr(dev_system, "_loads", lambda _library: False)
    assert dev_system.find_missing(window=True, display=True, programs=True) == []


def test_a_library_that_does_not_exist_is_missing() -> None:
    assert not dev_system._loads("libsurveyapp-no-such-thing.so.1")


def test_nothing_missing_starts_nothing(apt_log: Path) -> None:
    dev_system.ensure_packages([])
    assert not apt_log.exists()


def test_lists_that_are_there_are_used(apt_log: Path) -> None:
    dev_system.ensure_packages(["libegl1"])
    assert apt_log.read_text().splitlines() == ["install -y -q --no-install-recommends libegl1"]


def test_empty_lists_are_fetched_first(apt_log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev_system, "_has_lists", lambda: False)
    dev_system.ensure_packages(["libegl1", "xvfb"])
    verbs = [line.split()[0] for line in apt_log.read_text().splitlines()]
    assert verbs == ["update", "install"]


def test_old_lists_are_fetched_again_and_a_failure_says_what_to_type(apt_log: Path, tmp_path: Path) -> None:
    (tmp_path / "fail").write_text("install")
    with pytest.raises(CommandError, match=r"apt-get update && apt-get install -y --no-install-recommends libegl1"):
        dev_system.ensure_packages(["libegl1"])
    assert [line.split()[0] for line in apt_log.read_text().splitlines()] == ["install", "update", "install"]


def test_without_privilege_the_line_to_type_is_shown(apt_log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev_system, "_privilege", lambda: None)
    with pytest.raises(CommandError, match="--no-install-recommends xvfb xdotool'"):
        dev_system.ensure_packages(["xvfb", "xdotool"])
    assert not apt_log.exists()


def test_without_apt_it_goes_on(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    dev_system.ensure_packages(["libegl1"])
    assert "libegl1" in capsys.readouterr().out
