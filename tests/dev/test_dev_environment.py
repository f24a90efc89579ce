"""The environment is made once, skipped when its stamp fits, and made anew after an interruption."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import dev_environment
import pytest
from dev_step import CommandError


class Scene:
    """A checkout in a temporary folder; pip and venv are noted instead of run."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.venv = root / ".venv"
        self.steps: list[str] = []
        self.stop_at = ""

    def make_anew(self) -> None:
        self.steps.append("venv")
        binary = self.venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        binary.parent.mkdir(parents=True, exist_ok=True)
        binary.touch()
        (self.venv / "surveyapp-unfinished").unlink(missing_ok=True)

    def pip(self, arguments: Sequence[str], sentence: str) -> None:
        name = "project" if "-e" in arguments else "dependencies"
        if name == self.stop_at:
            raise CommandError(sentence)
        self.steps.append(name)


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scene:
    scene = Scene(tmp_path)
    (tmp_path / "lock").write_text("a==1")
    (tmp_path / "pyproject.toml").write_text("[project]")
    monkeypatch.setattr(dev_environment, "ROOT", tmp_path)
    monkeypatch.setattr(dev_environment, "VENV", scene.venv)
    monkeypatch.setattr(dev_environment, "LOCK", tmp_path / "lock")
    monkeypatch.setattr(dev_environment, "_STAMP", scene.venv / "surveyapp-stamp")
    monkeypatch.setattr(dev_environment, "_UNFINISHED", scene.venv / "surveyapp-unfinished")
    monkeypatch.setattr(dev_environment, "_works", lambda: scene.venv.exists())
    monkeypatch.setattr(dev_environment, "_make_anew", scene.make_anew)
    monkeypatch.setattr(dev_environment, "_pip", scene.pip)
    monkeypatch.setattr(dev_environment, "venv_package", list)
    return scene


def again(scene: Scene) -> list[str]:
    scene.steps.clear()
    dev_environment.ensure_environment()
    return scene.steps


def test_made_once_then_skipped(scene: Scene) -> None:
    assert again(scene) == ["venv", "dependencies", "project"]
    assert again(scene) == []


@pytest.mark.parametrize("changed", ["lock", "pyproject.toml"])
def test_a_changed_lock_or_project_is_installed_into_the_same_environment(scene: Scene, changed: str) -> None:
    again(scene)
    (scene.root / changed).write_text("changed")
    assert again(scene) == ["dependencies", "project"]
    assert again(scene) == []


def test_an_interrupted_installation_is_made_anew(scene: Scene) -> None:
    scene.stop_at = "dependencies"
    with pytest.raises(CommandError, match="goes on from what was already fetched"):
        again(scene)
    scene.stop_at = ""
    assert again(scene) == ["venv", "dependencies", "project"]
    assert again(scene) == []


def test_a_failed_project_keeps_the_dependencies(scene: Scene) -> None:
    scene.stop_at = "project"
    with pytest.raises(CommandError):
        again(scene)
    scene.stop_at = ""
    assert again(scene) == ["dependencies", "project"]


def test_a_moved_checkout_does_not_trust_its_stamp(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    again(scene)
    elsewhere = scene.root / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "pyproject.toml").write_text("[project]")
    monkeypatch.setattr(dev_environment, "ROOT", elsewhere)
    assert again(scene) == ["dependencies", "project"]


def test_a_folder_without_python_does_not_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev_environment, "VENV", tmp_path)
    assert not dev_environment._works()
