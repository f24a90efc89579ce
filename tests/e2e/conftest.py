"""End to end: the real program in its own process, in a real window on the display of `dev.py test` (Xvfb)."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest


@pytest.fixture
def program_environment(profile: Path) -> dict[str, str]:
    """The environment of a program started by a test: this test's profile, English, no real keyring."""
    return {
        **os.environ,
        "SURVEYAPP_PROFILE": str(profile),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        "LANGUAGE": "en",
        "PYTHONUNBUFFERED": "1",
    }


@pytest.fixture
def window_environment(program_environment: dict[str, str]) -> dict[str, str]:
    """The same for a program that opens a real window; skipped where Linux has no display."""
    if sys.platform.startswith("linux"):
        if not os.environ.get("DISPLAY"):
            pytest.skip("no display; packaging/dev.py test starts one")
        program_environment["QT_QPA_PLATFORM"] = "xcb"
    return program_environment
