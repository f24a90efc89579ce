"""The ground under every test holds: own profile, no real keyring, Qt blocked when asked, threads seen."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import keyring
import pytest

from surveyapp.base.clock import Clock
from surveyapp.base.paths import config_dir, documents_dir


def test_the_profile_is_a_folder_of_this_test(profile: Path, tmp_path: Path) -> None:
    assert config_dir() == documents_dir() == profile
    assert profile.is_relative_to(tmp_path)


def test_secrets_stay_in_memory(memory_keyring: dict[tuple[str, str], str]) -> None:
    keyring.set_password("surveyapp", "key", "secret")
    assert keyring.get_password("surveyapp", "key") == "secret"
    assert memory_keyring == {("surveyapp", "key"): "secret"}
    keyring.delete_password("surveyapp", "key")
    assert memory_keyring == {}


def test_started_programs_find_no_keyring() -> None:
    assert os.environ["PYTHON_KEYRING_BACKEND"] == "keyring.backends.fail.Keyring"


def test_the_clock_stands(clock: Clock) -> None:
    assert clock() == clock()
    assert clock().tzinfo is not None


def test_qt_cannot_be_imported_when_blocked() -> None:
    if os.environ.get("SURVEYAPP_NO_QT") != "1":
        pytest.skip("SURVEYAPP_NO_QT is not set")
    with pytest.raises(ModuleNotFoundError, match="only surveyapp"):
        __import__("PySide6.QtCore")
    assert not [name for name in sys.modules if name.startswith("PySide6")]
