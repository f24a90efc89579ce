"""Workspaces of the services' tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from services_example import fill, new_session

from surveyapp.base.clock import Clock
from surveyapp.services.session import Session


@pytest.fixture
def empty(tmp_path: Path, clock: Clock) -> Iterator[Session]:
    """An open workspace without a wave."""
    session = new_session(tmp_path / "Invented.survey", clock)
    yield session
    session.close()


@pytest.fixture
def session(empty: Session) -> Session:
    """An open workspace with the wave 2026, id 1."""
    assert fill(empty) == 1
    return empty
