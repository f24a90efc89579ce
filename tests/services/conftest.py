"""Workspaces of the services' tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from prepared import Prepared

from surveyapp.base.clock import Clock
from surveyapp.services.session import Session


@pytest.fixture
def empty(tmp_path: Path, clock: Clock, no_wave: Prepared) -> Iterator[Session]:
    """An open workspace without a wave."""
    session = no_wave.copy(tmp_path / "Invented.survey", clock)
    yield session
    session.close()


@pytest.fixture
def session(tmp_path: Path, clock: Clock, one_wave: Prepared) -> Iterator[Session]:
    """An open workspace with the wave 2026, id 1."""
    session = one_wave.copy(tmp_path / "Invented.survey", clock)
    yield session
    session.close()
