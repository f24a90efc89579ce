"""A workspace of its own for each test of the store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from surveyapp.base.clock import Clock
from surveyapp.store import Store, create_workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Where the workspace of this test lies; a path that wants quoting."""
    folder = tmp_path / "my surveys 100% ?#"
    folder.mkdir()
    return folder / "Census é.sqlite"


@pytest.fixture
def store(workspace: Path, clock: Clock) -> Iterator[Store]:
    """A new, empty workspace, open."""
    with create_workspace(workspace, name="Community", me="Ada", clock=clock) as made:
        yield made
